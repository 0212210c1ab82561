"""A day that is still to come, in words: “31 March”, “31/03/2027”, “today”."""

from __future__ import annotations

from datetime import date, timedelta

from hygiene.engine.dates import FutureDateError, parse_interval
from hygiene.model.dates import MONTHS_IN_YEAR, add_months

_ONE_DAY = timedelta(days=1)
_LAST = date(2199, 12, 31)


def parse_coming_day(words: str, today: date) -> date | None:
    """Return the day that the words name; one without a year is the next such day. None: not understood.

    They are read as if said in a year, since in speaking of the past “31 March” is the last one. Words that
    would mean another day when they are said a day later are no date: they count from today.
    """
    next_year = min(add_months(today, MONTHS_IN_YEAR), _LAST) - _ONE_DAY
    read = _day(words, next_year)
    if read and read == _day(words, next_year + _ONE_DAY):
        return read
    return _day(words, today) or (None if read else _day(words, _LAST))


def _day(words: str, said_on: date) -> date | None:
    """Return the one day that the words mean when they are said on a day; None where it lies after that."""
    try:
        interval = parse_interval(words, said_on)
    except FutureDateError:
        return None
    is_one_day = interval is not None and interval.not_before == interval.not_after
    return interval.not_after if interval and is_one_day else None
