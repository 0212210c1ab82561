"""`hygiene done`: a check is as recommended from today on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from hygiene.cli.acting import FINDING, open_scene, pick_finding, scene_of
from hygiene.cli.services import Services
from hygiene.language import _

if TYPE_CHECKING:
    from hygiene.model.record import AnswerGiven
    from hygiene.store.file import OpenStore
    from hygiene.usecases.desk import Desk

    Said = tuple[OpenStore, Desk, AnswerGiven | None]

done = typer.Typer(add_completion=False, rich_markup_mode=None)

INSTEAD = "`hygiene done ACCOUNT/CHECK`"
IN_A_FILE = "`hygiene audit --answers FILE`"


@done.command()
def run(
    context: typer.Context,
    finding: str = FINDING,
) -> None:
    """Say that a check is as recommended from today on."""
    from hygiene.usecases.acting import open_findings
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.finding_words import say_left

    services: Services = context.obj
    store, desk, given = _named(services, finding) if finding else _picked(services)
    if given:
        sealed = desk.seal(desk.say(store, given))
        left = len(open_findings(desk.assess(state_of(sealed))))
        services.say(_("Noted. {left}").format(left=say_left(left)))


def _named(services: Services, words: str) -> Said:
    from hygiene.model.record import Outcome
    from hygiene.usecases.acting import done as recommended
    from hygiene.usecases.acting import find_result
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.doing import ask_itself

    store = services.open()
    desk = services.desk_for(store)
    result = find_result(words, desk.assess(state_of(store)))
    if result.outcome in (Outcome.PASS, Outcome.NOT_APPLICABLE):
        services.say(_("There is nothing to do there. Nothing was changed."))
        return store, desk, None
    given = recommended(result, state_of(store), desk.day)
    return store, desk, given or ask_itself(store, result, scene_of(services, store, IN_A_FILE))


def _picked(services: Services) -> Said:
    from hygiene.usecases.acting import open_findings
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.doing import agree

    store, scene = open_scene(services, INSTEAD)
    findings = open_findings(scene.desk.assess(state_of(store)))
    result = pick_finding(findings, _("Which one is done?"), store, scene)
    return store, scene.desk, agree(store, result, scene) if result else None
