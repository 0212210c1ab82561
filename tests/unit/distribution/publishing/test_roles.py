"""Who signs, how many, and for how long."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from tests.unit.distribution.publishing.conftest import NOW, Publisher

from hygiene.distribution.publishing.deadlines import deadlines
from hygiene.distribution.publishing.repository import load_published
from hygiene.distribution.publishing.roles import compare_roots, expiry, make_root, member
from hygiene.distribution.publishing.workshop import Level, Workshop

Pair = tuple[Publisher, Publisher]
A, B, S, F = (letter * 64 for letter in "1234")


def workshop(level: Level = Level.FULL, approvals: int = 1) -> Workshop:
    people = [member("Alice", level, A), member("Bob", level, B)]
    others = [member("spare", level, S), member("freshness", level, F)] if level is Level.FULL else []
    return Workshop(name="acme", title="", level=level, approvals=approvals, members=(*people, *others))


def keys_of(space: Workshop) -> dict[str, tuple[set[str], int]]:
    names = {each.keyid: each.name for each in space.members}
    roles = make_root(space, 1, NOW).signed.roles
    return {name: ({names[keyid] for keyid in role.keyids}, role.threshold) for name, role in roles.items()}


def test_level_two_is_two_of_three_one_of_two_and_one_freshness_key() -> None:
    assert keys_of(workshop()) == {
        "root": ({"Alice", "Bob", "spare"}, 2),
        "targets": ({"Alice", "Bob"}, 1),
        "snapshot": ({"freshness"}, 1),
        "timestamp": ({"freshness"}, 1),
    }


def test_both_may_have_to_sign_lists() -> None:
    assert keys_of(workshop(approvals=2))["targets"] == ({"Alice", "Bob"}, 2)


def test_level_one_is_any_person_alone() -> None:
    everybody = ({"Alice", "Bob"}, 1)
    found = keys_of(workshop(Level.YEARLY))
    assert found == dict.fromkeys(("root", "targets", "snapshot", "timestamp"), everybody)


@pytest.mark.parametrize(
    ("role", "level", "ends"),
    [
        ("root", Level.FULL, datetime(2028, 11, 22, 10, 30, tzinfo=UTC)),
        ("targets", Level.FULL, datetime(2027, 12, 22, 10, 30, tzinfo=UTC)),
        ("snapshot", Level.FULL, datetime(2026, 12, 27, 10, 30, tzinfo=UTC)),
        ("timestamp", Level.FULL, datetime(2026, 12, 27, 10, 30, tzinfo=UTC)),
        ("root", Level.YEARLY, datetime(2028, 11, 22, 10, 30, tzinfo=UTC)),
        ("timestamp", Level.YEARLY, datetime(2027, 12, 22, 10, 30, tzinfo=UTC)),
    ],
)
def test_expiries(role: str, level: Level, ends: datetime) -> None:
    assert expiry(role, level, NOW) == ends


def test_what_a_root_changes_is_found_by_key() -> None:
    before = make_root(workshop(), 1, NOW).signed
    space = workshop(approvals=2)
    carol = member("Carol", Level.FULL, "5" * 64)
    alice = space.find("alice")
    assert alice
    after = make_root(space.without(alice).with_member(carol), 2, NOW).signed
    change = compare_roots(before, after)
    assert change.added == {carol.keyid: ("root", "targets")}
    assert change.removed == (alice.keyid,)
    assert (change.moved, change.thresholds) == ({}, {"targets": 2})


def test_an_unchanged_root_changes_nothing() -> None:
    root = make_root(workshop(), 1, NOW).signed
    change = compare_roots(root, make_root(workshop(), 2, NOW).signed)
    assert not any((change.added, change.removed, change.moved, change.thresholds))


@pytest.mark.parametrize(
    ("days", "near"),
    [(0, set()), (27, set()), (28, {"snapshot", "timestamp"}), (365, {"targets", "snapshot", "timestamp"})],
)
def test_what_ends_soon(joined: Pair, days: int, near: set[str]) -> None:
    alice, _bob = joined
    alice.release()
    published = load_published(alice.repository)
    assert published
    found = deadlines(published, Level.FULL, NOW + timedelta(days=days))
    assert {each.role for each in found if each.is_near} == near


def test_root_and_lists_are_warned_of_thirty_days_ahead(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    published = load_published(alice.repository)
    assert published
    for role in ("root", "targets"):
        ends = expiry(role, Level.FULL, NOW)
        for days, is_near in ((31, False), (30, True), (-1, True)):
            found = {
                each.role: each for each in deadlines(published, Level.FULL, ends - timedelta(days=days))
            }
            assert (found[role].is_near, found[role].is_over) == (is_near, days < 0)


@pytest.mark.usefixtures("umask_that_hides")
def test_everything_that_is_published_can_be_read_by_a_web_server(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    for path in alice.repository.rglob("*"):
        assert path.stat().st_mode & 0o777 == (0o755 if path.is_dir() else 0o644), path
    for name in ("workshop.json", "lists/_released.json"):
        assert (alice.share / name).stat().st_mode & 0o044


@pytest.fixture
def umask_that_hides() -> Iterator[None]:
    before = os.umask(0o077)
    yield
    os.umask(before)


def test_names_are_what_any_server_takes(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    names = [str(path.relative_to(alice.repository)) for path in alice.repository.rglob("*")]
    assert all(set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789._/-") for name in names)


def test_metadata_names_no_person(joined: Pair) -> None:
    """What ten thousand people fetch says nothing of who publishes."""
    alice, _bob = joined
    alice.release()
    text = "".join(path.read_text() for path in (alice.repository / "metadata").iterdir())
    assert "Alice" not in text
    assert "Bob" not in text
    assert json.loads((alice.repository / "metadata" / "timestamp.json").read_text())


def test_a_release_is_the_same_bytes_for_the_same_lists(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    alice.release()
    assert len(list((alice.repository / "targets").iterdir())) == 1
