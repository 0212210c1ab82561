"""`hygiene` alone: the first screen, or where I stand and what next."""

from __future__ import annotations

from hygiene.cli.services import Services
from hygiene.language import _


def show_overview(services: Services) -> None:
    """Before the first audit, say what it is and offer to begin; afterwards say where the person stands."""
    if not services.has_store:
        _first_screen(services)
        return
    from hygiene.reporting.text import render_status
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.locked_out import SetAsideError
    from hygiene.usecases.report import standing_of

    try:
        store = services.open()
    except SetAsideError:
        _first_screen(services)
        return
    desk = services.desk_for(store)
    state = state_of(store)
    services.write(render_status(*standing_of(store, desk, services.language), services.width()))
    audit = state.latest_audit
    if audit is None or audit.portion_open:
        services.write(_("Next: `hygiene audit` goes on with the next question."))
        return
    from hygiene.cli.left import say_left
    from hygiene.usecases.audit import what_is_left

    if left := what_is_left(store, desk):
        services.write(say_left(left, services.language))
    services.write(_("`hygiene findings` says what to do, `hygiene report` makes a page of it."))


def _first_screen(services: Services) -> None:
    if not services.is_interactive:
        services.write(_("hygiene looks at your own accounts with you, once a year, privately."))
        services.write(
            _("`hygiene audit` begins; `hygiene demo` shows a finished one; `hygiene --help` shows the rest.")
        )
        return
    from hygiene.cli.sitting import sit, welcome
    from hygiene.usecases.audit import Wish

    terminal = services.terminal()
    welcome(services, terminal)
    if terminal.confirm(_("Begin now?"), default=True):
        sit(services, (), Wish(), is_welcome_said=True)
    else:
        terminal.show(_("Whenever you like: `hygiene audit`. `hygiene demo` shows a finished one."))
