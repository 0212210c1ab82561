"""Asking for the secret of a sealed file, until it opens or the person takes another way."""

from __future__ import annotations

from collections.abc import Callable
from enum import Enum, auto
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.errors import HygieneError, LockedError, NotDoneError
from hygiene.language import N_, _
from hygiene.safety.container import Slot, SlotType
from hygiene.safety.secrets import (
    Passphrase,
    RecoveryCode,
    Secret,
    is_mistyped_recovery_code,
    parse_recovery_code,
    parse_secret,
)
from hygiene.store.file import OpenStore
from hygiene.usecases.put_back import set_aside

if TYPE_CHECKING:
    from hygiene.engine.questions import Terminal


class Lock(Struct, frozen=True):
    """A sealed file that wants a secret.

    Attributes:
        slots: its ways in.
        open_with: opens it, or raises `LockedError`.
        is_store: whether it is the store itself, which can be set aside, and not a copy named by the person.
    """

    path: Path
    slots: tuple[Slot, ...]
    open_with: Callable[[Secret], OpenStore]
    is_store: bool

    def has(self, slot_type: SlotType) -> bool:
        """Return whether a secret of that kind can open it."""
        return any(slot.type is slot_type for slot in self.slots)


class SetAsideError(NotDoneError):
    """The person could not open the store and set it aside to begin afresh."""

    def __init__(self) -> None:
        super().__init__(
            N_("the store was set aside; there are no answers yet"), hint=N_("run `hygiene audit` to begin")
        )


class _Step(Enum):
    """What to do after a secret that opened nothing."""

    AGAIN = auto()
    CODE = auto()
    ASIDE = auto()
    STOP = auto()


def ask_until_open(lock: Lock, terminal: Terminal) -> tuple[OpenStore, Secret]:
    """Return the opened file and the secret that opened it.

    Raises:
        SetAsideError: the person had none of its secrets and set it aside.
        KeyboardInterrupt: they want to stop.
        AlteredError: the secret is right, and the content does not verify.
    """
    secret = _typed_secret(lock, terminal)
    while True:
        if secret:
            try:
                return lock.open_with(secret), secret
            except LockedError:
                terminal.show(_("That does not open your answers."))
                if isinstance(secret, Passphrase) and is_mistyped_recovery_code(secret.text):
                    terminal.show(_("It looks like a recovery code with a slip: compare it group by group."))
        match _next_step(lock, terminal):
            case _Step.AGAIN:
                secret = _typed_secret(lock, terminal)
            case _Step.CODE:
                secret = _typed_code(terminal)
            case _Step.ASIDE:
                secret = None
                offer_to_set_aside(lock.path, terminal)
            case _Step.STOP:
                raise KeyboardInterrupt


def offer_to_set_aside(path: Path, terminal: Terminal) -> None:
    """Ask whether to keep a store that cannot be opened under another name, and do it on a yes.

    Raises:
        SetAsideError: it was done.
        NotDoneError: the folder does not allow it.
    """
    question = _(
        "Nothing is deleted, but without the passphrase or the code nobody can read the earlier answers, not "
        "even you. Keep them unopened, and start again without them?"
    )
    if not terminal.confirm(question, default=False):
        return
    aside = set_aside(path)
    terminal.show(
        _(
            "Your answers are kept. Should the passphrase or the code turn up, `hygiene store restore FILE "
            "--replace` brings them back. They are in {path}"
        ).format(path=aside)
    )
    raise SetAsideError


def _next_step(lock: Lock, terminal: Terminal) -> _Step:
    steps = {_Step.AGAIN: _("Try again (capital letters, accents and spaces count)")}
    if lock.has(SlotType.RECOVERY):
        steps[_Step.CODE] = _("Use the recovery code")
    if lock.is_store:
        steps[_Step.ASIDE] = _("I have neither: keep the old answers unopened and start again")
    steps[_Step.STOP] = _("Stop; nothing is changed")
    return tuple(steps)[terminal.choose(_("What now?"), tuple(steps.values()))]


def _typed_secret(lock: Lock, terminal: Terminal) -> Secret | None:
    """Return what the person typed; None where they typed nothing, or what can be no secret."""
    words = terminal.secret(_question(lock))
    try:
        return parse_secret(words) if words else None
    except NotDoneError as error:
        terminal.show(_in_sentences(error))
        return None


def _question(lock: Lock) -> str:
    if not lock.is_store:
        return _("Passphrase or recovery code of {file} (nothing shows while you type): ").format(
            file=lock.path.name
        )
    if lock.has(SlotType.PASSPHRASE):
        return _("Passphrase or recovery code (nothing shows while you type): ")
    return _("Recovery code (nothing shows while you type): ")


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
