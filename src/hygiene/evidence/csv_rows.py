"""Rows of CSV files from outside (RFC 4180 and what programs make of it), read piece by piece."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO, cast

from hygiene.errors import NotDoneError
from hygiene.evidence.json_text import encoding_of
from hygiene.evidence.reading import UnreadableExportError
from hygiene.language import N_

LONGEST_FIELD = 1024 * 1024  # characters; a note with a pasted document
LONGEST_ROW = 4 * LONGEST_FIELD

_DELIMITERS = ",;\t"  # as exported; as a spreadsheet saves it where the comma is decimal; as some services do
_MARK = 4  # bytes: no byte-order mark is longer


def rows_of(stream: BinaryIO, *, delimiter: str = "", escape: str = "") -> Iterator[list[str]]:
    """Yield the rows that are not empty; the first one may be a header.

    The text is UTF-8, or UTF-16 with a byte-order mark. What is not text in it becomes U+FFFD, and NUL is
    left out. Rows may end in any way, and cells may hold line ends.

    Args:
        stream: is read from where it stands, and may be closed at the end.
        delimiter: between cells; where none is given, the one that the first line has most of.
        escape: a character that may stand before a quotation mark instead of a second one.

    Raises:
        UnreadableExportError: a line, a cell or a row is longer than any in an export.
    """
    csv.field_size_limit(LONGEST_FIELD)
    lines = _Lines(stream)
    separator = delimiter or _delimiter_of(lines.first())
    try:
        for row in csv.reader(lines, delimiter=separator, escapechar=escape or None):
            lines.count = 0
            if any(row):
                yield row
    except csv.Error:
        raise _too_long() from None


def first_rows(head: bytes, most: int, *, delimiter: str = "") -> list[list[str]]:
    """Return up to so many rows of a file's beginning; the last one may be cut off. Never raises."""
    rows: list[list[str]] = []
    try:
        rows.extend(islice(rows_of(io.BytesIO(head), delimiter=delimiter), most))
    except NotDoneError:
        return rows
    return rows


class _Lines:
    """Lines with their ends, none of them longer than a row may be.

    Attributes:
        count: characters since it was last set to 0.
    """

    def __init__(self, stream: BinaryIO) -> None:
        buffered = io.BufferedReader(cast("io.RawIOBase", stream))  # of which only `readinto` is used
        encoding = encoding_of(buffered.peek(_MARK)[:_MARK]) or "utf-8"
        self._text = io.TextIOWrapper(buffered, encoding, errors="replace", newline="")
        self._waiting: list[str] = []
        self.count = 0

    def first(self) -> str:
        """Return the first line that is not empty; it is still to come."""
        while (line := self._text.readline(LONGEST_ROW)) and not line.strip():
            pass
        self._waiting = [line]
        return line

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        line = self._waiting.pop() if self._waiting else self._text.readline(LONGEST_ROW)
        if not line:
            raise StopIteration
        self.count += len(line)
        if self.count >= LONGEST_ROW:
            raise _too_long()
        return line.replace("\0", "") if "\0" in line else line


def _delimiter_of(line: str) -> str:
    return max(_DELIMITERS, key=line.count)


def _too_long() -> UnreadableExportError:
    return UnreadableExportError(
        N_("this file looks like an export in CSV, but it holds lines that no export has"),
        hint=N_("make the export again, and do not open it in another program before"),
    )
