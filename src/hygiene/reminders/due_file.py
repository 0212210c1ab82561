"""The due-file: one date beside the store, so that a reminder need not open it.

It says on which day the first thing falls due and nothing else: no account, no number, no kind. A second
file holds the day on which this was last said in a terminal, or `off` where it shall not be said there.
"""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct

from hygiene.errors import HygieneError
from hygiene.safety.files import MissingFileError, read_regular, write_atomically

OFF = "off"
_LARGEST = 64


class DueFile(Struct, frozen=True):
    """The two files.

    Attributes:
        folder: where the store is.
    """

    folder: Path

    @property
    def path(self) -> Path:
        """The file with the date, `YYYY-MM-DD` and a line break."""
        return self.folder / "due"

    @property
    def said_path(self) -> Path:
        """The file with the day on which it was last said in a terminal, or `off`."""
        return self.folder / "due-said"

    @property
    def paths(self) -> tuple[Path, Path]:
        """Both files, there or not."""
        return self.path, self.said_path

    def read(self) -> date | None:
        """Return the first day on which something is due; None where there is none, or the file is no use."""
        return _day(_line(self.path))

    def is_sound(self) -> bool:
        """Return whether the file is missing or holds a date."""
        try:
            read_regular(self.path, _LARGEST)
        except MissingFileError:
            return True
        except HygieneError:
            return False
        return self.read() is not None

    def is_due(self, day: date) -> bool:
        """Return whether something is due on a day."""
        due_on = self.read()
        return due_on is not None and due_on <= day

    def write(self, due_on: date | None, *, says_so: bool) -> None:
        """Bring both files up to date; what is right already is not touched.

        Args:
            due_on: the first day on which something is due; None for never.
            says_so: whether a terminal shall say it.

        Raises:
            NotDoneError: the folder does not allow it.
        """
        _put(self.path, str(due_on) if due_on else "")
        is_off = _line(self.said_path) == OFF
        if says_so is is_off:
            _put(self.said_path, "" if says_so else OFF)

    def is_worth_a_line(self, day: date) -> bool:
        """Return whether something is due, and was not said today, and may be said."""
        return self.is_due(day) and _line(self.said_path) not in (OFF, str(day))

    def note_said(self, day: date) -> None:
        """Remember that it was said on a day.

        Raises:
            NotDoneError: the folder does not allow it.
        """
        _put(self.said_path, str(day))


def _line(path: Path) -> str:
    with suppress(HygieneError):
        return read_regular(path, _LARGEST).decode("ascii", errors="replace").removesuffix("\n")
    return ""


def _day(line: str) -> date | None:
    """Return a day in the one form that the shell hook understands too."""
    with suppress(ValueError):
        day = date.fromisoformat(line)
        return day if str(day) == line else None
    return None


def _put(path: Path, line: str) -> None:
    if not line:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    elif _line(path) != line:
        write_atomically(path, f"{line}\n".encode("ascii"))
