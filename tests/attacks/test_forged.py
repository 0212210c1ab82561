"""Every attack on a source over every transport: its name, what a person reads, and nothing is lost."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from tests.attacks.employee import Employee
from tests.attacks.publisher import FIRST, LISTS, NOW, SECOND, Publisher, new_key, release_bytes
from tests.attacks.transports import Transport
from tuf.api.metadata import DelegatedRole, Delegations, Metadata, MetaFile, TargetFile, Targets

from hygiene.distribution.failures import (
    ExpiredError,
    ForgedError,
    RolledBackError,
    UnusableReleaseError,
)
from hygiene.errors import ExitCode, HygieneError

FORGED = "what “acme” offers is not signed with its publisher’s present keys, or was changed on the way"
ROLLED_BACK = "“acme” offers an older state than this computer has seen: an old copy, or one put together"
TELL_THEM = (
    "nothing of it was used, and your lists stay as they are; please tell the people who publish these lists"
)

MEGABYTE = 1024 * 1024


def one_word_changed(acme: Publisher) -> None:
    acme.release(SECOND)
    acme.edit(acme.lists_name, b"Telephones", b"Telegraphs")


def a_genuine_list_under_anothers_name(acme: Publisher) -> None:
    genuine = acme.files[acme.lists_name]
    acme.release(SECOND)
    acme.files[acme.lists_name] = genuine


def ten_megabytes_longer(acme: Publisher) -> None:
    acme.release(SECOND)
    acme.files[acme.lists_name] += b" " * 10 * MEGABYTE


def expiry_of_targets(acme: Publisher) -> None:
    acme.release(SECOND)
    acme.edit("metadata/2.targets.json", b"2027-", b"2037-")


def expiry_of_snapshot(acme: Publisher) -> None:
    acme.release(SECOND)
    acme.edit("metadata/2.snapshot.json", b"2026-", b"2036-")


def expiry_of_timestamp(acme: Publisher) -> None:
    acme.release(SECOND)
    acme.edit("metadata/timestamp.json", b"2026-", b"2036-")


def freshness_key_signs_a_changed_list(acme: Publisher) -> None:
    """It is stolen, and has no say over what the lists are."""
    acme.put_target(release_bytes(SECOND))
    acme.targets.version += 1
    acme.write(acme.targets, [acme.freshness])
    acme.renew()


def a_repository_of_their_own(acme: Publisher) -> None:
    attacker = Publisher()
    attacker.release(SECOND)
    attacker.release(SECOND)
    acme.files = attacker.files


def a_root_of_their_own(acme: Publisher) -> None:
    attacker = Publisher()
    attacker.root.version = 2
    attacker.write(attacker.root)
    acme.files["metadata/2.root.json"] = attacker.files["metadata/2.root.json"]


def one_stolen_root_key(acme: Publisher) -> None:
    """Alice's, with which the thief makes themself the publisher."""
    thief = new_key()
    acme.rotate("root", acme.bob, thief, [acme.alice, thief])


def another_kind_of_metadata(acme: Publisher) -> None:
    """Genuine, and signed by keys that may: but a snapshot where targets should be."""
    acme.release(SECOND)
    acme.files["metadata/2.targets.json"] = acme.files["metadata/2.snapshot.json"]


def a_longer_timestamp(acme: Publisher) -> None:
    """Filled up without end, to fill a disk."""
    acme.files["metadata/timestamp.json"] += b" " * MEGABYTE


FORGERIES: tuple[Callable[[Publisher], None], ...] = (
    one_word_changed,
    a_genuine_list_under_anothers_name,
    ten_megabytes_longer,
    expiry_of_targets,
    expiry_of_snapshot,
    expiry_of_timestamp,
    freshness_key_signs_a_changed_list,
    a_repository_of_their_own,
    a_root_of_their_own,
    one_stolen_root_key,
    another_kind_of_metadata,
    a_longer_timestamp,
)


def refused(employee: Employee, acme: Publisher, kind: type[HygieneError], after: timedelta) -> HygieneError:
    """Offer what the publisher's host has now; it is refused, and what was verified before is still there."""
    before = employee.lists()
    employee.transport.put(acme.files)
    with pytest.raises(HygieneError) as caught:
        employee.update(NOW + after)
    assert type(caught.value) is kind
    assert employee.lists() == before
    return caught.value


@pytest.mark.parametrize("attack", FORGERIES, ids=lambda attack: attack.__name__)
def test_what_is_forged_is_refused(
    employee: Employee,
    acme: Publisher,
    attack: Callable[[Publisher], None],
    capfd: pytest.CaptureFixture[str],
) -> None:
    attack(acme)
    error = refused(employee, acme, ForgedError, timedelta())
    assert error.exit_code is ExitCode.NOT_VERIFIED
    assert str(error) == FORGED
    assert error.hint == TELL_THEM
    assert capfd.readouterr() == ("", "")  # the libraries say nothing of their own


def test_a_list_changed_where_nothing_new_was_signed_is_not_even_fetched(
    employee: Employee, acme: Publisher
) -> None:
    before = employee.lists()
    acme.edit(acme.lists_name, b"Phones", b"Phonez")
    employee.transport.put(acme.files)
    assert not employee.update().is_new
    assert employee.lists() == before


def timestamp_that_names_an_old_snapshot(acme: Publisher) -> None:
    acme.timestamp.version += 1
    acme.timestamp.snapshot_meta = MetaFile(1)
    acme.write(acme.timestamp)


def snapshot_that_names_old_targets(acme: Publisher) -> None:
    acme.targets.version = 1
    acme.renew()


class TestRollback:
    @pytest.fixture
    def old_files(self, employee: Employee, acme: Publisher) -> dict[str, bytes]:
        """What lay on the host before the second release, which the employee has."""
        old = dict(acme.files)
        acme.release(SECOND)
        employee.transport.put(acme.files)
        employee.update()
        return old

    def test_an_old_folder_or_last_quarters_zip_is_refused(
        self, employee: Employee, acme: Publisher, old_files: dict[str, bytes]
    ) -> None:
        acme.files = old_files
        error = refused(employee, acme, RolledBackError, timedelta())
        assert error.exit_code is ExitCode.NOT_VERIFIED
        assert str(error) == ROLLED_BACK
        assert error.hint == TELL_THEM

    @pytest.mark.usefixtures("old_files")
    @pytest.mark.parametrize(
        "attack", [timestamp_that_names_an_old_snapshot, snapshot_that_names_old_targets]
    )
    def test_a_stolen_freshness_key_cannot_bring_back_old_lists(
        self, employee: Employee, acme: Publisher, attack: Callable[[Publisher], None]
    ) -> None:
        attack(acme)
        error = refused(employee, acme, RolledBackError, timedelta())
        assert str(error) == ROLLED_BACK

    def test_a_root_of_before_under_the_next_number_is_refused(
        self, employee: Employee, acme: Publisher
    ) -> None:
        acme.files["metadata/2.root.json"] = acme.first_root
        refused(employee, acme, RolledBackError, timedelta())


class TestFreeze:
    @pytest.mark.parametrize("days", [36, 45])
    def test_what_was_not_renewed_is_refused_and_the_day_is_said(
        self, employee: Employee, acme: Publisher, days: int
    ) -> None:
        error = refused(employee, acme, ExpiredError, timedelta(days=days))
        assert error.exit_code is ExitCode.NOT_DONE
        assert str(error) == "what “acme” offers expired on 27 December 2026"
        assert error.hint.startswith("nothing new was taken in, and your lists stay in use")

    def test_keys_that_were_not_renewed_are_refused(self, employee: Employee, acme: Publisher) -> None:
        """The rest was, every month; the root is two years old."""
        acme.now = NOW + timedelta(days=790)
        acme.release(SECOND)
        error = refused(employee, acme, ExpiredError, timedelta(days=800))
        assert str(error) == "what “acme” offers expired on 21 November 2028"

    def test_lists_that_were_not_signed_again_are_refused(self, employee: Employee, acme: Publisher) -> None:
        """A stolen freshness key goes on saying for ever that nothing is new."""
        acme.now = NOW + timedelta(days=396)
        acme.renew()
        error = refused(employee, acme, ExpiredError, timedelta(days=396))
        assert str(error) == "what “acme” offers expired on 22 December 2027"

    def test_a_new_release_that_is_out_of_date_already_is_refused(
        self, employee: Employee, acme: Publisher
    ) -> None:
        acme.now = NOW - timedelta(days=380)
        acme.targets.version = 1
        acme.put_target(release_bytes(SECOND))
        acme.targets.version += 1
        acme.write(acme.targets)
        acme.now = NOW + timedelta(days=20)
        acme.renew()
        error = refused(employee, acme, ExpiredError, timedelta(days=20))
        assert str(error) == "what “acme” offers expired on 7 December 2026"

    def test_the_audit_has_its_lists_years_later(self, employee: Employee) -> None:
        """And it is said since when they are out of date."""
        lists = employee.lists(NOW + timedelta(days=3000))
        assert lists.release.files["acme-phones.yaml"] == FIRST["acme-phones.yaml"].encode()
        assert str(lists.expired_on) == "2026-12-27"
        assert employee.lists(NOW + timedelta(days=34)).expired_on is None

    def test_what_was_renewed_is_taken_again(self, employee: Employee, acme: Publisher) -> None:
        refused(employee, acme, ExpiredError, timedelta(days=45))
        acme.now = NOW + timedelta(days=45)
        acme.renew()
        employee.transport.put(acme.files)
        assert employee.update(acme.now).warnings == ()
        assert employee.lists().expires_on == (acme.now + timedelta(days=35)).date()


class TestDelegation:
    def delegate(self, acme: Publisher) -> None:
        """A department may sign `dept-…`, and signs lists for everybody."""
        department = new_key()
        keyid = department.public_key.keyid
        role = DelegatedRole("dept", [keyid], 1, terminating=False, paths=["dept-*"])
        acme.targets.delegations = Delegations({keyid: department.public_key}, {"dept": role})
        data = release_bytes(SECOND)
        theirs = Targets(expires=NOW + timedelta(days=30))
        theirs.targets[LISTS] = TargetFile.from_data(LISTS, data, ["sha256"])
        signed = Metadata(theirs)
        signed.sign(department)
        acme.files["metadata/1.dept.json"] = signed.to_bytes()
        acme.files[f"targets/{theirs.targets[LISTS].get_prefixed_paths()[0]}"] = data
        acme.snapshot.meta["dept.json"] = MetaFile(1)
        acme.targets.version += 1
        acme.write(acme.targets)
        acme.renew()

    def test_a_departments_key_cannot_sign_for_everybody(self, employee: Employee, acme: Publisher) -> None:
        acme.targets.targets.clear()
        self.delegate(acme)
        error = refused(employee, acme, UnusableReleaseError, timedelta())
        assert str(error) == "there are no lists in what was signed"

    def test_what_the_publisher_signs_wins(self, employee: Employee, acme: Publisher) -> None:
        before = employee.lists().release
        self.delegate(acme)
        employee.transport.put(acme.files)
        assert not employee.update().is_new
        assert employee.lists().release == before


def test_transports_say_the_same(employee: Employee, transport: Transport) -> None:
    """The employee really uses what the test is about."""
    assert employee.source.address == transport.address
