"""A real pseudo-terminal with a screen that can be looked at."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pexpect
import pyte

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

PATIENCE_SECONDS = 15.0


class Screen:
    """A program on a screen of a size; `raw` is every byte that it wrote."""

    def __init__(self, command: Sequence[str], columns: int, rows: int, env: Mapping[str, str]) -> None:
        self._seen = pyte.HistoryScreen(columns, rows, history=500)
        self._stream = pyte.ByteStream(self._seen)
        self.raw = b""
        self.child: pexpect.spawn[bytes] = pexpect.spawn(
            command[0], list(command[1:]), dimensions=(rows, columns), env=dict(env)
        )

    @property
    def lines(self) -> list[str]:
        return [line.rstrip() for line in self._seen.display]

    @property
    def text(self) -> str:
        """Everything on the screen, as one line."""
        return " ".join(" ".join(self.lines).split())

    @property
    def under_cursor(self) -> str:
        return self.lines[self._seen.cursor.y]

    def wait(self, words: str) -> None:
        """Read until the words are on the screen, however they are wrapped."""
        self._read_until(lambda: words in self.text, f"{words!r} never came")

    def wait_for_line(self, line: str) -> None:
        """Read until exactly this line is on the screen."""
        self._read_until(lambda: line in self.lines, f"the line {line!r} never came")

    def wait_for_cursor_on(self, words: str) -> None:
        """Read until the real cursor stands on a line with these words."""
        self._read_until(lambda: words in self.under_cursor, f"the cursor never came to {words!r}")

    def wait_for_either(self, *words: str) -> None:
        """Read until one of these is on the screen."""
        self._read_until(lambda: any(each in self.text for each in words), f"none of {words} came")

    def wait_for_change(self, before: str) -> None:
        """Read until something else is on the screen."""
        self._read_until(lambda: self.text != before, "nothing changed")

    def type(self, keys: str) -> None:
        self.child.send(keys)

    def resize(self, columns: int, rows: int) -> None:
        self._seen.resize(rows, columns)
        self.child.setwinsize(rows, columns)

    def end(self) -> int:
        """Read until the program has ended and return its exit code."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self._read():
            assert time.monotonic() < deadline, "\n".join(["it never ended", *self.lines])
        self.child.close()
        return int(self.child.exitstatus if self.child.exitstatus is not None else -1)

    def close_window(self) -> None:
        """Take the terminal away, and wait until the program has noticed."""
        os.close(self.child.child_fd)
        self.child.wait()

    def _read_until(self, is_done: Callable[[], bool], otherwise: str) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while not is_done():
            assert time.monotonic() < deadline, "\n".join([otherwise, *self.lines])
            assert self._read(), "\n".join([f"it ended: {otherwise}", *self.lines])

    def _read(self) -> bool:
        """Take what was written; False when there is no more to come."""
        try:
            data = self.child.read_nonblocking(65536, timeout=0.05)
        except pexpect.TIMEOUT:
            return True
        except pexpect.EOF:
            return False
        self.raw += data
        if b"\x1b[6n" in data:  # where is the cursor?
            self.type(f"\x1b[{self._seen.cursor.y + 1};{self._seen.cursor.x + 1}R")
        self._stream.feed(data)
        return True
