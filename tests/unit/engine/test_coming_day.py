from __future__ import annotations

from datetime import date

import pytest

from hygiene.engine.coming_day import parse_coming_day

TODAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    "words",
    ["31 March 2027", "31 mars 2027", "2027-03-31", "31/03/2027", "31 March", "31 mars", "le 31 mars"],
)
def test_a_date_is_the_next_one_of_that_name(words: str) -> None:
    assert parse_coming_day(words, TODAY) == date(2027, 3, 31)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("22 November", TODAY),
        ("21 November", date(2027, 11, 21)),
        ("23 November", date(2026, 11, 23)),
        ("today", TODAY),
        ("aujourd’hui", TODAY),
        ("yesterday", date(2026, 11, 21)),
        ("1 March 2026", date(2026, 3, 1)),
        ("31/03/2029", date(2029, 3, 31)),
    ],
)
def test_near_far_and_past_days(words: str, day: date) -> None:
    assert parse_coming_day(words, TODAY) == day


@pytest.mark.parametrize(
    "words", ["", "soon", "March 2027", "2027", "tomorrow", "30 February 2027", "2300-01-01"]
)
def test_what_is_no_one_day_is_not_guessed(words: str) -> None:
    assert parse_coming_day(words, TODAY) is None


def test_the_last_days_of_the_calendar_are_no_trap() -> None:
    assert parse_coming_day("31/12/2199", date(2199, 12, 31)) == date(2199, 12, 31)
