"""Answers as the words that an answers file takes, so that what is exported can be read back."""

from __future__ import annotations

from datetime import date, timedelta

from hygiene.model.dates import Interval, add_months
from hygiene.model.record import Answer, Chosen, ChosenMany, Dated, NonAnswer, Via, Written

_DAY = timedelta(days=1)
_YEAR = 12


def answer_in_words(answer: Answer) -> str | list[str]:
    """Return an answer as an answers file writes it; several choices are a list."""
    match answer:
        case Chosen(choice):
            return choice
        case ChosenMany(choices):
            return list(choices)
        case Dated(interval):
            return interval_in_words(interval)
        case Via(account):
            return f"via {account}"
        case Written(words):
            return words
        case _:
            return answer.value


def interval_in_words(interval: Interval) -> str:
    """Return `2026-03-17`, `2026-03` or `2026` where that is meant, else the words for a stretch of days."""
    match interval:
        case Interval(None, None):
            return NonAnswer.UNKNOWN.value
        case Interval(None, date() as last):
            return f"before {last + _DAY}"
        case Interval(date() as first, None):
            return f"after {first}"
        case Interval(date() as first, date() as last):
            return _stretch(first, last)
    raise AssertionError(interval)  # pragma: no cover - the cases above are all there are


def _stretch(first: date, last: date) -> str:
    if first == last:
        return first.isoformat()
    if first.day == 1 and last == _last_day(first, 1):
        return f"{first:%Y-%m}"
    if (first.month, first.day) == (1, 1) and last == _last_day(first, _YEAR):
        return f"{first:%Y}"
    return f"{first} to {last}"


def _last_day(first: date, months: int) -> date:
    return add_months(first, months) - _DAY
