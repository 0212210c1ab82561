"""`hygiene checklist`: for those who read or write them."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hygiene.cli.services import Services
from hygiene.cli.standing import is_json
from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_, _, ngettext

if TYPE_CHECKING:
    from hygiene.catalog.problems import Problem
    from hygiene.model.checklist import Catalogue
    from hygiene.model.policy import Rules
    from hygiene.reporting.checklist_index import Layout
    from hygiene.reporting.words import Voice

checklist = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

_FORMAT = typer.Option("text", "--format", help=_("text or json"))


@checklist.command("list", help=_("the checklists and how many checks each has"))
def list_all(context: typer.Context, form: str = _FORMAT) -> None:
    """Show the checklists."""
    services: Services = context.obj
    if is_json(form):
        from hygiene.reporting.json_form import checklists_json, to_text

        lists = _bundled()[0].checklists.values()
        services.write(to_text(checklists_json(lists, services.language)))
        return
    from hygiene import resources
    from hygiene.catalog.headings import load_headings
    from hygiene.model.checklist import Catalogue
    from hygiene.reporting.checklist_index import render_lists

    headings = load_headings(resources.bundled("checklists"))
    rows = ((each.id, each.title, each.checks) for each in headings)
    services.write(render_lists(rows, _voice(services, Catalogue()), _layout(services)))


@checklist.command("show", help=_("every question of a checklist, or one of them, with its choices"))
def show(context: typer.Context, name: str = typer.Argument(metavar=_("CHECKLIST"))) -> None:
    """Show every question of a checklist, or one check."""
    from hygiene.model.policy import Policy
    from hygiene.reporting.checklist_text import Reader

    services: Services = context.obj
    catalogue, rules = _bundled()
    reader = Reader(_voice(services, catalogue), Policy((rules,)), _layout(services))
    found = catalogue.checklists.get(name.partition(".")[0])
    check = catalogue.check(name) if found else None
    if found is None or ("." in name and check is None):
        raise UsageError(
            N_("there is no checklist called “{name}”"),
            hint=N_("`hygiene checklist list` shows them all"),
            name=name,
        )
    services.write(reader.check(check, found) if check else reader.checklist(found))


def _bundled() -> tuple[Catalogue, Rules]:
    """Return the checklists and the default policy; the desk would load the store's code too."""
    from hygiene import resources
    from hygiene.catalog.loading import load_bundled

    return load_bundled(resources.bundled("checklists"))


def _voice(services: Services, catalogue: Catalogue) -> Voice:
    from hygiene.reporting.words import Voice

    return Voice(services.language, services.day, catalogue, {})


def _layout(services: Services) -> Layout:
    import sys

    from hygiene.reporting.checklist_index import Layout

    # A screen reader reads the rows of a terminal; elsewhere a line is a line, for those who search it.
    is_unwrapped = services.is_plain and not sys.stdout.isatty()
    return Layout(0 if is_unwrapped else services.width(), services.is_plain)


@checklist.command("lint", help=_("every problem of checklist files, with its line"))
def lint(
    context: typer.Context, files: list[Path] = typer.Argument(metavar=_("FILE…")), form: str = _FORMAT
) -> int:
    """Show every problem of checklist files."""
    from hygiene import resources
    from hygiene.catalog.lint.files import lint_files
    from hygiene.catalog.problems import Level
    from hygiene.safety.cleaning import clean

    services: Services = context.obj
    problems = lint_files(files, resources.bundled("checklists"), services.day)
    if is_json(form):
        services.write(_problems_json(problems))
    else:
        for each in problems:
            services.write(clean(f"{each} ({_(each.level)})"))
        services.say(_sum(problems, len(files)))
    has_errors = any(each.level is Level.ERROR for each in problems)
    return ExitCode.ACTION_NEEDED if has_errors else ExitCode.DONE


def _problems_json(problems: Iterable[Problem]) -> str:
    from hygiene.reporting.json_form import to_text

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
    return to_text({"schema": "hygiene.lint/1", "problems": rows})


def _sum(problems: Collection[Problem], files: int) -> str:
    from hygiene.catalog.problems import Level

    if not problems:
        words = ngettext("Nothing to mend in this file.", "Nothing to mend in {count} files.", files)
        return words.format(count=files)
    errors = sum(each.level is Level.ERROR for each in problems)
    warnings = len(problems) - errors
    return _("{errors}, {warnings} in {files}.").format(
        errors=ngettext("{count} error", "{count} errors", errors).format(count=errors),
        warnings=ngettext("{count} warning", "{count} warnings", warnings).format(count=warnings),
        files=ngettext("{count} file", "{count} files", files).format(count=files),
    )
