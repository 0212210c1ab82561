"""`hygiene fix`: the open findings, one at a time."""

from __future__ import annotations

import typer

from hygiene.cli.acting import open_scene
from hygiene.cli.services import Services

fix = typer.Typer(add_completion=False, rich_markup_mode=None)


@fix.command()
def walk(context: typer.Context) -> None:
    """Go through the open findings: open the page, answer again, accept, or leave for later."""
    from hygiene.usecases.fixing import walk_findings

    services: Services = context.obj
    walk_findings(*open_scene(services, "`hygiene done ACCOUNT/CHECK`"))
