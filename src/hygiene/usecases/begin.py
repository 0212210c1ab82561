"""The first run: a new store and its secrets, in three plain questions at most."""

from __future__ import annotations

import secrets
from pathlib import Path

from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_, _
from hygiene.model.record import COMPUTER, EMPLOYERS, MINE, Event, SettingChosen
from hygiene.safety.container import STORE_ID_BYTES, Slot
from hygiene.safety.sealing import KEY_BYTES, wrap_key
from hygiene.store.file import OpenStore, create_store
from hygiene.usecases.new_secrets import (
    Means,
    check_recovery_file,
    kept_if_in_force,
    new_passphrase,
    new_recovery_code,
    offered_keyring_slot,
)


def begin(path: Path, means: Means) -> tuple[OpenStore, tuple[Event, ...]]:
    """Make a store; return it and what the person said on the way.

    Raises:
        UsageError: there is neither a terminal nor a passphrase file.
        NotDoneError: the store, or the file for the recovery code, could not be written.
    """
    if means.terminal is None and not means.passphrase_file:
        raise UsageError(
            N_("no audit was performed: a new store needs a passphrase, and there is no terminal to ask"),
            hint=N_("name a file with --passphrase-file or HYGIENE_PASSPHRASE_FILE"),
        )
    check_recovery_file(means)
    store_key, store_id = secrets.token_bytes(KEY_BYTES), secrets.token_bytes(STORE_ID_BYTES)
    events = whose_computer(means)
    first = None
    if SettingChosen(COMPUTER, MINE) in events:
        question = _(
            "Shall this computer's own keyring remember the key? (Otherwise you choose a passphrase.)"
        )
        first = offered_keyring_slot(means, store_key, store_id, question)
    if first is None:
        first = wrap_key(store_key, new_passphrase(means), store_id, costs=means.costs)
    with kept_if_in_force(means.key_store, path, first):
        return _with_code(path, means, store_key, store_id, first), events


def _with_code(path: Path, means: Means, store_key: bytes, store_id: bytes, first: Slot) -> OpenStore:
    """Make the store with its first way in, and a recovery code where that can reach the person."""
    new = new_recovery_code(means)
    if new is None:
        means.tell(_("No recovery code was made: `hygiene store recovery --recovery-file FILE` makes one."))
        return create_store(path, store_key, store_id, (first,))
    recovery = wrap_key(store_key, new.code, store_id)
    with new.or_void(means, path, recovery):
        return create_store(path, store_key, store_id, (first, recovery))


def whose_computer(means: Means) -> tuple[Event, ...]:
    """Return what the person says of the computer: their own, or their employer's.

    Raises:
        NotDoneError: they would rather go on at home.
    """
    if means.terminal is None or means.passphrase_file:
        return ()
    if means.terminal.confirm(_("Is this computer your own (and not your employer's)?"), default=True):
        return (SettingChosen(COMPUTER, MINE),)
    means.tell(
        _(
            "Those who administer this computer can technically read what is opened on it. You can go on "
            "here, with a passphrase that only you know, or continue at home: nothing is stored yet."
        )
    )
    if not means.terminal.confirm(_("Go on here?"), default=True):
        raise NotDoneError(
            N_("no audit was performed"),
            hint=N_("install hygiene-audit on a computer of your own and begin there"),
        )
    return (SettingChosen(COMPUTER, EMPLOYERS),)
