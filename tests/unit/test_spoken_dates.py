"""Days, intervals and ages as people say them, on Sunday 22 November 2026."""

from datetime import date

import pytest

from hygiene.model.dates import Interval
from hygiene.spoken_dates import LANGUAGES, say_age, say_date, say_interval

DAY = date(2026, 11, 22)
NBSP = "\N{NO-BREAK SPACE}"


def between(start: str | None, end: str | None) -> Interval:
    return Interval(*(date.fromisoformat(each) if each else None for each in (start, end)))


@pytest.mark.parametrize(
    ("day", "language", "said"),
    [
        (date(2026, 3, 1), "en", "1 March 2026"),
        (date(2026, 3, 1), "fr", f"1er{NBSP}mars 2026"),
        (date(2026, 8, 22), "fr", f"22{NBSP}août 2026"),
        (date(2026, 8, 22), "fr-CA", f"22{NBSP}août 2026"),
        (date(2026, 8, 22), "FR_fr", f"22{NBSP}août 2026"),
        (date(2026, 8, 22), "xx", "22 August 2026"),
        (date(2026, 8, 22), "", "22 August 2026"),
    ],
)
def test_date(day: date, language: str, said: str) -> None:
    """A day is written in the language, French with “1er” and a no-break space; any other is English."""
    assert say_date(day, language) == said


@pytest.mark.parametrize(
    ("start", "end", "english", "french"),
    [
        ("2026-03-17", "2026-03-17", "17 March 2026", "17 mars 2026"),
        ("2026-03-01", "2026-03-31", "March 2026", "mars 2026"),
        ("2026-03-01", "2026-03-10", "between 1 and 10 March 2026", "entre le 1er et le 10 mars 2026"),
        ("2025-01-01", "2025-12-31", "2025", "2025"),
        ("2024-01-01", "2025-12-31", "between 2024 and 2025", "entre 2024 et 2025"),
        ("2026-04-01", "2026-06-30", "between April and June 2026", "entre avril et juin 2026"),
        (
            *("2025-08-01", "2026-02-28"),
            "between August 2025 and February 2026",
            "entre août 2025 et février 2026",
        ),
        (
            *("2026-08-22", "2026-11-22"),
            "between 22 August and 22 November 2026",
            "entre le 22 août et le 22 novembre 2026",
        ),
        (
            *("2025-12-01", "2026-03-21"),
            "between 1 December 2025 and 21 March 2026",
            "entre le 1er décembre 2025 et le 21 mars 2026",
        ),
        ("2026-01-01", "2026-02-28", "between January and February 2026", "entre janvier et février 2026"),
        (None, "2025-11-22", "before 22 November 2025", "avant le 22 novembre 2025"),
        (None, "2025-02-28", "before March 2025", "avant mars 2025"),
        (None, "2023-12-31", "before 2024", "avant 2024"),
        (None, "9999-12-31", "before 31 December 9999", "avant le 31 décembre 9999"),
        ("2026-03-01", None, "after 1 March 2026", "après le 1er mars 2026"),
        (None, None, "on an unknown day", "un jour inconnu"),
    ],
)
def test_interval(start: str | None, end: str | None, english: str, french: str) -> None:
    """An interval is said as shortly as it can be without saying another one."""
    interval = between(start, end)
    assert say_interval(interval, "en") == english
    assert say_interval(interval, "fr").replace(NBSP, " ") == french


@pytest.mark.parametrize(
    ("start", "end", "english", "french"),
    [
        ("2026-11-01", "2026-11-22", "November 2026", "novembre 2026"),
        ("2026-01-01", "2026-11-22", "2026", "2026"),
        ("2026-04-01", "2026-11-22", "between April and November 2026", "entre avril et novembre 2026"),
        (None, "2026-11-22", "on an unknown day", "un jour inconnu"),
        ("2026-11-22", None, "after 22 November 2026", "après le 22 novembre 2026"),
        (
            *("2026-04-01", "2026-06-30"),
            "between April and June 2026 (about 6 months ago)",
            "entre avril et juin 2026 (il y a environ 6 mois)",
        ),
        (
            *(None, "2025-11-22"),
            "before 22 November 2025 (more than a year ago)",
            "avant le 22 novembre 2025 (il y a plus d’un an)",
        ),
    ],
)
def test_interval_said_today(start: str | None, end: str | None, english: str, french: str) -> None:
    """With today, a month or year in progress has its name, “I don't know” is an unknown day, ages follow."""
    interval = between(start, end)
    assert say_interval(interval, "en", DAY) == english
    assert say_interval(interval, "fr", DAY).replace(NBSP, " ") == french


@pytest.mark.parametrize(
    ("start", "end", "english", "french"),
    [
        ("2026-11-22", "2026-11-22", "today", "aujourd’hui"),
        ("2026-11-21", "2026-11-21", "yesterday", "hier"),
        ("2026-11-20", "2026-11-20", "2 days ago", "il y a 2 jours"),
        ("2026-10-25", "2026-10-25", "about 4 weeks ago", "il y a environ 4 semaines"),
        ("2026-11-18", "2026-11-20", "about 3 days ago", "il y a environ 3 jours"),
        ("2026-09-20", "2026-09-20", "about 2 months ago", "il y a environ 2 mois"),
        ("2026-03-01", "2026-03-31", "about 8 months ago", "il y a environ 8 mois"),
        ("2025-11-20", "2025-11-20", "about a year ago", "il y a environ un an"),
        ("2024-05-01", "2025-05-31", "about 2 years ago", "il y a environ 2 ans"),
        ("2024-01-01", "2025-12-31", "", ""),
        (None, "2026-11-12", "more than 10 days ago", "il y a plus de 10 jours"),
        (None, "2026-11-21", "more than a day ago", "il y a plus d’un jour"),
        (None, "2024-11-21", "more than 2 years ago", "il y a plus de 2 ans"),
        (None, "2026-10-01", "more than a month ago", "il y a plus d’un mois"),
        ("2026-08-22", "2026-11-22", "less than 3 months ago", "il y a moins de 3 mois"),
        ("2026-08-21", "2026-11-22", "less than 4 months ago", "il y a moins de 4 mois"),
        ("2025-11-22", "2026-11-22", "less than a year ago", "il y a moins d’un an"),
        ("2026-11-12", "2026-11-22", "less than 10 days ago", "il y a moins de 10 jours"),
        ("2026-11-01", "2026-11-22", "", ""),
        (None, "2026-11-22", "", ""),
        (None, None, "", ""),
        ("2026-11-22", "2026-11-23", "", ""),
    ],
)
def test_age(start: str | None, end: str | None, english: str, french: str) -> None:
    """An age is said in the unit that people use, and not at all where it would say nothing."""
    interval = between(start, end)
    assert say_age(interval, "en", DAY) == english
    assert say_age(interval, "fr", DAY).replace(NBSP, " ") == french


def test_languages_are_complete() -> None:
    """Every language has twelve months and the same units and phrases as English."""
    english = LANGUAGES["en"]
    for language in LANGUAGES.values():
        assert len(language.months) == 12
        assert language.units.keys() == english.units.keys()
        assert {key.removesuffix("_one") for key in language.phrases} == english.phrases.keys()
