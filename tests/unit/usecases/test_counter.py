"""An older file in the place of the store is noticed, and nothing else is taken for one."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.contract.keystore import OTHER_STORE_ID, STORE_ID, MemoryKeyStore
from tests.unit.safety.stores import PHRASE, SLOTS, STORE_KEY
from tests.unit.safety.stores import STORE_ID as SEALED_ID

from hygiene.safety.keyring_slot import Item, Reason, SystemKeyring, Unavailable, turned_off
from hygiene.store.file import OpenStore, create_store, open_store, read_store, save
from hygiene.usecases.counter import Watch
from hygiene.usecases.put_back import put_back


class CountingKeyStore(MemoryKeyStore):
    """Remembers how often something was put, and can stop taking it."""

    def __init__(self) -> None:
        super().__init__()
        self.puts = 0
        self.is_locked = False

    def put(self, store_id: bytes, value: bytes, item: Item = Item.KEY) -> None:
        self.puts += 1
        if self.is_locked:
            raise Unavailable(Reason.LOCKED)
        super().put(store_id, value, item)


def having_seen(key_store: MemoryKeyStore, counter: int) -> MemoryKeyStore:
    """The keyring after a run that ended at a save."""
    watch = Watch(key_store, STORE_ID)
    watch.note(counter)
    watch.close()
    return key_store


def saved(store: OpenStore, *, times: int) -> OpenStore:
    for _turn in range(times):
        store = save(store)
    return store


class TestNoticing:
    def test_an_older_file_is_noticed(self) -> None:
        """By its save counter, on every computer that saw a newer one."""
        watch = Watch(having_seen(MemoryKeyStore(), 7), STORE_ID)
        assert [watch.is_older(counter) for counter in (1, 6, 7, 8)] == [True, True, False, False]
        assert watch.remembered == 7

    def test_it_is_noticed_until_it_is_accepted(self) -> None:
        """Looking alone changes nothing: another run asks again."""
        key_store = having_seen(MemoryKeyStore(), 7)
        for _run in range(2):
            watch = Watch(key_store, STORE_ID)
            assert watch.is_older(6)
            watch.close()

    def test_the_first_run_knows_nothing(self) -> None:
        """There is no number below the first save's."""
        watch = Watch(MemoryKeyStore(), STORE_ID)
        assert (watch.remembered, watch.is_older(1)) == (0, False)

    def test_another_store_has_its_own(self) -> None:
        """One in another home does not make this one look old."""
        assert not Watch(having_seen(MemoryKeyStore(), 7), OTHER_STORE_ID).is_older(1)

    def test_the_largest_counter_is_remembered(self) -> None:
        """Any that a file can have."""
        assert Watch(having_seen(MemoryKeyStore(), 2**64 - 1), STORE_ID).remembered == 2**64 - 1


class TestNoFalseAlarm:
    def test_after_a_crash_between_file_and_keyring(self) -> None:
        """The file is ahead, which means nothing; the run after it catches up."""
        key_store = having_seen(MemoryKeyStore(), 7)
        crashed = Watch(key_store, STORE_ID)
        crashed.note(9)
        after = Watch(key_store, STORE_ID)
        assert not after.is_older(9)
        after.note(9)
        after.close()
        assert Watch(key_store, STORE_ID).is_older(8)

    def test_after_a_restore(self, tmp_path: Path) -> None:
        """The restored store goes beyond the one that it replaces."""
        store = create_store(tmp_path / "answers.hygiene", STORE_KEY, SEALED_ID, SLOTS)
        backup = open_store(store.path, read_store(store.path), PHRASE)
        newest = saved(store, times=5)
        key_store = MemoryKeyStore()
        watch = Watch(key_store, SEALED_ID)
        watch.note(newest.header.counter)
        watch.close()
        assert Watch(key_store, SEALED_ID).is_older(backup.header.counter + 1)
        restored = put_back(store.path, backup, after=newest.header.counter)
        assert not Watch(key_store, SEALED_ID).is_older(restored.header.counter)

    def test_on_a_second_computer(self) -> None:
        """Each keyring knows the saves that its own computer saw; the file only grows."""
        here, there = having_seen(MemoryKeyStore(), 3), MemoryKeyStore()
        for counter, key_store in ((3, there), (6, here), (7, there), (7, here), (8, here)):
            assert not Watch(key_store, STORE_ID).is_older(counter)
            having_seen(key_store, counter)
        assert Watch(there, STORE_ID).remembered == 7
        assert Watch(there, STORE_ID).is_older(6)

    def test_after_an_older_one_was_accepted(self) -> None:
        """It is the newest then; a file older than that is noticed again."""
        key_store = having_seen(having_seen(MemoryKeyStore(), 9), 5)
        watch = Watch(key_store, STORE_ID)
        assert (watch.remembered, watch.is_older(5), watch.is_older(4)) == (5, False, True)

    @pytest.mark.parametrize("kept", [b"", b"7", bytes(7) + b"\xff\xff", b"\xff" * 32])
    def test_after_something_else_lay_under_its_name(self, kept: bytes) -> None:
        """It is no counter, and the next save writes one."""
        key_store = MemoryKeyStore()
        key_store.put(STORE_ID, kept, Item.COUNTER)
        assert not Watch(key_store, STORE_ID).is_older(1)
        assert Watch(having_seen(key_store, 4), STORE_ID).remembered == 4

    def test_where_the_keyring_is_turned_off(self) -> None:
        """Nothing is known, and nothing goes wrong."""
        watch = Watch(SystemKeyring(turned_off), STORE_ID)
        assert not watch.is_older(1)
        watch.note(2)
        watch.close()
        assert watch.remembered == 0


class TestDisputed:
    """Nobody was there to accept the older file: whatever is saved, the next run asks."""

    def test_it_stays_alarmed_without_a_save(self) -> None:
        """The number of before stays."""
        key_store = having_seen(MemoryKeyStore(), 7)
        for _run in range(2):
            watch = Watch(key_store, STORE_ID)
            assert watch.is_older(5)
            watch.dispute()
            watch.close()
            assert watch.remembered == 7

    @pytest.mark.parametrize("saves", [1, 2, 3, 9])
    def test_it_stays_alarmed_whatever_is_saved(self, saves: int) -> None:
        """Many saves go beyond the number seen before: the file must not catch up with the keyring."""
        key_store = having_seen(MemoryKeyStore(), 7)
        last = 5
        for _run in range(3):
            watch = Watch(key_store, STORE_ID)
            assert watch.is_older(last)
            watch.dispute()
            for _turn in range(saves):
                last += 1
                watch.note(last)
            for _turn in range(2):
                watch.close()
        assert Watch(key_store, STORE_ID).is_older(last)

    def test_once_accepted_it_is_over(self) -> None:
        """At the next run that somebody sits at."""
        key_store = having_seen(MemoryKeyStore(), 7)
        watch = Watch(key_store, STORE_ID)
        watch.dispute()
        watch.note(9)
        watch.close()
        assert not Watch(having_seen(key_store, 9), STORE_ID).is_older(9)


class TestClosing:
    def test_it_writes_once_for_many_saves(self) -> None:
        """A keyring may take a while, and the person waits; the key is left alone."""
        key_store = CountingKeyStore()
        watch = Watch(key_store, STORE_ID)
        for counter in range(1, 6):
            watch.note(counter)
        assert key_store.puts == 0
        for _turn in range(2):
            watch.close()
        assert key_store.puts == 1
        assert key_store.kept == {(STORE_ID, Item.COUNTER): bytes([0, 0, 0, 0, 0, 0, 0, 5])}

    def test_it_writes_nothing_where_nothing_was_saved(self) -> None:
        """Whether the store was only read, or not even that."""
        key_store = CountingKeyStore()
        having_seen(key_store, 5)
        having_seen(key_store, 5)
        Watch(key_store, STORE_ID).close()
        assert key_store.puts == 1

    def test_a_keyring_that_refuses_is_asked_again(self) -> None:
        """What it did not take is not believed to be there; the older number stays."""
        key_store = CountingKeyStore()
        having_seen(key_store, 5)
        watch = Watch(key_store, STORE_ID)
        watch.note(6)
        key_store.is_locked = True
        watch.close()
        assert watch.remembered == 5
        key_store.is_locked = False
        watch.close()
        assert Watch(key_store, STORE_ID).remembered == 6
