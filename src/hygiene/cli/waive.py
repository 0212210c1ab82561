"""`hygiene waive`: a finding accepted as it is, on purpose."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from hygiene.cli.acting import FINDING, open_scene, pick_finding
from hygiene.cli.services import Services
from hygiene.errors import UsageError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from datetime import date

    from hygiene.model.finding import Result
    from hygiene.model.record import Event
    from hygiene.store.file import OpenStore
    from hygiene.usecases.desk import Desk

waive = typer.Typer(add_completion=False, rich_markup_mode=None)

INSTEAD = "`hygiene waive ACCOUNT/CHECK`"


@waive.command()
def run(
    context: typer.Context,
    finding: str = FINDING,
    reason: str = typer.Option("", help=_("why it is fine as it is")),
    until: str = typer.Option(
        "", metavar=_("DATE"), help=_("the last day, such as 2027-03-01 or “in 6 months”")
    ),
    end: bool = typer.Option(False, "--end", help=_("accept it no longer")),
) -> None:
    """Accept a finding as it is, or no longer."""
    services: Services = context.obj
    if end and (reason or until):
        raise UsageError(
            N_("--end goes with neither --reason nor --until"), hint=N_("see the command's --help")
        )
    if end:
        _take_back(services, finding)
    elif finding and (reason or until or not services.is_interactive):
        store = services.open()
        desk = services.desk_for(store)
        _accept(services, store, desk, _found(finding, store, desk), (reason, _day(until, desk)))
    else:
        _ask(services, finding, reason, until)


def _ask(services: Services, words: str, reason: str, until: str) -> None:
    from hygiene.reporting.actions import is_about_age
    from hygiene.usecases.acting import open_findings
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.fixing import ask_until, ask_waiver

    store, scene = open_scene(services, INSTEAD)
    day = _day(until, scene.desk)
    if words:
        result: Result | None = _found(words, store, scene.desk)
    else:
        findings = [
            each for each in open_findings(scene.desk.assess(state_of(store))) if not is_about_age(each)
        ]
        result = pick_finding(findings, _("Which one is to stay as it is?"), store, scene)
    if result is None:
        return
    if reason or until:
        _accept(services, store, scene.desk, result, (reason, day or ask_until(scene)))
    else:
        _accept(services, store, scene.desk, result, ask_waiver(scene))


def _take_back(services: Services, words: str) -> None:
    from hygiene.usecases.acting import taken_back
    from hygiene.usecases.desk import state_of

    if words:
        store = services.open()
        desk = services.desk_for(store)
        result: Result | None = _found(words, store, desk)
    else:
        store, scene = open_scene(services, f"{INSTEAD[:-1]} --end`")
        desk = scene.desk
        accepted = [each for each in desk.assess(state_of(store)).findings if each.waiver]
        result = pick_finding(accepted, _("Which one is not fine any more?"), store, scene)
    if result:
        _seal(store, desk, *taken_back(result, state_of(store), desk.day))
        services.say(_("It is open again."))


def _accept(
    services: Services, store: OpenStore, desk: Desk, result: Result, said: tuple[str, date | None]
) -> None:
    from hygiene.model.finding import Waiver
    from hygiene.reporting.actions import say_accepted
    from hygiene.usecases.acting import waived

    event = waived(result, *said)
    _seal(store, desk, event)
    services.say(say_accepted(Waiver("", event.until), services.language))


def _found(words: str, store: OpenStore, desk: Desk) -> Result:
    from hygiene.usecases.acting import find_result
    from hygiene.usecases.desk import state_of

    return find_result(words, desk.assess(state_of(store)))


def _day(words: str, desk: Desk) -> date | None:
    from hygiene.usecases.acting import parse_until

    return parse_until(words, desk.day) if words else None


def _seal(store: OpenStore, desk: Desk, *events: Event) -> None:
    desk.seal(desk.say(store, *events))
