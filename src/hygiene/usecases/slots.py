"""The ways into a store, changed: passphrase, keyring, recovery code, or all of them at once.

Every change says what it cannot reach: a backup made before opens with the secrets of that day.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from hygiene.errors import HygieneError, LockedError, NotDoneError, UsageError
from hygiene.language import N_, _
from hygiene.safety.container import MAX_SLOTS, Slot, SlotType
from hygiene.safety.keyring_slot import Item, KeyStore, Unavailable
from hygiene.safety.sealing import KEY_BYTES, open_slot, wrap_key
from hygiene.safety.secrets import KeyringKey, Passphrase
from hygiene.store.file import NewSlots, OpenStore, save_with_slots
from hygiene.usecases.new_secrets import (
    Means,
    new_keyring_slot,
    new_passphrase,
    new_recovery_code,
)

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
    code = new_recovery_code(means)
    if code is None:
        raise _no_place_for_the_code()
    new = wrap_key(store.store_key, code, store.header.store_id)
    return _or_without_code(means, lambda: save_with_slots(store, _replacing(SlotType.RECOVERY, new)))


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
    return save_with_slots(store, lambda slots: _with_room((*slots, new)))


def forget_keyring(store: OpenStore, key_store: KeyStore) -> OpenStore:
    """Take this computer's keyring out of the ways in, and the key out of the keyring.

    Raises:
        Unavailable: the keyring does not answer.
        NotDoneError: it is the last way in but the recovery code, or the store could not be written.
    """
    own = own_keyring_slot(store, key_store)
    if own:
        store = _saved(store, lambda slots: tuple(slot for slot in slots if slot.id != own.id))
    for item in Item:
        key_store.delete(store.header.store_id, item)
    return store


def remove(store: OpenStore, slot_type: SlotType) -> OpenStore:
    """Take all ways in of a kind away.

    Raises:
        NotDoneError: there is none, what is left would not do, or the store could not be written.
    """
    if not any(slot.type is slot_type for slot in store.header.slots):
        raise NotDoneError(
            N_("the store has no such way in"), hint=N_("`hygiene store status` shows those that it has")
        )
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
    before = _own_keyring_key(store, means.key_store)
    if not (passphrase or before):
        raise _too_few()
    code = new_recovery_code(means)
    if code is None:
        raise _no_place_for_the_code()
    slots = (*slots, wrap_key(key, code, store_id))
    if before is None or means.key_store is None:
        return _or_without_code(means, lambda: save_with_slots(store, lambda _: slots, store_key=key))
    key_store = means.key_store

    def with_keyring() -> OpenStore:
        with _keyring_as_it_was(store_id, before, key_store):
            all_slots = (*slots, new_keyring_slot(key_store, key, store_id))
            return save_with_slots(store, lambda _: all_slots, store_key=key)

    return _or_without_code(means, with_keyring)


@contextmanager
def _keyring_as_it_was(store_id: bytes, before: KeyringKey, key_store: KeyStore) -> Iterator[None]:
    """Put the key that opens the store now back into the keyring, if what follows fails."""
    try:
        yield
    except (HygieneError, Unavailable) as error:
        with suppress(Unavailable):
            key_store.put(store_id, before.material)
        if isinstance(error, Unavailable):
            raise NotDoneError(
                N_("{reason}; nothing was changed"),
                hint=N_("add --no-keyring to do without it"),
                reason=_(error.reason),
            ) from None
        raise


def own_keyring_slot(store: OpenStore, key_store: KeyStore | None) -> Slot | None:
    """Return the slot that this computer's keyring opens, or None."""
    key = _own_keyring_key(store, key_store)
    return open_slot(store.header, key).slot if key else None


def _own_keyring_key(store: OpenStore, key_store: KeyStore | None) -> KeyringKey | None:
    """Return what this computer's keyring holds for the store, if that opens it."""
    if key_store is None:
        return None
    try:
        material = key_store.get(store.header.store_id)
        if material is None:
            return None
        key = KeyringKey(material)
        open_slot(store.header, key)
    except (Unavailable, LockedError):
        return None
    return key


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


def _or_without_code(means: Means, work: Callable[[], OpenStore]) -> OpenStore:
    """Do the work; if it fails, a code in a file that opens nothing would only mislead."""
    try:
        return work()
    except HygieneError:
        if means.recovery_file:
            means.recovery_file.unlink(missing_ok=True)
        raise


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
