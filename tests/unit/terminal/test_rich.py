"""Keys that only the drawn renderer has. What every renderer does is in tests/contract/terminal.py."""

from __future__ import annotations

import io
import signal
import threading
from typing import TYPE_CHECKING

import pytest
from prompt_toolkit.data_structures import Size
from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from prompt_toolkit.output.vt100 import Vt100_Output
from tests.contract.terminal_questions import DAY, PRIVATE, PROGRESS, last_year, many, names, when_looked

from hygiene.engine.questions import Answered, Back, Stop
from hygiene.model.record import Chosen, ChosenMany, Written
from hygiene.terminal.rich import Device, RichTerminal

if TYPE_CHECKING:
    from collections.abc import Iterator

    from prompt_toolkit.input import PipeInput

    from hygiene.engine.questions import Question
    from hygiene.model.record import Answer

UP, DOWN, HOME, END, PAGE_UP, PAGE_DOWN = (f"\x1b[{code}" for code in ("A", "B", "H", "F", "5~", "6~"))
ESCAPE, CTRL_C, CTRL_D = "\x1b", "\x03", "\x04"
WAYS_ON = ("Try again", "Use the recovery code", "I have neither")


@pytest.fixture
def pipe() -> Iterator[PipeInput]:
    with create_pipe_input() as typed:
        yield typed


def terminal_of(pipe: PipeInput) -> RichTerminal:
    return RichTerminal("en", DAY, lambda _url: True, Device(input=pipe, output=DummyOutput()))


def answer(pipe: PipeInput, question: Question, typed: str) -> Answer:
    pipe.send_text(typed)
    reply = terminal_of(pipe).ask(question, PROGRESS)
    assert isinstance(reply, Answered)
    return next(iter(reply.by_account.values()))


@pytest.mark.parametrize(
    ("typed", "chosen"),
    [
        (DOWN + "\r", "no"),
        ("j\r", "no"),
        ("jjjjk\r", "no"),
        (DOWN + UP + UP + " ", "yes"),
        (END + UP + "\r", "no"),
        (END + HOME + "\r", "yes"),
        (PAGE_DOWN + PAGE_UP + " ", "yes"),
        ("2\r", "no"),
        ("12\r", "no"),
        ("\t\r", "no"),
    ],
)
def test_the_cursor_moves_and_enter_or_space_chooses(pipe: PipeInput, typed: str, chosen: str) -> None:
    assert answer(pipe, PRIVATE, typed) == Chosen(chosen)


def test_a_number_only_moves_so_that_a_habit_of_enter_answers_nothing_by_itself(pipe: PipeInput) -> None:
    assert answer(pipe, PRIVATE, "1" + "2" + DOWN + UP + "\r") == Chosen("no")


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        (" jj \r", ("n1", "n3")),
        ("  \r\r", ()),
        ("\r\r", ()),
        ("\rj \r", ("n2",)),
        ("1,13,13,2,\r", ("n1", "n2")),
        ("13\r", ("n13",)),
        ("2\r", ("n2",)),
        (END + " \r", ("n24",)),
        (",0", ()),
        ("10\r", ("n10",)),
    ],
)
def test_lines_are_ticked_by_space_or_number(pipe: PipeInput, typed: str, ids: tuple[str, ...]) -> None:
    assert answer(pipe, many(24), typed) == ChosenMany(ids)


def test_ticks_outlast_a_look_at_why(pipe: PipeInput) -> None:
    assert answer(pipe, many(24), " ?j?? \r") == ChosenMany(("n1", "n2"))


def test_capital_letters_are_the_same_keys(pipe: PipeInput) -> None:
    pipe.send_text("B")
    assert terminal_of(pipe).ask(PRIVATE, PROGRESS) == Back()


@pytest.mark.parametrize("question", [PRIVATE, names()])
def test_escape_is_back(pipe: PipeInput, question: Question) -> None:
    pipe.send_text(ESCAPE)
    assert terminal_of(pipe).ask(question, PROGRESS) == Back()


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D])
@pytest.mark.parametrize("question", [PRIVATE, names()])
def test_ctrl_c_and_ctrl_d_stop(pipe: PipeInput, question: Question, key: str) -> None:
    pipe.send_text(key)
    assert terminal_of(pipe).ask(question, PROGRESS) == Stop()


def test_what_was_written_before_may_be_changed(pipe: PipeInput) -> None:
    question = last_year(names(), Written("gitlab.com"))
    assert answer(pipe, question, ", codeberg.org\r") == Written("gitlab.com, codeberg.org")
    assert answer(pipe, question, "\x7f" * 10 + "\rnew\r") == Written("new")


def test_a_pasted_paragraph_is_one_line(pipe: PipeInput) -> None:
    assert answer(pipe, names(), "\x1b[200~one\r\n two\x1b[201~\r") == Written("one two")


def test_a_date_needs_words(pipe: PipeInput) -> None:
    pipe.send_text("5\r\rb" + "\r" + "q")
    assert terminal_of(pipe).ask(when_looked(), PROGRESS) == Stop()


@pytest.mark.parametrize("key", [CTRL_C, CTRL_D, ESCAPE + CTRL_C])
def test_leaving_what_is_outside_the_interview_is_an_interruption(pipe: PipeInput, key: str) -> None:
    pipe.send_text(key + CTRL_C)
    with pytest.raises(KeyboardInterrupt):
        terminal_of(pipe).confirm("Begin?", default=True)
    pipe.send_text(key)
    with pytest.raises(KeyboardInterrupt):
        terminal_of(pipe).secret("Passphrase: ")
    pipe.send_text(key)
    with pytest.raises(KeyboardInterrupt):
        terminal_of(pipe).choose("What now?", WAYS_ON)
    pipe.send_text(key)
    with pytest.raises(KeyboardInterrupt):
        terminal_of(pipe).line("Recovery code:")


@pytest.mark.parametrize(
    ("typed", "place"), [("\r", 0), (DOWN + "\r", 1), ("3\r", 2), (END + UP + " ", 1), ("yn2\r", 1)]
)
def test_one_of_several_is_chosen_as_in_a_list(pipe: PipeInput, typed: str, place: int) -> None:
    pipe.send_text(typed)
    assert terminal_of(pipe).choose("What now?", WAYS_ON) == place


def test_a_line_may_be_corrected(pipe: PipeInput) -> None:
    pipe.send_text("q\x7f b.txtt\x7f\r")
    assert terminal_of(pipe).line("File:") == "b.txt"


def test_a_pasted_code_is_one_line(pipe: PipeInput) -> None:
    pipe.send_text("\x1b[200~ABCD-EFGH\r\nJKLM  NPQR\n\x1b[201~\r")
    assert terminal_of(pipe).line("Recovery code:") == "ABCD-EFGH JKLM  NPQR"


class Broken(DummyOutput):
    """A terminal that was closed: nothing can be written any more."""

    def flush(self) -> None:
        raise OSError(5, "Input/output error")


def test_a_terminal_that_is_gone_is_a_stop(pipe: PipeInput) -> None:
    pipe.send_text("1\r")
    device = Device(input=pipe, output=Broken())
    terminal = RichTerminal("en", DAY, lambda _url: True, device)
    assert terminal.ask(PRIVATE, PROGRESS) == Stop()
    terminal.show("Everything you answered is kept.")


def test_handlers_of_signals_are_put_back(pipe: PipeInput) -> None:
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)]
    assert answer(pipe, PRIVATE, "1\r") == Chosen("yes")
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGHUP)] == before


def test_it_also_runs_beside_the_main_thread(pipe: PipeInput) -> None:
    answers: list[Answer] = []
    thread = threading.Thread(target=lambda: answers.append(answer(pipe, PRIVATE, "2\r")))
    thread.start()
    thread.join(timeout=10)
    assert answers == [Chosen("no")]


def test_the_cursor_is_never_asked_for(pipe: PipeInput) -> None:
    """On a slow line the reply would arrive after the question and be taken for keys."""
    out = io.StringIO()
    out.isatty = lambda: True  # type: ignore[method-assign]
    pipe.send_text("1\r")
    device = Device(input=pipe, output=Vt100_Output(out, lambda: Size(24, 80), term="xterm"))
    RichTerminal("en", DAY, lambda _url: True, device).ask(PRIVATE, PROGRESS)
    assert "Is your account private?" in out.getvalue()
    assert "\x1b[6n" not in out.getvalue()
