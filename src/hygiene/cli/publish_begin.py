"""`hygiene publish init`: a source begun, and what that costs."""

from __future__ import annotations

from pathlib import Path

import typer

from hygiene.cli.publish_desk import (
    NAME,
    SPARE,
    SPARE_WORDS,
    bench_of,
    carried,
    say_all,
    say_next,
    say_waiting_fingerprint,
)
from hygiene.cli.services import Services
from hygiene.errors import UsageError
from hygiene.language import N_, _

_MEMBER = typer.Option(
    [], "--member", metavar="NAME", help=_("who publishes, yourself first; once for each person")
)


def init(
    context: typer.Context,
    name: str = NAME,
    yearly: bool = typer.Option(False, "--yearly", help=_("one release a year, signed by one person alone")),
    both: bool = typer.Option(False, "--both", help=_("two people sign every release of lists")),
    title: str = typer.Option("", "--title", metavar="TEXT", help=_("what employees see as the publisher")),
    contact: str = typer.Option("", "--contact", metavar="TEXT", help=_("whom employees ask")),
    people: list[str] = _MEMBER,
    spare: Path | None = SPARE,
    spare_words: Path | None = SPARE_WORDS,
    folder: Path | None = typer.Option(None, "--folder", metavar="DIR", help=_("make the workshop here")),
) -> None:
    """Make a workshop, and the key of the person who sits here."""
    from hygiene.distribution.publishing.workshop import Level
    from hygiene.usecases.publishing.people import Plan, begin

    services: Services = context.obj
    place = folder or Path(name)
    bench = bench_of(services, place, "")
    level = Level.YEARLY if yearly else Level.FULL
    members = tuple(people or _asked_people(services, level))
    plan = Plan(name, title, contact, level, members, approvals=2 if both else 1)
    safe = None if yearly else carried(bench, spare or Path(f"{name}-spare.key"), spare_words)
    if yearly:
        say_all(services, _cost_of_yearly())
    elif services.is_interactive and not bench.means.passphrase_file:
        services.say(_("First the passphrase of your own key; then another one, of the spare key."))
    workshop = begin(bench, plan, safe)
    services.write(str(place))
    if safe:
        words = _(
            "The spare key is in {path}: print it or copy it to a stick, put that and its passphrase in a "
            "safe, and delete the file."
        )
        services.say(words.format(path=safe.path))
    say_next(services, workshop)
    say_waiting_fingerprint(services, place)


def _asked_people(services: Services, level: int) -> list[str]:
    """Return the names of those who publish, as typed.

    Raises:
        UsageError: there is nobody to ask.
    """
    if not services.is_interactive:
        raise UsageError(
            N_("who publishes was not said"),
            hint=N_("name everybody, yourself first: --member Alice --member Bob"),
        )
    terminal = services.plain_terminal()
    names = [terminal.line(_("Your own name, such as Alice: "))]
    if level > 1:
        names.append(terminal.line(_("The name of the other person: ")))
    return names


def _cost_of_yearly() -> tuple[str, ...]:
    return (
        _("Yearly: one release a year, signed by one person alone, and nothing to do in between."),
        _(
            "What it costs: a release ends after 13 months, so the next one must come within the year. If "
            "the key is lost or stolen before, every computer must be given the new root by hand. A list "
            "that was published by mistake stays good until the next release."
        ),
    )
