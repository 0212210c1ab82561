"""The first run: a new store and its secrets, in three plain questions at most."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from pathlib import Path

from msgspec import Struct, field

from hygiene.engine.questions import Terminal
from hygiene.errors import HygieneError, NotDoneError, UsageError
from hygiene.language import N_, _
from hygiene.model.record import Event, SettingChosen
from hygiene.safety import files
from hygiene.safety.container import RECOMMENDED, Costs, Slot
from hygiene.safety.keyring_slot import KeyStore, Unavailable
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
from hygiene.store.file import OpenStore, create_store

COMPUTER = "computer"
MINE, EMPLOYERS = "mine", "employer"
_SHORTEST = 12
_CODE_FILE = "hygiene-recovery-code.txt"
_KEY_BYTES = 32
_ID_BYTES = 16


class Beginning(Struct, frozen=True):
    """What a first run is given.

    Attributes:
        terminal: None without one; then a passphrase file is needed.
        recovery_file: where the recovery code goes, if the person named a file.
        key_store: the system keyring, or None where it is switched off.
        say: tells the person something.
        costs: of deriving a key from a passphrase.
    """

    path: Path
    terminal: Terminal | None
    passphrase_file: Path | None
    recovery_file: Path | None
    key_store: KeyStore | None
    say: Callable[[str], None]
    costs: Costs = field(default=RECOMMENDED)


def begin(given: Beginning) -> tuple[OpenStore, tuple[Event, ...]]:
    """Make a store; return it and what the person said on the way.

    Raises:
        UsageError: there is neither a terminal nor a passphrase file.
        NotDoneError: the store, or the file for the recovery code, could not be written.
    """
    if given.recovery_file and given.recovery_file.exists():
        raise NotDoneError(
            N_("{path} is there already"),
            hint=N_("name a new file for the recovery code"),
            path=given.recovery_file,
        )
    store_key, store_id = secrets.token_bytes(_KEY_BYTES), secrets.token_bytes(_ID_BYTES)
    events = _whose_computer(given)
    is_mine = SettingChosen(COMPUTER, MINE) in events
    first = (_keyring_slot(given, store_key, store_id) if is_mine else None) or wrap_key(
        store_key, _passphrase(given), store_id, costs=given.costs
    )
    code = _recovery_code(given)
    slots = (first, wrap_key(store_key, code, store_id)) if code else (first,)
    try:
        return create_store(given.path, store_key, store_id, slots), events
    except HygieneError:
        if given.recovery_file:  # a code that opens nothing would only mislead
            given.recovery_file.unlink(missing_ok=True)
        raise


def _whose_computer(given: Beginning) -> tuple[Event, ...]:
    if given.terminal is None or given.passphrase_file:
        return ()
    if given.terminal.confirm(_("Is this computer your own (and not your employer's)?"), default=True):
        return (SettingChosen(COMPUTER, MINE),)
    _tell(
        given,
        _(
            "Those who administer this computer can technically read what is opened on it. You can go on "
            "here, with a passphrase that only you know, or continue at home: nothing is stored yet."
        ),
    )
    if not given.terminal.confirm(_("Go on here?"), default=True):
        raise NotDoneError(
            N_("no audit was performed"),
            hint=N_("install hygiene-audit on a computer of your own and begin there"),
        )
    return (SettingChosen(COMPUTER, EMPLOYERS),)


def _keyring_slot(given: Beginning, store_key: bytes, store_id: bytes) -> Slot | None:
    """Return a slot that the system keyring opens, where a real one answers and the person wants it."""
    if given.terminal is None or given.key_store is None:
        return None
    try:
        given.key_store.get(store_id)
    except Unavailable:
        return None
    question = _("Shall this computer's own keyring remember the key? (Otherwise you choose a passphrase.)")
    if not given.terminal.confirm(question, default=True):
        return None
    key = KeyringKey(secrets.token_bytes(KEYRING_KEY_BYTES))
    try:
        given.key_store.put(store_id, key.material)
    except Unavailable:
        _tell(given, _("The system keyring did not take the key. A passphrase will do."))
        return None
    return wrap_key(store_key, key, store_id)


def _passphrase(given: Beginning) -> Passphrase:
    if given.passphrase_file:
        loaded = load_passphrase(given.passphrase_file)
        if loaded.readable_by_others:
            _tell(
                given, _("Others on this computer can read the passphrase file: chmod 600 keeps it to you.")
            )
        if isinstance(loaded.secret, RecoveryCode):
            return parse_new_passphrase(render_recovery_code(loaded.secret.material))
        return loaded.secret
    if given.terminal is None:
        raise UsageError(
            N_("no audit was performed: a new store needs a passphrase, and there is no terminal to ask"),
            hint=N_("name a file with --passphrase-file or HYGIENE_PASSPHRASE_FILE"),
        )
    _tell(
        given,
        _(
            "Choose a passphrase: four or five words that you will still know in a year. "
            "Nothing is shown while you type."
        ),
    )
    while True:
        words = given.terminal.secret(_("Passphrase: "))
        if len(words) < _SHORTEST:
            _tell(given, _("A little longer, please: at least 12 characters, such as four words."))
        elif given.terminal.secret(_("Once more: ")) != words:
            _tell(given, _("The two are not the same. Let us try again."))
        else:
            return parse_new_passphrase(words)


def _recovery_code(given: Beginning) -> RecoveryCode | None:
    """Return a code that the person has, on paper or in a file; None where it could reach nobody."""
    code = RecoveryCode(secrets.token_bytes(RECOVERY_BYTES))
    words = render_recovery_code(code.material)
    if given.recovery_file:
        files.write_atomically(given.recovery_file, f"{words}\n".encode())
    elif given.terminal:
        _show_code(given.terminal, words, is_asked=not given.passphrase_file)
    else:
        _tell(
            given,
            _("No recovery code was made. To have one, name a file with --recovery-file when you begin."),
        )
        return None
    return code


def _show_code(terminal: Terminal, words: str, *, is_asked: bool) -> None:
    terminal.show(_("Your recovery code opens the store if everything else is forgotten:"))
    terminal.show(f"    {words}")
    terminal.show(
        _(
            "Write it on paper, and keep it away from this computer. "
            "It is shown only now; a copy on this disk would be lost with it."
        )
    )
    if not is_asked:
        return
    if terminal.confirm(
        _("Shall it be written to a file too, for you to print and then delete?"), default=False
    ):
        path = Path.cwd() / _CODE_FILE
        files.write_atomically(path, f"{words}\n".encode())
        terminal.show(_("The code is in {path}").format(path=path))
    if not terminal.confirm(_("Have you written it down or printed it?"), default=False):
        for group in words.split("-"):
            terminal.show("    " + " ".join(group))
        if not terminal.confirm(_("Have you written it down or printed it?"), default=False):
            terminal.show(_("Without it, a forgotten passphrase is final. You may begin anew at any time."))


def _tell(given: Beginning, message: str) -> None:
    if given.terminal:
        given.terminal.show(message)
    else:
        given.say(message)
