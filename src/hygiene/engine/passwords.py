"""How old a password is, or anything else with a date, against a period in calendar months.

A date is an interval, so there are three answers: surely still fresh, surely due, and uncertain.
"""

from datetime import date, timedelta

from hygiene.model.dates import Interval, add_months, full_months
from hygiene.model.finding import PasswordAge, PasswordState

__all__ = ["PasswordAge", "PasswordState", "age_of"]

EXPORT_KEEPS = timedelta(days=7)
"""How long what an export says about a date is taken for today's truth."""


def age_of(
    interval: Interval | None,
    months: int,
    day: date,
    *,
    never: bool = False,
    exempt: bool = False,
    as_of: date | None = None,
) -> PasswordAge:
    """Return where something stands on a day.

    Args:
        interval: when it was last changed or looked at; with `never`, when the account was opened. None:
            never asked, or with `never` nobody knows.
        months: the period in calendar months; 0 for none, then nothing falls due.
        day: today, or the day asked about.
        never: it was never changed: due, unless the account was opened within the period.
        exempt: there is nothing to change: a passkey, or one signs in with another account.
        as_of: the day of the export that the interval rests on. From the eighth day after it something may
            have happened since, so what would be due is uncertain.
    """
    if exempt:
        return PasswordAge(PasswordState.EXEMPT)
    if interval is None and not never:
        return PasswordAge(PasswordState.UNKNOWN)
    known = interval or Interval(None, None)
    due_on = add_months(known.not_after, months) if known.not_after and months else None
    age_months = max(0, full_months(known.not_after, day)) if known.not_after else None
    state = _state(known, months, day, due_on)
    if never and months and known.not_before is None:
        state, due_on = PasswordState.DUE, due_on if due_on and due_on < day else None
    if state is PasswordState.DUE and as_of and day - as_of > EXPORT_KEEPS:
        state = PasswordState.UNCERTAIN
    return PasswordAge(state, due_on, age_months)


def _state(known: Interval, months: int, day: date, due_on: date | None) -> PasswordState:
    if not months:
        return PasswordState.FRESH
    if due_on and day > due_on:
        return PasswordState.DUE
    if known.not_before is None or day > add_months(known.not_before, months):
        return PasswordState.UNCERTAIN
    return PasswordState.FRESH
