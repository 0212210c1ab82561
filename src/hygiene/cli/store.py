"""`hygiene store`: the sealed file and its ways in. Its copies are in `cli.store_copies`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import typer

from hygiene.cli import store_copies
from hygiene.cli.opening import no_store, watched
from hygiene.cli.services import Services
from hygiene.errors import NotDoneError
from hygiene.language import N_, _

if TYPE_CHECKING:
    from hygiene.safety.secrets import Passphrase
    from hygiene.store.file import OpenStore

store = typer.Typer(add_completion=False, rich_markup_mode=None, no_args_is_help=True)

_REMOVE = typer.Option(False, "--remove", help=_("take this way in away, instead of renewing it"))


@store.command("init", help=_("make an empty store"))
def init(context: typer.Context) -> None:
    """Make an empty store."""
    services: Services = context.obj
    if services.has_store:
        raise NotDoneError(
            N_("there is a store already: {path}"),
            hint=N_("`hygiene store status` shows what opens it"),
            path=services.store_path,
        )
    services.begin(services.terminal_or_none())
    services.write(str(services.store_path))


@store.command("status", help=_("what opens it, and what lies beside it"))
def status(context: typer.Context) -> None:
    """Say what opens the store, without opening it."""
    from hygiene.usecases.inventory import describe, take_inventory

    services: Services = context.obj
    if not services.has_store:
        raise no_store(services)
    for line in describe(take_inventory(services.store_path)):
        services.write(line)


@store.command("passphrase", help=_("choose a new passphrase"))
def passphrase(
    context: typer.Context, new_file: Path | None = store_copies.NEW_FILE, remove: bool = _REMOVE
) -> None:
    """Choose a new passphrase."""
    from hygiene.safety.container import SlotType
    from hygiene.usecases import slots

    services: Services = context.obj
    opened = services.open()
    if remove:
        services.note(slots.remove(opened, SlotType.PASSPHRASE, services.key_store))
        services.say(_("No passphrase opens the store any longer."))
    else:
        services.note(slots.change_passphrase(opened, services.means(services.terminal_or_none(), new_file)))
        services.say(_("The new passphrase opens the store from now on."))
    _say_what_it_cannot_reach(services)


@store.command("keyring", help=_("let this computer's keyring open it"))
def keyring(context: typer.Context, remove: bool = _REMOVE) -> None:
    """Let this computer's keyring open the store, or no longer."""
    from hygiene.safety.keyring_slot import Unavailable
    from hygiene.usecases import slots

    services: Services = context.obj
    opened = services.open()
    if services.key_store is None:
        raise NotDoneError(
            N_("the system keyring is switched off"), hint=N_("leave out --no-keyring and HYGIENE_NO_KEYRING")
        )
    try:
        if remove:
            services.watch = None  # its counter goes too
            left = slots.forget_keyring(opened, services.key_store)
            services.say(_("This computer's keyring no longer opens the store."))
            if left:
                words = _("An entry “hygiene” is still in the keyring ({reason}); it opens nothing any more.")
                services.say(words.format(reason=_(left)))
        elif _is_wanted_here(services, opened):
            watched(services, slots.remember_in_keyring(opened, services.key_store))
            services.say(_("This computer's keyring opens the store from now on."))
    except Unavailable as unavailable:
        hint = N_("nothing was changed; the other ways in do without it")
        raise NotDoneError(unavailable.reason, hint=hint) from None


@store.command("recovery", help=_("make a new recovery code, which ends the old one"))
def recovery(context: typer.Context, remove: bool = _REMOVE) -> None:
    """Make a new recovery code."""
    from hygiene.safety.container import SlotType
    from hygiene.usecases import slots

    services: Services = context.obj
    opened = services.open(makes_code=True)
    if remove:
        services.note(slots.remove(opened, SlotType.RECOVERY, services.key_store))
        services.say(_("No recovery code opens the store any longer."))
    else:
        services.note(slots.renew_recovery(opened, services.means(services.terminal_or_none(), None)))
        services.say(_("The new recovery code opens the store from now on."))
    _say_what_it_cannot_reach(services)


@store.command("rotate", help=_("seal everything with a new key"))
def rotate(context: typer.Context) -> None:
    """Seal everything with a new key."""
    from hygiene.usecases import slots

    services: Services = context.obj
    opened = services.open(makes_code=True)
    again = _passphrase_again(services, opened)
    rotated = slots.rotate(opened, services.means(services.terminal_or_none(), None), again)
    services.watch = None  # its counter went with the old slot
    watched(services, rotated)
    services.say(
        _("The store has a new key and a new recovery code. Keyrings of other computers no longer open it.")
    )
    _say_what_it_cannot_reach(services)


def _say_what_it_cannot_reach(services: Services) -> None:
    services.say(_("Backups and copies made before still open with what opened them then."))


def _is_wanted_here(services: Services, opened: OpenStore) -> bool:
    """Return whether the keyring is to be used, also on an employer's computer."""
    from hygiene.model.record import COMPUTER, EMPLOYERS
    from hygiene.usecases.settings import settings_of

    if not services.is_interactive or settings_of(opened.record).get(COMPUTER) != EMPLOYERS:
        return True
    question = _(
        "You said that this computer is your employer's: those who administer it can get at what its keyring "
        "holds, and so at your answers. Use the keyring all the same?"
    )
    return services.terminal().confirm(question, default=False)


def _passphrase_again(services: Services, opened: OpenStore) -> Passphrase | None:
    """Return the passphrase, asked for again; None where the store has none."""
    from hygiene.safety.container import SlotType
    from hygiene.safety.secrets import Passphrase
    from hygiene.usecases.slots import is_passphrase_of

    if not any(slot.type is SlotType.PASSPHRASE for slot in opened.header.slots):
        return None
    file, terminal = services.path("passphrase_file"), services.terminal_or_none()
    if file or terminal is None:
        secret = services.load_secret(file).secret if file else None
        if isinstance(secret, Passphrase):
            return secret
        raise NotDoneError(
            N_("a new key needs the passphrase itself; nothing was changed"),
            hint=N_("if it is forgotten, choose a new one first: `hygiene store passphrase`"),
        )
    while True:
        words = terminal.secret(
            _("Your passphrase again, to be sure that it is you (the code will not do): ")
        )
        if words and is_passphrase_of(opened, words):
            return Passphrase(words)
        terminal.show(_("That is not the passphrase. Nothing was changed."))


store.command("backup", help=_("write an encrypted copy, to keep elsewhere"))(store_copies.backup)
store.command("restore", help=_("take a backup back in"))(store_copies.restore)
store.command("export", help=_("write everything in clear, as JSON"))(store_copies.export)
store.command("erase", help=_("delete everything kept here"))(store_copies.erase)
