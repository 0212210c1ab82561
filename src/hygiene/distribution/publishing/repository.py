"""The folder that is put on a web server or a share: every root, and what the timestamp leads to."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.distribution.publishing.metadata import is_root_signed, load
from hygiene.distribution.publishing.roles import ROOT, SNAPSHOT, TARGETS, TIMESTAMP
from hygiene.distribution.release import RELEASE_BYTES, TARGET
from hygiene.errors import AlteredError, NotDoneError
from hygiene.language import N_
from hygiene.safety.files import MissingFileError, read_bounded

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root, Snapshot, Targets, Timestamp

METADATA, TARGET_FOLDER = "metadata", "targets"
_VERSIONED = re.compile(r"([1-9][0-9]{0,9})\.(root|targets|snapshot)\.json")


class Offered(Struct, frozen=True):
    """What the timestamp leads to.

    Attributes:
        targets_bytes: as they were written, which is what a snapshot's hash is of.
        lists: the bytes of the one target.
    """

    timestamp: Metadata[Timestamp]
    snapshot: Metadata[Snapshot]
    targets: Metadata[Targets]
    targets_bytes: bytes
    lists: bytes


class Published(Struct, frozen=True):
    """A repository folder.

    Attributes:
        root: the newest one.
        root_bytes: as it was written, which is what its fingerprint is of.
        offered: None before the first release was finished.
        highest: the highest number that each role has in any file, also of a release that broke off.
    """

    root: Metadata[Root]
    root_bytes: bytes
    offered: Offered | None
    highest: Mapping[str, int]

    def next_version(self, role: str) -> int:
        """Return a number that no file of the role has had, so that no file is ever written over."""
        return self.highest.get(role, 0) + 1


def metadata_name(role: str, version: int | None = None) -> str:
    """Return the name of a metadata file in the repository."""
    return f"{METADATA}/{role}.json" if version is None else f"{METADATA}/{version}.{role}.json"


def target_name(digest: str) -> str:
    """Return the name of the one target, by the SHA-256 of its bytes."""
    return f"{TARGET_FOLDER}/{digest}.{TARGET}"


def load_published(folder: Path) -> Published | None:
    """Return what a repository folder holds; None before its first root.

    Raises:
        NotDoneError: it is there in part only, as while a share is still being copied.
        AlteredError: a file is damaged, or a root is not signed by the one before.
    """
    found = _newest_root(folder)
    if found is None:
        return None
    root, data = found
    offered = _offered(folder)
    highest = _highest(folder / METADATA)
    if offered:
        highest[TIMESTAMP] = offered.timestamp.signed.version
    return Published(root, data, offered, highest)


def timestamp_version(folder: Path) -> int:
    """Return the number of the timestamp that lies there now; 0 where there is none."""
    try:
        found, _data = load(folder / metadata_name(TIMESTAMP), TIMESTAMP)
    except MissingFileError:
        return 0
    version: int = found.signed.version
    return version


def roots(folder: Path) -> tuple[str, ...]:
    """Return the names of all roots, from the first to the newest."""
    found = _newest_root(folder)
    last = found[0].signed.version if found else 0
    return tuple(metadata_name(ROOT, version) for version in range(1, last + 1))


def _newest_root(folder: Path) -> tuple[Metadata[Root], bytes] | None:
    found: tuple[Metadata[Root], bytes] | None = None
    version = 1
    while (file := folder / metadata_name(ROOT, version)).exists():
        root, data = load(file, ROOT)
        if not is_root_signed(root, found[0].signed if found else None):
            raise AlteredError(
                N_("{file} is not signed as a root must be"),
                hint=N_("put the repository back from a backup; employees' machines refuse it too"),
                file=file,
            )
        found, version = (root, data), version + 1
    return found


def _offered(folder: Path) -> Offered | None:
    if not (folder / metadata_name(TIMESTAMP)).exists():
        return None
    timestamp, _data = load(folder / metadata_name(TIMESTAMP), TIMESTAMP)
    try:
        snapshot, _data = load(
            folder / metadata_name(SNAPSHOT, timestamp.signed.snapshot_meta.version), SNAPSHOT
        )
        version = snapshot.signed.meta["targets.json"].version
        targets, targets_bytes = load(folder / metadata_name(TARGETS, version), TARGETS)
        digest = targets.signed.targets[TARGET].hashes["sha256"]
        lists = read_bounded(folder / target_name(digest), RELEASE_BYTES)
    except MissingFileError as error:
        raise NotDoneError(
            N_("the repository is not complete on this computer: {path} is missing"),
            hint=N_("if its folder is synchronised, wait until that is done; else put it back from a backup"),
            path=error.values["path"],
        ) from None
    return Offered(timestamp, snapshot, targets, targets_bytes, lists)


def _highest(folder: Path) -> dict[str, int]:
    highest: dict[str, int] = {}
    for path in folder.iterdir():
        match = _VERSIONED.fullmatch(path.name)
        if match:
            role = match[2]
            highest[role] = max(highest.get(role, 0), int(match[1]))
    return highest
