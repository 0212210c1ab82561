"""The sealed file: made, opened, saved. A save never loses what another process has saved meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from hygiene.errors import LockedError, NotDoneError
from hygiene.language import N_
from hygiene.model.record import Event, Record, Statement
from hygiene.safety import files
from hygiene.safety.container import Draft, Header, Slot, parse_header
from hygiene.safety.sealing import open_slot, seal, unseal
from hygiene.safety.secrets import Secret, Unspoken
from hygiene.store.encoding import decode_payload, encode, encode_payload

LARGEST_STORE = 64 * 1024 * 1024  # bytes
PREVIOUS = ".previous"

Random = Callable[[int], bytes]


class OpenStore(Unspoken, frozen=True):
    """A store whose key is known.

    Attributes:
        header: as last read or written.
        statements: by their written line, in the order of saying.
        opened_with: the slot that opened it.
        is_kept: whether the file, as this run first met it, already lies beside it as `.previous`.
    """

    path: Path
    header: Header
    statements: Mapping[bytes, Statement]
    opened_with: Slot | None = None
    is_kept: bool = False
    store_key: bytes = b""

    @property
    def record(self) -> Record:
        """Everything that the store holds."""
        return Record(tuple(self.statements.values()))


def create_store(
    path: Path, store_key: bytes, store_id: bytes, slots: tuple[Slot, ...], *, random: Random = os.urandom
) -> OpenStore:
    """Make an empty store.

    Raises:
        NotDoneError: there is one already, or the folder does not allow it.
    """
    files.ensure_private_folder(path.parent)
    with files.locked(_lock(path)):
        if path.exists():
            raise NotDoneError(
                N_("there is a store already: {path}"),
                hint=N_("run `hygiene status` to open it"),
                path=path,
            )
        sealed = seal(encode_payload(()), store_key, Draft(store_id, 1, slots), random=random)
        files.write_atomically(path, sealed)
    header, _length = parse_header(sealed)
    return OpenStore(path, header, {}, is_kept=True, store_key=store_key)


def read_store(path: Path) -> bytes:
    """Return the bytes of the sealed file.

    Raises:
        MissingFileError: there is none.
        NotDoneError: it cannot be read, or is larger than 64 MiB.
    """
    return files.read_bounded(path, LARGEST_STORE)


def open_store(path: Path, sealed: bytes, secret: Secret) -> OpenStore:
    """Open a store with one of its secrets.

    Raises:
        LockedError: the secret opens no slot.
        AlteredError: it opens one, and the payload does not verify.
        NotDoneError: this is no store, or a newer program wrote it.
    """
    header, _length = parse_header(sealed)
    opened = open_slot(header, secret)
    statements = decode_payload(unseal(sealed, opened.store_key))
    return OpenStore(path, header, _in_order(statements), opened.slot, store_key=opened.store_key)


def said(store: OpenStore, events: Iterable[Event], on: date, new_id: Callable[[], str]) -> OpenStore:
    """Return the store after some more events; `save` seals it.

    Args:
        store: as this process knows it.
        events: what is said, in order.
        on: the day it is said for.
        new_id: gives a random id for each statement.
    """
    seq = store.record.next_seq
    new = [Statement(new_id(), seq + place, on, event) for place, event in enumerate(events)]
    return replace(store, statements={**store.statements, **{encode(each): each for each in new}})


def save(
    store: OpenStore, *, slots: tuple[Slot, ...] | None = None, random: Random = os.urandom
) -> OpenStore:
    """Write the store, joined with what another process may have written since; give it other slots if told.

    Raises:
        NotDoneError: the file could not be written; it is as it was.
        LockedError: the file was made anew with another key meanwhile.
    """
    with files.locked(_lock(store.path)):
        sealed = read_store(store.path)
        header, _length = parse_header(sealed)
        statements = store.statements
        if header != store.header:
            statements = merged(_meanwhile(sealed, store), statements)
        if not store.is_kept:
            files.write_atomically(store.path.with_name(store.path.name + PREVIOUS), sealed)
        kept_slots = slots if slots is not None else header.slots
        draft = Draft(header.store_id, header.counter + 1, kept_slots)
        sealed = seal(encode_payload(statements), store.store_key, draft, random=random)
        files.write_atomically(store.path, sealed)
    header, _length = parse_header(sealed)
    return replace(store, header=header, statements=statements, is_kept=True)


def merged(one: Mapping[bytes, Statement], other: Mapping[bytes, Statement]) -> Mapping[bytes, Statement]:
    """Return the union of two copies of a record, by the statements' ids.

    Merging is idempotent and commutative: where the same id was written in two ways, the smaller line stays.
    """
    lines: dict[str, bytes] = {}
    for line, statement in sorted([*one.items(), *other.items()], key=lambda item: item[0], reverse=True):
        lines[statement.id] = line
    return _in_order({line: one.get(line) or other[line] for line in lines.values()})


def _meanwhile(sealed: bytes, store: OpenStore) -> Mapping[bytes, Statement]:
    header, _length = parse_header(sealed)
    if header.store_id != store.header.store_id:
        raise LockedError(
            N_("another store was put in the place of the one that is open"),
            hint=N_("nothing was written; start hygiene again"),
        )
    return decode_payload(unseal(sealed, store.store_key))


def _in_order(statements: Mapping[bytes, Statement]) -> Mapping[bytes, Statement]:
    return dict(sorted(statements.items(), key=lambda item: (item[1].seq, item[1].id)))


def _lock(path: Path) -> Path:
    return path.with_name(path.name + ".lock")
