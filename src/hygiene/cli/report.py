"""`hygiene report`."""

from __future__ import annotations

from pathlib import Path

import typer

from hygiene.cli.services import Services
from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_, _

report = typer.Typer(add_completion=False, rich_markup_mode=None)


@report.command()
def run(
    context: typer.Context,
    form: str = typer.Option("html", "--format", help=_("html, md or json")),
    output: Path | None = typer.Option(None, "-o", "--output", help=_("write to this file")),
    show: bool = typer.Option(False, "--open", help=_("open the page in the browser")),
    audit: str = typer.Option("", help=_("an earlier audit: its day, month, year or id"), metavar=_("AUDIT")),
    fail_on: str = typer.Option("", help=_("exit with 10 if something of this severity or worse is open")),
) -> int:
    """Write the report."""
    from hygiene.cli.severity import exit_code_for, parse_severity
    from hygiene.usecases.report import FORMATS, matter_of, render_report, write_report

    services: Services = context.obj
    if form not in FORMATS:
        raise UsageError(
            N_("there is no format “{form}”"),
            hint=N_("the formats are: {formats}"),
            form=form,
            formats=", ".join(FORMATS),
        )
    threshold = parse_severity(fail_on)
    store = services.open()
    desk = services.desk_for(store)
    matter = matter_of(store, desk, audit)
    path = output or (Path(f"hygiene-report-{matter[0].day}.html") if form == "html" else None)
    if path is None:
        services.write(render_report(matter, desk, form, services.language))
    else:
        write_report(store, desk, services.output(path), form, services.language, matter)
        services.write(str(path))
        services.say(_("The file holds personal findings: anyone who has it can read it."))
        if show:
            services.show_page(path)
    return exit_code_for(matter[0], threshold) if threshold is not None else ExitCode.DONE
