"""The sealed file: made, opened, saved, and never half of it."""

from __future__ import annotations

import os
import resource
import signal
import stat
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.safety.nobody import NOBODY, open_folder, run_as_nobody
from tests.unit.safety.stores import CHEAP, CODE, PHRASE, RING, SLOTS, STORE_ID, STORE_KEY

from hygiene.errors import AlteredError, LockedError, NotDoneError
from hygiene.model.record import AccountAdded, AccountClosed, AnswerGiven, Chosen, Event
from hygiene.safety import files
from hygiene.safety.container import Slot, parse_header
from hygiene.safety.files import MissingFileError
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import KeyringKey, Passphrase, Secret
from hygiene.store.beside import PREVIOUS, free_aside, previous_of
from hygiene.store.file import (
    OpenStore,
    create_store,
    joined,
    open_store,
    read_store,
    said,
    save,
    save_with_slots,
)

DAY = date(2026, 11, 22)
TWO_SLOTS = SLOTS[:2]
INSTA, TW = AccountAdded("insta", "instagram"), AccountAdded("tw", "x")


def new_store(folder: Path, slots: tuple[Slot, ...] = TWO_SLOTS) -> OpenStore:
    return create_store(folder / "store", STORE_KEY, STORE_ID, slots)


def slots_of(store_key: bytes, store_id: bytes) -> tuple[Slot, ...]:
    """Slots of another store, for the same secrets."""
    return tuple(wrap_key(store_key, secret, store_id, costs=CHEAP) for secret in (PHRASE, RING))


def reopened(path: Path, secret: Secret = RING) -> OpenStore:
    """The store as another process opens it."""
    return open_store(path, read_store(path), secret)


def saying(store: OpenStore, *events: Event, by: str = "s") -> OpenStore:
    """The store after these events, with ids of this speaker's own."""
    numbers = count(store.record.next_seq)
    return said(store, events, DAY, lambda: f"{by}-{next(numbers)}")


def events(store: OpenStore) -> list[Event]:
    return [each.event for each in store.record.statements]


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


class TestCreating:
    def test_a_new_store_is_empty_and_private(self, tmp_path: Path) -> None:
        """In a folder of its owner's only; its first save has number 1; nothing needs to be kept."""
        folder = tmp_path / "new" / "hygiene"
        store = new_store(folder, SLOTS)
        assert events(store) == []
        assert (store.header.counter, store.header.store_id, store.header.slots) == (1, STORE_ID, SLOTS)
        assert stat.S_IMODE(store.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert names_in(folder) == ["store", "store.lock"]
        assert names_in(save(saying(store, INSTA)).path.parent) == ["store", "store.lock"]

    @pytest.mark.parametrize("secret", [PHRASE, RING, CODE], ids=lambda secret: type(secret).__name__)
    def test_each_of_its_secrets_opens_it(self, tmp_path: Path, secret: Secret) -> None:
        """And it says which slot did."""
        store = new_store(tmp_path, SLOTS)
        opened = reopened(store.path, secret)
        assert opened.store_key == STORE_KEY
        assert opened.opened_with == SLOTS[[PHRASE, RING, CODE].index(secret)]
        assert opened.header == store.header

    def test_a_store_is_never_made_over_another(self, tmp_path: Path) -> None:
        """Refused with the path, and the first one is untouched."""
        store = save(saying(new_store(tmp_path), INSTA))
        before = store.path.read_bytes()
        with pytest.raises(NotDoneError, match="there is a store already") as caught:
            new_store(tmp_path)
        assert str(store.path) in str(caught.value)
        assert store.path.read_bytes() == before

    def test_what_a_store_that_vanished_left_is_set_aside(self, tmp_path: Path) -> None:
        """The copy beside it is the last of its answers: the first save of the new one would lose it."""
        path = new_store(tmp_path).path
        path.unlink()
        previous_of(path).write_bytes(b"the last that is left")
        aside = free_aside(path)
        assert new_store(tmp_path).path == path
        assert not previous_of(path).exists()
        save(reopened(path))
        assert aside.read_bytes() == b"the last that is left"

    def test_nor_over_any_other_file(self, tmp_path: Path) -> None:
        """Whatever lies there."""
        (tmp_path / "store").write_bytes(b"precious")
        with pytest.raises(NotDoneError):
            new_store(tmp_path)
        assert (tmp_path / "store").read_bytes() == b"precious"


class TestOpening:
    @pytest.mark.parametrize(
        "secret", [Passphrase("four cafes in March"), KeyringKey(bytes(32))], ids=["phrase", "key"]
    )
    def test_a_wrong_secret_opens_nothing(self, tmp_path: Path, secret: Secret) -> None:
        """Exit code 3: nothing was found wrong with the file."""
        store = new_store(tmp_path, SLOTS)
        with pytest.raises(LockedError):
            reopened(store.path, secret)

    def test_an_altered_payload_is_refused(self, tmp_path: Path) -> None:
        """Exit code 4: the slot opens, what it protects does not verify."""
        store = new_store(tmp_path)
        sealed = bytearray(store.path.read_bytes())
        sealed[-1] ^= 1
        with pytest.raises(AlteredError):
            open_store(store.path, bytes(sealed), RING)

    def test_a_missing_store_is_told_from_an_unreadable_one(self, tmp_path: Path) -> None:
        """The first run looks for exactly that."""
        with pytest.raises(MissingFileError):
            read_store(tmp_path / "store")
        with pytest.raises(NotDoneError) as caught:
            read_store(tmp_path)
        assert not isinstance(caught.value, MissingFileError)

    def test_a_file_larger_than_any_store_is_not_read(self, tmp_path: Path) -> None:
        """64 MiB is the limit."""
        path = tmp_path / "store"
        with path.open("wb") as large:
            large.truncate(64 * 1024 * 1024 + 1)
        with pytest.raises(NotDoneError, match="larger than"):
            read_store(path)

    def test_the_key_is_in_no_text(self, tmp_path: Path) -> None:
        """A traceback or a log that shows the store shows no key."""
        shown = repr(reopened(new_store(tmp_path).path))
        assert repr(STORE_KEY) not in shown
        assert STORE_KEY.hex() not in shown


class TestSaying:
    def test_events_follow_one_another(self, tmp_path: Path) -> None:
        """Each with the next place, an id of its own and the day; nothing is written yet."""
        store = new_store(tmp_path)
        before = store.path.read_bytes()
        now = saying(saying(store, INSTA, TW), AccountClosed("tw"))
        assert [(each.id, each.seq, each.on) for each in now.record.statements] == [
            ("s-1", 1, DAY),
            ("s-2", 2, DAY),
            ("s-3", 3, DAY),
        ]
        assert events(store) == []
        assert store.path.read_bytes() == before


class TestSaving:
    def test_what_was_saved_is_there_again(self, tmp_path: Path) -> None:
        """In order, for whoever opens it next; each save has the next number and a salt of its own."""
        store = save(saying(new_store(tmp_path), INSTA))
        again = save(saying(reopened(store.path), TW, AccountClosed("tw")))
        last = reopened(store.path)
        assert events(last) == [INSTA, TW, AccountClosed("tw")]
        assert last.statements == again.statements
        assert (store.header.counter, again.header.counter, last.header) == (2, 3, again.header)
        assert store.header.salt != again.header.salt
        assert b"instagram" not in store.path.read_bytes()

    def test_the_file_as_first_met_is_kept_once(self, tmp_path: Path) -> None:
        """`.previous` is the state before this run, however often the run saves."""
        path = save(saying(new_store(tmp_path), INSTA)).path
        before = path.read_bytes()
        run = save(saying(reopened(path), TW))
        assert path.with_name("store" + PREVIOUS).read_bytes() == before
        run = save(saying(run, AccountClosed("tw")))
        assert path.with_name("store" + PREVIOUS).read_bytes() == before
        assert names_in(tmp_path) == ["store", "store.lock", "store.previous"]
        assert stat.S_IMODE(path.with_name("store" + PREVIOUS).stat().st_mode) == 0o600
        assert events(reopened(path)) == events(run)

    def test_new_slots_keep_the_store_key(self, tmp_path: Path) -> None:
        """A changed passphrase is an ordinary save: the old secret opens no more, the record is the same."""
        path = save(saying(new_store(tmp_path, SLOTS), INSTA)).path
        phrase = Passphrase("another phrase in April")
        slot = wrap_key(STORE_KEY, phrase, STORE_ID, costs=CHEAP)
        save_with_slots(reopened(path), lambda _: (slot,))
        assert events(reopened(path, phrase)) == [INSTA]
        for secret in (PHRASE, RING, CODE):
            with pytest.raises(LockedError):
                reopened(path, secret)

    def test_slots_changed_meanwhile_are_kept(self, tmp_path: Path) -> None:
        """An answer saved by a process that opened the store before does not bring an old passphrase back."""
        path = new_store(tmp_path, SLOTS).path
        early = reopened(path)
        save_with_slots(reopened(path), lambda _: TWO_SLOTS)
        save(saying(early, INSTA))
        assert parse_header(path.read_bytes())[0].slots == TWO_SLOTS
        assert events(reopened(path)) == [INSTA]

    def test_what_another_process_saved_meanwhile_is_joined(self, tmp_path: Path) -> None:
        """Both said something in the same place: nothing is lost, and both copies agree on the order."""
        path = new_store(tmp_path).path
        one, other = reopened(path), reopened(path)
        save(saying(one, INSTA, by="b"))
        joined = save(saying(other, TW, by="a"))
        assert events(joined) == [TW, INSTA]
        assert events(reopened(path)) == [TW, INSTA]
        assert joined.header.counter == 3
        later = save(saying(joined, AccountClosed("tw")))
        assert events(later)[-1] == AccountClosed("tw")

    def test_an_older_copy_put_back_meanwhile_takes_nothing_away(self, tmp_path: Path) -> None:
        """What this process knows is in the next save."""
        path = new_store(tmp_path).path
        old = path.read_bytes()
        store = save(saying(reopened(path), INSTA))
        path.write_bytes(old)
        assert events(save(saying(store, TW))) == [INSTA, TW]
        assert events(reopened(path)) == [INSTA, TW]

    def test_another_store_in_its_place_is_left_alone(self, tmp_path: Path) -> None:
        """Nothing is written over a store that this process never opened."""
        path = new_store(tmp_path).path
        store = saying(reopened(path), INSTA)
        path.unlink()
        stranger = bytes(16)
        create_store(path, STORE_KEY, stranger, slots_of(STORE_KEY, stranger))
        before = path.read_bytes()
        with pytest.raises(LockedError, match="another store"):
            save(store)
        assert path.read_bytes() == before
        assert names_in(tmp_path) == ["store", "store.lock"]

    def test_a_store_of_the_same_id_and_another_key_is_left_alone(self, tmp_path: Path) -> None:
        """It does not verify with the key of the one that was opened."""
        path = new_store(tmp_path).path
        store = saying(reopened(path), INSTA)
        path.unlink()
        key = bytes(32)
        create_store(path, key, STORE_ID, slots_of(key, STORE_ID))
        before = path.read_bytes()
        with pytest.raises(LockedError, match="another key"):
            save(store)
        assert path.read_bytes() == before

    @pytest.mark.parametrize("place", [70, 200, 250])
    def test_a_slot_that_changed_meanwhile_is_damage(self, tmp_path: Path, place: int) -> None:
        """Another key would have brought other slots throughout."""
        path = new_store(tmp_path, SLOTS).path
        store = saying(reopened(path), INSTA)
        damaged = bytearray(path.read_bytes())
        damaged[place] ^= 1
        path.write_bytes(damaged)
        with pytest.raises(AlteredError):
            save(store)
        assert path.read_bytes() == damaged

    def test_what_was_damaged_meanwhile_is_not_kept(self, tmp_path: Path) -> None:
        """The good generation before stays beside the store, which is made good."""
        path = save(saying(reopened(new_store(tmp_path).path), INSTA)).path
        kept = path.with_name("store" + PREVIOUS).read_bytes()
        store = saying(reopened(path), TW)
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        assert events(save(store)) == [INSTA, TW]
        assert path.with_name("store" + PREVIOUS).read_bytes() == kept
        assert events(reopened(path)) == [INSTA, TW]

    def test_a_copy_that_was_joined_counts(self, tmp_path: Path) -> None:
        """What comes of both is newer than either."""
        path = new_store(tmp_path).path
        copy = path.with_name("copy")
        copy.write_bytes(path.read_bytes())
        other = reopened(copy)
        for _ in range(3):
            other = save(saying(other, TW))
        both = save(joined(saying(reopened(path), INSTA, by="b"), other))
        assert both.header.counter == other.header.counter + 1
        assert set(events(both)) == {INSTA, TW}

    def test_a_store_that_was_damaged_meanwhile_is_left_alone(self, tmp_path: Path) -> None:
        """It is not written over: the next command says what is wrong with it."""
        path = new_store(tmp_path).path
        store = saying(reopened(path), INSTA)
        damaged = path.read_bytes()[:-1] + b"?"
        path.write_bytes(damaged)
        store = replace(store, header=replace(store.header, counter=9))  # as if somebody had saved since
        with pytest.raises(AlteredError):
            save(store)
        assert path.read_bytes() == damaged

    def test_a_store_that_is_gone_is_not_made_again(self, tmp_path: Path) -> None:
        """Somebody took it away on purpose, or a disk is missing."""
        store = saying(new_store(tmp_path), INSTA)
        store.path.unlink()
        with pytest.raises(MissingFileError):
            save(store)
        assert not store.path.exists()

    def test_many_processes_at_once_lose_nothing(self, tmp_path: Path) -> None:
        """Four of them, each saving five answers of its own, as fast as they can."""
        path = new_store(tmp_path).path

        def speak(name: str) -> None:
            store = reopened(path)
            for number in range(5):
                store = save(saying(store, answer(name, number), by=name))

        children = [forked(partial(speak, name)) for name in "abcd"]
        assert [os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) for child in children] == [0] * 4
        last = reopened(path)
        assert {each.event for each in last.record.statements} == {
            answer(name, number) for name in "abcd" for number in range(5)
        }
        assert last.header.counter == 21

    def test_a_store_in_use_is_waited_for_and_then_given_up(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Another hygiene that hangs does not make this one hang."""
        store = saying(new_store(tmp_path), INSTA)
        before = store.path.read_bytes()
        patient = files.locked
        monkeypatch.setattr(files, "locked", lambda path: patient(path, wait=0.1))
        with patient(tmp_path / "store.lock"), pytest.raises(NotDoneError, match="another hygiene"):
            save(store)
        assert store.path.read_bytes() == before


def answer(name: str, number: int) -> Event:
    return AnswerGiven(name, f"x.{number}", Chosen("yes"))


def forked(work: Callable[[], None]) -> int:
    """Start the work in a process of its own, which ends with 0 if it went well."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        finally:
            os._exit(status)
    return child


def with_room_for(size: int, work: Callable[[], None]) -> None:
    """Do the work in a child that may write files of so many bytes at most, as on a full disk."""

    def confined() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
        with Path("probe").open("wb", buffering=0) as probe:
            probe.write(b"x" * size)
            with pytest.raises(OSError, match="too large"):
                probe.write(b"x")
        Path("probe").unlink()
        work()

    run_as_nobody(confined)


class TestFullDisk:
    @pytest.fixture
    def store(self, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
        """A store in a folder that the unprivileged child owns."""
        with open_folder() as folder:
            monkeypatch.chdir(folder)
            path = save(saying(new_store(folder / "home"), INSTA)).path
            for each in (folder, path.parent, *path.parent.iterdir()):
                os.chown(each, NOBODY, NOBODY)
            yield path

    def test_no_room_for_the_kept_copy_leaves_the_store_as_it_was(self, store: Path) -> None:
        """Nothing half-written stays behind."""
        before = store.read_bytes()

        def work() -> None:
            with pytest.raises(NotDoneError, match="could not be written") as caught:
                save(saying(reopened(store), TW))
            assert "make room" in caught.value.hint

        with_room_for(8 * 1024, work)
        assert store.read_bytes() == before
        assert names_in(store.parent) == ["store", "store.lock"]

    def test_no_room_for_the_store_leaves_it_as_it_was(self, store: Path) -> None:
        """The copy fits, the grown store does not."""
        before = store.read_bytes()
        long = [AnswerGiven("insta", f"x.{number}", Chosen("yes"), "n" * 1000) for number in range(20)]

        def work() -> None:
            with pytest.raises(NotDoneError, match="could not be written"):
                save(saying(reopened(store), *long))

        with_room_for(len(before) + 100, work)
        assert store.read_bytes() == before
        assert events(reopened(store)) == [INSTA]
        assert names_in(store.parent) == ["store", "store.lock", "store.previous"]


class TestWithoutRights:
    def test_a_folder_that_may_not_be_written(self) -> None:
        """Read-only medium, somebody else's folder: said with the path, and the store is as it was."""
        with open_folder() as folder:
            path = save(saying(new_store(folder / "home"), INSTA)).path
            path.parent.chmod(0o755)
            path.chmod(0o644)
            before = path.read_bytes()

            def work() -> None:
                with pytest.raises(PermissionError):
                    (path.parent / "probe").touch()
                store = saying(reopened(path), TW)
                with pytest.raises(NotDoneError, match="could not be written") as caught:
                    save(store)
                assert "where you may write" in caught.value.hint
                with pytest.raises(NotDoneError, match="could not be written"):
                    new_store(path.parent / "other")

            run_as_nobody(work)
            assert path.read_bytes() == before
            assert names_in(path.parent) == ["store", "store.lock"]

    def test_a_store_that_may_not_be_read(self) -> None:
        """Is not taken for a missing one."""
        with open_folder() as folder:
            path = new_store(folder / "home").path

            def work() -> None:
                with pytest.raises(PermissionError):
                    path.read_bytes()
                with pytest.raises(NotDoneError) as caught:
                    read_store(path)
                assert not isinstance(caught.value, MissingFileError)

            run_as_nobody(work)
