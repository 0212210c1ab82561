"""Standard streams that are closed, full or gone: said where anybody can read it, never unexpected."""

from __future__ import annotations

import gc
import shlex
import subprocess
import sys

import pytest
from tests.cli.conftest import Program

HYGIENE = f"{shlex.quote(sys.executable)} -m hygiene"


def in_shell(program: Program, command: str) -> subprocess.CompletedProcess[str]:
    """Run a line of a shell in which `hygiene` stands for the program."""
    return subprocess.run(
        ["bash", "-o", "pipefail", "-c", command.replace("hygiene", HYGIENE, 1)],
        capture_output=True,
        text=True,
        check=False,
        cwd=program.folder,
        env={**program.environment, "PATH": "/usr/bin:/bin"},
        timeout=60,
    )


@pytest.mark.parametrize("command", ["demo", "checklist list", "status", "due --format json"])
def test_a_full_disk_behind_standard_output(audited: Program, command: str) -> None:
    """Exit 3 and a hint, also where all that is written fits into a buffer."""
    done = in_shell(audited, f"hygiene {command} > /dev/full")
    assert done.returncode == 3
    assert "hygiene: error: the output could not be written: No space left" in done.stderr
    assert "hygiene: hint: make room" in done.stderr
    assert "unexpected" not in done.stderr
    assert "Exception ignored" not in done.stderr


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
@pytest.mark.parametrize("command", ["demo", "status", "store status"])
def test_a_stream_that_is_closed(audited: Program, command: str, closed: str) -> None:
    """What would have gone there goes nowhere, and the rest is as usual."""
    done = in_shell(audited, f"hygiene {command} {closed}")
    assert done.returncode == 0, done.stderr
    assert (done.stdout == "") is (closed == ">&-")
    assert "unexpected" not in done.stderr


def test_a_question_without_standard_input(program: Program) -> None:
    """There is nobody to ask: the hint names the way to do without."""
    del program.environment["HYGIENE_PASSPHRASE_FILE"]
    done = in_shell(program, "hygiene store init <&-")
    assert done.returncode == 2
    assert "--passphrase-file" in done.stderr


@pytest.mark.parametrize("command", ["checklist show habits", "findings", "store export"])
def test_a_reader_that_goes_away(audited: Program, command: str) -> None:
    """`| head` is no failure, whoever notices it."""
    done = in_shell(audited, f"hygiene {command} | true")
    assert done.returncode == 0, done.stderr
    assert "Error" not in done.stderr


def test_a_quick_command_leaves_the_collector_as_it_was(audited: Program) -> None:
    """It does without only while it runs."""
    assert gc.isenabled()
    assert audited("status").code == 0
    assert gc.isenabled()
