"""What waits for signatures in the folder `staged/`: a root, or lists that more than one person signs."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from hygiene.distribution.publishing import metadata
from hygiene.distribution.publishing.composing import Lists
from hygiene.distribution.publishing.keys import PrivateKey
from hygiene.distribution.publishing.placing import put
from hygiene.distribution.publishing.repository import Published
from hygiene.distribution.publishing.roles import ROOT, TARGETS
from hygiene.distribution.release import RELEASE_BYTES, TARGET
from hygiene.errors import AlteredError
from hygiene.language import N_
from hygiene.safety.files import MissingFileError, read_bounded

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root

_ROOT, _TARGETS = f"{ROOT}.json", f"{TARGETS}.json"


def stage_root(folder: Path, root: Metadata[Root], keys: Iterable[PrivateKey] = ()) -> None:
    """Sign a root with these keys, and let it wait for the others.

    Raises:
        NotDoneError: it could not be written.
    """
    metadata.sign(root, keys)
    put(folder / _ROOT, root.to_bytes())


def staged_root(folder: Path, before: Published | None) -> Metadata[Root] | None:
    """Return the root that waits, or None; one that is published by now waits no longer.

    Raises:
        AlteredError: it is damaged.
    """
    try:
        found, _data = metadata.load(folder / _ROOT, ROOT)
    except MissingFileError:
        return None
    is_next = found.signed.version == (before.root.signed.version + 1 if before else 1)
    return found if is_next else None


def stage_lists(folder: Path, lists: Lists) -> None:
    """Let lists wait for the signatures of others.

    Raises:
        NotDoneError: they could not be written.
    """
    put(folder / TARGET, lists.data)
    put(folder / _TARGETS, lists.targets_bytes)


def staged_lists(folder: Path, before: Published | None) -> Lists | None:
    """Return the lists that wait, or None; lists whose number was published meanwhile wait no longer.

    Raises:
        AlteredError: they are damaged, or not what was signed.
    """
    from tuf.api.exceptions import LengthOrHashMismatchError

    try:
        targets, data = metadata.load(folder / _TARGETS, TARGETS)
        lists = read_bounded(folder / TARGET, RELEASE_BYTES)
    except MissingFileError:
        return None
    if before and targets.signed.version < before.next_version(TARGETS):
        return None
    try:
        targets.signed.targets[TARGET].verify_length_and_hashes(lists)
    except (LengthOrHashMismatchError, KeyError):
        raise AlteredError(
            N_("the lists that wait for signatures are not those that were signed"),
            hint=N_("`hygiene publish sign` makes them anew; ask who changed the shared folder"),
        ) from None
    return Lists(targets, data, lists)


def clear(folder: Path) -> None:
    """Take away everything that waits."""
    for name in (_ROOT, _TARGETS, TARGET):
        (folder / name).unlink(missing_ok=True)
