"""Days and intervals written as people say them, and how long ago that is.

One entry of `LANGUAGES` holds all that a language needs; an unknown language is spoken to in English.
"""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from msgspec import Struct

from hygiene.model.dates import MONTHS_IN_YEAR, Interval, add_months, full_months

FALLBACK = "en"

_ONE_DAY = timedelta(days=1)
_DAYS_IN_WEEK = 7
_DAYS_IN_MONTH = 30.44
_UP_TO_DAYS = 14
_UP_TO_WEEKS_IN_DAYS = 56
_UP_TO_MONTHS = 24


class Spoken(Struct, frozen=True):
    """The words of one language.

    Attributes:
        months: the twelve names, as inside a date.
        day: a day of a month; `first` is how its first day is numbered.
        on: a day after “before”, “after” and “between”.
        units: a day, a week, a month, a year; each for one (in full) and for many (`{n}`).
        phrases: everything else. A key that ends in `_one` is for a single unit.
    """

    months: Sequence[str]
    first: str
    day: str
    on: str
    units: Mapping[str, tuple[str, str]]
    phrases: Mapping[str, str]


LANGUAGES: Mapping[str, Spoken] = {
    "en": Spoken(
        months=(
            *("January", "February", "March", "April", "May", "June"),
            *("July", "August", "September", "October", "November", "December"),
        ),
        first="1",
        day="{n} {rest}",
        on="{day}",
        units={
            "day": ("a day", "{n} days"),
            "week": ("a week", "{n} weeks"),
            "month": ("a month", "{n} months"),
            "year": ("a year", "{n} years"),
        },
        phrases={
            "between": "between {first} and {last}",
            "before": "before {last}",
            "after": "after {first}",
            "unknown": "on an unknown day",
            "today": "today",
            "yesterday": "yesterday",
            "exactly": "{age} ago",
            "about": "about {age} ago",
            "more": "more than {age} ago",
            "less": "less than {age} ago",
        },
    ),
    "fr": Spoken(
        months=(
            *("janvier", "février", "mars", "avril", "mai", "juin"),
            *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
        ),
        first="1er",
        day="{n}\N{NO-BREAK SPACE}{rest}",
        on="le {day}",
        units={
            "day": ("un jour", "{n}\N{NO-BREAK SPACE}jours"),
            "week": ("une semaine", "{n}\N{NO-BREAK SPACE}semaines"),
            "month": ("un mois", "{n}\N{NO-BREAK SPACE}mois"),
            "year": ("un an", "{n}\N{NO-BREAK SPACE}ans"),
        },
        phrases={
            "between": "entre {first} et {last}",
            "before": "avant {last}",
            "after": "après {first}",
            "unknown": "un jour inconnu",
            "today": "aujourd’hui",
            "yesterday": "hier",
            "exactly": "il y a {age}",
            "about": "il y a environ {age}",
            "more": "il y a plus de {age}",
            "more_one": "il y a plus d’{age}",
            "less": "il y a moins de {age}",
            "less_one": "il y a moins d’{age}",
        },
    ),
}


def say_date(day: date, language: str) -> str:
    """Return “1 March 2026”, “1er mars 2026”. French keeps the day and the month on one line."""
    return _day(_spoken(language), day)


def say_interval(interval: Interval, language: str, day: date | None = None) -> str:
    """Return an interval in words: “March 2026”, “between 22 August and 22 November 2026”, “before 2025”.

    With the day on which it is said, how long ago that is follows in brackets, and a month or a year still
    in progress is called by its name.
    """
    spoken = _spoken(language)
    said = _interval(spoken, interval, day)
    age = say_age(interval, language, day) if day else ""
    return f"{said} ({age})" if age else said


def say_age(interval: Interval, language: str, day: date) -> str:
    """Return how long ago an interval is: “about 6 months ago”, “more than a year ago”.

    Empty where that would say nothing: an unknown day, the month or year in progress, or an interval so wide
    (more than two thirds of its own age) that its middle is no answer.
    """
    spoken = _spoken(language)
    start, end = interval.not_before, interval.not_after
    if end is None or end > day or (start is None and end == day):
        return ""
    if start is None:
        return _aged(spoken, "more", *_whole(end, day))
    if start == end:
        return _of_a_day(spoken, end, day)
    if end == day:
        return "" if start.day == 1 else _aged(spoken, "less", *_whole(start, day, begun=True))
    middle = (day - start + (day - end)).days / 2
    return _aged(spoken, "about", *_rounded(middle)) if (end - start).days <= middle * 2 / 3 else ""


# Days.


def _spoken(language: str) -> Spoken:
    return LANGUAGES.get(language[:2].lower(), LANGUAGES[FALLBACK])


def _day(spoken: Spoken, day: date, *, month: bool = True, year: bool = True) -> str:
    number = spoken.first if day.day == 1 else str(day.day)
    return spoken.day.format(n=number, rest=_month(spoken, day, year=year)) if month else number


def _month(spoken: Spoken, day: date, *, year: bool = True) -> str:
    name = spoken.months[day.month - 1]
    return f"{name} {day.year:04}" if year else name


def _interval(spoken: Spoken, interval: Interval, day: date | None) -> str:
    start, end = interval.not_before, interval.not_after
    if start and end:
        return _closed(spoken, start, end, in_progress=end == day)
    if end and end != day:
        return spoken.phrases["before"].format(last=_border(spoken, end))
    if start:
        return spoken.phrases["after"].format(first=_on(spoken, _day(spoken, start)))
    return spoken.phrases["unknown"]


def _ends_a_month(day: date) -> bool:
    return day == date.max or (day + _ONE_DAY).day == 1


def _border(spoken: Spoken, end: date) -> str:
    """Return what comes after the last day of a month or a year, else the day itself."""
    if not _ends_a_month(end) or end == date.max:
        return _on(spoken, _day(spoken, end))
    after = end + _ONE_DAY
    return f"{after.year:04}" if after.month == 1 else _month(spoken, after)


def _on(spoken: Spoken, day: str) -> str:
    return spoken.on.format(day=day)


def _closed(spoken: Spoken, start: date, end: date, *, in_progress: bool) -> str:
    if start == end:
        return _day(spoken, start)
    same_year = start.year == end.year
    same_month = same_year and start.month == end.month
    if start.day == 1 and (in_progress or _ends_a_month(end)):
        if same_month:
            return _month(spoken, start)
        if start.month == 1 and (in_progress or end.month == MONTHS_IN_YEAR):
            first, last = f"{start.year:04}", f"{end.year:04}"
        else:
            first, last = _month(spoken, start, year=not same_year), _month(spoken, end)
    else:
        first = _on(spoken, _day(spoken, start, month=not same_month, year=not same_year))
        last = _on(spoken, _day(spoken, end))
    return first if first == last else spoken.phrases["between"].format(first=first, last=last)


# Ages.


def _aged(spoken: Spoken, phrase: str, unit: str, count: int) -> str:
    one, many = spoken.units[unit]
    phrase = f"{phrase}_one" if count == 1 and f"{phrase}_one" in spoken.phrases else phrase
    return spoken.phrases[phrase].format(age=one if count == 1 else many.format(n=count))


def _of_a_day(spoken: Spoken, then: date, day: date) -> str:
    days = (day - then).days
    if days <= 1:
        return spoken.phrases["yesterday" if days else "today"]
    if days < _UP_TO_DAYS:
        return _aged(spoken, "exactly", "day", days)
    return _aged(spoken, "about", *_rounded(days))


def _rounded(days: float) -> tuple[str, int]:
    """Return the unit that people would use, and how many of it, at least one."""
    if days < _UP_TO_DAYS:
        return "day", max(1, round(days))
    if days < _UP_TO_WEEKS_IN_DAYS:
        return "week", round(days / _DAYS_IN_WEEK)
    months = round(days / _DAYS_IN_MONTH)
    if months == MONTHS_IN_YEAR or months >= _UP_TO_MONTHS:
        return "year", round(months / MONTHS_IN_YEAR)
    return "month", months


def _whole(then: date, day: date, *, begun: bool = False) -> tuple[str, int]:
    """Return how many whole days, months or years have passed; with `begun`, one that has begun counts."""
    months = full_months(then, day)
    if months == 0:
        return "day", (day - then).days
    in_years = months == MONTHS_IN_YEAR or months >= _UP_TO_MONTHS
    unit, size = ("year", MONTHS_IN_YEAR) if in_years else ("month", 1)
    count = months // size
    return unit, count + (begun and add_months(then, count * size) < day)
