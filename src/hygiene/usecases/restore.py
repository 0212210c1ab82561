"""A backup, or another copy, made the store of this computer."""

from __future__ import annotations

from pathlib import Path

from hygiene.errors import HygieneError
from hygiene.language import _
from hygiene.model.record import COMPUTER, MINE, BackupWritten, Event, ReportWritten, SettingChosen
from hygiene.safety.container import Slot, SlotType
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import RecoveryCode, Secret
from hygiene.store.file import OpenStore, open_with_key, read_store
from hygiene.usecases.begin import whose_computer
from hygiene.usecases.new_secrets import Means, kept_if_in_force, new_passphrase, offered_keyring_slot
from hygiene.usecases.put_back import put_back
from hygiene.usecases.slots import own_keyring_slot

Slots = tuple[Slot, ...]


def restore(path: Path, copy: OpenStore, secret: Secret, means: Means) -> tuple[OpenStore, tuple[Event, ...]]:
    """Put a copy in the place of the store; return it and what it has to be told.

    What was there stays beside it under another name. The save counter goes beyond both, so that nobody takes
    the restored store for an older one.

    Args:
        path: where the store is, or is to be.
        copy: opened and verified.
        secret: what opened it.
        means: of giving it new ways in: needed where nothing but the recovery code opens it, offered after
            that code was used and on a computer that had no store.

    Raises:
        UsageError: it needs a passphrase, and there is neither a terminal nor a file to take it from.
        NotDoneError: the folder does not allow it; everything is as it was.
    """
    before = _store_at(path, copy.store_key)
    if before:  # of today: a secret that was changed since does not come back with the old answers
        restored = put_back(path, copy, slots=before.header.slots, after=before.header.counter)
        return restored, _files_named_since(copy, before)
    events = () if path.exists() else whose_computer(means)
    may_use_keyring = SettingChosen(COMPUTER, MINE) in events
    slots = _slots_for(copy, secret, means, may_use_keyring=may_use_keyring)
    # A slot that the copy had already keeps its key, whatever comes of this.
    new_in = None if slots[-1] in copy.header.slots else means.key_store
    with kept_if_in_force(new_in, path, slots[-1]):
        return put_back(path, copy, slots=slots), events


def _slots_for(copy: OpenStore, secret: Secret, means: Means, *, may_use_keyring: bool) -> Slots:
    slots, store_key, store_id = copy.header.slots, copy.store_key, copy.header.store_id
    if may_use_keyring and own_keyring_slot(copy, means.key_store) is None:
        question = _(
            "Shall this computer's own keyring remember the key, so that nothing need be typed here?"
        )
        by_keyring = offered_keyring_slot(means, store_key, store_id, question)
        if by_keyring:
            return (*slots, by_keyring)
    if _wants_passphrase(slots, secret, means):
        new = wrap_key(store_key, new_passphrase(means), store_id, costs=means.costs)
        return (*(slot for slot in slots if slot.type is not SlotType.PASSPHRASE), new)
    return slots


def _wants_passphrase(slots: Slots, secret: Secret, means: Means) -> bool:
    if means.passphrase_file or all(slot.type is SlotType.RECOVERY for slot in slots):
        return True
    if means.terminal is None or not isinstance(secret, RecoveryCode):
        return False
    return means.terminal.confirm(
        _(
            "The recovery code is right. Choose a new passphrase now? The old one will no longer open your "
            "answers; the code stays good."
        ),
        default=True,
    )


def _store_at(path: Path, store_key: bytes) -> OpenStore | None:
    """Return the store that is replaced, where the same key opens it: then it can be believed."""
    try:
        return open_with_key(path, read_store(path), store_key)
    except HygieneError:
        return None


def _files_named_since(copy: OpenStore, before: OpenStore) -> tuple[Event, ...]:
    """Return what the copy does not know of the files that were written: erasing has to name them."""
    known = {statement.id for statement in copy.record.statements}
    return tuple(
        statement.event
        for statement in before.record.statements
        if statement.id not in known and isinstance(statement.event, BackupWritten | ReportWritten)
    )
