"""Dates as people know them: intervals of days whose ends may be unknown."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from msgspec import Struct

MONTHS_IN_YEAR = 12


class Interval(Struct, frozen=True):
    """Some day between two days, both included; None is an unknown end.

    “March 2026” is the whole month; “I don't know” on day D is ``Interval(None, D)``.

    Raises:
        ValueError: the earlier end lies after the later one.
    """

    not_before: date | None
    not_after: date | None

    def __post_init__(self) -> None:
        if self.not_before and self.not_after and self.not_before > self.not_after:
            raise ValueError("an interval ends before it begins")


def add_months(day: date, months: int) -> date:
    """Return the same day that many calendar months away, clamped to the month's end."""
    index = day.year * MONTHS_IN_YEAR + day.month - 1 + months
    year, month = index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1
    return date(year, month, min(day.day, monthrange(year, month)[1]))


def full_months(earlier: date, later: date) -> int:
    """Return how many whole calendar months lie between two days; negative where they are swapped."""
    months = (later.year - earlier.year) * MONTHS_IN_YEAR + later.month - earlier.month
    if add_months(earlier, months) > later:
        months -= 1
    return months
