"""`hygiene checklist`: for those who read or write them."""

from __future__ import annotations

from pathlib import Path

import typer

from hygiene.cli.services import Services
from hygiene.cli.standing import is_json
from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_, _

checklist = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

_FORMAT = typer.Option("text", "--format", help=_("text or json"))


@checklist.command("list", help=_("the checklists and how many checks each has"))
def list_all(context: typer.Context, form: str = _FORMAT) -> None:
    """Show the checklists."""
    from hygiene.reporting.json_form import checklists_json, to_text

    services: Services = context.obj
    lists = services.desk.catalogue.checklists.values()
    if is_json(form):
        services.write(to_text(checklists_json(lists, services.language)))
        return
    for each in lists:
        title = each.title.to(services.language)
        services.write(f"{each.id}: {title}, {len(each.checks)}, {each.version}, {each.trust}")


@checklist.command("show", help=_("every question of a checklist, with its choices"))
def show(context: typer.Context, name: str = typer.Argument(metavar=_("CHECKLIST"))) -> None:
    """Show every question of a checklist."""
    from hygiene.reporting.checklist_text import render_checklist

    services: Services = context.obj
    known = services.desk.catalogue.checklists
    if name not in known:
        raise UsageError(
            N_("there is no checklist called “{name}”"),
            hint=N_("`hygiene checklist list` shows them all"),
            name=name,
        )
    services.write(render_checklist(known[name], services.language, services.width()))


@checklist.command("lint", help=_("every problem of checklist files, with its line"))
def lint(
    context: typer.Context, files: list[Path] = typer.Argument(metavar=_("FILE…")), form: str = _FORMAT
) -> int:
    """Show every problem of checklist files."""
    import json

    from hygiene import resources
    from hygiene.catalog.lint import lint_file
    from hygiene.catalog.problems import Level
    from hygiene.safety.cleaning import clean

    services: Services = context.obj
    problems = [problem for file in files for problem in lint_file(file, resources.bundled("checklists"))]
    if is_json(form):
        rows = [
            {
                "file": each.file,
                "line": each.line,
                "field": each.field,
                "reason": each.words,
                "level": each.level,
            }
            for each in problems
        ]
        services.write(
            json.dumps({"schema": "hygiene.lint/1", "problems": rows}, ensure_ascii=False, indent=2)
        )
    else:
        for each in problems:
            services.write(clean(f"{each} ({_(each.level)})"))
    has_errors = any(each.level is Level.ERROR for each in problems)
    return ExitCode.ACTION_NEEDED if has_errors else ExitCode.DONE
