"""Folders and disks that do not play along: an error with a hint, and nothing lost."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from tests.cli.conftest import ANSWERS, PASSPHRASE, Program
from tests.unit.safety.nobody import open_folder, run_as_nobody


def hygiene(
    folder: Path, home: Path, *arguments: str, before: Callable[[], None] | None = None
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "hygiene", "--home", str(home), *arguments],
        capture_output=True,
        text=True,
        cwd=folder,
        preexec_fn=before,
        env={
            "PATH": os.defpath,
            "LANG": "C.UTF-8",
            "PYTHONDONTWRITEBYTECODE": "1",  # or the small limit would cut compiled modules short
            "HYGIENE_NO_KEYRING": "1",
            "HYGIENE_PASSPHRASE_FILE": str(folder / "passphrase"),
        },
        check=False,
    )


def test_a_home_that_may_not_be_written(program: Program) -> None:
    """As an unprivileged user: exit 3, what happened and what to do, and nothing was made."""
    # Everything is imported here, since that user may not be allowed to read the libraries.
    assert program("audit", "--answers", program.file("answers.yaml", ANSWERS)).code == 0
    assert program("audit", "--answers", "missing.yaml").code == 3
    with open_folder() as folder:
        elsewhere = replace(program, folder=folder)
        for name, text in (("answers.yaml", ANSWERS), ("passphrase", PASSPHRASE)):
            Path(elsewhere.file(name, text)).chmod(0o644)
        elsewhere.environment["HYGIENE_PASSPHRASE_FILE"] = str(folder / "passphrase")

        def begin() -> None:
            with pytest.raises(PermissionError):
                (folder / "x").touch()
            run = elsewhere("--home", str(folder / "home"), "audit", "--answers", "answers.yaml")
            assert run.code == 3, run.err
            assert "hygiene: hint:" in run.err
            assert "unexpected" not in run.err

        run_as_nobody(begin)
        assert {path.name for path in folder.iterdir()} == {"answers.yaml", "passphrase"}


def test_a_full_disk_loses_nothing(program: Program) -> None:
    """A save that does not fit leaves the store, and no half-written file beside it."""
    folder, home = program.folder, program.home
    assert program("audit", "--answers", program.file("answers.yaml", ANSWERS)).code == 0
    before = {path.name: path.read_bytes() for path in home.iterdir()}

    def no_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))

    run = hygiene(folder, home, "settings", "password-months", "6", before=no_room)
    assert run.returncode == 3, run.stderr
    assert "hygiene: hint:" in run.stderr
    assert {path.name: path.read_bytes() for path in home.iterdir()} == before
    assert program("status").code == 0


def test_a_home_that_is_a_file(program: Program) -> None:
    """Exit 3 with a hint."""
    program.file("home", "not a folder")
    run = program("audit", "--answers", program.file("answers.yaml", ANSWERS))
    assert run.code == 3
    assert "hygiene: hint:" in run.err
    assert "unexpected" not in run.err


def test_a_report_that_cannot_be_written(program: Program) -> None:
    """Exit 3, and the store says nothing of a report."""
    program("audit", "--answers", program.file("answers.yaml", ANSWERS))
    run = program("report", "-o", "nowhere/report.html")
    assert run.code == 3
    assert "hygiene: hint:" in run.err
