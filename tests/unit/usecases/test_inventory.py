"""A store seen from outside: what opens it and what lies beside it, without opening anything."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.safety.stores import CODE, PHRASE, RING, SLOTS, STORE_ID, STORE_KEY

from hygiene.errors import AlteredError, NotDoneError
from hygiene.safety.container import Costs, Slot
from hygiene.safety.files import MissingFileError
from hygiene.safety.sealing import wrap_key
from hygiene.store.beside import lock_of
from hygiene.store.file import create_store, open_store, read_store, save
from hygiene.usecases.inventory import Inventory, describe, take_inventory, ways_in_words
from hygiene.usecases.put_back import keep_aside

BY_PHRASE, BY_RING, BY_CODE = SLOTS
ASKING_MORE = Costs(memory=64 * 1024, passes=3, lanes=4)


def new_store(folder: Path, slots: tuple[Slot, ...] = SLOTS) -> Path:
    return create_store(folder / "answers.hygiene", STORE_KEY, STORE_ID, slots).path


def strong() -> Slot:
    """A passphrase slot at today's costs."""
    return wrap_key(STORE_KEY, PHRASE, STORE_ID, costs=ASKING_MORE)


def lines(inventory: Inventory) -> str:
    return "\n".join(describe(inventory))


class TestTaking:
    def test_a_new_store_lies_alone(self, tmp_path: Path) -> None:
        """Size, saves and slots, as its header says; its lock is not worth a word."""
        path = new_store(tmp_path)
        assert lock_of(path).exists()
        size = path.stat().st_size
        assert take_inventory(path) == Inventory(path, size, 1, SLOTS, is_kept=False, copies=(), set_aside=())

    def test_what_lies_beside_it_is_found(self, tmp_path: Path) -> None:
        """The generation before, copies, and what was set aside, each under its own heading."""
        path = new_store(tmp_path)
        save(open_store(path, read_store(path), RING))
        aside, copy = keep_aside(path), tmp_path / "answers (1).hygiene"
        copy.write_bytes(path.read_bytes())
        found = take_inventory(path)
        assert (found.saves, found.is_kept) == (2, True)
        assert (found.copies, found.set_aside) == ((copy,), (aside,))

    def test_an_altered_store_is_looked_at_all_the_same(self, tmp_path: Path) -> None:
        """Nothing is verified: no secret was asked for."""
        path = new_store(tmp_path)
        path.write_bytes(path.read_bytes()[:-1] + b"?")
        assert take_inventory(path).slots == SLOTS

    @pytest.mark.parametrize("left", [70, 400, -1])
    def test_one_that_breaks_off_is_said(self, tmp_path: Path, left: int) -> None:
        """Its header alone would look like a store that is there."""
        path = new_store(tmp_path)
        path.write_bytes(path.read_bytes()[:left])
        with pytest.raises(AlteredError, match="breaks off"):
            take_inventory(path)

    def test_what_is_no_store_is_said(self, tmp_path: Path) -> None:
        """Missing, damaged, something else."""
        path = tmp_path / "answers.hygiene"
        with pytest.raises(MissingFileError):
            take_inventory(path)
        path.write_bytes(b"\x89HYG")
        with pytest.raises(AlteredError):
            take_inventory(path)
        path.write_bytes(b"a holiday picture, say")
        with pytest.raises(NotDoneError, match="not a hygiene store"):
            take_inventory(path)

    @pytest.mark.parametrize(
        ("slots", "expected"),
        [((BY_PHRASE, BY_CODE), True), ((BY_RING, BY_CODE), True), ((BY_PHRASE, BY_RING), False)],
    )
    def test_a_recovery_code_or_none(
        self, tmp_path: Path, slots: tuple[Slot, ...], *, expected: bool
    ) -> None:
        """Whoever has none is told how to make one."""
        found = take_inventory(new_store(tmp_path, slots))
        assert found.can_be_recovered is expected
        assert ("hygiene store recovery" in lines(found)) is not expected

    def test_a_passphrase_checked_at_less_cost_is_weak(self, tmp_path: Path) -> None:
        """Told as what will happen; the other slots have no costs."""
        weak = take_inventory(new_store(tmp_path / "weak"))
        fine = take_inventory(new_store(tmp_path / "fine", (strong(), BY_RING, BY_CODE)))
        assert (weak.is_weak, fine.is_weak) == (True, False)
        assert "more strongly" in lines(weak)
        assert "more strongly" not in lines(fine)


class TestDescribing:
    def test_a_store_as_it_should_be_takes_two_lines(self, tmp_path: Path) -> None:
        """Where it is, and what opens it. The size is rounded up, so that it is never 0."""
        path = new_store(tmp_path, (strong(), BY_CODE))
        first, second = describe(take_inventory(path))
        assert str(path) in first
        assert "17 KiB" in first
        assert "passphrase" in second
        assert "recovery code" in second
        assert "keyring" not in second

    def test_each_thing_beside_it_has_a_line(self, tmp_path: Path) -> None:
        """By name; a copy says what can be done with it."""
        path = new_store(tmp_path, (strong(), BY_CODE))
        save(open_store(path, read_store(path), CODE))
        aside = keep_aside(path)
        for name in ("answers (1).hygiene", "answers (2).hygiene"):
            (tmp_path / name).write_bytes(path.read_bytes())
        _store, _ways, kept, one, two, last = describe(take_inventory(path))
        assert "before the last change" in kept
        for line, name in ((one, "answers (1).hygiene"), (two, "answers (2).hygiene")):
            assert name in line
            assert "hygiene store restore" in line
        assert aside.name in last

    @pytest.mark.parametrize(
        ("slots", "expected"),
        [
            ((BY_CODE, BY_RING, BY_PHRASE), "passphrase, system keyring, recovery code"),
            ((BY_CODE, BY_RING, BY_RING), "system keyring, recovery code"),
            ((BY_CODE,), "recovery code"),
        ],
    )
    def test_ways_in_are_named_once_and_in_order(self, slots: tuple[Slot, ...], expected: str) -> None:
        """However many slots of a kind there are, and wherever they stand."""
        assert ways_in_words(slots) == expected
