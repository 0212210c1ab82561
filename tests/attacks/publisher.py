"""A publisher in memory: real keys and real signed metadata, and everything about it can be edited.

`files` is what lies on the host, by name. The four roles are TUF's own objects; change one and `write` it,
with whose keys you like. `release`, `renew` and `rotate` do what an honest publisher does.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from securesystemslib.signer import CryptoSigner
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)

NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
LISTS = "lists.json"
TWO_YEARS, THIRTEEN_MONTHS, FRESH = timedelta(days=730), timedelta(days=395), timedelta(days=35)
Role = Root | Targets | Snapshot | Timestamp
FRESHNESS_ROLES = (Snapshot.type, Timestamp.type)

FIRST = {"acme-phones.yaml": "id: acme-phones\ntitle: Phones\n", "policy.yaml": "password-months: 6\n"}
SECOND = {"acme-phones.yaml": "id: acme-phones\ntitle: Telephones\n"}


def new_key() -> CryptoSigner:
    return CryptoSigner.generate_ed25519()


def release_bytes(files: Mapping[str, str], **fields: object) -> bytes:
    """The target: a release of acme, or what a test makes of it."""
    release = {
        "format": 1,
        "source": "acme",
        "title": "ACME security team",
        "contact": "security@acme.example",
        "released_on": "2026-11-22",
        "files": dict(files),
    }
    return json.dumps({**release, **fields}).encode()


class Publisher:
    """Two people and a spare key: root 2 of 3, targets 1 of 2, one key for snapshot and timestamp.

    Attributes:
        files: what lies on the host, by name.
        alice, bob, spare, freshness: the keys.
        root, targets, snapshot, timestamp: as last written; `targets.targets` names the lists.
        now: by which everything that is written expires.
    """

    def __init__(self, now: datetime = NOW) -> None:
        self.now = now
        self.files: dict[str, bytes] = {}
        self.alice, self.bob, self.spare, self.freshness = (new_key() for _ in range(4))
        self.root = Root(consistent_snapshot=True)
        self.root.roles[Root.type].threshold = 2
        for key in (self.alice, self.bob, self.spare):
            self.root.add_key(key.public_key, Root.type)
        for key in (self.alice, self.bob):
            self.root.add_key(key.public_key, Targets.type)
        for role in FRESHNESS_ROLES:
            self.root.add_key(self.freshness.public_key, role)
        self.targets, self.snapshot, self.timestamp = Targets(), Snapshot(), Timestamp()
        self.targets.version = 0
        self.snapshot.version = 0
        self.timestamp.version = 0
        self.write(self.root)

    @property
    def first_root(self) -> bytes:
        return self.files["metadata/1.root.json"]

    @property
    def newest_root(self) -> bytes:
        return self.files[f"metadata/{self.root.version}.root.json"]

    def release(self, files: Mapping[str, str] = FIRST, **fields: object) -> None:
        """Publish lists: the target, then targets, snapshot and timestamp, each one version on."""
        self.put_target(release_bytes(files, **fields))
        self.targets.version += 1
        self.write(self.targets)
        self.renew()

    def put_target(self, data: bytes, name: str = LISTS) -> None:
        """Name some bytes in targets and put them on the host."""
        target = TargetFile.from_data(name, data, ["sha256"])
        self.targets.targets[name] = target
        self.files[f"targets/{target.get_prefixed_paths()[0]}"] = data

    def renew(self) -> None:
        """Sign snapshot and timestamp again, one version on."""
        self.snapshot.meta["targets.json"] = MetaFile(self.targets.version)
        self.snapshot.version += 1
        self.write(self.snapshot)
        self.timestamp.snapshot_meta = MetaFile(self.snapshot.version)
        self.timestamp.version += 1
        self.write(self.timestamp)

    def rotate(
        self, role: str, old: CryptoSigner, new: CryptoSigner, signers: Iterable[CryptoSigner]
    ) -> None:
        """Put one key in another's place in the root that is in memory, one version on, and write it."""
        self.root.version += 1
        for each in FRESHNESS_ROLES if role in FRESHNESS_ROLES else (role,):
            self.root.revoke_key(old.public_key.keyid, each)
            self.root.add_key(new.public_key, each)
        if role in FRESHNESS_ROLES:
            self.freshness = new
        self.write(self.root, signers)

    def write(self, role: Role, signers: Iterable[CryptoSigner] = (), *, renewed: bool = True) -> None:
        """Sign a role, with its own keys unless others are given, and put it on the host."""
        if renewed:
            role.expires = self.now + self.lifetime(role)
        signed: Metadata[Any] = Metadata(role)
        for key in signers or self.keys_of(role):
            signed.sign(key, append=True)
        self.files[self.name_of(role)] = signed.to_bytes()

    def keys_of(self, role: Role) -> tuple[CryptoSigner, ...]:
        match role:
            case Root():
                return (self.alice, self.bob)
            case Targets():
                return (self.alice,)
            case _:
                return (self.freshness,)

    @staticmethod
    def lifetime(role: Role) -> timedelta:
        match role:
            case Root():
                return TWO_YEARS
            case Targets():
                return THIRTEEN_MONTHS
            case _:
                return FRESH

    @staticmethod
    def name_of(role: Role) -> str:
        versioned = "" if isinstance(role, Timestamp) else f"{role.version}."
        return f"metadata/{versioned}{role.type}.json"

    @property
    def lists_name(self) -> str:
        return f"targets/{self.targets.targets[LISTS].get_prefixed_paths()[0]}"

    def edit(self, name: str, old: bytes, new: bytes) -> None:
        """Change some bytes of a file on the host, as somebody without keys can."""
        assert old in self.files[name]
        self.files[name] = self.files[name].replace(old, new)

    def copy(self) -> Publisher:
        """Another publisher with the same keys who goes on from here alone."""
        return copy.deepcopy(self)
