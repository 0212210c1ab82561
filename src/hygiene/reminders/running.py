"""Starting a program of the system, within a time."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Mapping

from msgspec import Struct

SECONDS = 20.0
NOT_RUN = -1


class Ran(Struct, frozen=True):
    """How a program ended.

    Attributes:
        code: its exit code; `NOT_RUN` where there is no such program or it took too long.
    """

    code: int
    out: str = ""
    err: str = ""


Runner = Callable[[tuple[str, ...], str], Ran]
"""Runs the words of a command with a text on its standard input."""


def run(
    words: tuple[str, ...],
    given: str = "",
    *,
    seconds: float = SECONDS,
    environment: Mapping[str, str] | None = None,
) -> Ran:
    """Run a program and return how it ended; it speaks English, so that its words can be told apart.

    Args:
        words: the program and its arguments; no shell is involved.
        given: its standard input.
        seconds: until it is ended.
        environment: variables beside those of this process.
    """
    try:
        ended = subprocess.run(  # noqa: S603 - every word is ours, or one argument
            words,
            input=given.encode(),
            capture_output=True,
            check=False,
            timeout=seconds,
            env={**os.environ, "LC_ALL": "C", **(environment or {})},
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return Ran(NOT_RUN)
    return Ran(ended.returncode, ended.stdout.decode(errors="replace"), ended.stderr.decode(errors="replace"))
