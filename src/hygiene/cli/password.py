"""`hygiene password`: changed, replaced, or how to be reminded of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import typer

from hygiene.cli.acting import open_scene
from hygiene.cli.services import Services
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from datetime import date

    from hygiene.engine.state import State
    from hygiene.model.account import Account
    from hygiene.model.dates import Interval
    from hygiene.model.record import Event
    from hygiene.store.file import OpenStore
    from hygiene.usecases.scene import Scene

password = typer.Typer(add_completion=False, rich_markup_mode=None)

INSTEAD = "`hygiene password ACCOUNT --changed today`"


@password.command()
def run(
    context: typer.Context,
    account: str = typer.Argument(
        "",
        metavar=_("ACCOUNT"),
        help=_("its id or what you call it; when left out, those that are due, one by one"),
    ),
    changed: str = typer.Option(
        "", metavar=_("DATE"), help=_("when it was last changed, such as today or March 2026")
    ),
    passkey: bool = typer.Option(False, "--passkey", help=_("a passkey instead, and no password")),
    via: str = typer.Option("", metavar=_("ACCOUNT"), help=_("signed in to with that other account")),
    year: bool = typer.Option(
        False, "--year", help=_("remind me in a year: for a random password with a second step")
    ),
    off: bool = typer.Option(False, "--off", help=_("never remind me of this one")),
    rule: bool = typer.Option(False, "--rule", help=_("remind me of it as of the others")),
) -> None:
    """Say what became of a password, or go through those that are due."""
    wishes = {"changed": changed, "passkey": passkey, "via": via, "year": year, "off": off, "rule": rule}
    said = [f"--{name}" for name, value in wishes.items() if value]
    if len(said) > 1:
        raise UsageError(
            N_("{one} and {other} do not go together"),
            hint=N_("say one thing at a time"),
            one=said[0],
            other=said[1],
        )
    services: Services = context.obj
    if said:
        _say(services, account, said[0], changed or via)
    else:
        _ask(services, account)


def _ask(services: Services, name: str) -> None:
    """Go through the passwords that are due, or ask about one."""
    from hygiene.usecases.accounts import known_account
    from hygiene.usecases.desk import state_of
    from hygiene.usecases.passwords import settle_password, walk_passwords

    store, scene = open_scene(services, INSTEAD)
    if name:
        settle_password(store, known_account(state_of(store), name), scene)
    else:
        walk_passwords(store, scene)


def _say(services: Services, name: str, wish: str, value: str) -> None:
    """Seal what an option says of one password."""
    from hygiene.usecases.accounts import known_account
    from hygiene.usecases.desk import state_of

    if name:
        store = services.open()
        desk, account = services.desk_for(store), known_account(state_of(store), name)
    else:
        store, scene = open_scene(services, INSTEAD)
        desk, account = scene.desk, _picked(store, scene)
    desk.seal(desk.say(store, _event(wish, value, account, state_of(store), desk.day)))
    services.say(_("Noted. `hygiene due` shows every password."))


def _picked(store: OpenStore, scene: Scene) -> Account:
    from hygiene.usecases.desk import state_of

    state = state_of(store)
    voice = scene.voice(state)
    rows = {each.id: str(voice.account(each.id)) for each in state.open_accounts}
    if not rows:
        raise NotDoneError(N_("there is no account yet"), hint=N_("`hygiene account add` adds one"))
    return state.accounts[scene.pick(_("Which account?"), rows)]


def _event(wish: str, value: str, account: Account, state: State, day: date) -> Event:
    from hygiene.model.record import PASSKEY, Reminder
    from hygiene.usecases import passwords
    from hygiene.usecases.accounts import known_account

    match wish:
        case "--changed":
            return passwords.changed(account, _interval(value, day))
        case "--passkey":
            return passwords.answered(account, PASSKEY)
        case "--via":
            return passwords.through(account, known_account(state, value), state)
        case _:
            return passwords.reminded(account, Reminder(wish.removeprefix("--")), state)


def _interval(words: str, day: date) -> Interval:
    from hygiene.engine.dates import parse_interval

    interval = parse_interval(words, day)
    if interval is None:
        raise UsageError(
            N_("“{value}” is not understood as a date"),
            hint=N_("write it as 2027-03-01, “March 2027”, “6 months ago” or today"),
            value=words,
        )
    return interval
