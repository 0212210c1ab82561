"""Secrets that a store is given: a passphrase that somebody chooses, a recovery code, a keyring's key."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import chain, count
from pathlib import Path

from msgspec import Struct, field

from hygiene.engine.questions import Terminal
from hygiene.errors import HygieneError, NotDoneError, UsageError
from hygiene.language import N_, _
from hygiene.safety import files
from hygiene.safety.container import RECOMMENDED, Costs, Slot, SlotType, parse_header
from hygiene.safety.keyring_slot import Item, KeyStore, Reason, Unavailable
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import (
    KEYRING_KEY_BYTES,
    RECOVERY_BYTES,
    KeyringKey,
    Passphrase,
    RecoveryCode,
    load_passphrase,
    parse_new_passphrase,
    render_recovery_code,
)
from hygiene.store.file import read_store
from hygiene.usecases.unlock import warn_if_open

_SHORTEST = 12
_CODE_FILE = "hygiene-recovery-code.txt"


class Means(Struct, frozen=True):
    """How this run may give a store new secrets.

    Attributes:
        terminal: None without one.
        passphrase_file: holds the passphrase that the store is to have.
        recovery_file: where a recovery code goes, if the person named a file.
        key_store: the system keyring, or None where it is switched off.
        say: tells the person something.
        costs: of deriving a key from a passphrase.
    """

    terminal: Terminal | None
    passphrase_file: Path | None
    recovery_file: Path | None
    key_store: KeyStore | None
    say: Callable[[str], None]
    costs: Costs = field(default=RECOMMENDED)

    def tell(self, message: str) -> None:
        """Say something where the person looks."""
        if self.terminal:
            self.terminal.show(message)
        else:
            self.say(message)


def new_passphrase(means: Means) -> Passphrase:
    """Return a passphrase that the person chose, typed twice, or the one of a file.

    Raises:
        UsageError: there is neither a terminal nor a file.
        NotDoneError: the file holds none.
    """
    if means.passphrase_file:
        return _passphrase_in(means.passphrase_file, means)
    if means.terminal is None:
        raise UsageError(
            N_("a new passphrase is needed, and there is no terminal to ask for it"),
            hint=N_("name a file with --new-passphrase-file"),
        )
    means.tell(
        _(
            "Choose a passphrase: four or five words that you will still know in a year. "
            "Nothing is shown while you type."
        )
    )
    while True:
        words = means.terminal.secret(_("New passphrase: "))
        if len(words) < _SHORTEST:
            means.tell(_("A little longer, please: at least 12 characters, such as four words."))
        elif means.terminal.secret(_("Once more: ")) != words:
            means.tell(_("The two are not the same. Let us try again."))
        else:
            return parse_new_passphrase(words)


class NewCode(Struct, frozen=True):
    """A recovery code that the person has, and that no store knows yet.

    Attributes:
        file: that was written with it, if any.
    """

    code: RecoveryCode
    file: Path | None

    @contextmanager
    def or_void(self, means: Means, path: Path, slot: Slot) -> Iterator[None]:
        """Say that the code is void, and delete its file, if the store did not get its slot after all."""
        try:
            yield
        except BaseException:
            if not is_in_force(path, slot):
                _void(self.file, means)
            raise


def new_recovery_code(means: Means) -> NewCode | None:
    """Return a code that the person has, on paper or in a file; None where it could reach nobody.

    Raises:
        NotDoneError: the file is there already or could not be written.
    """
    code = RecoveryCode(secrets.token_bytes(RECOVERY_BYTES))
    words = render_recovery_code(code.material)
    if means.recovery_file:
        check_recovery_file(means)
        files.write_atomically(means.recovery_file, f"{words}\n".encode())
        return NewCode(code, means.recovery_file)
    if means.terminal:
        return NewCode(code, _show_code(means, means.terminal, words))
    return None


def is_in_force(path: Path, slot: Slot) -> bool:
    """Return whether the store, as it is on the disk now, has this slot."""
    try:
        return slot in parse_header(read_store(path))[0].slots
    except HygieneError:
        return False


@contextmanager
def kept_if_in_force(
    key_store: KeyStore | None, path: Path, slot: Slot, *, replaces: Slot | None = None
) -> Iterator[None]:
    """Let a keyring keep, in the end, only the key of the slot that the store has, however this ends.

    Args:
        key_store: has taken the key of the slot already; None where the slot is of another kind.
        path: where the store is, or is to be.
        slot: that it is being given.
        replaces: the slot of this keyring that it has until then.
    """
    try:
        yield
    finally:
        stale = replaces if is_in_force(path, slot) else slot
        if key_store and stale and stale.type is SlotType.KEYRING:
            forget_key(key_store, stale.id)


def forget_key(key_store: KeyStore, slot_id: bytes) -> Reason | None:
    """Delete what the keyring holds for a slot; return why that could not be done."""
    try:
        for item in Item:
            key_store.delete(slot_id, item)
    except Unavailable as unavailable:
        return unavailable.reason
    return None


def _void(file: Path | None, means: Means) -> None:
    if file:
        file.unlink(missing_ok=True)
    if means.terminal:
        means.tell(_("The new recovery code was not put to use: strike it out."))


def check_recovery_file(means: Means) -> None:
    """Make sure that the recovery code overwrites nothing.

    Raises:
        NotDoneError: the file is there already.
    """
    if means.recovery_file and os.path.lexists(means.recovery_file):
        raise NotDoneError(
            N_("{path} is there already"),
            hint=N_("name a new file for the recovery code"),
            path=means.recovery_file,
        )


def new_keyring_slot(key_store: KeyStore, store_key: bytes, store_id: bytes) -> Slot:
    """Return a slot whose key the system keyring has taken.

    Raises:
        Unavailable: it did not take the key.
    """
    key = KeyringKey(secrets.token_bytes(KEYRING_KEY_BYTES))
    slot = wrap_key(store_key, key, store_id)
    # Under the slot's own name: a key that opens the store until now is not written over.
    key_store.put(slot.id, key.material)
    return slot


def offered_keyring_slot(means: Means, store_key: bytes, store_id: bytes, question: str) -> Slot | None:
    """Return a slot that the system keyring opens, where a real one answers and the person says yes."""
    if means.terminal is None or means.key_store is None:
        return None
    try:
        means.key_store.get(store_id)
    except Unavailable:
        return None
    if not means.terminal.confirm(question, default=True):
        return None
    try:
        return new_keyring_slot(means.key_store, store_key, store_id)
    except Unavailable:
        means.tell(_("The system keyring did not take the key. A passphrase will do."))
        return None


def _passphrase_in(path: Path, means: Means) -> Passphrase:
    loaded = load_passphrase(path)
    warn_if_open(path, readable_by_others=loaded.readable_by_others, say=means.tell)
    if isinstance(loaded.secret, RecoveryCode):
        return parse_new_passphrase(render_recovery_code(loaded.secret.material))
    return loaded.secret


def free_name(path: Path) -> Path:
    """Return the path, or with a number where there is something already: nothing is written over."""
    others = (path.with_name(f"{path.stem}-{number}{path.suffix}") for number in count(2))
    return next(each for each in chain([path], others) if not os.path.lexists(each))


def _show_code(means: Means, terminal: Terminal, words: str) -> Path | None:
    """Show the code until the person has it; return the file that it was written to, if they wanted one."""
    terminal.show(_("Your recovery code opens the store if everything else is forgotten:"))
    terminal.show(f"    {words}")
    terminal.show(
        _(
            "Write it on paper, and keep it away from this computer. "
            "It is shown only now; a copy on this disk would be lost with it."
        )
    )
    if means.passphrase_file:
        return None
    file: Path | None = None
    try:
        if terminal.confirm(
            _("Shall it be written to a file too, for you to print and then delete?"), default=False
        ):
            file = free_name(Path(_CODE_FILE))
            files.write_atomically(file, f"{words}\n".encode())
            terminal.show(_("The code is in {path}").format(path=file.absolute()))
        _make_sure_of_it(terminal, words)
    except KeyboardInterrupt:
        _void(file, means)
        raise
    return file


def _make_sure_of_it(terminal: Terminal, words: str) -> None:
    if terminal.confirm(_("Have you written it down or printed it?"), default=False):
        return
    terminal.show(_("Once more, character by character; 0 is always zero, and I, L, O and U never occur:"))
    for group in words.split("-"):
        terminal.show("    " + " ".join(group))
    if not terminal.confirm(_("Have you written it down or printed it?"), default=False):
        terminal.show(
            _("Without it there is no second way in. `hygiene store recovery` makes another one at any time.")
        )
