"""Whether everything works on this computer. Opens nothing, changes nothing."""

from __future__ import annotations

import os
import platform
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from hygiene import __version__
from hygiene.errors import HygieneError
from hygiene.language import _
from hygiene.reminders.due_file import DueFile
from hygiene.safety.keyring_slot import KeyStore, Unavailable
from hygiene.usecases.inventory import take_inventory, ways_in_words

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
    yield from _reminders(DueFile(place.store.parent))
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
    if not os.path.lexists(path):
        return Symptom(_("no store yet: `hygiene audit` begins one"))
    try:
        inventory = take_inventory(path)
    except HygieneError as error:
        return Symptom(_(error.message).format(**error.values), is_fine=False)
    kept = _("; a copy from before the last change is kept beside it") if inventory.is_kept else ""
    ways = ways_in_words(inventory.slots)
    return Symptom(_("the store is there; ways in: {ways}{kept}").format(ways=ways, kept=kept))


def _reminders(file: DueFile) -> Iterator[Symptom]:
    if not file.is_sound():
        words = _(
            "{path} holds no date, so nothing is reminded of; delete it, and `hygiene due` writes it anew"
        )
        yield Symptom(words.format(path=file.path), is_fine=False)


def _keyring(key_store: KeyStore | None) -> Symptom:
    if key_store is None:
        return Symptom(_("the system keyring is switched off"))
    try:
        key_store.get(bytes(16))
    except Unavailable as unavailable:
        return Symptom(_("{reason}; the other ways in do without it").format(reason=_(unavailable.reason)))
    return Symptom(_("the system keyring answers"))
