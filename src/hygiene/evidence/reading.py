"""What every reader of exports is, is given and raises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from msgspec import Struct

from hygiene.errors import NotDoneError
from hygiene.model.evidence import Export, Mark
from hygiene.safety.archives import Bundle


class UnreadableExportError(NotDoneError):
    """The format was recognised, but this file of it cannot be read: encrypted, HTML, damaged, too large."""


class Desk(Struct, frozen=True):
    """What a reader may use besides the file.

    Attributes:
        today: no export was made later.
        mark: takes a password, and keeps of it what may be kept.
        secret: asks for the passphrase of an encrypted file, called by that name; None where nobody can be
            asked.
    """

    today: date
    mark: Callable[[str], Mark]
    secret: Callable[[str], str | None] = lambda _name: None


class Reader(Struct, frozen=True):
    """One format.

    Attributes:
        id: as in `evidence:FORMAT`.
        product: whose export it is, as its makers call it.
        proves: the names of the facts that it can hold.
        how: how one gets such a file, an untranslated sentence.
        recognises: whether something is in that format, by its content; also a variant that `read` refuses.
        read: returns what it proves.
    """

    id: str
    product: str
    proves: tuple[str, ...]
    how: str
    recognises: Callable[[Bundle], bool]
    read: Callable[[Bundle, Desk], Export]
