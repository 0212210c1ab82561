"""Other slots, another key, another place: nobody is locked out, and no old secret stays behind."""

from __future__ import annotations

import stat
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.safety.nobody import open_folder, run_as_nobody
from tests.unit.safety.stores import CHEAP, CODE, PHRASE, RING, SLOTS, STORE_ID, STORE_KEY

from hygiene.errors import AlteredError, LockedError, NotDoneError
from hygiene.model.record import AccountAdded, AccountClosed, Event
from hygiene.safety import files
from hygiene.safety.container import Draft, Slot, SlotType
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import Passphrase, Secret
from hygiene.store.beside import previous_of
from hygiene.store.file import (
    Contents,
    OpenStore,
    create_from,
    create_store,
    joined,
    open_store,
    open_with_key,
    read_store,
    said,
    save,
    save_with_slots,
    write_over,
)

DAY = date(2026, 11, 22)
NEW_KEY = bytes(range(100, 132))
NEW_PHRASE = Passphrase("another phrase in April")
INSTA, TW, CLOSED = AccountAdded("insta", "instagram"), AccountAdded("tw", "x"), AccountClosed("tw")


def new_store(folder: Path) -> OpenStore:
    """A store with a slot of each kind that says one thing."""
    return save(saying(create_store(folder / "store", STORE_KEY, STORE_ID, SLOTS), INSTA))


def saying(store: OpenStore, *events: Event, by: str = "s") -> OpenStore:
    numbers = count(store.record.next_seq)
    return said(store, events, DAY, lambda: f"{by}-{next(numbers)}")


def reopened(path: Path, secret: Secret = CODE) -> OpenStore:
    """The file as another process opens it."""
    return open_store(path, read_store(path), secret)


def events(store: OpenStore) -> list[Event]:
    return [each.event for each in store.record.statements]


def is_opened_by(path: Path, secret: Secret) -> bool:
    try:
        return bool(reopened(path, secret).store_key)
    except LockedError:
        return False


def slot_for(secret: Secret, store_key: bytes = STORE_KEY) -> Slot:
    return wrap_key(store_key, secret, STORE_ID, costs=CHEAP)


def without(slot_type: SlotType) -> Callable[[tuple[Slot, ...]], tuple[Slot, ...]]:
    return lambda slots: tuple(slot for slot in slots if slot.type is not slot_type)


def bytes_in(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir() if not each.name.endswith(".lock")}


def refuse_writing(monkeypatch: pytest.MonkeyPatch, refused: Path) -> None:
    """Let there be no room for one file; the others are written."""
    write = files.write_atomically

    def written(path: Path, data: bytes) -> None:
        if path == refused:
            raise NotDoneError("{path} could not be written", hint="make room", path=path)
        write(path, data)

    monkeypatch.setattr(files, "write_atomically", written)


class TestOtherSlots:
    def test_a_secret_taken_away_opens_neither_the_store_nor_what_is_kept(self, tmp_path: Path) -> None:
        """A passphrase that somebody has seen would else open `.previous`."""
        path = new_store(tmp_path).path
        save(saying(reopened(path), TW))
        assert is_opened_by(previous_of(path), PHRASE)
        new = slot_for(NEW_PHRASE)
        save_with_slots(reopened(path), lambda slots: (*without(SlotType.PASSPHRASE)(slots), new))
        for each in (path, previous_of(path)):
            assert not is_opened_by(each, PHRASE)
            assert all(is_opened_by(each, secret) for secret in (NEW_PHRASE, RING, CODE))

    def test_what_is_kept_says_what_the_store_said_before(self, tmp_path: Path) -> None:
        """Sealed anew, with its own save counter: one below the store's."""
        path = new_store(tmp_path).path
        before = reopened(path)
        changed = save_with_slots(saying(before, TW), without(SlotType.KEYRING))
        kept = reopened(previous_of(path))
        assert events(changed) == events(reopened(path)) == [INSTA, TW]
        assert events(kept) == [INSTA]
        assert (kept.header.counter, changed.header.counter) == (before.header.counter, 3)
        assert kept.header.slots == changed.header.slots == (SLOTS[0], SLOTS[2])
        assert stat.S_IMODE(previous_of(path).stat().st_mode) == 0o600

    def test_the_change_is_one_of_the_slots_that_the_file_has(self, tmp_path: Path) -> None:
        """What another process added or took away since is respected."""
        path = new_store(tmp_path).path
        early = reopened(path)
        elsewhere, new = slot_for(RING), slot_for(NEW_PHRASE)
        save_with_slots(reopened(path), lambda slots: (*without(SlotType.RECOVERY)(slots), elsewhere))
        changed = save_with_slots(early, lambda slots: (*without(SlotType.PASSPHRASE)(slots), new))
        assert changed.header.slots == (SLOTS[1], elsewhere, new)

    def test_what_others_said_meanwhile_is_there(self, tmp_path: Path) -> None:
        """In the store, and in what is kept."""
        path = new_store(tmp_path).path
        early = reopened(path)
        save(saying(reopened(path), TW))
        changed = save_with_slots(saying(early, CLOSED, by="t"), without(SlotType.KEYRING))
        assert events(changed) == [INSTA, TW, CLOSED]
        assert events(reopened(previous_of(path))) == [INSTA, TW]

    def test_the_change_is_made_while_nobody_else_writes(self, tmp_path: Path) -> None:
        """The lock is held from the reading to the writing."""
        path = new_store(tmp_path).path

        def new_slots(slots: tuple[Slot, ...]) -> tuple[Slot, ...]:
            held = files.locked(path.with_name("store.lock"), wait=0)
            with pytest.raises(NotDoneError, match="another hygiene"), held:
                pass
            return slots[:2]

        assert save_with_slots(reopened(path), new_slots).header.slots == SLOTS[:2]

    @pytest.mark.parametrize("left", [(), (SLOTS[1],), (SLOTS[2],), (SLOTS[0], SLOTS[0])])
    def test_slots_that_lock_people_out_change_nothing(self, tmp_path: Path, left: tuple[Slot, ...]) -> None:
        """No way in, the keyring only, the code only, or the same slot twice."""
        path = new_store(tmp_path).path
        save(saying(reopened(path), TW))
        before = bytes_in(tmp_path)
        with pytest.raises(ValueError, match=r"slot|keyring"):
            save_with_slots(reopened(path), lambda _: left)
        assert bytes_in(tmp_path) == before

    def test_it_goes_on_knowing_what_opened_it(self, tmp_path: Path) -> None:
        """And the next save keeps nothing anew: the generation before is there already."""
        path = new_store(tmp_path).path
        changed = save_with_slots(reopened(path, PHRASE), without(SlotType.KEYRING))
        assert changed.opened_with == SLOTS[0]
        kept = previous_of(path).read_bytes()
        save(saying(changed, TW))
        assert previous_of(path).read_bytes() == kept


class TestAnotherKey:
    def test_what_was_sealed_with_the_old_key_is_gone(self, tmp_path: Path) -> None:
        """Whoever has the old store key reads neither file; the new secrets open both."""
        path = new_store(tmp_path).path
        slots = (slot_for(NEW_PHRASE, NEW_KEY), slot_for(CODE, NEW_KEY))
        rotated = save_with_slots(saying(reopened(path), TW), lambda _: slots, store_key=NEW_KEY)
        assert rotated.store_key == NEW_KEY
        for each, said_there in ((path, [INSTA, TW]), (previous_of(path), [INSTA])):
            assert not is_opened_by(each, PHRASE)
            assert not is_opened_by(each, RING)
            assert events(reopened(each, NEW_PHRASE)) == events(reopened(each)) == said_there
            with pytest.raises(AlteredError):
                open_with_key(each, read_store(each), STORE_KEY)

    def test_what_others_said_meanwhile_is_in_it(self, tmp_path: Path) -> None:
        """They had the old key, and so has this process until it writes."""
        path = new_store(tmp_path).path
        early = reopened(path)
        save(saying(reopened(path), TW))
        save_with_slots(early, lambda _: (slot_for(NEW_PHRASE, NEW_KEY),), store_key=NEW_KEY)
        assert events(reopened(path, NEW_PHRASE)) == [INSTA, TW]

    def test_a_process_that_has_the_store_open_writes_nothing_more(self, tmp_path: Path) -> None:
        """Neither an answer nor other slots: it would seal with a key that was given up."""
        path = new_store(tmp_path).path
        early = reopened(path)
        save_with_slots(reopened(path), lambda _: (slot_for(NEW_PHRASE, NEW_KEY),), store_key=NEW_KEY)
        before = bytes_in(tmp_path)
        with pytest.raises(LockedError, match="another key"):
            save(saying(early, TW))
        with pytest.raises(LockedError, match="another key"):
            save_with_slots(early, without(SlotType.KEYRING))
        assert bytes_in(tmp_path) == before

    def test_the_next_save_is_sealed_with_it(self, tmp_path: Path) -> None:
        """The store that comes back knows its new key."""
        path = new_store(tmp_path).path
        rotated = save_with_slots(
            reopened(path), lambda _: (slot_for(NEW_PHRASE, NEW_KEY),), store_key=NEW_KEY
        )
        save(saying(rotated, TW))
        assert events(reopened(path, NEW_PHRASE)) == [INSTA, TW]


class TestRefused:
    def test_a_folder_that_may_not_be_written(self) -> None:
        """Both files are as they were."""
        with open_folder() as folder:
            path = new_store(folder / "home").path
            save(saying(reopened(path), TW))
            path.parent.chmod(0o755)
            for each in path.parent.iterdir():
                each.chmod(0o666)
            before = bytes_in(path.parent)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (path.parent / "probe").touch()
                with pytest.raises(NotDoneError, match="could not be written"):
                    save_with_slots(reopened(path), without(SlotType.KEYRING))

            run_as_nobody(work)
            assert bytes_in(path.parent) == before

    @pytest.mark.parametrize("is_kept", [True, False])
    @pytest.mark.parametrize("refused", ["store", "store.previous"])
    def test_no_room_for_one_of_the_two(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused: str, *, is_kept: bool
    ) -> None:
        """Both are as they were, else what is kept would open with secrets that nobody has."""
        path = new_store(tmp_path).path
        if is_kept:
            save(saying(reopened(path), TW))
        before = bytes_in(tmp_path)
        refuse_writing(monkeypatch, tmp_path / refused)
        with pytest.raises(NotDoneError, match="could not be written"):
            save_with_slots(reopened(path), lambda _: (slot_for(NEW_PHRASE, NEW_KEY),), store_key=NEW_KEY)
        monkeypatch.undo()
        assert is_opened_by(path, PHRASE)
        assert bytes_in(tmp_path)["store"] == before["store"]
        if is_kept:
            assert events(reopened(previous_of(path), PHRASE)) == [INSTA]
        else:
            assert bytes_in(tmp_path) == before

    @pytest.mark.parametrize("has_kept", [False, True])
    def test_ctrl_c_between_the_two(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, has_kept: bool
    ) -> None:
        """The copy beside the store is not left with a key that nobody has."""
        store = new_store(tmp_path)
        if has_kept:
            store = reopened(save(store).path)
        before, write, key = bytes_in(tmp_path), files.write_atomically, bytes(range(100, 132))

        def written(path: Path, data: bytes) -> None:
            if path == store.path:
                raise KeyboardInterrupt
            write(path, data)

        monkeypatch.setattr(files, "write_atomically", written)
        slots = tuple(slot_for(secret, key) for secret in (RING, CODE))
        with pytest.raises(KeyboardInterrupt):
            save_with_slots(store, lambda _slots: slots, store_key=key)
        assert bytes_in(tmp_path) == before

    def test_a_store_that_was_damaged_meanwhile_is_left_alone(self, tmp_path: Path) -> None:
        """Its content cannot be kept, so nothing is written over it, although its header is the same."""
        path = new_store(tmp_path).path
        early = reopened(path)
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        before = bytes_in(tmp_path)
        with pytest.raises(AlteredError):
            save_with_slots(early, without(SlotType.KEYRING))
        assert bytes_in(tmp_path) == before


class TestAnotherPlace:
    CONTENTS = Contents(STORE_KEY, Draft(STORE_ID, 41, SLOTS), {})

    def test_a_store_is_made_from_what_is_known(self, tmp_path: Path) -> None:
        """With its statements, its counter and its slots, in a folder of its owner's only."""
        store = new_store(tmp_path / "one")
        contents = Contents(STORE_KEY, Draft(STORE_ID, 41, SLOTS[:1]), store.statements)
        made = create_from(tmp_path / "new" / "store", contents)
        again = reopened(made.path, PHRASE)
        assert (again.header, again.statements) == (made.header, store.statements)
        assert (made.header.counter, made.header.slots, made.store_key) == (41, SLOTS[:1], STORE_KEY)
        assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(made.path.parent.stat().st_mode) == 0o700

    @pytest.mark.parametrize("is_link", [True, False])
    def test_it_is_never_made_over_anything(self, tmp_path: Path, *, is_link: bool) -> None:
        """A dangling link is something, too."""
        path = tmp_path / "store"
        if is_link:
            path.symlink_to("nowhere")
        else:
            path.write_bytes(b"precious")
        with pytest.raises(NotDoneError, match="there is a store already"):
            create_from(path, self.CONTENTS)
        assert path.is_symlink() if is_link else path.read_bytes() == b"precious"

    def test_it_is_written_over_whatever_is_there(self, tmp_path: Path) -> None:
        """A damaged file, or none: who calls has kept it elsewhere. A link is replaced, never followed."""
        (tmp_path / "elsewhere").write_bytes(b"precious")
        (tmp_path / "store").symlink_to("elsewhere")
        for _turn in range(2):
            written = write_over(tmp_path / "store", self.CONTENTS)
            assert reopened(written.path).header == written.header
        assert (tmp_path / "elsewhere").read_bytes() == b"precious"

    def test_slots_that_lock_people_out_make_no_store(self, tmp_path: Path) -> None:
        """Nor are they written over one."""
        contents = Contents(STORE_KEY, Draft(STORE_ID, 1, SLOTS[2:]), {})
        for make in (create_from, write_over):
            with pytest.raises(ValueError, match="beside recovery"):
                make(tmp_path / "store", contents)
        assert not (tmp_path / "store").exists()

    def test_the_lock_is_held_while_it_is_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A process that saves at the same time waits, or is told that another one is at work."""
        patient = files.locked
        monkeypatch.setattr(files, "locked", lambda path: patient(path, wait=0))
        with patient(tmp_path / "store.lock"), pytest.raises(NotDoneError, match="another hygiene"):
            create_from(tmp_path / "store", self.CONTENTS)
        assert not (tmp_path / "store").exists()

    def test_no_text_shows_the_key(self) -> None:
        """What a store file is made of has a representation, and that is its name."""
        assert repr(self.CONTENTS) == "Contents(…)"


class TestKnownKey:
    def test_another_copy_opens_by_the_key(self, tmp_path: Path) -> None:
        """No secret is asked, and no slot opened it."""
        store = new_store(tmp_path)
        copy = open_with_key(store.path, read_store(store.path), STORE_KEY)
        assert (copy.statements, copy.header, copy.store_key) == (store.statements, store.header, STORE_KEY)
        assert copy.opened_with is None

    def test_one_of_another_key_does_not(self, tmp_path: Path) -> None:
        """Nor one that was altered."""
        store = new_store(tmp_path)
        sealed = read_store(store.path)
        with pytest.raises(AlteredError):
            open_with_key(store.path, sealed, NEW_KEY)
        with pytest.raises(AlteredError):
            open_with_key(store.path, sealed[:-1] + b"?", STORE_KEY)
        with pytest.raises(NotDoneError):
            open_with_key(store.path, b"something else", STORE_KEY)

    def test_two_copies_joined_hold_what_either_holds(self, tmp_path: Path) -> None:
        """In the order of saying, whichever of them takes the other in; a save seals it."""
        store = new_store(tmp_path)
        copy = open_with_key(tmp_path / "copy", read_store(store.path), STORE_KEY)
        one, other = saying(store, TW, by="b"), saying(copy, CLOSED, by="a")
        assert events(joined(one, other)) == events(joined(other, one)) == [INSTA, CLOSED, TW]
        sealed = save(joined(one, other))
        assert events(reopened(store.path)) == [INSTA, CLOSED, TW]
        assert sealed.path == store.path

    def test_the_next_save_is_newer_than_both(self, tmp_path: Path) -> None:
        """Else a computer that saw the other copy would take the store for an older one."""
        store = new_store(tmp_path)
        ahead = replace(store, header=replace(store.header, counter=41))
        assert joined(store, ahead).header.counter == joined(ahead, store).header.counter == 41
        assert save(joined(store, ahead)).header.counter == reopened(store.path).header.counter == 42

    def test_joining_the_same_again_adds_nothing(self, tmp_path: Path) -> None:
        """Whoever is not sure may do it twice."""
        store = new_store(tmp_path)
        assert joined(store, store) == store
