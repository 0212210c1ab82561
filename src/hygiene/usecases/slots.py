"""The ways into a store, changed: passphrase, keyring, recovery code, or all of them at once.

Every change says what it cannot reach: a backup made before opens with the secrets of that day.
"""

from __future__ import annotations

import secrets
from contextlib import suppress

from hygiene.errors import LockedError, NotDoneError, UsageError
from hygiene.language import N_
from hygiene.safety.container import MAX_SLOTS, Slot, SlotType
from hygiene.safety.keyring_slot import KeyStore, Reason, Unavailable
from hygiene.safety.sealing import KEY_BYTES, open_slot, wrap_key
from hygiene.safety.secrets import Passphrase
from hygiene.store.file import NewSlots, OpenStore, save_with_slots
from hygiene.usecases.new_secrets import (
    Means,
    forget_key,
    kept_if_in_force,
    new_keyring_slot,
    new_passphrase,
    new_recovery_code,
)
from hygiene.usecases.unlock import keys_in

Slots = tuple[Slot, ...]


def change_passphrase(store: OpenStore, means: Means) -> OpenStore:
    """Give the store a new passphrase in place of the one it had, if any.

    Raises:
        UsageError: there is neither a terminal nor a file to take it from.
        NotDoneError: the store could not be written.
    """
    passphrase = new_passphrase(means)
    new = wrap_key(store.store_key, passphrase, store.header.store_id, costs=means.costs)
    return save_with_slots(store, _replacing(SlotType.PASSPHRASE, new))


def renew_recovery(store: OpenStore, means: Means) -> OpenStore:
    """Give the store a new recovery code; the one before opens it no more.

    Raises:
        UsageError: there is neither a terminal nor a file for the code.
        NotDoneError: the file or the store could not be written; the code before stays the right one.
    """
    new = new_recovery_code(means)
    if new is None:
        raise _no_place_for_the_code()
    slot = wrap_key(store.store_key, new.code, store.header.store_id)
    with new.or_void(means, store.path, slot):
        return save_with_slots(store, _replacing(SlotType.RECOVERY, slot))


def remember_in_keyring(store: OpenStore, key_store: KeyStore) -> OpenStore:
    """Let this computer's keyring open the store; other computers' keyrings go on opening it.

    Raises:
        Unavailable: the keyring did not take the key.
        NotDoneError: the store could not be written.
    """
    if own_keyring_slot(store, key_store):
        return store
    _with_room((*store.header.slots, store.header.slots[0]))  # before the keyring is given a key
    new = new_keyring_slot(key_store, store.store_key, store.header.store_id)
    with kept_if_in_force(key_store, store.path, new):
        return save_with_slots(store, lambda slots: _with_room((*slots, new)))


def forget_keyring(store: OpenStore, key_store: KeyStore) -> Reason | None:
    """Take this computer's keyring out of the ways in, and the key out of the keyring.

    Returns:
        Why the keyring still holds an entry, which opens nothing any more; None where it holds none.

    Raises:
        Unavailable: the keyring does not answer; nothing was changed.
        NotDoneError: it is the last way in but the recovery code, or the store could not be written.
    """
    own = _own_keyring_slot(store, key_store)
    if own is None:
        return None
    _saved(store, lambda slots: tuple(slot for slot in slots if slot.id != own.id))
    return forget_key(key_store, own.id)


def remove(store: OpenStore, slot_type: SlotType, key_store: KeyStore | None) -> OpenStore:
    """Take all ways in of a kind away.

    Args:
        store: opened.
        slot_type: which.
        key_store: without a passphrase, this computer's keyring has to be a way in, and to answer.

    Raises:
        NotDoneError: there is none, what is left would not do, or the store could not be written.
    """
    if not any(slot.type is slot_type for slot in store.header.slots):
        raise NotDoneError(
            N_("the store has no such way in"), hint=N_("`hygiene store status` shows those that it has")
        )
    if slot_type is SlotType.PASSPHRASE and own_keyring_slot(store, key_store) is None:
        raise _too_few()
    return _saved(store, lambda slots: tuple(slot for slot in slots if slot.type is not slot_type))


def rotate(store: OpenStore, means: Means, passphrase: Passphrase | None) -> OpenStore:
    """Seal the store with a new key: a new recovery code, and of all keyrings only this computer's.

    Args:
        store: opened.
        means: the keyring, and where the recovery code goes.
        passphrase: asked for again; it stays the same. None where the store has none.

    Raises:
        LockedError: that is not the passphrase.
        UsageError: there is neither a terminal nor a file for the recovery code.
        NotDoneError: the store could not be written; everything is as it was.
    """
    store_id, key = store.header.store_id, secrets.token_bytes(KEY_BYTES)
    slots: Slots = ()
    if passphrase:
        open_slot(store.header, passphrase)
        slots = (wrap_key(key, passphrase, store_id, costs=means.costs),)
    before = own_keyring_slot(store, means.key_store)
    if not (passphrase or before):
        raise _too_few()
    new = new_recovery_code(means)
    if new is None:
        raise _no_place_for_the_code()
    recovery = wrap_key(key, new.code, store_id)
    with new.or_void(means, store.path, recovery):
        if before is None or means.key_store is None:
            return save_with_slots(store, lambda _: (*slots, recovery), store_key=key)
        by_keyring = _renewed(means.key_store, key, store_id)
        with kept_if_in_force(means.key_store, store.path, by_keyring, replaces=before):
            return save_with_slots(store, lambda _: (*slots, recovery, by_keyring), store_key=key)


def _renewed(key_store: KeyStore, store_key: bytes, store_id: bytes) -> Slot:
    try:
        return new_keyring_slot(key_store, store_key, store_id)
    except Unavailable as unavailable:
        raise NotDoneError(
            unavailable.reason, hint=N_("nothing was changed; add --no-keyring to do without it")
        ) from None


def is_passphrase_of(store: OpenStore, words: str) -> bool:
    """Return whether these words are the passphrase of the store."""
    try:
        open_slot(store.header, Passphrase(words))
    except (LockedError, ValueError):  # a lone surrogate is no text
        return False
    return True


def own_keyring_slot(store: OpenStore, key_store: KeyStore | None) -> Slot | None:
    """Return the slot that this computer's keyring opens, or None."""
    with suppress(Unavailable):
        return _own_keyring_slot(store, key_store) if key_store else None
    return None


def _own_keyring_slot(store: OpenStore, key_store: KeyStore) -> Slot | None:
    for key in keys_in(key_store, store.header.slots):
        with suppress(LockedError):
            return open_slot(store.header, key).slot
    return None


def _replacing(slot_type: SlotType, new: Slot) -> NewSlots:
    return lambda slots: _with_room((*(slot for slot in slots if slot.type is not slot_type), new))


def _with_room(slots: Slots) -> Slots:
    if len(slots) > MAX_SLOTS:
        raise NotDoneError(
            N_("the store has no room for one more way in"),
            hint=N_("`hygiene store rotate` takes the keyrings of other computers away"),
        )
    return slots


def _saved(store: OpenStore, new_slots: NewSlots) -> OpenStore:
    try:
        return save_with_slots(store, new_slots)
    except ValueError as error:
        raise _too_few() from error


def _too_few() -> NotDoneError:
    return NotDoneError(
        N_("there would be too few ways into the store"),
        hint=N_(
            "it needs a passphrase, or the keyring together with a recovery code: `hygiene store passphrase`"
        ),
    )


def _no_place_for_the_code() -> UsageError:
    return UsageError(
        N_("a new recovery code is needed, and there is nowhere to put it"),
        hint=N_("name a new file with --recovery-file, or run this in a terminal"),
    )
