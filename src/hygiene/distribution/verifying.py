"""Verifying a whole state of a source at once, without TUF's memory and without its source.

What an update does step by step (TUF's client workflow, 5.3 to 5.7) without its memory and its clock: every
signature and threshold, every hash and version.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import TYPE_CHECKING, Final, TypeVar

from msgspec import Struct

from hygiene.distribution.failures import UnusableReleaseError
from hygiene.distribution.release import RELEASE_BYTES, TARGET, too_large
from hygiene.distribution.source import FORMAT
from hygiene.language import N_

if TYPE_CHECKING:
    from securesystemslib.signer import Signature
    from tuf.api.metadata import MetaFile, Root, Signed, Snapshot, TargetFile, Targets, Timestamp

ROLES: Final = ("root", "timestamp", "snapshot", "targets")
"""In the order in which each is verified by those before it."""

_TARGETS: Final = "targets.json"

_Role = TypeVar("_Role", "Timestamp", "Snapshot", "Targets")
_Part = TypeVar("_Part", bound="Signed")


class Kept(Struct, frozen=True):
    """One state of a source, as the text of its metadata files.

    Attributes:
        roots: those that were followed, in order; those up to the pinned one are passed over.
        format: the form of `verified.json`.
    """

    roots: tuple[str, ...]
    timestamp: str
    snapshot: str
    targets: str
    format: int = FORMAT

    @property
    def root_files(self) -> Iterator[bytes]:
        """The roots as they were signed."""
        return (root.encode() for root in self.roots)


class State(Struct, frozen=True):
    """What a state that verified says.

    Attributes:
        lists: length and hashes of the lists.
        expires: when the first part of it runs out, UTC.
    """

    lists: TargetFile
    expires: datetime


class Link(Struct, frozen=True):
    """A root in a chain of them, and the bytes that it was read from."""

    root: Root
    data: bytes


def verify_state(pinned: bytes, kept: Kept) -> State:
    """Return what a state says, with every signature and hash verified from the pinned root on.

    When it was valid is not looked at here: an update saw to that.

    Raises:
        tuf.api.exceptions.RepositoryError: something in it is not as signed.
        UnusableReleaseError: it is signed, and has no lists, or too large ones.
    """
    from tuf.api.metadata import Snapshot, Targets, Timestamp

    root = chain_from(pinned, kept.root_files)[-1].root
    timestamp = _signed(Timestamp, root, kept.timestamp)
    snapshot = _signed(Snapshot, root, kept.snapshot, timestamp.snapshot_meta)
    targets = _signed(Targets, root, kept.targets, snapshot.meta.get(_TARGETS))
    expires = min(root.expires, timestamp.expires, snapshot.expires, targets.expires)
    return State(_lists_of(targets), expires)


def chain_from(pinned: bytes, later: Iterable[bytes] = ()) -> tuple[Link, ...]:
    """Return the roots that a pinned one leads to, itself first: each one is allowed by the one before it.

    Args:
        pinned: trusted as it is.
        later: in order; those that are no newer than the pinned one are passed over.

    Raises:
        tuf.api.exceptions.RepositoryError: one does not follow.
    """
    from tuf.api.exceptions import BadVersionNumberError
    from tuf.api.metadata import Root

    trusted, payload, signatures = loaded(Root, pinned)
    trusted.verify_delegate(Root.type, payload, signatures)
    chain = [Link(trusted, pinned)]
    for data in later:
        root, payload, signatures = loaded(Root, data)
        if root.version <= chain[0].root.version:
            continue
        if root.version != chain[-1].root.version + 1:
            raise BadVersionNumberError(Root.type)
        chain[-1].root.verify_delegate(Root.type, payload, signatures)
        root.verify_delegate(Root.type, payload, signatures)
        chain.append(Link(root, data))
    return tuple(chain)


def is_same(lists: TargetFile, data: bytes) -> bool:
    """Return whether the lists are these."""
    from tuf.api.exceptions import LengthOrHashMismatchError

    try:
        lists.verify_length_and_hashes(data)
    except LengthOrHashMismatchError:
        return False
    return True


def loaded(kind: type[_Part], data: bytes) -> tuple[_Part, bytes, dict[str, Signature]]:
    """Return the part that was signed, its bytes as they were signed, and the signatures, not yet verified.

    Raises:
        tuf.api.exceptions.RepositoryError: it is none, or that of another role.
    """
    from tuf.api.exceptions import RepositoryError
    from tuf.api.metadata import Metadata

    found = Metadata.from_bytes(data)
    if not isinstance(found.signed, kind):
        raise RepositoryError(kind.type)
    return found.signed, found.signed_bytes, found.signatures


def _lists_of(targets: Targets) -> TargetFile:
    lists = targets.targets.get(TARGET)
    if lists is None:
        raise UnusableReleaseError(
            N_("there are no lists in what was signed"),
            hint=N_("please tell the people who publish these lists"),
        )
    if lists.length > RELEASE_BYTES:
        raise too_large()
    return lists


def _signed(kind: type[_Role], root: Root, text: str, said: MetaFile | None = None) -> _Role:
    """Return a role's part, signed by the root's keys for it and as the role before it says."""
    from tuf.api.exceptions import BadVersionNumberError, LengthOrHashMismatchError
    from tuf.api.metadata import Timestamp

    signed, payload, signatures = loaded(kind, text.encode())
    root.verify_delegate(kind.type, payload, signatures)
    if said:
        said.verify_length_and_hashes(text.encode())
        if signed.version != said.version:
            raise BadVersionNumberError(kind.type)
    elif kind is not Timestamp:
        raise LengthOrHashMismatchError(kind.type)
    return signed
