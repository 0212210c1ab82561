"""Before an audit with an organisation's lists: they are verified, and the person is told whose they are."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from hygiene.cli.services import Services
from hygiene.language import _

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hygiene.engine.questions import Terminal
    from hygiene.errors import HygieneError
    from hygiene.store.file import OpenStore
    from hygiene.usecases.desk import Desk
    from hygiene.usecases.sources import Kept

Say = Callable[[str], None]


def verify_sources(services: Services, say: Say) -> None:
    """Verify every signature again; what does not verify is left out, what is old stays and is said so.

    The audit itself is never refused.
    """
    if not services.has_organisations:
        return
    from hygiene.cli.services import now
    from hygiene.usecases.sources import kept
    from hygiene.usecases.sources_words import say_problem, say_still_usable

    sources = kept(services.places, now())
    for problem in problems_of(services, sources):
        say(say_problem(problem))
    for each in sources:
        if each.verified and each.verified.expired_on:
            say(say_still_usable(each, services.language))
    services.leave_out({each.source.name for each in sources if each.problem})


def problems_of(services: Services, sources: Iterable[Kept] = ()) -> tuple[HygieneError, ...]:
    """Return what is the matter with organisations' lists on this computer, each thing once.

    Args:
        services: what is handed out.
        sources: those that were looked at.
    """
    found = (*services.handed.problems, *(each.problem for each in sources if each.problem))
    return tuple({str(each): each for each in found}.values())


def with_notices(
    services: Services, store: OpenStore, desk: Desk, terminal: Terminal | None
) -> tuple[OpenStore, Desk]:
    """Return the store and the desk after each organisation's notice was shown once, and the person decided.

    Args:
        services: says it where there is no terminal.
        store: remembers what was shown.
        desk: the organisations whose lists are in use.
        terminal: asks whether to use them; None where an answers file is taken in.
    """
    if not desk.organisations:
        return store, desk
    from hygiene.usecases.notices import ORGANISATIONS_OFF, notices_due
    from hygiene.usecases.settings import without_organisations

    for notice in notices_due(store, desk, services.language):
        (terminal.show if terminal else services.say)(notice.words)
        question = _("Use the lists of {name}?").format(name=notice.name)
        if terminal and not terminal.confirm(question, default=True):
            terminal.show(_("They are left out, and nobody is told."))
            terminal.show(_("`hygiene settings organisation-lists on` takes them up again."))
            return desk.seal(desk.say(store, ORGANISATIONS_OFF)), without_organisations(desk)
        store = desk.seal(desk.say(store, notice.shown))
    return store, desk


def show_openings(desk: Desk, terminal: Terminal, language: str) -> None:
    """Show what organisations say before an audit."""
    from hygiene.reporting.notice import opening_text

    for words in (opening_text(each, language) for each in desk.organisations):
        if words:
            terminal.show(words.rstrip())
