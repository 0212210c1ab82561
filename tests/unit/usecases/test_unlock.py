"""A store that does not open: what one is offered, and what is said of it. Nothing is ever deleted."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.contract.keystore import MemoryKeyStore
from tests.unit.safety.nobody import open_folder, run_as_nobody
from tests.unit.safety.stores import CHEAP, CODE, PHRASE, RING, SLOTS, STORE_ID, STORE_KEY
from tests.unit.usecases.scripted import ScriptedTerminal

from hygiene.errors import AlteredError, LockedError, NotDoneError
from hygiene.model.record import AccountAdded, AnswerGiven, Chosen, Event
from hygiene.safety import files
from hygiene.safety.container import Costs, Slot, SlotType, parse_header, passphrase_params
from hygiene.safety.container import passphrase_salt_and_costs as salt_and_costs
from hygiene.safety.files import MissingFileError
from hygiene.safety.keyring_slot import Item, KeyStore, Reason, Unavailable
from hygiene.safety.sealing import CostsError, wrap_key
from hygiene.safety.secrets import KeyringKey, Passphrase, Secret, SecretFile, render_recovery_code
from hygiene.store.beside import lock_of, previous_of
from hygiene.store.file import OpenStore, create_store, open_store, read_store, said, save, save_with_slots
from hygiene.usecases.locked_out import SetAsideError
from hygiene.usecases.unlock import WaysIn, keys_in, open_sealed, unlock

WORDS = PHRASE.text
CODE_WORDS = render_recovery_code(CODE.material)
BY_PHRASE, BY_RING, BY_CODE = SLOTS
COSTLIER = Costs(memory=16, passes=2, lanes=1)
AGAIN, BY_PAPER, ASIDE, STOP = range(4)
HABIT, TW = AnswerGiven("you", "habits.home-address", Chosen("yes")), AccountAdded("tw", "x")


@dataclass
class Menu(ScriptedTerminal):
    """A scripted terminal that remembers what it was asked for and offered."""

    questions: list[str] = field(default_factory=list)
    offered: list[Sequence[str]] = field(default_factory=list)
    defaults: list[bool] = field(default_factory=list)

    def secret(self, message: str) -> str:
        self.questions.append(message)
        return super().secret(message)

    def confirm(self, message: str, *, default: bool) -> bool:
        self.defaults.append(default)
        return super().confirm(message, default=default)

    def choose(self, message: str, choices: Sequence[str]) -> int:
        self.offered.append(choices)
        return super().choose(message, choices)


class LockedKeyStore(MemoryKeyStore):
    """A keyring that nobody unlocked."""

    def get(self, store_id: bytes, item: Item = Item.KEY) -> bytes | None:  # noqa: ARG002 - the protocol's
        raise Unavailable(Reason.LOCKED)


heard: list[str] = []


@pytest.fixture(autouse=True)
def nothing_heard_yet() -> None:
    heard.clear()


def ways(
    terminal: ScriptedTerminal | None = None,
    *,
    key_store: KeyStore | None = None,
    passphrase_file: Path | None = None,
    costs: Costs = CHEAP,
) -> WaysIn:
    return WaysIn(passphrase_file, key_store, (lambda: terminal) if terminal else None, heard.append, costs)


def new_store(folder: Path, slots: tuple[Slot, ...] = SLOTS, secret: Secret = PHRASE) -> Path:
    """A store that says two things, and as it was before the second one beside it."""
    path = folder / "answers.hygiene"
    save(saying(create_store(path, STORE_KEY, STORE_ID, slots), HABIT))
    save(saying(reopened(path, secret), TW))
    return path


def saying(store: OpenStore, *events: Event) -> OpenStore:
    numbers = count(store.record.next_seq)
    return said(store, events, date(2026, 11, 22), lambda: f"s-{next(numbers)}")


def reopened(path: Path, secret: Secret = PHRASE) -> OpenStore:
    return open_store(path, read_store(path), secret)


def events(store: OpenStore) -> list[Event]:
    return [each.event for each in store.record.statements]


def bytes_in(path: Path) -> dict[str, bytes]:
    """What lies in the store's folder, but for its lock."""
    return {each.name: each.read_bytes() for each in path.parent.iterdir() if not each.name.endswith(".lock")}


def passphrase_file(folder: Path, words: str = WORDS) -> Path:
    file = folder / "passphrase"
    file.write_text(words)
    file.chmod(0o600)
    return file


def spoil(path: Path, place: int) -> bytes:
    """Change a byte of a file; return what it holds now."""
    spoilt = bytearray(path.read_bytes())
    spoilt[place] ^= 0x80
    path.write_bytes(spoilt)
    return bytes(spoilt)


class TestMenu:
    def test_one_may_try_again(self, tmp_path: Path) -> None:
        """After it was said that the words do not open it."""
        terminal = Menu(secrets=["not these words", WORDS], choices=[AGAIN])
        assert events(unlock(new_store(tmp_path), ways(terminal))) == [HABIT, TW]
        assert "does not open" in terminal.said

    def test_a_mistyped_code_is_told_from_a_wrong_one(self, tmp_path: Path) -> None:
        """The paper can be compared; then it opens, and on a wrong one the choice comes back."""
        mistyped = CODE_WORDS[:-1] + ("0" if CODE_WORDS[-1] != "0" else "1")
        wrong = render_recovery_code(bytes(16))
        terminal = Menu(
            secrets=["not these words"], choices=[BY_PAPER] * 4, lines=["?", mistyped, wrong, CODE_WORDS]
        )
        opened = unlock(new_store(tmp_path), ways(terminal))
        assert opened.opened_with == BY_CODE
        assert "not a recovery code" in terminal.said
        assert "mistyped" in terminal.said
        assert terminal.said.count("does not open") == 2

    def test_setting_aside_renames_and_deletes_nothing(self, tmp_path: Path) -> None:
        """The store and what is kept beside it lie there under another name, byte for byte."""
        path = new_store(tmp_path)
        before = bytes_in(path)
        terminal = Menu(secrets=["not these words"], choices=[ASIDE], confirms=[True])
        with pytest.raises(SetAsideError) as caught:
            unlock(path, ways(terminal))
        assert "hygiene audit" in caught.value.hint
        assert bytes_in(path) == {
            "answers-set-aside-1.hygiene": before["answers.hygiene"],
            "answers-set-aside-1.hygiene.previous": before["answers.hygiene.previous"],
        }
        assert "answers-set-aside-1.hygiene" in terminal.said
        assert "hygiene store restore" in terminal.said

    def test_a_no_leaves_all_as_it_was(self, tmp_path: Path) -> None:
        """And the choice comes back; a no is what the question suggests."""
        path = new_store(tmp_path)
        before = bytes_in(path)
        terminal = Menu(secrets=["not these words", WORDS], choices=[ASIDE, ASIDE, AGAIN], confirms=[False])
        assert events(unlock(path, ways(terminal))) == [HABIT, TW]
        assert bytes_in(path) == before
        assert len(terminal.confirmed) == 2
        assert "Nothing is deleted" in terminal.confirmed[0]

    def test_a_backup_is_not_set_aside(self, tmp_path: Path) -> None:
        """The person named it; there the choice has three lines, for the store four."""
        path = new_store(tmp_path)
        for is_store, lines in ((False, 3), (True, 4)):
            terminal = Menu(secrets=["not these words", WORDS], choices=[AGAIN])
            open_sealed(path, ways(terminal), is_store=is_store)
            assert [len(each) for each in terminal.offered] == [lines]
        terminal = Menu(secrets=["not these words", WORDS], choices=[AGAIN])
        unlock(path, ways(terminal))
        assert [len(each) for each in terminal.offered] == [4]

    def test_a_code_is_offered_only_where_there_is_one(self, tmp_path: Path) -> None:
        """Nobody looks for a paper that there never was; the places of the choices move up."""
        path = new_store(tmp_path, (BY_PHRASE, BY_RING))
        terminal = Menu(secrets=["not these words"], choices=[1], confirms=[True])
        with pytest.raises(SetAsideError):
            unlock(path, ways(terminal))
        assert [len(each) for each in terminal.offered] == [3]
        assert not any("code" in line for line in terminal.offered[0])

    def test_nothing_typed_leads_to_the_choice(self, tmp_path: Path) -> None:
        """Without a word: whoever types nothing knows it."""
        terminal = Menu(secrets=["", WORDS], choices=[AGAIN])
        unlock(new_store(tmp_path), ways(terminal))
        assert (terminal.said, len(terminal.offered)) == ("", 1)

    def test_what_can_be_no_passphrase_is_not_tried(self, tmp_path: Path) -> None:
        """It is said what is wrong with it, in sentences, and the choice follows."""
        terminal = Menu(secrets=["\udc80", WORDS], choices=[AGAIN])
        unlock(new_store(tmp_path), ways(terminal))
        assert re.fullmatch(r"[A-Z].+\. [A-Z].+\.", terminal.said)
        assert "does not open" not in terminal.said

    def test_a_code_with_a_slip_at_the_passphrase_is_recognised(self, tmp_path: Path) -> None:
        """It is said beside that it opens nothing; a right code of another store has no slip."""
        mistyped = CODE_WORDS[:-1] + ("0" if CODE_WORDS[-1] != "0" else "1")
        wrong = render_recovery_code(bytes(16))
        terminal = Menu(secrets=[mistyped, wrong, "not these words", CODE_WORDS], choices=[AGAIN] * 3)
        assert unlock(new_store(tmp_path), ways(terminal)).opened_with == BY_CODE
        slip = "It looks like a recovery code with a slip: compare it group by group."
        no = "That does not open your answers."
        assert terminal.shown == [no, slip, no, no]

    @pytest.mark.parametrize("typed", ["not these words", ""])
    def test_one_may_stop(self, tmp_path: Path, typed: str) -> None:
        """The last line of the choice; nothing is changed."""
        path = new_store(tmp_path)
        before, terminal = bytes_in(path), Menu(secrets=[typed], choices=[STOP])
        with pytest.raises(KeyboardInterrupt):
            unlock(path, ways(terminal))
        assert terminal.offered[0][STOP] == "Stop; nothing is changed"
        assert bytes_in(path) == before

    def test_an_empty_line_for_the_code_goes_back(self, tmp_path: Path) -> None:
        """To the choice; nothing was tried."""
        terminal = Menu(secrets=["not these words", WORDS], choices=[BY_PAPER, AGAIN], lines=[""])
        unlock(new_store(tmp_path), ways(terminal))
        assert terminal.said.count("does not open") == 1

    def test_without_a_passphrase_the_code_is_asked_for(self, tmp_path: Path) -> None:
        """Nobody looks for a passphrase that there never was."""
        terminal = Menu(secrets=[CODE_WORDS])
        unlock(new_store(tmp_path, (BY_RING, BY_CODE), CODE), ways(terminal))
        assert terminal.questions == ["Recovery code (nothing shows while you type): "]
        terminal = Menu(secrets=[WORDS])
        unlock(new_store(tmp_path / "with"), ways(terminal))
        assert terminal.questions == ["Passphrase or recovery code (nothing shows while you type): "]

    def test_a_folder_that_may_not_be_written_sets_nothing_aside(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """It is said why, and all is as it was."""
        path = new_store(tmp_path)
        before = bytes_in(path)

        def refuse(*_arguments: object) -> None:
            raise PermissionError

        monkeypatch.setattr(Path, "rename", refuse)
        with pytest.raises(NotDoneError, match="could not be renamed"):
            unlock(path, ways(Menu(secrets=["not these words"], choices=[ASIDE], confirms=[True])))
        assert bytes_in(path) == before

    def test_without_a_terminal_it_is_locked_at_once(self, tmp_path: Path) -> None:
        """The hint names the ways in that ask nothing."""
        with pytest.raises(LockedError, match="no terminal") as caught:
            unlock(new_store(tmp_path), ways(key_store=MemoryKeyStore()))
        assert "--passphrase-file" in caught.value.hint

    def test_another_file_than_the_store_is_named(self, tmp_path: Path) -> None:
        """A backup may have the passphrase of the day when it was made."""
        path, terminal = new_store(tmp_path), Menu(secrets=[WORDS, WORDS])
        open_sealed(path, ways(terminal), is_store=True)
        backup = path.rename(tmp_path / "backup.hygiene")
        open_sealed(backup, ways(terminal))
        assert ["backup.hygiene" in question for question in terminal.questions] == [False, True]

    def test_it_comes_back_with_what_opened_it(self, tmp_path: Path) -> None:
        """A restore asks for a new passphrase when that was the recovery code."""
        store, secret = open_sealed(new_store(tmp_path), ways(Menu(secrets=[CODE_WORDS])))
        assert (store.opened_with, secret) == (BY_CODE, CODE)


class TestKeyring:
    def test_one_that_holds_the_key_asks_nothing(self, tmp_path: Path) -> None:
        """Nor says anything."""
        key_store, terminal = MemoryKeyStore(), Menu()
        key_store.put(BY_RING.id, RING.material)
        store, secret = open_sealed(new_store(tmp_path), ways(terminal, key_store=key_store))
        assert (store.opened_with, secret) == (BY_RING, RING)
        assert (terminal.said, heard) == ("", [])

    def test_one_that_fails_says_why(self, tmp_path: Path) -> None:
        """Then the passphrase is asked."""
        terminal = Menu(secrets=[WORDS])
        opened = unlock(new_store(tmp_path), ways(terminal, key_store=LockedKeyStore()))
        assert opened.opened_with == BY_PHRASE
        assert ["keyring is locked" in line and "passphrase" in line for line in heard] == [True]

    def test_it_names_only_what_the_store_has(self, tmp_path: Path) -> None:
        """No passphrase where there is none."""
        path = new_store(tmp_path, (BY_RING, BY_CODE), CODE)
        unlock(path, ways(Menu(secrets=[CODE_WORDS]), key_store=LockedKeyStore()))
        assert ["keyring is locked" in line and "your recovery code" in line for line in heard] == [True]
        assert "passphrase" not in heard[0]

    def test_each_slot_has_an_entry_of_its_own(self, tmp_path: Path) -> None:
        """That of another computer's slot is not here; what lies under the store's own id is none."""
        elsewhere = wrap_key(STORE_KEY, KeyringKey(bytes(32)), STORE_ID)
        path = new_store(tmp_path, (BY_PHRASE, elsewhere, BY_RING, BY_CODE))
        key_store = MemoryKeyStore()
        key_store.put(STORE_ID, bytes(32))
        key_store.put(BY_PHRASE.id, bytes(32))
        key_store.put(BY_RING.id, RING.material)
        assert list(keys_in(key_store, (BY_PHRASE, elsewhere, BY_RING, BY_CODE))) == [RING]
        assert unlock(path, ways(key_store=key_store)).opened_with == BY_RING
        assert heard == []

    def test_one_with_another_key_says_so(self, tmp_path: Path) -> None:
        """As after a new store key on another computer."""
        key_store = MemoryKeyStore()
        key_store.put(BY_RING.id, bytes(32))
        opened = unlock(new_store(tmp_path), ways(Menu(secrets=[WORDS]), key_store=key_store))
        assert opened.opened_with == BY_PHRASE
        assert ["does not open this store" in line for line in heard] == [True]

    def test_an_empty_one_says_nothing(self, tmp_path: Path) -> None:
        """Such as on a second computer."""
        unlock(new_store(tmp_path), ways(Menu(secrets=[WORDS]), key_store=MemoryKeyStore()))
        assert heard == []

    def test_it_is_not_asked_where_it_is_no_way_in(self, tmp_path: Path) -> None:
        """A keyring that wants to be unlocked would open a window for nothing."""
        path = new_store(tmp_path, (BY_PHRASE, BY_CODE))
        unlock(path, ways(Menu(secrets=[WORDS]), key_store=LockedKeyStore()))
        assert heard == []

    def test_a_passphrase_file_is_all_that_is_tried(self, tmp_path: Path) -> None:
        """The person named it: neither the keyring nor a question comes after it."""
        path = new_store(tmp_path / "home")
        key_store = MemoryKeyStore()
        key_store.put(BY_RING.id, RING.material)
        wrong = passphrase_file(tmp_path, "not these words")
        wrong.chmod(0o644)
        with pytest.raises(LockedError):
            unlock(path, ways(Menu(), key_store=key_store, passphrase_file=wrong))
        assert ["chmod 600" in line for line in heard] == [True]

    def test_a_pipe_is_read_by_who_gives_it(self, tmp_path: Path) -> None:
        """It may be given once only, and is wanted twice in a run."""
        file, read = passphrase_file(tmp_path), []

        def load(path: Path) -> SecretFile:
            read.append(path)
            return SecretFile(PHRASE, readable_by_others=False)

        by_file = replace(ways(passphrase_file=file), load=load)
        assert unlock(new_store(tmp_path / "home"), by_file).opened_with == BY_PHRASE
        assert read == [file]

    def test_nothing_there_is_told_as_that(self, tmp_path: Path) -> None:
        """Nobody is asked for the secret of a file that does not exist."""
        with pytest.raises(MissingFileError):
            unlock(tmp_path / "answers.hygiene", ways(Menu()))


class TestCosts:
    def test_they_are_raised_when_the_passphrase_is_typed(self, tmp_path: Path) -> None:
        """The one slot; the same words go on opening it, and all else is as it was."""
        path = new_store(tmp_path)
        opened = unlock(path, ways(Menu(secrets=[WORDS]), costs=COSTLIER))
        slots = parse_header(path.read_bytes())[0].slots
        assert salt_and_costs(slots[0])[1] == COSTLIER
        assert slots[1:] == (BY_RING, BY_CODE)
        assert opened.header.slots == slots
        assert events(opened) == events(reopened(path)) == [HABIT, TW]
        for secret in (RING, CODE):
            assert reopened(path, secret).store_key == STORE_KEY
        again = path.read_bytes()
        unlock(path, ways(Menu(secrets=[WORDS]), costs=COSTLIER))
        assert path.read_bytes() == again

    @pytest.mark.parametrize("typed", [CODE_WORDS, None], ids=["code", "keyring"])
    def test_they_stay_when_something_else_opened_it(self, tmp_path: Path, typed: str | None) -> None:
        """The passphrase is not known then."""
        path, key_store = new_store(tmp_path), MemoryKeyStore()
        before = bytes_in(path)
        if typed is None:
            key_store.put(BY_RING.id, RING.material)
        unlock(path, ways(Menu(secrets=[typed or ""]), key_store=key_store, costs=COSTLIER))
        assert bytes_in(path) == before

    def test_where_nothing_may_be_written_one_goes_on(self) -> None:
        """Reading one's answers needs no right to write: another time."""
        with open_folder() as folder:
            path = new_store(folder / "home")
            path.parent.chmod(0o755)
            for each in path.parent.iterdir():
                each.chmod(0o644)
            before = bytes_in(path)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (path.parent / "probe").touch()
                opened = unlock(path, ways(Menu(secrets=[WORDS]), costs=COSTLIER))
                assert events(opened) == [HABIT, TW]
                assert opened.header.slots == SLOTS

            run_as_nobody(work)
            assert bytes_in(path) == before

    def test_while_another_hygiene_writes_one_goes_on(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Another time, too: nobody waits to read their own answers."""
        path, patient = new_store(tmp_path), files.locked
        before = bytes_in(path)
        monkeypatch.setattr(files, "locked", lambda lock: patient(lock, wait=0))
        with patient(lock_of(path)):
            opened = unlock(path, ways(Menu(secrets=[WORDS]), costs=COSTLIER))
        assert opened.header.slots == SLOTS
        assert bytes_in(path) == before

    def test_beyond_the_ceilings_it_is_not_tried(self, tmp_path: Path) -> None:
        """A made-up file could fill the memory; another secret still opens it."""
        salt, _costs = salt_and_costs(BY_PHRASE)
        beyond = replace(BY_PHRASE, params=passphrase_params(salt, Costs(memory=2**21)))
        path = tmp_path / "home" / "answers.hygiene"
        create_store(path, STORE_KEY, STORE_ID, (beyond, BY_CODE))
        with pytest.raises(CostsError, match="more work"):
            unlock(path, ways(passphrase_file=passphrase_file(tmp_path)))
        terminal = Menu(secrets=[WORDS], choices=[BY_PAPER], lines=[CODE_WORDS])
        assert unlock(path, ways(terminal)).opened_with == BY_CODE


class TestDamaged:
    def test_what_lies_beside_it_is_offered(self, tmp_path: Path) -> None:
        """A yes is suggested; the damaged file is kept, and what is kept beside the store stays too."""
        path = new_store(tmp_path)
        damaged, kept = spoil(path, -1), previous_of(path).read_bytes()
        terminal = Menu(secrets=[WORDS, WORDS])
        assert events(unlock(path, ways(terminal))) == [HABIT]
        assert "cannot be read any more" in terminal.shown[0]
        assert "with 1 answer." in terminal.confirmed[0]
        assert "damaged file is kept" in terminal.shown[-1]
        assert events(reopened(path)) == [HABIT]
        assert (tmp_path / "answers-set-aside-1.hygiene").read_bytes() == damaged
        assert previous_of(path).read_bytes() == kept

    @pytest.mark.parametrize("left", [0, 5, 100, 500])
    def test_one_that_breaks_off_is_damaged_too(self, tmp_path: Path, left: int) -> None:
        """An empty file, as a full disk leaves it, a part of the header, a part of the rest."""
        path = new_store(tmp_path)
        path.write_bytes(path.read_bytes()[:left])
        assert events(unlock(path, ways(Menu(secrets=[WORDS, WORDS])))) == [HABIT]

    def test_a_no_leaves_all_as_it_was(self, tmp_path: Path) -> None:
        """It is said that the store is damaged."""
        path = new_store(tmp_path)
        spoil(path, -1)
        before = bytes_in(path)
        with pytest.raises(AlteredError):
            unlock(path, ways(Menu(secrets=[WORDS], confirms=[False])))
        assert bytes_in(path) == before

    def test_without_a_terminal_the_hint_says_how(self, tmp_path: Path) -> None:
        """Nothing is put back unasked."""
        path = new_store(tmp_path / "home")
        spoil(path, -1)
        before = bytes_in(path)
        with pytest.raises(AlteredError, match="altered or is damaged") as caught:
            unlock(path, ways(passphrase_file=passphrase_file(tmp_path)))
        assert "hygiene store restore --previous --replace" in caught.value.hint
        assert bytes_in(path) == before

    @pytest.mark.parametrize(("answers", "words"), [(1, "with 1 answer."), (3, "with 3 answers.")])
    def test_it_says_how_many_answers_the_copy_holds(self, tmp_path: Path, answers: int, words: str) -> None:
        """A yes is suggested then."""
        path = tmp_path / "answers.hygiene"
        given = [AnswerGiven("you", f"habits.check-{number}", Chosen("yes")) for number in range(answers)]
        save(saying(create_store(path, STORE_KEY, STORE_ID, SLOTS), *given))
        save(saying(reopened(path), TW))
        spoil(path, -1)
        terminal = Menu(secrets=[WORDS])
        assert events(unlock(path, ways(terminal))) == given
        assert words in terminal.confirmed[0]
        assert terminal.defaults == [True]

    def test_a_copy_that_holds_no_answers_is_not_suggested(self, tmp_path: Path) -> None:
        """Going back to it would look like losing all of them; still it can be done."""
        path = tmp_path / "answers.hygiene"
        save(saying(create_store(path, STORE_KEY, STORE_ID, SLOTS), TW))
        save(saying(reopened(path), HABIT))
        spoil(path, -1)
        before, terminal = bytes_in(path), Menu(secrets=[WORDS])
        with pytest.raises(AlteredError) as caught:
            unlock(path, ways(terminal))
        assert "holds none" in terminal.confirmed[0]
        assert terminal.defaults == [False]
        assert "hygiene store restore --previous --replace" in caught.value.hint
        assert bytes_in(path) == before
        assert events(unlock(path, ways(Menu(secrets=[WORDS], confirms=[True])))) == [TW]

    def test_without_a_terminal_nor_a_copy_a_backup_is_advised(self, tmp_path: Path) -> None:
        """The hint names no copy that is not there."""
        path = new_store(tmp_path / "home")
        previous_of(path).unlink()
        spoil(path, -1)
        with pytest.raises(AlteredError) as caught:
            unlock(path, ways(passphrase_file=passphrase_file(tmp_path)))
        assert "hygiene store restore FILE --replace" in caught.value.hint
        assert "--previous" not in caught.value.hint

    def test_without_anything_beside_it_it_may_be_set_aside(self, tmp_path: Path) -> None:
        """A no is suggested, and a backup advised then."""
        path = new_store(tmp_path)
        previous_of(path).unlink()
        spoil(path, -1)
        before, terminal = bytes_in(path), Menu(secrets=[WORDS])
        with pytest.raises(AlteredError) as caught:
            unlock(path, ways(terminal))
        assert "hygiene store restore FILE --replace" in caught.value.hint
        assert "cannot be read any more" in terminal.said
        assert (len(terminal.confirmed), terminal.defaults) == (1, [False])
        assert bytes_in(path) == before
        terminal = Menu(secrets=[WORDS], confirms=[True])
        with pytest.raises(SetAsideError):
            unlock(path, ways(terminal))
        assert bytes_in(path) == {"answers-set-aside-1.hygiene": before["answers.hygiene"]}

    @pytest.mark.parametrize("place", range(9, 25))
    def test_a_spoilt_store_id_is_damage(self, tmp_path: Path, place: int) -> None:
        """Every slot is bound to it: the copy beside says that what was given is right."""
        path = new_store(tmp_path)
        spoil(path, place)
        terminal = Menu(secrets=[WORDS])
        assert events(unlock(path, ways(terminal))) == [HABIT]
        assert parse_header(path.read_bytes())[0].store_id == STORE_ID
        assert "does not open" not in terminal.said

    def test_so_it_is_for_keyring_and_code(self, tmp_path: Path) -> None:
        """The slots in it are the same; a wrong secret stays a wrong one."""
        key_store = MemoryKeyStore()
        key_store.put(BY_RING.id, RING.material)
        for number, (terminal, ring) in enumerate(
            [(Menu(), key_store), (Menu(secrets=["not these", CODE_WORDS], choices=[AGAIN]), None)]
        ):
            path = new_store(tmp_path / str(number))
            spoil(path, 10)
            assert events(unlock(path, ways(terminal, key_store=ring))) == [HABIT]
            assert terminal.said.count("does not open") == number

    def test_another_store_in_its_place_is_no_damage(self, tmp_path: Path) -> None:
        """It has another id and other slots: the passphrase of the one before is a wrong one."""
        path, other_id = new_store(tmp_path / "home"), bytes(16)
        kept = previous_of(path).read_bytes()
        path.unlink()
        other = wrap_key(STORE_KEY, Passphrase("another phrase in April"), other_id, costs=CHEAP)
        create_store(path, STORE_KEY, other_id, (other,))
        previous_of(path).write_bytes(kept)
        with pytest.raises(LockedError):
            unlock(path, ways(passphrase_file=passphrase_file(tmp_path)))

    def test_both_damaged(self, tmp_path: Path) -> None:
        """Nothing is put in place of anything."""
        path = new_store(tmp_path)
        spoil(path, -1)
        spoil(previous_of(path), -1)
        before = bytes_in(path)
        with pytest.raises(AlteredError):
            unlock(path, ways(Menu(secrets=[WORDS, WORDS])))
        assert bytes_in(path) == before

    @pytest.mark.parametrize(
        "places",
        [[66], [66 + 11], [66 + 27], [66 + 39], [66 + 51], range(66 + 11, 66 + 99)],
        ids=["id", "salt", "costs", "nonce", "wrapped key", "all but the id"],
    )
    def test_a_spoilt_slot_is_told_from_a_wrong_passphrase(
        self, tmp_path: Path, places: Sequence[int]
    ) -> None:
        """Nobody is left to think that they forgot it: the copy beside it says that it is right."""
        path = new_store(tmp_path / "home")
        for place in places:
            spoil(path, place)
        right, wrong = passphrase_file(tmp_path), tmp_path / "wrong"
        wrong.write_text("not these words")
        with pytest.raises(AlteredError, match="the store is damaged"):
            unlock(path, ways(passphrase_file=right))
        with pytest.raises(LockedError):
            unlock(path, ways(passphrase_file=wrong))

    def test_likewise_for_the_keyring(self, tmp_path: Path) -> None:
        """At a terminal, what lies beside it is offered then."""
        path, key_store = new_store(tmp_path), MemoryKeyStore()
        key_store.put(BY_RING.id, RING.material)
        spoil(path, 66 + 99 + 11)
        assert events(unlock(path, ways(Menu(), key_store=key_store))) == [HABIT]

    def test_without_a_copy_beside_it_nobody_can_tell(self, tmp_path: Path) -> None:
        """It is locked then, and so it is where the copy is damaged too."""
        path = new_store(tmp_path / "home")
        spoil(path, 66 + 51)
        for _turn in range(2):
            previous_of(path).write_bytes(b"\x89HYG")
            with pytest.raises(LockedError):
                unlock(path, ways(passphrase_file=passphrase_file(tmp_path)))
            previous_of(path).unlink()

    def test_a_passphrase_changed_elsewhere_is_no_damage(self, tmp_path: Path) -> None:
        """The store was synced, what is kept beside it was not: the old words open that, and only that."""
        path = new_store(tmp_path / "home")
        kept = previous_of(path).read_bytes()
        new = wrap_key(STORE_KEY, Passphrase("another phrase in April"), STORE_ID, costs=CHEAP)
        save_with_slots(
            reopened(path), lambda slots: (*(s for s in slots if s.type is not SlotType.PASSPHRASE), new)
        )
        previous_of(path).write_bytes(kept)
        assert reopened(previous_of(path)).store_key == STORE_KEY
        before = bytes_in(path)
        with pytest.raises(LockedError):
            unlock(path, ways(passphrase_file=passphrase_file(tmp_path)))
        assert bytes_in(path) == before

    def test_another_key_from_elsewhere_is_no_damage(self, tmp_path: Path) -> None:
        """The same passphrase opens it still; the keyring of this computer does not, and that is all."""
        path, key = new_store(tmp_path), bytes(range(100, 132))
        kept, key_store = previous_of(path).read_bytes(), MemoryKeyStore()
        key_store.put(BY_RING.id, RING.material)
        slots = tuple(wrap_key(key, secret, STORE_ID, costs=CHEAP) for secret in (PHRASE, KeyringKey(key)))
        save_with_slots(reopened(path), lambda _: slots, store_key=key)
        previous_of(path).write_bytes(kept)
        assert unlock(path, ways(Menu(secrets=[WORDS]), key_store=key_store)).store_key == key

    def test_a_folder_that_may_not_be_written(self) -> None:
        """What lies beside it is not put back, and it is said why."""
        with open_folder() as folder:
            path = new_store(folder / "home")
            spoil(path, -1)
            path.parent.chmod(0o755)
            for each in path.parent.iterdir():
                each.chmod(0o644)
            before = bytes_in(path)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (path.parent / "probe").touch()
                with pytest.raises(NotDoneError, match="could not be written"):
                    unlock(path, ways(Menu(secrets=[WORDS, WORDS])))

            run_as_nobody(work)
            assert bytes_in(path) == before
