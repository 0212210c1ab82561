"""Who signs what, how many of them it takes, and for how long: TUF's four roles at our two levels.

Level 1, yearly: every person's key signs everything, alone. Level 2: the root needs two of the people and the
spare; lists, one person; snapshot and timestamp, the one freshness key. Expiries: root two years, lists 13
months, so that a yearly release has a month to spare, snapshot and timestamp 35 days, so that a monthly job
has four days; at level 1 they last as long as the lists, since nothing renews them in between.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.distribution.publishing.keys import tuf_key
from hygiene.distribution.publishing.workshop import FRESHNESS, SPARE, Level, Member, Workshop
from hygiene.model.dates import add_months

if TYPE_CHECKING:
    from tuf.api.metadata import Metadata, Root

ROOT, TARGETS, SNAPSHOT, TIMESTAMP = "root", "targets", "snapshot", "timestamp"
ROOT_MONTHS, LISTS_MONTHS = 24, 13
FRESH_DAYS = 35
_ROOT_THRESHOLD = {Level.YEARLY: 1, Level.FULL: 2}
_PEOPLES: Mapping[Level, tuple[str, ...]] = {
    Level.YEARLY: (ROOT, TARGETS, SNAPSHOT, TIMESTAMP),
    Level.FULL: (ROOT, TARGETS),
}


class RootChange(Struct, frozen=True):
    """How a root differs from the one before.

    Attributes:
        added: key ids that sign from now on, and for which roles.
        removed: key ids that sign nothing any more.
        moved: key ids whose roles change, and to which.
        thresholds: how many signatures root and lists need from now on, where that changes.
    """

    added: Mapping[str, tuple[str, ...]]
    removed: tuple[str, ...]
    moved: Mapping[str, tuple[str, ...]]
    thresholds: Mapping[str, int]


def roles_of(name: str, level: Level) -> tuple[str, ...]:
    """Return the roles that a member's key has."""
    if name == SPARE:
        return (ROOT,)
    return (SNAPSHOT, TIMESTAMP) if name == FRESHNESS else _PEOPLES[level]


def member(name: str, level: Level, public: str = "") -> Member:
    """Return a member with the roles of the level."""
    keyid = tuf_key(public).keyid if public else ""
    return Member(name, public, keyid, roles_of(name, level))


def expiry(role: str, level: Level, now: datetime) -> datetime:
    """Return until when a role's metadata holds, in UTC to the second."""
    if role in (SNAPSHOT, TIMESTAMP) and level is Level.FULL:
        return now.replace(microsecond=0) + timedelta(days=FRESH_DAYS)
    months = ROOT_MONTHS if role == ROOT else LISTS_MONTHS
    return datetime.combine(add_months(now.date(), months), now.time().replace(microsecond=0), now.tzinfo)


def threshold(role: str, workshop: Workshop) -> int:
    """Return how many signatures a role needs."""
    if role == ROOT:
        return _ROOT_THRESHOLD[workshop.level]
    return workshop.approvals if role == TARGETS else 1


def make_root(workshop: Workshop, version: int, now: datetime) -> Metadata[Root]:
    """Return the root that the workshop asks for, unsigned; those who have not joined are left out."""
    from tuf.api.metadata import Metadata, Role, Root

    names = (ROOT, TARGETS, SNAPSHOT, TIMESTAMP)
    root = Root(
        version,
        expires=expiry(ROOT, workshop.level, now),
        roles={name: Role([], threshold(name, workshop)) for name in names},
    )
    for each in workshop.members:
        for role in each.roles if each.public else ():
            root.add_key(tuf_key(each.public), role)
    return Metadata(root)


def is_enough(root: Root) -> bool:
    """Return whether every role has as many keys as it needs signatures."""
    return all(len(role.keyids) >= role.threshold for role in root.roles.values())


def compare_roots(before: Root | None, after: Root) -> RootChange:
    """Return how a root differs from the one before; everything is new where there was none."""
    old, new = _roles_by_key(before), _roles_by_key(after)
    changed = {
        name: after.roles[name].threshold
        for name in (ROOT, TARGETS)  # one freshness key is enough at any level
        if before is None or before.roles[name].threshold != after.roles[name].threshold
    }
    return RootChange(
        added={keyid: roles for keyid, roles in new.items() if keyid not in old},
        removed=tuple(keyid for keyid in old if keyid not in new),
        moved={keyid: roles for keyid, roles in new.items() if keyid in old and old[keyid] != roles},
        thresholds=changed,
    )


def _roles_by_key(root: Root | None) -> Mapping[str, tuple[str, ...]]:
    if root is None:
        return {}
    return {
        keyid: tuple(name for name, role in root.roles.items() if keyid in role.keyids) for keyid in root.keys
    }
