"""The user's own systemd: a timer that makes up for a week in which the computer was off."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from pathlib import Path

from msgspec import Struct

from hygiene.errors import ExitCode
from hygiene.reminders.running import Runner
from hygiene.reminders.scheduling import (
    DESCRIPTION,
    MARK,
    NAME,
    Delete,
    Found,
    Job,
    Run,
    Step,
    Write,
    marks_of,
)

WHEN = "Mon *-*-* 09:30"
_TIMER, _SERVICE = f"{NAME}.timer", f"{NAME}.service"
_RELOAD = ("systemctl", "--user", "daemon-reload")


class Systemd(Struct, frozen=True):
    """Two unit files and a timer switched on.

    Attributes:
        folder: of the user's units, `~/.config/systemd/user`.
    """

    folder: Path
    run: Runner

    @property
    def name(self) -> str:
        """What it is called."""
        return "systemd"

    def is_there(self) -> bool:
        """Return whether the user's manager answers."""
        return self.run(("systemctl", "--user", "show-environment"), "").code == 0

    def found(self) -> Found:
        """Return whether the two units are there, and ours."""
        return marks_of((self.folder / _SERVICE, self.folder / _TIMER))

    def installation(self, job: Job) -> tuple[Step, ...]:
        """Return what writes the units and starts the timer."""
        return (
            Write(self.folder / _SERVICE, service_unit(job)),
            Write(self.folder / _TIMER, timer_unit()),
            Run(_RELOAD),
            Run(("systemctl", "--user", "enable", "--now", _TIMER)),
        )

    def removal(self) -> tuple[Step, ...]:
        """Return what stops the timer and deletes the units; also where no manager answers any more."""
        return (
            Run(("systemctl", "--user", "disable", "--now", _TIMER), may_fail=True),
            Delete(self.folder / "timers.target.wants" / _TIMER),
            Delete(self.folder / _TIMER),
            Delete(self.folder / _SERVICE),
            Run(_RELOAD, may_fail=True),
        )

    def next_on(self) -> date | None:
        """Return the day of the next run."""
        ask = ("systemctl", "--user", "show", _TIMER, "--property=NextElapseUSecRealtime", "--value")
        words = self.run(ask, "").out.split()
        for word in words:
            with suppress(ValueError):
                return date.fromisoformat(word)
        return None


def service_unit(job: Job) -> str:
    """Return the unit that says it once; exit 10 is no failure, it says that something is due."""
    program, *arguments = job.words
    # systemd replaces variables in the arguments only.
    line = " ".join([_quoted(program), *(_quoted(each).replace("$", "$$") for each in arguments)])
    return (
        f"# {MARK}\n[Unit]\nDescription={DESCRIPTION}\n\n"
        f"[Service]\nType=oneshot\nExecStart={line}\nSuccessExitStatus={int(ExitCode.ACTION_NEEDED)}\n"
        "TimeoutStartSec=1min\n"
    )


def timer_unit() -> str:
    """Return the unit that says when."""
    return (
        f"# {MARK}\n[Unit]\nDescription={DESCRIPTION}\n\n"
        f"[Timer]\nOnCalendar={WHEN}\nPersistent=true\nRandomizedDelaySec=30m\n\n"
        "[Install]\nWantedBy=timers.target\n"
    )


def _quoted(word: str) -> str:
    """Return one word of a command line as systemd.syntax(7) has it, specifiers doubled."""
    escaped = word.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n").replace("%", "%%")
    return f'"{escaped}"'
