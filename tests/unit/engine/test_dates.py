"""Dates in natural words: tables of what people say on Sunday 22 November 2026, and what it may mean."""

from datetime import date

import pytest

from hygiene.engine.date_words import LONGEST, WORDS
from hygiene.engine.dates import FutureDateError, parse_day_ahead, parse_interval
from hygiene.errors import HygieneError

DAY = date(2026, 11, 22)
FUTURE = "future"
Expected = tuple[str | None, str] | str | None


def read(words: str, day: date = DAY) -> Expected:
    try:
        interval = parse_interval(words, day)
    except FutureDateError:
        return FUTURE
    if interval is None:
        return None
    assert interval.not_after
    start = interval.not_before.isoformat() if interval.not_before else None
    return start, interval.not_after.isoformat()


NUMERIC: dict[str, Expected] = {
    "2026-03-17": ("2026-03-17", "2026-03-17"),
    "2026-03": ("2026-03-01", "2026-03-31"),
    "2025": ("2025-01-01", "2025-12-31"),
    "2026": ("2026-01-01", "2026-11-22"),
    "17/03/2026": ("2026-03-17", "2026-03-17"),
    "17.3.2026": ("2026-03-17", "2026-03-17"),
    "03/04/2026": ("2026-04-03", "2026-04-03"),
    "17/03/24": ("2024-03-17", "2024-03-17"),
    "03/2026": ("2026-03-01", "2026-03-31"),
    "2024-2025": ("2024-01-01", "2025-12-31"),
    "2024 – 2025": ("2024-01-01", "2025-12-31"),
}
DAYS_MONTHS_YEARS: dict[str, Expected] = {
    "March 2026": ("2026-03-01", "2026-03-31"),
    "mars 2026": ("2026-03-01", "2026-03-31"),
    "NOVEMBRE 2026": ("2026-11-01", "2026-11-22"),
    "1er août 2025": ("2025-08-01", "2025-08-01"),
    "1er aout 2025": ("2025-08-01", "2025-08-01"),
    "le premier mars 2025": ("2025-03-01", "2025-03-01"),
    "1 August 2025": ("2025-08-01", "2025-08-01"),
    "August 1, 2025": ("2025-08-01", "2025-08-01"),
    "March 3rd, 2025": ("2025-03-03", "2025-03-03"),
    "2025 March 3": ("2025-03-03", "2025-03-03"),
    "march": ("2026-03-01", "2026-03-31"),
    "décembre": ("2025-12-01", "2025-12-31"),
    "17 march": ("2026-03-17", "2026-03-17"),
    "the 3rd of March": ("2026-03-03", "2026-03-03"),
    "March 3rd": ("2026-03-03", "2026-03-03"),
    "March 3": ("2026-03-03", "2026-03-03"),
    "March 30": ("2026-03-30", "2026-03-30"),
    "25 novembre": ("2025-11-25", "2025-11-25"),
    "29 février": ("2024-02-29", "2024-02-29"),
    "last March": ("2026-03-01", "2026-03-31"),
    "last November": ("2025-11-01", "2025-11-30"),
    "mars dernier": ("2026-03-01", "2026-03-31"),
    "this March": ("2026-03-01", "2026-03-31"),
    "March last year": ("2025-03-01", "2025-03-31"),
    "au mois de mars": ("2026-03-01", "2026-03-31"),
    "entre mars 2024 et mai 2025": ("2024-03-01", "2025-05-31"),
    "between March and May": ("2026-03-01", "2026-05-31"),
    "sept 2025": ("2025-09-01", "2025-09-30"),
}
AMOUNTS: dict[str, Expected] = {
    "6 months ago": ("2026-05-01", "2026-05-31"),
    "il y a 6 mois": ("2026-05-01", "2026-05-31"),
    "il y a 6\N{NO-BREAK SPACE}mois": ("2026-05-01", "2026-05-31"),
    "6mois": ("2026-05-01", "2026-05-31"),
    "il y a sept mois": ("2026-04-01", "2026-04-30"),
    "about 6 months ago": ("2026-04-01", "2026-06-30"),
    "~3 months": ("2026-07-01", "2026-09-30"),
    "environ 3 mois": ("2026-07-01", "2026-09-30"),
    "il y a 3 mois environ": ("2026-07-01", "2026-09-30"),
    "2-3 months ago": ("2026-08-01", "2026-09-30"),
    "a few months ago": ("2026-05-01", "2026-09-30"),
    "a year ago": ("2025-08-01", "2026-02-28"),
    "il y a un an": ("2025-08-01", "2026-02-28"),
    "about a year ago": ("2025-06-01", "2026-04-30"),
    "two years ago": ("2024-05-01", "2025-05-31"),
    "deux ans": ("2024-05-01", "2025-05-31"),
    "1.5 years": ("2025-01-01", "2025-09-30"),
    "1,5 an": ("2025-01-01", "2025-09-30"),
    "un an et demi": ("2025-01-01", "2025-09-30"),
    "one and a half years": ("2025-01-01", "2025-09-30"),
    "six months": ("2026-05-01", "2026-05-31"),
    "3 days ago": ("2026-11-19", "2026-11-19"),
    "about 3 days ago": ("2026-11-18", "2026-11-20"),
    "il y a 30 jours": ("2026-10-19", "2026-10-27"),
    "a week ago": ("2026-11-12", "2026-11-18"),
    "a fortnight ago": ("2026-11-04", "2026-11-12"),
    "more than a year ago": (None, "2025-11-22"),
    "il y a plus d’un an": (None, "2025-11-22"),
    "over 2 years": (None, "2024-11-22"),
    "2 ans ou plus": (None, "2024-11-22"),
    "several years ago": (None, "2024-11-22"),
    "more than 10 days ago": (None, "2026-11-12"),
    "less than 3 months": ("2026-08-22", "2026-11-22"),
    "moins de trois mois": ("2026-08-22", "2026-11-22"),
    "the last 3 months": ("2026-08-22", "2026-11-22"),
    "last 3 months": ("2026-08-22", "2026-11-22"),
    "les 3 derniers mois": ("2026-08-22", "2026-11-22"),
    "in the last year": ("2025-11-22", "2026-11-22"),
}
CALENDAR: dict[str, Expected] = {
    "yesterday": ("2026-11-21", "2026-11-21"),
    "HIER": ("2026-11-21", "2026-11-21"),
    "today": ("2026-11-22", "2026-11-22"),
    "aujourd’hui": ("2026-11-22", "2026-11-22"),
    "aujourd'hui": ("2026-11-22", "2026-11-22"),
    "last week": ("2026-11-09", "2026-11-15"),
    "la semaine dernière": ("2026-11-09", "2026-11-15"),
    "this week": ("2026-11-16", "2026-11-22"),
    "last month": ("2026-10-01", "2026-10-31"),
    "le mois dernier": ("2026-10-01", "2026-10-31"),
    "this month": ("2026-11-01", "2026-11-22"),
    "ce mois-ci": ("2026-11-01", "2026-11-22"),
    "last year": ("2025-01-01", "2025-12-31"),
    "last yr": ("2025-01-01", "2025-12-31"),
    "l'an dernier": ("2025-01-01", "2025-12-31"),
    "l’année dernière": ("2025-01-01", "2025-12-31"),
    "this year": ("2026-01-01", "2026-11-22"),
    "cette année": ("2026-01-01", "2026-11-22"),
    "early 2025": ("2025-01-01", "2025-04-30"),
    "mid-2025": ("2025-05-01", "2025-08-31"),
    "late 2025": ("2025-09-01", "2025-12-31"),
    "début mars 2024": ("2024-03-01", "2024-03-10"),
    "debut mars 2024": ("2024-03-01", "2024-03-10"),
    "mi-mars 2024": ("2024-03-11", "2024-03-20"),
    "fin mars 2024": ("2024-03-21", "2024-03-31"),
    "fin du mois dernier": ("2026-10-21", "2026-10-31"),
    "spring 2025": ("2025-03-01", "2025-06-21"),
    "été 2025": ("2025-06-01", "2025-09-23"),
    "winter 2025": ("2024-12-01", "2026-03-21"),
    "au printemps": ("2026-03-01", "2026-06-21"),
    "last summer": ("2026-06-01", "2026-09-23"),
    "l’été dernier": ("2026-06-01", "2026-09-23"),
    "cet hiver": ("2025-12-01", "2026-03-21"),
    "late summer 2025": ("2025-06-01", "2025-09-23"),
    "avant mars 2025": (None, "2025-02-28"),
    "before last summer": (None, "2026-05-31"),
    "after March 2025": ("2025-03-01", "2026-11-22"),
    "vers mars 2025": ("2025-02-14", "2025-04-15"),
    "around 17 March 2025": ("2025-03-14", "2025-03-20"),
}
NOT_YET = (
    *("tomorrow", "demain", "next month", "le mois prochain", "l’été prochain", "next spring"),
    *("in 3 months", "dans 3 mois", "3 weeks from now", "23/11/2026", "2027", "mars 2027", "this december"),
    *("after 2026-12", "l'an prochain"),
)
NONSENSE = (
    *(
        "",
        " ",
        "-",
        ".",
        "banana",
        "2025-13",
        "17/17/2026",
        "30/02/2025",
        "31 february",
        "0000-01-01",
        "1½ years",
    ),
    *("2²", "12345", "year=2025", "unit", "count month", "month", "year ago", "last day", "a march", "ago"),
    *("March 24", "mars 25", "more than 2025", "2025 ago", "more than less than 2 years", "over 9999 years"),
    *(
        "in 6 months ago",
        "early",
        "late banana",
        "between May and March 2025",
        "3 to",
        "to 2025",
        "2 years to 2025",
    ),
    *("٣ months ago", "2026-03-17T10:00", "early 5 months", "999 999 years"),
)


@pytest.mark.parametrize(
    ("words", "expected"), [*NUMERIC.items(), *DAYS_MONTHS_YEARS.items(), *AMOUNTS.items(), *CALENDAR.items()]
)
def test_natural_words(words: str, expected: Expected) -> None:
    """What people say in English or French gives the days that they may mean."""
    assert read(words) == expected


@pytest.mark.parametrize("words", NOT_YET)
def test_future(words: str) -> None:
    """A date that has not come yet is refused in its own way, with a hint and without the words."""
    with pytest.raises(FutureDateError) as caught:
        parse_interval(words, DAY)
    assert isinstance(caught.value, HygieneError)
    assert caught.value.hint
    assert words not in str(caught.value)


@pytest.mark.parametrize("words", NONSENSE)
def test_nonsense(words: str) -> None:
    """What is nonsense, impossible or open to two readings is not understood rather than guessed."""
    assert read(words) is None


@pytest.mark.parametrize(
    ("words", "day", "expected"),
    [
        ("this winter", date(2026, 12, 15), ("2026-12-01", "2026-12-15")),
        ("this winter", date(2026, 1, 15), ("2025-12-01", "2026-01-15")),
        ("last winter", date(2026, 1, 15), ("2024-12-01", "2025-03-21")),
        ("this summer", date(2026, 2, 1), FUTURE),
        ("last summer", date(2026, 7, 15), ("2025-06-01", "2025-09-23")),
        ("march", date(2026, 3, 1), ("2026-03-01", "2026-03-01")),
        ("last week", date(2026, 3, 2), ("2026-02-23", "2026-03-01")),
        ("last month", date(2026, 3, 31), ("2026-02-01", "2026-02-28")),
        ("a month ago", date(2026, 3, 31), ("2026-02-01", "2026-02-28")),
        ("less than a month", date(2024, 3, 31), ("2024-02-29", "2024-03-31")),
        ("tomorrow", date.max, None),
        ("more than a month ago", date.min, None),
    ],
)
def test_other_days(words: str, day: date, expected: Expected) -> None:
    """The same words follow the day on which they are said, up to the ends of the calendar."""
    assert read(words, day) == expected


def test_words_are_in_reading_form() -> None:
    """Every entry of the table can be met: lower case, without accents, apostrophes, hyphens or commas."""
    assert LONGEST == 5
    assert [words for words in WORDS if words != words.casefold() or set(words) & set("’'-,éèêûà")] == []


# Written before the parser, by its author, and never tuned on. On the first run 43 were right, 11 not
# understood and none wrong; reading a hyphen as a space, which “avant-hier” in the table of words already
# called for, made it 45, 9 and none.
HELD_OUT: dict[str, Expected] = {
    "in April 2025": ("2025-04-01", "2025-04-30"),
    "Sept. 2024": ("2024-09-01", "2024-09-30"),
    "on the 3rd of May 2024": ("2024-05-03", "2024-05-03"),
    "5 months back": ("2026-06-01", "2026-06-30"),
    "nearly two years ago": ("2024-01-01", "2025-09-30"),
    "the end of last year": ("2025-09-01", "2025-12-31"),
    "a couple of weeks ago": ("2026-10-27", "2026-11-12"),
    "Christmas 2024": ("2024-12-25", "2024-12-25"),
    "last Tuesday": ("2026-11-17", "2026-11-17"),
    "Q1 2025": ("2025-01-01", "2025-03-31"),
    "first half of 2024": ("2024-01-01", "2024-06-30"),
    "within the past two weeks": ("2026-11-08", "2026-11-22"),
    "no more than 3 months ago": ("2026-08-22", "2026-11-22"),
    "3 or 4 months ago": ("2026-07-01", "2026-08-31"),
    "sometime in 2023": ("2023-01-01", "2023-12-31"),
    "before 2022": (None, "2021-12-31"),
    "at least five years ago": (None, "2021-11-22"),
    "Feb 29, 2025": None,
    "soon": None,
    "in two weeks": FUTURE,
    "next spring": FUTURE,
    "12.05.2024": ("2024-05-12", "2024-05-12"),
    "August last year": ("2025-08-01", "2025-08-31"),
    "eighteen months ago": ("2025-04-01", "2025-06-30"),
    "a good while ago": None,
    "half a year ago": ("2026-04-01", "2026-06-30"),
    "2025-3-7": ("2025-03-07", "2025-03-07"),
    "courant 2024": ("2024-01-01", "2024-12-31"),
    "depuis Noël": ("2025-12-25", "2025-12-25"),
    "en février dernier": ("2026-02-01", "2026-02-28"),
    "il y a une quinzaine de jours": ("2026-11-03", "2026-11-11"),
    "avant-hier": ("2026-11-20", "2026-11-20"),
    "le 14 juillet": ("2026-07-14", "2026-07-14"),
    "au début de l’année": ("2026-01-01", "2026-04-30"),
    "à peu près deux ans": ("2024-01-01", "2025-09-30"),
    "il y a trois semaines": ("2026-10-27", "2026-11-06"),
    "mi-juin": ("2026-06-11", "2026-06-20"),
    "fin de l'été 2025": ("2025-06-01", "2025-09-23"),
    "entre mars et mai 2025": ("2025-03-01", "2025-05-31"),
    "il y a bien longtemps": None,
    "depuis plus de trois ans": (None, "2023-11-22"),
    "dans un mois": FUTURE,
    "31/02/2025": None,
    "ces six derniers mois": ("2026-05-22", "2026-11-22"),
    "lundi dernier": ("2026-11-16", "2026-11-16"),
    "l'an passé": ("2025-01-01", "2025-12-31"),
    "janv. 2025": ("2025-01-01", "2025-01-31"),
    "vingt-quatre mois": ("2024-09-01", "2025-01-31"),
    "cet automne": ("2026-09-01", "2026-11-22"),
    "il n'y a pas très longtemps": None,
    "pas plus tard qu'hier": ("2026-11-21", "2026-11-21"),
    "deux mois et demi": ("2026-08-01", "2026-09-30"),
    "avril ou mai 2024": ("2024-04-01", "2024-05-31"),
    "moi aussi": None,
}


def test_held_out_phrases() -> None:
    """Of phrases that the parser was not tuned on, none is understood wrongly, some not at all."""
    answers = {words: read(words) for words in HELD_OUT}
    missed = [words for words, answer in answers.items() if answer is None and HELD_OUT[words]]
    wrong = [words for words, answer in answers.items() if answer != HELD_OUT[words] and words not in missed]
    assert wrong == []
    assert (len(HELD_OUT), len(missed)) == (54, 9)


AHEAD: dict[str, str | None] = {
    "2027-03-01": "2027-03-01",
    "2027-03": "2027-03-31",
    "2027": "2027-12-31",
    "31/12/2027": "2027-12-31",
    "31 December": "2026-12-31",
    "1er mars": "2027-03-01",
    "22 November": "2027-11-22",
    "29 February": None,
    "November": "2026-11-30",
    "March": "2027-03-31",
    "next March": "2027-03-31",
    "mars prochain": "2027-03-31",
    "spring": "2027-06-21",
    "fin 2027": "2027-12-31",
    "this year": "2026-12-31",
    "in 6 months": "2027-05-22",
    "dans 6 mois": "2027-05-22",
    "six mois": "2027-05-22",
    "about a year": "2027-11-22",
    "next year": "2027-11-22",
    "l’année prochaine": "2027-11-22",
    "two to three weeks": "2026-12-13",
    "tomorrow": "2026-11-23",
    "demain": "2026-11-23",
    "today": None,
    "yesterday": None,
    "6 months ago": None,
    "more than a year": None,
    "March 2026": None,
    "31 février 2027": None,
    "9999999 years": None,
    "whenever": None,
    "": None,
}


@pytest.mark.parametrize("words", AHEAD)
def test_a_day_to_come(words: str) -> None:
    """The last day of what was named, and only a day that lies ahead."""
    ahead = parse_day_ahead(words, DAY)
    assert (ahead.isoformat() if ahead else None) == AHEAD[words]
