"""The first run makes a store that its owner, and nobody else, gets into again."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.contract.keystore import MemoryKeyStore
from tests.unit.usecases.scripted import ScriptedTerminal

from hygiene.errors import HygieneError, LockedError, NotDoneError, UsageError
from hygiene.model.record import EMPLOYERS, MINE, SettingChosen
from hygiene.safety.container import Costs, SlotType
from hygiene.safety.keyring_slot import KeyStore, SystemKeyring, turned_off
from hygiene.store.file import OpenStore
from hygiene.usecases.begin import begin
from hygiene.usecases.new_secrets import Means
from hygiene.usecases.unlock import WaysIn, unlock

CHEAP = Costs(memory=8, passes=1, lanes=1)
PASSPHRASE = "quatre mots pas plus"


def beginning(
    folder: Path,
    terminal: ScriptedTerminal | None = None,
    *,
    key_store: KeyStore | None = None,
    passphrase_file: Path | None = None,
    recovery_file: Path | None = None,
) -> tuple[Path, Means]:
    means = Means(terminal, passphrase_file, recovery_file, key_store, said.append, CHEAP)
    return folder / "home" / "answers.hygiene", means


said: list[str] = []


@pytest.fixture(autouse=True)
def nothing_said_yet(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    said.clear()
    monkeypatch.chdir(tmp_path)


def ways(*typed: str, key_store: KeyStore | None = None) -> WaysIn:
    terminal = ScriptedTerminal(secrets=list(typed), choices=[0] * (len(typed) - 1))
    return WaysIn(None, key_store, (lambda: terminal) if typed else None, said.append, CHEAP)


def slot_types(store: OpenStore) -> set[SlotType]:
    return {slot.type for slot in store.header.slots}


def code_shown(terminal: ScriptedTerminal) -> str:
    found = re.search(r"(?:[0-9A-Z]{4}-){6}[0-9A-Z]{4}", terminal.said)
    assert found
    return found[0]


def test_at_a_terminal_a_passphrase_is_asked_twice(tmp_path: Path) -> None:
    """Too short and not the same are asked again; the passphrase and the code shown both open the store."""
    terminal = ScriptedTerminal(
        confirms=[True, False, True],
        secrets=["short", PASSPHRASE, "another one entirely", PASSPHRASE, PASSPHRASE],
    )
    store, events = begin(*beginning(tmp_path, terminal))
    assert events == (SettingChosen("computer", MINE),)
    assert slot_types(store) == {SlotType.PASSPHRASE, SlotType.RECOVERY}
    assert "at least 12 characters" in terminal.said
    assert "not the same" in terminal.said
    for words in (PASSPHRASE, code_shown(terminal), code_shown(terminal).lower().replace("-", " ")):
        assert unlock(store.path, ways(words)).store_key == store.store_key


def test_the_code_is_spelled_out_and_nobody_is_held(tmp_path: Path) -> None:
    """A no spells it, a group a line; a second no says what that means, and goes on."""
    terminal = ScriptedTerminal(confirms=[True, False, False, False], secrets=[PASSPHRASE, PASSPHRASE])
    store, _ = begin(*beginning(tmp_path, terminal))
    assert all("    " + " ".join(group) in terminal.shown for group in code_shown(terminal).split("-"))
    assert "no second way in" in terminal.shown[-1]
    assert "hygiene store recovery" in terminal.shown[-1]
    assert slot_types(store) == {SlotType.PASSPHRASE, SlotType.RECOVERY}


def test_the_code_can_go_to_a_file_to_print(tmp_path: Path) -> None:
    """The file is for its owner only, and its code opens the store."""
    terminal = ScriptedTerminal(confirms=[True, True, True], secrets=[PASSPHRASE, PASSPHRASE])
    store, _ = begin(*beginning(tmp_path, terminal))
    file = tmp_path / "hygiene-recovery-code.txt"
    assert file.stat().st_mode & 0o777 == 0o600
    assert unlock(store.path, ways(file.read_text().strip())).store_key == store.store_key


def test_on_an_employers_computer_it_says_so_and_takes_no_keyring(tmp_path: Path) -> None:
    """The administrators are named, the keyring is not offered, and going home leaves nothing behind."""
    terminal = ScriptedTerminal(confirms=[False, True, False, True], secrets=[PASSPHRASE, PASSPHRASE])
    store, events = begin(*beginning(tmp_path, terminal, key_store=MemoryKeyStore()))
    assert events == (SettingChosen("computer", EMPLOYERS),)
    assert "administer" in terminal.said
    assert slot_types(store) == {SlotType.PASSPHRASE, SlotType.RECOVERY}


def test_going_on_at_home_leaves_nothing_behind(tmp_path: Path) -> None:
    """No audit was performed, and no file was made."""
    with pytest.raises(NotDoneError, match="no audit was performed"):
        begin(*beginning(tmp_path, ScriptedTerminal(confirms=[False, False])))
    assert list(tmp_path.iterdir()) == []


def test_a_keyring_that_answers_is_the_way_in(tmp_path: Path) -> None:
    """On one's own computer, where one agrees: the keyring and the code, no passphrase to forget."""
    key_store = MemoryKeyStore()
    terminal = ScriptedTerminal(confirms=[True, True, False, True])
    store, _ = begin(*beginning(tmp_path, terminal, key_store=key_store))
    assert slot_types(store) == {SlotType.KEYRING, SlotType.RECOVERY}
    assert unlock(store.path, ways(key_store=key_store)).store_key == store.store_key
    emptied = ways(code_shown(terminal), key_store=MemoryKeyStore())
    assert unlock(store.path, emptied).store_key == store.store_key


def test_a_keyring_that_is_not_there_is_not_offered(tmp_path: Path) -> None:
    """The passphrase is asked instead."""
    terminal = ScriptedTerminal(confirms=[True, False, True], secrets=[PASSPHRASE, PASSPHRASE])
    store, _ = begin(*beginning(tmp_path, terminal, key_store=SystemKeyring(turned_off)))
    assert slot_types(store) == {SlotType.PASSPHRASE, SlotType.RECOVERY}
    assert not any("keyring" in question for question in terminal.confirmed)


def test_a_keyring_that_went_away_falls_back_to_the_question(tmp_path: Path) -> None:
    """One line says why."""
    key_store = MemoryKeyStore()
    terminal = ScriptedTerminal(confirms=[True, True, False, True])
    store, _ = begin(*beginning(tmp_path, terminal, key_store=key_store))
    opened = unlock(store.path, ways(code_shown(terminal), key_store=SystemKeyring(turned_off)))
    assert opened.store_key == store.store_key
    assert any("turned off" in line for line in said)


def test_a_passphrase_file_asks_nothing(tmp_path: Path) -> None:
    """Without a file for the code none is made, and it says how to have one."""
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE + "\n")
    file.chmod(0o600)
    store, events = begin(*beginning(tmp_path, passphrase_file=file))
    assert (events, slot_types(store)) == ((), {SlotType.PASSPHRASE})
    assert any("--recovery-file" in line for line in said)


def test_the_recovery_file_is_written_and_opens(tmp_path: Path) -> None:
    """It is new, for its owner only, and never written over."""
    passphrase, recovery = tmp_path / "passphrase", tmp_path / "code"
    passphrase.write_text(PASSPHRASE)
    passphrase.chmod(0o644)
    store, _ = begin(*beginning(tmp_path, passphrase_file=passphrase, recovery_file=recovery))
    assert recovery.stat().st_mode & 0o777 == 0o600
    assert unlock(store.path, ways(recovery.read_text().strip())).store_key == store.store_key
    assert any("chmod 600" in line for line in said)
    with pytest.raises(NotDoneError, match="there already"):
        begin(*beginning(tmp_path / "again", passphrase_file=passphrase, recovery_file=recovery))


def test_a_code_for_a_store_that_was_not_made_is_taken_back(tmp_path: Path) -> None:
    """It would open nothing and mislead."""
    passphrase, recovery = tmp_path / "passphrase", tmp_path / "code"
    passphrase.write_text(PASSPHRASE)
    begin(*beginning(tmp_path, passphrase_file=passphrase))
    with pytest.raises(NotDoneError, match="already"):
        begin(*beginning(tmp_path, passphrase_file=passphrase, recovery_file=recovery))
    assert not recovery.exists()


def test_ctrl_c_while_the_store_is_made_takes_the_code_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The file goes, and whoever wrote the code down strikes it out."""
    terminal = ScriptedTerminal(confirms=[True, True, True], secrets=[PASSPHRASE, PASSPHRASE])
    path, means = beginning(tmp_path, terminal)

    def interrupted(*_arguments: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("hygiene.usecases.begin.create_store", interrupted)
    with pytest.raises(KeyboardInterrupt):
        begin(path, means)
    assert list(tmp_path.iterdir()) == []
    assert "strike it out" in terminal.shown[-1]


def test_with_a_passphrase_file_the_code_is_shown_without_a_question(tmp_path: Path) -> None:
    """At a terminal: nobody sits there to write it down, perhaps; no file is written unasked."""
    file, terminal = tmp_path / "passphrase", ScriptedTerminal()
    file.write_text(PASSPHRASE)
    store, events = begin(*beginning(tmp_path, terminal, passphrase_file=file))
    assert (events, terminal.confirmed) == ((), [])
    assert unlock(store.path, ways(code_shown(terminal))).store_key == store.store_key
    assert sorted(each.name for each in tmp_path.iterdir()) == ["home", "passphrase"]


def test_a_recovery_code_is_no_passphrase(tmp_path: Path) -> None:
    """It could never be told from one."""
    file = tmp_path / "passphrase"
    file.write_text("0000-0000-0000-0000-0000-0000-0000")
    with pytest.raises(HygieneError):
        begin(*beginning(tmp_path, passphrase_file=file))
    assert not (tmp_path / "home").exists()


def test_neither_terminal_nor_file_is_a_usage_error(tmp_path: Path) -> None:
    """It says first that no audit was performed."""
    with pytest.raises(UsageError, match="no audit was performed"):
        begin(*beginning(tmp_path))


def test_one_may_try_again_until_it_opens(tmp_path: Path) -> None:
    """Nobody is thrown out for a typing error, and an empty line or a lone surrogate is one."""
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE)
    store, _ = begin(*beginning(tmp_path, passphrase_file=file))
    assert unlock(store.path, ways("one", "", "\udc80", PASSPHRASE)).store_key == store.store_key


def test_without_a_terminal_it_is_locked_at_once(tmp_path: Path) -> None:
    """The hint names the ways in."""
    file = tmp_path / "passphrase"
    file.write_text(PASSPHRASE)
    store, _ = begin(*beginning(tmp_path, passphrase_file=file))
    with pytest.raises(LockedError) as caught:
        unlock(store.path, ways())
    assert "--passphrase-file" in caught.value.hint


def test_stopping_at_the_code_leaves_no_key_in_the_keyring(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The key was for a store that there is not: nothing of it stays, and no file either."""
    key_store, terminal = MemoryKeyStore(), ScriptedTerminal(confirms=[True, True])
    confirm = terminal.confirm

    def stop_at_the_code(message: str, *, default: bool) -> bool:
        if "printed" in message or "print and" in message:
            raise KeyboardInterrupt
        return confirm(message, default=default)

    monkeypatch.setattr(terminal, "confirm", stop_at_the_code)
    with pytest.raises(KeyboardInterrupt):
        begin(*beginning(tmp_path, terminal, key_store=key_store))
    assert key_store.kept == {}
    assert not (tmp_path / "home").exists()
