"""The due-file: one date, whole or not there, and what was said of it."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from hygiene.errors import NotDoneError
from hygiene.reminders.due_file import DueFile

DAY = date(2026, 11, 22)
SPOILT = [
    "",
    "\n",
    "tomorrow",
    "2026-13-01",
    "2026-11-22 3 passwords",
    "20261122",
    "2026-W47-7",
    "9" * 100,
    "é",
]


@pytest.fixture
def file(tmp_path: Path) -> DueFile:
    return DueFile(tmp_path)


def test_it_holds_one_date_and_is_private(file: DueFile) -> None:
    """Nothing else: no account, no number, no kind."""
    file.write(DAY, says_so=True)
    assert file.path.read_text(encoding="ascii") == "2026-11-22\n"
    assert file.path.stat().st_mode & 0o777 == 0o600
    assert file.read() == DAY
    assert {path.name for path in file.folder.iterdir()} == {"due"}


def test_where_nothing_is_due_there_is_no_file(file: DueFile) -> None:
    """An old one goes."""
    file.write(DAY, says_so=True)
    file.write(None, says_so=True)
    assert not file.path.exists()
    assert file.read() is None
    assert file.is_sound()


def test_what_is_right_is_not_written_again(file: DueFile) -> None:
    """The file stays the very same one."""
    file.write(DAY, says_so=True)
    before = file.path.stat().st_ino, file.path.stat().st_mtime_ns
    file.write(DAY, says_so=True)
    assert (file.path.stat().st_ino, file.path.stat().st_mtime_ns) == before


@pytest.mark.parametrize("content", SPOILT)
def test_a_spoilt_file_says_nothing_and_is_known(file: DueFile, content: str) -> None:
    """Ignored by every reminder; the next write mends it."""
    file.path.write_text(content, encoding="utf-8")
    assert file.read() is None
    assert not file.is_due(date(9999, 1, 1))
    assert not file.is_sound()
    file.write(DAY, says_so=True)
    assert file.read() == DAY


@pytest.mark.parametrize("make", [Path.mkdir, os.mkfifo, lambda path: path.symlink_to("/dev/zero")])
def test_what_is_no_file_is_neither_followed_nor_waited_for(file: DueFile, make: object) -> None:
    """A folder, a pipe, a link in its place."""
    assert callable(make)
    make(file.path)
    assert file.read() is None
    assert not file.is_sound()


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-11-21", False), ("2026-11-22", True), ("2027-01-01", True)]
)
def test_due_from_that_very_day(file: DueFile, day: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """The boundary is exact."""
    file.write(DAY, says_so=True)
    assert file.is_due(date.fromisoformat(day)) is expected


def test_it_is_said_once_a_day(file: DueFile) -> None:
    """And again the day after, as long as it is due."""
    file.write(DAY, says_so=True)
    assert file.is_worth_a_line(DAY)
    file.note_said(DAY)
    assert not file.is_worth_a_line(DAY)
    assert file.is_worth_a_line(date(2026, 11, 23))
    assert file.said_path.stat().st_mode & 0o777 == 0o600


def test_off_is_never_said_until_it_is_on_again(file: DueFile) -> None:
    """It stays due all the same: a notification does not ask whether a terminal says it."""
    file.write(DAY, says_so=False)
    assert not file.is_worth_a_line(DAY)
    assert file.is_due(DAY)
    file.write(DAY, says_so=True)
    assert file.is_worth_a_line(DAY)


def test_keeping_it_true_does_not_forget_that_it_was_said(file: DueFile) -> None:
    """Every command writes the due-file; the line comes once all the same."""
    file.note_said(DAY)
    file.write(date(2026, 1, 1), says_so=True)
    assert not file.is_worth_a_line(DAY)


def test_a_missing_folder_is_said(tmp_path: Path) -> None:
    """Who asked for it may pass over it."""
    with pytest.raises(NotDoneError):
        DueFile(tmp_path / "gone").write(DAY, says_so=True)
