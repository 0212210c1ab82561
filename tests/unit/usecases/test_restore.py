"""A copy made the store of this computer, and what was there before kept: nothing is ever deleted."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from tests.contract.keystore import MemoryKeyStore
from tests.unit.safety.nobody import open_folder, run_as_nobody
from tests.unit.safety.stores import CHEAP, CODE, PHRASE, RING, SLOTS, STORE_ID, STORE_KEY
from tests.unit.usecases.scripted import ScriptedTerminal

from hygiene.errors import LockedError, NotDoneError, UsageError
from hygiene.model.record import (
    COMPUTER,
    EMPLOYERS,
    MINE,
    AccountAdded,
    BackupWritten,
    Event,
    ReportWritten,
    SettingChosen,
    Statement,
)
from hygiene.safety import files
from hygiene.safety.container import Draft, Slot, SlotType
from hygiene.safety.keyring_slot import Item, KeyStore, Reason, SystemKeyring, Unavailable, turned_off
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import KeyringKey, Passphrase, RecoveryCode, Secret
from hygiene.store.beside import free_aside, lock_of, previous_of
from hygiene.store.encoding import encode
from hygiene.store.file import (
    Contents,
    OpenStore,
    create_store,
    open_store,
    read_store,
    said,
    save,
    save_with_slots,
)
from hygiene.usecases.new_secrets import Means
from hygiene.usecases.put_back import keep_aside, put_back, set_aside
from hygiene.usecases.restore import restore

BY_PHRASE, BY_RING, BY_CODE = SLOTS
NEW_WORDS = "another phrase in April"
INSTA, TW = AccountAdded("insta", "instagram"), AccountAdded("tw", "x")


heard: list[str] = []


class FullKeyStore(MemoryKeyStore):
    """Answers, and takes nothing."""

    def put(self, store_id: bytes, value: bytes, item: Item = Item.KEY) -> None:  # noqa: ARG002 - the protocol's
        raise Unavailable(Reason.NOT_KEPT)


def means(
    terminal: ScriptedTerminal | None = None,
    *,
    key_store: KeyStore | None = None,
    passphrase_file: Path | None = None,
) -> Means:
    return Means(terminal, passphrase_file, None, key_store, heard.append, CHEAP)


def saying(store: OpenStore, *events: Event) -> OpenStore:
    numbers = count(store.record.next_seq)
    return said(store, events, date(2026, 11, 22), lambda: f"s-{next(numbers)}")


def new_store(folder: Path) -> Path:
    """A store of today: saved five times, it says two things."""
    store = create_store(folder / "home" / "answers.hygiene", STORE_KEY, STORE_ID, SLOTS)
    for event in (INSTA, TW):
        store = save(saying(store, event))
    return save(save(store)).path


def backup(folder: Path, *slots: Slot, counter: int = 3, secret: Secret = PHRASE) -> tuple[OpenStore, Secret]:
    """A backup that says one thing, opened."""
    line = Statement("s-1", 1, date(2026, 11, 22), INSTA)
    draft = Draft(STORE_ID, counter, slots or (BY_PHRASE, BY_CODE))
    path = folder / "backup"
    path.write_bytes(Contents(STORE_KEY, draft, {encode(line): line}).sealed(backup=True))
    return reopened(path, secret), secret


def reopened(path: Path, secret: Secret = PHRASE) -> OpenStore:
    return open_store(path, read_store(path), secret)


def opens(path: Path, secret: Secret) -> bool:
    try:
        return bool(reopened(path, secret).store_key)
    except LockedError:
        return False


def events(store: OpenStore) -> list[Event]:
    return [each.event for each in store.record.statements]


def bytes_in(path: Path) -> dict[str, bytes]:
    """What lies in the store's folder, but for its lock."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if not each.name.endswith(".lock")}


def types_in(store: OpenStore) -> list[SlotType]:
    return [slot.type for slot in store.header.slots]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where a store is to be; there is none."""
    return tmp_path / "home" / "answers.hygiene"


@pytest.fixture
def new_file(tmp_path: Path) -> Path:
    """A file with a new passphrase."""
    file = tmp_path / "new"
    file.write_text(NEW_WORDS)
    file.chmod(0o600)
    return file


class TestPuttingBack:
    def test_where_there_is_none_a_store_is_made(self, tmp_path: Path, path: Path) -> None:
        """In a folder of its owner's only, and nothing else lies there."""
        copy, _secret = backup(tmp_path)
        put = put_back(path, copy)
        assert (put.path, put.statements, put.header.counter) == (path, copy.statements, 4)
        assert reopened(path).header == put.header
        assert bytes_in(path).keys() == {"answers.hygiene"}
        assert path.parent.stat().st_mode & 0o777 == 0o700

    def test_the_store_of_today_gets_another_name(self, tmp_path: Path) -> None:
        """Byte for byte, with what is kept beside it; the copy itself stays where it is."""
        path = new_store(tmp_path)
        save(reopened(path))
        before, (copy, _secret) = bytes_in(path), backup(tmp_path)
        put_back(path, copy)
        after = bytes_in(path)
        assert after.pop("answers-set-aside-1.hygiene") == before["answers.hygiene"]
        assert after.pop("answers.hygiene") not in before.values()
        assert after == {"answers.hygiene.previous": before["answers.hygiene.previous"]}
        assert events(reopened(path)) == [INSTA]
        assert copy.path.exists()

    def test_one_copy_after_the_other(self, tmp_path: Path) -> None:
        """Each has a name of its own."""
        path = new_store(tmp_path)
        for _turn in range(3):
            put_back(path, backup(tmp_path)[0])
        assert sorted(bytes_in(path)) == [
            *(f"answers-set-aside-{number}.hygiene" for number in (1, 2, 3)),
            "answers.hygiene",
        ]

    def test_it_can_have_other_slots(self, tmp_path: Path, path: Path) -> None:
        """And a counter beyond one that was seen."""
        put = put_back(path, backup(tmp_path)[0], slots=(BY_PHRASE, BY_RING), after=41)
        assert (put.header.slots, put.header.counter) == ((BY_PHRASE, BY_RING), 42)

    def test_a_dangling_link_is_kept_too(self, tmp_path: Path) -> None:
        """It leads to where a store was, perhaps on a disk that is not there now: nothing follows it."""
        path = tmp_path / "home" / "answers.hygiene"
        path.parent.mkdir()
        path.symlink_to(tmp_path / "nowhere")
        put_back(path, backup(tmp_path)[0])
        assert (path.parent / "answers-set-aside-1.hygiene").is_symlink()
        assert not path.is_symlink()
        assert not (tmp_path / "nowhere").exists()

    def test_slots_that_lock_people_out_put_nothing_in_place(self, tmp_path: Path) -> None:
        """A backup may have nothing but a code; a store may not."""
        path = new_store(tmp_path)
        before = path.read_bytes()
        with pytest.raises(ValueError, match="beside recovery"):
            put_back(path, backup(tmp_path)[0], slots=(BY_CODE,))
        assert path.read_bytes() == before


class TestKeepingAside:
    def test_it_is_the_same_file_under_a_second_name(self, tmp_path: Path) -> None:
        """No room on the disk is needed, nor a file that can still be read."""
        path = new_store(tmp_path)
        path.chmod(0o644)
        aside = keep_aside(path)
        assert aside.name == "answers-set-aside-1.hygiene"
        assert aside.samefile(path)
        assert aside.stat().st_mode & 0o777 == 0o600

    def test_of_a_link_what_it_leads_to_is_left_alone(self, tmp_path: Path) -> None:
        """It is somebody else's file, perhaps: its rights are not ours to change."""
        path, elsewhere = tmp_path / "answers.hygiene", tmp_path / "elsewhere"
        elsewhere.write_bytes(b"precious")
        elsewhere.chmod(0o644)
        path.symlink_to(elsewhere)
        assert keep_aside(path).is_symlink()
        assert elsewhere.stat().st_mode & 0o777 == 0o644

    def test_where_files_have_one_name_it_is_copied(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Such as on a memory stick."""

        def refuse(*_arguments: object, **_options: object) -> None:
            raise PermissionError

        monkeypatch.setattr(os, "link", refuse)
        path = new_store(tmp_path)
        aside = keep_aside(path)
        assert aside.read_bytes() == path.read_bytes()
        assert not aside.samefile(path)
        assert aside.stat().st_mode & 0o777 == 0o600

    def test_a_folder_that_may_not_be_written(self) -> None:
        """The store is as it was."""
        with open_folder() as folder:
            path = new_store(folder)
            copy, _secret = backup(folder)
            path.parent.chmod(0o755)
            for each in path.parent.iterdir():
                each.chmod(0o644)
            before = bytes_in(path)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (path.parent / "probe").touch()
                with pytest.raises(NotDoneError, match="could not be written"):
                    put_back(path, copy)
                with pytest.raises(NotDoneError, match="could not be") as caught:
                    set_aside(path)
                assert "where you may write" in caught.value.hint

            run_as_nobody(work)
            assert bytes_in(path) == before


class TestWhileOthersSave:
    """A save of another hygiene that falls in between would be in neither file."""

    @pytest.mark.parametrize(("name", "rename"), [("link", put_back), ("rename", set_aside)])
    def test_the_lock_is_held_while_it_gets_its_other_name(
        self,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        name: str,
        rename: Callable[..., object],
    ) -> None:
        """From then on until the copy is in its place."""
        path, renamed = new_store(tmp_path), getattr(os, name)
        names: list[str] = []

        def assert_locked() -> None:
            held = files.locked(lock_of(path), wait=0)
            with pytest.raises(NotDoneError, match="another hygiene"), held:
                pass

        write = files.write_atomically

        def written(target: Path, data: bytes) -> None:
            assert_locked()
            write(target, data)

        def watched(source: Path, target: Path, **options: bool) -> None:
            if Path(source) == path:
                assert_locked()
                names.append(Path(target).name)
            renamed(source, target, **options)

        copy, _secret = backup(tmp_path)
        monkeypatch.setattr(os, name, watched)
        monkeypatch.setattr(files, "write_atomically", written)
        rename(path, *([copy] if rename is put_back else []))
        assert names == ["answers-set-aside-1.hygiene"]


class TestSettingAside:
    def test_the_store_and_what_is_kept_are_renamed(self, tmp_path: Path) -> None:
        """Under one name, so that they are found together."""
        path = new_store(tmp_path)
        save(reopened(path))
        before = bytes_in(path)
        aside = set_aside(path)
        assert bytes_in(path) == {
            aside.name: before["answers.hygiene"],
            previous_of(aside).name: before["answers.hygiene.previous"],
        }

    def test_a_store_alone_is_renamed_alone(self, tmp_path: Path) -> None:
        """There is no generation before after the first save."""
        path = create_store(tmp_path / "answers.hygiene", STORE_KEY, STORE_ID, SLOTS).path
        aside = set_aside(path)
        assert list(bytes_in(path)) == [aside.name]

    def test_what_is_not_there_cannot_be(self, path: Path) -> None:
        """It is an error that a person can read."""
        path.parent.mkdir()
        with pytest.raises(NotDoneError, match="could not be renamed"):
            set_aside(path)


class TestOnAFreshComputer:
    def test_by_passphrase(self, tmp_path: Path, path: Path) -> None:
        """Nothing new is asked: the same passphrase and the same code open it."""
        terminal = ScriptedTerminal()
        store, said_of_it = restore(path, *backup(tmp_path), means(terminal))
        assert said_of_it == (SettingChosen(COMPUTER, MINE),)
        assert events(reopened(path)) == [INSTA]
        assert store.header.slots == (BY_PHRASE, BY_CODE)
        assert len(terminal.confirmed) == 1

    def test_by_code_it_may_have_a_new_passphrase(self, tmp_path: Path, path: Path) -> None:
        """The one before was forgotten, it seems, and opens it no more."""
        terminal = ScriptedTerminal(confirms=[True, True], secrets=[NEW_WORDS, NEW_WORDS])
        restore(path, *backup(tmp_path, secret=CODE), means(terminal))
        assert opens(path, Passphrase(NEW_WORDS))
        assert opens(path, CODE)
        assert not opens(path, PHRASE)

    def test_by_code_the_passphrase_may_stay(self, tmp_path: Path, path: Path) -> None:
        """Whoever says no may know it after all."""
        store, _said = restore(
            path, *backup(tmp_path, secret=CODE), means(ScriptedTerminal(confirms=[True, False]))
        )
        assert store.header.slots == (BY_PHRASE, BY_CODE)

    def test_without_a_terminal_nothing_is_asked(self, tmp_path: Path, path: Path) -> None:
        """Neither whose computer it is nor for a passphrase, where it has one."""
        store, said_of_it = restore(path, *backup(tmp_path, secret=CODE), means())
        assert (store.header.slots, said_of_it) == ((BY_PHRASE, BY_CODE), ())

    def test_a_file_gives_it_a_new_passphrase(self, tmp_path: Path, path: Path, new_file: Path) -> None:
        """That is what the file was named for; it asks nothing, even at a terminal."""
        terminal = ScriptedTerminal()
        restore(
            path, *backup(tmp_path), means(terminal, key_store=MemoryKeyStore(), passphrase_file=new_file)
        )
        assert opens(path, Passphrase(NEW_WORDS))
        assert not opens(path, PHRASE)
        assert terminal.confirmed == []

    def test_ones_own_keyring_may_open_it(self, tmp_path: Path, path: Path) -> None:
        """Beside what opened it elsewhere."""
        key_store = MemoryKeyStore()
        store, _said = restore(path, *backup(tmp_path), means(ScriptedTerminal(), key_store=key_store))
        assert types_in(store) == [SlotType.PASSPHRASE, SlotType.RECOVERY, SlotType.KEYRING]
        assert list(key_store.kept) == [(store.header.slots[-1].id, Item.KEY)]
        assert opens(path, KeyringKey(*key_store.kept.values()))

    def test_a_keyring_that_opens_the_copy_already_is_not_offered(self, tmp_path: Path, path: Path) -> None:
        """It is a way in as it is, such as for a store that was set aside."""
        key_store, terminal = MemoryKeyStore(), ScriptedTerminal()
        key_store.put(BY_RING.id, RING.material)
        copy = reopened(set_aside(new_store(tmp_path)), RING)
        store, _said = restore(path, copy, RING, means(terminal, key_store=key_store))
        assert store.header.slots == SLOTS
        assert len(terminal.confirmed) == 1

    def test_a_keyring_that_takes_nothing_asks_for_a_passphrase(self, tmp_path: Path, path: Path) -> None:
        """It is said; where the copy has one, that will do."""
        key_store, terminal = FullKeyStore(), ScriptedTerminal(secrets=[NEW_WORDS, NEW_WORDS])
        copy, secret = backup(tmp_path, BY_CODE, secret=CODE)
        store, _said = restore(path, copy, secret, means(terminal, key_store=key_store))
        assert types_in(store) == [SlotType.RECOVERY, SlotType.PASSPHRASE]
        assert any("did not take the key" in line for line in terminal.shown)

    @pytest.mark.parametrize("key_store", [None, SystemKeyring(turned_off)])
    def test_one_that_is_not_there_is_not_offered(
        self, tmp_path: Path, path: Path, key_store: KeyStore | None
    ) -> None:
        """Only whose computer it is."""
        terminal = ScriptedTerminal()
        restore(path, *backup(tmp_path), means(terminal, key_store=key_store))
        assert len(terminal.confirmed) == 1

    def test_a_no_leaves_the_keyring_alone(self, tmp_path: Path, path: Path) -> None:
        """Nothing is put there."""
        key_store = MemoryKeyStore()
        terminal = ScriptedTerminal(confirms=[True, False])
        store, _said = restore(path, *backup(tmp_path), means(terminal, key_store=key_store))
        assert (store.header.slots, key_store.kept) == ((BY_PHRASE, BY_CODE), {})

    def test_an_employers_is_not_offered(self, tmp_path: Path, path: Path) -> None:
        """Its administrators could get at the key."""
        key_store, terminal = MemoryKeyStore(), ScriptedTerminal(confirms=[False, True])
        store, said_of_it = restore(path, *backup(tmp_path), means(terminal, key_store=key_store))
        assert said_of_it == (SettingChosen(COMPUTER, EMPLOYERS),)
        assert (store.header.slots, key_store.kept) == ((BY_PHRASE, BY_CODE), {})
        assert not any("keyring" in question for question in terminal.confirmed)

    def test_going_home_makes_no_store(self, tmp_path: Path, path: Path) -> None:
        """Nor a folder."""
        with pytest.raises(NotDoneError):
            restore(path, *backup(tmp_path), means(ScriptedTerminal(confirms=[False, False])))
        assert not path.parent.exists()


class TestOnlyACode:
    """A backup that nothing but a recovery code opens needs another way in to be a store."""

    def test_a_passphrase_is_asked(self, tmp_path: Path, path: Path) -> None:
        """Without asking whether."""
        terminal = ScriptedTerminal(secrets=[NEW_WORDS, NEW_WORDS])
        store, _said = restore(path, *backup(tmp_path, BY_CODE, secret=CODE), means(terminal))
        assert types_in(store) == [SlotType.RECOVERY, SlotType.PASSPHRASE]
        assert opens(path, Passphrase(NEW_WORDS))
        assert len(terminal.confirmed) == 1

    def test_or_taken_from_a_file(self, tmp_path: Path, path: Path, new_file: Path) -> None:
        """So that a script can do it."""
        restore(path, *backup(tmp_path, BY_CODE, secret=CODE), means(passphrase_file=new_file))
        assert opens(path, Passphrase(NEW_WORDS))

    def test_a_keyring_will_do(self, tmp_path: Path, path: Path) -> None:
        """Together with the code."""
        terminal, key_store = ScriptedTerminal(), MemoryKeyStore()
        store, _said = restore(
            path, *backup(tmp_path, BY_CODE, secret=CODE), means(terminal, key_store=key_store)
        )
        assert types_in(store) == [SlotType.RECOVERY, SlotType.KEYRING]

    @pytest.mark.parametrize("is_new_here", [True, False])
    def test_neither_makes_no_store(self, tmp_path: Path, path: Path, *, is_new_here: bool) -> None:
        """It says which file to name; what is there, a damaged store, is as it was."""
        if not is_new_here:
            path = new_store(tmp_path)
            path.write_bytes(path.read_bytes()[:-1])
        before = {} if is_new_here else bytes_in(path)
        with pytest.raises(UsageError) as caught:
            restore(path, *backup(tmp_path, BY_CODE, secret=CODE), means())
        assert "--new-passphrase-file" in caught.value.hint
        assert (bytes_in(path) if path.parent.exists() else {}) == before


class TestReplacing:
    def test_the_store_of_today_is_kept(self, tmp_path: Path) -> None:
        """Its secrets open it under its other name; whose computer it is was said before."""
        path, terminal = new_store(tmp_path), ScriptedTerminal()
        before = path.read_bytes()
        store, said_of_it = restore(path, *backup(tmp_path), means(terminal, key_store=MemoryKeyStore()))
        aside = path.with_name("answers-set-aside-1.hygiene")
        assert aside.read_bytes() == before
        assert events(reopened(aside, RING)) == [INSTA, TW]
        assert events(reopened(path)) == events(store) == [INSTA]
        assert (said_of_it, terminal.confirmed) == ((), [])

    @pytest.mark.parametrize(("counter", "expected"), [(3, 6), (9, 10)])
    def test_the_save_counter_goes_beyond_both(self, tmp_path: Path, counter: int, expected: int) -> None:
        """Else what is restored would be taken for an old file that somebody put there."""
        path = new_store(tmp_path)
        assert reopened(path).header.counter == 5
        store, _said = restore(path, *backup(tmp_path, counter=counter), means())
        assert store.header.counter == expected

    def test_a_counter_that_nothing_verifies_is_not_believed(self, tmp_path: Path) -> None:
        """A made-up one could leave no higher number."""
        path = new_store(tmp_path)
        made_up = bytearray(path.read_bytes())
        made_up[25:33] = b"\xff" * 8
        path.write_bytes(made_up)
        store, _said = restore(path, *backup(tmp_path), means())
        assert store.header.counter == 4
        assert path.with_name("answers-set-aside-1.hygiene").read_bytes() == made_up

    def test_whatever_lies_there_is_kept(self, tmp_path: Path, path: Path) -> None:
        """Also what is no store at all."""
        path.parent.mkdir()
        path.write_bytes(b"a holiday picture, say")
        store, _said = restore(path, *backup(tmp_path), means())
        assert store.header.counter == 4
        assert path.with_name("answers-set-aside-1.hygiene").read_bytes() == b"a holiday picture, say"

    def test_by_code_over_a_damaged_one_it_may_have_a_new_passphrase(self, tmp_path: Path) -> None:
        """As on a fresh computer, but whose it is was said before."""
        path = new_store(tmp_path)
        path.write_bytes(path.read_bytes()[:-1])
        terminal = ScriptedTerminal(confirms=[True], secrets=[NEW_WORDS, NEW_WORDS])
        _store, said_of_it = restore(path, *backup(tmp_path, secret=CODE), means(terminal))
        assert opens(path, Passphrase(NEW_WORDS))
        assert not opens(path, PHRASE)
        assert (said_of_it, len(terminal.confirmed)) == ((), 1)

    @pytest.mark.parametrize("secret", [PHRASE, CODE], ids=["passphrase", "code"])
    def test_a_secret_changed_since_does_not_come_back(self, tmp_path: Path, secret: Secret) -> None:
        """The ways in are those of today, and nothing is asked: whoever knew the old ones stays out."""
        path = new_store(tmp_path)
        copy, _secret = backup(tmp_path, secret=secret)
        new_code = RecoveryCode(bytes(range(40, 56)))
        slots = tuple(
            wrap_key(STORE_KEY, each, STORE_ID, costs=CHEAP) for each in (Passphrase(NEW_WORDS), new_code)
        )
        save_with_slots(reopened(path), lambda _slots: (*slots, BY_RING))
        terminal = ScriptedTerminal()
        store, _said = restore(path, copy, secret, means(terminal, key_store=MemoryKeyStore()))
        assert store.header.slots == (*slots, BY_RING)
        assert events(reopened(path, Passphrase(NEW_WORDS))) == [INSTA]
        assert all(opens(path, each) for each in (new_code, RING))
        assert not any(opens(path, each) for each in (PHRASE, CODE))
        assert terminal.confirmed == []

    def test_one_with_nothing_but_a_code_needs_no_passphrase(self, tmp_path: Path) -> None:
        """Those of today open it, also where there is no terminal."""
        path = new_store(tmp_path)
        store, _said = restore(path, *backup(tmp_path, BY_CODE, secret=CODE), means())
        assert store.header.slots == SLOTS

    def test_files_named_since_are_said_again(self, tmp_path: Path) -> None:
        """Erasing has to name them; what else was said since does not come back."""
        path = new_store(tmp_path)
        written = (ReportWritten("/home/me/report.html"), BackupWritten("/home/me/backup"))
        save(saying(reopened(path), *written))
        store, said_of_it = restore(path, *backup(tmp_path), means())
        assert said_of_it == written
        assert events(store) == [INSTA]

    def test_the_copy_beside_it_can_be_gone_back_to(self, tmp_path: Path) -> None:
        """All its ways in stay, the keyring too: it is a copy of this very store."""
        path = new_store(tmp_path)
        save(saying(reopened(path), AccountAdded("fb", "facebook")))
        previous = reopened(previous_of(path), RING)
        store, _said = restore(path, previous, RING, means())
        assert store.header.slots == SLOTS
        assert (events(store), store.header.counter) == ([INSTA, TW], 7)
        assert len(events(reopened(free_aside(path).with_name("answers-set-aside-1.hygiene")))) == 3
