"""One sitting at the terminal, from the first screen to the offer of a report."""

from __future__ import annotations

from pathlib import Path

from hygiene.cli.notices import show_openings, verify_sources, with_notices
from hygiene.cli.services import Services
from hygiene.engine.questions import Terminal
from hygiene.language import _
from hygiene.store.file import OpenStore
from hygiene.usecases.audit import Sat, Wish, latest_audit, run_audit, what_is_left
from hygiene.usecases.desk import Desk, state_of


def sit(
    services: Services, own_files: tuple[Path, ...], wish: Wish, *, is_welcome_said: bool = False
) -> tuple[OpenStore, Desk]:
    """Ask, and end with where the person stands; return the store as it is then."""
    terminal = services.terminal()
    verify_sources(services, terminal.show)
    services.catalogue_with(own_files)  # a faulty file must not leave an empty store behind
    is_first = not services.has_store
    if is_first and not is_welcome_said:
        welcome(services, terminal)
    store = services.begin(terminal) if is_first else _opened_or_begun(services, terminal)
    terminal = services.terminal()
    store, desk = with_notices(services, store, services.desk_for(store, own_files), terminal)
    show_openings(desk, terminal, services.language)
    sat = run_audit(services.with_files_remembered(store, own_files), desk, terminal, wish)
    _say_how_it_ended(sat, desk, services, terminal)
    return sat.store, desk


def _opened_or_begun(services: Services, terminal: Terminal) -> OpenStore:
    """Return the person's store, or a new one where they set it aside because nothing opened it."""
    from hygiene.usecases.locked_out import SetAsideError

    try:
        return services.open()
    except SetAsideError:
        return services.begin(terminal)


def welcome(services: Services, terminal: Terminal) -> None:
    """Say what will be asked, what never, where it stays, and how long it takes."""
    terminal.show(
        _(
            "Welcome. hygiene asks about your own accounts: who administers them, who sees what you post, "
            "how you sign in, what you share. It never asks for a password."
        )
    )
    terminal.show(
        _(
            "Your answers stay on this computer, encrypted, and nothing is sent anywhere. "
            "The essentials take about ten minutes; the rest can wait. You may stop at any moment."
        )
    )
    if not services.is_plain:
        terminal.show(_("With a screen reader, `hygiene --plain audit` asks in plain lines."))


def _say_how_it_ended(sat: Sat, desk: Desk, services: Services, terminal: Terminal) -> None:
    if not sat.is_finished:
        terminal.show(
            _("Stopped here. Everything you answered is kept; `hygiene audit` goes on with the next one.")
        )
        return
    state = state_of(sat.store)
    if not sat.was_asked:
        next_on = desk.occasion(state).next_audit_on
        terminal.show(_("Everything is answered."))
        if next_on:
            from hygiene.spoken_dates import say_date

            day = say_date(next_on, services.language)
            terminal.show(
                _("The next audit is due on {day}; `hygiene audit --new` begins one now.").format(day=day)
            )
        return
    from hygiene.reporting.text import render_summary
    from hygiene.usecases.report import report_of

    services.write(render_summary(report_of(sat.store, desk, services.language), services.width()))
    _say_what_is_left(sat.store, desk, services, terminal)
    store = _offer_report(sat.store, desk, services, terminal)
    if len(state.audits) == 1 and sat.audit.portion == 1:
        from hygiene.cli.remind_offer import offer_reminder

        _offer_backup(store, services, terminal)
        offer_reminder(services, terminal)


def _say_what_is_left(store: OpenStore, desk: Desk, services: Services, terminal: Terminal) -> None:
    from hygiene.cli.left import say_left

    if left := what_is_left(store, desk):
        terminal.show(say_left(left, services.language))
    elif latest_audit(store).portion_open:
        terminal.show(_("The other checklists wait for another time: `hygiene audit`."))


def _offer_backup(store: OpenStore, services: Services, terminal: Terminal) -> None:
    from hygiene.cli.store_copies import write_backup
    from hygiene.safety.container import SlotType

    path = Path.cwd() / f"hygiene-backup-{services.day}.hygiene"
    question = _("Write an encrypted backup to {file}, to keep on a stick or another disk?").format(
        file=path.name
    )
    can_be_opened = any(slot.type is not SlotType.KEYRING for slot in store.header.slots)
    if can_be_opened and not path.exists() and terminal.confirm(question, default=False):
        ways = write_backup(services, store, path)
        terminal.show(_("The backup is at {path}").format(path=path))
        terminal.show(ways)


def _offer_report(store: OpenStore, desk: Desk, services: Services, terminal: Terminal) -> OpenStore:
    """Write the report on a yes; return the store, which remembers where."""
    from hygiene.usecases.report import write_report

    path = Path.cwd() / f"hygiene-report-{desk.day}.html"
    question = _("Write the report to {file}? Anyone who has that file can read it.").format(file=path.name)
    if terminal.confirm(question, default=False):
        store = write_report(store, desk, path, "html", services.language)
        terminal.show(_("The report is at {path}").format(path=path))
        if terminal.confirm(_("Open it in your browser now?"), default=True):
            services.show_page(path)
    return store
