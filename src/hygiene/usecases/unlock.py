"""Opening the store: passphrase file, keyring, question; and where nothing opens it, a choice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from hygiene.engine.state import current_state
from hygiene.errors import AlteredError, HygieneError, LockedError, NotDoneError
from hygiene.language import N_, _, ngettext
from hygiene.safety.container import RECOMMENDED, Costs, Slot, SlotType, parse_header
from hygiene.safety.sealing import needs_upgrade, open_slot, wrap_key
from hygiene.safety.secrets import KeyringKey, Secret, SecretFile, load_passphrase
from hygiene.store.beside import previous_of
from hygiene.store.file import OpenStore, open_store, read_store, save_with_slots
from hygiene.usecases.locked_out import Lock, ask_until_open, offer_to_set_aside
from hygiene.usecases.put_back import put_back

if TYPE_CHECKING:
    from hygiene.engine.questions import Terminal
    from hygiene.safety.keyring_slot import KeyStore


class WaysIn(Struct, frozen=True):
    """How this run may open the store.

    Attributes:
        passphrase_file: named by the person; when it is, nothing else is tried.
        key_store: the system keyring, or None where it is switched off.
        terminal: where to ask; None without one.
        say: tells the person something on the way.
        costs: what deriving a key from a passphrase should cost today.
        load: reads a passphrase file.
    """

    passphrase_file: Path | None
    key_store: KeyStore | None
    terminal: Callable[[], Terminal] | None
    say: Callable[[str], None]
    costs: Costs = field(default=RECOMMENDED)
    load: Callable[[Path], SecretFile] = load_passphrase


class _RefusedError(AlteredError):
    """The secret is right, and the store refuses. The secret stays at hand for the copy beside it."""

    def __init__(self, error: AlteredError, secret: Secret) -> None:
        super().__init__(error.message, hint=error.hint, **error.values)
        self.secret = secret


def unlock(path: Path, ways: WaysIn) -> OpenStore:
    """Open the store at a path.

    Raises:
        MissingFileError: there is none.
        LockedError: none of the ways opens it.
        AlteredError: one opens it, and its content does not verify.
        SetAsideError: the person had none of its secrets and set it aside.
    """
    try:
        return _strengthened(*open_sealed(path, ways, is_store=True), ways)
    except AlteredError as error:
        if ways.terminal is None:
            raise _with_the_way_back(error, path) from error
        terminal = ways.terminal()
        terminal.show(_("The file with your answers cannot be read any more: it was damaged or altered."))
        if not previous_of(path).exists():
            offer_to_set_aside(path, terminal)
            raise
        copy = _previous(path, ways, error)
        if not _goes_back(copy, terminal):
            raise _with_the_way_back(error, path) from error
        store = put_back(path, copy)
        terminal.show(_("Your answers are back, as they were then. The damaged file is kept beside them."))
        return store


def _with_the_way_back(error: AlteredError, path: Path) -> AlteredError:
    if not previous_of(path).exists():
        return error
    hint = N_("`hygiene store restore --previous --replace` goes back to the copy beside it")
    return AlteredError(error.message, hint=hint, **error.values)


def _previous(path: Path, ways: WaysIn, error: AlteredError) -> OpenStore:
    """Return the copy beside a damaged store."""
    previous = previous_of(path)
    if isinstance(error, _RefusedError):  # the secret was right, so it opens the copy as well
        return open_store(previous, read_store(previous), error.secret)
    return open_sealed(previous, ways)[0]


def _goes_back(copy: OpenStore, terminal: Terminal) -> bool:
    answers = len(current_state(copy.record).answers)
    question = ngettext(
        "A copy from before the last change lies beside it, with {count} answer. Go back to that copy?",
        "A copy from before the last change lies beside it, with {count} answers. Go back to that copy?",
        answers,
    )
    if not answers:
        question = _("A copy lies beside it, from before your first answers: it holds none. Go back to it?")
    return terminal.confirm(question.format(count=answers), default=bool(answers))


def open_sealed(path: Path, ways: WaysIn, *, is_store: bool = False) -> tuple[OpenStore, Secret]:
    """Open a sealed file; return it and the secret that opened it.

    Args:
        path: the store, or a copy of it.
        ways: how it may be opened.
        is_store: whether it may be set aside where nothing opens it.

    Raises:
        MissingFileError, LockedError, AlteredError, SetAsideError: as for `unlock`.
    """
    sealed = read_store(path)
    if ways.passphrase_file:
        given = ways.load(ways.passphrase_file)
        warn_if_open(ways.passphrase_file, readable_by_others=given.readable_by_others, say=ways.say)
        return _opened(path, sealed, given.secret), given.secret
    by_keyring = _by_keyring(path, sealed, ways) if ways.key_store else None
    return by_keyring or _by_asking(path, sealed, ways, is_store=is_store)


def warn_if_open(path: Path, *, readable_by_others: bool, say: Callable[[str], None]) -> None:
    """Say so where others can read a passphrase file."""
    if readable_by_others:
        say(_("Others on this computer can read {path}: chmod 600 keeps it to you.").format(path=path))


def _by_keyring(path: Path, sealed: bytes, ways: WaysIn) -> tuple[OpenStore, Secret] | None:
    from hygiene.safety.keyring_slot import Unavailable

    header, _length = parse_header(sealed)
    if ways.key_store is None or not any(slot.type is SlotType.KEYRING for slot in header.slots):
        return None
    tried = False
    try:
        for key in keys_in(ways.key_store, header.slots):
            tried = True
            with suppress(LockedError):
                return _opened(path, sealed, key), key
    except Unavailable as unavailable:
        words = _("{reason}; your passphrase or recovery code opens the store too")
        if not any(slot.type is SlotType.PASSPHRASE for slot in header.slots):
            words = _("{reason}; your recovery code opens the store too")
        ways.say(words.format(reason=_(unavailable.reason)))
    if tried:
        ways.say(_("What the system keyring holds does not open this store."))
    return None


def keys_in(key_store: KeyStore, slots: tuple[Slot, ...]) -> Iterator[KeyringKey]:
    """Yield what a keyring holds for the keyring slots among these: each has an entry of its own.

    Raises:
        Unavailable: it cannot be used.
    """
    for slot in slots:
        material = key_store.get(slot.id) if slot.type is SlotType.KEYRING else None
        if material:
            yield KeyringKey(material)


def _by_asking(path: Path, sealed: bytes, ways: WaysIn, *, is_store: bool) -> tuple[OpenStore, Secret]:
    if ways.terminal is None:
        raise LockedError(
            N_("the store is locked and there is no terminal to ask for the passphrase"),
            hint=N_(
                "name a file with --passphrase-file or HYGIENE_PASSPHRASE_FILE, or use the system keyring"
            ),
        )
    header, _length = parse_header(sealed)
    lock = Lock(path, header.slots, lambda secret: _opened(path, sealed, secret), is_store)
    return ask_until_open(lock, ways.terminal())


def _opened(path: Path, sealed: bytes, secret: Secret) -> OpenStore:
    try:
        return open_store(path, sealed, secret)
    except AlteredError as error:
        raise _RefusedError(error, secret) from error
    except LockedError as error:
        if _is_slot_damaged(path, sealed, secret):
            raise _RefusedError(_spoilt_slot(), secret) from error
        raise


def _spoilt_slot() -> AlteredError:
    return AlteredError(
        N_("the store is damaged: what you gave is right, but the lock that it fits was changed"),
        hint=N_("`hygiene store restore FILE --replace` puts a backup in its place; this file is kept"),
    )


def _is_slot_damaged(path: Path, sealed: bytes, secret: Secret) -> bool:
    """Return whether the secret opens the copy beside, by a slot of which the store has a spoilt twin.

    A secret that was taken away on another computer opens an old copy too, but has no slot here any more.
    """
    try:
        before, _length = parse_header(read_store(previous_of(path)))
        opened = open_slot(before, secret).slot
    except HygieneError:
        return False
    header, _length = parse_header(sealed)
    has_lost_its_id = header.store_id != before.store_id and opened in header.slots
    return has_lost_its_id or any(_is_twin(slot, opened) for slot in header.slots)


def _is_twin(one: Slot, other: Slot) -> bool:
    return one != other and (one.id == other.id or one.nonce == other.nonce or one.wrapped == other.wrapped)


def _strengthened(store: OpenStore, secret: Secret, ways: WaysIn) -> OpenStore:
    """Return the store with today's costs on its passphrase slot, where it had less and may be written."""
    weak = store.opened_with
    if weak is None or not needs_upgrade(weak, ways.costs):
        return store
    try:
        strong = wrap_key(store.store_key, secret, store.header.store_id, costs=ways.costs)
        return save_with_slots(
            store, lambda slots: tuple(strong if slot.id == weak.id else slot for slot in slots)
        )
    except NotDoneError:  # a disk that is read only, or a small memory: another time
        return store
