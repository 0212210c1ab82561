"""What a command says and asks besides its terminal: data, talk, one line."""

from __future__ import annotations

import os
import sys

NARROWEST, WIDEST, MARGIN = 40, 76, 2


class Talk:
    """The standard streams, used the same way by every command."""

    def width(self) -> int:
        """Return the width to wrap at."""
        try:
            columns = os.get_terminal_size(sys.stderr.fileno()).columns
        except (OSError, ValueError):  # not a terminal, or not even a file
            columns = WIDEST + MARGIN
        return max(NARROWEST, min(WIDEST, columns - MARGIN))

    def write(self, text: str) -> None:
        """Write data to standard output."""
        sys.stdout.write(text if text.endswith("\n") else f"{text}\n")

    def say(self, message: str) -> None:
        """Say something to the person, on standard error."""
        import textwrap

        from hygiene.safety.cleaning import clean

        words = clean(message, multiline=True)
        # A path that is longer than the line stays whole, to be copied and to be heard.
        wrapper = textwrap.TextWrapper(self.width(), break_on_hyphens=False, break_long_words=False)
        sys.stderr.write("\n".join(wrapper.fill(line) for line in words.split("\n")) + "\n")

    def ask_line(self, question: str) -> str:
        """Ask for one line on the terminal."""
        sys.stderr.write(question)
        sys.stderr.flush()
        return sys.stdin.readline().strip()
