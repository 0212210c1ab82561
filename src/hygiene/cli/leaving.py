"""`hygiene leaving`."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import typer
from msgspec.structs import replace

from hygiene.cli.services import Services
from hygiene.errors import UsageError
from hygiene.language import N_, _

leaving = typer.Typer(add_completion=False, rich_markup_mode=None)


@leaving.command()
def run(
    context: typer.Context,
    form: str = typer.Option("text", "--format", help=_("text, md or json")),
    output: Path | None = typer.Option(None, "-o", "--output", help=_("write to this file")),
) -> None:
    """Plan the days around the last one at a job; `--on` names it."""
    from hygiene.usecases.leaving import FORMATS, render_plan, write_plan

    services: Services = context.obj
    if form not in FORMATS:
        raise UsageError(
            N_("there is no format “{form}”"),
            hint=N_("the formats are: {formats}"),
            form=form,
            formats=", ".join(FORMATS),
        )
    path = services.output(output) if output else None
    today = _today(services)
    store = services.open()
    desk = replace(services.desk_for(store), day=today)
    last_day = _last_day(services, today)
    text = render_plan(store, desk, last_day, form, services.language, services.width())
    if path is None:
        services.write(text)
        return
    write_plan(store, desk, path, text)
    services.write(str(path))
    services.say(_("This plan says what you have and where: anyone who has the file can read it."))


def _today(services: Services) -> date:
    """Return the day on which the plan is made: here `--on` names another one, the last day at work."""
    options = replace(services.options, on=services.environment.get("HYGIENE_TODAY"))
    return Services(options, services.environment).day


def _last_day(services: Services, today: date) -> date:
    """Return the day that `--on` names, else the one that the person says; today, where nobody is asked."""
    if services.options.on or not services.is_interactive:
        return services.day
    from hygiene.engine.coming_day import parse_coming_day

    while words := services.ask_line(_("Your last day at work (such as 31 March; Enter for today): ")):
        if day := parse_coming_day(words, today):
            return day
        services.say(
            _("I did not understand “{words}”. A day is needed, such as 31/03/2027.").format(words=words)
        )
    return today
