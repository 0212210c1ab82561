"""What of a published source ends when, and when that wants doing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta

from msgspec import Struct

from hygiene.distribution.publishing.repository import Published
from hygiene.distribution.publishing.roles import ROOT, SNAPSHOT, TARGETS, TIMESTAMP
from hygiene.distribution.publishing.workshop import Level

WARN_DAYS = 30
# Of 35 days, thirty would be a warning for all but the first five; a monthly job leaves four or five.
WARN_DAYS_FRESH = 7


class Deadline(Struct, frozen=True):
    """When one role ends.

    Attributes:
        is_near: it ends within 30 days (snapshot and timestamp of level 2: 7), or has ended.
    """

    role: str
    ends: datetime
    is_near: bool
    is_over: bool


def deadlines(published: Published, level: Level, now: datetime) -> tuple[Deadline, ...]:
    """Return when each role of a published source ends, the root first."""
    return tuple(_deadline(role, ends, level, now) for role, ends in _ends(published).items())


def _ends(published: Published) -> Mapping[str, datetime]:
    ends = {ROOT: published.root.signed.expires}
    if published.offered:
        offered = published.offered
        ends[TARGETS] = offered.targets.signed.expires
        ends[SNAPSHOT] = offered.snapshot.signed.expires
        ends[TIMESTAMP] = offered.timestamp.signed.expires
    return ends


def _deadline(role: str, ends: datetime, level: Level, now: datetime) -> Deadline:
    is_short = level is Level.FULL and role in (SNAPSHOT, TIMESTAMP)
    days = WARN_DAYS_FRESH if is_short else WARN_DAYS
    return Deadline(role, ends, is_near=ends - now <= timedelta(days=days), is_over=ends <= now)
