"""Laws of dates in natural words."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.engine.date_words import WORDS
from hygiene.engine.dates import FutureDateError, parse_interval
from hygiene.model.dates import Interval
from hygiene.spoken_dates import LANGUAGES, say_date, say_interval

TODAY = date(2026, 11, 22)
days = st.dates(min_value=date(1970, 1, 1), max_value=date(2100, 12, 31))
sentences = st.lists(
    st.one_of(
        st.sampled_from(sorted(WORDS)),
        st.integers(0, 10_000).map(str),
        st.sampled_from(["2026-03-17", "17/03/2026", "1,5", "1er", "-", ",", "’"]),
    ),
    max_size=5,
).map(" ".join)


def parse(words: str, day: date) -> Interval | None:
    try:
        return parse_interval(words, day)
    except FutureDateError:
        return None


@given(st.dates())
def test_iso_days(day: date) -> None:
    """An ISO day gives that day, on the day itself and ever after."""
    assert parse_interval(day.isoformat(), day) == Interval(day, day)
    assert parse_interval(day.isoformat(), date.max) == Interval(day, day)


@given(days, st.integers(1, 4000))
def test_iso_days_to_come(day: date, later: int) -> None:
    """An ISO day after today is refused as a date to come."""
    with pytest.raises(FutureDateError):
        parse_interval((day + timedelta(days=later)).isoformat(), day)


@given(st.one_of(st.text(), sentences), st.dates())
def test_any_text(words: str, day: date) -> None:
    """Whatever is typed on whatever day gives an interval up to that day, None, or a date to come."""
    interval = parse(words, day)
    assert interval is None or (interval.not_after is not None and interval.not_after <= day)


@given(sentences, days)
def test_case_and_spaces(words: str, day: date) -> None:
    """Upper case, accents on nothing and wider spaces change nothing."""
    other = words.upper().replace(" ", "\N{NO-BREAK SPACE} ")
    assert parse(other, day) == parse(words, day)


@given(st.dates(date(1900, 1, 1), date(2999, 12, 31)), st.sampled_from(sorted(LANGUAGES)))
def test_said_days_are_read_back(day: date, language: str) -> None:
    """A day that we write is a day that we read, in every language."""
    assert parse_interval(say_date(day, language), day) == Interval(day, day)


@given(days, st.integers(0, 1500), st.sampled_from(sorted(LANGUAGES)))
def test_said_intervals_are_read_back(start: date, length: int, language: str) -> None:
    """A month, a year, or a row of months that we write is read back as itself."""
    first = start.replace(day=1)
    last = (first + timedelta(days=length)).replace(day=1) - timedelta(days=1)
    interval = Interval(first, max(first, last))
    assert parse_interval(say_interval(interval, language), date.max) == interval


@given(st.one_of(st.none(), days), st.one_of(st.none(), days), st.text(max_size=5))
def test_every_interval_can_be_said(start: date | None, end: date | None, language: str) -> None:
    """Any interval has words in any language, with no placeholder left in them."""
    start, end = (min(start, end), max(start, end)) if start and end else (start, end)
    for day in (None, TODAY):
        said = say_interval(Interval(start, end), language, day)
        assert said
        assert "{" not in said
