"""The plain renderer: numbered lines and nothing else, for screen readers, pipes and simple terminals.

It writes whole lines from top to bottom: no escape byte, no carriage return, nothing is ever drawn again.
What a picture would show (selected, last time) it says in words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TextIO, TypeVar

from msgspec import Struct

from hygiene.engine.questions import Progress, Question, Reply
from hygiene.errors import NotDoneError
from hygiene.language import N_, _
from hygiene.safety.cleaning import clean
from hygiene.terminal.asking import Asking
from hygiene.terminal.lines import paragraphs
from hygiene.terminal.pages import Manner, Page, Row
from hygiene.terminal.plain_pages import PlainScreen, misunderstood, row_of
from hygiene.terminal.plain_stream import Lines
from hygiene.terminal.words import Speaker

WIDEST = 76

Meaning = TypeVar("Meaning")


class Streams(Struct, frozen=True):
    """Where replies are read and questions are written.

    Attributes:
        read_secret: reads a line without showing it (such as `getpass.getpass`); None where there is no
            terminal, then a line is read like any other.
    """

    replies: TextIO
    questions: TextIO
    width: int = WIDEST
    read_secret: Callable[[str], str] | None = None


class InputEndedError(NotDoneError):
    """The replies ended where one was needed."""

    def __init__(self) -> None:
        super().__init__(
            N_("the input ended before a reply that was needed"),
            hint=N_("run it again and answer to the end, or give the passphrase with --passphrase-file"),
        )


class PlainTerminal:
    """A `Terminal` of numbered lines, by the standard library alone.

    Args:
        streams: where to read and write.
        language: of the content.
        day: today.
        open_page: opens an address in the browser, and tells whether it could.
    """

    def __init__(self, streams: Streams, language: str, day: date, open_page: Callable[[str], bool]) -> None:
        self._lines = Lines(streams.replies, streams.questions, min(streams.width, WIDEST))
        self._read_secret = streams.read_secret
        self._screen = PlainScreen(self._lines)
        self._asking = Asking(self._screen, Speaker(language, day), open_page)
        self._has_ended = False

    def ask(self, question: Question, progress: Progress) -> Reply:
        """Put the question and return the reply; the end of the input means stop."""
        self._screen.begin()
        return self._asking.ask(question, progress)

    def show(self, message: str) -> None:
        """Say something that needs no reply."""
        self._asking.forget_leaving()
        for line in paragraphs(message, self._lines.width):
            self._lines.say_line(line)

    def confirm(self, message: str, *, default: bool) -> bool:
        """Ask for a yes or a no. An empty line is the default, which is named; the end of the input is a no.

        Raises:
            InputEndedError: the input had already ended at a question before.
        """
        self._asking.forget_leaving()
        self._lines.say(message)
        yes, no = _("yes"), _("no")
        prompt = _("{yes} or {no} (an empty line: {default}):").format(
            yes=yes, no=no, default=yes if default else no
        )
        meanings = dict.fromkeys(_spellings(no), False) | dict.fromkeys(_spellings(yes), True) | {"": default}
        again = _("Please write {yes} or {no}.").format(yes=yes, no=no)
        said = self._understood(prompt, lambda typed: meanings.get(typed.casefold()), again)
        return self._end() if said is None else said

    def choose(self, message: str, choices: Sequence[str]) -> int:
        """Ask for one of several; return its place, from 0. An empty line is the first one, which is named.

        Raises:
            InputEndedError: there is nothing more to read.
        """
        self._asking.forget_leaving()
        page = Page(Manner.PICK, message, tuple(Row(words) for words in choices))
        self._screen.say(page)
        prompt = _("Number (an empty line: {number}):").format(number=1)
        row = self._understood(prompt, lambda typed: row_of(page, typed) if typed else 0, misunderstood(page))
        if row is None:
            raise self._ended()
        return row

    def secret(self, message: str) -> str:
        """Ask for something that is not shown while it is typed.

        Raises:
            InputEndedError: there is nothing more to read.
        """
        self._asking.forget_leaving()
        if not self._read_secret:
            return self._read(message)
        try:
            return self._read_secret(clean(message).rstrip() + " ")
        except EOFError:
            raise self._ended() from None

    def line(self, message: str) -> str:
        """Ask for a line, spaces around it taken off.

        Raises:
            InputEndedError: there is nothing more to read.
        """
        self._asking.forget_leaving()
        return self._read(message).strip()

    def _read(self, message: str) -> str:
        typed = self._lines.read(message.rstrip())
        if typed is None:
            raise self._ended()
        return typed

    def _understood(
        self, prompt: str, meaning: Callable[[str], Meaning | None], again: str
    ) -> Meaning | None:
        """Ask until a reply has a meaning and return that; None where the input ends."""
        while (typed := self._lines.read(prompt)) is not None:
            said = meaning(typed.strip())
            if said is not None:
                return said
            self._lines.say(again)
        return None

    def _ended(self) -> BaseException:
        """Return what the end of the input means: at a terminal (Ctrl-D) that the person wants to stop."""
        return KeyboardInterrupt() if self._read_secret else InputEndedError()

    def _end(self) -> bool:
        if self._has_ended or self._read_secret:
            raise self._ended()
        self._has_ended = True
        return False


def _spellings(word: str) -> tuple[str, str]:
    return word.casefold(), word[0].casefold()
