"""`fix` and `password` on a real terminal, as a person sees them."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest
from tests.cli.conftest import ANSWERS, PASSPHRASE, TODAY
from tests.terminal.screen import Screen

DOWN, CTRL_C = "\x1b[B", "\x03"


@pytest.fixture
def environment(tmp_path: Path) -> Mapping[str, str]:
    """Somebody whose audit is finished, with a browser that writes down what it opens."""
    passphrase, browser = tmp_path / "passphrase", tmp_path / "browser"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    passphrase.chmod(0o600)
    browser.write_text(f'#!/bin/sh\necho "$1" >> {tmp_path}/opened\n', encoding="utf-8")
    browser.chmod(0o700)
    (tmp_path / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    environment = {
        "HOME": str(tmp_path),
        "HYGIENE_HOME": str(tmp_path / "home"),
        "HYGIENE_PASSPHRASE_FILE": str(passphrase),
        "HYGIENE_NO_KEYRING": "1",
        "HYGIENE_TODAY": TODAY,
        "BROWSER": str(browser),
        "LANG": "en_GB.UTF-8",
        "TERM": "xterm-256color",
        "PATH": os.environ["PATH"],
    }
    command = [sys.executable, "-m", "hygiene", "audit", "--answers", str(tmp_path / "answers.yaml")]
    subprocess.run(command, env=environment, check=True, capture_output=True)
    return environment


def start(environment: Mapping[str, str], columns: int, *arguments: str) -> Screen:
    return Screen([sys.executable, "-m", "hygiene", *arguments], columns, 24, environment)


def findings(environment: Mapping[str, str]) -> str:
    command = [sys.executable, "-m", "hygiene", "findings"]
    return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout


@pytest.mark.parametrize("columns", [80, 50])
def test_a_finding_is_mended(environment: Mapping[str, str], columns: int, tmp_path: Path) -> None:
    """The host stands there before the page opens, the question comes again, and the rest is left."""
    screen = start(environment, columns, "fix")
    screen.wait("1 of 3. Make your account private: my Instagram")
    screen.wait_for_cursor_on("1. Open the settings on www.instagram.com")
    assert not (tmp_path / "opened").exists()
    screen.type("\r")
    screen.wait("www.instagram.com is open in your browser.")
    screen.wait_for_cursor_on("1. It is done: ask me again")
    assert (tmp_path / "opened").read_text(encoding="utf-8").startswith("https://www.instagram.com/")
    screen.type("\r")
    screen.wait("Is your Instagram account private?")
    screen.wait_for_cursor_on("2. No (your answer)")
    screen.type("1\r")
    screen.wait("Settled.")
    screen.wait("2 of 3. Reminder reached: my Instagram")
    screen.type("\x1b[F\r")
    screen.wait("1 finding settled. 2 findings are still open.")
    assert screen.end() == 0
    assert "private-account" not in findings(environment)


def test_a_password_was_changed_on_another_day(environment: Mapping[str, str]) -> None:
    """It is said back before it counts; then nothing is due."""
    screen = start(environment, 80, "password")
    screen.wait("1 of 1. Reminder reached: my Instagram")
    screen.type("3\r")
    screen.wait("When was it changed?")
    screen.type("tomorrow\r")
    screen.wait("That day has not come yet.")
    screen.type("10 November 2026\r")
    screen.wait("Understood as: 10 November 2026 (12 days ago). Is that right?")
    screen.type("\r")
    screen.wait("Within the time of the reminder: my Instagram.")
    screen.wait("Passwords: no reminder has been reached.")
    assert screen.end() == 0
    assert "password-age" not in findings(environment)


def test_ctrl_c_ends_the_walk_and_keeps_what_was_said(environment: Mapping[str, str]) -> None:
    """In the middle of a finding."""
    screen = start(environment, 80, "fix")
    screen.wait_for_cursor_on("1. Open the settings")
    screen.type("3\r")
    screen.wait_for_cursor_on("2. No (your answer)")
    screen.type("1\r")
    screen.wait("2 of 3.")
    screen.wait_for_cursor_on("1. Open the settings")
    screen.type(CTRL_C)
    screen.wait("Stopped. What was saved is kept.")
    assert screen.end() == 130
    assert "private-account" not in findings(environment)


def test_an_account_is_removed_after_a_yes(environment: Mapping[str, str]) -> None:
    """Enter alone keeps it."""
    screen = start(environment, 80, "account", "remove", "insta")
    screen.wait_for_cursor_on("2. No")
    screen.type("\r")
    screen.wait("Nothing was changed.")
    assert screen.end() == 0
    screen = start(environment, 80, "account", "remove")
    screen.wait("Account (its id):")
    screen.type("my Instagram\r")
    screen.wait("4 answers")
    screen.type("y")
    screen.wait("It is removed.")
    assert screen.end() == 0
    assert "insta/" not in findings(environment)
