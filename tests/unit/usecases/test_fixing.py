"""The walk through the open findings."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.unit.usecases.acting_desk import (
    AGE,
    DAY,
    PRIVATE,
    SECOND_STEP,
    again,
    answer,
    open_ids,
    replying,
    result,
    scene,
    store_with,
)
from tests.unit.usecases.test_passwords import Choosing

from hygiene.engine.questions import Answered, Back, Question, Reply, Skip, Stop
from hygiene.model.dates import Interval
from hygiene.model.record import Chosen, Dated, SettingChosen
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import state_of
from hygiene.usecases.fixing import walk_findings

YES, NO, APP = Chosen("yes"), Chosen("no"), Chosen("app")
DONE, LATER, LEAVE, STOP = "It is done", "Later", "Leave it as it is", "Stop here"


def walked(store: OpenStore, terminal: Choosing) -> OpenStore:
    walk_findings(store, scene(terminal))
    return again(store)


def test_findings_come_in_the_order_in_which_to_act(tmp_path: Path) -> None:
    """Each once, with its account, how bad it is, why, and the steps."""
    terminal = Choosing(LATER, LATER, "Not now")
    store = store_with(tmp_path)
    assert open_ids(store) == [PRIVATE, SECOND_STEP, AGE]
    walked(store, terminal)
    first, second, third, end = terminal.shown
    assert first.startswith("1 of 3. Make your account private: the club")
    for words in ("High severity, 2", "Why: ", "\n  1. "):
        assert words in first
    assert second.startswith("2 of 3. ")
    assert "the first step is to find out" in second
    assert third.startswith("3 of 3. Reminder reached: X")
    assert end == "3 findings are still open."


def test_what_is_done_is_asked_again_and_sealed(tmp_path: Path) -> None:
    """The answer is the person's, not the recommended one; what stays bad is not asked twice."""
    terminal = Choosing(DONE, "I know now", "changed it today")
    terminal.reply = replying(insta=YES, tw=Chosen("none"))
    store = walked(store_with(tmp_path), terminal)
    assert terminal.asked == ["instagram.private-account", "x.two-factor"]
    assert state_of(store).answer("insta", "instagram.private-account") == YES
    assert state_of(store).answer("tw", "x.two-factor") == Chosen("none")
    assert state_of(store).answer("tw", "x.password-age") == Dated(Interval(DAY, DAY))
    assert "Settled." in terminal.shown
    assert "Kept. It stays on the list." in terminal.shown
    assert terminal.shown[-1] == "2 findings settled. 1 finding is still open."


def test_every_answer_is_sealed_before_the_next_finding(tmp_path: Path) -> None:
    """Whatever ends the program afterwards."""
    store = store_with(tmp_path)
    kept: list[int] = []

    def reply(question: Question) -> Reply:
        kept.append(len(again(store).statements))
        return replying(insta=YES, tw=APP)(question)

    terminal = Choosing(DONE, "I know now", "Stop here")
    terminal.reply = reply
    walked(store, terminal)
    assert kept == [5, 6]


@pytest.mark.parametrize(
    "reply",
    [Answered({"insta": NO}, "a page"), Answered({"insta": NO}, notes={"insta": "a page"})],
    ids=["of all", "of one"],
)
def test_a_note_is_kept_with_the_answer(reply: Answered, tmp_path: Path) -> None:
    """For all accounts, or for the one."""
    terminal = Choosing(DONE, STOP)
    terminal.reply = lambda _question: reply
    store = walked(store_with(tmp_path), terminal)
    assert result(store, PRIVATE).note == "a page"


@pytest.mark.parametrize(
    ("reply", "then", "asked"),
    [(Skip(), [STOP], 1), (Back(), [LATER, STOP], 2), (Stop(), [], 1)],
    ids=["not now", "back", "stop"],
)
def test_a_question_may_stay_unanswered(reply: Reply, then: list[str], asked: int, tmp_path: Path) -> None:
    """Not now is later, back leads to the choices, stop ends the walk; nothing is said."""
    terminal = Choosing(DONE, *then)
    terminal.reply = lambda _question: reply
    store = walked(store_with(tmp_path), terminal)
    assert len(store.statements) == 5
    assert len([each for each in terminal.offered if any(DONE in row for row in each)]) == asked
    assert terminal.rows == []
    assert terminal.shown[-1] == "3 findings are still open."


@pytest.mark.parametrize(
    ("rows", "lines", "until"),
    [
        (["For a year"], ["a page"], date(2027, 11, 22)),
        (["For good"], ["a page"], None),
        (["another day"], ["a page", "yesterday", "2027-03"], date(2027, 3, 31)),
        (["another day", "For good"], ["a page", ""], None),
    ],
    ids=["year", "good", "day", "no day"],
)
def test_a_finding_is_left_as_it_is(
    rows: list[str], lines: list[str], until: date | None, tmp_path: Path
) -> None:
    """With a reason and an end, a year unless it is said otherwise."""
    terminal = Choosing(LEAVE, *rows, STOP, lines=lines)
    store = walked(store_with(tmp_path), terminal)
    waiver = result(store, PRIVATE).waiver
    assert waiver
    assert (waiver.reason, waiver.until) == ("a page", until)
    assert any(each.startswith("Accepted ") and "a page" in each for each in terminal.shown)
    assert open_ids(store) == [SECOND_STEP, AGE]


def test_a_day_that_was_misunderstood_is_asked_again(tmp_path: Path) -> None:
    """It is said back first."""
    terminal = Choosing(LEAVE, "another day", STOP, lines=["", "March", "1 March"])
    terminal.confirms = [False, True]
    store = walked(store_with(tmp_path), terminal)
    waiver = result(store, PRIVATE).waiver
    assert waiver
    assert waiver.until == date(2027, 3, 1)
    assert terminal.confirmed == ["Until 31 March 2027. Is that right?", "Until 1 March 2027. Is that right?"]


def test_a_page_is_opened_after_its_host_was_shown(tmp_path: Path) -> None:
    """Then “done” is where Enter leads."""
    opened: list[str] = []
    terminal = Choosing("Open the settings on www.instagram.com", "instructions", STOP)
    walk_findings(store_with(tmp_path), scene(terminal, opened))
    assert len(opened) == 2
    assert all(url.startswith("https://") for url in opened)
    assert "Open the settings" in terminal.offered[0][0]
    assert DONE in terminal.offered[1][0]
    assert sorted(terminal.offered[0]) == sorted(terminal.offered[1])
    assert "www.instagram.com is open in your browser." in terminal.shown


def test_at_an_employers_the_page_is_not_where_enter_leads(tmp_path: Path) -> None:
    """Those who administer that computer can read what is opened on it."""
    mine, employers = Choosing(STOP), Choosing(STOP)
    walked(store_with(tmp_path / "a"), mine)
    walked(store_with(tmp_path / "b", SettingChosen("computer", "employer")), employers)
    assert "Open the settings" in mine.offered[0][0]
    assert DONE in employers.offered[0][0]


def test_nothing_open_is_said(tmp_path: Path) -> None:
    """And the walk ends without a question."""
    good = (
        answer("insta", "instagram.private-account", YES),
        answer("tw", "x.two-factor", APP),
        answer("tw", "x.password-age", Dated(Interval(DAY, DAY))),
    )
    terminal = Choosing()
    walked(store_with(tmp_path, *good), terminal)
    assert terminal.shown == ["Nothing is left to do."]


def test_the_end_of_the_input_is_a_stop(tmp_path: Path) -> None:
    """What was said before it is kept."""
    terminal = Choosing(DONE)
    terminal.reply = replying(insta=YES)
    store = walked(store_with(tmp_path), terminal)
    assert open_ids(store) == [SECOND_STEP, AGE]
    assert terminal.shown[-1] == "1 finding settled. 2 findings are still open."
