"""Backups and other copies: made so that they open elsewhere, and joined so that nothing is lost."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from tests.unit.safety.nobody import open_folder, run_as_nobody
from tests.unit.safety.stores import CHEAP, CODE, PHRASE, RING, SLOTS, STORE_ID, STORE_KEY

from hygiene.errors import HygieneError, LockedError, NotDoneError
from hygiene.model.record import AccountAdded, AccountClosed, Event
from hygiene.safety import files
from hygiene.safety.container import DamagedError, Draft, Slot, SlotType
from hygiene.safety.files import MissingFileError
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import KeyringKey, Passphrase, Secret
from hygiene.store.beside import find_copies, free_aside, previous_of
from hygiene.store.encoding import decode_payload, encode_payload
from hygiene.store.file import Contents, OpenStore, create_store, open_store, read_store, said, save
from hygiene.usecases.copies import Beside, export_of, joined_with, look_into, missing_in, write_backup

DAY = date(2026, 11, 22)
OTHER_KEY = bytes(range(100, 132))
BY_PHRASE, BY_RING, BY_CODE = SLOTS
INSTA, TW, CLOSED = AccountAdded("insta", "instagram"), AccountAdded("tw", "x"), AccountClosed("tw")


def beside_of(store: OpenStore) -> Beside:
    """What there is to know of the copies in the store's folder."""
    return look_into(store, find_copies(store.path, store.header.store_id))


def new_store(folder: Path, slots: tuple[Slot, ...] = SLOTS) -> OpenStore:
    """A store that says one thing."""
    return save(saying(create_store(folder / "home" / "answers.hygiene", STORE_KEY, STORE_ID, slots), INSTA))


def saying(store: OpenStore, *events: Event, by: str = "s") -> OpenStore:
    numbers = count(store.record.next_seq)
    return said(store, events, DAY, lambda: f"{by}-{next(numbers)}")


def reopened(path: Path, secret: Secret = PHRASE) -> OpenStore:
    return open_store(path, read_store(path), secret)


def events(store: OpenStore) -> list[Event]:
    return [each.event for each in store.record.statements]


def copy_of(store: OpenStore, name: str, *, counter: int = 9, store_key: bytes = STORE_KEY) -> Path:
    """A copy of a store beside it, such as a sync makes: with what it says and a save counter of its own."""
    slots = tuple(wrap_key(store_key, secret, STORE_ID, costs=CHEAP) for secret in (PHRASE, CODE))
    path = store.path.with_name(name)
    contents = Contents(store_key, Draft(store.header.store_id, counter, slots), store.statements)
    path.write_bytes(contents.sealed())
    return path


def unasked(_path: Path) -> OpenStore:
    raise AssertionError("its key opens it: nobody is asked")


class TestBackup:
    def test_it_opens_elsewhere(self, tmp_path: Path) -> None:
        """By passphrase and by code, and by no keyring; it holds everything, for its owner only."""
        store, path = new_store(tmp_path), tmp_path / "backup"
        assert write_backup(store, path) == (BY_PHRASE, BY_CODE)
        for secret in (PHRASE, CODE):
            opened = reopened(path, secret)
            assert opened.statements == store.statements
            assert opened.header.slots == (BY_PHRASE, BY_CODE)
            assert (opened.header.store_id, opened.header.counter) == (STORE_ID, store.header.counter)
        with pytest.raises(LockedError):
            reopened(path, RING)
        assert path.stat().st_mode & 0o777 == 0o600

    def test_the_store_is_as_it_was(self, tmp_path: Path) -> None:
        """Its salt is another one: no payload key seals two payloads."""
        store = new_store(tmp_path)
        before = store.path.read_bytes()
        write_backup(store, tmp_path / "backup")
        assert store.path.read_bytes() == before
        assert reopened(tmp_path / "backup").header.salt != store.header.salt

    def test_one_with_nothing_but_a_code_will_do(self, tmp_path: Path) -> None:
        """The store itself is opened by a keyring besides."""
        assert write_backup(new_store(tmp_path, (BY_RING, BY_CODE)), tmp_path / "backup") == (BY_CODE,)
        assert events(reopened(tmp_path / "backup", CODE)) == [INSTA]

    def test_one_that_only_a_keyring_would_open_is_not_written(self, tmp_path: Path) -> None:
        """A store like that cannot be made any more; were there one, a backup of it would open nowhere."""
        store = new_store(tmp_path, (BY_PHRASE, BY_RING))
        only = OpenStore(store.path, type(store.header)(STORE_ID, 2, (BY_RING,), bytes(32)), store.statements)
        with pytest.raises(NotDoneError, match="nothing but this computer's keyring") as caught:
            write_backup(only, tmp_path / "backup")
        assert "hygiene store recovery" in caught.value.hint
        assert not (tmp_path / "backup").exists()

    @pytest.mark.parametrize("is_link", [True, False])
    def test_it_is_never_written_over_anything(self, tmp_path: Path, *, is_link: bool) -> None:
        """A dangling link is something, too."""
        path = tmp_path / "backup"
        if is_link:
            path.symlink_to("nowhere")
        else:
            path.write_bytes(b"precious")
        with pytest.raises(NotDoneError, match="there already"):
            write_backup(new_store(tmp_path), path)
        assert path.is_symlink() if is_link else path.read_bytes() == b"precious"

    @pytest.mark.parametrize(
        "spoil",
        [
            lambda data: data[:-1],
            lambda data: data[:-1] + bytes([data[-1] ^ 1]),
            lambda _data: Contents(STORE_KEY, Draft(STORE_ID, 2, (BY_CODE,)), {}).sealed(backup=True),
        ],
        ids=["cut off", "altered", "another content"],
    )
    def test_one_that_does_not_read_back_is_no_backup(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes]
    ) -> None:
        """A bad disk is noticed now, not on the day that the backup is needed; the store is not blamed."""
        store, write = new_store(tmp_path), files.write_atomically
        monkeypatch.setattr(files, "write_atomically", lambda path, data: write(path, spoil(data)))
        with pytest.raises(NotDoneError, match="does not read back"):
            write_backup(store, tmp_path / "backup")

    def test_a_place_that_may_not_be_entered(self) -> None:
        """Said as an error that a person can read."""
        with open_folder() as folder:
            store = new_store(folder)
            (folder / "closed").mkdir(mode=0o700)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (folder / "closed" / "backup").stat()
                with pytest.raises(HygieneError, match="could not be written"):
                    write_backup(store, folder / "closed" / "backup")

            run_as_nobody(work)


class TestBeside:
    def test_only_what_holds_more_is_brought_up(self, tmp_path: Path) -> None:
        """A copy that was joined once is not offered for ever; still its save counter is known."""
        store = new_store(tmp_path)
        more = copy_of(saying(store, TW), "answers (1).hygiene", counter=5)
        copy_of(store, "answers (2).hygiene", counter=8)
        copy_of(store, "answers (3).hygiene", counter=6)
        beside = beside_of(store)
        assert [each.path for each in beside.open] == [more]
        assert events(beside.open[0]) == [INSTA, TW]
        assert (beside.sealed_otherwise, beside.newest) == ((), 8)

    def test_one_of_another_key_is_named(self, tmp_path: Path) -> None:
        """Its save counter is not believed: nothing verified it."""
        store = new_store(tmp_path)
        other = copy_of(saying(store, TW), "answers (1).hygiene", store_key=OTHER_KEY)
        beside = beside_of(store)
        assert (beside.open, beside.sealed_otherwise, beside.newest) == ((), (other,), 0)

    def test_one_with_another_passphrase_is_brought_up(self, tmp_path: Path) -> None:
        """It was changed on another computer perhaps, and holds nothing more; a keyring of its own does."""
        store = new_store(tmp_path, (BY_PHRASE, BY_RING, BY_CODE))
        other = wrap_key(STORE_KEY, Passphrase("another phrase in April"), STORE_ID, costs=CHEAP)
        elsewhere = wrap_key(STORE_KEY, KeyringKey(bytes(32)), STORE_ID)
        with_slots = {
            "answers (1).hygiene": (other, BY_CODE),
            "answers (2).hygiene": (BY_PHRASE,),
            "answers (3).hygiene": (BY_CODE, elsewhere, BY_PHRASE),
        }
        for name, slots in with_slots.items():
            contents = Contents(STORE_KEY, Draft(STORE_ID, 3, slots), store.statements)
            store.path.with_name(name).write_bytes(contents.sealed())
        beside = beside_of(store)
        assert [each.path.name for each in beside.other_ways] == [
            "answers (1).hygiene",
            "answers (2).hygiene",
        ]
        assert (beside.open, beside.sealed_otherwise) == ((), ())

    def test_one_that_breaks_off_is_passed_over(self, tmp_path: Path) -> None:
        """A sync may be writing it just now."""
        store = new_store(tmp_path)
        half = copy_of(saying(store, TW), "answers (1).hygiene")
        half.write_bytes(half.read_bytes()[:-1])
        assert beside_of(store) == Beside((), (), (), 0)

    def test_one_of_a_newer_program_is_passed_over(self, tmp_path: Path) -> None:
        """It cannot be read here."""
        store = new_store(tmp_path)
        newer = copy_of(store, "answers (1).hygiene")
        sealed = bytearray(newer.read_bytes())
        sealed[8] = 9
        newer.write_bytes(sealed)
        beside = beside_of(store)
        assert (beside.open, beside.sealed_otherwise, beside.newest) == ((), (), 0)

    def test_what_is_kept_on_purpose_is_none(self, tmp_path: Path) -> None:
        """Nor is the store itself, nor another store."""
        store = new_store(tmp_path)
        more = saying(store, TW)
        copy_of(more, previous_of(store.path).name)
        copy_of(more, free_aside(store.path).name)
        stranger = create_store(tmp_path / "other" / "s", STORE_KEY, bytes(16), slots_for(bytes(16)))
        stranger.path.rename(store.path.with_name("answers (1).hygiene"))
        beside = beside_of(store)
        assert (beside.open, beside.sealed_otherwise, beside.newest) == ((), (), 0)

    def test_missing_are_statements_by_their_id(self, tmp_path: Path) -> None:
        """Counted one way: what the store says more is not missing in it."""
        store = new_store(tmp_path)
        assert missing_in(store, saying(store, TW, CLOSED)) == 2
        assert missing_in(saying(store, TW, CLOSED), store) == 0
        assert missing_in(saying(store, TW, by="a"), saying(store, TW, by="b")) == 1


class TestJoining:
    def test_a_copy_of_the_same_key_asks_nothing(self, tmp_path: Path) -> None:
        """What each of them says is there, in order; nothing is written yet."""
        store = new_store(tmp_path)
        copy = copy_of(saying(store, TW, by="b"), "copy")
        before = store.path.read_bytes()
        joined, added = joined_with(saying(store, CLOSED, by="a"), copy, unasked)
        assert (events(joined), added) == ([INSTA, CLOSED, TW], 1)
        assert store.path.read_bytes() == before
        assert events(reopened(save(joined).path)) == [INSTA, CLOSED, TW]

    def test_one_of_another_key_is_opened_by_its_own_secret(self, tmp_path: Path) -> None:
        """A backup made before the store was given a new key; the store keeps its own."""
        store = new_store(tmp_path)
        copy = copy_of(saying(store, TW), "copy", store_key=OTHER_KEY)
        joined, added = joined_with(store, copy, reopened)
        assert (events(joined), added) == ([INSTA, TW], 1)
        assert (joined.path, joined.store_key) == (store.path, STORE_KEY)

    def test_one_that_does_not_open_is_not_joined(self, tmp_path: Path) -> None:
        """The error is that of the opening."""
        store = new_store(tmp_path)
        copy = copy_of(saying(store, TW), "copy", store_key=OTHER_KEY)
        with pytest.raises(LockedError):
            joined_with(store, copy, lambda path: reopened(path, RING))

    def test_a_backup_of_yesterday_adds_nothing(self, tmp_path: Path) -> None:
        """And takes nothing away."""
        store = new_store(tmp_path)
        write_backup(store, tmp_path / "backup")
        joined, added = joined_with(saying(store, TW), tmp_path / "backup", unasked)
        assert (events(joined), added) == ([INSTA, TW], 0)

    def test_another_store_is_refused(self, tmp_path: Path) -> None:
        """Two people's answers are never mixed; it says how to go over to that one."""
        other = create_store(
            tmp_path / "other" / "answers.hygiene", STORE_KEY, bytes(16), slots_for(bytes(16))
        )
        with pytest.raises(NotDoneError, match="other answers") as caught:
            joined_with(new_store(tmp_path), other.path, unasked)
        assert "--replace" in caught.value.hint
        assert str(other.path) in str(caught.value)

    def test_what_is_no_store_is_said(self, tmp_path: Path) -> None:
        """Missing, damaged, something else: none of them asks for a secret."""
        store, path = new_store(tmp_path), tmp_path / "file"
        with pytest.raises(MissingFileError):
            joined_with(store, path, unasked)
        path.write_bytes(read_store(store.path)[:70])
        with pytest.raises(DamagedError):
            joined_with(store, path, unasked)
        path.write_bytes(b"a holiday picture, say")
        with pytest.raises(NotDoneError, match="not a hygiene store"):
            joined_with(store, path, unasked)


class TestExport:
    def test_every_statement_is_there_as_it_is_written(self, tmp_path: Path) -> None:
        """What is exported says all that the store says: the lines, in order, lead to the same record."""
        store = saying(new_store(tmp_path), TW, CLOSED)
        exported = json.loads(json.dumps(export_of(store, DAY)))
        assert set(exported) == {"schema", "exported_on", "statements"}
        assert (exported["schema"], exported["exported_on"]) == ("hygiene.export/1", "2026-11-22")
        lines = [
            json.dumps(each, ensure_ascii=False, separators=(",", ":")).encode()
            for each in exported["statements"]
        ]
        assert lines == list(store.statements)
        assert decode_payload(encode_payload(lines)) == store.statements

    def test_an_empty_store_exports_an_empty_list(self, tmp_path: Path) -> None:
        """That is something to read, too."""
        empty = create_store(tmp_path / "answers.hygiene", STORE_KEY, STORE_ID, SLOTS)
        assert export_of(empty, DAY)["statements"] == []


def slots_for(store_id: bytes) -> tuple[Slot, ...]:
    """Slots of another store."""
    slot = wrap_key(STORE_KEY, PHRASE, store_id, costs=CHEAP)
    assert slot.type is SlotType.PASSPHRASE
    return (slot,)
