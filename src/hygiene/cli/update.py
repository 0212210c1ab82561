"""`hygiene update`: the newest lists of the organisations that the person agreed to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime

import typer

from hygiene.cli.notices import problems_of
from hygiene.cli.services import Services
from hygiene.errors import ExitCode, HygieneError
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
    services: Services = context.obj
    now = services.real_time()
    found = _kept(services, now) if offline else _fetched(services, now)
    worst = _tell(services, found, services.write)
    if worst is None:
        worst = _tell(services, _none(services), services.say)
    return worst or ExitCode.DONE


def _tell(
    services: Services, found: Iterator[str | HygieneError], write: Callable[[str], None]
) -> ExitCode | None:
    """Say line by line what was found, and return the worst exit code; None where there was nothing."""
    from hygiene.usecases.sources_words import say_problem

    worst = None
    for each in found:
        if isinstance(each, str):
            write(each)
        else:
            services.say(say_problem(each))
        worst = max(worst or ExitCode.DONE, ExitCode.DONE if isinstance(each, str) else each.exit_code)
    return worst


def _fetched(services: Services, now: datetime) -> Iterator[str | HygieneError]:
    """Yield what came of each source: what changed, line by line, or what was the matter."""
    from hygiene.usecases.sources import update_all
    from hygiene.usecases.sources_words import say_updated

    for updated in update_all(services.places, now, services.bundled_desk.catalogue):
        yield from say_updated(updated, services.language)
        if updated.problem:
            yield updated.problem


def _kept(services: Services, now: datetime) -> Iterator[str | HygieneError]:
    """Yield how old each source's lists are, then what is the matter."""
    from hygiene.usecases.sources import kept
    from hygiene.usecases.sources_words import say_kept

    sources = kept(services.places, now)
    for each in sources:
        yield from say_kept(each, services.language)
    yield from problems_of(services, sources)


def _none(services: Services) -> Iterator[str | HygieneError]:
    """Yield that there is no source; lists that administrators install come by another way."""
    from hygiene.usecases.sources_words import say_managed

    installed, problems = tuple(say_managed(services.handed.lists)), problems_of(services)
    yield from installed
    yield from problems
    if not installed and not problems:
        yield _("No organisation's lists are set up here; `hygiene trust add SOURCE` adds some.")
