from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.contract.terminal_questions import (
    DAY,
    INSTAGRAM,
    PASSWORD_AGE,
    PRIVATE,
    X,
    about,
    last_year,
    many,
    password,
)

from hygiene.engine.questions import Progress
from hygiene.model.dates import Interval
from hygiene.model.record import NEVER, PASSKEY, Answer, Chosen, ChosenMany, Dated, NonAnswer, Via, Written
from hygiene.model.text import same
from hygiene.terminal.words import Speaker, progress_words, time_left_words

SPEAKER = Speaker("en", DAY)
BIDI = "evil\u202etxt\x1b[2J"


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (0, "less than a minute left"),
        (59, "less than a minute left"),
        (60, "about 1 minute left"),
        (61, "about 2 minutes left"),
        (360, "about 6 minutes left"),
    ],
)
def test_the_time_left_is_in_whole_minutes(seconds: int, words: str) -> None:
    assert time_left_words(seconds) == words


def test_progress_names_a_total_only_when_it_is_known() -> None:
    assert progress_words(Progress(7, 31, 360)) == ("Question 7 of 31", "about 6 minutes left")
    assert progress_words(Progress(2, 0, 360)) == ("Question 2",)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Dated(Interval(date(2026, 3, 1), date(2026, 3, 31))), "March 2026 (about 8 months ago)"),
        (NEVER, "Never changed"),
        (PASSKEY, "A passkey instead"),
        (Chosen("gone"), "an answer that is no longer offered"),
        (Via("x"), "Through X"),
        (Via("old"), "Through old"),
        (Written(BIDI), "evil\ufffdtxt\ufffd[2J"),
        (NonAnswer.UNKNOWN, "I don’t know"),
        (NonAnswer.NOT_APPLICABLE, "Doesn’t apply"),
        (NonAnswer.LATER, "later"),
        (ChosenMany(()), "None of these"),
    ],
)
def test_every_answer_can_be_said(answer: Answer, words: str) -> None:
    assert SPEAKER.answer(answer, about(PASSWORD_AGE, INSTAGRAM, X)) == words


def test_several_choices_are_listed_in_their_words() -> None:
    assert SPEAKER.answer(ChosenMany(("n1", "n3")), many(3)) == "Network 1, Network 3"


def test_the_answer_of_last_time_is_said_with_its_day() -> None:
    assert SPEAKER.before(PRIVATE) == ""
    assert SPEAKER.before(last_year(PRIVATE, Chosen("yes"))) == "Last time (22 November 2025): Yes"


def test_an_answer_of_today_is_not_called_last_time() -> None:
    assert SPEAKER.before(last_year(PRIVATE, Chosen("yes"), on=DAY)) == "Your answer: Yes"


def test_accounts_that_have_no_answer_yet_are_told_apart() -> None:
    one = last_year(password(), {"instagram": Chosen("reused")})
    assert SPEAKER.before(one) == "Last time (22 November 2025): The same as elsewhere, or nearly (Instagram)"
    two = last_year(password(), {"instagram": Chosen("reused"), "x": Chosen("random")})
    assert SPEAKER.before(two) == "Last time (22 November 2025): different for each account"


def test_answers_of_different_days_name_no_day() -> None:
    question = last_year(password(), Chosen("reused"))
    first, *others = question.accounts
    assert first.previous is not None
    earlier = replace(first, previous=replace(first.previous, on=date(2025, 1, 1)))
    mixed = replace(question, accounts=(earlier, *others))
    assert SPEAKER.before(mixed) == "Last time: The same as elsewhere, or nearly"


def test_content_in_another_language_and_what_is_harmful_in_it() -> None:
    french = Speaker("fr", DAY)
    assert french.answer(Chosen("yes"), PRIVATE) == "Oui"
    assert french.text(same(BIDI)) == "evil\ufffdtxt\ufffd[2J"


def test_answers_that_differ_are_said_account_by_account() -> None:
    given = {"instagram": Chosen("yes"), "x": Chosen("no")}
    assert SPEAKER.answers(given, about(PRIVATE.check, INSTAGRAM, X)) == "Instagram: Yes; X: No"
