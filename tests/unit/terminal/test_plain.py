from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest
from tests.contract.terminal_questions import (
    DAY,
    INSTAGRAM,
    PASSWORD_AGE,
    PRIVATE,
    PROGRESS,
    URL,
    about,
    last_year,
    many,
    names,
    password,
    when_looked,
)

from hygiene.engine.questions import Answered, Stop
from hygiene.model.record import Chosen, ChosenMany, Written
from hygiene.terminal.plain import InputEndedError, PlainTerminal, Streams

if TYPE_CHECKING:
    from collections.abc import Callable

    from hygiene.engine.questions import Question, Reply

FIRST = """
Question 7 of 31, about 6 minutes left.
Instagram
Is your account private?
Last time (22 November 2025): No
1. Yes
2. No, last time
3. I don’t know
Or one letter: ? why, b back, s I’d have to look, q stop, d I don’t know, x
doesn’t apply, o open the settings, n add a note, h this list.
Number (an empty line keeps 2):
Please write a number from 1 to 3.
Number (an empty line keeps 2):
Anyone can copy what you post within seconds, and an employer or a stranger
can read it years later.
Number (an empty line keeps 2):
Noted: No
"""

EACH = """
Question 7 of 31, about 6 minutes left.
Instagram, X, LinkedIn
What kind of password do these accounts have?
1. Random, made by a password manager, used only there
2. The same as elsewhere, or nearly
3. I don’t know
4. Different for each account
"""

ONE = """
Question 7 of 31, account 1 of 3.
Instagram
What kind of password does your Instagram account have?
1. Random, made by a password manager, used only there
2. The same as elsewhere, or nearly
3. I don’t know
"""

WAYS_ON = """That is neither the passphrase nor the
recovery code of this store. What now?
1. Try again
2. Use the recovery code
3. I have neither: set this store aside
   and begin afresh
Number (an empty line: 1):
Please write a number from 1 to 3.
Number (an empty line: 1):
"""


def _interrupt() -> str:
    raise KeyboardInterrupt


class Said:
    """A plain terminal at which something is typed, and all that it writes."""

    def __init__(
        self, typed: str, *, width: int = 76, read_secret: Callable[[str], str] | None = None
    ) -> None:
        self._out = io.StringIO()
        streams = Streams(io.StringIO(typed), self._out, width, read_secret)
        self.terminal = PlainTerminal(streams, "en", DAY, lambda _url: True)

    def ask(self, question: Question) -> Reply:
        return self.terminal.ask(question, PROGRESS)

    @property
    def text(self) -> str:
        assert "\x1b" not in self._out.getvalue()
        assert "\r" not in self._out.getvalue()
        return "\n".join(line.rstrip() for line in self._out.getvalue().split("\n"))


def test_a_question_reads_from_top_to_bottom() -> None:
    said = Said("7\n?\n\n")
    said.ask(last_year(PRIVATE, Chosen("no")))
    assert said.text == FIRST


def test_the_letters_are_listed_once_and_on_request() -> None:
    said = Said("1\n1\nh\n1\n")
    said.ask(PRIVATE)
    said.ask(PRIVATE)
    assert said.text.count("Or one letter") == 1
    said.ask(PRIVATE)
    assert said.text.count("Or one letter") == 2


def test_several_accounts_are_named_then_asked_one_by_one() -> None:
    said = Said("4\n")
    assert said.ask(password()) == Stop()
    assert EACH in said.text
    assert ONE in said.text


def test_what_is_ticked_is_said_in_words() -> None:
    said = Said("x\n\n")
    said.ask(last_year(many(3), ChosenMany(("n2",))))
    assert "0. None of these\n1. Network 1\n2. Network 2, selected\n3. Network 3\n" in said.text
    assert "Please write numbers from 1 to 3 with commas, such as 1,3, or 0 for none." in said.text


def test_a_date_may_be_written_at_once() -> None:
    said = Said("march 2026\n\n")
    said.ask(when_looked())
    assert "Understood as: March 2026 (about 8 months ago)." in said.text
    assert "an empty line keeps: March 2026 (about 8 months ago)" in said.text


def test_a_date_that_is_not_understood_is_asked_again_kindly() -> None:
    said = Said("\nwhenever\n31/12/2030\n")
    assert said.ask(about(PASSWORD_AGE, INSTAGRAM)) == Stop()
    assert "Please write a number from 1 to 8. A number, or a date such as “March 2026”." in said.text
    assert "I did not understand “whenever”. A month is enough." in said.text
    assert "That day has not come yet. When was it, roughly?" in said.text


def test_after_a_note_only_what_is_new_is_said() -> None:
    said = Said("n\nlater\no\n1\n1\n")
    said.ask(PRIVATE)
    assert said.text.count("Is your account private?") == 1
    assert "Your note is kept with the answer." in said.text
    assert "1. Instagram — www.instagram.com" in said.text
    assert "www.instagram.com is open in your browser." in said.text


def test_a_note_may_be_taken_back() -> None:
    said = Said("n\n\n1\n")
    assert said.ask(last_year(PRIVATE, Chosen("no"), note="old")) == Answered({"instagram": Chosen("yes")})
    assert "Your note: old" in said.text
    assert "No note." in said.text


def test_without_a_browser_the_address_is_said() -> None:
    out = io.StringIO()
    streams = Streams(io.StringIO("o\n1\n"), out)
    PlainTerminal(streams, "en", DAY, lambda _url: False).ask(PRIVATE, PROGRESS)
    assert f"No browser answered. The address is {URL}" in out.getvalue().replace("\n", " ")


def test_lines_are_as_narrow_as_the_terminal() -> None:
    said = Said("?\n1\n\n", width=40)
    said.ask(password())
    said.ask(last_year(names(), Written("gitlab.com, codeberg.org, the club’s page")))
    assert max(map(len, said.text.split("\n"))) <= 40


def test_what_is_typed_cannot_harm_the_screen() -> None:
    said = Said("a\x1b[2J\u202eb\n")
    assert said.ask(names()) == Answered({"you": Written("a\ufffd[2J\ufffdb")})
    assert "Noted: a\ufffd[2J\ufffdb" in said.text


def test_nothing_written_is_asked_again() -> None:
    said = Said("\nAda\n")
    said.ask(names())
    assert "Please write something, or use one of the letters." in said.text


def test_ctrl_c_stops(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = io.StringIO()
    monkeypatch.setattr(typed, "readline", _interrupt)
    terminal = PlainTerminal(Streams(typed, io.StringIO()), "en", DAY, lambda _url: True)
    assert terminal.ask(PRIVATE, PROGRESS) == Stop()


def test_bytes_that_are_no_text_are_not_understood() -> None:
    typed = io.TextIOWrapper(io.BytesIO(b"\xff\n"), encoding="ascii")
    out = io.StringIO()
    PlainTerminal(Streams(typed, out), "en", DAY, lambda _url: True).ask(PRIVATE, PROGRESS)
    assert "Please write a number from 1 to 3." in out.getvalue()


def test_messages_keep_their_lines_and_indents() -> None:
    said = Said("", width=40)
    said.terminal.show(
        "Your recovery code opens the store if everything else is forgotten:\n\n    ABCD-EFGH-1234\x1b"
    )
    assert said.text == (
        "Your recovery code opens the store if\neverything else is forgotten:\n\n    ABCD-EFGH-1234\ufffd\n"
    )


def test_yes_or_no_says_what_an_empty_line_means() -> None:
    said = Said("maybe\nNO\n\n")
    assert said.terminal.confirm("Begin?", default=True) is False
    assert "Begin?\nyes or no (an empty line: yes):\nPlease write yes or no.\n" in said.text
    assert said.terminal.confirm("Begin?", default=True) is True


def test_the_end_of_the_input_is_a_no_but_never_twice() -> None:
    """A question that is asked until it is a yes must not be asked for ever."""
    terminal = Said("").terminal
    assert terminal.confirm("Written down?", default=True) is False
    with pytest.raises(InputEndedError):
        terminal.confirm("Written down?", default=True)


def test_a_secret_is_read_from_a_pipe_or_without_showing_it() -> None:
    assert Said("a b\n").terminal.secret("Passphrase: ") == "a b"
    with pytest.raises(InputEndedError):
        Said("").terminal.secret("Passphrase: ")
    prompts: list[str] = []

    def read_secret(prompt: str) -> str:
        prompts.append(prompt)
        return "hidden"

    assert Said("", read_secret=read_secret).terminal.secret("Passphrase: ") == "hidden"
    assert prompts == ["Passphrase: "]


def _ended(_prompt: str) -> str:
    raise EOFError


@pytest.mark.parametrize(
    "ask",
    [
        lambda terminal: terminal.secret("Passphrase: "),
        lambda terminal: terminal.line("Recovery code: "),
        lambda terminal: terminal.confirm("Written down?", default=True),
        lambda terminal: terminal.choose("What now?", ("Try again", "Stop")),
    ],
    ids=["secret", "line", "confirm", "choose"],
)
def test_the_end_of_the_input_at_a_terminal_is_a_wish_to_stop(
    ask: Callable[[PlainTerminal], object],
) -> None:
    with pytest.raises(KeyboardInterrupt):
        ask(Said("", read_secret=_ended).terminal)


@pytest.mark.parametrize(
    "ask",
    [
        lambda terminal: terminal.secret("Passphrase: "),
        lambda terminal: terminal.line("Recovery code: "),
        lambda terminal: terminal.choose("What now?", ("Try again", "Stop")),
    ],
    ids=["secret", "line", "choose"],
)
def test_the_end_of_the_input_of_a_pipe_is_an_error(ask: Callable[[PlainTerminal], object]) -> None:
    with pytest.raises(InputEndedError):
        ask(Said("").terminal)


def test_one_of_several_reads_from_top_to_bottom_and_is_asked_again() -> None:
    said = Said("1,2\n 3. \n", width=40)
    ways = ("Try again", "Use the recovery code", "I have neither: set this store aside and begin afresh")
    message = "That is neither the passphrase nor the recovery code of this store. What now?"
    assert said.terminal.choose(message, ways) == 2
    assert said.text == WAYS_ON


def test_what_is_offered_or_asked_for_cannot_harm_the_screen() -> None:
    said = Said("\na\n")
    said.terminal.choose("Which\x1b?", ("a\x1b[2J", "b\rc"))
    assert said.text.startswith("Which\ufffd?\n1. a\ufffd[2J\n2. b\ufffdc\n")
    said.terminal.line("File of a\x1b[2J: ")
    assert "File of a\ufffd[2J:\n" in said.text


def test_ctrl_c_leaves_a_choice_and_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    typed = io.StringIO()
    monkeypatch.setattr(typed, "readline", _interrupt)
    terminal = PlainTerminal(Streams(typed, io.StringIO()), "en", DAY, lambda _url: True)
    with pytest.raises(KeyboardInterrupt):
        terminal.choose("What now?", ("Try again", "Stop"))
    with pytest.raises(KeyboardInterrupt):
        terminal.line("Recovery code:")
