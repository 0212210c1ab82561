"""Which file of what a person gave may be the export of a password manager, told by how it begins."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cached_property
from weakref import WeakKeyDictionary

from hygiene.evidence.csv_rows import first_rows
from hygiene.evidence.json_text import keys_by_depth
from hygiene.safety.archives import Bundle

_HEAD = 64 * 1024  # bytes; a vault's folders come before its logins
_MOST = 64  # members looked at; the export of a password manager has a handful
_DEEPEST = 3  # levels of JSON that tell the products apart
_ROWS = 30
_KINDS = (".csv", ".json", ".data", ".xml", ".kdbx", ".kdb", ".pgp", ".txt")
_SEEN: WeakKeyDictionary[Bundle, tuple[Candidate, ...]] = WeakKeyDictionary()


class Candidate:
    """One member, and how it begins.

    Attributes:
        name: in its bundle.
        head: its first bytes.
        alone: whether it is all that was given.
    """

    def __init__(self, name: str, head: bytes, *, alone: bool = True) -> None:
        self.name = name
        self.head = head
        self.alone = alone

    @cached_property
    def keys(self) -> tuple[frozenset[str], ...]:
        """The keys of its first three levels, if it is JSON."""
        return keys_by_depth(self.head, _DEEPEST)

    @cached_property
    def rows(self) -> list[list[str]]:
        """Its first rows, if it is CSV."""
        rows = first_rows(self.head, _ROWS)
        return rows[:-1] if len(self.head) == _HEAD and len(rows) < _ROWS else rows


def candidates(bundle: Bundle) -> tuple[Candidate, ...]:
    """Return what may be an export; every reader is asked, and the bundle is looked at once."""
    if bundle not in _SEEN:
        _SEEN[bundle] = tuple(_candidates(bundle))
    return _SEEN[bundle]


def find(bundle: Bundle, fits: Callable[[Candidate], bool]) -> Candidate | None:
    """Return the first member that fits, the least deep ones first; None where none does."""
    return next(filter(fits, candidates(bundle)), None)


def _candidates(bundle: Bundle) -> Iterator[Candidate]:
    names = bundle.names
    alone = len(names) == 1
    if not alone:
        # No password manager packs a tar, and each member of one is unpacked from the beginning again.
        told = (name for name in names if name.casefold().endswith(_KINDS) and bundle.label != "tar")
        names = tuple(sorted(told, key=lambda name: (name.count("/"), len(name)))[:_MOST])
    for name in names:
        yield Candidate(name, bundle.head(name, _HEAD), alone=alone)
