"""Answers as the words that an answers file takes."""

from datetime import date

import pytest

from hygiene.engine.answer_words import answer_in_words, interval_in_words
from hygiene.model.dates import Interval
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    Answer,
    Chosen,
    ChosenMany,
    Dated,
    NonAnswer,
    Via,
    Written,
)


@pytest.mark.parametrize(
    ("first", "last", "expected"),
    [
        (date(2026, 3, 17), date(2026, 3, 17), "2026-03-17"),
        (date(2026, 3, 1), date(2026, 3, 31), "2026-03"),
        (date(2024, 2, 1), date(2024, 2, 29), "2024-02"),
        (date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (date(2026, 3, 1), date(2026, 3, 30), "2026-03-01 to 2026-03-30"),
        (date(2026, 1, 1), date(2026, 11, 22), "2026-01-01 to 2026-11-22"),
        (date(2025, 2, 1), date(2026, 1, 31), "2025-02-01 to 2026-01-31"),
        (None, date(2026, 3, 17), "before 2026-03-18"),
        (date(2026, 3, 17), None, "after 2026-03-17"),
        (None, None, "unknown"),
    ],
)
def test_an_interval_is_said_as_short_as_it_can_be(
    first: date | None, last: date | None, expected: str
) -> None:
    """A day, a month or a year where it is exactly one, else both ends."""
    assert interval_in_words(Interval(first, last)) == expected


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Chosen("no"), "no"),
        (NEVER, "never"),
        (PASSKEY, "passkey"),
        (ChosenMany(("games", "tools")), ["games", "tools"]),
        (ChosenMany(()), []),
        (Dated(Interval(date(2026, 3, 1), date(2026, 3, 31))), "2026-03"),
        (Via("tw"), "via tw"),
        (Written("a label"), "a label"),
        (NonAnswer.NOT_APPLICABLE, "not-applicable"),
    ],
)
def test_every_form_of_answer_has_words(answer: Answer, expected: str | list[str]) -> None:
    """The words of the contract."""
    assert answer_in_words(answer) == expected
