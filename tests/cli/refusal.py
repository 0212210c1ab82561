"""A command that must be refused: what it says, and that it leaves every file as it was."""

from __future__ import annotations

import stat
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from tests.cli.conftest import Program, Run


def everything_in(folder: Path) -> Mapping[str, bytes]:
    """Return what each file below the folder holds; of anything that is no file, what kind it is."""
    return {str(path.relative_to(folder)): _content(path) for path in sorted(folder.rglob("*"))}


def with_environment(program: Program, **environment: str) -> Program:
    """Return the program with other variables of its environment."""
    return replace(program, environment=program.environment | environment)


def refused(program: Program, code: int, *arguments: str) -> Run:
    """Run a command that fails with this code, in an error and a hint, and changes nothing."""
    before = everything_in(program.folder)
    run = program(*arguments)
    assert run.code == code, run.err
    assert_said_well(run)
    assert everything_in(program.folder) == before
    return run


def assert_said_well(run: Run) -> None:
    """No data, an error, what to do about it, and nothing that only a programmer understands."""
    assert run.out == ""
    assert run.err.count("hygiene: error: ") == 1
    assert run.err.count("hygiene: hint: ") == 1
    assert "unexpected" not in run.err
    assert "Traceback" not in run.err


def _content(path: Path) -> bytes:
    mode = path.lstat().st_mode
    return path.read_bytes() if stat.S_ISREG(mode) else f"{stat.S_IFMT(mode):o}".encode()
