"""`hygiene update`: the newest lists of the organisations that the person agreed to."""

from __future__ import annotations

import typer

from hygiene.cli.services import Services
from hygiene.errors import ExitCode
from hygiene.language import _

update = typer.Typer(add_completion=False, rich_markup_mode=None)


@update.command()
def run(
    context: typer.Context,
    offline: bool = typer.Option(
        False, "--offline", help=_("open no connection: verify what is here, and say how old it is")
    ),
) -> int:
    """Fetch the newest lists, say what changed, and use them."""
    from hygiene.usecases.sources import kept, update_all
    from hygiene.usecases.sources_words import say_kept, say_problem, say_updated

    services: Services = context.obj
    now, places = services.real_time(), services.places
    worst = ExitCode.DONE
    if offline:
        sources = kept(places, now)
        for each in sources:
            for line in say_kept(each, services.language):
                services.write(line)
        problems = [each.problem for each in sources if each.problem]
    else:
        problems = []
        for updated in update_all(places, now, services.bundled_desk.catalogue):
            for line in say_updated(updated, services.language):
                services.write(line)
            problems += [updated.problem] if updated.problem else []
    for problem in problems:
        services.say(say_problem(problem))
        worst = max(worst, problem.exit_code)
    if not places.sources.exists() and not problems:
        services.say(_("No organisation's lists are set up here; `hygiene trust add SOURCE` adds some."))
    return worst
