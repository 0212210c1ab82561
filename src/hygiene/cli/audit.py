"""`hygiene audit`: the interview, or an answers file."""

from __future__ import annotations

import sys
from pathlib import Path

import typer

from hygiene.cli.services import Services
from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_, _

audit = typer.Typer(add_completion=False, rich_markup_mode=None)


@audit.command()
def run(
    context: typer.Context,
    checklists: list[str] = typer.Argument(None, help=_("only these checklists"), metavar=_("[CHECKLIST]…")),
    answers: str = typer.Option("", help=_("take the answers from a file; - reads standard input")),
    checklist: list[Path] = typer.Option([], help=_("also use a checklist file of my own")),
    full: bool = typer.Option(False, "--full", help=_("every check, the minor ones too")),
    new: bool = typer.Option(False, "--new", help=_("begin anew")),
) -> int:
    """Ask, or take the answers from a file."""
    from hygiene.engine.plan import AskedOnly
    from hygiene.usecases.audit import Wish

    services: Services = context.obj
    wish = Wish(AskedOnly(frozenset(checklists or ())), full, new)
    if answers:
        return _take(services, answers, tuple(checklist), wish)
    from hygiene.cli.sitting import sit

    return sit(services, tuple(checklist), wish)


def _take(services: Services, answers: str, own_files: tuple[Path, ...], wish: object) -> int:
    from hygiene.catalog.loading import read_file
    from hygiene.catalog.tree import LARGEST_FILE
    from hygiene.reporting.text import render_summary
    from hygiene.usecases.answers import take_answers
    from hygiene.usecases.audit import Wish
    from hygiene.usecases.report import report_of

    if not isinstance(wish, Wish) or wish.only.checklists:
        raise UsageError(
            N_("--answers and checklist names do not go together"),
            hint=N_("the file itself says which checks it answers"),
        )
    data = sys.stdin.buffer.read(LARGEST_FILE + 1) if answers == "-" else read_file(Path(answers))
    name = _("standard input") if answers == "-" else answers
    store = services.open() if services.has_store else services.begin(None)
    desk = services.desk_for(store, own_files)
    store = take_answers(store, desk, data, name, wish)
    services.write(render_summary(report_of(store, desk, services.language), services.width()))
    if answers != "-":
        services.say(_("{file} itself is still readable by anyone who has it.").format(file=name))
    return ExitCode.DONE
