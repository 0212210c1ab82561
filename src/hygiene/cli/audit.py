"""`hygiene audit`: the interview, or an answers file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hygiene.cli.services import Services
from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from hygiene.store.file import OpenStore
    from hygiene.usecases.audit import Wish
    from hygiene.usecases.desk import Desk

audit = typer.Typer(add_completion=False, rich_markup_mode=None)


@audit.command()
def run(
    context: typer.Context,
    checklists: list[str] = typer.Argument(None, help=_("only these checklists"), metavar=_("[CHECKLIST]…")),
    answers: str = typer.Option("", help=_("take the answers from a file; - reads standard input")),
    checklist: list[Path] = typer.Option([], help=_("also use a checklist file of my own")),
    full: bool = typer.Option(False, "--full", help=_("every check, the minor ones too")),
    new: bool = typer.Option(False, "--new", help=_("begin anew")),
    fail_on: str = typer.Option("", help=_("exit with 10 if something of this severity or worse is open")),
) -> int:
    """Ask, or take the answers from a file."""
    from hygiene.cli.severity import exit_code_for, parse_severity
    from hygiene.cli.sitting import sit
    from hygiene.engine.sitting import AskedOnly
    from hygiene.usecases.audit import Wish
    from hygiene.usecases.desk import state_of

    services: Services = context.obj
    threshold = parse_severity(fail_on)
    wish = Wish(AskedOnly(frozenset(checklists or ())), full, new)
    files = tuple(checklist)
    store, desk = _take(services, answers, files, wish) if answers else sit(services, files, wish)
    if threshold is None:
        return ExitCode.DONE
    return exit_code_for(desk.assess(state_of(store)), threshold)


def _take(
    services: Services, answers: str, own_files: tuple[Path, ...], wish: Wish
) -> tuple[OpenStore, Desk]:
    from hygiene.catalog.answers import parse_answers
    from hygiene.catalog.loading import read_file
    from hygiene.catalog.tree import LARGEST_FILE
    from hygiene.cli.notices import verify_sources, with_notices
    from hygiene.engine.state import State
    from hygiene.reporting.text import render_summary
    from hygiene.usecases.answers import take_answers
    from hygiene.usecases.report import report_of

    if wish.only.checklists:
        raise UsageError(
            N_("--answers and checklist names do not go together"),
            hint=N_("the file itself says which checks it answers"),
        )
    verify_sources(services, services.say)
    data = sys.stdin.buffer.read(LARGEST_FILE + 1) if answers == "-" else read_file(Path(answers))
    name = _("standard input") if answers == "-" else answers
    if not services.has_store:  # a faulty file must not leave an empty store behind
        parse_answers(data, name, services.catalogue_with(own_files), State(), services.day)
        store = services.begin(services.terminal() if services.is_interactive else None)
    else:
        store = services.open()
    store, desk = with_notices(services, store, services.desk_for(store, own_files), None)
    store = take_answers(store, desk, data, name, wish)
    store = services.with_files_remembered(store, own_files)  # afterwards: a faulty file stores nothing
    services.write(render_summary(report_of(store, desk, services.language), services.width()))
    if answers != "-":
        services.say(_("{file} itself is still readable by anyone who has it.").format(file=name))
    return store, desk
