"""macOS's launchd: an agent of the user's own; a run missed while asleep comes at the next wake."""

from __future__ import annotations

import plistlib
from datetime import date
from pathlib import Path

from msgspec import Struct

from hygiene.reminders.running import Runner
from hygiene.reminders.scheduling import MARK, NAME, Delete, Found, Job, Run, Step, Write, marks_of

_MONDAY, _HOUR, _MINUTE = 1, 9, 30


class Launchd(Struct, frozen=True):
    """One property list, loaded into the session of the person who is signed in.

    Attributes:
        folder: `~/Library/LaunchAgents`.
        uid: the person's user id.
    """

    folder: Path
    uid: int
    run: Runner

    @property
    def name(self) -> str:
        """What it is called."""
        return "launchd"

    @property
    def _path(self) -> Path:
        return self.folder / f"{NAME}.plist"

    def is_there(self) -> bool:
        """Return whether the person's session answers."""
        return self.run(("launchctl", "print", f"gui/{self.uid}"), "").code == 0

    def found(self) -> Found:
        """Return whether the property list is there, and ours."""
        return marks_of((self._path,))

    def installation(self, job: Job) -> tuple[Step, ...]:
        """Return what writes the property list and loads it, an older one taken out first."""
        return (
            Write(self._path, agent(job)),
            self._out(),
            Run(("launchctl", "bootstrap", f"gui/{self.uid}", str(self._path))),
        )

    def removal(self) -> tuple[Step, ...]:
        """Return what takes the agent out and deletes its file."""
        return (self._out(), Delete(self._path))

    def next_on(self) -> date | None:
        """Unknown: launchd does not tell."""
        return None

    def _out(self) -> Run:
        return Run(("launchctl", "bootout", f"gui/{self.uid}/{NAME}"), may_fail=True)


def agent(job: Job) -> str:
    """Return the property list; see launchd.plist(5)."""
    listed = plistlib.dumps(
        {
            "Label": NAME,
            "ProgramArguments": list(job.words),
            "StartCalendarInterval": {"Weekday": _MONDAY, "Hour": _HOUR, "Minute": _MINUTE},
            "ProcessType": "Background",
        }
    ).decode()
    return listed.replace("<plist ", f"<!-- {MARK} -->\n<plist ", 1)
