"""Replays a transcript: what a person types at the terminal of one or more computers, and what they read.

    # A line like this is a comment.
    [first] $ hygiene store backup
    Passphrase or recovery code: ⟨hidden while it is typed⟩
    What now? ▸shown while it is typed
    (exit 3)

Each name in brackets is a computer: a folder of its own. What comes after `$` is for a shell. `▸^D` ends the
input. A recovery code is `{code-1}`, read or typed, and the next one `{code-2}`; `{slip-1}` is the first one
with two characters in each other's place. The id of an audit is `[{audit-1}]`. `(exit 3)` is left out where
it is 0.
"""

from __future__ import annotations

import io
import re
import shlex
import sys
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pathlib import Path

import pexpect
from msgspec import Struct

_COMMAND = re.compile(r"\[(\w+)\] \$ (.+)")
_TYPED = re.compile(r"▸(?P<shown>.*)|⟨(?P<hidden>.*)⟩")
_CODE = re.compile(r"\b(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}\b")
_AUDIT = re.compile(r"(?<=\[)[0-9a-f]{8}(?=\])")
_END = "^D"
_PROMPT = r": \Z"  # every other line is written together with its end
_PATIENCE_SECONDS = 60
_COLUMNS, _ROWS = 80, 24
_HYGIENE = f'hygiene() {{ {shlex.quote(sys.executable)} -m hygiene "$@"; }}\n'


class Step(Struct, frozen=True):
    """A comment, or a command with everything that is typed into it, and the empty lines after it."""

    head: str
    computer: str
    command: str
    typed: tuple[re.Match[str], ...]
    gap: str


class Computers:
    """The computers of a transcript.

    Args:
        folder: holds a folder for each.
        environments: of each, by its name.
    """

    def __init__(self, folder: Path, environments: Mapping[str, Mapping[str, str]]) -> None:
        self._folder, self._environments = folder, environments
        self._names: dict[str, str] = {}

    def __getitem__(self, name: str) -> Path:
        return self._folder / name

    def replay(self, transcript: str) -> str:
        """Do everything that the transcript says; return it with what was to be read this time."""
        return "".join(self._done(step) for step in _steps(transcript))

    def _done(self, step: Step) -> str:
        if not step.command:
            return step.head + step.gap
        child: pexpect.spawn[str] = pexpect.spawn(
            "/bin/sh",
            ["-c", _HYGIENE + step.command],
            cwd=str(self[step.computer]),
            env=dict(self._environments[step.computer]),
            dimensions=(_ROWS, _COLUMNS),
            encoding="utf-8",
            timeout=_PATIENCE_SECONDS,
        )
        child.logfile_read = read = io.StringIO()
        pending = iter(step.typed)
        while child.expect([_PROMPT, pexpect.EOF]) == 0:
            read.write(self._type(child, next(pending, None)))
        child.wait()
        child.ptyproc.delayafterclose = 0  # type: ignore[attr-defined] # it has ended already
        child.close()
        if child.exitstatus:
            read.write(f"(exit {child.exitstatus})\n")
        return step.head + self._with_names(read.getvalue().replace("\r\n", "\n")) + step.gap

    def _type(self, child: pexpect.spawn[str], typed: re.Match[str] | None) -> str:
        """Type what comes next; return what marks it, as far as the terminal does not show it by itself."""
        shown, hidden = typed.group("shown", "hidden") if typed else (_END, None)
        if shown == _END:
            child.sendeof()
            return f"▸{_END}"
        words = shown if hidden is None else hidden
        child.sendline(self._names.get(words, words))
        return "▸" if hidden is None else f"⟨{hidden}⟩"

    def _with_names(self, read: str) -> str:
        """Return what was read with names in the place of what is random; what is new is given one."""
        for code in self._new(_CODE, read):
            self._name("code", code)
            self._name("slip", _slip(code))
        for audit in self._new(_AUDIT, read):
            self._name("audit", audit)
        for name, code in self._names.items():
            read = read.replace(code, name)
        return read

    def _new(self, pattern: re.Pattern[str], read: str) -> Iterator[str]:
        return (each for each in pattern.findall(read) if each not in self._names.values())

    def _name(self, kind: str, words: str) -> None:
        number = 1 + sum(name.startswith(f"{{{kind}-") for name in self._names)
        self._names[f"{{{kind}-{number}}}"] = words


def _steps(transcript: str) -> Iterator[Step]:
    """Return the steps; what was to be read is left out, since it will be read again."""
    lines = transcript.splitlines(keepends=True)
    begins = [place for place, line in enumerate(lines) if line.startswith("#") or _COMMAND.match(line)]
    for begin, end in pairwise([*begins, len(lines)]):
        head, body = lines[begin], "".join(lines[begin + 1 : end])
        computer, command = found.groups() if (found := _COMMAND.match(head)) else ("", "")
        gap = "\n" * (len(body) - len(body.rstrip("\n")) - bool(body.strip()))
        yield Step(head, computer, command, tuple(_TYPED.finditer(body)), gap)


def _slip(code: str) -> str:
    """Return the code with the first two different neighbours in each other's place."""
    for one, other in pairwise(code):
        if "-" not in (one, other) and one != other:
            return code.replace(one + other, other + one, 1)
    return code
