"""The offer of a reminder at the end of the first audit, made once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene.cli.services import Services
from hygiene.engine.questions import Terminal
from hygiene.errors import HygieneError
from hygiene.language import N_, _
from hygiene.terminal.plain import InputEndedError
from hygiene.usecases.reminders import CALENDAR, COMPUTER, NONE, is_offered, with_choice

if TYPE_CHECKING:
    from hygiene.reminders.scheduling import Scheduler, Step

_WORDS: Mapping[str, str] = {
    COMPUTER: N_("this computer: a notification, once a week at most, when something is due"),
    CALENDAR: N_("my calendar: a file to open with it"),
    NONE: N_("no reminder"),
}


def offer_reminder(services: Services, terminal: Terminal) -> None:
    """Offer a reminder for when something is due again; whatever is chosen, it is not offered again."""
    store = services.last_store
    if store is None or is_offered(store):
        return
    plan = _plan(services)
    choices = (COMPUTER, CALENDAR, NONE) if plan else (CALENDAR, NONE)
    question = _("Shall something remind you when the next thing is due?")
    try:
        chosen = choices[terminal.choose(question, [_(_WORDS[each]) for each in choices])]
    except InputEndedError:  # nobody is there to choose
        return
    with_choice(store, services.desk, chosen)
    try:
        if chosen == COMPUTER and plan:
            _set_up(services, terminal, *plan)
        elif chosen == CALENDAR:
            _write_calendar(services, terminal)
    except HygieneError as error:  # the audit is done; a reminder that fails must not look as if it were not
        terminal.show(_(error.message).format(**error.values))
        terminal.show(_(error.hint).format(**error.values))
    if chosen == NONE:
        terminal.show(_("As you like. `hygiene remind install` sets one up later."))


def _plan(services: Services) -> tuple[Scheduler, tuple[Step, ...]] | None:
    """Return how this computer would remind, or None where it cannot."""
    from hygiene.cli.remind import planned

    try:
        return planned(services)
    except HygieneError:
        return None


def _set_up(services: Services, terminal: Terminal, scheduler: Scheduler, steps: tuple[Step, ...]) -> None:
    from hygiene.cli.remind import carry_out, said_steps

    services.write(said_steps(steps))
    if terminal.confirm(_("Set the reminder up like this?"), default=True):
        carry_out(services, scheduler, steps)
    else:
        terminal.show(_("Nothing was changed."))


def _write_calendar(services: Services, terminal: Terminal) -> None:
    from hygiene.cli.remind import write_calendar

    path = services.output(_free(Path.cwd() / "hygiene-reminders.ics"))
    write_calendar(services, path)
    terminal.show(_("The calendar file is at {path}; open it with your calendar.").format(path=path))


def _free(path: Path) -> Path:
    """Return the path, with a number where there is such a file already."""
    number = 2
    free = path
    while free.exists():
        free = path.with_stem(f"{path.stem}-{number}")
        number += 1
    return free
