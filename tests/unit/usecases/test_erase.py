"""Everything that hygiene keeps here goes, its key slots first; what is somebody else's stays."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from tests.contract.keystore import OTHER_STORE_ID, MemoryKeyStore
from tests.unit.safety.nobody import NOBODY, open_folder, run_as_nobody
from tests.unit.safety.stores import CODE, PHRASE, RING, SLOTS, STORE_ID, STORE_KEY

from hygiene.errors import NotDoneError
from hygiene.model.record import AccountAdded, BackupWritten, Event, Record, ReportWritten, Statement
from hygiene.safety import files
from hygiene.safety.container import Draft, Slot, parse_header
from hygiene.safety.keyring_slot import Item, Reason, SystemKeyring, Unavailable, turned_off
from hygiene.safety.sealing import wrap_key
from hygiene.store.beside import free_aside, lock_of, previous_of
from hygiene.store.file import Contents, create_store, open_store, read_store, save
from hygiene.usecases.erase import (
    check_ordinary,
    erase,
    files_to_erase,
    forget_keys,
    forget_lists,
    keyring_slots,
    written_files,
)
from hygiene.usecases.put_back import keep_aside, set_aside

STRANGER = bytes(16)
BY_RING = SLOTS[1]


class StickyKeyStore(MemoryKeyStore):
    """Does not give up what it holds for one slot."""

    def __init__(self, slot_id: bytes) -> None:
        super().__init__()
        self._slot_id = slot_id

    def delete(self, store_id: bytes, item: Item = Item.KEY) -> None:
        if store_id == self._slot_id:
            raise Unavailable(Reason.NOT_REMOVED)
        super().delete(store_id, item)


def new_store(folder: Path, slots: tuple[Slot, ...] = SLOTS) -> Path:
    """A store, and as it was before beside it."""
    path = folder / "home" / "answers.hygiene"
    create_store(path, STORE_KEY, STORE_ID, slots)
    save(open_store(path, read_store(path), PHRASE))
    return path


def full_folder(folder: Path) -> Path:
    """A store with everything that may lie beside it, and the person's own file."""
    path = new_store(folder)
    set_aside(path)
    new_store(folder)
    keep_aside(path)
    for name in ("answers (1).hygiene", ".hygiene-0123456789abcdef.tmp"):
        (path.parent / name).write_bytes(path.read_bytes()[:-1])
    other = Contents(STORE_KEY, Draft(STRANGER, 1, SLOTS), {})
    (path.parent / "other.hygiene").write_bytes(other.sealed())
    (path.parent / "holiday.txt").write_text("precious")
    return path


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def holds_a_slot(data: bytes) -> bool:
    """Whether what a secret would open is anywhere in the bytes."""
    return any(slot.wrapped in data or slot.nonce in data for slot in SLOTS)


class TestWhichFiles:
    def test_all_that_holds_answers(self, tmp_path: Path) -> None:
        """Store, generation before, copies, what a killed save left, what was set aside: each once."""
        path = full_folder(tmp_path)
        found = files_to_erase(path)
        assert sorted(each.name for each in found) == [
            ".hygiene-0123456789abcdef.tmp",
            "answers (1).hygiene",
            "answers-set-aside-1.hygiene",
            "answers-set-aside-1.hygiene.previous",
            "answers-set-aside-2.hygiene",
            "answers.hygiene",
            "answers.hygiene.previous",
        ]
        assert {each.parent for each in found} == {path.parent}

    def test_only_those_that_are_there(self, tmp_path: Path) -> None:
        """They are named to the person before anything goes."""
        path = create_store(tmp_path / "answers.hygiene", STORE_KEY, STORE_ID, SLOTS).path
        assert files_to_erase(path) == (path,)
        assert files_to_erase(tmp_path / "gone" / "answers.hygiene") == ()

    def test_a_damaged_store_too(self, tmp_path: Path) -> None:
        """It can be deleted without being opened, or even being one; so can a dangling link."""
        path = tmp_path / "answers.hygiene"
        path.write_bytes(b"\x89HYG")
        assert files_to_erase(path) == (path,)
        path.unlink()
        path.symlink_to("nowhere")
        assert files_to_erase(path) == (path,)

    def test_what_was_set_aside_without_a_store(self, tmp_path: Path) -> None:
        """Somebody may have begun afresh and then not begun."""
        path = new_store(tmp_path)
        aside = set_aside(path)
        assert files_to_erase(path) == (aside, previous_of(aside))


class TestErasing:
    def test_all_of_it_is_gone(self, tmp_path: Path) -> None:
        """The lock and the folder too."""
        path = new_store(tmp_path)
        keep_aside(path)
        erase(path, files_to_erase(path))
        assert list(tmp_path.iterdir()) == []

    def test_what_a_killed_save_left_is_gone(self, tmp_path: Path) -> None:
        """Also where it is a whole store."""
        path = new_store(tmp_path)
        (path.parent / ".hygiene-0123456789abcdef.tmp").write_bytes(path.read_bytes())
        erase(path, files_to_erase(path))
        assert list(tmp_path.iterdir()) == []

    def test_what_is_somebody_elses_stays(self, tmp_path: Path) -> None:
        """And so does the folder: another store, a file of the person's own."""
        path = full_folder(tmp_path)
        (path.parent / ".hygiene-0123456789abcdef.tmp").unlink()
        erase(path, files_to_erase(path))
        assert names_in(path.parent) == ["holiday.txt", "other.hygiene"]
        assert (path.parent / "holiday.txt").read_text() == "precious"

    def test_the_slots_are_overwritten_first(self, tmp_path: Path) -> None:
        """What a disk keeps of a deleted file no secret opens, in none of the files."""
        path = full_folder(tmp_path)
        (path.parent / ".hygiene-0123456789abcdef.tmp").unlink()
        found = files_to_erase(path)
        before = [each.read_bytes() for each in found]
        links = [tmp_path / f"link-{number}" for number in range(len(found))]
        for each, link in zip(found, links, strict=True):
            os.link(each, link)
        erase(path, found)
        for link, old in zip(links, before, strict=True):
            assert holds_a_slot(old)
            assert not holds_a_slot(link.read_bytes())
            _header, length = parse_header(old)
            assert link.read_bytes()[:length] != old[:length]
            assert link.read_bytes()[:25] != old[:25]
            assert link.stat().st_size == len(old)

    def test_the_longest_header_is_overwritten_whole(self, tmp_path: Path) -> None:
        """Sixteen slots, of passphrases: what follows is left as it is, the key to it is gone."""
        path = tmp_path / "home" / "answers.hygiene"
        path.parent.mkdir()
        old = bytes(range(256)) * 8
        path.write_bytes(old)
        os.link(path, tmp_path / "link")
        erase(path, (path,))
        new = (tmp_path / "link").read_bytes()
        assert new[66 + 16 * 99 :] == old[66 + 16 * 99 :]
        assert sum(a == b for a, b in zip(new[: 66 + 16 * 99], old, strict=False)) < 100

    def test_a_short_file_does_not_grow(self, tmp_path: Path) -> None:
        """Such as one that broke off."""
        path = tmp_path / "home" / "answers.hygiene"
        path.parent.mkdir()
        path.write_bytes(b"\x89HYG")
        os.link(path, tmp_path / "link")
        erase(path, (path,))
        assert (tmp_path / "link").stat().st_size == 4

    def test_a_link_goes_and_what_it_leads_to_stays(self, tmp_path: Path) -> None:
        """It may lead to somebody else's file."""
        path = tmp_path / "home" / "answers.hygiene"
        path.parent.mkdir()
        (tmp_path / "elsewhere").write_bytes(b"precious")
        path.symlink_to(tmp_path / "elsewhere")
        erase(path, files_to_erase(path))
        assert names_in(tmp_path) == ["elsewhere"]
        assert (tmp_path / "elsewhere").read_bytes() == b"precious"

    def test_a_pipe_is_not_written_to(self, tmp_path: Path) -> None:
        """Nobody would read what is written, and it would wait for ever."""
        path = tmp_path / "home" / "answers.hygiene"
        path.parent.mkdir()
        os.mkfifo(path)
        erase(path, (path,))
        assert list(tmp_path.iterdir()) == []

    def test_a_store_in_use_is_not_pulled_away(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A save that is under way would bring it back."""
        path, patient = new_store(tmp_path), files.locked
        before = names_in(path.parent)
        monkeypatch.setattr("hygiene.usecases.erase.locked", lambda lock: patient(lock, wait=0))
        with patient(lock_of(path)), pytest.raises(NotDoneError, match="another hygiene"):
            erase(path, files_to_erase(path))
        assert names_in(path.parent) == before


class TestOrdinary:
    def test_a_store_or_nothing_may_be_erased(self, tmp_path: Path) -> None:
        """Damaged or not."""
        path = tmp_path / "answers.hygiene"
        check_ordinary(path)
        path.write_bytes(b"\x89HYG")
        check_ordinary(path)

    @pytest.mark.parametrize(
        "make",
        [
            lambda path: path.symlink_to("nowhere"),
            lambda path: path.symlink_to(__file__),
            lambda path: path.mkdir(),
            os.mkfifo,
        ],
        ids=["dangling link", "link", "folder", "pipe"],
    )
    def test_what_is_no_file_is_named(self, tmp_path: Path, make: Callable[[Path], object]) -> None:
        """Deleting a link would leave the answers that it leads to."""
        path = tmp_path / "answers.hygiene"
        make(path)
        with pytest.raises(NotDoneError, match="not an ordinary file") as caught:
            check_ordinary(path)
        assert str(path) in str(caught.value)


class TestRefused:
    def test_a_file_that_may_not_be_deleted(self) -> None:
        """Named, with what to do; nobody is told that it is gone."""
        with open_folder() as folder:
            path = new_store(folder)
            path.parent.chmod(0o755)
            for each in path.parent.iterdir():
                os.chown(each, NOBODY, NOBODY)

            def work() -> None:
                with pytest.raises(PermissionError):
                    path.unlink()
                with pytest.raises(NotDoneError, match="could not be deleted") as caught:
                    erase(path, files_to_erase(path))
                assert "hygiene store erase" in caught.value.hint
                assert str(path) in str(caught.value)

            run_as_nobody(work)
            assert path.exists()

    def test_what_is_no_file_is_not_deleted(self, tmp_path: Path) -> None:
        """A folder of such a name: hygiene made none. It says so, and the other files are still there."""
        path = create_store(tmp_path / "answers.hygiene", STORE_KEY, STORE_ID, SLOTS).path
        previous_of(path).mkdir()
        (previous_of(path) / "precious").touch()
        with pytest.raises(NotDoneError, match="could not be deleted"):
            erase(path, (previous_of(path),))
        assert (previous_of(path) / "precious").exists()

    def test_the_store_goes_last(self) -> None:
        """What stopped at a copy can be run again: only the store says which files are its copies."""
        with open_folder() as folder:
            path = new_store(folder)
            copy = path.with_name("answers (1).hygiene")
            copy.write_bytes(path.read_bytes())
            for each in (path.parent, *path.parent.iterdir()):
                os.chown(each, NOBODY, NOBODY)
            os.chown(copy, 0, 0)
            copy.chmod(0o444)

            def work() -> None:
                with pytest.raises(PermissionError):
                    copy.open("r+b")
                with pytest.raises(NotDoneError, match="could not be deleted"):
                    erase(path, files_to_erase(path))
                assert copy in files_to_erase(path)
                assert keyring_slots((path,)) == (BY_RING,)

            run_as_nobody(work)


class TestKeyring:
    def test_key_and_counter_go(self) -> None:
        """Those of every slot of this store; another one's stay."""
        key_store, second = MemoryKeyStore(), wrap_key(STORE_KEY, RING, STORE_ID)
        for slot_id in (BY_RING.id, second.id, OTHER_STORE_ID):
            for item in Item:
                key_store.put(slot_id, RING.material, item)
        assert forget_keys(key_store, (BY_RING, second)) is None
        assert set(key_store.kept) == {(OTHER_STORE_ID, item) for item in Item}

    def test_one_that_does_not_answer_says_why(self) -> None:
        """The entry that stays is named then; so it is where the keyring is switched off."""
        assert forget_keys(SystemKeyring(turned_off), (BY_RING,)) is Reason.TURNED_OFF
        assert forget_keys(None, (BY_RING,)) is Reason.TURNED_OFF

    def test_without_a_slot_it_is_not_asked(self) -> None:
        """Nor is anything said of it."""
        assert forget_keys(SystemKeyring(turned_off), ()) is None
        assert forget_keys(None, ()) is None

    def test_an_entry_that_stays_does_not_keep_the_others(self) -> None:
        """Each is tried; the first reason is told."""
        second = wrap_key(STORE_KEY, RING, STORE_ID)
        key_store = StickyKeyStore(BY_RING.id)
        for slot in (BY_RING, second):
            key_store.put(slot.id, RING.material)
        assert forget_keys(key_store, (BY_RING, second)) is Reason.NOT_REMOVED
        assert set(key_store.kept) == {(BY_RING.id, Item.KEY)}

    def test_only_where_it_is_a_way_in(self, tmp_path: Path) -> None:
        """Elsewhere it need not be asked; known without opening anything."""
        assert keyring_slots((new_store(tmp_path / "one"),)) == (BY_RING,)
        assert keyring_slots((new_store(tmp_path / "two", (SLOTS[0], SLOTS[2])),)) == ()
        assert keyring_slots((tmp_path / "gone",)) == ()
        (tmp_path / "damaged").write_bytes(b"\x89HYG")
        assert keyring_slots((tmp_path / "damaged",)) == ()

    def test_every_file_counts_once(self, tmp_path: Path) -> None:
        """A store that was set aside has keys of its own; the copy beside the store has the same ones."""
        path = new_store(tmp_path)
        other = wrap_key(STORE_KEY, RING, STORE_ID)
        aside = set_aside(new_store(tmp_path / "other", (SLOTS[0], other)))
        assert keyring_slots((path, previous_of(path), aside)) == (BY_RING, other)

    def test_a_spoilt_store_is_known_by_the_copy_beside_it(self, tmp_path: Path) -> None:
        """Its entries and its other copies go too."""
        path = new_store(tmp_path)
        copy = path.with_name("answers (1).hygiene")
        copy.write_bytes(path.read_bytes())
        path.write_bytes(b"\x89HYG")
        assert keyring_slots(files_to_erase(path)) == (BY_RING,)
        assert copy in files_to_erase(path)


class TestWhatWasWritten:
    def record(self, *paths: Path | str) -> Record:
        """A record that names reports at these paths, a backup at the first one, and something else."""
        events: tuple[Event, ...] = (
            AccountAdded("insta", "instagram"),
            *(ReportWritten(str(path)) for path in paths),
            BackupWritten(str(paths[0])),
        )
        return Record(
            tuple(Statement(f"s-{n}", n, date(2026, 11, 22), event) for n, event in enumerate(events))
        )

    def test_only_what_is_still_there_is_named(self, tmp_path: Path) -> None:
        """Each once, in the order written; reports and backups apart."""
        first, gone, second = tmp_path / "b.html", tmp_path / "gone.html", tmp_path / "a.html"
        for each in (first, second):
            each.touch()
        written = written_files(self.record(first, gone, second, first))
        assert (written.reports, written.backups) == ((first, second), (first,))

    def test_nothing_written_names_nothing(self) -> None:
        """An empty record."""
        written = written_files(Record())
        assert (written.reports, written.backups) == ((), ())

    def test_a_place_that_may_not_be_entered_is_passed_over(self) -> None:
        """Somebody else's folder by now, or a name that no disk takes."""
        with open_folder() as folder:
            (folder / "closed").mkdir(mode=0o700)
            record = self.record(folder / "closed" / "a.html", "x" * 5000)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (folder / "closed" / "a.html").stat()
                assert written_files(record).reports == ()

            run_as_nobody(work)


def test_what_was_erased_opens_no_more(tmp_path: Path) -> None:
    """A whole copy of the disk block by block holds no store."""
    path = new_store(tmp_path)
    os.link(path, tmp_path / "link")
    erase(path, files_to_erase(path))
    with pytest.raises(NotDoneError, match="not a hygiene store"):
        open_store(tmp_path / "link", read_store(tmp_path / "link"), CODE)
    assert not free_aside(path).exists()


def test_what_is_kept_of_organisations_lists_goes_too(tmp_path: Path) -> None:
    """The keys of somebody who publishes stay: others rely on them."""
    home = tmp_path / "home"
    for name in ("sources/acme/source.json", "managed.json", "keys/acme-Alice.key"):
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text("{}")
    forget_lists(home)
    assert [path.name for path in home.rglob("*") if path.is_file()] == ["acme-Alice.key"]
    (home / "keys" / "acme-Alice.key").unlink()
    (home / "keys").rmdir()
    forget_lists(home)
    assert not home.exists()
