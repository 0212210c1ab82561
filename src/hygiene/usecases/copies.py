"""Copies of a store: a backup made, a backup or a synced folder's copy taken back in."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from datetime import date
from pathlib import Path

from msgspec import Struct

from hygiene.errors import AlteredError, HygieneError, NotDoneError
from hygiene.language import N_
from hygiene.safety import files
from hygiene.safety.container import DamagedError, Draft, Slot, SlotType, parse_header
from hygiene.store.file import Contents, OpenStore, joined, merged, open_with_key, read_store


class Beside(Struct, frozen=True):
    """Copies of an open store in its own folder.

    Attributes:
        open: those that its key opens and that hold something it does not.
        sealed_otherwise: those that need their own passphrase or code.
        other_ways: those with another passphrase or recovery code, changed on another computer perhaps.
        newest: the highest save counter of all copies that its key opens; 0 where there is none.
    """

    open: tuple[OpenStore, ...]
    sealed_otherwise: tuple[Path, ...]
    other_ways: tuple[OpenStore, ...]
    newest: int


def write_backup(store: OpenStore, path: Path) -> tuple[Slot, ...]:
    """Write a sealed copy to be kept elsewhere, read it back, and return its slots.

    The keyring of this computer does not open it: elsewhere there is another one.

    Raises:
        NotDoneError: the file is there already, could not be written, did not read back, or nothing but the
            keyring would open it.
    """
    if os.path.lexists(path):
        raise NotDoneError(
            N_("{path} is there already"), hint=N_("name a new file for the backup"), path=path
        )
    header = store.header
    slots = tuple(slot for slot in header.slots if slot.type is not SlotType.KEYRING)
    if not slots:
        raise NotDoneError(
            N_("nothing but this computer's keyring opens the store, and a backup is for another one"),
            hint=N_("make a recovery code first: `hygiene store recovery`"),
        )
    contents = Contents(store.store_key, Draft(header.store_id, header.counter, slots), store.statements)
    files.write_atomically(path, contents.sealed(backup=True))
    if not _reads_back(path, store):
        raise NotDoneError(
            N_("{path} does not read back as it was written"),
            hint=N_("check the disk, then write the backup elsewhere"),
            path=path,
        )
    return slots


def _reads_back(path: Path, store: OpenStore) -> bool:
    try:
        return open_with_key(path, read_store(path), store.store_key).statements == store.statements
    except HygieneError:
        return False


def look_into(store: OpenStore, copies: Iterable[Path]) -> Beside:
    """Return what is to be known of other copies of a store."""
    opened, sealed_otherwise, other_ways, newest = [], [], [], 0
    for path in copies:
        try:
            copy = open_with_key(path, read_store(path), store.store_key)
        except DamagedError:  # half of it, such as a sync may be writing just now
            continue
        except AlteredError:
            sealed_otherwise.append(path)
        except HygieneError:
            continue
        else:
            newest = max(newest, copy.header.counter)
            if _typed_ways(copy) != _typed_ways(store):
                other_ways.append(copy)
            if missing_in(store, copy):
                opened.append(copy)
    return Beside(tuple(opened), tuple(sealed_otherwise), tuple(other_ways), newest)


def _typed_ways(store: OpenStore) -> set[Slot]:
    return {slot for slot in store.header.slots if slot.type is not SlotType.KEYRING}


def missing_in(store: OpenStore, copy: OpenStore) -> int:
    """Return how many statements joining the copy would add; those of a removed account are not missing."""
    known = {each.id for each in store.statements.values()}
    if all(each.id in known for each in copy.statements.values()):
        return 0
    return sum(each.id not in known for each in merged(store.statements, copy.statements).values())


def check_same(path: Path, other: Path) -> None:
    """Make sure that another file is a copy of the store; neither needs a secret for that.

    Raises:
        NotDoneError: it is a copy of another store, or one of them is no store.
    """
    _refuse_another(parse_header(read_store(path))[0].store_id, other, read_store(other))


def _refuse_another(store_id: bytes, other: Path, sealed: bytes) -> None:
    if parse_header(sealed)[0].store_id != store_id:
        raise NotDoneError(
            N_("{path} holds other answers than those here"),
            hint=N_("`hygiene store restore FILE --replace` uses them instead; those of today are kept"),
            path=other,
        )


def joined_with(
    store: OpenStore, path: Path, open_copy: Callable[[Path], OpenStore]
) -> tuple[OpenStore, int]:
    """Return the store with everything that a copy of it holds, and how many statements that added.

    Args:
        store: opened; nothing is written yet.
        path: the copy: a backup, or a file that a synced folder made.
        open_copy: opens it with its own secret where the store's key does not.

    Raises:
        NotDoneError: it is a copy of another store.
        LockedError, AlteredError: it does not open.
    """
    sealed = read_store(path)
    _refuse_another(store.header.store_id, path, sealed)
    try:
        copy = open_with_key(path, sealed, store.store_key)
    except AlteredError:
        copy = open_copy(path)
    return joined(store, copy), missing_in(store, copy)


def export_of(store: OpenStore, day: date) -> dict[str, object]:
    """Return `hygiene.export/1`: every statement in the form of docs/record-format.md, in order."""
    return {
        "schema": "hygiene.export/1",
        "exported_on": day.isoformat(),
        "statements": [json.loads(line) for line in store.statements],
    }
