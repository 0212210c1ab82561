"""What the schedulers of all systems have in common: a job, a plan of steps to look at first, and marks.

Whatever is written carries a mark. What carries none is somebody else's, and is left alone.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from hygiene.errors import HygieneError, NotDoneError
from hygiene.language import N_
from hygiene.reminders.running import NOT_RUN, Runner
from hygiene.safety.files import write_atomically

NAME = "hygiene-remind"
MARK = "Written by `hygiene remind install`; `hygiene remind remove` takes it away."
DESCRIPTION = "Says when something is due in hygiene"


class Job(Struct, frozen=True):
    """What is run once a week.

    Attributes:
        program: how this hygiene is started: absolute paths and arguments.
        home: the folder of the store, absolute.
        language: of the notification.
    """

    program: tuple[str, ...]
    home: Path
    language: str

    @property
    def words(self) -> tuple[str, ...]:
        """The whole command."""
        return (*self.program, "--home", str(self.home), "--lang", self.language, "remind", "run")


class Write(Struct, frozen=True):
    """Put a text into a file (0600), in the place of what is there."""

    path: Path
    text: str
    encoding: str = "utf-8"


class Run(Struct, frozen=True):
    """Run a program.

    Attributes:
        given: its standard input.
        may_fail: its exit code says nothing, as where there is nothing to take away.
    """

    words: tuple[str, ...]
    given: str = ""
    may_fail: bool = False


class Delete(Struct, frozen=True):
    """Delete a file, if it is there."""

    path: Path


Step = Write | Run | Delete


class Found(Enum):
    """What a scheduler has under our name."""

    NOTHING = "nothing"
    OURS = "ours"
    ANOTHER_HANDS = "another hand's"


class Scheduler(Protocol):
    """One way of a system to run something once a week."""

    @property
    def name(self) -> str:
        """What it is called."""
        ...

    def is_there(self) -> bool:
        """Return whether it can be used here and now."""
        ...

    def found(self) -> Found:
        """Return what it has under our name."""
        ...

    def installation(self, job: Job) -> tuple[Step, ...]:
        """Return what sets the reminder up, or brings it up to date."""
        ...

    def removal(self) -> tuple[Step, ...]:
        """Return what takes everything away again."""
        ...

    def next_on(self) -> date | None:
        """Return the day of the next run, where the scheduler tells."""
        ...


def install(scheduler: Scheduler, steps: Iterable[Step], runner: Runner) -> None:
    """Set the reminder up, whole or not at all.

    Args:
        scheduler: it knows how to take back what was half done.
        steps: its own plan, as it was shown.
        runner: runs the programs.

    Raises:
        NotDoneError: a step did not work; nothing is left of the others.
    """
    try:
        carry_out(steps, runner)
    except BaseException:  # Ctrl-C too
        with suppress(HygieneError):
            carry_out(scheduler.removal(), runner)
        raise


def check_ours(scheduler: Scheduler) -> None:
    """Make sure that nobody else's work is touched.

    Raises:
        NotDoneError: there is something of our name without our mark.
    """
    if scheduler.found() is Found.ANOTHER_HANDS:
        raise NotDoneError(
            N_("there is a “{name}” already, and hygiene did not write it"),
            hint=N_("nothing was changed; look at what it is, and move it away if you do not need it"),
            name=NAME,
        )


def carry_out(steps: Iterable[Step], runner: Runner) -> None:
    """Do one step after the other.

    Raises:
        NotDoneError: one of them did not work; those before it are done.
    """
    for step in steps:
        match step:
            case Write(path, text, encoding):
                _write(path, text.encode(encoding))
            case Delete(path):
                _delete(path)
            case Run(words, given, may_fail):
                code = runner(words, given).code
                if code and not may_fail:
                    raise NotDoneError(
                        N_("the scheduler refused: `{command}` did not work ({code})"),
                        hint=N_("`hygiene remind calendar -o FILE.ics` makes a reminder for your calendar"),
                        command=" ".join(words[:2]),
                        code="?" if code == NOT_RUN else code,
                    )


def marks_of(paths: Iterable[Path]) -> Found:
    """Return whether these files are there, and whether all of them carry our mark."""
    there = [path for path in paths if os.path.lexists(path)]
    if not there:
        return Found.NOTHING
    return Found.OURS if all(map(_is_marked, there)) else Found.ANOTHER_HANDS


def _is_marked(path: Path) -> bool:
    with suppress(OSError):
        return MARK.encode() in path.read_bytes()
    return False


def _write(path: Path, data: bytes) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise NotDoneError(
            N_("{path} could not be made"), hint=N_("choose a place where you may write"), path=path.parent
        ) from error
    write_atomically(path, data)


def _delete(path: Path) -> None:
    try:
        path.unlink(missing_ok=True)
    except OSError as error:
        raise NotDoneError(
            N_("{path} could not be deleted"), hint=N_("delete that file yourself"), path=path
        ) from error
