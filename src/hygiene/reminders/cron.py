"""cron, where there is no systemd for users: one line in the person's own table, every Monday.

A Monday on which the computer is off is not made up for.
"""

from __future__ import annotations

import shlex
from datetime import date

from msgspec import Struct

from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.reminders.running import Ran, Runner
from hygiene.reminders.scheduling import MARK, Found, Job, Run, Step

WHEN = "30 9 * * 1"
_LIST, _REPLACE = ("crontab", "-l"), ("crontab", "-")
_END = f" # {MARK}"


class Cron(Struct, frozen=True):
    """One line that ends with our mark; every other line stays as it is."""

    run: Runner

    @property
    def name(self) -> str:
        """What it is called."""
        return "cron"

    def is_there(self) -> bool:
        """Return whether the person may have a table."""
        return _is_known(self.run(_LIST, ""))

    def found(self) -> Found:
        """Return whether there is a line of ours; one without the mark is none of our business."""
        return Found.OURS if any(map(_is_ours, self.run(_LIST, "").out.splitlines())) else Found.NOTHING

    def installation(self, job: Job) -> tuple[Step, ...]:
        """Return what writes the table anew with our line at its end."""
        return (Run(_REPLACE, "".join([*self._others(), f"{cron_line(job)}\n"])),)

    def removal(self) -> tuple[Step, ...]:
        """Return what writes the table anew without our line."""
        others = self._others()
        return (Run(_REPLACE, "".join(others)) if others else Run(("crontab", "-r"), may_fail=True),)

    def next_on(self) -> date | None:
        """Cron does not tell."""
        return None

    def _others(self) -> list[str]:
        """Return the lines that are not ours.

        Raises:
            NotDoneError: the table cannot be read, so that writing it would lose lines.
        """
        ran = self.run(_LIST, "")
        if not _is_known(ran):
            raise NotDoneError(
                N_("your crontab could not be read, so it was left alone"),
                hint=N_("see what `crontab -l` says"),
            )
        lines = ran.out.splitlines() if ran.code == 0 else []
        return [f"{line}\n" for line in lines if not _is_ours(line)]


def cron_line(job: Job) -> str:
    """Return the line; see crontab(5): a percent sign would end the command.

    Raises:
        NotDoneError: a path in it has a line break.
    """
    command = shlex.join(job.words)
    if "\n" in command or "\r" in command:
        raise NotDoneError(
            N_("a line of cron cannot hold the name of your folder"),
            hint=N_("choose another one with --home"),
        )
    return f"{WHEN} {command}{_END}".replace("%", "\\%")


def _is_ours(line: str) -> bool:
    return line.endswith(_END)


def _is_known(ran: Ran) -> bool:
    """Return whether the table was read; that there is none yet is said in words only."""
    return ran.code == 0 or "no crontab" in ran.err.lower()
