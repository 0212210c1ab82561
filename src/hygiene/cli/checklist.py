"""`hygiene checklist`: for those who read or write them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hygiene.cli.services import Services
from hygiene.cli.standing import is_json
from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_, _, ngettext
from hygiene.model.text import Text

if TYPE_CHECKING:
    from hygiene.catalog.problems import Problem
    from hygiene.model.checklist import Catalogue, Checklist
    from hygiene.model.policy import Policy
    from hygiene.reporting.checklist_index import Layout
    from hygiene.reporting.words import Voice

checklist = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

_FORMAT = typer.Option("text", "--format", help=_("text or json"))
_SOURCE = typer.Option("", metavar=_("NAME"), help=_("for the lists of this organisation’s source"))


@checklist.command("list", help=_("the checklists and how many checks each has"))
def list_all(context: typer.Context, form: str = _FORMAT) -> None:
    """Show the checklists."""
    services: Services = context.obj
    if is_json(form):
        from hygiene.reporting.json_form import checklists_json, to_text

        lists = _in_use(services)[0].checklists.values()
        services.write(to_text(checklists_json(lists, services.language)))
        return
    from hygiene import resources
    from hygiene.catalog.headings import load_headings
    from hygiene.model.checklist import Catalogue
    from hygiene.reporting.checklist_index import render_lists

    headings = load_headings(resources.bundled("checklists"))
    rows = [(each.id, each.title, each.checks) for each in headings]
    if services.has_organisations:
        rows += [(each.id, _signed(each), len(each.checks)) for each in _handed_out(services)]
    services.write(render_lists(rows, _voice(services, Catalogue()), _layout(services)))


@checklist.command("show", help=_("every question of a checklist, or one of them, with its choices"))
def show(context: typer.Context, name: str = typer.Argument(metavar=_("CHECKLIST"))) -> None:
    """Show every question of a checklist, or one check."""
    from hygiene.reporting.checklist_text import Reader

    services: Services = context.obj
    catalogue, policy = _in_use(services)
    reader = Reader(_voice(services, catalogue), policy, _layout(services))
    found = catalogue.checklists.get(name.partition(".")[0])
    check = catalogue.check(name) if found else None
    if found is None or ("." in name and check is None):
        raise UsageError(
            N_("there is no checklist called “{name}”"),
            hint=N_("`hygiene checklist list` shows them all"),
            name=name,
        )
    services.write(reader.check(check, found) if check else reader.checklist(found))


def _in_use(services: Services) -> tuple[Catalogue, Policy]:
    """Return the checklists and the policy; without an organisation's the desk would load too much."""
    if services.has_organisations:
        return services.desk.catalogue, services.desk.policy
    from hygiene import resources
    from hygiene.catalog.loading import load_bundled
    from hygiene.model.policy import Policy

    catalogue, rules = load_bundled(resources.bundled("checklists"))
    return catalogue, Policy((rules,))


def _handed_out(services: Services) -> Iterator[Checklist]:
    """Yield the checklists of organisations."""
    return (each for lists in services.handed.lists for each in lists.checklists)


def _signed(checklist: Checklist) -> Text:
    """Return a title with the name of the organisation that hands the list out."""
    titles = checklist.title.by_language.items()
    words = {tag: f"{title} ({checklist.publisher})" for tag, title in titles}
    return Text(checklist.title.language, words)


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
    context: typer.Context,
    files: list[Path] = typer.Argument(metavar=_("FILE…")),
    form: str = _FORMAT,
    source: str = _SOURCE,
) -> int:
    """Show every problem of checklist files."""
    from hygiene import resources
    from hygiene.catalog.problems import Level
    from hygiene.safety.cleaning import clean
    from hygiene.usecases.authoring.lists import remarks_on

    services: Services = context.obj
    problems = remarks_on(files, _source(source), resources.bundled("checklists"), services.day)
    if is_json(form):
        services.write(_problems_json(problems))
    else:
        for each in problems:
            services.write(clean(f"{each} ({_(each.level)})"))
        services.say(_sum(problems, len(files)))
    has_errors = any(each.level is Level.ERROR for each in problems)
    return ExitCode.ACTION_NEEDED if has_errors else ExitCode.DONE


@checklist.command("new", help=_("write a list of your own, question by question"))
def new(
    context: typer.Context,
    file: Path | None = typer.Argument(None, metavar=_("[FILE]")),
    source: str = _SOURCE,
) -> int:
    """Ask for a checklist and write it."""
    from hygiene.cli.checklist_author import write_list

    return write_list(context.obj, file, _source(source))


@checklist.command("preview", help=_("what a list asks and reports; stores nothing"))
def preview(
    context: typer.Context,
    file: Path = typer.Argument(metavar=_("FILE")),
    output: Path | None = typer.Option(None, "-o", "--output", help=_("also write the report to this file")),
    answers: str = typer.Option("", help=_("invented: show the questions without asking them")),
) -> None:
    """Show the interview and the report of one list."""
    from hygiene.cli.checklist_author import preview_list

    if answers not in ("", "invented"):
        raise UsageError(N_("--answers is “invented” here, or left out"), hint=N_("see `hygiene --help`"))
    preview_list(context.obj, file, output, is_invented=bool(answers))


@checklist.command("diff", help=_("what people are asked again when a list changes"))
def diff(
    context: typer.Context,
    old: Path = typer.Argument(metavar=_("OLD")),
    new: Path = typer.Argument(metavar=_("NEW")),
    form: str = _FORMAT,
) -> None:
    """Show what differs between two versions of a list."""
    from hygiene import resources
    from hygiene.reporting.checklist_diff import compare_versions
    from hygiene.reporting.checklist_diff_words import diff_json, render_diff
    from hygiene.usecases.authoring.lists import load_list, with_list

    services: Services = context.obj
    as_json, folder = is_json(form), resources.bundled("checklists")
    versions = compare_versions(*(load_list(each, folder, is_any_version=True) for each in (old, new)))
    voice = _voice(services, with_list(_in_use(services)[0], versions.new))
    if as_json:
        from hygiene.reporting.json_form import to_text

        services.write(to_text(diff_json(versions, voice)))
    else:
        services.write(render_diff(versions, voice, _layout(services)))


def _source(name: str) -> str:
    """Return the name of a source, or nothing.

    Raises:
        SourceNameError: no source can have it.
    """
    if not name:
        return ""
    from hygiene.catalog.list_names import RESERVED_LISTS
    from hygiene.distribution.source import check_name

    return check_name(name, RESERVED_LISTS)


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
