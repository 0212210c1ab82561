"""The sealed file: made, opened, saved. A save never loses what another process has saved meanwhile."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from hygiene.errors import AlteredError, HygieneError, LockedError, NotDoneError
from hygiene.language import N_
from hygiene.model.record import AccountRemoved, Event, Record, Statement
from hygiene.safety import files
from hygiene.safety.container import Draft, Header, Slot, parse_header
from hygiene.safety.files import MissingFileError
from hygiene.safety.sealing import open_slot, seal, unseal
from hygiene.safety.secrets import Secret, Unspoken
from hygiene.store.beside import free_aside, lock_of, previous_of
from hygiene.store.encoding import decode_payload, encode, encode_payload

LARGEST_STORE = 64 * 1024 * 1024  # bytes

Random = Callable[[int], bytes]
Statements = Mapping[bytes, Statement]
NewSlots = Callable[[tuple[Slot, ...]], tuple[Slot, ...]]


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
    statements: Statements
    opened_with: Slot | None = None
    is_kept: bool = False
    store_key: bytes = b""

    @property
    def record(self) -> Record:
        """Everything that the store holds."""
        return Record(tuple(self.statements.values()))


class Contents(Unspoken, frozen=True):
    """What a store file is made of.

    Attributes:
        draft: its id, its save counter and its slots.
    """

    store_key: bytes
    draft: Draft
    statements: Statements

    def sealed(self, *, random: Random = os.urandom, backup: bool = False) -> bytes:
        """Return the bytes of the file.

        Raises:
            ValueError: slots that would lock people out; see `safety.sealing.seal`.
        """
        return seal(encode_payload(self.statements), self.store_key, self.draft, random=random, backup=backup)


def create_store(
    path: Path, store_key: bytes, store_id: bytes, slots: tuple[Slot, ...], *, random: Random = os.urandom
) -> OpenStore:
    """Make an empty store where there is none.

    Raises:
        NotDoneError: there is one already, or the folder does not allow it.
    """
    return create_from(path, Contents(store_key, Draft(store_id, 1, slots), {}), random=random)


def create_from(path: Path, contents: Contents, *, random: Random = os.urandom) -> OpenStore:
    """Make a store where there is none.

    Raises:
        NotDoneError: there is one already, or the folder does not allow it.
    """
    files.ensure_private_folder(path.parent)
    with files.locked(lock_of(path)):
        if os.path.lexists(path):
            raise NotDoneError(
                N_("there is a store already: {path}"),
                hint=N_("run `hygiene status` to open it"),
                path=path,
            )
        with suppress(OSError):  # of a store that vanished: the last that is left of it
            previous_of(path).rename(free_aside(path))
        return write_over(path, contents, random=random)


def write_over(path: Path, contents: Contents, *, random: Random = os.urandom) -> OpenStore:
    """Write a store over whatever is at the path; who calls holds the lock and has kept that elsewhere.

    Raises:
        NotDoneError: the folder does not allow it.
    """
    sealed = contents.sealed(random=random)
    files.write_atomically(path, sealed)
    header, _length = parse_header(sealed)
    return OpenStore(path, header, contents.statements, is_kept=True, store_key=contents.store_key)


def read_store(path: Path) -> bytes:
    """Return the bytes of the sealed file.

    Raises:
        MissingFileError: there is none.
        NotDoneError: it cannot be read, is no ordinary file, or is larger than 64 MiB.
    """
    return files.read_regular(path, LARGEST_STORE)


def open_store(path: Path, sealed: bytes, secret: Secret) -> OpenStore:
    """Open a store with one of its secrets.

    Raises:
        LockedError: the secret opens no slot.
        AlteredError: it opens one, and the payload does not verify.
        NotDoneError: this is no store, or a newer program wrote it.
    """
    header, _length = parse_header(sealed)
    opened = open_slot(header, secret)
    return replace(open_with_key(path, sealed, opened.store_key), opened_with=opened.slot)


def open_with_key(path: Path, sealed: bytes, store_key: bytes) -> OpenStore:
    """Open another copy of a store whose key is known.

    Raises:
        AlteredError: it was sealed with another key, or does not verify.
        NotDoneError: this is no store, or a newer program wrote it.
    """
    header, _length = parse_header(sealed)
    return OpenStore(path, header, _in_order(decode_payload(unseal(sealed, store_key))), store_key=store_key)


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


def joined(store: OpenStore, other: OpenStore) -> OpenStore:
    """Return the store with all that the other copy of it holds; `save` seals it, as newer than both."""
    newer = replace(store.header, counter=max(store.header.counter, other.header.counter))
    return replace(store, header=newer, statements=merged(store.statements, other.statements))


def save(store: OpenStore, *, random: Random = os.urandom) -> OpenStore:
    """Write the store, joined with what another process may have written since.

    Raises:
        NotDoneError: the file could not be written; it is as it was.
        LockedError: the file was made anew with another key meanwhile.
    """
    with files.locked(lock_of(store.path)):
        sealed = read_store(store.path)
        contents = _next_contents(store, sealed)
        if not store.is_kept:
            _keep(store.path, sealed, store.store_key)
        saved = write_over(store.path, contents, random=random)
    return replace(saved, opened_with=store.opened_with)


def save_with_slots(
    store: OpenStore, new_slots: NewSlots, *, store_key: bytes | None = None, random: Random = os.urandom
) -> OpenStore:
    """Write the store with other slots, and if told with another key.

    The generation beside it is sealed anew with them too: a secret that was taken away opens neither.

    Args:
        store: as this process knows it.
        new_slots: from the slots that the file has now, those that it shall have.
        store_key: seals it from now on; all slots wrap it.
        random: for the salts.

    Raises:
        NotDoneError: the file could not be written; it is as it was.
        LockedError: the file was made anew with another key meanwhile.
        ValueError: slots that would lock people out; see `safety.sealing.seal`.
    """
    with files.locked(lock_of(store.path)):
        sealed = read_store(store.path)
        contents = _next_contents(store, sealed)
        key, slots = store_key or store.store_key, new_slots(contents.draft.slots)
        contents = Contents(key, replace(contents.draft, slots=slots), contents.statements)
        before = Contents(
            key,
            replace(contents.draft, counter=contents.draft.counter - 1),
            decode_payload(unseal(sealed, store.store_key)),
        )
        with _put_back_on_failure(previous_of(store.path)):
            files.write_atomically(previous_of(store.path), before.sealed(random=random))
            saved = write_over(store.path, contents, random=random)
    return replace(saved, opened_with=store.opened_with)


def merged(one: Statements, other: Statements) -> Statements:
    """Return the union of two copies of a record, by the statements' ids, without removed accounts.

    Merging is idempotent and commutative: where the same id was written in two ways, a removal stays, else
    the smaller line.
    """
    lines: dict[str, bytes] = {}
    for line, statement in sorted([*one.items(), *other.items()], key=_rank, reverse=True):
        lines[statement.id] = line
    return without_removed(_in_order({line: one.get(line) or other[line] for line in lines.values()}))


def without_removed(statements: Statements) -> Statements:
    """Return the statements without what is about accounts that they say were removed."""
    from hygiene.engine.removal import removals_in  # here, for the commands that join nothing

    removals = removals_in(statements.values())
    if removals is None:
        return statements
    return {line: each for line, each in statements.items() if not removals.covers(each)}


def _rank(item: tuple[bytes, Statement]) -> tuple[bool, bytes]:
    line, statement = item
    return not isinstance(statement.event, AccountRemoved), line


def _next_contents(store: OpenStore, sealed: bytes) -> Contents:
    """Return what the next file is made of, given the bytes that are there now."""
    header, _length = parse_header(sealed)
    same = header == store.header
    statements = store.statements if same else merged(_meanwhile(sealed, header, store), store.statements)
    # An older file may have been brought back meanwhile: the counter does not go back with it.
    counter = max(header.counter, store.header.counter) + 1
    return Contents(store.store_key, Draft(header.store_id, counter, header.slots), statements)


@contextmanager
def _put_back_on_failure(path: Path) -> Iterator[None]:
    """Put a file back as it was, or take it away, if what follows fails."""
    before = None
    with suppress(MissingFileError):
        before = read_store(path)
    try:
        yield
    except BaseException:  # Ctrl-C too
        with suppress(OSError, HygieneError):
            if before is None:
                path.unlink()
            else:
                files.write_atomically(path, before)
        raise


def _keep(path: Path, sealed: bytes, store_key: bytes) -> None:
    """Keep the file as it was; one that was damaged since it was opened must not replace a good one."""
    with suppress(AlteredError):
        unseal(sealed, store_key)
        files.write_atomically(previous_of(path), sealed)


def _meanwhile(sealed: bytes, header: Header, store: OpenStore) -> Statements:
    if header.store_id != store.header.store_id:
        raise LockedError(
            N_("another store was put in the place of the one that is open"),
            hint=N_("nothing was written; start hygiene again"),
        )
    try:
        return decode_payload(unseal(sealed, store.store_key))
    except AlteredError:
        # Another key takes new slots for all; a byte that changed in one leaves the others.
        if set(header.slots) & set(store.header.slots):
            raise
        raise LockedError(
            N_("the store was given another key while it was open here"),
            hint=N_("nothing was written; start hygiene again"),
        ) from None


def _in_order(statements: Statements) -> Statements:
    return dict(sorted(statements.items(), key=lambda item: (item[1].seq, item[1].id)))
