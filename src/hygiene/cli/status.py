"""`hygiene status`, `findings` and `due`, as Typer sees them."""

from __future__ import annotations

import typer

from hygiene.cli import standing
from hygiene.language import _

status = typer.Typer(add_completion=False, rich_markup_mode=None)
findings = typer.Typer(add_completion=False, rich_markup_mode=None)
due = typer.Typer(add_completion=False, rich_markup_mode=None)

_FORMAT = typer.Option("text", "--format", help=_("text or json"))


@status.command()
def show_status(context: typer.Context, form: str = _FORMAT) -> int:
    """Show where the person stands."""
    return standing.status(context.obj, form)


@findings.command()
def show_findings(
    context: typer.Context,
    form: str = _FORMAT,
    fail_on: str = typer.Option("", help=_("exit with 10 if something of this severity or worse is open")),
) -> int:
    """Show what needs action, in order."""
    return standing.findings(context.obj, form, fail_on)


@due.command()
def show_due(context: typer.Context, form: str = _FORMAT) -> int:
    """Show what has come due; exit 10 where something has."""
    return standing.due(context.obj, form)
