"""People who publish, each with a computer of their own, and the shared folder between them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from hygiene.distribution import client
from hygiene.distribution.publishing.keys import PrivateKey, open_key
from hygiene.distribution.publishing.repository import Published
from hygiene.distribution.publishing.ring import Ring, load_key
from hygiene.distribution.publishing.workshop import Level, load_workshop
from hygiene.distribution.release import Release
from hygiene.distribution.source import Source, load_sources
from hygiene.safety.container import Costs
from hygiene.safety.secrets import Passphrase
from hygiene.usecases.new_secrets import Means
from hygiene.usecases.publishing import lists, people, release, roots, waiting
from hygiene.usecases.publishing.keys import Bench, Carried, for_somebody_else
from hygiene.usecases.publishing.opening import Opener
from hygiene.usecases.unlock import WaysIn

NOW = datetime(2026, 11, 22, 10, 30, tzinfo=UTC)
CHEAP = Costs(memory=64, passes=1, lanes=1)
LIST = """\
format: 1
id: acme-phones
version: 2026.11
title: Phones at ACME
checks:
  - id: screen-lock
    title: Lock the screen
    question: Does the screen of your phone lock by itself?
    risk: Whoever finds the phone reads everything on it.
    severity: {severity}
    choices: yes-no
    good: "yes"
    minutes: 2
    steps: ["Open the settings of the phone."]
    sourced: 2026-10
    confidence: medium
"""


@dataclass
class Publisher:
    """One person, at their own computer."""

    root: Path
    name: str
    now: datetime = NOW
    said: list[str] = field(default_factory=list)

    @property
    def share(self) -> Path:
        return self.root / "share"

    @property
    def repository(self) -> Path:
        return self.share / "repository"

    @property
    def ring(self) -> Ring:
        return self.bench.ring("acme")

    def words_file(self, words: str) -> Path:
        path = self.root / f"words-{words.partition(' ')[0]}"
        path.write_text(words)
        path.chmod(0o600)
        return path

    @property
    def bench(self) -> Bench:
        words = self.words_file(f"{self.name} and nobody else")
        means = Means(None, words, None, None, self.said.append, CHEAP)
        ways = WaysIn(words, None, None, self.said.append)
        return Bench(self.share, self.root / f"home-{self.name}", self.now, means, ways)

    def carried(self, name: str, words: str) -> Carried:
        return Carried(self.root / name, for_somebody_else(self.bench.means, self.words_file(words)))

    def begin(self, *others: str, approvals: int = 1) -> None:
        level = Level.FULL if others else Level.YEARLY
        plan = people.Plan("acme", "ACME", "it@acme.example", level, (self.name, *others), approvals)
        spare = self.carried("spare.key", "spare words for the safe") if others else None
        people.begin(self.bench, plan, spare)

    def join(self) -> None:
        people.join(self.bench, self.name)

    def countersign(self, *, with_spare: bool = False) -> None:
        seen = waiting.waiting(self.share)
        if not with_spare:
            waiting.countersign(self.bench, seen, None, None)
            return
        spare = waiting.load_spare(self.root / "spare.key", seen.workshop)
        words = self.words_file("spare words for the safe")
        waiting.countersign(self.bench, seen, spare, Opener(WaysIn(words, None, None, self.said.append)))

    def rotate(self, what: str = "") -> None:
        roots.rotate(self.bench, what)

    def revoke(self, name: str, instead: str = "") -> None:
        roots.revoke(self.bench, name, instead)

    def hand_freshness_to(self, other: Publisher) -> None:
        copy = self.carried("freshness.key", f"{other.name} and nobody else")
        people.give_freshness(self.bench, copy)
        people.take_freshness(other.bench, copy.path)
        copy.path.unlink()

    def write_list(self, severity: str = "high") -> None:
        (self.share / "lists" / "acme-phones.yaml").write_text(LIST.format(severity=severity))

    def collected(self) -> lists.Collected:
        return lists.collect(self.share, load_workshop(self.share), self.now.date())

    def release(self) -> Published:
        return release.release(self.bench, self.collected())

    def sign(self) -> tuple[str, ...]:
        return release.sign(self.bench, self.collected())

    def renew(self) -> Published:
        return release.renew(self.bench)

    def key(self, holder: str) -> PrivateKey:
        return open_key(load_key(self.ring.path(holder)), Passphrase(f"{self.name} and nobody else"))


@dataclass
class Employee:
    """A computer that trusts the source since one of its roots."""

    sources: Path
    address: Path
    root: bytes

    def trust(self, now: datetime = NOW) -> Employee:
        client.pin(self.sources, "acme", str(self.address), self.root, now.date(), managed=False)
        return self

    @property
    def source(self) -> Source:
        return load_sources(self.sources)[0][0]

    def update(self, now: datetime = NOW) -> Release:
        return client.refresh(self.sources, self.source, now).release

    def kept(self) -> Release:
        return client.verified(self.sources, self.source).release


@pytest.fixture
def alice(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path, "Alice")


@pytest.fixture
def bob(tmp_path: Path) -> Publisher:
    return Publisher(tmp_path, "Bob")


@pytest.fixture
def joined(alice: Publisher, bob: Publisher) -> tuple[Publisher, Publisher]:
    """Root 1 waits, signed by both; a list is in work."""
    alice.begin("Bob")
    bob.join()
    bob.countersign()
    alice.countersign()
    alice.write_list()
    return alice, bob


def employee_of(publisher: Publisher, name: str, number: int = 1) -> Employee:
    root = (publisher.repository / "metadata" / f"{number}.root.json").read_bytes()
    return Employee(publisher.root / name, publisher.repository, root).trust(publisher.now)
