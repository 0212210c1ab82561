"""The ways into a store, changed one by one or all at once; whatever fails changes nothing."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.contract.keystore import MemoryKeyStore
from tests.unit.safety.stores import CHEAP, CODE, PHRASE, RING, SECRETS, SLOTS, STORE_ID, STORE_KEY
from tests.unit.usecases.scripted import ScriptedTerminal

from hygiene.errors import HygieneError, LockedError, NotDoneError, UsageError
from hygiene.safety import files
from hygiene.safety.container import Slot, SlotType, parse_header
from hygiene.safety.keyring_slot import Item, KeyStore, Reason, SystemKeyring, Unavailable, turned_off
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import (
    KeyringKey,
    Passphrase,
    RecoveryCode,
    Secret,
    parse_recovery_code,
    render_recovery_code,
)
from hygiene.store.beside import previous_of
from hygiene.store.file import OpenStore, create_store, open_store, read_store, save
from hygiene.usecases.new_secrets import Means, forget_key, free_name, is_in_force, new_recovery_code
from hygiene.usecases.slots import (
    change_passphrase,
    forget_keyring,
    is_passphrase_of,
    own_keyring_slot,
    remember_in_keyring,
    remove,
    renew_recovery,
    rotate,
)
from hygiene.usecases.unlock import keys_in

BY_PHRASE, BY_RING, BY_CODE = SLOTS
OTHER_RING = KeyringKey(bytes(range(60, 92)))
NEW_WORDS = "another phrase in April"


heard: list[str] = []


@pytest.fixture(autouse=True)
def nothing_heard_yet() -> None:
    heard.clear()


class FullKeyStore(MemoryKeyStore):
    """Answers, and takes nothing."""

    def put(self, store_id: bytes, value: bytes, item: Item = Item.KEY) -> None:  # noqa: ARG002 - the protocol's
        raise Unavailable(Reason.NOT_KEPT)


class StickyKeyStore(MemoryKeyStore):
    """Answers, and gives nothing up."""

    def delete(self, store_id: bytes, item: Item = Item.KEY) -> None:  # noqa: ARG002 - the protocol's
        raise Unavailable(Reason.NOT_REMOVED)


class Killed(BaseException):
    """The program ends here, and nothing more is done."""


class InterruptedTerminal(ScriptedTerminal):
    """Somebody presses Ctrl-C at the last question."""

    def confirm(self, message: str, *, default: bool) -> bool:
        if not self.confirms:
            raise KeyboardInterrupt
        return super().confirm(message, default=default)


def new_store(folder: Path, slots: tuple[Slot, ...] = SLOTS) -> OpenStore:
    return create_store(folder / "home" / "answers.hygiene", STORE_KEY, STORE_ID, slots)


def reopened(path: Path, secret: Secret) -> OpenStore:
    return open_store(path, read_store(path), secret)


def opens(path: Path, secret: Secret) -> bool:
    """Whether a secret opens a file and what it holds."""
    try:
        return bool(reopened(path, secret).store_key)
    except LockedError:
        return False


def ring(
    key: KeyringKey = RING, key_store: MemoryKeyStore | None = None, slot_id: bytes = BY_RING.id
) -> MemoryKeyStore:
    """A keyring that holds a key for a slot of the store, and a counter."""
    kept = key_store or MemoryKeyStore()
    kept.kept[slot_id, Item.KEY] = key.material
    kept.kept[slot_id, Item.COUNTER] = bytes([0, 0, 0, 0, 0, 0, 0, 1])
    return kept


# No keyring, an empty one, one with another key, one that does not answer.
KEYLESS = (None, MemoryKeyStore(), ring(OTHER_RING), SystemKeyring(turned_off))


def means(
    terminal: ScriptedTerminal | None = None,
    *,
    key_store: KeyStore | None = None,
    passphrase_file: Path | None = None,
    recovery_file: Path | None = None,
) -> Means:
    return Means(terminal, passphrase_file, recovery_file, key_store, heard.append, CHEAP)


def file_with(folder: Path, words: str) -> Path:
    file = folder / "words"
    file.write_text(words)
    file.chmod(0o600)
    return file


def bytes_in(path: Path) -> dict[str, bytes]:
    """What lies in the store's folder, but for its lock."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if not each.name.endswith(".lock")}


def types_in(path: Path) -> list[SlotType]:
    return [slot.type for slot in parse_header(path.read_bytes())[0].slots]


def key_in(key_store: MemoryKeyStore) -> KeyringKey:
    """The one key that a keyring holds."""
    (material,) = (value for (_id, item), value in key_store.kept.items() if item is Item.KEY)
    return KeyringKey(material)


def code_in(file: Path) -> RecoveryCode:
    return RecoveryCode(parse_recovery_code(file.read_text()))


def code_shown(terminal: ScriptedTerminal) -> RecoveryCode:
    found = re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", terminal.said)
    assert found
    return RecoveryCode(parse_recovery_code(found[0]))


def refuse_writing(monkeypatch: pytest.MonkeyPatch, refused: Path) -> None:
    """Let there be no room for one file; the others are written."""
    write = files.write_atomically

    def written(path: Path, data: bytes) -> None:
        if path == refused:
            raise NotDoneError("{path} could not be written", hint="make room", path=path)
        write(path, data)

    monkeypatch.setattr(files, "write_atomically", written)


def fail_at(
    monkeypatch: pytest.MonkeyPatch, place: Path, error: BaseException, *, is_written: bool = False
) -> None:
    """Let something happen when a file is about to be written, or has just been."""
    write = files.write_atomically

    def written(path: Path, data: bytes) -> None:
        if path != place:
            return write(path, data)
        if is_written:
            write(path, data)
        raise error

    monkeypatch.setattr(files, "write_atomically", written)


@pytest.fixture(autouse=True)
def in_its_own_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


class TestPassphrase:
    def test_it_takes_the_place_of_the_one_before(self, tmp_path: Path) -> None:
        """Typed twice; the other ways in go on opening the store, and what is kept beside it."""
        path = new_store(tmp_path).path
        terminal = ScriptedTerminal(secrets=[NEW_WORDS, NEW_WORDS])
        changed = change_passphrase(reopened(path, RING), means(terminal))
        for each in (path, previous_of(path)):
            assert not opens(each, PHRASE)
            assert all(opens(each, secret) for secret in (Passphrase(NEW_WORDS), RING, CODE))
        assert changed.header.slots[:2] == (BY_RING, BY_CODE)
        assert types_in(path).count(SlotType.PASSPHRASE) == 1

    def test_it_can_come_from_a_file(self, tmp_path: Path) -> None:
        """Nothing is asked then."""
        store = new_store(tmp_path)
        change_passphrase(store, means(passphrase_file=file_with(tmp_path, NEW_WORDS)))
        assert opens(store.path, Passphrase(NEW_WORDS))

    def test_a_store_without_one_is_given_one(self, tmp_path: Path) -> None:
        """Such as one that the keyring opens."""
        store = new_store(tmp_path, (BY_RING, BY_CODE))
        change_passphrase(store, means(passphrase_file=file_with(tmp_path, NEW_WORDS)))
        assert types_in(store.path) == [SlotType.KEYRING, SlotType.RECOVERY, SlotType.PASSPHRASE]

    def test_nowhere_to_take_it_from_changes_nothing(self, tmp_path: Path) -> None:
        """The hint names the file that can be given."""
        path = new_store(tmp_path).path
        before = bytes_in(path)
        with pytest.raises(UsageError) as caught:
            change_passphrase(reopened(path, PHRASE), means())
        assert "--new-passphrase-file" in caught.value.hint
        assert bytes_in(path) == before


class TestRecovery:
    def test_a_new_code_goes_to_a_file(self, tmp_path: Path) -> None:
        """For its owner only; the code before opens neither the store nor what is kept."""
        path, file = new_store(tmp_path).path, tmp_path / "code"
        renewed = renew_recovery(reopened(path, PHRASE), means(recovery_file=file))
        assert file.stat().st_mode & 0o777 == 0o600
        for each in (path, previous_of(path)):
            assert not opens(each, CODE)
            assert all(opens(each, secret) for secret in (code_in(file), PHRASE, RING))
        assert renewed.header.slots[:2] == (BY_PHRASE, BY_RING)

    def test_or_is_shown_at_a_terminal(self, tmp_path: Path) -> None:
        """And no file is written unless one agrees."""
        store, terminal = new_store(tmp_path), ScriptedTerminal(confirms=[False, True])
        renew_recovery(store, means(terminal))
        assert opens(store.path, code_shown(terminal))
        assert not opens(store.path, CODE)
        assert [each.name for each in tmp_path.iterdir()] == ["home"]

    def test_a_store_that_has_none_is_given_one(self, tmp_path: Path) -> None:
        """As `hygiene store status` advises."""
        store = new_store(tmp_path, (BY_PHRASE,))
        renew_recovery(store, means(recovery_file=tmp_path / "code"))
        assert types_in(store.path) == [SlotType.PASSPHRASE, SlotType.RECOVERY]

    def test_nowhere_to_put_it_changes_nothing(self, tmp_path: Path) -> None:
        """A code that reaches nobody would take the place of one that somebody has."""
        store = new_store(tmp_path)
        before = bytes_in(store.path)
        with pytest.raises(UsageError) as caught:
            renew_recovery(store, means())
        assert "--recovery-file" in caught.value.hint
        assert bytes_in(store.path) == before

    def test_a_file_that_is_there_is_left_alone(self, tmp_path: Path) -> None:
        """It may hold the code that is still the right one."""
        store, file = new_store(tmp_path), file_with(tmp_path, "precious")
        before = bytes_in(store.path)
        with pytest.raises(NotDoneError, match="there already"):
            renew_recovery(store, means(recovery_file=file))
        assert file.read_text() == "precious"
        assert bytes_in(store.path) == before

    def test_a_save_that_fails_leaves_the_old_code(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It still opens the store, and the file with the new one is gone."""
        store, file = new_store(tmp_path), tmp_path / "code"
        refuse_writing(monkeypatch, store.path)
        with pytest.raises(NotDoneError, match="could not be written"):
            renew_recovery(store, means(recovery_file=file))
        assert opens(store.path, CODE)
        assert not file.exists()

    def test_a_save_that_fails_after_the_code_was_shown(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """There is no file to take back; the code before stays the right one."""
        store = new_store(tmp_path)
        refuse_writing(monkeypatch, store.path)
        with pytest.raises(NotDoneError, match="could not be written"):
            renew_recovery(store, means(ScriptedTerminal(confirms=[False, True])))
        assert opens(store.path, CODE)

    def test_a_code_file_of_another_store_is_not_written_over(self, tmp_path: Path) -> None:
        """It may hold the code of the store in another home: the new file gets a number, and is named."""
        (tmp_path / "hygiene-recovery-code.txt").write_text("precious")
        (tmp_path / "hygiene-recovery-code-2.txt").symlink_to("nowhere")
        store, terminal = new_store(tmp_path), ScriptedTerminal(confirms=[True, True])
        renew_recovery(store, means(terminal))
        assert (tmp_path / "hygiene-recovery-code.txt").read_text() == "precious"
        assert not (tmp_path / "nowhere").exists()
        file = tmp_path / "hygiene-recovery-code-3.txt"
        assert f"The code is in {file}" in terminal.shown
        assert opens(store.path, code_in(file))


ENDS = (NotDoneError("no room", hint="make room"), KeyboardInterrupt(), ValueError("a mistake"))


class TestVoidCode:
    """A code that the store did not get is void, and its file would only mislead."""

    @pytest.mark.parametrize("end", ENDS, ids=["error", "ctrl-c", "mistake"])
    @pytest.mark.parametrize("is_rotated", [False, True], ids=["renewed", "rotated"])
    def test_whatever_ends_it_the_file_goes(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: BaseException, *, is_rotated: bool
    ) -> None:
        """And whoever wrote the code down is told to strike it out; the code before stays the right one."""
        store, terminal = new_store(tmp_path), ScriptedTerminal(confirms=[True, True])
        fail_at(monkeypatch, store.path, end)
        with pytest.raises(type(end)):
            _renewed(store, means(terminal), is_rotated=is_rotated)
        assert [each.name for each in tmp_path.iterdir()] == ["home"]
        assert terminal.shown[-1] == "The new recovery code was not put to use: strike it out."
        assert opens(store.path, CODE)
        assert not opens(store.path, code_shown(terminal))

    @pytest.mark.parametrize("end", ENDS, ids=["error", "ctrl-c", "mistake"])
    @pytest.mark.parametrize("is_rotated", [False, True], ids=["renewed", "rotated"])
    def test_once_it_is_on_the_disk_it_is_good(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, end: BaseException, *, is_rotated: bool
    ) -> None:
        """Whatever comes after: the file with the code stays, and nothing is said of it."""
        store, terminal = new_store(tmp_path), ScriptedTerminal(confirms=[True, True])
        fail_at(monkeypatch, store.path, end, is_written=True)
        with pytest.raises(type(end)):
            _renewed(store, means(terminal), is_rotated=is_rotated)
        assert opens(store.path, code_in(tmp_path / "hygiene-recovery-code.txt"))
        assert not opens(store.path, CODE)
        assert "strike it out" not in terminal.said

    @pytest.mark.parametrize("confirms", [[], [False], [True], [True, False]])
    @pytest.mark.parametrize("is_rotated", [False, True], ids=["renewed", "rotated"])
    def test_ctrl_c_while_it_is_shown(
        self, tmp_path: Path, confirms: list[bool], *, is_rotated: bool
    ) -> None:
        """At either question, or after it was spelled out: nothing is changed, and no file is left."""
        store, terminal = new_store(tmp_path), InterruptedTerminal(confirms=list(confirms))
        before = bytes_in(store.path)
        with pytest.raises(KeyboardInterrupt):
            _renewed(store, means(terminal), is_rotated=is_rotated)
        assert bytes_in(store.path) == before
        assert [each.name for each in tmp_path.iterdir()] == ["home"]
        assert terminal.shown[-1] == "The new recovery code was not put to use: strike it out."

    def test_a_file_that_was_named_goes_without_a_word(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Nobody has read the code: the error of the writing is all there is to say."""
        store = new_store(tmp_path)
        fail_at(monkeypatch, store.path, KeyboardInterrupt())
        with pytest.raises(KeyboardInterrupt):
            renew_recovery(store, means(recovery_file=tmp_path / "code"))
        assert not (tmp_path / "code").exists()
        assert heard == []

    def test_a_file_that_is_gone_already_does_no_harm(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The reason why the store was not written is what is told."""
        store, file = new_store(tmp_path), tmp_path / "code"
        refuse_writing(monkeypatch, store.path)
        new = new_recovery_code(means(recovery_file=file))
        assert new is not None
        slot = wrap_key(STORE_KEY, new.code, STORE_ID)
        file.unlink()
        with pytest.raises(NotDoneError, match="no room"), new.or_void(means(), store.path, slot):
            raise NotDoneError("no room", hint="make room")

    def test_a_code_file_that_cannot_be_written(self, tmp_path: Path) -> None:
        """The store is as it was."""
        store = new_store(tmp_path)
        before = bytes_in(store.path)
        with pytest.raises(NotDoneError, match="could not be written"):
            renew_recovery(store, means(recovery_file=tmp_path / "nowhere" / "code"))
        assert bytes_in(store.path) == before

    def test_in_force_is_what_the_store_has_now(self, tmp_path: Path) -> None:
        """A slot of another secret, a store that is gone or no store at all: it is not."""
        path = new_store(tmp_path).path
        assert is_in_force(path, BY_CODE)
        assert not is_in_force(path, wrap_key(STORE_KEY, CODE, STORE_ID))
        path.write_bytes(b"\x89HYG")
        assert not is_in_force(path, BY_CODE)
        path.unlink()
        assert not is_in_force(path, BY_CODE)

    def test_a_free_name_is_the_one_asked_for_or_a_numbered_one(self, tmp_path: Path) -> None:
        """A dangling link takes a name too."""
        path = tmp_path / "code.txt"
        assert free_name(path) == path
        path.touch()
        assert free_name(path) == tmp_path / "code-2.txt"
        (tmp_path / "code-2.txt").symlink_to("nowhere")
        assert free_name(path) == tmp_path / "code-3.txt"


def _renewed(store: OpenStore, by: Means, *, is_rotated: bool) -> OpenStore:
    """The store with a new code, by either of the two ways to it."""
    return rotate(store, by, PHRASE) if is_rotated else renew_recovery(store, by)


class TestKeyring:
    def test_it_opens_the_store_from_then_on(self, tmp_path: Path) -> None:
        """By a key of its own; the other ways in stay."""
        store, key_store = new_store(tmp_path, (BY_PHRASE, BY_CODE)), MemoryKeyStore()
        remembered = remember_in_keyring(store, key_store)
        assert opens(store.path, key_in(key_store))
        assert remembered.header.slots[:2] == (BY_PHRASE, BY_CODE)
        own = remembered.header.slots[2]
        assert own_keyring_slot(remembered, key_store) == own
        assert list(key_store.kept) == [(own.id, Item.KEY)]

    def test_what_it_holds_for_another_slot_is_not_written_over(self, tmp_path: Path) -> None:
        """Each slot has an entry of its own: what a copy of the store needs stays where it is."""
        store, key_store = new_store(tmp_path), ring(OTHER_RING)
        before = dict(key_store.kept)
        remembered = remember_in_keyring(store, key_store)
        assert opens(store.path, RING)
        assert before.items() <= key_store.kept.items()
        assert own_keyring_slot(remembered, key_store) == remembered.header.slots[-1]

    def test_twice_is_once(self, tmp_path: Path) -> None:
        """Nothing is written, and the key is the same."""
        key_store = MemoryKeyStore()
        once = remember_in_keyring(new_store(tmp_path, (BY_PHRASE,)), key_store)
        before, kept = bytes_in(once.path), dict(key_store.kept)
        assert remember_in_keyring(once, key_store) == once
        assert (bytes_in(once.path), key_store.kept) == (before, kept)

    def test_two_computers_each_have_their_own(self, tmp_path: Path) -> None:
        """A store in a synced folder: the second does not shut out the first, and may go again alone."""
        path = new_store(tmp_path, (BY_PHRASE, BY_CODE)).path
        here, there = MemoryKeyStore(), MemoryKeyStore()
        remember_in_keyring(reopened(path, PHRASE), here)
        remember_in_keyring(reopened(path, PHRASE), there)
        assert opens(path, key_in(here))
        assert opens(path, key_in(there))
        taken_away = key_in(there)
        forget_keyring(reopened(path, PHRASE), there)
        assert opens(path, key_in(here))
        assert not opens(path, taken_away)
        assert there.kept == {}

    def test_one_that_does_not_answer_changes_nothing(self, tmp_path: Path) -> None:
        """Neither to remember nor to forget."""
        store = new_store(tmp_path)
        before = bytes_in(store.path)
        for change in (remember_in_keyring, forget_keyring):
            with pytest.raises(Unavailable) as caught:
                change(store, SystemKeyring(turned_off))
            assert caught.value.reason is Reason.TURNED_OFF
        with pytest.raises(Unavailable):
            remember_in_keyring(store, FullKeyStore())
        assert bytes_in(store.path) == before

    def test_a_store_with_no_room_for_one_more(self, tmp_path: Path) -> None:
        """Sixteen slots are the limit; it is said, and the store is as it was."""
        more = tuple(wrap_key(STORE_KEY, OTHER_RING, STORE_ID) for _number in range(13))
        store = new_store(tmp_path, (*SLOTS, *more))
        before = bytes_in(store.path)
        key_store = MemoryKeyStore()
        with pytest.raises(NotDoneError, match="no room"):
            remember_in_keyring(store, key_store)
        assert (bytes_in(store.path), key_store.kept) == (before, {})

    def test_one_that_took_the_last_room_meanwhile(self, tmp_path: Path) -> None:
        """The slots of the file count, not those of this process."""
        more = tuple(wrap_key(STORE_KEY, OTHER_RING, STORE_ID) for _number in range(12))
        store = new_store(tmp_path, (*SLOTS, *more))
        elsewhere = remember_in_keyring(reopened(store.path, PHRASE), MemoryKeyStore())
        with pytest.raises(NotDoneError, match="no room"):
            remember_in_keyring(store, MemoryKeyStore())
        assert parse_header(store.path.read_bytes())[0].slots == elsewhere.header.slots

    def test_forgetting_takes_key_and_counter_out(self, tmp_path: Path) -> None:
        """And the slot out of the store and out of what is kept; the other ways in stay."""
        path, key_store = new_store(tmp_path).path, ring()
        assert forget_keyring(reopened(path, RING), key_store) is None
        assert key_store.kept == {}
        assert parse_header(path.read_bytes())[0].slots == (BY_PHRASE, BY_CODE)
        assert not any(opens(each, RING) for each in (path, previous_of(path)))

    def test_the_last_way_in_stays(self, tmp_path: Path) -> None:
        """But for the recovery code: the key stays in the keyring too."""
        store, key_store = new_store(tmp_path, (BY_RING, BY_CODE)), ring()
        before, kept = bytes_in(store.path), dict(key_store.kept)
        with pytest.raises(NotDoneError, match="too few ways"):
            forget_keyring(store, key_store)
        assert (bytes_in(store.path), key_store.kept) == (before, kept)

    @pytest.mark.parametrize("key_store", [MemoryKeyStore(), ring(OTHER_RING)], ids=["empty", "another"])
    def test_one_that_does_not_open_it_has_nothing_to_forget(
        self, tmp_path: Path, key_store: MemoryKeyStore
    ) -> None:
        """The slots of other computers stay."""
        store, kept = new_store(tmp_path), dict(key_store.kept)
        before = bytes_in(store.path)
        assert forget_keyring(store, key_store) is None
        assert (bytes_in(store.path), key_store.kept) == (before, kept)

    def test_one_that_gives_nothing_up_is_said(self, tmp_path: Path) -> None:
        """The key that stays opens nothing any more."""
        store = new_store(tmp_path)
        assert forget_keyring(store, ring(key_store=StickyKeyStore())) is Reason.NOT_REMOVED
        assert not any(opens(each, RING) for each in (store.path, previous_of(store.path)))

    def test_a_store_that_cannot_be_written_keeps_the_key(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The store goes first: a key taken out before would lock the person out."""
        store, key_store = new_store(tmp_path), ring()
        refuse_writing(monkeypatch, store.path)
        with pytest.raises(NotDoneError, match="could not be written"):
            forget_keyring(store, key_store)
        assert key_store.kept == ring().kept
        assert opens(store.path, RING)

    def test_key_and_counter_of_one_slot_are_forgotten(self) -> None:
        """Those of another one stay; one that does not answer says why."""
        key_store = ring(OTHER_RING, ring(), slot_id=bytes(11))
        assert forget_key(key_store, BY_RING.id) is None
        assert key_store.kept == ring(OTHER_RING, slot_id=bytes(11)).kept
        assert forget_key(SystemKeyring(turned_off), BY_RING.id) is Reason.TURNED_OFF

    @pytest.mark.parametrize("key_store", KEYLESS)
    def test_a_slot_is_its_own_only_if_it_opens_it(self, tmp_path: Path, key_store: KeyStore | None) -> None:
        """Whatever else there is of a keyring."""
        assert own_keyring_slot(new_store(tmp_path), key_store) is None


class TestRemoving:
    @pytest.mark.parametrize(
        ("slots", "gone", "left"),
        [
            (SLOTS, SlotType.PASSPHRASE, (BY_RING, BY_CODE)),
            (SLOTS, SlotType.KEYRING, (BY_PHRASE, BY_CODE)),
            (SLOTS, SlotType.RECOVERY, (BY_PHRASE, BY_RING)),
            ((BY_PHRASE, BY_CODE), SlotType.RECOVERY, (BY_PHRASE,)),
            ((BY_PHRASE, BY_RING), SlotType.KEYRING, (BY_PHRASE,)),
        ],
    )
    def test_what_is_left_suffices(
        self, tmp_path: Path, slots: tuple[Slot, ...], gone: SlotType, left: tuple[Slot, ...]
    ) -> None:
        """A passphrase, or the keyring with a recovery code; what is kept goes along."""
        path = new_store(tmp_path, slots).path
        assert remove(reopened(path, PHRASE), gone, ring()).header.slots == left
        for each in (path, previous_of(path)):
            assert parse_header(each.read_bytes())[0].slots == left

    @pytest.mark.parametrize(
        ("slots", "gone"),
        [
            ((BY_PHRASE,), SlotType.PASSPHRASE),
            ((BY_PHRASE, BY_CODE), SlotType.PASSPHRASE),
            ((BY_PHRASE, BY_RING), SlotType.PASSPHRASE),
            ((BY_RING, BY_CODE), SlotType.RECOVERY),
            ((BY_RING, BY_CODE), SlotType.KEYRING),
        ],
    )
    def test_too_few_would_be_left(self, tmp_path: Path, slots: tuple[Slot, ...], gone: SlotType) -> None:
        """It says what to do first, and changes nothing."""
        store = new_store(tmp_path, slots)
        before = bytes_in(store.path)
        with pytest.raises(NotDoneError, match="too few ways") as caught:
            remove(store, gone, ring())
        assert "hygiene store passphrase" in caught.value.hint
        assert bytes_in(store.path) == before

    @pytest.mark.parametrize("key_store", KEYLESS, ids=["none", "empty", "another key", "turned off"])
    def test_the_passphrase_stays_where_the_keyring_does_not_open_it(
        self, tmp_path: Path, key_store: KeyStore | None
    ) -> None:
        """A slot of another computer's keyring is no way in here."""
        store = new_store(tmp_path)
        before = bytes_in(store.path)
        with pytest.raises(NotDoneError, match="too few ways"):
            remove(store, SlotType.PASSPHRASE, key_store)
        assert bytes_in(store.path) == before
        assert remove(store, SlotType.RECOVERY, key_store).header.slots == (BY_PHRASE, BY_RING)

    def test_what_is_not_there_cannot_go(self, tmp_path: Path) -> None:
        """Nothing is written."""
        store = new_store(tmp_path, (BY_PHRASE,))
        before = bytes_in(store.path)
        with pytest.raises(NotDoneError, match="no such way in") as caught:
            remove(store, SlotType.RECOVERY, None)
        assert "hygiene store status" in caught.value.hint
        assert bytes_in(store.path) == before

    def test_those_of_all_computers_go(self, tmp_path: Path) -> None:
        """A kind, not a slot."""
        elsewhere = wrap_key(STORE_KEY, OTHER_RING, STORE_ID)
        store = new_store(tmp_path, (*SLOTS, elsewhere))
        assert remove(store, SlotType.KEYRING, None).header.slots == (BY_PHRASE, BY_CODE)


class TestRotating:
    def test_everything_is_sealed_with_another_key(self, tmp_path: Path) -> None:
        """The same passphrase, a new code, and of all keyrings only this computer's, with another key."""
        elsewhere = wrap_key(STORE_KEY, OTHER_RING, STORE_ID)
        path = new_store(tmp_path, (*SLOTS, elsewhere)).path
        key_store, file = ring(), tmp_path / "code"
        rotated = rotate(reopened(path, RING), means(key_store=key_store, recovery_file=file), PHRASE)
        assert rotated.store_key != STORE_KEY
        assert key_in(key_store) != RING
        assert list(key_store.kept) == [(rotated.header.slots[-1].id, Item.KEY)]
        for each in (path, previous_of(path)):
            assert all(opens(each, secret) for secret in (PHRASE, code_in(file), key_in(key_store)))
            assert not any(opens(each, secret) for secret in (RING, CODE, OTHER_RING))
            assert reopened(each, PHRASE).store_key == rotated.store_key
        assert types_in(path) == [SlotType.PASSPHRASE, SlotType.RECOVERY, SlotType.KEYRING]
        assert not {slot.id for slot in rotated.header.slots} & {slot.id for slot in SLOTS}

    def test_the_next_save_goes_on_with_it(self, tmp_path: Path) -> None:
        """The store that comes back is the one that is there."""
        rotated = rotate(new_store(tmp_path), means(recovery_file=tmp_path / "code"), PHRASE)
        assert save(rotated).header.counter == rotated.header.counter + 1

    def test_at_a_terminal_only_the_code_is_shown(self, tmp_path: Path) -> None:
        """It asks for no passphrase: the command did."""
        store, terminal = new_store(tmp_path), ScriptedTerminal(confirms=[False, True])
        rotate(store, means(terminal), PHRASE)
        assert opens(store.path, code_shown(terminal))
        assert not opens(store.path, CODE)
        assert len(terminal.confirmed) == 2

    @pytest.mark.parametrize("key_store", KEYLESS)
    def test_a_keyring_that_did_not_open_it_is_given_no_key(
        self, tmp_path: Path, key_store: KeyStore | None
    ) -> None:
        """Nobody agreed to that."""
        store = new_store(tmp_path)
        kept = dict(key_store.kept) if isinstance(key_store, MemoryKeyStore) else None
        rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), PHRASE)
        assert types_in(store.path) == [SlotType.PASSPHRASE, SlotType.RECOVERY]
        assert kept == (key_store.kept if isinstance(key_store, MemoryKeyStore) else None)

    def test_a_store_without_a_passphrase_keeps_keyring_and_code(self, tmp_path: Path) -> None:
        """Both are new."""
        store, key_store = new_store(tmp_path, (BY_RING, BY_CODE)), ring()
        rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), None)
        assert types_in(store.path) == [SlotType.RECOVERY, SlotType.KEYRING]
        assert opens(store.path, key_in(key_store))
        assert opens(store.path, code_in(tmp_path / "code"))
        assert not opens(store.path, RING)

    def test_a_folder_that_cannot_be_flushed_locks_nobody_out(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The file is in its place by then: what opens it must not be taken back."""
        store, key_store, file = new_store(tmp_path, (BY_RING, BY_CODE)), ring(), tmp_path / "code"
        flush, refused = os.fsync, []

        def flushed(descriptor: int) -> None:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                refused.append(descriptor)
                raise OSError(errno.EIO, "I/O error")
            flush(descriptor)

        monkeypatch.setattr(os, "fsync", flushed)
        rotate(store, means(key_store=key_store, recovery_file=file), None)
        assert len(refused) == 3
        for each in (store.path, previous_of(store.path)):
            assert all(opens(each, secret) for secret in (key_in(key_store), code_in(file)))


class TestNotRotating:
    """Whatever stops it: no byte is changed, the keyring holds what it held, and no code lies about."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> OpenStore:
        return new_store(tmp_path)

    def test_a_wrong_passphrase(self, tmp_path: Path, store: OpenStore) -> None:
        """Somebody at an unlocked computer does not get that far."""
        before, key_store = bytes_in(store.path), ring()
        with pytest.raises(LockedError):
            rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), Passphrase(NEW_WORDS))
        assert (bytes_in(store.path), key_store.kept) == (before, ring().kept)
        assert not (tmp_path / "code").exists()

    def test_nowhere_to_put_the_code(self, store: OpenStore) -> None:
        """The code before would be lost, and the new one reach nobody."""
        before, key_store = bytes_in(store.path), ring()
        with pytest.raises(UsageError):
            rotate(store, means(key_store=key_store), PHRASE)
        assert (bytes_in(store.path), key_store.kept) == (before, ring().kept)

    def test_a_code_file_that_is_there(self, tmp_path: Path, store: OpenStore) -> None:
        """It is left alone."""
        before, file = bytes_in(store.path), file_with(tmp_path, "precious")
        with pytest.raises(NotDoneError, match="there already"):
            rotate(store, means(recovery_file=file), PHRASE)
        assert bytes_in(store.path) == before
        assert file.read_text() == "precious"

    @pytest.mark.parametrize("key_store", [None, MemoryKeyStore()])
    def test_neither_keyring_nor_passphrase(self, tmp_path: Path, key_store: KeyStore | None) -> None:
        """A store opened by its code, its keyring gone: said before a code is made or shown."""
        store = new_store(tmp_path, (BY_RING, BY_CODE))
        before, terminal = bytes_in(store.path), ScriptedTerminal()
        with pytest.raises(NotDoneError, match="too few ways"):
            rotate(store, means(terminal, key_store=key_store, recovery_file=tmp_path / "code"), None)
        assert (bytes_in(store.path), terminal.said) == (before, "")
        assert not (tmp_path / "code").exists()

    @pytest.mark.parametrize("key_store", [ring(), None], ids=["keyring", "none"])
    def test_no_room_for_the_store(
        self,
        tmp_path: Path,
        store: OpenStore,
        monkeypatch: pytest.MonkeyPatch,
        key_store: MemoryKeyStore | None,
    ) -> None:
        """The keyring holds what it held, and nothing more."""
        before = store.path.read_bytes()
        refuse_writing(monkeypatch, store.path)
        with pytest.raises(NotDoneError, match="could not be written"):
            rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), PHRASE)
        assert store.path.read_bytes() == before
        assert not (tmp_path / "code").exists()
        assert key_store is None or key_store.kept == ring().kept

    def test_a_keyring_that_does_not_take_the_new_key(self, tmp_path: Path, store: OpenStore) -> None:
        """It says so, as an error that the person can read."""
        before, key_store = bytes_in(store.path), ring(key_store=FullKeyStore())
        with pytest.raises(NotDoneError):
            rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), PHRASE)
        assert (bytes_in(store.path), key_store.kept) == (before, ring().kept)
        assert not (tmp_path / "code").exists()

    def test_a_keyring_that_gives_nothing_up(
        self, tmp_path: Path, store: OpenStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Why the store was not written is what is told; the old key is still there."""
        key_store = ring(key_store=StickyKeyStore())
        refuse_writing(monkeypatch, store.path)
        with pytest.raises(HygieneError, match="could not be written"):
            rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), PHRASE)
        assert ring().kept.items() <= key_store.kept.items()
        assert all(opens(store.path, secret) for secret in SECRETS)


class TestEndInBetween:
    """Wherever a rotation ends, this computer's keyring opens what is on the disk then."""

    @pytest.fixture
    def store(self, tmp_path: Path) -> OpenStore:
        """Without a passphrase: only the keyring saves whoever lost the paper."""
        return new_store(tmp_path, (BY_RING, BY_CODE))

    def own(self, path: Path, key_store: MemoryKeyStore) -> list[KeyringKey]:
        return [
            key for key in keys_in(key_store, parse_header(path.read_bytes())[0].slots) if opens(path, key)
        ]

    @pytest.mark.parametrize("end", ENDS, ids=["error", "ctrl-c", "mistake"])
    def test_before_the_store_is_written(
        self, tmp_path: Path, store: OpenStore, monkeypatch: pytest.MonkeyPatch, end: BaseException
    ) -> None:
        """The key before is the only one that is kept."""
        key_store = ring()
        fail_at(monkeypatch, store.path, end)
        with pytest.raises(type(end)):
            rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), None)
        assert key_store.kept == ring().kept
        assert opens(store.path, RING)
        assert not (tmp_path / "code").exists()

    @pytest.mark.parametrize("end", ENDS, ids=["error", "ctrl-c", "mistake"])
    def test_after_the_store_is_written(
        self, tmp_path: Path, store: OpenStore, monkeypatch: pytest.MonkeyPatch, end: BaseException
    ) -> None:
        """The new key is the only one that is kept, and the file with the code stays."""
        key_store = ring()
        fail_at(monkeypatch, store.path, end, is_written=True)
        with pytest.raises(type(end)):
            rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), None)
        assert opens(store.path, key_in(key_store))
        assert opens(store.path, code_in(tmp_path / "code"))
        assert (BY_RING.id, Item.COUNTER) not in key_store.kept

    @pytest.mark.parametrize("is_written", [False, True], ids=["before", "after"])
    def test_a_kill(
        self, tmp_path: Path, store: OpenStore, monkeypatch: pytest.MonkeyPatch, *, is_written: bool
    ) -> None:
        """Nothing is tidied up then: the keyring holds both keys, and one of them opens the store."""
        key_store = ring()
        fail_at(monkeypatch, store.path, Killed(), is_written=is_written)
        monkeypatch.setattr(key_store, "delete", lambda *_arguments: None)
        with pytest.raises(Killed):
            rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), None)
        assert len(self.own(store.path, key_store)) == 1
        assert len([item for _id, item in key_store.kept if item is Item.KEY]) == 2

    def test_a_keyring_that_is_never_asked_to_delete_first(
        self, tmp_path: Path, store: OpenStore, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """At every call that the keyring gets, it opens the store as it is then."""
        key_store = ring()
        for name in ("put", "delete"):
            call = getattr(key_store, name)

            def watched(*arguments: object, call: Callable[..., None] = call) -> None:
                call(*arguments)
                assert self.own(store.path, key_store)

            monkeypatch.setattr(key_store, name, watched)
        rotate(store, means(key_store=key_store, recovery_file=tmp_path / "code"), None)
        assert self.own(store.path, key_store)


class TestIsPassphrase:
    def test_only_the_very_words_are(self, tmp_path: Path) -> None:
        """Neither others, nor what can be no text, nor the code."""
        store = new_store(tmp_path)
        assert is_passphrase_of(store, PHRASE.text)
        for words in (NEW_WORDS, "\udc80", "", render_recovery_code(CODE.material)):
            assert not is_passphrase_of(store, words)

    def test_a_store_without_one_has_none(self, tmp_path: Path) -> None:
        """Whatever was typed."""
        assert not is_passphrase_of(new_store(tmp_path, (BY_RING, BY_CODE)), PHRASE.text)
