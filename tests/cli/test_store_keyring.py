"""`hygiene store keyring` and the keyring's part in the other commands, with a keyring in memory."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Program
from tests.contract.keystore import MemoryKeyStore

from hygiene.safety import keyring_slot
from hygiene.safety.keyring_slot import Item, Reason, Unavailable


class Refusing(MemoryKeyStore):
    """Keeps what it has, and neither takes nor gives up anything."""

    def put(self, store_id: bytes, value: bytes, item: Item = Item.KEY) -> None:
        del store_id, value, item
        raise Unavailable(Reason.LOCKED)

    def delete(self, store_id: bytes, item: Item = Item.KEY) -> None:
        del store_id, item
        raise Unavailable(Reason.LOCKED)


class Locked(Refusing):
    """Does not even say what it has."""

    def get(self, store_id: bytes, item: Item = Item.KEY) -> bytes | None:
        del store_id, item
        raise Unavailable(Reason.LOCKED)


def with_keyring(program: Program, monkeypatch: pytest.MonkeyPatch, keyring: MemoryKeyStore) -> None:
    monkeypatch.setattr(keyring_slot, "SystemKeyring", lambda: keyring)
    program.environment["HYGIENE_NO_KEYRING"] = "0"


@pytest.fixture
def keyring(audited: Program, monkeypatch: pytest.MonkeyPatch) -> MemoryKeyStore:
    """A keyring that opens the store; nobody names the passphrase any more."""
    kept = MemoryKeyStore()
    with_keyring(audited, monkeypatch, kept)
    assert audited("store", "keyring").code == 0
    return kept


def test_it_opens_the_store_from_then_on(audited: Program, keyring: MemoryKeyStore) -> None:
    """Without a word about secrets, and the last save is remembered."""
    run = audited("status", HYGIENE_PASSPHRASE_FILE="")
    assert (run.code, run.err) == (0, "")
    assert {item for _store, item in keyring.kept} == {Item.KEY, Item.COUNTER}
    before = dict(keyring.kept)
    assert audited("settings", "password-months", "6", HYGIENE_PASSPHRASE_FILE="").code == 0
    assert {key for key in before if before[key] != keyring.kept[key]} == {
        key for key in before if key[1] is Item.COUNTER
    }


def test_taken_away_nothing_is_left_in_it(audited: Program, keyring: MemoryKeyStore) -> None:
    """Neither key nor counter; and the store stays locked to it."""
    run = audited("store", "keyring", "--remove", HYGIENE_PASSPHRASE_FILE="")
    assert "no longer opens" in run.err
    assert keyring.kept == {}
    assert audited("status", HYGIENE_PASSPHRASE_FILE="").code == 3


def test_a_keyring_that_does_not_take_the_key(audited: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Said with its reason, and nothing was changed."""
    with_keyring(audited, monkeypatch, Refusing())
    store = audited.home / "answers.hygiene"
    before = store.read_bytes()
    run = audited("store", "keyring")
    assert (run.code, run.out) == (3, "")
    assert "hygiene: error: the system keyring is locked\n" in run.err
    assert store.read_bytes() == before


def test_a_keyring_that_does_not_give_the_key_up(
    audited: Program, keyring: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it still holds opens nothing any more, and that is said."""
    refusing = Refusing()
    refusing.kept = keyring.kept
    with_keyring(audited, monkeypatch, refusing)
    run = audited("store", "keyring", "--remove")
    assert run.code == 0
    assert "still in the keyring" in run.err
    assert audited("status", HYGIENE_PASSPHRASE_FILE="").code == 3


@pytest.mark.usefixtures("keyring")
def test_a_locked_keyring_is_not_taken_out(audited: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whether it would open the store cannot be told, so nothing is changed and nothing claimed."""
    with_keyring(audited, monkeypatch, Locked())
    before = (audited.home / "answers.hygiene").read_bytes()
    run = audited("store", "keyring", "--remove")
    assert run.code == 3
    assert "nothing was changed" in run.err
    assert (audited.home / "answers.hygiene").read_bytes() == before


@pytest.mark.usefixtures("keyring")
def test_the_passphrase_stays_where_the_keyring_opens_nothing(
    audited: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its slot alone is no way in: without the passphrase only the recovery code would be left."""
    assert audited("store", "recovery", "--recovery-file", "code").code == 0
    with_keyring(audited, monkeypatch, MemoryKeyStore())
    assert audited("store", "passphrase", "--remove").code == 3
    assert audited("status").code == 0


def test_two_homes_of_one_store_do_not_lock_each_other_out(audited: Program, keyring: MemoryKeyStore) -> None:
    """Restored elsewhere and given the keyring there too, both open by it; one erased, the other one does."""
    assert keyring.kept
    assert audited("store", "backup", "backup").code == 0
    other = ("--home", str(audited.folder / "other"))
    assert audited("store", "restore", "backup", *other).code == 0
    assert audited("store", "keyring", *other).code == 0
    for home in ((), other):
        assert audited("status", *home, HYGIENE_PASSPHRASE_FILE="").code == 0
    assert audited("store", "erase", "--yes", *other).code == 0
    assert audited("status", HYGIENE_PASSPHRASE_FILE="").code == 0


@pytest.mark.usefixtures("keyring")
def test_rotating_asks_for_no_passphrase_where_there_is_none(audited: Program) -> None:
    """The keyring and a new code are enough."""
    assert audited("store", "recovery", "--recovery-file", "code").code == 0
    assert audited("store", "passphrase", "--remove").code == 0
    run = audited("store", "rotate", "--recovery-file", "code-2", HYGIENE_PASSPHRASE_FILE="")
    assert run.code == 0, run.err
    assert audited("status", HYGIENE_PASSPHRASE_FILE="").code == 0
    assert audited("status", "--passphrase-file", "code-2").code == 0
    assert audited("status", "--passphrase-file", "code").code == 3


def test_rotating_leaves_one_key_and_its_counter(audited: Program, keyring: MemoryKeyStore) -> None:
    """Those of the new slot: nothing of the old one stays behind, and the keyring opens the store."""
    before = set(keyring.kept)
    assert audited("store", "rotate", "--recovery-file", "code").code == 0
    assert set(keyring.kept).isdisjoint(before)
    assert len({slot for slot, _item in keyring.kept}) == 1
    assert {item for _slot, item in keyring.kept} == {Item.KEY, Item.COUNTER}
    assert audited("status", HYGIENE_PASSPHRASE_FILE="").code == 0


@pytest.mark.usefixtures("keyring")
def test_rotating_without_the_passphrase_is_refused(audited: Program) -> None:
    """The keyring alone does not give the store another key where there is a passphrase; the way is named."""
    run = audited("store", "rotate", "--recovery-file", "code", HYGIENE_PASSPHRASE_FILE="")
    assert run.code == 3
    assert "`hygiene store passphrase`" in run.err
    assert not (audited.folder / "code").exists()


def test_erasing_empties_the_keyring(audited: Program, keyring: MemoryKeyStore) -> None:
    """Key and counter go with the store."""
    assert audited("store", "erase", "--yes").code == 0
    assert keyring.kept == {}


def test_erasing_says_what_the_keyring_keeps(
    audited: Program, keyring: MemoryKeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A locked keyring does not keep the answers; its entry opens nothing any more."""
    refusing = Refusing()
    refusing.kept = keyring.kept
    with_keyring(audited, monkeypatch, refusing)
    run = audited("store", "erase", "--yes")
    assert run.code == 0
    assert "still in the keyring" in run.err
    assert not audited.home.exists()


def test_erasing_takes_the_keys_of_stores_set_aside(audited: Program, keyring: MemoryKeyStore) -> None:
    """They were opened by keys of their own, which nothing needs any more."""
    (audited.home / "answers.hygiene").rename(audited.home / "answers-set-aside-1.hygiene")
    assert audited("store", "init").code == 0
    assert keyring.kept
    assert audited("store", "erase", "--yes").code == 0
    assert keyring.kept == {}
