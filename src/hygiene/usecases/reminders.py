"""Reminders: the due-file kept true to the record, the calendar file, and what was chosen after the audit."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from hygiene.engine.schedule import earliest_due, next_audit_on, password_days
from hygiene.engine.state import State
from hygiene.errors import HygieneError
from hygiene.language import _
from hygiene.model.checklist import Catalogue
from hygiene.model.record import SettingChosen
from hygiene.reminders.due_file import OFF, DueFile
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import Desk, state_of
from hygiene.usecases.settings import own_files, with_person

CHOICE = "reminder"
"""The setting that remembers what was chosen when reminders were offered; it is not asked about again."""

CALENDAR, COMPUTER, NONE = "calendar", "computer", "none"
REMINDER_LINE = "reminder-line"
_UID_CHARACTERS = 24


def keep_due_file(file: DueFile, store: OpenStore, desk: Desk) -> None:
    """Bring the due-file in line with what the store says now.

    Where the folder does not allow it the reminder stays as it was, and `hygiene doctor` looks at it.
    """
    if not store.path.exists():
        return
    state = state_of(store)
    desk = with_person(desk, state)
    due_on = earliest_due(state, _with_own_lists(desk.catalogue, state), desk.policy, desk.day)
    with suppress(HygieneError):
        file.write(due_on, says_so=state.settings.get(REMINDER_LINE) != OFF)


def _with_own_lists(catalogue: Catalogue, state: State) -> Catalogue:
    """Return the catalogue with the person's own files, as far as they can be used today."""
    files = [path for path in own_files(state.settings) if path.exists()]
    if files:
        from hygiene.catalog.loading import with_own_files

        with suppress(HygieneError):
            return with_own_files(catalogue, files)
    return catalogue


def calendar_of(store: OpenStore, desk: Desk) -> bytes:
    """Return the calendar file: the audit every year, and each month in which passwords come due.

    It names no account and no number: calendars are read by others too. What is due already is not in it.
    """
    import hashlib

    from hygiene.reminders.calendar import Event, render_calendar

    state = state_of(store)
    policy = with_person(desk, state).policy
    audit_on = next_audit_on(state, policy) or desk.day
    owner = hashlib.sha256(b"hygiene/calendar" + store.header.store_id).hexdigest()[:_UID_CHARACTERS]
    audit = Event(
        f"{owner}-audit@hygiene.invalid",
        max(audit_on, desk.day),
        _("hygiene: the yearly look at my accounts"),
        _("In a terminal: `hygiene audit`"),
        policy.audit_months.value,
    )
    months = (
        Event(
            f"{owner}-passwords-{day:%Y-%m}@hygiene.invalid",
            day,
            _("hygiene: passwords to look at"),
            _("In a terminal: `hygiene due`"),
        )
        for day in _first_of_each_month(sorted(password_days(state, policy, desk.day)), desk.day)
    )
    return render_calendar((audit, *months), desk.day, store.header.counter)


def _first_of_each_month(days: list[date], after: date) -> Iterator[date]:
    months = set()
    for day in days:
        if day > after and (day.year, day.month) not in months:
            months.add((day.year, day.month))
            yield day


def is_offered(store: OpenStore) -> bool:
    """Return whether a reminder was offered before, whatever was chosen."""
    return bool(state_of(store).settings.get(CHOICE))


def with_choice(store: OpenStore, desk: Desk, choice: str) -> OpenStore:
    """Return the store after sealing what was chosen."""
    return desk.seal(desk.say(store, SettingChosen(CHOICE, choice)))
