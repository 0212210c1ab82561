"""`hygiene report`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import typer
from msgspec import Struct

from hygiene.cli.services import Services
from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from hygiene.model.finding import Assessment
    from hygiene.reporting.redaction import Redaction
    from hygiene.store.file import OpenStore
    from hygiene.usecases.desk import Desk

report = typer.Typer(add_completion=False, rich_markup_mode=None)


class Place(Struct, frozen=True):
    """Where a text goes, and in what form.

    Attributes:
        form: one of the formats.
        output: the file that was named.
        is_shown: open it afterwards.
    """

    form: str
    output: Path | None
    is_shown: bool

    def path(self, stem: str, day: date) -> Path | None:
        """Return the file; None for standard output. Only a page is written to a file unasked."""
        return self.output or (Path(f"{stem}-{day}.html") if self.form == "html" else None)


@report.command()
def run(
    context: typer.Context,
    form: str = typer.Option("", "--format", help=_("html, md, json or csv")),
    output: Path | None = typer.Option(None, "-o", "--output", help=_("write to this file")),
    show: bool = typer.Option(False, "--open", help=_("open the page in the browser")),
    audit: str = typer.Option("", help=_("an earlier audit: its day, month, year or id"), metavar=_("AUDIT")),
    redact: str = typer.Option("none", help=_("none; names: call accounts account-1; counts: figures only")),
    statement: bool = typer.Option(False, "--statement", help=_("state that an audit was finished, no more")),
    fail_on: str = typer.Option("", help=_("exit with 10 if something of this severity or worse is open")),
) -> int:
    """Write the report."""
    from hygiene.cli.severity import exit_code_for, parse_severity
    from hygiene.reporting.redaction import Redaction
    from hygiene.usecases.report import FORMATS, STATEMENT_FORMATS

    services: Services = context.obj
    threshold, redaction = parse_severity(fail_on), _redaction(redact)
    allowed = STATEMENT_FORMATS if statement else FORMATS
    place = Place(_format(form or _by_ending(output, allowed), allowed), output, show)
    if show and place.form != "html" and not output:
        raise UsageError(N_("--open needs a file"), hint=N_("name one with -o, or ask for --format html"))
    if statement:
        _refuse_beside_statement({"--redact": redaction is not Redaction.NONE, "--fail-on": bool(fail_on)})
        _write_statement(services, place, audit)
        return ExitCode.DONE
    assessment = _write_report(services, place, audit, redaction)
    return exit_code_for(assessment, threshold) if threshold is not None else ExitCode.DONE


def _format(form: str, allowed: Sequence[str]) -> str:
    """Return a format; the first one where none is named."""
    if form and form not in allowed:
        raise UsageError(
            N_("there is no format “{form}”"),
            hint=N_("the formats are: {formats}"),
            form=form,
            formats=", ".join(allowed),
        )
    return form or allowed[0]


def _by_ending(output: Path | None, allowed: Sequence[str]) -> str:
    """Return the format that a file's ending names; empty where it names none."""
    ending = output.suffix.lower().removeprefix(".") if output else ""
    return ending if ending in allowed else ""


def _redaction(word: str) -> Redaction:
    from hygiene.reporting.redaction import Redaction

    if word not in tuple(Redaction):
        raise UsageError(
            N_("“{value}” is nothing that --redact knows"),
            hint=N_("it may be: {allowed}"),
            value=word,
            allowed=", ".join(Redaction),
        )
    return Redaction(word)


def _refuse_beside_statement(given: dict[str, bool]) -> None:
    for option, is_given in given.items():
        if is_given:
            raise UsageError(
                N_("{one} and {other} do not go together"),
                hint=N_("a statement holds neither names nor figures nor findings: leave out {other}"),
                one="--statement",
                other=option,
            )


def _write_report(services: Services, place: Place, audit: str, redaction: Redaction) -> Assessment:
    from hygiene.reporting.redaction import Redaction
    from hygiene.usecases.report import matter_of, render_report

    store = services.open()
    desk = services.desk_for(store)
    matter = matter_of(store, desk, audit)
    text = render_report(matter, desk, place.form, services.language, redaction)
    path = place.path("hygiene-report", matter[0].day)
    _hand_over(services, (store, desk), place, path, text)
    if path:
        services.say(_("The file holds personal findings: anyone who has it can read it."))
    if redaction is Redaction.NAMES:
        services.say(_("Names are left out; networks, checks and answers are still in it."))
    return matter[0]


def _write_statement(services: Services, place: Place, audit: str) -> None:
    from hygiene.usecases.report import finished_audit, render_statement

    store = services.open()
    found = finished_audit(store, audit)
    text = render_statement(found, place.form, services.language)
    path = place.path("hygiene-statement", found.finished_on or found.started_on)
    _hand_over(services, (store, services.desk_for(store)), place, path, text)
    services.say(_("It says that you finished and when, and nothing of your answers. Nobody may require it."))


def _hand_over(
    services: Services, home: tuple[OpenStore, Desk], place: Place, path: Path | None, text: str
) -> None:
    """Write a text to its file, remembering where, or to standard output."""
    from hygiene.usecases.report import keep_text

    if path is None:
        services.write(text)
        return
    keep_text(*home, services.output(path), place.form, text)
    services.write(str(path))
    if place.is_shown:
        services.show_page(path)
