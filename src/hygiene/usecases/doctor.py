"""Whether everything works on this computer. Opens nothing, changes nothing."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from hygiene import __version__
from hygiene.errors import HygieneError
from hygiene.language import N_, _
from hygiene.safety.container import SlotType, parse_header
from hygiene.safety.keyring_slot import KeyStore, Unavailable
from hygiene.store.file import PREVIOUS, read_store

_WAYS = {
    SlotType.PASSPHRASE: N_("passphrase"),
    SlotType.KEYRING: N_("system keyring"),
    SlotType.RECOVERY: N_("recovery code"),
}
_SYNCED = ("dropbox", "onedrive", "google drive", "nextcloud", "icloud", "mobile documents")


class Place(Struct, frozen=True):
    """What there is to look at."""

    store: Path
    key_store: KeyStore | None
    language: str
    checklists: int
    has_terminal: bool


class Symptom(Struct, frozen=True):
    """One thing looked at; not fine means that something wants doing."""

    words: str
    is_fine: bool = True


def examine(place: Place) -> tuple[Symptom, ...]:
    """Return everything looked at."""
    return tuple(_symptoms(place))


def _symptoms(place: Place) -> Iterator[Symptom]:
    yield Symptom(
        _("hygiene {version}, Python {python}, language {language}, {count} checklists").format(
            version=__version__,
            python=platform.python_version(),
            language=place.language,
            count=place.checklists,
        )
    )
    yield _folder(place.store.parent)
    yield _store(place.store)
    yield _keyring(place.key_store)
    yield Symptom(
        _("a terminal to ask on") if place.has_terminal else _("no terminal: use --answers or --plain")
    )


def _folder(folder: Path) -> Symptom:
    where = folder if folder.exists() else next(parent for parent in folder.parents if parent.exists())
    if not os.access(where, os.W_OK):
        return Symptom(
            _("{path} cannot be written to; name another folder with --home").format(path=folder),
            is_fine=False,
        )
    if any(name in str(folder).lower() for name in _SYNCED):
        return Symptom(
            _("{path} looks like a synced folder; --home keeps the store elsewhere").format(path=folder),
            is_fine=False,
        )
    return Symptom(_("everything is kept in {path}").format(path=folder))


def _store(path: Path) -> Symptom:
    if not path.exists():
        return Symptom(_("no store yet: `hygiene audit` begins one"))
    try:
        header, _length = parse_header(read_store(path))
    except HygieneError as error:
        return Symptom(_(error.message).format(**error.values), is_fine=False)
    ways = ", ".join(sorted({_(_WAYS[slot.type]) for slot in header.slots}))
    kept = (
        _("; the generation before lies beside it") if path.with_name(path.name + PREVIOUS).exists() else ""
    )
    return Symptom(_("the store is there; ways in: {ways}{kept}").format(ways=ways, kept=kept))


def _keyring(key_store: KeyStore | None) -> Symptom:
    if key_store is None:
        return Symptom(_("the system keyring is switched off"))
    try:
        key_store.get(bytes(16))
    except Unavailable as unavailable:
        return Symptom(_("{reason}; the passphrase does it all").format(reason=_(unavailable.reason)))
    return Symptom(_("the system keyring answers"))
