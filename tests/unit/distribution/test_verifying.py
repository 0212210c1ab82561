"""A whole state at once: what TUF's client refuses step by step is refused here too, part for part."""

from __future__ import annotations

from datetime import timedelta

import pytest
from msgspec.structs import replace
from tests.attacks.publisher import LISTS, NOW, SECOND, Publisher, new_key
from tuf.api.exceptions import RepositoryError
from tuf.api.metadata import MetaFile

from hygiene.distribution.verifying import Kept, chain_from, is_same, verify_state


def state_of(publisher: Publisher) -> Kept:
    files = {name.removeprefix("metadata/"): data.decode() for name, data in publisher.files.items()}
    return Kept(
        roots=tuple(files[f"{version}.root.json"] for version in range(1, publisher.root.version + 1)),
        timestamp=files["timestamp.json"],
        snapshot=files[f"{publisher.snapshot.version}.snapshot.json"],
        targets=files[f"{publisher.targets.version}.targets.json"],
    )


def test_a_good_state_says_which_lists_and_until_when(acme: Publisher) -> None:
    state = verify_state(acme.first_root, state_of(acme))
    assert is_same(state.lists, acme.files[acme.lists_name])
    assert not is_same(state.lists, b"others")
    assert state.expires == NOW + timedelta(days=35)


@pytest.mark.parametrize("days", [0, 380, 800])
def test_the_first_part_to_expire_counts(acme: Publisher, days: int) -> None:
    """Root after two years, targets after thirteen months, whatever the rest says."""
    acme.now = NOW + timedelta(days=days)
    acme.renew()
    first = min(acme.root.expires, acme.targets.expires, acme.timestamp.expires)
    assert verify_state(acme.first_root, state_of(acme)).expires == first


def test_a_role_signed_by_another_roles_key_is_refused(acme: Publisher) -> None:
    for role, key in (
        (acme.targets, acme.freshness),
        (acme.snapshot, acme.alice),
        (acme.timestamp, acme.bob),
    ):
        other = acme.copy()
        other.write(getattr(other, role.type), [key])
        with pytest.raises(RepositoryError):
            verify_state(acme.first_root, state_of(other))


def test_parts_of_two_states_are_refused(acme: Publisher) -> None:
    old = state_of(acme)
    acme.release(SECOND)
    new = state_of(acme)
    assert verify_state(acme.first_root, new).lists.length
    for mixed in (
        replace(new, timestamp=old.timestamp),
        replace(new, snapshot=old.snapshot),
        replace(new, targets=old.targets),
    ):
        with pytest.raises(RepositoryError):
            verify_state(acme.first_root, mixed)


def test_a_snapshot_without_targets_is_refused(acme: Publisher) -> None:
    acme.snapshot.meta = {"other.json": MetaFile(1)}
    acme.write(acme.snapshot)
    with pytest.raises(RepositoryError):
        verify_state(acme.first_root, state_of(acme))


def test_hashes_in_metadata_count_where_there_are_some(acme: Publisher) -> None:
    acme.timestamp.snapshot_meta = MetaFile.from_data(1, acme.files["metadata/1.snapshot.json"], ["sha256"])
    acme.write(acme.timestamp)
    assert verify_state(acme.first_root, state_of(acme)).lists.path == LISTS
    with pytest.raises(RepositoryError):
        verify_state(acme.first_root, replace(state_of(acme), snapshot=state_of(acme).snapshot + " "))


class TestRoots:
    def test_each_leads_to_the_next_and_older_ones_are_passed_over(self, acme: Publisher) -> None:
        first = acme.first_root
        acme.rotate("root", acme.spare, new_key(), [acme.alice, acme.bob])
        second = acme.newest_root
        assert [link.data for link in chain_from(first, [first, second])] == [first, second]
        assert [link.data for link in chain_from(second, [first, second])] == [second]

    def test_one_that_the_one_before_does_not_allow_is_refused(self, acme: Publisher) -> None:
        """Signed by enough of its own keys, and by too few of the old ones."""
        first = acme.first_root
        thief = new_key()
        acme.rotate("root", acme.bob, thief, [acme.alice, thief])
        with pytest.raises(RepositoryError):
            chain_from(first, [acme.newest_root])

    def test_one_that_its_own_keys_do_not_sign_is_refused(self, acme: Publisher) -> None:
        """The old keys allow it; but whoever is named in it could not sign the next."""
        first = acme.first_root
        acme.rotate("root", acme.bob, new_key(), [acme.alice, acme.bob])
        with pytest.raises(RepositoryError):
            chain_from(first, [acme.newest_root])

    def test_none_may_be_left_out(self, acme: Publisher) -> None:
        first = acme.first_root
        acme.root.version = 3
        acme.write(acme.root)
        with pytest.raises(RepositoryError):
            chain_from(first, [acme.newest_root])

    def test_another_role_is_no_root(self, acme: Publisher) -> None:
        with pytest.raises(RepositoryError):
            chain_from(acme.files["metadata/timestamp.json"])
