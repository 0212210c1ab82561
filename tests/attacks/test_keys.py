"""Keys are replaced, stolen and lost; computers follow by themselves, and the old keys are worth nothing."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.attacks.employee import Employee
from tests.attacks.publisher import NOW, SECOND, Publisher, new_key
from tests.attacks.test_forged import refused
from tests.attacks.transports import Transport

from hygiene.distribution.client import adopt, chosen_root, fetch_roots, repin
from hygiene.distribution.failures import (
    FingerprintError,
    ForgedError,
    NewKeysError,
    RolledBackError,
    UnreachableError,
)
from hygiene.distribution.source import fingerprint_of
from hygiene.errors import ExitCode, HygieneError

HUGE = 2**31


def rotate_freshness(acme: Publisher) -> None:
    """Replace the freshness key, as after a theft, and sign everything that it signed anew."""
    acme.rotate("timestamp", acme.freshness, new_key(), [acme.alice, acme.bob])
    acme.renew()


def replace_alice(acme: Publisher) -> None:
    """Bob and the spare put Carol in Alice's place, in root and targets, as version 3."""
    carol = new_key()
    acme.root.version += 1
    for role in ("root", "targets"):
        acme.root.revoke_key(acme.alice.public_key.keyid, role)
        acme.root.add_key(carol.public_key, role)
    acme.write(acme.root, [acme.bob, acme.spare])
    acme.alice = carol


def test_a_replaced_freshness_key_is_followed(employee: Employee, acme: Publisher) -> None:
    thief = acme.freshness
    rotate_freshness(acme)
    employee.transport.put(acme.files)
    employee.update()
    acme.timestamp.version += 1
    acme.write(acme.timestamp, [thief])
    refused(employee, acme, ForgedError, timedelta())


@pytest.mark.parametrize("version", [1, 2])
def test_after_a_stolen_laptop_everybody_follows(employee: Employee, acme: Publisher, version: int) -> None:
    """Those who have seen the second root, and those who have not; Alice's key signs nothing any more."""
    if version == 2:
        rotate_freshness(acme)
        employee.transport.put(acme.files)
        employee.update()
        acme.root.version = 2
    else:
        rotate_freshness(acme)
    thief = acme.alice
    replace_alice(acme)
    acme.release(SECOND)
    employee.transport.put(acme.files)
    assert employee.update().is_new
    acme.targets.version += 1
    acme.write(acme.targets, [thief])
    acme.renew()
    refused(employee, acme, ForgedError, timedelta())


def test_a_version_far_ahead_is_healed_by_a_new_key(employee: Employee, acme: Publisher) -> None:
    """Nobody has to touch the laptops."""
    honest = acme.snapshot.version, acme.timestamp.version
    acme.snapshot.version = acme.timestamp.version = HUGE
    acme.renew()
    employee.transport.put(acme.files)
    employee.update()
    acme.snapshot.version, acme.timestamp.version = honest
    acme.release(SECOND)
    refused(employee, acme, RolledBackError, timedelta())
    rotate_freshness(acme)
    employee.transport.put(acme.files)
    assert employee.update().is_new


def test_a_new_laptop_takes_the_newest_keys(
    employee: Employee, acme: Publisher, transport: Transport
) -> None:
    """The intranet shows the newest fingerprint; the one of before is refused, with words to act on."""
    first = acme.first_root
    replace_alice(acme)
    acme.release(SECOND)
    transport.put(acme.files)
    other = Employee(employee.folder.with_name("other"), transport)
    with pytest.raises(FingerprintError, match="this is not the fingerprint of these lists") as caught:
        other.join(first)
    assert caught.value.exit_code is ExitCode.NOT_VERIFIED
    assert not other.folder.exists()
    assert other.join(acme.newest_root).source.fingerprint == fingerprint_of(acme.newest_root)


def test_a_whole_fingerprint_of_an_older_root_will_do(acme: Publisher) -> None:
    """It cannot be met by trying, as the last groups might, and the chain leads on from there."""
    replace_alice(acme)
    roots = (acme.first_root, acme.newest_root)
    assert chosen_root(roots, fingerprint_of(roots[0]).upper()) == roots[0]


class TestLimits:
    """What is accepted, and known: docs/threat-model.md says what to do about it."""

    @pytest.fixture
    def fresh(self, employee: Employee, transport: Transport) -> Employee:
        """A laptop that has seen nothing yet."""
        return Employee(employee.folder.with_name("fresh"), transport)

    def test_one_a_fresh_laptop_takes_an_old_copy_until_it_expires(
        self, fresh: Employee, acme: Publisher
    ) -> None:
        """It has no memory: newer lists exist, and it cannot know."""
        acme.copy().release(SECOND)
        assert fresh.join(acme.first_root, NOW + timedelta(days=34)).release.files
        later = Employee(fresh.folder.with_name("later"), fresh.transport)
        with pytest.raises(HygieneError, match=r"expired on 27 December 2026"):
            later.join(acme.first_root, NOW + timedelta(days=36))

    def test_two_old_keys_that_leak_together_rule_whoever_starts_from_the_old_root(
        self, fresh: Employee, acme: Publisher, transport: Transport
    ) -> None:
        """Whoever starts from the new root refuses them: hand out the new one after a change."""
        old = acme.copy()
        replace_alice(acme)
        acme.release(SECOND)
        old.rotate("root", old.spare, new_key(), [old.alice, old.bob])
        old.release(SECOND, title="the thieves")
        transport.put(old.files)
        with pytest.raises(HygieneError):
            adopt(fresh.folder, transport.address, acme.newest_root, NOW, fetcher=transport.fetcher())
        taken = adopt(fresh.folder, transport.address, acme.first_root, NOW, fetcher=transport.fetcher())
        assert taken.release.title == "the thieves"

    def test_who_has_followed_the_change_refuses_them(self, employee: Employee, acme: Publisher) -> None:
        old = acme.copy()
        replace_alice(acme)
        acme.release(SECOND)
        employee.transport.put(acme.files)
        employee.update()
        old.rotate("root", old.spare, new_key(), [old.alice, old.bob])
        for _ in range(3):
            old.release()
        refused(employee, old, ForgedError, timedelta())


class TestRepinning:
    @pytest.fixture
    def changed(self, employee: Employee, acme: Publisher) -> bytes:
        """The root after a change that the employee has followed."""
        replace_alice(acme)
        acme.release(SECOND)
        employee.transport.put(acme.files)
        employee.update()
        return acme.newest_root

    def test_a_root_that_was_followed_takes_the_first_ones_place(
        self, employee: Employee, acme: Publisher, changed: bytes
    ) -> None:
        before = employee.lists()
        source = repin(employee.folder, employee.source, changed)
        assert source.fingerprint == fingerprint_of(changed)
        assert employee.source == source
        assert employee.lists() == before
        assert not employee.update().is_new
        acme.release()
        employee.transport.put(acme.files)
        assert employee.update().is_new
        assert employee.lists().release != before.release

    def test_the_one_that_is_pinned_already_changes_nothing(
        self, employee: Employee, acme: Publisher
    ) -> None:
        assert repin(employee.folder, employee.source, acme.first_root) == employee.source

    def test_one_that_no_update_has_followed_is_refused(self, employee: Employee, acme: Publisher) -> None:
        before = employee.source
        replace_alice(acme)
        with pytest.raises(NewKeysError, match="do not follow from the ones before") as caught:
            repin(employee.folder, before, acme.newest_root)
        assert caught.value.exit_code is ExitCode.NOT_VERIFIED
        assert "hygiene update" in caught.value.hint
        assert employee.source == before

    def test_an_older_one_never_comes_back(self, employee: Employee, acme: Publisher, changed: bytes) -> None:
        source = repin(employee.folder, employee.source, changed)
        with pytest.raises(NewKeysError):
            repin(employee.folder, source, acme.first_root)


def test_roots_that_do_not_lead_to_each_other_are_refused(acme: Publisher, transport: Transport) -> None:
    """Before anybody is asked to compare a fingerprint."""
    attacker = Publisher()
    attacker.root.version = 2
    attacker.write(attacker.root)
    transport.put({**acme.files, "metadata/2.root.json": attacker.files["metadata/2.root.json"]})
    with pytest.raises(ForgedError):
        fetch_roots(transport.address, fetcher=transport.fetcher())


def test_nobody_publishes_at_an_empty_place(transport: Transport, acme: Publisher) -> None:
    transport.put({name: data for name, data in acme.files.items() if "root" not in name})
    with pytest.raises(HygieneError, match="nobody publishes lists at ") as caught:
        fetch_roots(transport.address, fetcher=transport.fetcher())
    assert not isinstance(caught.value, UnreachableError)
