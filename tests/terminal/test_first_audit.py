"""The program itself on a real terminal: a first audit, stopped, resumed and finished."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.terminal.screen import Screen

PASSPHRASE = "quatre mots pas plus"
MOST_QUESTIONS = 60


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    return {
        "HOME": str(tmp_path),
        "HYGIENE_HOME": str(tmp_path / "home"),
        "HYGIENE_NO_KEYRING": "1",
        "HYGIENE_TODAY": "2026-11-22",
        "LANG": "en_GB.UTF-8",
        "TERM": "xterm-256color",
        "PATH": os.environ["PATH"],
    }


def start(environment: Mapping[str, str], columns: int, *arguments: str) -> Screen:
    command = f"cd {environment['HOME']} && exec {sys.executable} -m hygiene {' '.join(arguments)}"
    return Screen(["/bin/sh", "-c", command], columns, 24, environment)


def begin(screen: Screen) -> None:
    """Go from the welcome to the first question."""
    screen.wait("your own")
    screen.type("\r")
    for prompt in ("New passphrase", "Once more"):
        screen.wait(prompt)
        screen.type(PASSPHRASE + "\r")
    screen.wait("written to a file too")
    screen.type("2\r")
    screen.wait("Have you written it down")
    screen.type("1\r")
    screen.wait("Which of these do you use")


def open_again(environment: Mapping[str, str], columns: int) -> Screen:
    screen = start(environment, columns, "audit")
    screen.wait("Passphrase or recovery code")
    screen.type(PASSPHRASE + "\r")
    return screen


@pytest.mark.parametrize("columns", [80, 50])
def test_a_first_audit_is_stopped_resumed_and_finished(
    environment: Mapping[str, str], columns: int, tmp_path: Path
) -> None:
    """Quitting keeps every answer; the next run goes on with the same question and ends with the summary."""
    screen = start(environment, columns, "audit")
    begin(screen)
    screen.type("6\r")
    screen.wait("Instagram")
    screen.wait("more than one account")
    screen.type("\r")
    screen.wait("Enter again")
    screen.type("\r")
    screen.wait("is one of these accounts for your work")
    screen.type("2\r")
    screen.wait("Is your phone number on one")
    screen.type("2\r")
    screen.wait("Where do you keep most of your personal passwords")
    screen.type("1\r")
    screen.wait("Which mailbox (or phone number) is this account attached to")
    screen.type("1\r")
    screen.wait("What kind of password does this account have")
    screen.type("q")
    screen.wait("Everything you answered is kept")
    assert screen.end() == 0

    screen = open_again(environment, columns)
    screen.wait("What kind of password does this account have")
    for _ in range(MOST_QUESTIONS):
        screen.wait_for_either("q stop", "Write the report")
        if "Write the report" in screen.text:
            break
        before = screen.text
        screen.type("\r")
        screen.wait_for_change(before)
    screen.type("1\r")
    screen.wait("Open it in your browser")
    screen.type("2\r")
    screen.wait("Write an encrypted backup")
    screen.type("1\r")
    screen.wait("Shall something remind you")
    screen.type("3\r")
    screen.wait("`hygiene remind install` sets one up later")
    assert screen.end() == 0
    assert (tmp_path / "hygiene-backup-2026-11-22.hygiene").stat().st_mode & 0o777 == 0o600
    report = tmp_path / "hygiene-report-2026-11-22.html"
    assert report.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert report.stat().st_mode & 0o777 == 0o600


def test_a_whole_audit_in_plain_lines_over_a_pipe(environment: Mapping[str, str], tmp_path: Path) -> None:
    """With `--plain` replies come from standard input; its end means stop: saved, and no escape byte."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    passphrase.chmod(0o600)
    command = [sys.executable, "-m", "hygiene", "--plain", "--passphrase-file", str(passphrase), "audit"]
    run = subprocess.run(
        command, input=b"6\nnone\n2\n2\n1\n1\n", capture_output=True, env=environment, check=False, timeout=60
    )
    assert run.returncode == 0, run.stderr.decode()
    assert b"\x1b" not in run.stdout + run.stderr
    assert b"\r" not in run.stdout + run.stderr
    answers = [sys.executable, "-m", "hygiene", "--passphrase-file", str(passphrase), "answers", "export"]
    kept = subprocess.run(answers, capture_output=True, env=environment, check=True).stdout.decode()
    assert 'instagram.owner-email: "personal"' in kept


def test_leaving_before_there_is_a_store(environment: Mapping[str, str], tmp_path: Path) -> None:
    """Ctrl-C at the passphrase says so in a line, exits with 130, and nothing was made."""
    screen = start(environment, 80, "store init")
    screen.wait("your own")
    screen.type("\r")
    screen.wait("New passphrase")
    screen.type("\x03")
    screen.wait("Stopped.")
    assert screen.end() == 130
    assert not list(tmp_path.rglob("*.hygiene"))
