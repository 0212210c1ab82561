"""`hygiene remind`: set up, look at and take away reminders. Without Typer: `cli.reminding`."""

from __future__ import annotations

import shlex
from collections.abc import Iterable
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hygiene.cli import reminding
from hygiene.cli.services import Services
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from hygiene.reminders.scheduling import Scheduler, Step

remind = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)


@remind.command("install", help=_("let this computer remind me, once a week at most"))
def install(
    context: typer.Context,
    dry_run: bool = typer.Option(False, "--dry-run", help=_("only show what would be written and run")),
    yes: bool = typer.Option(False, "--yes", help=_("do not ask")),
) -> None:
    """Set a weekly reminder up, after showing what that writes and runs."""
    services: Services = context.obj
    scheduler, steps = planned(services)
    if dry_run:
        services.write(said_steps(steps))
        return
    if not (yes or services.is_interactive):
        raise UsageError(N_("there is no terminal to ask whether you are sure"), hint=N_("add --yes"))
    services.write(said_steps(steps))  # as it is: a line broken to the terminal's width would be another one
    if yes or services.plain_terminal().confirm(_("Set the reminder up like this?"), default=True):
        carry_out(services, scheduler, steps)
    else:
        services.say(_("Nothing was changed."))


@remind.command("status", help=_("which reminder is set up, and when the next thing is due"))
def status(context: typer.Context) -> None:
    """Say which reminder is set up, and when the next thing is due; the store is not opened."""
    from hygiene.reminders.scheduling import Found

    services: Services = context.obj
    found = [each for each in reminding.schedulers(services) if each.found() is Found.OURS]
    for scheduler in found:
        services.write(_("A weekly reminder is set up ({scheduler}).").format(scheduler=scheduler.name))
        if next_on := scheduler.next_on():
            services.write(_("It looks next on {day}.").format(day=_day(services, next_on)))
    if not found:
        services.write(_("No reminder is set up; `hygiene remind install` sets one up."))
    services.write(_due(services))


@remind.command("remove", help=_("take the reminder away from this computer"))
def remove(context: typer.Context) -> None:
    """Take everything away that `install` wrote."""
    from hygiene.reminders import running
    from hygiene.reminders.scheduling import Found
    from hygiene.reminders.scheduling import carry_out as do

    services: Services = context.obj
    found = [each for each in reminding.schedulers(services) if each.found() is Found.OURS]
    for scheduler in found:
        do(scheduler.removal(), running.run)
        services.say(_("The reminder is taken away ({scheduler}).").format(scheduler=scheduler.name))
    if not found:
        services.say(_("No reminder is set up."))


@remind.command("run", help=_("show a notification if something is due; for schedulers"))
def run(context: typer.Context) -> int:
    """Show a notification if something is due."""
    return reminding.run(context.obj)


@remind.command("calendar", help=_("write a file for a calendar, without any account's name"))
def calendar(
    context: typer.Context,
    output: Path = typer.Option(..., "-o", "--output", metavar="FILE.ics", help=_("write to this file")),
) -> None:
    """Write the yearly audit and the months in which passwords come due, for a calendar."""
    services: Services = context.obj
    path = services.output(output)
    services.open()
    write_calendar(services, path)
    services.write(str(path))


@remind.command("hook", help=_("lines for a shell's start file: a line when something is due"))
def hook(
    context: typer.Context,
    shell: str = typer.Argument("", metavar=_("[SHELL]"), help=_("bash, zsh or fish")),
) -> int:
    """Write the lines for a shell's start file."""
    return reminding.hook(context.obj, shell)


def planned(services: Services) -> tuple[Scheduler, tuple[Step, ...]]:
    """Return the scheduler to use, and what it would write and run.

    Raises:
        NotDoneError: there is no scheduler, or another hand's reminder is in the way.
    """
    from hygiene.reminders.scheduling import check_ours

    scheduler = next((each for each in reminding.schedulers(services) if each.is_there()), None)
    if scheduler is None:
        raise NotDoneError(
            N_("no scheduler of this computer answers: no reminder was set up"),
            hint=N_("`hygiene remind calendar -o FILE.ics` makes a reminder for your calendar"),
        )
    check_ours(scheduler)
    return scheduler, scheduler.installation(reminding.job(services))


def carry_out(services: Services, scheduler: Scheduler, steps: Iterable[Step]) -> None:
    """Set the reminder up, and say how to take it away."""
    from hygiene.reminders import running
    from hygiene.reminders.scheduling import install as set_up

    set_up(scheduler, steps, running.run)
    services.say(_("The reminder is set up; `hygiene remind remove` takes it away."))


def said_steps(steps: Iterable[Step]) -> str:
    """Return what will be written and run, in words."""
    from hygiene.reminders.scheduling import Delete, Run, Write

    lines: list[str] = []
    for step in steps:
        match step:
            case Write(path, text):
                lines += [_("Write {path}:").format(path=path), *_indented(text)]
            case Run(words, given):
                lines += [_("Run: {command}").format(command=shlex.join(words)), *_indented(given)]
            case Delete(path):
                lines.append(_("Delete {path}").format(path=path))
    return "\n".join(lines)


def write_calendar(services: Services, path: Path) -> None:
    """Write the calendar file of the open store (0600).

    Raises:
        NotDoneError: the file could not be written.
    """
    from hygiene.safety.files import write_atomically
    from hygiene.usecases.reminders import calendar_of

    if services.last_store:
        write_atomically(path, calendar_of(services.last_store, services.desk))


def _indented(text: str) -> list[str]:
    return [f"    {line}" for line in text.splitlines()]


def _day(services: Services, day: date) -> str:
    from hygiene.spoken_dates import say_date

    return say_date(day, services.language)


def _due(services: Services) -> str:
    file = reminding.due_file(services)
    due_on = file.read()
    if not file.is_sound():
        spoilt = _(
            "{path} holds no date, so nothing is reminded of; delete it, and `hygiene due` writes it anew"
        )
        return spoilt.format(path=file.path)
    if due_on is None:
        return _("As far as is known here, nothing is due.")
    words = _("Due since {day}: `hygiene due` shows it.") if file.is_due(services.day) else None
    return (words or _("Nothing is due before {day}.")).format(day=_day(services, due_on))
