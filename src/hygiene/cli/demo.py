"""`hygiene demo`: a finished audit with invented answers; stores nothing."""

from __future__ import annotations

from pathlib import Path

import typer

from hygiene.cli.services import Services
from hygiene.language import _

demo = typer.Typer(add_completion=False, rich_markup_mode=None)


@demo.command()
def run(
    context: typer.Context,
    output: Path | None = typer.Option(None, "-o", "--output", help=_("also write the report to this file")),
    show: bool = typer.Option(False, "--open", help=_("open the page in the browser")),
) -> None:
    """Show a finished audit with invented answers."""
    from hygiene import resources
    from hygiene.reporting.html import render_html
    from hygiene.reporting.text import render_summary
    from hygiene.safety.files import write_atomically
    from hygiene.usecases.demo import demo_report

    services: Services = context.obj
    output = services.output(output) if output else None
    report = demo_report(services.desk, services.language)
    services.write(render_summary(report, services.width()))
    services.say(_("These answers are invented, and nothing was stored."))
    if output:
        write_atomically(
            services.output(output), render_html(report, resources.bundled("report_templates")).encode()
        )
        services.write(str(output))
        if show:
            services.show_page(output)
