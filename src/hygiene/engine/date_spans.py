"""The stretches of days that date words name: a year, a month, a season, “last week”, “March 17”.

`SPANS` says how each shape of tokens is read; a shape that is not there is not understood.
"""

from calendar import monthrange
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, timedelta
from math import ceil

from hygiene.engine.date_words import MONTH, UNITS, WEEK, YEAR
from hygiene.model.dates import MONTHS_IN_YEAR, add_months

Span = tuple[date, date]

_ONE_DAY = timedelta(days=1)
_SIX_DAYS = timedelta(days=6)
_YEARS_TO_A_LEAP_DAY = 8
_DAY_IN_ANY_CASE = 9
_SEASON_ENDS = {3: (6, 21), 6: (9, 23), 9: (12, 22), 12: (3, 21)}


def year_span(year: float) -> Span:
    """Return all days of a year."""
    return date(int(year), 1, 1), date(int(year), MONTHS_IN_YEAR, 31)


def month_span(year: float, month: float) -> Span:
    """Return all days of a month."""
    first = date(int(year), int(month), 1)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def _day(year: float, month: float, number: float) -> Span:
    only = date(int(year), int(month), int(number))
    return only, only


def _season(year: float, season: float) -> Span:
    """Return the season that begins in this year."""
    month, number = _SEASON_ENDS[int(season)]
    return date(int(year), int(season), 1), date(int(year) + (month < season), month, number)


def _season_of(year: float, season: float) -> Span:
    """Return the season called after this year: for a winter, from the one before to the one after."""
    return _season(year - (season == MONTHS_IN_YEAR), season)[0], _season(year, season)[1]


def _latest(day: date, in_year: Callable[[int], Span], *, over: bool = False) -> Span:
    """Return the last of what comes once a year that has begun on the day, or that is over."""
    for year in range(day.year, day.year - _YEARS_TO_A_LEAP_DAY - 1, -1):
        with suppress(ValueError):
            span = in_year(year)
            if span[over] + over * _ONE_DAY <= day:
                return span
    raise ValueError("it never comes")


def _this(day: date, in_year: Callable[[int], Span]) -> Span:
    span = _latest(day, in_year)
    return span if span[1].year >= day.year else to_come(day)


def to_come(day: date, *_: float) -> Span:
    """Return a stretch after the day, for words that name something to come."""
    return day + _ONE_DAY, day + _ONE_DAY


def _calendar(day: date, unit: float, back: int) -> Span:
    """Return this week, month or year, or one before."""
    if unit == WEEK:
        monday = day - timedelta(days=day.weekday() + 7 * back)
        return monday, monday + _SIX_DAYS
    if unit == MONTH:
        month = add_months(day, -back)
        return month_span(month.year, month.month)
    if unit == YEAR:
        return year_span(day.year - back)
    raise ValueError("not a stretch of the calendar")


def _month_number(day: date, month: float, number: float) -> Span:
    """Read “March 17”. “March 24” may be a day or a year, so it is not understood."""
    if _DAY_IN_ANY_CASE < number <= day.year % 100:
        raise ValueError("a day or a year")
    return _latest(day, lambda year: _day(year, month, number))


def recent(day: date, count: float, unit: float) -> Span:
    """Return the last so many units of time, today included."""
    return exactly_ago(day, ceil(count * UNITS[int(unit)].size), unit), day


def exactly_ago(day: date, size: int, unit: float) -> date:
    """Return the day so many days, or calendar months, before."""
    return add_months(day, -size) if UNITS[int(unit)].in_months else day - timedelta(days=size)


SPANS: Mapping[str, Callable[..., Span]] = {
    "year": lambda _, y: year_span(y),
    "month year": lambda _, m, y: month_span(y, m),
    "year month": lambda _, y, m: month_span(y, m),
    "number month year": lambda _, n, m, y: _day(y, m, n),
    "nth month year": lambda _, n, m, y: _day(y, m, n),
    "month number year": lambda _, m, n, y: _day(y, m, n),
    "month nth year": lambda _, m, n, y: _day(y, m, n),
    "year month number": lambda _, y, m, n: _day(y, m, n),
    "number month": lambda day, n, m: _latest(day, lambda year: _day(year, m, n)),
    "nth month": lambda day, n, m: _latest(day, lambda year: _day(year, m, n)),
    "month nth": lambda day, m, n: _latest(day, lambda year: _day(year, m, n)),
    "month number": _month_number,
    "month": lambda day, m: _latest(day, lambda year: month_span(year, m)),
    "last month": lambda day, _, m: _latest(day, lambda year: month_span(year, m), over=True),
    "month gone": lambda day, m, _: _latest(day, lambda year: month_span(year, m), over=True),
    "this month": lambda day, _, m: _this(day, lambda year: month_span(year, m)),
    "season year": lambda _, s, y: _season_of(y, s),
    "season": lambda day, s: _latest(day, lambda year: _season(year, s)),
    "last season": lambda day, _, s: _latest(day, lambda year: _season(year, s), over=True),
    "season gone": lambda day, s, _: _latest(day, lambda year: _season(year, s), over=True),
    "this season": lambda day, _, s: _this(day, lambda year: _season(year, s)),
    "last unit": lambda day, _, u: _calendar(day, u, 1),
    "unit gone": lambda day, u, _: _calendar(day, u, 1),
    "this unit": lambda day, _, u: _calendar(day, u, 0),
    "past unit": lambda day, _, u: recent(day, 1, u),
    "past count unit": lambda day, _, n, u: recent(day, n, u),
    "last count unit": lambda day, _, n, u: recent(day, n, u),
    "count gone unit": lambda day, n, _, u: recent(day, n, u),
    "this count gone unit": lambda day, _, n, __, u: recent(day, n, u),
    **dict.fromkeys(("next unit", "next month", "next season"), to_come),
    **dict.fromkeys(("unit next", "month next", "season next"), to_come),
}
