"""What somebody can do with a stolen key, or with the shared folder, and what it comes to."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.unit.distribution.publishing.conftest import Publisher, employee_of
from tuf.api.metadata import Metadata, Targets

from hygiene.distribution.failures import ForgedError
from hygiene.distribution.publishing import composing
from hygiene.distribution.publishing.composing import Write, write_all
from hygiene.distribution.publishing.keys import PrivateKey
from hygiene.distribution.publishing.repository import load_published
from hygiene.distribution.publishing.workshop import Level
from hygiene.errors import AlteredError, NotDoneError
from hygiene.usecases.publishing import release, waiting

Pair = tuple[Publisher, Publisher]


def versions(publisher: Publisher) -> dict[str, int]:
    metadata = publisher.repository / "metadata"
    found = {}
    for role in ("root", "targets", "snapshot"):
        found[role] = max(int(path.name.partition(".")[0]) for path in metadata.glob(f"*.{role}.json"))
    found["timestamp"] = json.loads((metadata / "timestamp.json").read_text())["signed"]["version"]
    return found


def forge_lists(publisher: Publisher, key: PrivateKey) -> None:
    """Exchange the lists under their published number, signed with a key that was stolen."""
    metadata = publisher.repository / "metadata"
    newest = max(metadata.glob("*.targets.json"), key=lambda path: int(path.name.partition(".")[0]))
    forged: Metadata[Targets] = Metadata.from_bytes(newest.read_bytes())
    data = b"other lists"
    made = composing.make_targets(data, forged.signed.version, Level.FULL, publisher.now)
    made.sign(key.signer())
    newest.write_bytes(made.to_bytes())
    target = made.signed.targets["lists.json"].hashes["sha256"]
    (publisher.repository / "targets" / f"{target}.lists.json").write_bytes(data)


def test_a_stolen_key_for_lists_alone_publishes_nothing(joined: Pair) -> None:
    """Without the freshness key it cannot exchange the lists under their number."""
    alice, bob = joined
    alice.release()
    forge_lists(alice, bob.key("Bob"))
    with pytest.raises(ForgedError):
        employee_of(alice, "employee").update()


def test_a_revoked_key_signs_nothing_any_more(joined: Pair) -> None:
    """With Alice's laptop a thief has her key and the freshness key, and with both he could publish."""
    alice, bob = joined
    alice.release()
    employee = employee_of(alice, "employee")
    employee.update()
    alice.hand_freshness_to(bob)
    bob.revoke("Alice")
    bob.countersign(with_spare=True)
    bob.release()
    employee.update()
    stolen, fresh = alice.key("Alice"), alice.key("freshness")
    published = load_published(alice.repository)
    assert published
    assert published.offered
    data = published.offered.lists.replace(b"Phones", b"Phonez")
    targets = composing.make_targets(data, published.next_version("targets"), Level.FULL, alice.now)
    targets.sign(stolen.signer())
    lists = composing.Lists(targets, targets.to_bytes(), data)
    freshness = composing.Freshness((fresh,), Level.FULL, alice.now)
    for file in composing.compose(published, lists, freshness):
        (alice.repository / file.name).write_bytes(file.data)
    with pytest.raises(ForgedError):
        employee.update()
    assert b"Phones" in employee.kept().files["acme-phones.yaml"]


def test_one_person_and_not_the_spare_cannot_change_the_root(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    alice.rotate("freshness")
    alice.countersign()
    with pytest.raises(NotDoneError, match="waits for a signature"):
        alice.release()
    assert versions(alice)["root"] == 1


def test_signing_the_same_root_twice_is_no_second_signature(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    alice.rotate()
    alice.countersign()
    with pytest.raises(NotDoneError, match="signature is there already"):
        alice.countersign()
    assert [lack.count for lack in waiting.waiting(alice.share).root_lacks] == [1]


def test_a_root_that_is_complete_keeps_its_bytes(joined: Pair) -> None:
    """Its fingerprint was made known: a third signature would change it."""
    alice, _bob = joined
    before = (alice.share / "staged" / "root.json").read_bytes()
    with pytest.raises(NotDoneError, match="not needed"):
        alice.countersign(with_spare=True)
    assert (alice.share / "staged" / "root.json").read_bytes() == before
    alice.release()
    assert (alice.repository / "metadata" / "1.root.json").read_bytes() == before


def test_a_key_that_was_put_into_the_workshop_is_in_no_root_that_nobody_saw(tmp_path: Path) -> None:
    """At the yearly level a release renews the root by itself: as published, not as `workshop.json` says."""
    alice = Publisher(tmp_path, "Alice")
    alice.begin()
    alice.write_list()
    alice.release()
    path = alice.share / "workshop.json"
    workshop = json.loads(path.read_text())
    thief = PrivateKey(b"t" * 32).public
    workshop["members"].append({**workshop["members"][0], "name": "Mallory", "public": thief})
    path.write_text(json.dumps(workshop))
    alice.now = alice.now.replace(year=2028)
    alice.release()
    root = json.loads((alice.repository / "metadata" / "2.root.json").read_text())
    assert thief not in json.dumps(root)


def test_a_changed_level_in_the_workshop_is_noticed(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    path = alice.share / "workshop.json"
    path.write_text(path.read_text().replace('"level": 2', '"level": 1'))
    with pytest.raises(AlteredError, match="another level"):
        alice.release()
    with pytest.raises(AlteredError, match="another level"):
        alice.renew()


def test_a_root_that_waits_is_signed_as_it_was_shown(joined: Pair) -> None:
    """Exchanged between the look and the yes, it gets no signature."""
    alice, bob = joined
    alice.release()
    alice.rotate()
    seen = waiting.waiting(bob.share)
    alice.rotate("Alice")  # another root waits now
    waiting.countersign(bob.bench, seen, None, None)
    staged = json.loads((bob.share / "staged" / "root.json").read_text())["signed"]
    assert seen.root
    assert staged["keys"].keys() == seen.root.signed.keys.keys()


def test_lists_that_wait_and_were_exchanged_are_not_signed(alice: Publisher, bob: Publisher) -> None:
    alice.begin("Bob", approvals=2)
    bob.join()
    bob.countersign()
    alice.countersign()
    alice.write_list()
    alice.sign()
    path = alice.share / "staged" / "lists.json"
    path.write_bytes(path.read_bytes().replace(b"Phones", b"Phonez"))
    with pytest.raises(AlteredError, match="not those that were signed"):
        bob.countersign()


@pytest.mark.parametrize("numbers", ["{}", '{"targets": 8, "snapshot": 8, "timestamp": 8}'])
def test_two_who_release_at_once_do_not_mix(
    joined: Pair, monkeypatch: pytest.MonkeyPatch, numbers: str
) -> None:
    """The slower one stops before anything is in use, also where no name of a file is in the way."""
    alice, bob = joined
    alice.release()
    alice.hand_freshness_to(bob)
    employee = employee_of(alice, "employee")
    (alice.ring.folder / "acme.numbers.json").write_text(numbers)

    def slow(folder: Path, files: tuple[Write, ...], expected: int) -> None:
        monkeypatch.undo()
        alice.write_list("medium")
        alice.release()
        write_all(folder, files, expected)

    monkeypatch.setattr(release, "write_all", slow)
    with pytest.raises(NotDoneError, match="somebody else has published"):
        bob.release()
    assert b"severity: medium" in employee.update().files["acme-phones.yaml"]


def test_numbers_go_on_after_those_of_a_release_that_broke_off(joined: Pair) -> None:
    alice, _bob = joined
    alice.release()
    metadata = alice.repository / "metadata"
    (metadata / "7.targets.json").write_bytes(b"{}")
    (metadata / "9.snapshot.json").write_bytes(b"{}")
    alice.release()
    assert versions(alice) == {"root": 1, "targets": 8, "snapshot": 10, "timestamp": 2}
    assert employee_of(alice, "employee").update().files


@pytest.mark.parametrize(
    "name", ["metadata/1.root.json", "metadata/timestamp.json", "metadata/1.targets.json"]
)
def test_a_damaged_repository_is_not_built_upon(joined: Pair, name: str) -> None:
    alice, _bob = joined
    alice.release()
    path = alice.repository / name
    path.write_bytes(path.read_bytes()[:-20])
    before = {each: each.read_bytes() for each in alice.repository.rglob("*.json")}
    with pytest.raises(AlteredError):
        alice.release()
    assert before == {each: each.read_bytes() for each in alice.repository.rglob("*.json")}


@pytest.mark.parametrize("version", [1, 2, 3])
def test_a_root_of_somebody_else_is_noticed(joined: Pair, version: int) -> None:
    alice, _bob = joined
    alice.release()
    metadata = alice.repository / "metadata"
    forged = json.loads((metadata / "1.root.json").read_text())
    forged["signed"]["version"] = version
    (metadata / "2.root.json").write_text(json.dumps(forged))
    with pytest.raises(AlteredError, match="not signed as a root must be"):
        alice.release()


@pytest.mark.parametrize("pattern", ["metadata/*.targets.json", "metadata/*.snapshot.json", "targets/*"])
def test_a_folder_that_is_still_being_copied_is_not_built_upon(joined: Pair, pattern: str) -> None:
    alice, _bob = joined
    alice.release()
    next(alice.repository.glob(pattern)).unlink()
    with pytest.raises(NotDoneError, match="not complete on this computer"):
        alice.release()
