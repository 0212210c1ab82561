"""Moments as exports write them, to the day in UTC.

A day before 2004 or after the export is a damaged or empty value rather than a date: none of the products and
networks that are read here kept accounts earlier, and some write 0 for “never”.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta

EARLIEST = date(2004, 1, 1)

_ONE_DAY = timedelta(days=1)
_UNIX = datetime(1970, 1, 1, tzinfo=UTC)
_WINDOWS = datetime(1601, 1, 1, tzinfo=UTC)  # Chromium counts as Windows does
# A number says its unit by its size: each limit is far from any day between 2004 and 2200 in either unit.
_SECONDS_BELOW, _MILLISECONDS_BELOW, _UNIX_MICROSECONDS_BELOW = 10**11, 10**14, 10**16

_NUMBER = re.compile(r"\d{9,17}(?:\.\d+)?")
_DOTTED = re.compile(r"(?P<year>\d{4})\.(?P<month>\d{2})\.(?P<day>\d{2})")
_AMERICAN = re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4}|\d{2})(?:,? .*)?")
# C's ctime with a zone; strptime would read the month in the language of the system.
_C_STYLE = re.compile(
    r"\w{3} (?P<month>\w{3}) +(?P<day>\d{1,2}) "
    r"(?P<hour>\d\d):(?P<minute>\d\d):\d\d (?:UTC|GMT) (?P<year>\d{4})"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def day_of(value: object, latest: date) -> date | None:
    """Return the day of a moment, in UTC; None for none, for what is no moment, and for an impossible day.

    Args:
        value: anything that `moment_of` knows.
        latest: the day of the export; the day after it is accepted, since days begin earlier elsewhere.
    """
    return day_within(moment_of(value), latest)


def day_within(moment: datetime | None, latest: date) -> date | None:
    """Return the day of a moment in UTC, as `day_of` does."""
    return accepted(moment.date(), latest) if moment else None


def accepted(day: date, latest: date) -> date | None:
    """Return a day between `EARLIEST` and the day after `latest`, and None for any other."""
    return day if EARLIEST <= day <= latest + _ONE_DAY else None


def moment_of(value: object) -> datetime | None:
    """Return a moment in UTC, or None for anything that is none.

    Numbers, also as text, count seconds, milliseconds or microseconds since 1970, or microseconds since 1601.
    Text may be ISO 8601, the same followed by ` UTC`, C's `Fri Sep 24 12:35:41 UTC 2021`, `2021.10.20`, or
    the American `12/22/19, 10:06 AM`, of which only the day is taken since it has no zone. A moment without
    a zone is in UTC.
    """
    if isinstance(value, bool):
        return None
    try:
        if isinstance(value, int | float):
            return _counted(value)
        return _written(value.strip()) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def export_day(written: date | None, file: date | None, today: date) -> date:
    """Return the day of an export: as written in it, else that of its file, else today.

    An impossible day, which ZIP files without dates have, is passed over.
    """
    return next((day for day in (written, file) if day and EARLIEST <= day <= today), today)


def _counted(number: float) -> datetime | None:
    if not number > 0:  # NaN too
        return None
    if number < _SECONDS_BELOW:
        return _UNIX + timedelta(seconds=number)
    if number < _MILLISECONDS_BELOW:
        return _UNIX + timedelta(milliseconds=number)
    if number < _UNIX_MICROSECONDS_BELOW:
        return _UNIX + timedelta(microseconds=number)
    return _WINDOWS + timedelta(microseconds=number)


def _written(words: str) -> datetime | None:
    if _NUMBER.fullmatch(words):
        return _counted(float(words))
    readings = ((_C_STYLE, _in_c_style), (_DOTTED, _of_parts), (_AMERICAN, _of_parts))
    for pattern, reading in readings:
        if match := pattern.fullmatch(words):
            return reading(match)
    moment = datetime.fromisoformat(words.removesuffix(" UTC"))
    return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)


def _in_c_style(match: re.Match[str]) -> datetime:
    month = _MONTHS.index(match["month"].lower()) + 1
    day, hour, minute = int(match["day"]), int(match["hour"]), int(match["minute"])
    return datetime(int(match["year"]), month, day, hour, minute, tzinfo=UTC)


def _of_parts(match: re.Match[str]) -> datetime:
    year = int(match["year"]) + (2000 if len(match["year"]) == len("yy") else 0)
    return datetime(year, int(match["month"]), int(match["day"]), tzinfo=UTC)
