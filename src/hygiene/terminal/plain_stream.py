"""Lines in, lines out."""

from __future__ import annotations

from typing import TextIO

from hygiene.safety.cleaning import REPLACEMENT, clean
from hygiene.terminal.lines import wrapped


class Lines:
    """Writes whole lines and reads whole lines.

    Args:
        replies: what the person types.
        questions: what the person reads.
        width: of a line, in columns.
    """

    def __init__(self, replies: TextIO, questions: TextIO, width: int) -> None:
        self._replies = replies
        self._questions = questions
        self._is_echoed = replies.isatty()
        self.width = width

    def say(self, text: str, *, hang: str = "") -> None:
        """Write a paragraph; the lines after the first begin with `hang`."""
        for line in wrapped(clean(text), self.width, hang=hang):
            self.say_line(line)

    def say_line(self, line: str) -> None:
        """Write one line as it is."""
        self._questions.write(line + "\n")
        self._questions.flush()

    def read(self, prompt: str) -> str | None:
        """Ask for a line and return it without its end; None when there is none any more."""
        *before, last = wrapped(clean(prompt), self.width)
        for line in before:
            self.say_line(line)
        self._questions.write(last + " ")
        self._questions.flush()
        try:
            line = self._replies.readline()
        except UnicodeDecodeError:  # not in the encoding of the terminal: not understood, and said so
            line = REPLACEMENT + "\n"
        if not (self._is_echoed and line.endswith("\n")):
            self.say_line("")
        return line.removesuffix("\n").removesuffix("\r") if line else None
