"""Text broken into lines by words, at the width of the terminal."""

from __future__ import annotations

import re
import textwrap

from hygiene.safety.cleaning import clean

NARROWEST = 10
_NUMBER = re.compile(r"\d+\. ")


def wrapped(text: str, width: int, *, indent: str = "", hang: str | None = None) -> list[str]:
    """Return the lines of a text; no word is cut unless it is longer than a line.

    Args:
        text: one paragraph.
        width: of a line, in columns.
        indent: begins the first line.
        hang: begins the others; as `indent` where it is None.
    """
    return textwrap.wrap(
        text,
        max(width, NARROWEST),
        initial_indent=indent,
        subsequent_indent=indent if hang is None else hang,
        break_on_hyphens=False,
    )


def paragraphs(message: str, width: int) -> list[str]:
    """Return a message of several lines, cleaned and wrapped; each keeps its own indent.

    What follows the first line of a numbered one stands under its words.
    """
    lines: list[str] = []
    for line in clean(message, multiline=True).split("\n"):
        words = line.lstrip(" ")
        indent = " " * (len(line) - len(words))
        number = _NUMBER.match(words)
        hang = indent + " " * len(number[0]) if number else None
        lines += wrapped(words, width, indent=indent, hang=hang) or [""]
    return lines
