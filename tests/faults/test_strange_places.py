"""Something else than an ordinary file where the store, its lock or its kept generation should be."""

from __future__ import annotations

import os
import signal
import socket
import stat
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.faults.growing import (
    answered,
    names_of,
    new_store,
    reopened,
    without_hanging,
)
from tests.unit.safety.nobody import open_folder, run_as_nobody

from hygiene.errors import NotDoneError
from hygiene.safety.container import DamagedError
from hygiene.safety.files import MissingFileError, locked
from hygiene.store.file import OpenStore, read_store, save


def link(path: Path) -> None:
    """To a good store elsewhere."""
    (path.parent / "elsewhere").mkdir()
    good = save(answered(new_store(path.parent / "elsewhere"), "precious")).path
    path.symlink_to(good)


def dangling_link(path: Path) -> None:
    path.symlink_to(path.parent / "gone")


def looping_link(path: Path) -> None:
    path.symlink_to(path)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def folder(path: Path) -> None:
    path.mkdir()


def unix_socket(path: Path) -> None:
    # A socket's name has little room, hence the short one.
    here = os.open(path.parent, os.O_RDONLY)
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(f"/proc/self/fd/{here}/{path.name}")
    os.close(here)


STRANGE = (link, dangling_link, looping_link, pipe, folder, unix_socket)
every_strange_thing = pytest.mark.parametrize("place", STRANGE, ids=lambda place: place.__name__)


def snapshot(top: Path) -> dict[str, tuple[int, int, bytes | str]]:
    """Every name below with its kind and rights, its inode, and what it holds or points to."""
    return {
        str(path.relative_to(top)): (path.lstat().st_mode, path.lstat().st_ino, held_by(path))
        for path in top.rglob("*")
    }


def held_by(path: Path) -> bytes | str:
    if path.is_symlink():
        return str(path.readlink())
    return path.read_bytes() if stat.S_ISREG(path.lstat().st_mode) else ""


def opened_before(home: Path) -> OpenStore:
    """A store as a run knows it that is going on; the file itself is gone, the kept generation is not."""
    path = save(answered(new_store(home), "old")).path
    store = answered(save(answered(reopened(path), "kept")), "new")
    path.unlink()
    return store


def refused(work: Callable[[], object], match: str) -> None:
    """The work is refused with these words and a hint, and not as if there were nothing."""
    with pytest.raises(NotDoneError, match=match) as caught:
        work()
    assert not isinstance(caught.value, MissingFileError)
    assert caught.value.hint


@every_strange_thing
def test_it_is_no_store_and_is_left_as_it_is(tmp_path: Path, place: Callable[[Path], None]) -> None:
    """Reading, saving and making a store there are refused at once; nothing is followed or changed."""
    store = opened_before(tmp_path)
    place(store.path)
    before = snapshot(tmp_path)

    def work() -> None:
        refused(lambda: read_store(store.path), "is not an ordinary file")
        refused(lambda: save(store), "is not an ordinary file")
        refused(lambda: new_store(tmp_path), "there is a store already")

    assert without_hanging(work) == 0
    assert snapshot(tmp_path) == before
    assert len(before) >= 3


@every_strange_thing
def test_it_is_no_lock_either(tmp_path: Path, place: Callable[[Path], None]) -> None:
    """A save neither waits for it nor goes on without a lock; once it is taken away the save succeeds."""
    path = save(answered(new_store(tmp_path), "old")).path
    store = answered(reopened(path), "new")
    (tmp_path / "store.lock").unlink()
    place(tmp_path / "store.lock")
    before = snapshot(tmp_path)

    def work() -> None:
        refused(lambda: save(store), "store.lock is not an ordinary file")
        refused(lambda: locked(tmp_path / "store.lock").__enter__(), "is not an ordinary file")

    assert without_hanging(work) == 0
    assert snapshot(tmp_path) == before
    if place is folder:
        (tmp_path / "store.lock").rmdir()
    else:
        (tmp_path / "store.lock").unlink()
    assert names_of(save(store)) == {"old", "new"}


@every_strange_thing
def test_in_place_of_the_kept_generation_it_is_replaced_or_refused(
    tmp_path: Path, place: Callable[[Path], None]
) -> None:
    """Never written through; a folder stops the save, and the store is as it was."""
    path = save(answered(new_store(tmp_path), "old")).path
    store = answered(reopened(path), "new")
    place(tmp_path / "store.previous")
    before = snapshot(tmp_path)

    def work() -> None:
        if place is folder:
            refused(lambda: save(store), "could not be written")
        else:
            save(store)

    assert without_hanging(work) == 0
    after = snapshot(tmp_path)
    if place is folder:
        assert after == before
        return
    assert names_of(reopened(path)) == {"old", "new"}
    assert names_of(reopened(tmp_path / "store.previous")) == {"old"}
    elsewhere = {name: held for name, held in before.items() if name.startswith("elsewhere")}
    assert elsewhere.items() <= after.items()
    assert len(elsewhere) == (3 if place is link else 0)


def test_an_empty_file_is_damaged_and_left_as_it_is(tmp_path: Path) -> None:
    """It is what a full disk or a synchronising program leaves; a store is not made over it."""
    store = opened_before(tmp_path)
    store.path.touch()
    before = snapshot(tmp_path)
    with pytest.raises(DamagedError):
        reopened(store.path)
    with pytest.raises(DamagedError):
        save(store)
    refused(lambda: new_store(tmp_path), "there is a store already")
    assert snapshot(tmp_path) == before


def test_a_store_of_another_user_is_told_and_left_as_it_is() -> None:
    """Neither is it taken for a missing one."""
    with open_folder() as top:
        path = save(answered(new_store(top / "home"), "old")).path
        path.parent.chmod(0o755)
        before = snapshot(top)

        def work() -> None:
            with pytest.raises(PermissionError):
                path.read_bytes()
            refused(lambda: read_store(path), "could not be read: Permission denied")
            refused(lambda: new_store(path.parent), "could not be written")

        run_as_nobody(work)
        assert snapshot(top) == before
        assert names_of(reopened(path)) == {"old"}


def test_a_read_only_folder_is_told_and_the_store_can_still_be_read() -> None:
    """A save there is refused, whole, whether or not the lock file is there."""
    with open_folder() as top:
        path = save(answered(new_store(top / "home"), "old")).path
        for number, lock in enumerate((True, False)):
            if not lock:
                (top / "home" / "store.lock").unlink()
            for each in (path.parent, *path.parent.iterdir()):
                os.chown(each, 65534, 65534)
            path.parent.chmod(0o500)
            before = snapshot(top)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (path.parent / "probe").touch()
                assert names_of(reopened(path)) == {"old"}
                refused(lambda: save(answered(reopened(path), "new")), "could not be written: Permission")

            run_as_nobody(work)
            assert snapshot(top) == before
            assert len(before) == 3 - number


def test_a_pipe_that_takes_the_store_s_place_in_between_is_not_waited_for(tmp_path: Path) -> None:
    """Looking at the name first is not enough: what was opened is looked at, too."""
    path = tmp_path / "store"
    os.mkfifo(path)
    ordinary = tmp_path / "ordinary"
    ordinary.touch()

    def work() -> None:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Path, "lstat", lambda _: ordinary.stat())
            refused(lambda: read_store(path), "is not an ordinary file")
            refused(lambda: locked(path).__enter__(), "is not an ordinary file")

    assert without_hanging(work) == 0


def test_a_hang_would_be_noticed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The guard of this file works: a plain read of a pipe without a writer is ended by the system."""
    os.mkfifo(tmp_path / "pipe")
    monkeypatch.setattr("tests.faults.growing.PATIENCE", 1)

    def work() -> None:
        (tmp_path / "pipe").read_bytes()

    assert without_hanging(work) == -signal.SIGALRM
