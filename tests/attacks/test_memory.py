"""What lies on the employee's disk is believed no more than what comes from outside, and heals itself."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
from tests.attacks.employee import Employee
from tests.attacks.publisher import NOW, SECOND, Publisher
from tests.attacks.transports import Transport

from hygiene.distribution.failures import (
    ClockBehindError,
    DamagedCopyError,
    IncompleteError,
    NothingVerifiedError,
    UnusableReleaseError,
)
from hygiene.distribution.source import write_source
from hygiene.errors import ExitCode

DAMAGED = "the lists of “acme” on this computer were changed since they were verified"


def lists_file(place: Path) -> Path:
    (path,) = (place / "targets").iterdir()
    return path


def a_word_in_the_lists(place: Path) -> None:
    path = lists_file(place)
    path.write_bytes(path.read_bytes().replace(b"Phones", b"Phonez"))


def no_lists(place: Path) -> None:
    lists_file(place).unlink()


def a_word_in_what_was_signed(place: Path) -> None:
    path = place / "verified.json"
    path.write_bytes(path.read_bytes().replace(b"2027-", b"2037-"))


def half_of_what_was_signed(place: Path) -> None:
    path = place / "verified.json"
    path.write_bytes(path.read_bytes()[:100])


def signed_by_somebody_else(place: Path) -> None:
    attacker = Publisher()
    attacker.release(SECOND)
    change(place, timestamp=attacker.files["metadata/timestamp.json"].decode())


def roots_of_somebody_else(place: Path) -> None:
    attacker = Publisher()
    attacker.root.version = 2
    attacker.write(attacker.root)
    kept = json.loads((place / "verified.json").read_bytes())
    change(place, roots=[*kept["roots"], attacker.newest_root.decode()])


def roots_with_a_gap(place: Path) -> None:
    attacker = Publisher()
    attacker.root.version = 3
    attacker.write(attacker.root)
    change(place, roots=[attacker.newest_root.decode()])


def parts_in_each_others_place(place: Path) -> None:
    kept = json.loads((place / "verified.json").read_bytes())
    change(place, snapshot=kept["targets"])


def change(place: Path, **parts: object) -> None:
    path = place / "verified.json"
    path.write_text(json.dumps({**json.loads(path.read_bytes()), **parts}))


DAMAGES: tuple[Callable[[Path], None], ...] = (
    a_word_in_the_lists,
    no_lists,
    a_word_in_what_was_signed,
    half_of_what_was_signed,
    signed_by_somebody_else,
    roots_of_somebody_else,
    roots_with_a_gap,
    parts_in_each_others_place,
)


@pytest.mark.parametrize("damage", DAMAGES, ids=lambda damage: damage.__name__)
def test_lists_that_were_changed_here_are_not_used_and_heal(
    employee: Employee, damage: Callable[[Path], None]
) -> None:
    before = employee.lists()
    damage(employee.place)
    with pytest.raises(DamagedCopyError) as caught:
        employee.lists()
    assert str(caught.value) == DAMAGED
    assert caught.value.hint == "`hygiene update` fetches them again"
    assert caught.value.exit_code is ExitCode.NOT_VERIFIED
    employee.update()
    assert employee.lists() == before


def corrupted(memory: Path) -> None:
    for path in memory.glob("*.json"):
        path.write_bytes(b"{")


def emptied(memory: Path) -> None:
    for path in memory.glob("*.json"):
        path.unlink()


def foreign_root(memory: Path) -> None:
    attacker = Publisher()
    attacker.root.version = 2
    attacker.write(attacker.root)
    (memory / "root_history" / "2.root.json").write_bytes(attacker.newest_root)
    (memory / "root_history" / "1.root.json").write_bytes(attacker.first_root)
    (memory / "root.json").unlink()
    (memory / "root.json").write_bytes(attacker.newest_root)


def foreign_everything(memory: Path) -> None:
    attacker = Publisher()
    attacker.release(SECOND)
    for role in ("timestamp", "1.snapshot", "1.targets"):
        path = memory / f"{role.rpartition('.')[2]}.json"
        path.write_bytes(attacker.files[f"metadata/{role}.json"])


@pytest.mark.parametrize("damage", [corrupted, emptied, foreign_root, foreign_everything])
def test_what_was_done_to_tufs_memory_is_passed_over_and_heals(
    employee: Employee, acme: Publisher, damage: Callable[[Path], None]
) -> None:
    before = employee.lists()
    damage(employee.place / "metadata")
    assert employee.lists() == before
    assert not employee.update().is_new
    acme.release(SECOND)
    employee.transport.put(acme.files)
    assert employee.update().is_new


def test_a_root_of_somebody_else_in_the_first_ones_place_is_refused(employee: Employee) -> None:
    (employee.place / f"{employee.source.fingerprint}.root.json").write_bytes(Publisher().first_root)
    for use in (employee.lists, employee.update):
        with pytest.raises(
            DamagedCopyError, match="what this computer keeps of “acme” was changed"
        ) as caught:
            use()
        assert "hygiene trust remove" in caught.value.hint


def test_an_old_genuine_state_put_back_long_after_it_expired_is_refused(
    employee: Employee, acme: Publisher
) -> None:
    old = {path: path.read_bytes() for path in employee.place.rglob("*.json") if path.name != "source.json"}
    acme.now = NOW + timedelta(days=60)
    acme.release(SECOND)
    employee.transport.put(acme.files)
    employee.update(acme.now)
    for path, data in old.items():
        path.write_bytes(data)
    with pytest.raises(DamagedCopyError):
        employee.lists()


class TestHalfCopied:
    def fails(self, employee: Employee, files: dict[str, bytes]) -> str:
        before = employee.lists()
        employee.transport.put(files)
        with pytest.raises(IncompleteError) as caught:
            employee.update()
        assert employee.lists() == before
        assert caught.value.exit_code is ExitCode.NOT_DONE
        assert caught.value.hint == (
            "try again in a few minutes; until then the lists that you have stay in use"
        )
        return str(caught.value)

    @pytest.mark.parametrize("name", ["2.snapshot.json", "2.targets.json", "timestamp.json", "lists.json"])
    def test_a_file_that_is_not_there_yet_is_waited_for(
        self, employee: Employee, acme: Publisher, name: str
    ) -> None:
        """And once it is there, the update goes through; the halves of before do no harm."""
        acme.release(SECOND)
        rest = {each: data for each, data in acme.files.items() if not each.endswith(name)}
        rest[f"targets/{lists_file(employee.place).name}"] = b"of before"
        words = self.fails(employee, rest)
        assert words == f"“acme” is not complete yet: {name} is missing"
        employee.transport.put(acme.files)
        assert employee.update().is_new

    @pytest.mark.parametrize("name", ["2.snapshot.json", "2.targets.json", "timestamp.json", "lists.json"])
    def test_a_file_that_ends_in_the_middle_is_waited_for(
        self, employee: Employee, acme: Publisher, name: str
    ) -> None:
        acme.release(SECOND)
        cut = {
            each: data[: len(data) // 2] if each.endswith(name) else data for each, data in acme.files.items()
        }
        words = self.fails(employee, cut)
        assert words == f"“acme” is not complete yet: {name} is cut off or damaged"
        employee.transport.put(acme.files)
        assert employee.update().is_new

    def test_keys_that_were_replaced_meanwhile_are_remembered(
        self, employee: Employee, acme: Publisher
    ) -> None:
        """The lists of before stay in use although the key that signed them counts no more."""
        thief = acme.freshness
        acme.rotate("timestamp", acme.freshness, Publisher().freshness, [acme.alice, acme.bob])
        acme.release(SECOND)
        stolen = acme.copy()
        self.fails(employee, {each: data for each, data in acme.files.items() if "2.snapshot" not in each})
        stolen.timestamp.version += 1
        stolen.write(stolen.timestamp, [thief])
        before = employee.lists()
        employee.transport.put({**stolen.files})
        with pytest.raises(Exception, match="is not signed with its publisher"):
            employee.update()
        assert employee.lists() == before


class TestClock:
    def test_a_clock_that_is_behind_is_said_and_does_not_count(
        self, employee: Employee, acme: Publisher
    ) -> None:
        later = NOW + timedelta(days=20)
        employee.update(later)
        taken = employee.update(NOW)
        assert taken.source.latest_seen == later
        assert taken.source.verified_on == later.date()
        (warning,) = taken.warnings
        assert isinstance(warning, ClockBehindError)
        assert str(warning) == (
            "the clock of this computer is behind: it says 22 November 2026, and the last update was on "
            "12 December 2026"
        )
        assert warning.hint.format(**warning.values) == (
            "set it right; until then 12 December 2026 counts for what expires"
        )
        acme.now = NOW - timedelta(days=20)
        acme.renew()
        employee.transport.put(acme.files)
        with pytest.raises(Exception, match=r"expired on 7 December 2026"):
            employee.update(NOW)

    def test_a_few_minutes_are_nobodys_business(self, employee: Employee) -> None:
        taken = employee.update(NOW - timedelta(minutes=9))
        assert taken.warnings == ()
        assert taken.source.latest_seen == NOW

    def test_a_clock_once_far_ahead_is_not_remembered(self, employee: Employee) -> None:
        """Nothing verifies at that time, so that it leaves no trace."""
        with pytest.raises(Exception, match="expired on"):
            employee.update(NOW + timedelta(days=3650))
        assert employee.update(NOW).warnings == ()

    def test_without_a_clock_the_last_update_says_what_expired(self, employee: Employee) -> None:
        assert employee.lists().expired_on is None
        assert employee.lists(NOW - timedelta(days=900)).expired_on is None


class TestRelease:
    def test_one_of_another_source_is_refused(self, employee: Employee, acme: Publisher) -> None:
        before = employee.lists()
        acme.release({}, source="other")
        employee.transport.put(acme.files)
        with pytest.raises(UnusableReleaseError, match="is signed for another source"):
            employee.update()
        assert employee.lists() == before

    def test_one_that_is_announced_too_large_is_not_fetched(
        self, employee: Employee, acme: Publisher
    ) -> None:
        before = employee.lists()
        acme.put_target(b" " * (5 * 1024 * 1024 + 1))
        acme.targets.version += 1
        acme.write(acme.targets)
        acme.renew()
        del acme.files[acme.lists_name]
        employee.transport.put(acme.files)
        with pytest.raises(UnusableReleaseError, match="larger than 5 MiB"):
            employee.update()
        assert employee.lists() == before

    def test_what_was_before_is_told_with_what_is_new(self, employee: Employee, acme: Publisher) -> None:
        before = employee.lists().release
        acme.release(SECOND, title="ACME\u202e", contact="x" * 300)
        employee.transport.put(acme.files)
        taken = employee.update()
        assert taken.is_new
        assert taken.previous == before
        assert taken.source.title == "ACME\ufffd"
        assert len(taken.source.contact) == 200
        assert [path.name for path in (employee.place / "targets").iterdir()] == [
            acme.lists_name.removeprefix("targets/")
        ]

    def test_what_an_earlier_hygiene_took_in_and_this_one_cannot_read_is_no_obstacle(
        self, employee: Employee, acme: Publisher, transport: Transport, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        acme.release(SECOND)
        transport.put(acme.files)
        real = __import__("hygiene.distribution.updating", fromlist=["parse_release"]).parse_release
        old = lists_file(employee.place).read_bytes()

        def parse(data: bytes) -> object:
            if data == old:
                raise UnusableReleaseError("old", hint="old")
            return real(data)

        monkeypatch.setattr("hygiene.distribution.updating.parse_release", parse)
        taken = employee.update()
        assert taken.is_new
        assert taken.previous is None


def test_before_the_first_update_there_is_nothing(employee: Employee) -> None:
    source = employee.source
    (employee.place / "verified.json").unlink()
    with pytest.raises(NothingVerifiedError, match="there are no lists of “acme” on this computer yet"):
        employee.lists()
    assert employee.update().previous is None
    write_source(employee.place, source)
    assert employee.lists().verified_on == NOW.date()
