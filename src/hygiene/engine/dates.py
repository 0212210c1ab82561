"""Dates in natural words, English and French at once, read as the interval that a person may have meant.

Words become tokens (`date_words`). Some say how a date is meant (*about*, *before*, *more than*, *ago*); the
others, in their order, must be one of the shapes in `date_spans.SPANS` (a stretch of days) or `_AMOUNTS`
(so long ago). What fits no shape is not understood: a guess would be worse than asking again.

How wide an interval is, never narrower than what may have been meant:

- a day, week, month or year is all of its days, a week begins on Monday, and a day without a year is the
  last one; early, mid and late are thirds of a month or a year, and the whole of a season;
- a season is northern and runs from the first of its first month to its astronomical end; “winter 2025”
  may be either winter that touches 2025;
- “N days ago” is that day, and one more either way for every seven; “N weeks ago” two days either way, and
  one more for every seven days;
- “N months ago” is that calendar month, and one more either way for every twelve; “N years ago” is the
  calendar month so long ago and three more either way for every year;
- “about” adds a sixth of an amount either way (at least a day or a month), or half of a date (at least three
  days);
- no interval ends after the day on which it is said.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from math import ceil, floor

from hygiene.engine.date_spans import SPANS, Span, exactly_ago, month_span, recent, to_come, year_span
from hygiene.engine.date_words import LONGEST, UNITS, WORDS, Token, meaning
from hygiene.errors import HygieneError
from hygiene.language import N_
from hygiene.model.dates import MONTHS_IN_YEAR, Interval, add_months

_Meant = tuple[date | None, date]

_ONE_DAY = timedelta(days=1)
_THREE_DAYS = timedelta(days=3)


class FutureDateError(HygieneError):
    """The words were understood, and every day that they may mean is still to come."""

    def __init__(self) -> None:
        super().__init__(N_("this date has not come yet"), hint=N_("give a day in the past, or today"))


def parse_interval(words: str, day: date) -> Interval | None:
    """Return the days that the words may mean when they are said on that day; None: not understood.

    Raises:
        FutureDateError: all of those days lie after `day`.
    """
    try:
        meant = _meant(list(_read(words, day)), day)
    except (ValueError, OverflowError):  # a word that is none of ours, 31 February, before the first year
        return None
    if meant is None:
        return None
    start, end = meant
    if start and start > day:
        raise FutureDateError
    return Interval(start, min(end, day))


def parse_day_ahead(words: str, day: date) -> date | None:
    """Return the last day of a time to come, said on a day: “31 December”, “2027-03”, “in 6 months”.

    A day or a month without a year is the next one.

    Returns:
        A day after `day`; None where the words are not understood, or name nothing to come.
    """
    with suppress(ValueError, OverflowError):  # as above
        ahead = _ahead(list(_read(words, day)), day)
        return ahead if ahead and ahead > day else None
    return None


# From words to tokens. A number is written in the notation of `date_words`, the longest form first.

_FORMS = tuple(
    (re.compile(r"(?<![=0-9])(?<![0-9]\.)" + pattern + r"(?![0-9])"), f" {said} ")
    for pattern, said in (
        (r"([0-9]{4})([-/.])([0-9]{1,2})\2([0-9]{1,2})", r"year=\1 month=\3 number=\4"),
        (r"([0-9]{4})[-/.]([0-9]{1,2})", r"year=\1 month=\2"),
        (r"([0-9]{1,2})([-/.])([0-9]{1,2})\2([0-9]{4})", r"number=\1 month=\3 year=\4"),
        (r"([0-9]{1,2})([/.])([0-9]{1,2})\2([0-9]{2})", r"number=\1 month=\3 year=20\4"),
        (r"([0-9]{1,2})[-/.]([0-9]{4})", r"month=\1 year=\2"),
        (r"([0-9]{1,2})(?:st|nd|rd|th|er|e)\b", r"nth=\1"),
        (r"([0-9]{1,3})[.,]([0-9]{1,2})", r"count=\1.\2"),
        (r"(19[0-9]{2}|2[0-9]{3})", r"year=\1"),
        (r"([0-9]{1,4})", r"number=\1"),
    )
)
_RANGE = re.compile(r"(?<=[0-9])\s*[-–]\s*(?=[a-z]+=)")
_PIECE = re.compile(r"[a-z]+=[0-9.]+|[^\W\d_]+|\S")
_BETWEEN_WORDS = str.maketrans(dict.fromkeys("'’ʼ-‐‑–,", " "))


def _read(words: str, day: date) -> Iterator[Token]:
    """Yield what the words mean, the longest known words first.

    Raises:
        ValueError: some of them mean nothing here.
    """
    pieces = _pieces(words)
    at = 0
    while at < len(pieces):
        sizes = (size for size in range(LONGEST, 0, -1) if " ".join(pieces[at : at + size]) in WORDS)
        size = next(sizes, 0)
        if not size and "=" not in pieces[at]:
            raise ValueError("an unknown word")
        for token in WORDS[" ".join(pieces[at : at + size])] if size else meaning(pieces[at]):
            yield Token("year", day.year - token.value) if token.kind == "back" else token
        at += size or 1


def _pieces(words: str) -> list[str]:
    if "=" in words:
        raise ValueError("the notation is not for people")
    decomposed = unicodedata.normalize("NFD", words)
    text = "".join(each for each in decomposed if not unicodedata.combining(each))
    text = text.casefold()
    for form, said in _FORMS:
        text = form.sub(said, text)
    return _PIECE.findall(_RANGE.sub(" to ", text).translate(_BETWEEN_WORDS))


# From tokens to days.

_MANNERS = frozenset({"ago", "about", "more", "less", "before", "after", "in", "on"})
_AHEAD_MANNERS = frozenset({"in", "on", "about", "next"})


def _meant(tokens: Sequence[Token], day: date) -> _Meant | None:
    manner = frozenset(token.kind for token in tokens) & _MANNERS
    core = [token for token in tokens if token.kind not in _MANNERS]
    if span := _span(core, day):
        meet = _DATE_MANNERS.get(manner - {"in", "on"})
        return meet(span, day) if meet else None
    if amount := _amount(core):
        reach = _AMOUNT_MANNERS.get(manner)
        return reach(amount, day) if reach else None
    return None


def _shape(tokens: Sequence[Token]) -> str:
    return " ".join(token.kind for token in tokens)


def _span(tokens: Sequence[Token], day: date) -> Span | None:
    """Return the stretch of days that the tokens name, if they do."""
    kinds = [token.kind for token in tokens]
    if "to" in kinds:
        return _from_to(tokens[: kinds.index("to")], tokens[kinds.index("to") + 1 :], day)
    if kinds[:1] == ["part"]:
        whole = _span(tokens[1:], day)
        return _third(whole, int(tokens[0].value)) if whole else None
    shape = _shape(tokens)
    read = SPANS.get(shape) or SPANS.get(shape.replace("number", "count"))
    return read(day, *(token.value for token in tokens)) if read else None


def _from_to(first: Sequence[Token], second: Sequence[Token], day: date) -> Span | None:
    """Read “from … to …”; a year at the end counts for both."""
    if first and second and second[-1].kind == "year" and "year" not in _shape(first):
        first = [*first, second[-1]]
    start, end = _span(first, day), _span(second, day)
    return (start[0], end[1]) if start and end and start[0] <= end[0] else None


def _third(whole: Span, part: int) -> Span:
    start, _ = whole
    first, last = 1 + (part - 1) * 4, part * 4
    if whole == year_span(start.year):
        return month_span(start.year, first)[0], month_span(start.year, last)[1]
    if whole == month_span(start.year, start.month):
        ends = (start.replace(day=10), start.replace(day=20), whole[1])
        return start.replace(day=part * 10 - 9), ends[part - 1]
    return whole


def _around(span: Span, _: date) -> _Meant:
    start, end = span
    room = max(_THREE_DAYS, (end - start) // 2)
    return start - room, end + room


_DATE_MANNERS: Mapping[frozenset[str], Callable[[Span, date], _Meant]] = {
    frozenset(): lambda span, _: span,
    frozenset({"about"}): _around,
    frozenset({"before"}): lambda span, _: (None, span[0] - _ONE_DAY),
    frozenset({"after"}): lambda span, day: (span[0], max(span[0], day)),
}


def _ahead(tokens: Sequence[Token], day: date) -> date | None:
    core = [token for token in tokens if token.kind not in _AHEAD_MANNERS]
    if _shape(core) == "unit":  # “next month”
        core = [Token("count", 1), *core]
    if amount := _amount(core):
        _, high, name = amount
        size = ceil(high * UNITS[int(name)].size)
        return add_months(day, size) if UNITS[int(name)].in_months else day + timedelta(days=size)
    this = _span(core, day)
    if this and this[1] > day:
        return this[1]
    # What comes once a year and was last before today comes again within a year.
    next_one = _span(core, add_months(day, MONTHS_IN_YEAR))
    return next_one[1] if next_one else None


# So long ago: from `low` to `high` units of time.

_Amount = tuple[float, float, float]

_AMOUNTS: Mapping[str, Callable[..., _Amount]] = {
    "count unit": lambda n, u: (n, n, u),
    "count unit half": lambda n, u, _: (n + 0.5, n + 0.5, u),
    "count half unit": lambda n, _, u: (n + 0.5, n + 0.5, u),
    "count to count unit": lambda low, _, high, u: (min(low, high), max(low, high), u),
}


def _amount(tokens: Sequence[Token]) -> _Amount | None:
    read = _AMOUNTS.get(_shape(tokens).replace("number", "count"))
    return read(*(token.value for token in tokens)) if read else None


def _ago(amount: _Amount, day: date, *, about: bool = False) -> _Meant:
    low, high, name = amount
    unit = UNITS[int(name)]

    def slack(size: int) -> int:
        return unit.slack + size // unit.doubt + about * max(1, size // 6)

    near, far = floor(low * unit.size), ceil(high * unit.size)
    start = exactly_ago(day, far + slack(far), name)
    end = exactly_ago(day, max(0, near - slack(near)), name)
    if unit.in_months:
        return start.replace(day=1), month_span(end.year, end.month)[1]
    return start, end


def _longer_ago(amount: _Amount, day: date) -> _Meant:
    low, _, unit = amount
    return None, exactly_ago(day, floor(low * UNITS[int(unit)].size), unit)


_AMOUNT_MANNERS: Mapping[frozenset[str], Callable[[_Amount, date], _Meant]] = {
    frozenset({"in"}): lambda _, day: to_come(day),
    **{
        frozenset(manner.split()): reach
        for ways, reach in (
            (("", "ago"), _ago),
            (("about", "about ago"), lambda amount, day: _ago(amount, day, about=True)),
            (("more", "more ago"), _longer_ago),
            (("less", "less ago"), lambda amount, day: recent(day, *amount[1:])),
        )
        for manner in ways
    },
}
