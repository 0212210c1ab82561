"""`hygiene history`."""

from __future__ import annotations

import typer

from hygiene.cli.services import Services
from hygiene.language import _

history = typer.Typer(add_completion=False, rich_markup_mode=None)


@history.command()
def run(context: typer.Context, form: str = typer.Option("text", "--format", help=_("text or json"))) -> None:
    """Show every audit and how the score moved."""
    from hygiene.cli.standing import is_json
    from hygiene.usecases.history import list_audits

    services: Services = context.obj
    as_json = is_json(form)
    audits = list_audits(services.open())
    if as_json:
        from hygiene.reporting.json_form import history_json, to_text

        services.write(to_text(history_json(audits)))
    else:
        from hygiene.reporting.memory_text import render_history

        services.write(render_history(audits, services.language))
