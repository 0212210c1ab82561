"""A disk that is really full, at every amount of room between none and enough."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.faults.growing import answered, names_in, names_of, new_store, reopened

from hygiene.errors import NotDoneError
from hygiene.store.file import save

SIZE = 512 * 1024
MOUNT = f'mount -t tmpfs -o size={SIZE} none "$1" && echo mounted && exec cat'
# As root in a mount namespace of its own; failing that, as root of a user namespace.
NAMESPACES = (["unshare", "-m"], ["unshare", "-rm"])


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A small disk that is there as long as the process that mounted it, and that nobody else sees."""
    reasons = []
    for namespace in NAMESPACES:
        with subprocess.Popen(
            [*namespace, "sh", "-c", MOUNT, "sh", tmp_path],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        ) as holder:
            assert holder.stdout is not None
            assert holder.stderr is not None
            if holder.stdout.readline() == b"mounted\n":
                yield Path(f"/proc/{holder.pid}/root{tmp_path}")
                return
            reasons.append(holder.stderr.read().decode().strip())
    pytest.skip(f"this machine lets nobody mount a disk here: {'; '.join(reasons)}")


def page_of(disk: Path) -> int:
    return os.statvfs(disk).f_bsize


def fill(disk: Path, *, room: int) -> None:
    """Leave so many bytes, and see that the disk refuses one more."""
    filler = disk / "filler"
    filler.unlink(missing_ok=True)
    with filler.open("wb", buffering=0) as file:
        file.write(bytes(SIZE))
        with pytest.raises(OSError, match="No space left"):
            file.write(b"x")
        file.truncate(file.tell() - room)
    found = os.statvfs(disk)
    assert found.f_bavail * found.f_bsize == room


def pages_for(disk: Path, size: int) -> int:
    return -(-size // page_of(disk))


def test_a_save_that_does_not_fit_leaves_the_store_as_it_was(disk: Path) -> None:
    """To the byte, and without half-written files; once there is room the save succeeds."""
    path = save(answered(new_store(disk / "home"), "old")).path
    before = path.read_bytes()
    store = answered(reopened(path), "new")
    one = pages_for(disk, len(before))
    outcomes = []
    for pages in range(2 * one):
        fill(disk, room=pages * page_of(disk))
        with pytest.raises(NotDoneError, match="No space left") as caught:
            save(store)
        assert "make room" in caught.value.hint
        assert path.read_bytes() == before
        names = names_in(path.parent)
        outcomes.append(names)
        if "store.previous" in names:
            assert path.with_name("store.previous").read_bytes() == before
            path.with_name("store.previous").unlink()
    alone, kept = ["store", "store.lock"], ["store", "store.lock", "store.previous"]
    assert outcomes == [alone] * one + [kept] * one
    assert len(outcomes) >= 2
    fill(disk, room=2 * one * page_of(disk))
    assert names_of(save(store)) == {"old", "new"}
    assert names_of(reopened(path)) == {"old", "new"}
    assert names_in(path.parent) == kept


def test_a_store_that_grows_beyond_the_disk_stays_as_it_was(disk: Path) -> None:
    """Later saves of a run, too: the old file is there until the new one is whole."""
    path = save(answered(new_store(disk / "home"), "old")).path
    store = save(answered(reopened(path), "new"))
    before, kept = path.read_bytes(), path.with_name("store.previous").read_bytes()
    grown = answered(store, "long", note="n" * 3 * 16 * 1024)
    fill(disk, room=pages_for(disk, len(before)) * page_of(disk))
    with pytest.raises(NotDoneError, match="No space left"):
        save(grown)
    assert (path.read_bytes(), path.with_name("store.previous").read_bytes()) == (before, kept)
    assert names_in(path.parent) == ["store", "store.lock", "store.previous"]
    (disk / "filler").unlink()
    assert names_of(save(grown)) == {"old", "new", "long"}


def test_no_room_to_make_a_store_leaves_none(disk: Path) -> None:
    """No file is left but the lock, and once there is room the store is made."""
    needed = pages_for(disk, len(new_store(disk / "other").path.read_bytes()))
    folder = disk / "home"
    for pages in range(needed):
        fill(disk, room=pages * page_of(disk))
        with pytest.raises(NotDoneError, match="No space left") as caught:
            new_store(folder)
        assert "make room" in caught.value.hint
        assert names_in(folder) == ["store.lock"]
    assert needed >= 1
    fill(disk, room=needed * page_of(disk))
    assert names_of(reopened(new_store(folder).path)) == set()
