"""A clock that went back: what is said today stands behind what was said for a later day."""

from __future__ import annotations

from datetime import date, timedelta

from hygiene.model.record import Record

_A_JOURNEY = timedelta(days=1)
"""So much may lie between the calendars of two time zones."""


def later_day(record: Record, day: date) -> date | None:
    """Return the day of what was said just before the statements of a day, where it lies after that day.

    The order of saying decides what is in force, so nothing is lost; but what falls due is counted from days.

    Args:
        record: ends with what was said today; if it does not, nothing follows.
        day: today.
    """
    days = [statement.on for statement in record.statements]
    while days and days[-1] == day:
        days.pop()
    is_said = len(days) < len(record.statements)
    return days[-1] if is_said and days and days[-1] > day + _A_JOURNEY else None
