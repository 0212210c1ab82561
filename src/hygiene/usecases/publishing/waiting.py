"""What waits for signatures, shown before it is signed: a root, or lists that more than one person signs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from hygiene.distribution.publishing import metadata, staging
from hygiene.distribution.publishing.metadata import Lack, awaited, missing
from hygiene.distribution.publishing.repository import load_published
from hygiene.distribution.publishing.ring import KeyFile, load_key
from hygiene.distribution.publishing.roles import ROOT, RootChange, compare_roots
from hygiene.distribution.publishing.workshop import REPOSITORY, SPARE, STAGED, Workshop, load_workshop
from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.usecases.publishing.keys import Bench, own_keys
from hygiene.usecases.publishing.opening import Opener

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root

    from hygiene.distribution.publishing.composing import Lists


class Waiting(Struct, frozen=True):
    """What waits for signatures.

    Attributes:
        root: that is to come, or None.
        change: what it changes.
        root_lacks: the signatures that it still needs.
        root_awaits: key ids whose signature may still come.
        lists: that are to come, or None.
        lists_lack: the signatures that they still need.
        lists_await: key ids whose signature may still come.
    """

    workshop: Workshop
    root: Metadata[Root] | None
    change: RootChange | None
    root_lacks: tuple[Lack, ...]
    root_awaits: frozenset[str]
    lists: Lists | None
    lists_lack: tuple[Lack, ...]
    lists_await: frozenset[str]


def waiting(folder: Path) -> Waiting:
    """Return what waits in a workshop.

    Raises:
        NotDoneError, AlteredError: a file of it cannot be used.
    """
    workshop, before = load_workshop(folder), load_published(folder / REPOSITORY)
    root = staging.staged_root(folder / STAGED, before)
    lists = staging.staged_lists(folder / STAGED, before)
    old = before.root.signed if before else None
    newest = root.signed if root else old
    return Waiting(
        workshop,
        root,
        compare_roots(old, root.signed) if root else None,
        missing(root, root.signed, old) if root else (),
        awaited(root, root.signed, old) if root else frozenset(),
        lists,
        missing(lists.targets, newest) if lists and newest else (),
        awaited(lists.targets, newest) if lists and newest else frozenset(),
    )


def countersign(bench: Bench, seen: Waiting, spare: KeyFile | None, spare_opener: Opener | None) -> None:
    """Sign what waits, as it was shown, with the own key and the spare, and let it wait for the others.

    Raises:
        NotDoneError: nothing waits, no key here may sign it, or it could not be written.
        LockedError: a key does not open.
    """
    if seen.root is None and seen.lists is None:
        raise NotDoneError(
            N_("nothing waits for a signature"), hint=N_("`hygiene publish doctor` says how things stand")
        )
    opener = Opener(bench.ways)
    keys = opener.open_all(_own_if_any(bench, seen.workshop, spare), seen.workshop)
    if spare and spare_opener:
        keys[spare.keyid] = spare_opener.open(spare.key)
    for_root = [key for keyid, key in keys.items() if keyid in seen.root_awaits]
    for_lists = [key for keyid, key in keys.items() if keyid in seen.lists_await]
    if not (for_root or for_lists):
        raise NotDoneError(
            N_("your signature is there already, or is not needed"),
            hint=N_("`hygiene publish doctor` says whose is missing"),
        )
    if seen.root and for_root:
        staging.stage_root(bench.folder / STAGED, seen.root, for_root)
    if seen.lists and for_lists:
        metadata.sign(seen.lists.targets, for_lists)
        lists = replace(seen.lists, targets_bytes=seen.lists.targets.to_bytes())
        staging.stage_lists(bench.folder / STAGED, lists)


def load_spare(path: Path, workshop: Workshop) -> KeyFile:
    """Return the spare key, taken from its safe.

    Raises:
        NotDoneError: it is something else.
    """
    found = KeyFile(path, load_key(path))
    if found.key.source != workshop.name or found.key.holder != SPARE:
        raise NotDoneError(
            N_("{path} is not the spare key of “{source}”"),
            hint=N_("check that this is the right file"),
            path=path,
            source=workshop.name,
        )
    return found


def signing(bench: Bench, workshop: Workshop) -> tuple[KeyFile, ...]:
    """Return the own keys that the published root, or the workshop, knows."""
    before = load_published(bench.folder / REPOSITORY)
    known = {each.keyid for each in workshop.members if each.public}
    known |= set(before.root.signed.roles[ROOT].keyids) if before else set()
    return tuple(file for file in own_keys(bench, workshop) if file.keyid in known)


def _own_if_any(bench: Bench, workshop: Workshop, spare: KeyFile | None) -> tuple[KeyFile, ...]:
    """Return the own keys; none is needed where the spare signs."""
    try:
        return signing(bench, workshop)
    except NotDoneError:
        if spare is None:
            raise
        return ()
