"""Reminders without Typer: the line after a command, `remind run` and `remind hook`; and where things lie.

With `services` it knows the platform's folders; the adapters are told.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene.cli.services import Services
from hygiene.errors import ExitCode, HygieneError, NotDoneError, UsageError
from hygiene.language import N_, _
from hygiene.reminders.due_file import DueFile

if TYPE_CHECKING:
    from hygiene.reminders.scheduling import Job, Scheduler
    from hygiene.store.file import OpenStore

_SAY_IT_THEMSELVES = frozenset({"audit", "due", "leaving", "remind", "report", "status"})


def due_file(services: Services) -> DueFile:
    """Return the due-file of the person's store."""
    return DueFile(services.home)


def after_command(services: Services) -> None:
    """Keep the due-file true after something was said; where there is none yet, after a look is enough."""
    file, store = due_file(services), services.last_store
    if store is None or (file.read() and not services.has_saved):
        return
    from hygiene.usecases.reminders import keep_due_file

    keep_due_file(file, store, services.desk)
    if services.has_saved:
        _say_if_the_clock_went_back(services, store)


def _say_if_the_clock_went_back(services: Services, store: OpenStore) -> None:
    from hygiene.engine.clock import later_day

    later = later_day(store.record, services.day)
    if later:
        from hygiene.spoken_dates import say_date

        words = _(
            "This was noted for {day}, before your last entry ({later}). If you did not mean that, set this "
            "computer's clock or --on right, and say it again."
        )
        day, later_words = (say_date(each, services.language) for each in (services.day, later))
        services.say(words.format(day=day, later=later_words))


def say_if_due(services: Services, rest: Sequence[str]) -> None:
    """Say on a terminal that something is due, at most once a day; scripts never hear it."""
    command = rest[0] if rest else "status"  # `hygiene` alone shows where one stands
    if not _is_read() or command in _SAY_IT_THEMSELVES or "--help" in rest:
        return
    file = due_file(services)
    if file.is_worth_a_line(services.day):
        try:
            file.note_said(services.day)
        except HygieneError:
            return  # or it would be said after every command
        services.say(due_words())


def due_words() -> str:
    """Return the one neutral sentence of every reminder."""
    return _("Something is due: `hygiene due` shows it.")


def run(services: Services) -> ExitCode:
    """Show a notification if something is due; opens no store and asks nothing.

    Raises:
        NotDoneError: something is due, and the desktop did not show it.
    """
    if not due_file(services).is_due(services.day):
        return ExitCode.DONE
    from hygiene.reminders import running
    from hygiene.reminders.notice import Notice, show

    if not show(Notice("hygiene", due_words()), sys.platform, _bus(services), running.run):
        raise NotDoneError(
            N_("something is due, and the notification could not be shown"),
            hint=N_("`hygiene due` shows what it is"),
        )
    return ExitCode.ACTION_NEEDED


def hook(services: Services, shell: str = "") -> ExitCode:
    """Write the lines for a shell's start file.

    Raises:
        UsageError: there are none for that shell.
    """
    from hygiene.reminders.hook import SHELLS

    name = shell or Path(services.environment.get("SHELL", "")).name
    if name not in SHELLS:
        raise UsageError(
            N_("there is no hook for the shell “{shell}”"),
            hint=N_("name one of these: {shells}"),
            shell=name,
            shells=", ".join(SHELLS),
        )
    services.write(SHELLS[name](DueFile(services.home.absolute()), due_words()))
    return ExitCode.DONE


def schedulers(services: Services, system: str = sys.platform) -> tuple[Scheduler, ...]:
    """Return the schedulers that a system may have, the best one first."""
    from hygiene.reminders import running
    from hygiene.reminders.cron import Cron
    from hygiene.reminders.launchd import Launchd
    from hygiene.reminders.systemd import Systemd
    from hygiene.reminders.task_scheduler import TaskScheduler

    match system:
        case "win32":
            return (TaskScheduler(services.home.absolute(), running.run),)
        case "darwin":
            return (Launchd(Path.home() / "Library" / "LaunchAgents", os.getuid(), running.run),)
        case _:
            named = services.environment.get("XDG_CONFIG_HOME", "")
            base = Path(named) if named.startswith("/") else Path.home() / ".config"
            return (Systemd(base / "systemd" / "user", running.run), Cron(running.run))


def job(services: Services) -> Job:
    """Return what a scheduler shall run: this very program, for this very store."""
    from hygiene.reminders.scheduling import Job

    return Job(_program(), services.home.absolute(), services.language)


def _is_read() -> bool:
    """Return whether a person reads what is said."""
    return sys.stderr.isatty()


def _program() -> tuple[str, ...]:
    started = Path(sys.argv[0])
    if sys.platform != "win32" and started.name.startswith("hygiene") and os.access(started, os.X_OK):
        return (str(started.absolute()),)
    # On Windows a script would open a window.
    windowless = Path(sys.executable).with_name("pythonw.exe")
    return (str(windowless if windowless.exists() else sys.executable), "-m", "hygiene")


def _bus(services: Services) -> str | None:
    """Return the address of the session bus; cron does not tell it, but it lies where systemd puts it."""
    if address := services.environment.get("DBUS_SESSION_BUS_ADDRESS"):
        return address
    runtime = services.environment.get("XDG_RUNTIME_DIR")
    if not runtime and sys.platform != "win32":
        runtime = f"/run/user/{os.getuid()}"
    socket = Path(runtime or "") / "bus"
    return f"unix:path={socket}" if runtime and socket.exists() else None
