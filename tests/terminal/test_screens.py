"""The two renderers on a real pseudo-terminal: what a person would see, and what stays behind."""

from __future__ import annotations

import os
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.contract.terminal_questions import RISK
from tests.terminal.driver import WAYS_ON, WRONG
from tests.terminal.screen import Screen

from hygiene.engine.questions import Answered, Stop
from hygiene.model.record import Chosen, ChosenMany, Written

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
COLOUR = re.compile(rb"\x1b\[[0-9;]*\b(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9]+)*m")
SIZES = [(80, 24), (50, 20)]
DOWN, ESCAPE, CTRL_C = "\x1b[B", "\x1b", "\x03"


@pytest.fixture
def said(tmp_path: Path) -> Path:
    return tmp_path / "replies.txt"


@pytest.fixture
def start(said: Path) -> Callable[..., Screen]:
    def start(kind: str, asked: str, *options: str, size: tuple[int, int] = (80, 24)) -> Screen:
        python_path = os.pathsep.join([str(ROOT), str(ROOT / "src")])
        env = {**os.environ, "PYTHONPATH": python_path, "TERM": "xterm-256color"}
        command = [sys.executable, str(HERE / "driver.py"), kind, asked, *options, str(said)]
        return Screen(command, *size, env)

    return start


def replies(said: Path, terminal: str = "sane") -> list[str]:
    *given, terminal_after = said.read_text(encoding="utf-8").split("\n")
    assert terminal_after == terminal
    return given


@pytest.mark.parametrize("size", SIZES)
def test_a_question_is_painted_whole_with_the_cursor_on_the_answer_so_far(
    start: Callable[..., Screen], said: Path, size: tuple[int, int]
) -> None:
    screen = start("rich", "private", size=size)
    screen.wait("q stop")
    screen.wait_for_cursor_on("› 2. No (last time)")
    screen.type("?")
    screen.wait("years later.")
    for words in ("Question 1 of 31 · about 6 minutes left", "Instagram", "Is your account private?", RISK):
        assert words in screen.text
    assert screen.under_cursor == " › 2. No (last time)"
    screen.type("\r")
    assert screen.end() == 0
    assert screen.lines[2] == "✓ Instagram · Is your account private? — No"
    assert "Question 1" not in screen.text
    assert replies(said) == [str(Answered({"instagram": Chosen("no")}))]


@pytest.mark.parametrize("size", SIZES)
def test_no_word_is_cut_where_the_screen_ends(
    start: Callable[..., Screen], said: Path, size: tuple[int, int]
) -> None:
    screen = start("rich", "password", size=size)
    screen.wait("q stop")
    assert "What kind of password do these accounts have?" in screen.text
    assert "Random, made by a password manager, used only there" in screen.text
    screen.type("4\r")
    screen.wait("account 1 of 3")
    screen.type("q")
    assert screen.end() == 0
    assert replies(said) == [str(Stop())]


def test_a_long_list_scrolls_and_ticks_stay(start: Callable[..., Screen], said: Path) -> None:
    screen = start("rich", "many", size=(50, 20))
    screen.wait("↓ ")
    screen.type(" " + DOWN * 23)
    screen.wait_for_cursor_on("24. [ ] Network 24")
    screen.wait("↑ ")
    screen.type(" ")
    screen.wait("24. [x] Network 24")
    screen.type("\r")
    assert screen.end() == 0
    assert replies(said) == [str(Answered({"you": ChosenMany(("n1", "n24"))}))]


def test_a_resized_screen_is_wrapped_anew(start: Callable[..., Screen]) -> None:
    screen = start("rich", "password")
    screen.wait("1. Random, made by a password manager, used only there")
    screen.resize(40, 24)
    screen.wait_for_line("      manager, used only there")
    screen.type(CTRL_C)
    assert screen.end() == 0


def test_back_and_escape_return_to_the_question_before(start: Callable[..., Screen], said: Path) -> None:
    screen = start("rich", "private,names")
    screen.wait_for_cursor_on("2. No")
    screen.type("1\r")
    screen.wait("What do you call it?")
    screen.type("bana\x7f\x7fnane\x1b")
    screen.wait("Question 1 of 31")
    screen.wait_for_cursor_on("2. No")
    screen.type("\r")
    screen.wait("What do you call it?")
    screen.type("banane\r")
    assert screen.end() == 0
    assert replies(said) == [
        str(Answered({"instagram": Chosen("no")})),
        str(Answered({"you": Written("banane")})),
    ]


def test_a_date_in_words_is_said_back(start: Callable[..., Screen], said: Path) -> None:
    screen = start("rich", "age", size=(50, 20))
    screen.wait("5. An exact date or a month…")
    screen.type("5\rsoon\r")
    screen.wait("I did not understand “soon”.")
    screen.type("march 2026\r")
    screen.wait("Understood as: March 2026 (about 8 months ago).")
    screen.type("\r")
    assert screen.end() == 0
    assert "datetime.date(2026, 3, 31)" in replies(said)[0]


@pytest.mark.parametrize("number", [signal.SIGHUP, signal.SIGTERM])
def test_a_signal_stops_and_leaves_the_terminal_sane(
    start: Callable[..., Screen], said: Path, number: signal.Signals
) -> None:
    screen = start("rich", "private,names")
    screen.wait_for_cursor_on("2. No")
    screen.type("\r")
    screen.wait("What do you call it?")
    screen.child.kill(number)
    assert screen.end() == 0
    assert replies(said) == [str(Answered({"instagram": Chosen("no")})), str(Stop())]


def test_a_window_that_is_closed_is_a_stop(start: Callable[..., Screen], said: Path) -> None:
    screen = start("rich", "private,names")
    screen.wait_for_cursor_on("2. No")
    screen.type("\r")
    screen.wait("What do you call it?")
    screen.close_window()
    assert replies(said, "gone") == [str(Answered({"instagram": Chosen("no")})), str(Stop())]


def test_without_colour_there_is_none_and_everything_is_still_said(start: Callable[..., Screen]) -> None:
    screen = start("rich", "many,private", "no-colour")
    screen.wait("1. [ ] Network 1")
    screen.type(" \r")
    screen.wait("Is your account private?")
    screen.type("\r")
    assert screen.end() == 0
    assert not COLOUR.search(screen.raw)
    coloured = start("rich", "private")
    coloured.wait_for_cursor_on("2. No")
    coloured.type(CTRL_C)
    assert coloured.end() == 0
    assert COLOUR.search(coloured.raw)


def test_plain_lines_are_never_drawn_again(start: Callable[..., Screen], said: Path) -> None:
    screen = start("plain", "private,password,secret")
    screen.wait("Number (an empty line keeps 2):")
    screen.type("?\r")
    screen.wait("years later.")
    screen.type("\r")
    screen.wait("Different for each account")
    screen.type("2\r")
    screen.wait("Passphrase:")
    screen.type("hidden\r")
    assert screen.end() == 0
    assert b"\x1b" not in screen.raw
    assert b"\r" not in screen.raw.replace(b"\r\n", b"")
    assert b"hidden" not in screen.raw
    assert replies(said)[-1] == "6 characters"


def test_a_secret_is_not_drawn(start: Callable[..., Screen], said: Path) -> None:
    screen = start("rich", "secret")
    screen.wait("Nothing shows while you type.")
    screen.type("hidden")
    screen.type("\r")
    assert screen.end() == 0
    assert b"hidden" not in screen.raw
    assert b"*" not in screen.raw
    assert replies(said) == ["6 characters"]


@pytest.mark.parametrize("size", SIZES)
def test_one_of_several_is_painted_whole_and_leaves_one_line(
    start: Callable[..., Screen], said: Path, size: tuple[int, int]
) -> None:
    screen = start("rich", "choose,choose", size=size)
    screen.wait_for_cursor_on("› 1. Try again")
    for words in (WRONG, *WAYS_ON):
        assert words in screen.text
    screen.type(DOWN + "\r")
    screen.wait("— Use the recovery code")
    screen.wait_for_cursor_on("› 1. Try again")
    screen.type("3")
    screen.wait_for_cursor_on("› 3. I have neither")
    screen.type("\r")
    assert screen.end() == 0
    assert screen.lines[2].startswith("✓ That is")
    assert screen.lines[3].startswith("✓ That is")
    assert "begin afresh" not in screen.text
    assert replies(said) == ["1", "2"]


def test_a_long_choice_hangs_behind_its_number(start: Callable[..., Screen]) -> None:
    drawn = start("rich", "choose", size=(50, 20))
    drawn.wait_for_line("   3. I have neither: set this store aside,")
    drawn.wait_for_line("      nothing of it is deleted, and begin afresh")
    drawn.type("\r")
    assert drawn.end() == 0
    plain = start("plain", "choose", size=(50, 20))
    plain.wait_for_line("3. I have neither: set this store aside, nothing")
    plain.wait_for_line("   of it is deleted, and begin afresh")
    plain.type("\r")
    assert plain.end() == 0


def test_one_of_several_and_a_line_in_plain_lines(start: Callable[..., Screen], said: Path) -> None:
    screen = start("plain", "choose,choose,line")
    screen.wait("Number (an empty line: 1):")
    screen.type(DOWN + "\r")
    screen.wait("Please write a number from 1 to 3.")
    screen.type("2\r")
    screen.wait(f"{WRONG} 1. Try again")
    screen.type("\r")
    screen.wait("kept it:")
    screen.type(" b \r")
    assert screen.end() == 0
    assert b"\x1b" not in screen.raw
    assert replies(said) == ["1", "0", "b"]


def test_a_line_is_seen_while_it_is_typed_and_then_gone(start: Callable[..., Screen], said: Path) -> None:
    screen = start("rich", "line,line", size=(50, 20))
    screen.wait("The recovery code, or the file in which you kept it:")
    screen.type("q")
    screen.wait_for_line(" › q")
    screen.type("\r")
    screen.wait_for_line(" ›")
    screen.type("ABCD  efgh\r")
    assert screen.end() == 0
    assert "efgh" not in screen.text
    assert replies(said) == ["q", "ABCD  efgh"]


@pytest.mark.parametrize("asked", ["choose", "line"])
@pytest.mark.parametrize("kind", ["rich", "plain"])
def test_ctrl_c_outside_the_interview_leaves_the_terminal_sane(
    start: Callable[..., Screen], said: Path, kind: str, asked: str
) -> None:
    screen = start(kind, asked)
    screen.wait("Number (an empty line: 1):" if (kind, asked) == ("plain", "choose") else "recovery code")
    screen.type(CTRL_C)
    assert screen.end() == 0
    assert replies(said) == ["interrupted"]


@pytest.mark.parametrize("asked", ["choose", "line"])
def test_a_window_closed_outside_the_interview_is_an_interruption(
    start: Callable[..., Screen], said: Path, asked: str
) -> None:
    screen = start("rich", asked)
    screen.wait("recovery code")
    screen.close_window()
    assert replies(said, "gone") == ["interrupted"]
