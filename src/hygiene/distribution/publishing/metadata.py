"""Signed metadata as bytes and as objects, and whether enough of the right keys have signed it."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from hygiene.distribution.publishing.keys import PrivateKey
from hygiene.errors import AlteredError
from hygiene.language import N_
from hygiene.safety.files import read_bounded

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root

LARGEST = 1024 * 1024  # bytes; a client takes less of most roles


def parse(data: bytes, role: str, file: Path) -> Metadata[Any]:
    """Return metadata of a role; its signatures are not looked at.

    Raises:
        AlteredError: it is something else, or damaged.
    """
    from tuf.api.metadata import Metadata
    from tuf.api.serialization import DeserializationError

    try:
        found: Metadata[Any] = Metadata.from_bytes(data)
    except DeserializationError:
        raise _damaged(file) from None
    if found.signed.type != role:
        raise _damaged(file)
    return found


def load(file: Path, role: str) -> tuple[Metadata[Any], bytes]:
    """Return the metadata in a file and its bytes.

    Raises:
        MissingFileError, NotDoneError: it is not there or cannot be read.
        AlteredError: it is something else, or damaged.
    """
    data = read_bounded(file, LARGEST)
    return parse(data, role, file), data


def sign(metadata: Metadata[Any], keys: Iterable[PrivateKey]) -> None:
    """Add the signatures of these keys to the metadata."""
    for key in keys:
        metadata.sign(key.signer(), append=True)


def is_signed(metadata: Metadata[Any], root: Root) -> bool:
    """Return whether metadata other than a root has the signatures that a root asks for."""
    role = metadata.signed.type
    return bool(root.get_verification_result(role, metadata.signed_bytes, metadata.signatures))


def is_root_signed(root: Metadata[Root], before: Root | None) -> bool:
    """Return whether a root has the signatures that itself and the one before ask for."""
    if before and root.signed.version != before.version + 1:
        return False
    return bool(root.signed.get_root_verification_result(before, root.signed_bytes, root.signatures))


class Lack(Struct, frozen=True):
    """Signatures that metadata lacks.

    Attributes:
        count: how many.
        keyids: any of these keys will do.
    """

    count: int
    keyids: tuple[str, ...]


def missing(metadata: Metadata[Any], root: Root, before: Root | None = None) -> tuple[Lack, ...]:
    """Return which signatures metadata lacks.

    Args:
        metadata: a root, or the lists.
        root: that asks for the signatures; for a root, itself.
        before: for a root, the one before, whose keys must sign it too.
    """
    role, payload = metadata.signed.type, metadata.signed_bytes
    asking = [each for each in (before, root) if each]
    results = [each.get_verification_result(role, payload, metadata.signatures) for each in asking]
    lacks = {Lack(each.missing, tuple(sorted(each.unsigned))) for each in results if each.missing}
    return tuple(each for each in lacks if not any(_covers(other, each) for other in lacks - {each}))


def awaited(metadata: Metadata[Any], root: Root, before: Root | None = None) -> frozenset[str]:
    """Return the key ids whose signature may still come; none where enough have signed.

    A signature more would change the bytes, and so the fingerprint that was made known.
    """
    if not missing(metadata, root, before):
        return frozenset()
    role = metadata.signed.type
    keyids = {keyid for each in (before, root) if each for keyid in each.roles[role].keyids}
    return frozenset(keyids - metadata.signatures.keys())


def _covers(one: Lack, other: Lack) -> bool:
    """Return whether the other lack is no more once this one is."""
    return one.count >= other.count and set(one.keyids) <= set(other.keyids)


def _damaged(file: Path) -> AlteredError:
    return AlteredError(
        N_("{file} is damaged, or not what hygiene wrote there"),
        hint=N_("put the file back from a backup of the folder; nothing was published"),
        file=file,
    )
