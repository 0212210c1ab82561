"""Rough ages to choose from."""

from datetime import date

import pytest

from hygiene.engine.bands import Band, band_interval
from hygiene.model.dates import Interval


@pytest.mark.parametrize(
    ("band", "day", "expected"),
    [
        (Band.THIS_MONTH, date(2026, 11, 22), Interval(date(2026, 11, 1), date(2026, 11, 22))),
        (Band.THIS_MONTH, date(2026, 11, 1), Interval(date(2026, 11, 1), date(2026, 11, 1))),
        (Band.UNDER_THREE_MONTHS, date(2026, 11, 22), Interval(date(2026, 8, 22), date(2026, 11, 22))),
        (Band.UNDER_THREE_MONTHS, date(2026, 5, 31), Interval(date(2026, 2, 28), date(2026, 5, 31))),
        (Band.THREE_TO_TWELVE_MONTHS, date(2026, 11, 22), Interval(date(2025, 11, 22), date(2026, 8, 22))),
        (Band.OVER_A_YEAR, date(2026, 11, 22), Interval(None, date(2025, 11, 22))),
        (Band.OVER_A_YEAR, date(2024, 2, 29), Interval(None, date(2023, 2, 28))),
    ],
)
def test_band(band: Band, day: date, expected: Interval) -> None:
    """A band chosen on a day covers whole calendar months back from it, clamped to the month's end."""
    assert band_interval(band, day) == expected


def test_bands_leave_no_gap() -> None:
    """Every day up to today lies in some band: where one ends, the next begins."""
    day = date(2026, 3, 31)
    under, middle, over = (band_interval(band, day) for band in list(Band)[1:])
    assert (under.not_after, under.not_before) == (day, middle.not_after)
    assert middle.not_before == over.not_after
    assert over.not_before is None
