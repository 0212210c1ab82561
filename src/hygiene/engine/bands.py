"""Rough ages to choose from, for who does not know a date better than that."""

from datetime import date
from enum import StrEnum

from hygiene.model.dates import MONTHS_IN_YEAR, Interval, add_months

_QUARTER = 3


class Band(StrEnum):
    """How long ago something was, roughly."""

    THIS_MONTH = "this-month"
    UNDER_THREE_MONTHS = "under-three-months"
    THREE_TO_TWELVE_MONTHS = "three-to-twelve-months"
    OVER_A_YEAR = "over-a-year"


def band_interval(band: Band, day: date) -> Interval:
    """Return the days that a band covers when it is chosen on that day. Neighbours share their border."""
    a_quarter_ago, a_year_ago = add_months(day, -_QUARTER), add_months(day, -MONTHS_IN_YEAR)
    return {
        Band.THIS_MONTH: Interval(day.replace(day=1), day),
        Band.UNDER_THREE_MONTHS: Interval(a_quarter_ago, day),
        Band.THREE_TO_TWELVE_MONTHS: Interval(a_year_ago, a_quarter_ago),
        Band.OVER_A_YEAR: Interval(None, a_year_ago),
    }[band]
