"""A release that is killed at any point leaves a source that every computer can go on with."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.unit.distribution.publishing.conftest import Employee, Publisher, employee_of

from hygiene.errors import HygieneError
from hygiene.safety.files import write_atomically

Pair = tuple[Publisher, Publisher]


class KilledError(BaseException):
    """The process ends here; nothing of ours may catch it and go on."""


class Steps:
    """Counts everything that changes the disk, and is killed before the one of that number."""

    def __init__(self, last: int) -> None:
        self.done = 0
        self.last = last

    def before(self, act: Callable[..., Any]) -> Callable[..., Any]:
        def stepped(*arguments: Any, **named: Any) -> Any:
            if self.done == self.last:
                raise KilledError
            self.done += 1
            return act(*arguments, **named)

        return stepped


def survives(monkeypatch: pytest.MonkeyPatch, last: int, act: Callable[[], object]) -> bool:
    """Return whether something came to its end before the step of that number, at which it is killed."""
    steps = Steps(last)
    with monkeypatch.context() as patch:
        for module in ("placing", "ring", "memory"):
            name = f"hygiene.distribution.publishing.{module}.write_atomically"
            patch.setattr(name, steps.before(write_atomically))
        patch.setattr(Path, "replace", steps.before(Path.replace))
        patch.setattr(Path, "unlink", steps.before(Path.unlink))
        try:
            act()
        except KilledError:
            return False
    return True


def second_release(pair: Pair) -> Publisher:
    pair[0].write_list("medium")
    return pair[0]


def first_release_again(pair: Pair) -> Publisher:
    return pair[0]


def renewed_root(pair: Pair) -> Publisher:
    alice, bob = pair
    alice.rotate()
    alice.countersign()
    bob.countersign()
    return second_release(pair)


def new_key_of_alice(pair: Pair) -> Publisher:
    alice, bob = pair
    alice.rotate("Alice")
    alice.countersign()
    bob.countersign()
    return second_release(pair)


def new_freshness_key(pair: Pair) -> Publisher:
    alice, bob = pair
    alice.rotate("freshness")
    alice.countersign()
    bob.countersign()
    return second_release(pair)


def alice_revoked_by_bob_who_has_the_freshness_key(pair: Pair) -> Publisher:
    alice, bob = pair
    alice.hand_freshness_to(bob)
    bob.revoke("Alice")
    bob.countersign(with_spare=True)
    second_release(pair)
    return bob


SMOOTH = (
    first_release_again,
    second_release,
    renewed_root,
    new_key_of_alice,
    new_freshness_key,
    alice_revoked_by_bob_who_has_the_freshness_key,
)


def breaking_points(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """Yield after a release that was killed before its first, second … step; the folder is as before each."""
    whole = publisher.root.with_name(f"{publisher.root.name}-before")
    shutil.copytree(publisher.root, whole)
    for step in range(200):
        if survives(monkeypatch, step, publisher.release):
            return
        yield step
        shutil.rmtree(publisher.root)
        shutil.copytree(whole, publisher.root)
    pytest.fail("a release does not take that many steps")


def newest_root(publisher: Publisher) -> int:
    return len(list((publisher.repository / "metadata").glob("*.root.json")))


@pytest.mark.parametrize("prepare", SMOOTH)
def test_at_every_point_old_and_new_computers_update(
    joined: Pair, monkeypatch: pytest.MonkeyPatch, prepare: Callable[[Pair], Publisher]
) -> None:
    """One that has updated before, one that starts at the first root, and one that starts at the newest."""
    alice, _bob = joined
    alice.release()
    employee_of(alice, "employee").update()
    publisher = prepare(joined)
    before = (publisher.share / "lists" / "acme-phones.yaml").read_bytes()
    count = 0
    for _step in breaking_points(publisher, monkeypatch):
        count += 1
        regular = Employee(publisher.root / "employee", publisher.repository, b"")
        seen = regular.update()
        assert employee_of(publisher, "late").update() == seen
        assert employee_of(publisher, "newest", newest_root(publisher)).update() == seen
        publisher.release()
        assert regular.update().files == {"acme-phones.yaml": before}
    assert count >= 12  # five files with two steps each at the least, and what is put away afterwards


def test_the_first_release_breaks_off(joined: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody trusts it yet; the next try makes it whole."""
    alice, _bob = joined
    for _step in breaking_points(alice, monkeypatch):
        alice.release()
        assert employee_of(alice, "employee").update().files


def test_without_the_old_freshness_key_one_step_is_a_gap(
    joined: Pair, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Between root and timestamp no order helps. Computers keep what they have, and the next try mends it."""
    alice, bob = joined
    alice.release()
    employee_of(alice, "employee").update()
    bob.revoke("Alice")
    bob.countersign(with_spare=True)
    gaps = 0
    for _step in breaking_points(bob, monkeypatch):
        regular = Employee(bob.root / "employee", bob.repository, b"")
        try:
            regular.update()
        except HygieneError:
            gaps += 1
            assert regular.kept().files
        bob.release()
        assert regular.update().files
    assert gaps == 3  # one gap: the timestamp begun, written, and not yet under its name


def test_renewing_breaks_off(joined: Pair, monkeypatch: pytest.MonkeyPatch) -> None:
    alice, _bob = joined
    alice.release()
    regular = employee_of(alice, "employee")
    regular.update()
    steps = 0
    while not survives(monkeypatch, steps, alice.renew):
        assert regular.update().files
        steps += 1
    assert steps >= 6
    assert regular.update().files


@pytest.mark.parametrize("what", ["Alice", "freshness"])
def test_a_key_change_that_breaks_off_takes_no_key_away(
    joined: Pair, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    alice, bob = joined
    alice.release()
    regular = employee_of(alice, "employee")
    whole = alice.root.with_name(f"{alice.root.name}-before")
    shutil.copytree(alice.root, whole)
    steps = 0
    while not survives(monkeypatch, steps, lambda: alice.rotate(what)):
        alice.release()  # as before
        regular.update()
        alice.rotate(what)
        alice.countersign()
        bob.countersign()
        alice.release()
        assert regular.update().files
        shutil.rmtree(alice.root)
        shutil.copytree(whole, alice.root)
        steps += 1
    assert steps >= 6


def test_what_a_killed_release_left_is_swept(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    left = alice.repository / "metadata" / ".hygiene-0123456789abcdef.new"
    left.write_bytes(b"half a file")
    alice.release()
    assert not left.exists()
