"""A release as files in the order in which they are written, so that it may break off after any of them."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from hygiene.distribution.publishing import metadata
from hygiene.distribution.publishing.keys import PrivateKey
from hygiene.distribution.publishing.placing import put
from hygiene.distribution.publishing.repository import (
    Published,
    metadata_name,
    target_name,
    timestamp_version,
)
from hygiene.distribution.publishing.roles import ROOT, SNAPSHOT, TARGETS, TIMESTAMP, expiry
from hygiene.distribution.publishing.workshop import Level
from hygiene.distribution.release import RELEASE_BYTES, TARGET
from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety.files import read_bounded

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root, Targets


class Write(Struct, frozen=True):
    """One file of a release.

    Attributes:
        name: within the repository.
    """

    name: str
    data: bytes


class Lists(Struct, frozen=True):
    """What a release offers.

    Attributes:
        targets: signed; `targets_bytes` are what a snapshot's hash is of.
        data: the one target.
    """

    targets: Metadata[Targets]
    targets_bytes: bytes
    data: bytes


class Freshness(Struct, frozen=True):
    """How snapshot and timestamp are made.

    Attributes:
        keys: that sign them: the root's and, where a root replaces them, also those of the root before.
    """

    keys: tuple[PrivateKey, ...]
    level: Level
    now: datetime


def make_targets(data: bytes, version: int, level: Level, now: datetime) -> Metadata[Targets]:
    """Return the metadata of the one target, unsigned."""
    from tuf.api.metadata import Metadata, TargetFile, Targets

    target = TargetFile.from_data(TARGET, data, ["sha256"])
    return Metadata(Targets(version, expires=expiry(TARGETS, level, now), targets={TARGET: target}))


def compose(
    before: Published | None, lists: Lists, freshness: Freshness, new_root: Metadata[Root] | None = None
) -> tuple[Write, ...]:
    """Return the files of a release in the order in which they are to be written.

    What nothing refers to yet comes first and the timestamp last. A new root comes last of all where the
    other files are good under the root before too: until it is there, clients see a release of the old root.
    Where they are not, as when the old freshness key is lost, it comes just before the timestamp.

    Args:
        before: what was published, None for the first release.
        lists: what is released.
        freshness: how snapshot and timestamp are made.
        new_root: signed, where the root changes.
    """
    digest = hashlib.sha256(lists.data).hexdigest()
    files = [
        Write(target_name(digest), lists.data),
        Write(metadata_name(TARGETS, lists.targets.signed.version), lists.targets_bytes),
    ]
    snapshot, timestamp = _fresh(before, lists, freshness)
    files.append(Write(metadata_name(SNAPSHOT, snapshot.signed.version), snapshot.to_bytes()))
    last = [Write(metadata_name(TIMESTAMP), timestamp.to_bytes())]
    if new_root:
        root = Write(metadata_name(ROOT, new_root.signed.version), new_root.to_bytes())
        is_good_before = before is not None and all(
            metadata.is_signed(each, before.root.signed) for each in (lists.targets, snapshot, timestamp)
        )
        last.insert(1 if is_good_before else 0, root)
    return (*files, *last)


def renewed(before: Published, freshness: Freshness) -> tuple[Write, ...]:
    """Return a new snapshot and a new timestamp of what is published.

    Raises:
        NotDoneError: nothing was released yet, or the root asks for another signature on the lists.
    """
    offered = before.offered
    if offered is None:
        raise NotDoneError(
            N_("nothing was released yet"), hint=N_("`hygiene publish release` makes the first release")
        )
    if not metadata.is_signed(offered.targets, before.root.signed):
        raise NotDoneError(
            N_("the lists are signed by a key that counts no longer"),
            hint=N_("`hygiene publish release` signs and publishes them anew"),
        )
    lists = Lists(offered.targets, offered.targets_bytes, offered.lists)
    return tuple(each for each in compose(before, lists, freshness) if _is_fresh(each.name))


def write_all(folder: Path, files: Iterable[Write], expected: int) -> None:
    """Write the files, in their order, unless somebody else has published in the meantime.

    Args:
        folder: the repository.
        files: as `compose` returns them.
        expected: the number of the timestamp that they follow.

    Raises:
        NotDoneError: a file could not be written, or somebody else was quicker.
    """
    for each in files:
        place = folder / each.name
        is_last_word = each.name == metadata_name(TIMESTAMP)
        if timestamp_version(folder) != expected if is_last_word else _is_taken(place, each.data):
            raise _overtaken()
        put(place, each.data)


def _is_taken(place: Path, data: bytes) -> bool:
    """Return whether something else has this name: a file that has a number is never written over."""
    return place.exists() and read_bounded(place, RELEASE_BYTES) != data


def _fresh(
    before: Published | None, lists: Lists, freshness: Freshness
) -> tuple[Metadata[Any], Metadata[Any]]:
    from tuf.api.metadata import Metadata, MetaFile, Snapshot, Timestamp

    def until(role: str) -> datetime:
        return expiry(role, freshness.level, freshness.now)

    # With hash and length, a stolen key for lists alone cannot put other lists under a published number.
    meta = MetaFile.from_data(lists.targets.signed.version, lists.targets_bytes, ["sha256"])
    version = before.next_version(SNAPSHOT) if before else 1
    snapshot = Metadata(Snapshot(version, expires=until(SNAPSHOT), meta={"targets.json": meta}))
    metadata.sign(snapshot, freshness.keys)
    named = MetaFile.from_data(version, snapshot.to_bytes(), ["sha256"])
    number = before.next_version(TIMESTAMP) if before else 1
    timestamp = Metadata(Timestamp(number, expires=until(TIMESTAMP), snapshot_meta=named))
    metadata.sign(timestamp, freshness.keys)
    return snapshot, timestamp


def _is_fresh(name: str) -> bool:
    return name.endswith((f".{SNAPSHOT}.json", f"/{TIMESTAMP}.json"))


def _overtaken() -> NotDoneError:
    return NotDoneError(
        N_("somebody else has published in the meantime; nothing of this release is in use"),
        hint=N_("look at what they released, then try again"),
    )
