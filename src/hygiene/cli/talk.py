"""What a command says, asks and shows besides its terminal: data, talk, one line, a page."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from hygiene.language import _

NARROWEST, WIDEST, MARGIN = 40, 76, 2


class Talk:
    """The standard streams, used the same way by every command."""

    def width(self) -> int:
        """Return the width to wrap at."""
        return _width()

    def write(self, text: str) -> None:
        """Write data to standard output."""
        text = text if text.endswith("\n") else f"{text}\n"
        # The name of a file need be no text.
        sys.stdout.write(text.encode(errors="backslashreplace").decode())

    def say(self, message: str) -> None:
        """Say something to the person, on standard error."""
        from hygiene.safety.cleaning import clean

        sys.stderr.write(wrapped(clean(message, multiline=True)) + "\n")

    def ask_line(self, question: str) -> str:
        """Ask for one line on the terminal."""
        sys.stderr.write(question)
        sys.stderr.flush()
        return sys.stdin.readline().strip()

    def open_page(self, url: str) -> bool:
        """Open a page in the person's browser; return whether one was found."""
        import webbrowser

        return webbrowser.open(url)

    def show_page(self, path: Path) -> None:
        """Open a page of the person's own, or say that there is no browser."""
        if not self.open_page(path.absolute().as_uri()):
            self.say(_("No browser was found; open the file yourself."))


def wrapped(words: str) -> str:
    """Return lines no wider than the terminal; a name that is longer stays whole, to be copied and heard."""
    import textwrap

    wrapper = textwrap.TextWrapper(_width(), break_on_hyphens=False, break_long_words=False)
    return "\n".join(wrapper.fill(line) for line in words.split("\n"))


def _width() -> int:
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):  # not a terminal, or not even a file
        columns = WIDEST + MARGIN
    return max(NARROWEST, min(WIDEST, columns - MARGIN))
