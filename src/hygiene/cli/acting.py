"""What the commands that act on findings share: a terminal to ask on, and which finding is meant."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import typer

from hygiene.cli.services import Services
from hygiene.errors import UsageError
from hygiene.language import N_, _

FINDING = typer.Argument(
    "",
    metavar=_("FINDING"),
    help=_("its id, or the end of it such as private-account; asked for when left out"),
)

if TYPE_CHECKING:
    from hygiene.engine.questions import Terminal
    from hygiene.model.finding import Result
    from hygiene.store.file import OpenStore
    from hygiene.usecases.scene import Scene


def terminal_or_refusal(services: Services, instead: str) -> Terminal:
    """Return the terminal to ask on, as the person's settings want it once the store is open.

    Args:
        services: knows whether there is one.
        instead: what to write on the command line where there is none.

    Raises:
        UsageError: there is none.
    """
    terminal = services.terminal_or_none()
    if terminal is None:
        raise UsageError(
            N_("there is no terminal to ask on"),
            hint=N_("write {instead}, or use --plain to read replies from a pipe"),
            instead=instead,
        )
    return terminal


def open_scene(services: Services, instead: str) -> tuple[OpenStore, Scene]:
    """Return the store, and what a walk through it works with.

    Raises:
        UsageError: there is no terminal; said before the store is opened.
    """
    terminal_or_refusal(services, instead)
    store = services.open()
    return store, scene_of(services, store, instead)


def scene_of(services: Services, store: OpenStore, instead: str) -> Scene:
    """Return what a walk through an open store works with.

    Raises:
        UsageError: there is no terminal.
    """
    from hygiene.usecases.scene import Scene

    terminal = terminal_or_refusal(services, instead)
    return Scene(services.desk_for(store), terminal, services.language, services.open_page)


def pick_finding(findings: Sequence[Result], question: str, store: OpenStore, scene: Scene) -> Result | None:
    """Ask which finding is meant; None where there is none, or none of them is."""
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.finding_words import say_row

    if not findings:
        scene.terminal.show(_("Nothing to do."))
        return None
    voice = scene.voice(state_of(store))
    rows = {number: say_row(each, voice) for number, each in enumerate(findings)}
    place = scene.pick(question, {**rows, len(rows): _("None of these")})
    return findings[place] if place < len(findings) else None
