"""Opening the store: passphrase file, keyring, question; and where nothing opens it, a choice."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, field

from hygiene.errors import AlteredError, HygieneError, LockedError, NotDoneError
from hygiene.language import N_, _
from hygiene.safety.container import RECOMMENDED, Costs, Slot, SlotType, parse_header
from hygiene.safety.sealing import needs_upgrade, open_slot, wrap_key
from hygiene.safety.secrets import (
    KeyringKey,
    RecoveryCode,
    Secret,
    load_passphrase,
    parse_recovery_code,
    parse_secret,
)
from hygiene.store.beside import previous_of
from hygiene.store.file import OpenStore, open_store, read_store, save_with_slots
from hygiene.usecases.put_back import put_back, set_aside

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
        file: named in the question where it is another file than the store.
    """

    passphrase_file: Path | None
    key_store: KeyStore | None
    terminal: Callable[[], Terminal] | None
    say: Callable[[str], None]
    costs: Costs = field(default=RECOMMENDED)
    file: str = ""

    @property
    def question(self) -> str:
        """The words that ask for a secret."""
        if self.file:
            return _("Passphrase or recovery code of {file}: ").format(file=self.file)
        return _("Passphrase or recovery code: ")


class _RefusedError(AlteredError):
    """The secret is right, and the store refuses. The secret stays at hand for the copy beside it."""

    def __init__(self, error: AlteredError, secret: Secret) -> None:
        super().__init__(error.message, hint=error.hint, **error.values)
        self.secret = secret


class _Step(Enum):
    """What to do after a secret that opened nothing."""

    AGAIN = auto()
    CODE = auto()
    ASIDE = auto()


class SetAsideError(NotDoneError):
    """The person could not open the store and set it aside to begin afresh."""

    def __init__(self) -> None:
        super().__init__(
            N_("the store was set aside; there are no answers yet"), hint=N_("run `hygiene audit` to begin")
        )


def unlock(path: Path, ways: WaysIn) -> OpenStore:
    """Open the store at a path.

    Raises:
        MissingFileError: there is none.
        LockedError: none of the ways opens it.
        AlteredError: one opens it, and its content does not verify.
        SetAsideError: the person had none of its secrets and set it aside.
    """
    try:
        return _strengthened(*open_sealed(path, ways, can_set_aside=True), ways)
    except AlteredError as error:
        if not previous_of(path).exists():
            raise
        if ways.terminal is None or not _goes_back(ways.terminal()):
            raise AlteredError(
                error.message,
                hint=N_("`hygiene store restore --previous --replace` goes back to the copy beside it"),
                **error.values,
            ) from error
        return _put_back_previous(path, ways, error)


def _goes_back(terminal: Terminal) -> bool:
    question = _(
        "The file with your answers cannot be read any more. A copy from before the last change lies beside "
        "it. Go back to that copy? (The damaged file is kept.)"
    )
    return terminal.confirm(question, default=True)


def _put_back_previous(path: Path, ways: WaysIn, error: AlteredError) -> OpenStore:
    previous = previous_of(path)
    if isinstance(error, _RefusedError):  # the secret was right, so it opens the copy as well
        copy = open_store(previous, read_store(previous), error.secret)
    else:
        copy = open_sealed(previous, ways)[0]
    store = put_back(path, copy)
    ways.say(
        _("Your answers are back, as they were before the last change. The damaged file lies beside them.")
    )
    return store


def open_sealed(path: Path, ways: WaysIn, *, can_set_aside: bool = False) -> tuple[OpenStore, Secret]:
    """Open a sealed file, be it the store or a copy of it; return it and the secret that opened it.

    Raises:
        MissingFileError, LockedError, AlteredError, SetAsideError: as for `unlock`.
    """
    sealed = read_store(path)
    if ways.passphrase_file:
        given = load_passphrase(ways.passphrase_file)
        warn_if_open(ways.passphrase_file, readable_by_others=given.readable_by_others, say=ways.say)
        return _opened(path, sealed, given.secret), given.secret
    by_keyring = _by_keyring(path, sealed, ways) if ways.key_store else None
    return by_keyring or _by_asking(path, sealed, ways, can_set_aside=can_set_aside)


def warn_if_open(path: Path, *, readable_by_others: bool, say: Callable[[str], None]) -> None:
    """Say so where others can read a passphrase file."""
    if readable_by_others:
        say(_("Others on this computer can read {path}: chmod 600 keeps it to you.").format(path=path))


def _by_keyring(path: Path, sealed: bytes, ways: WaysIn) -> tuple[OpenStore, Secret] | None:
    from hygiene.safety.keyring_slot import Unavailable

    header, _length = parse_header(sealed)
    if ways.key_store is None or not any(slot.type is SlotType.KEYRING for slot in header.slots):
        return None
    try:
        material = ways.key_store.get(header.store_id)
        if material:
            key = KeyringKey(material)
            return _opened(path, sealed, key), key
    except Unavailable as unavailable:
        ways.say(
            _("{reason}; your passphrase or recovery code opens the store too").format(
                reason=_(unavailable.reason)
            )
        )
    except LockedError:
        ways.say(_("What the system keyring holds does not open this store."))
    return None


def _by_asking(path: Path, sealed: bytes, ways: WaysIn, *, can_set_aside: bool) -> tuple[OpenStore, Secret]:
    if ways.terminal is None:
        raise LockedError(
            N_("the store is locked and there is no terminal to ask for the passphrase"),
            hint=N_(
                "name a file with --passphrase-file or HYGIENE_PASSPHRASE_FILE, or use the system keyring"
            ),
        )
    parse_header(sealed)  # a file that no secret opens is not asked for one
    terminal = ways.terminal()
    secret: Secret | None = _typed_secret(terminal, ways)
    while True:
        try:
            if secret:
                return _opened(path, sealed, secret), secret
        except LockedError:
            terminal.show(_("That does not open your answers."))
        match _next_step(terminal, sealed, can_set_aside=can_set_aside):
            case _Step.AGAIN:
                secret = _typed_secret(terminal, ways)
            case _Step.CODE:
                secret = _typed_code(terminal)
            case _Step.ASIDE:
                secret = None
                if _is_set_aside(path, terminal):
                    raise SetAsideError


def _next_step(terminal: Terminal, sealed: bytes, *, can_set_aside: bool) -> _Step:
    header, _length = parse_header(sealed)
    steps = {_Step.AGAIN: _("Try again: capital letters count")}
    if any(slot.type is SlotType.RECOVERY for slot in header.slots):
        steps[_Step.CODE] = _("Use the recovery code")
    if can_set_aside:
        steps[_Step.ASIDE] = _("I have neither: keep the old answers unopened and start again")
    return tuple(steps)[terminal.choose(_("What now?"), tuple(steps.values()))]


def _typed_secret(terminal: Terminal, ways: WaysIn) -> Secret | None:
    """Return what the person typed, or None after saying that it can be no secret."""
    try:
        return parse_secret(terminal.secret(ways.question))
    except NotDoneError as error:
        terminal.show(_in_sentences(error))
        return None


def _typed_code(terminal: Terminal) -> RecoveryCode | None:
    """Return the code that the person typed, asked for until it is one; None where the line is left empty."""
    question = _("Recovery code, 7 groups of 4 (it shows while you type; an empty line goes back): ")
    while words := terminal.line(question):
        try:
            return RecoveryCode(parse_recovery_code(words))
        except NotDoneError as error:
            terminal.show(_in_sentences(error))
    return None


def _in_sentences(error: HygieneError) -> str:
    """Return an error and its hint as they are said in the middle of a talk."""
    return " ".join(f"{words[:1].upper()}{words[1:]}." for words in (_(error.message), _(error.hint)))


def _is_set_aside(path: Path, terminal: Terminal) -> bool:
    question = _(
        "Nothing is deleted, but without a secret nobody can read the earlier answers, not even you. "
        "Keep them unopened, and begin with none?"
    )
    if not terminal.confirm(question, default=False):
        return False
    aside = set_aside(path)
    terminal.show(
        _(
            "Your answers are kept. Should a secret turn up, `hygiene store restore FILE --replace` brings "
            "them back. They are in {path}"
        ).format(path=aside)
    )
    return True


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
    return any(_is_twin(slot, opened) for slot in header.slots)


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
