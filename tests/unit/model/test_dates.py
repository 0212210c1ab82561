"""Calendar months, and intervals of days."""

from datetime import date

import pytest

from hygiene.model.dates import Interval, add_months, full_months


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        (date(2026, 3, 17), 3, date(2026, 6, 17)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
        (date(2026, 11, 30), 3, date(2027, 2, 28)),
        (date(2026, 12, 31), 1, date(2027, 1, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 1, 15), 0, date(2026, 1, 15)),
        (date(2026, 12, 1), 120, date(2036, 12, 1)),
    ],
)
def test_add_months_clamps_to_the_end_of_the_month(day: date, months: int, expected: date) -> None:
    """The same day so many calendar months away, or the last one of a shorter month."""
    assert add_months(day, months) == expected


@pytest.mark.parametrize(
    ("earlier", "later", "expected"),
    [
        (date(2026, 3, 17), date(2026, 6, 16), 2),
        (date(2026, 3, 17), date(2026, 6, 17), 3),
        (date(2026, 1, 31), date(2026, 2, 27), 0),
        (date(2026, 1, 31), date(2026, 2, 28), 1),
        (date(2025, 12, 31), date(2026, 12, 30), 11),
        (date(2025, 12, 31), date(2026, 12, 31), 12),
        (date(2026, 3, 17), date(2026, 3, 17), 0),
        (date(2026, 6, 17), date(2026, 3, 17), -3),
        (date(2026, 6, 17), date(2026, 6, 16), -1),
    ],
)
def test_full_months_counts_only_whole_ones(earlier: date, later: date, expected: int) -> None:
    """A month is full on the day that `add_months` gives, not before; swapped days count down."""
    assert full_months(earlier, later) == expected


def test_an_interval_may_not_end_before_it_begins() -> None:
    """Its ends may be the same day, or unknown, but never swapped."""
    day = date(2026, 3, 17)
    assert Interval(day, day).not_before == day
    assert Interval(None, None) == Interval(None, None)
    with pytest.raises(ValueError, match="ends before it begins"):
        Interval(day, date(2026, 3, 16))
