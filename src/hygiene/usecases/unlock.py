"""Opening the store: passphrase file, then keyring, then the question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.errors import LockedError
from hygiene.language import N_, _
from hygiene.safety.container import SlotType, parse_header
from hygiene.safety.secrets import KeyringKey, load_passphrase, parse_secret
from hygiene.store.file import OpenStore, open_store, read_store

if TYPE_CHECKING:
    from hygiene.safety.keyring_slot import KeyStore

TRIES = 3


class WaysIn(Struct, frozen=True):
    """How this run may open the store.

    Attributes:
        passphrase_file: named by the person; when it is, nothing else is tried.
        key_store: the system keyring, or None where it is switched off.
        ask: puts the question for a passphrase; None without a terminal.
        say: tells the person something on the way.
    """

    passphrase_file: Path | None
    key_store: KeyStore | None
    ask: Callable[[str], str] | None
    say: Callable[[str], None]


def unlock(path: Path, ways: WaysIn) -> OpenStore:
    """Open the store at a path.

    Raises:
        MissingFileError: there is none.
        LockedError: none of the ways opens it.
        AlteredError: one opens it, and its content does not verify.
    """
    sealed = read_store(path)
    if ways.passphrase_file:
        given = load_passphrase(ways.passphrase_file)
        if given.readable_by_others:
            ways.say(_("Others on this computer can read the passphrase file: chmod 600 keeps it to you."))
        return open_store(path, sealed, given.secret)
    return (_by_keyring(path, sealed, ways) if ways.key_store else None) or _by_asking(path, sealed, ways)


def _by_keyring(path: Path, sealed: bytes, ways: WaysIn) -> OpenStore | None:
    from hygiene.safety.keyring_slot import Unavailable

    header, _length = parse_header(sealed)
    if ways.key_store is None or not any(slot.type is SlotType.KEYRING for slot in header.slots):
        return None
    try:
        key = ways.key_store.get(header.store_id)
        return open_store(path, sealed, KeyringKey(key)) if key else None
    except Unavailable as unavailable:
        ways.say(
            _("{reason}; your passphrase or recovery code opens the store too").format(
                reason=_(unavailable.reason)
            )
        )
    except LockedError:
        ways.say(_("What the system keyring holds does not open this store."))
    return None


def _by_asking(path: Path, sealed: bytes, ways: WaysIn) -> OpenStore:
    if ways.ask is None:
        raise LockedError(
            N_("the store is locked and there is no terminal to ask for the passphrase"),
            hint=N_(
                "name a file with --passphrase-file or HYGIENE_PASSPHRASE_FILE, or use the system keyring"
            ),
        )
    for left in reversed(range(TRIES)):
        words = ways.ask(_("Passphrase or recovery code: "))
        try:
            return open_store(path, sealed, parse_secret(words))
        except LockedError:
            if not left:
                raise
            ways.say(_("That does not open it. Capital letters count; a recovery code works as well."))
    raise AssertionError("the last try has raised")
