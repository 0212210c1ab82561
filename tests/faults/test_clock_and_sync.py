"""A clock that goes wrong, and a folder that two machines share without knowing of each other."""

from __future__ import annotations

import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.faults.growing import DAY, answered, names_in, names_of, new_store, reopened
from tests.unit.safety.stores import PHRASE

from hygiene.engine.state import current_state
from hygiene.model.record import AnswerGiven, Chosen
from hygiene.store.file import OpenStore, merged, open_store, read_store, said, save

LONG_AGO, FAR_AHEAD = date(1970, 1, 1), date(2099, 12, 31)
CONFLICT = "store.sync-conflict-20261122-101010-ABCDEFG.hygiene"


def saying(store: OpenStore, choice: str, on: date) -> OpenStore:
    """The store after this choice, always for the same check; the choice is also the statement's id."""
    return said(store, [AnswerGiven("a", "x.one", Chosen(choice))], on, lambda: choice)


def in_force(store: OpenStore) -> object:
    return current_state(store.record).answer("a", "x.one")


def test_what_was_said_later_holds_although_the_clock_was_set_back(tmp_path: Path) -> None:
    """The order of saying decides, not the day; the days stay as they were said."""
    store = new_store(tmp_path)
    days = [DAY, FAR_AHEAD, LONG_AGO, date(2026, 11, 21)]
    for number, on in enumerate(days):
        store = save(saying(reopened(store.path), f"choice-{number}", on))
        assert in_force(reopened(store.path)) == Chosen(f"choice-{number}")
    assert [each.on for each in reopened(store.path).record.statements] == days
    assert [each.seq for each in reopened(store.path).record.statements] == [1, 2, 3, 4]
    assert store.header.counter == 5


def test_a_clock_set_back_on_one_of_two_machines_loses_nothing(tmp_path: Path) -> None:
    """A save that joins two branches keeps what was said last on either."""
    path = save(saying(new_store(tmp_path), "first", DAY)).path
    one, other = reopened(path), reopened(path)
    save(saying(saying(one, "second", FAR_AHEAD), "third", FAR_AHEAD))
    both = save(saying(other, "aside", LONG_AGO))
    assert names_of(both) == {"first", "second", "third", "aside"}
    assert in_force(both) == Chosen("third")
    assert in_force(save(saying(both, "last", LONG_AGO))) == Chosen("last")


@pytest.mark.parametrize("moment", [0, 1, 2**32, 2**33], ids=str)
def test_the_file_s_own_times_do_not_matter(tmp_path: Path, moment: int) -> None:
    """Files dated 1970 or 2242 are read, saved and joined as any other."""
    path = save(answered(new_store(tmp_path), "old")).path
    early = reopened(path)
    save(answered(reopened(path), "new"))
    for each in tmp_path.iterdir():
        os.utime(each, (moment, moment))
        assert each.stat().st_mtime == moment
    last = save(answered(early, "late"))
    assert names_of(last) == names_of(reopened(path)) == {"old", "new", "late"}
    assert last.header.counter == 4


def stored_at(path: Path, moment: int) -> None:
    """The file as if last written then, so that no test has to wait for a clock."""
    os.utime(path, (moment, moment))


def synchronise(one: Path, other: Path) -> None:
    """What a synchronising program does: the newer file wins, the older one gets another name."""
    if one.read_bytes() == other.read_bytes():
        return
    older, newer = sorted((one, other), key=lambda path: path.stat().st_mtime)
    older.replace(older.with_name(CONFLICT))
    shutil.copy2(newer, older)


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Path, Path]:
    """The same store of one answer in the folders of two machines."""
    here, there = tmp_path / "here", tmp_path / "there"
    path = save(answered(new_store(here), "both")).path
    there.mkdir(mode=0o700)
    shutil.copy2(path, there)
    return path, there / path.name


@pytest.mark.parametrize("newer", [0, 1], ids=["this machine is newer", "the other one is newer"])
def test_a_conflict_of_two_machines_is_joined_without_loss(machines: tuple[Path, Path], newer: int) -> None:
    """Whichever file won: the union, the same from either side, and the same on both machines afterwards."""
    here, there = machines
    for number, path in enumerate(machines):
        for answer in range(3):
            save(answered(reopened(path), f"{path.parent.name}-{answer}"))
        stored_at(path, 2_000_000_000 + (number == newer))
    synchronise(here, there)
    winner, loser = machines[newer], machines[1 - newer]
    conflict = loser.with_name(CONFLICT)
    assert loser.read_bytes() == winner.read_bytes()
    everything = {"both", *(f"{name}-{answer}" for name in ("here", "there") for answer in range(3))}
    assert names_of(reopened(loser)) < everything

    opened, copy = reopened(loser), open_store(conflict, read_store(conflict), PHRASE)
    union = merged(opened.statements, copy.statements)
    assert list(union.items()) == list(merged(copy.statements, opened.statements).items())
    assert len(union) == 7
    saved = save(replace(opened, statements=union))
    assert names_of(saved) == names_of(reopened(loser)) == everything
    assert list(saved.statements) == list(union)
    assert len(saved.statements) == 7

    conflict.unlink()
    stored_at(loser, 2_000_000_002)
    synchronise(here, there)
    assert names_of(reopened(here)) == names_of(reopened(there)) == everything
    # The conflict copy that this leaves on the other side holds nothing new.
    left = open_store(winner.with_name(CONFLICT), read_store(winner.with_name(CONFLICT)), PHRASE)
    opened = reopened(winner)
    again = save(replace(opened, statements=merged(opened.statements, left.statements)))
    assert list(again.statements.items()) == list(saved.statements.items())


def test_a_file_replaced_by_the_other_machine_s_between_opening_and_saving_is_joined(
    machines: tuple[Path, Path],
) -> None:
    """The save finds another file than the run opened, and keeps what both hold."""
    here, there = machines
    run = answered(reopened(here), "here")
    for number in range(20):
        save(answered(reopened(there), f"there-{number}"))
        stored_at(there, 2_000_000_000 + number)
        synchronise(here, there)
        run = save(answered(run, f"here-{number}"))
        stored_at(here, 2_000_000_000 + number)
    expected = {"both", "here", *(f"{name}-{n}" for name in ("here", "there") for n in range(20))}
    assert names_of(run) == names_of(reopened(here)) == expected
    assert len(expected) == 42


def test_an_older_file_brought_back_between_two_saves_takes_nothing_away(machines: tuple[Path, Path]) -> None:
    """A machine that was off for a year wins by a wrong clock: the run that is going on knows better."""
    here, there = machines
    run = save(answered(reopened(here), "one"))
    stored_at(there, 4_000_000_000)
    synchronise(here, there)
    assert names_of(reopened(here)) == {"both"}
    again = save(answered(run, "two"))
    assert names_of(again) == {"both", "one", "two"}
    assert again.header.counter == run.header.counter + 1
    assert names_of(reopened(here)) == {"both", "one", "two"}
    assert names_in(here.parent) == ["store", "store.lock", "store.previous", CONFLICT]
