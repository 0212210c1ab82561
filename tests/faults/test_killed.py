"""Killed at any moment, or stopped by an error of the disk: the store is the one before or the new one."""

from __future__ import annotations

import errno
import io
import os
import random
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from tests.faults.growing import (
    OWN_FILES,
    answered,
    exit_code,
    forked,
    names_in,
    names_of,
    new_store,
    reopened,
)

from hygiene.errors import NotDoneError
from hygiene.store.file import OpenStore, save

WRITING = ["open", "write", "fsync", "replace", "open", "fsync"]


def leftovers(folder: Path) -> list[str]:
    """What lies there beside the store's own files."""
    return sorted(set(names_in(folder)) - OWN_FILES)


def keep_saving(path: Path, pipe: int) -> None:
    """Save one answer after another until killed; tell each number when its save is finished."""
    store = reopened(path)
    for number in count(len(store.statements)):
        store = save(answered(store, str(number)))
        os.write(pipe, number.to_bytes(4))


def killed_in_the_middle(path: Path, moments: random.Random) -> int:
    """Let a child save a few times, kill it a moment later, and return how many saves it acknowledged."""
    reading, writing = os.pipe()
    child = forked(partial(keep_saving, path, writing))
    os.close(writing)
    with os.fdopen(reading, "rb") as pipe:
        told = pipe.read(4 * moments.randrange(12))
        time.sleep(0.01 * moments.random() ** 2)
        os.kill(child, signal.SIGKILL)
        assert exit_code(child) == -signal.SIGKILL
        return len(told + pipe.read()) // 4


def test_a_process_killed_at_random_moments_loses_nothing_it_had_saved(tmp_path: Path) -> None:
    """500 saves in short lives: after each kill the store opens whole, with every acknowledged answer."""
    path = new_store(tmp_path).path
    moments = random.Random(20261122)  # noqa: S311 - moments, not keys
    acknowledged = kills = in_the_middle = expected = 0
    while acknowledged < 500 or kills < 50:
        told = killed_in_the_middle(path, moments)
        kills += 1
        acknowledged += told
        expected += told
        found = names_of(reopened(path))
        assert found == {str(number) for number in range(len(found))}
        assert len(found) - expected in {0, 1}, "one save may have been finished and not yet acknowledged"
        expected = len(found)
        if (tmp_path / "store.previous").exists():
            assert names_of(reopened(tmp_path / "store.previous")) <= found
        assert all(name.startswith(".hygiene-") and name.endswith(".tmp") for name in leftovers(tmp_path))
        in_the_middle = max(in_the_middle, len(leftovers(tmp_path)))
    assert acknowledged >= 500
    assert kills >= 50
    assert in_the_middle >= 1
    assert names_of(save(answered(reopened(path), "last"))) == {*found, "last"}


class Faults:
    """Counts the calls of a save that reach the disk, and strikes before, halfway or after one of them."""

    def __init__(self, strike: Callable[[], object], at: int = -1, when: str = "") -> None:
        self.calls: list[str] = []
        self._strike, self._at, self._when = strike, at, when

    def around(self, name: str, call: Callable[..., Any]) -> Callable[..., Any]:
        def watched(*args: Any, **named: Any) -> Any:
            is_struck = len(self.calls) == self._at
            self.calls.append(name)
            if is_struck and self._when == "before":
                self._strike()
            if is_struck and self._when == "halfway":
                call(args[0][: len(args[0]) // 2])
                self._strike()
            result = call(*args, **named)
            if is_struck and self._when == "after":
                self._strike()
            return result

        return watched

    @contextmanager
    def watching(self) -> Iterator[None]:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(os, "fdopen", self._fdopen(os.fdopen))
            for name in ("open", "fsync", "replace"):
                patch.setattr(os, name, self.around(name, getattr(os, name)))
            yield

    def _fdopen(self, fdopen: Callable[..., Any]) -> Callable[..., Any]:
        def watched(descriptor: int, mode: str) -> Any:
            return _Watched(descriptor, self) if mode == "wb" else fdopen(descriptor, mode)

        return watched


class _Watched(io.BufferedWriter):
    """A file whose writing is watched; each write goes through to the system."""

    def __init__(self, descriptor: int, faults: Faults) -> None:
        super().__init__(io.FileIO(descriptor, "wb"))
        self._write = faults.around("write", self._write_through)

    def write(self, data: Any) -> int:
        return int(self._write(data))

    def _write_through(self, data: bytes) -> int:
        written = super().write(data)
        self.flush()
        return written


def kill_self() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def disk_error() -> None:
    raise OSError(errno.EIO, os.strerror(errno.EIO))


def store_to_save(folder: Path) -> OpenStore:
    """A store of one answer, opened by a new run that has said another one; its save writes two files."""
    folder.mkdir()
    path = save(answered(new_store(folder), "old")).path
    return answered(reopened(path), "new")


@pytest.fixture
def calls(tmp_path: Path) -> list[str]:
    """The calls of such a save, in order."""
    faults = Faults(lambda: None)
    store = store_to_save(tmp_path / "dry")
    with faults.watching():
        save(store)
    assert faults.calls[-12:] == WRITING * 2
    assert set(faults.calls[:-12]) == {"open"}
    return faults.calls


class Expected:
    """What a save that broke off there leaves behind: a file is the new one once its name was replaced."""

    def __init__(self, calls: list[str], at: int, when: str) -> None:
        done = calls[: at + (when == "after")].count("replace")
        self.is_kept, self.names = done >= 1, {"old", "new"} if done == 2 else {"old"}

    def check(self, folder: Path, before: bytes) -> None:
        """Look at the folder, and save once more in it."""
        kept = folder / "store.previous"
        assert names_of(reopened(folder / "store")) == self.names
        assert kept.exists() == self.is_kept
        assert not self.is_kept or kept.read_bytes() == before
        saved = save(answered(reopened(folder / "store"), "next"))
        assert names_of(reopened(saved.path)) == {*self.names, "next"}
        assert names_of(reopened(kept)) == self.names


def places(calls: list[str], *, after: set[str]) -> list[tuple[int, str]]:
    """Where to strike: before each call, in the middle of each write, and after those that are named."""
    return [
        (at, when)
        for at, name in enumerate(calls)
        for when in ("before", "halfway", "after")
        if when == "before" or (when == "halfway" and name == "write") or (when == "after" and name in after)
    ]


def test_killed_before_in_and_after_each_step_leaves_one_whole_store(
    tmp_path: Path, calls: list[str]
) -> None:
    """The old one until the name is replaced, the new one from then on; the next save works."""
    struck = places(calls, after=set(calls))
    for number, (at, when) in enumerate(struck):
        store = store_to_save(tmp_path / str(number))
        before = store.path.read_bytes()

        def work(store: OpenStore = store, at: int = at, when: str = when) -> None:
            with Faults(kill_self, at, when).watching():
                save(store)

        assert exit_code(forked(work)) == -signal.SIGKILL, (at, when)
        assert len(leftovers(store.path.parent)) <= 1
        Expected(calls, at, when).check(store.path.parent, before)
    assert len(struck) == 2 * len(calls) + 2
    assert len(struck) >= 30


def test_a_disk_error_at_each_step_is_told_and_leaves_one_whole_store(
    tmp_path: Path, calls: list[str]
) -> None:
    """Old until the name is replaced, as after a kill, and no temporary file is left."""
    # A call to open that fails has opened nothing, so there is no error after one.
    struck = [
        (at, when)
        for at, when in places(calls, after={"write", "fsync", "replace"})
        if not is_about_the_folder(calls, at)
    ]
    for number, (at, when) in enumerate(struck):
        store = store_to_save(tmp_path / str(number))
        before = store.path.read_bytes()
        with Faults(disk_error, at, when).watching(), pytest.raises(NotDoneError) as caught:
            save(store)
        assert caught.value.hint
        assert leftovers(store.path.parent) == [], (at, when)
        Expected(calls, at, when).check(store.path.parent, before)
    assert len(struck) >= 18


def test_a_folder_that_cannot_be_flushed_is_no_failure(tmp_path: Path, calls: list[str]) -> None:
    """The file is in its place: who were told otherwise would take back what belongs to it."""
    struck = [at for at in range(len(calls)) if is_about_the_folder(calls, at)]
    for at in struck:
        store = store_to_save(tmp_path / str(at))
        with Faults(disk_error, at, "before").watching():
            save(store)
        assert names_of(reopened(store.path)) == {"old", "new"}
    assert len(struck) == 4


def is_about_the_folder(calls: list[str], at: int) -> bool:
    """Whether this call opens or flushes the folder: the last two of each file written."""
    place = at - (len(calls) - 2 * len(WRITING))
    return place >= 0 and place % len(WRITING) >= WRITING.index("replace") + 1
