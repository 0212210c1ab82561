"""Many processes on one store at the same time."""

from __future__ import annotations

import os
import time
from functools import partial
from pathlib import Path

import pytest
from tests.faults.growing import answered, exit_code, forked, names_in, names_of, new_store, reopened

from hygiene.store.file import save

CROWD, ANSWERS = 8, 100


def keep_saving(path: Path, name: str, flushing: float) -> None:
    """Save a hundred times as fast as possible on a disk that takes so many seconds more to flush."""
    with pytest.MonkeyPatch.context() as patch:
        fsync = os.fsync

        def slow(descriptor: int) -> None:
            time.sleep(flushing)
            fsync(descriptor)

        patch.setattr(os, "fsync", slow)
        store = reopened(path)
        for number in range(ANSWERS):
            store = save(answered(store, f"{name}-{number}"))


@pytest.mark.parametrize("flushing", [0, 0.005], ids=["quick disk", "slow disk"])
def test_eight_processes_saving_a_hundred_times_each_all_get_through(tmp_path: Path, flushing: float) -> None:
    """None is turned away, no answer is lost, and each save has a number of its own."""
    path = new_store(tmp_path).path
    children = [forked(partial(keep_saving, path, name, flushing)) for name in "abcdefgh"]
    assert [exit_code(child) for child in children] == [0] * CROWD
    last = reopened(path)
    expected = {f"{name}-{number}" for name in "abcdefgh" for number in range(ANSWERS)}
    assert sorted(expected - names_of(last)) == []
    assert names_of(last) == expected
    assert len(last.statements) == 800
    assert last.header.counter == 1 + 800
    assert names_in(tmp_path) == ["store", "store.lock", "store.previous"]
