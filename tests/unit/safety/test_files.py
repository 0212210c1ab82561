from __future__ import annotations

import errno
import fcntl
import os
import resource
import signal
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from tests.unit.safety.nobody import open_folder, run_as_nobody

from hygiene.errors import NotDoneError
from hygiene.safety import files

WINDOWS = SimpleNamespace(platform="win32")


def mode_of(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def failing(number: int) -> Any:
    def fail(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    return fail


class TestWriteAtomically:
    def test_writes_a_new_private_file(self, tmp_path: Path) -> None:
        """The file is there, its owner's only, and nothing else is left in the folder."""
        before = os.umask(0)
        try:
            files.write_atomically(tmp_path / "store", b"data")
        finally:
            os.umask(before)
        assert (tmp_path / "store").read_bytes() == b"data"
        assert mode_of(tmp_path / "store") == 0o600
        assert names_in(tmp_path) == ["store"]

    def test_replaces_an_existing_file(self, tmp_path: Path) -> None:
        """Whoever has the old file open keeps reading the old data: it is another file."""
        path = tmp_path / "store"
        path.write_bytes(b"old")
        path.chmod(0o644)
        with path.open("rb") as reader:
            files.write_atomically(path, b"new")
            assert reader.read() == b"old"
        assert path.read_bytes() == b"new"
        assert mode_of(path) == 0o600

    def test_does_not_follow_a_link(self, tmp_path: Path) -> None:
        """A symbolic link is replaced, and what it pointed to is untouched."""
        target = tmp_path / "target"
        target.write_bytes(b"precious")
        link = tmp_path / "store"
        link.symlink_to(target)
        files.write_atomically(link, b"data")
        assert target.read_bytes() == b"precious"
        assert not link.is_symlink()

    def test_does_not_write_through_what_lies_in_wait(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A link placed where the temporary file will be is refused, and stays without effect."""
        monkeypatch.setattr("hygiene.safety.files.os.urandom", bytes)
        trap = tmp_path / f".hygiene-{'0' * 16}.tmp"
        target = tmp_path / "target"
        target.write_bytes(b"precious")
        trap.symlink_to(target)
        with pytest.raises(NotDoneError):
            files.write_atomically(tmp_path / "store", b"data")
        assert target.read_bytes() == b"precious"
        assert trap.is_symlink()

    def test_flushes_the_file_before_its_name_and_the_folder_after(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Content first, then the name, then the folder: no power cut leaves an empty store."""
        steps: list[str] = []
        fsync, replace = os.fsync, Path.replace

        def noted_fsync(descriptor: int) -> None:
            steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
            fsync(descriptor)

        def noted_replace(self: Path, target: Path) -> Path:
            steps.append("replace")
            return replace(self, target)

        monkeypatch.setattr(os, "fsync", noted_fsync)
        monkeypatch.setattr(Path, "replace", noted_replace)
        files.write_atomically(tmp_path / "store", b"data")
        assert steps == ["file", "replace", "folder"]

    @pytest.mark.parametrize(
        ("number", "hint"),
        [
            (errno.ENOSPC, "make room"),
            (errno.EDQUOT, "make room"),
            (errno.EROFS, "where you may write"),
            (errno.EIO, "check the disk"),
        ],
    )
    def test_failure_leaves_the_old_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, hint: str
    ) -> None:
        """When writing fails, the old data stay, the temporary file goes and the hint fits the cause."""
        path = tmp_path / "store"
        path.write_bytes(b"old")
        monkeypatch.setattr(os, "fsync", failing(number))
        with pytest.raises(NotDoneError, match="could not be written") as caught:
            files.write_atomically(path, b"new")
        assert hint in caught.value.hint
        assert path.read_bytes() == b"old"
        assert names_in(tmp_path) == ["store"]

    def test_full_disk_for_real(self) -> None:
        """A write that the system cuts off half-way leaves the old file and no other."""
        with open_folder() as folder:
            folder.chmod(0o777)

            def work() -> None:
                files.write_atomically(folder / "store", b"old")
                signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
                resource.setrlimit(resource.RLIMIT_FSIZE, (1000, 1000))
                with pytest.raises(NotDoneError) as caught:
                    files.write_atomically(folder / "store", bytes(100_000))
                assert "make room" in caught.value.hint
                assert (folder / "store").read_bytes() == b"old"
                assert names_in(folder) == ["store"]

            run_as_nobody(work)

    def test_interruption_leaves_no_temporary_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Ctrl-C in the middle of a save cleans up and goes on as an interruption."""

        def interrupt(_: int) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(os, "fsync", interrupt)
        with pytest.raises(KeyboardInterrupt):
            files.write_atomically(tmp_path / "store", b"new")
        assert names_in(tmp_path) == []

    def test_a_folder_in_its_place_is_refused(self, tmp_path: Path) -> None:
        """A folder at the path is an error, and the temporary file is removed."""
        (tmp_path / "store").mkdir()
        with pytest.raises(NotDoneError):
            files.write_atomically(tmp_path / "store", b"new")
        assert names_in(tmp_path) == ["store"]

    def test_a_missing_folder_is_named(self, tmp_path: Path) -> None:
        """Without the folder the hint says to make it; control characters of the path are cleaned."""
        with pytest.raises(NotDoneError) as caught:
            files.write_atomically(tmp_path / "\x1b[31m" / "store", b"new")
        assert "make the folder" in caught.value.hint
        assert "\x1b" not in str(caught.value)

    def test_a_folder_of_somebody_else_is_refused(self) -> None:
        """Where this user may not write, it says so."""
        with open_folder() as folder:

            def work() -> None:
                with pytest.raises(PermissionError):
                    (folder / "probe").write_bytes(b"")
                with pytest.raises(NotDoneError) as caught:
                    files.write_atomically(folder / "store", b"new")
                assert "where you may write" in caught.value.hint

            run_as_nobody(work)

    def test_a_file_system_that_cannot_flush_folders_is_enough(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Some network file systems answer EINVAL for a folder; the file is written all the same."""
        fsync = os.fsync

        def picky(descriptor: int) -> None:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                raise OSError(errno.EINVAL, "")
            fsync(descriptor)

        monkeypatch.setattr(os, "fsync", picky)
        files.write_atomically(tmp_path / "store", b"data")
        assert (tmp_path / "store").read_bytes() == b"data"

    def test_a_failing_flush_of_the_folder_is_no_failure(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The file is in its place: who were told otherwise would take back what belongs to it."""
        fsync = os.fsync

        def broken(descriptor: int) -> None:
            if stat.S_ISDIR(os.fstat(descriptor).st_mode):
                raise OSError(errno.EIO, "")
            fsync(descriptor)

        monkeypatch.setattr(os, "fsync", broken)
        files.write_atomically(tmp_path / "store", b"data")
        assert (tmp_path / "store").read_bytes() == b"data"

    def test_windows_flushes_no_folder(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """Where folders cannot be opened, none is."""
        monkeypatch.setattr(files, "sys", WINDOWS)
        monkeypatch.setattr(
            os, "fsync", lambda descriptor: os.fstat(descriptor).st_mode & stat.S_IFREG or 1 / 0
        )
        files.write_atomically(tmp_path / "store", b"data")
        assert (tmp_path / "store").read_bytes() == b"data"


class TestEnsurePrivateFolder:
    def test_makes_it_with_its_parents(self, tmp_path: Path) -> None:
        """The folder and what is missing above it are made, the folder private."""
        files.ensure_private_folder(tmp_path / "a" / "b")
        assert mode_of(tmp_path / "a" / "b") == 0o700

    def test_takes_away_the_rights_of_others(self, tmp_path: Path) -> None:
        """A folder that was open becomes private; one that is stays as it is."""
        tmp_path.chmod(0o755)
        files.ensure_private_folder(tmp_path)
        assert mode_of(tmp_path) == 0o700
        files.ensure_private_folder(tmp_path)
        assert mode_of(tmp_path) == 0o700

    def test_never_closes_a_shared_folder(self, tmp_path: Path) -> None:
        """A folder like /tmp stays open to everybody: pointing hygiene at it must not break the machine."""
        tmp_path.chmod(0o1777)
        with pytest.raises(NotDoneError, match="shared"):
            files.ensure_private_folder(tmp_path)
        assert mode_of(tmp_path) == 0o1777

    def test_a_file_in_its_place_is_refused(self, tmp_path: Path) -> None:
        """A file is no folder."""
        (tmp_path / "a").write_bytes(b"")
        with pytest.raises(NotDoneError):
            files.ensure_private_folder(tmp_path / "a")

    def test_a_folder_of_somebody_else_is_refused(self) -> None:
        """A folder that cannot be made private is not used as if it were."""
        with open_folder() as folder:

            def work() -> None:
                with pytest.raises(PermissionError):
                    folder.chmod(0o700)
                with pytest.raises(NotDoneError, match="could not be written"):
                    files.ensure_private_folder(folder)

            run_as_nobody(work)


class TestReadBounded:
    def test_reads_up_to_the_limit(self, tmp_path: Path) -> None:
        """As many bytes as the limit are read; one more is refused."""
        path = tmp_path / "file"
        path.write_bytes(bytes(10))
        assert files.read_bounded(path, 10) == bytes(10)
        with pytest.raises(NotDoneError, match="larger than 9 bytes"):
            files.read_bounded(path, 9)

    def test_an_endless_file_ends(self) -> None:
        """A device that never ends is refused instead of filling the memory."""
        with pytest.raises(NotDoneError, match="larger"):
            files.read_bounded(Path("/dev/zero"), 1000)

    def test_a_pipe_is_read_to_its_end(self, tmp_path: Path) -> None:
        """A named pipe that delivers in pieces is read whole."""
        path = tmp_path / "pipe"
        os.mkfifo(path)

        def feed() -> None:
            with path.open("wb", buffering=0) as pipe:
                pipe.write(b"one ")
                time.sleep(0.05)
                pipe.write(b"two")

        feeder = threading.Thread(target=feed)
        feeder.start()
        assert files.read_bounded(path, 100) == b"one two"
        feeder.join()

    def test_a_missing_file_is_its_own_error(self, tmp_path: Path) -> None:
        """Nothing there is told apart from something unreadable."""
        with pytest.raises(files.MissingFileError, match="does not exist"):
            files.read_bounded(tmp_path / "file", 10)

    def test_a_folder_is_refused(self, tmp_path: Path) -> None:
        """A folder is no file."""
        with pytest.raises(NotDoneError, match="could not be read") as caught:
            files.read_bounded(tmp_path, 10)
        assert not isinstance(caught.value, files.MissingFileError)

    def test_a_file_of_somebody_else_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without the right to read, it says so."""
        with open_folder() as folder:
            (folder / "file").write_bytes(b"x")
            (folder / "file").chmod(0o600 if os.geteuid() == 0 else 0)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (folder / "file").read_bytes()
                with pytest.raises(NotDoneError) as caught:
                    files.read_bounded(folder / "file", 10)
                assert "may read" in caught.value.hint

            run_as_nobody(work)
        # Once more in this process, where the coverage is counted.
        monkeypatch.setattr(Path, "open", failing(errno.EACCES))
        with pytest.raises(NotDoneError, match="could not be read"):
            files.read_bounded(tmp_path / "file", 10)


def strange_things(folder: Path) -> list[Path]:
    """Names that stand for something else than an ordinary file."""
    (folder / "file").write_bytes(b"precious")
    (folder / "link").symlink_to(folder / "file")
    (folder / "dangling").symlink_to(folder / "gone")
    (folder / "looping").symlink_to(folder / "looping")
    (folder / "folder").mkdir()
    os.mkfifo(folder / "pipe")
    return [*(folder / name for name in ("link", "dangling", "looping", "folder", "pipe")), Path("/dev/zero")]


class TestReadRegular:
    def test_reads_up_to_the_limit(self, tmp_path: Path) -> None:
        """As many bytes as the limit are read; one more is refused."""
        path = tmp_path / "file"
        path.write_bytes(bytes(10))
        assert files.read_regular(path, 10) == bytes(10)
        with pytest.raises(NotDoneError, match="larger than 9 bytes"):
            files.read_regular(path, 9)

    def test_a_missing_file_is_its_own_error(self, tmp_path: Path) -> None:
        """Nothing there is told apart from something else there; so is a missing folder."""
        for path in (tmp_path / "file", tmp_path / "folder" / "file"):
            with pytest.raises(files.MissingFileError, match="does not exist"):
                files.read_regular(path, 10)

    def test_anything_but_an_ordinary_file_is_refused(self, tmp_path: Path) -> None:
        """A link is not followed, a pipe not waited for; a link to nowhere is not a missing file."""
        for path in strange_things(tmp_path):
            with pytest.raises(NotDoneError, match="is not an ordinary file") as caught:
                files.read_regular(path, 10)
            assert str(path) in str(caught.value)
            assert "--home" in caught.value.hint
            assert not isinstance(caught.value, files.MissingFileError)

    def test_what_takes_its_place_after_the_first_look_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """What was opened is looked at too; a link is not opened at all. No descriptor stays open."""
        link, *_others, pipe, device = strange_things(tmp_path)
        ordinary, opened = (tmp_path / "file").lstat(), names_in(Path("/proc/self/fd"))
        monkeypatch.setattr(Path, "lstat", lambda _: ordinary)
        for path in (pipe, device, tmp_path / "folder"):
            with pytest.raises(NotDoneError, match="is not an ordinary file"):
                files.read_regular(path, 10)
        with pytest.raises(NotDoneError, match="could not be read"):
            files.read_regular(link, 10)
        assert names_in(Path("/proc/self/fd")) == opened

    def test_the_look_before_is_enough_where_links_cannot_be_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Windows opens whatever a link points to."""
        monkeypatch.setattr(files, "_AS_IT_STANDS", 0)
        for path in strange_things(tmp_path):
            with pytest.raises(NotDoneError, match="is not an ordinary file"):
                files.read_regular(path, 10)

    def test_a_file_of_somebody_else_is_refused(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Without the right to read, it says so."""
        with open_folder() as folder:
            (folder / "file").write_bytes(b"x")
            (folder / "file").chmod(0o600 if os.geteuid() == 0 else 0)

            def work() -> None:
                with pytest.raises(PermissionError):
                    (folder / "file").read_bytes()
                with pytest.raises(NotDoneError, match="Permission denied") as caught:
                    files.read_regular(folder / "file", 10)
                assert "may read" in caught.value.hint

            run_as_nobody(work)
        # Once more in this process, where the coverage is counted.
        monkeypatch.setattr(os, "open", failing(errno.EACCES))
        with pytest.raises(NotDoneError, match="could not be read"):
            files.read_regular(tmp_path / "file", 10)


class TestIsReadableByOthers:
    @pytest.mark.parametrize(
        ("mode", "expected"), [(0o600, False), (0o640, True), (0o604, True), (0o622, False)]
    )
    def test_looks_at_group_and_everybody(self, tmp_path: Path, mode: int, *, expected: bool) -> None:
        """Only the right to read counts."""
        path = tmp_path / "file"
        path.write_bytes(b"")
        path.chmod(mode)
        assert files.is_readable_by_others(path) is expected

    def test_says_nothing_where_nothing_can_be_known(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A missing file warns of nothing, and neither does any file on Windows."""
        path = tmp_path / "file"
        assert not files.is_readable_by_others(path)
        path.write_bytes(b"")
        path.chmod(0o644)
        monkeypatch.setattr(files, "sys", WINDOWS)
        assert not files.is_readable_by_others(path)


HOLDER = """
import sys, time
from pathlib import Path
from hygiene.safety.files import locked
with locked(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


class TestLocked:
    def test_another_process_waits_and_gives_up(self, tmp_path: Path) -> None:
        """While one process holds the lock another one is told; once it is killed, the lock is free."""
        path = tmp_path / "store.lock"
        with subprocess.Popen(
            [sys.executable, "-c", HOLDER, str(path)],
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        ) as holder:
            assert holder.stdout is not None
            assert holder.stdout.readline() == b"held\n"
            start = time.monotonic()
            with (
                pytest.raises(NotDoneError, match="another hygiene is using the store"),
                files.locked(path, wait=0.2),
            ):
                pytest.fail("two holders")
            assert time.monotonic() - start >= 0.2
            holder.kill()
            holder.wait()
            with files.locked(path, wait=2):
                pass

    def test_waits_until_it_is_free(self, tmp_path: Path) -> None:
        """A lock that is released in time is taken."""
        path = tmp_path / "store.lock"
        held = threading.Event()

        def hold() -> None:
            with files.locked(path):
                held.set()
                time.sleep(0.2)

        thread = threading.Thread(target=hold)
        thread.start()
        assert held.wait(5)
        with files.locked(path, wait=5):
            pass
        thread.join()

    def test_is_released_after_an_error(self, tmp_path: Path) -> None:
        """An error inside leaves no lock behind, only the private lock file."""
        path = tmp_path / "store.lock"
        with pytest.raises(RuntimeError), files.locked(path):
            raise RuntimeError
        with files.locked(path, wait=0):
            pass
        assert names_in(tmp_path) == ["store.lock"]
        assert mode_of(tmp_path / "store.lock") == 0o600

    def test_is_released_although_a_child_lives_on(self, tmp_path: Path) -> None:
        """A child process that was started meanwhile, a browser say, does not keep the lock."""
        path = tmp_path / "store.lock"
        with files.locked(path):
            child = os.fork()
            if child == 0:
                time.sleep(30)
                os._exit(0)
        try:
            with files.locked(path, wait=1):
                pass
        finally:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)

    def test_a_link_in_its_place_is_refused(self, tmp_path: Path) -> None:
        """A symbolic link named like the lock cannot make hygiene create a file elsewhere."""
        (tmp_path / "store.lock").symlink_to(tmp_path / "elsewhere")
        with pytest.raises(NotDoneError), files.locked(tmp_path / "store.lock"):
            pytest.fail("followed")
        assert not (tmp_path / "elsewhere").exists()

    def test_nor_does_anything_else_in_its_place_serve_as_a_lock(self, tmp_path: Path) -> None:
        """A link, a pipe, a folder or a device is refused at once, and stays."""
        things = strange_things(tmp_path)
        before = names_in(tmp_path)
        for path in things:
            with (
                pytest.raises(NotDoneError, match="is not an ordinary file") as caught,
                files.locked(path),
            ):
                pytest.fail("locked")
            assert "move it away" in caught.value.hint
        assert names_in(tmp_path) == before
        assert (tmp_path / "file").read_bytes() == b"precious"

    def test_who_let_go_does_not_come_first_again(self, tmp_path: Path) -> None:
        """A thread that takes the lock again and again lets another one in before it has done so for long."""
        path = tmp_path / "store.lock"
        turns: list[int] = []
        entered = threading.Event()

        def hold_again_and_again() -> None:
            while not entered.is_set() and len(turns) < 100:
                with files.locked(path):
                    turns.append(len(turns))
                    time.sleep(0.02)

        greedy = threading.Thread(target=hold_again_and_again)
        greedy.start()
        with files.locked(path):
            entered.set()
        greedy.join()
        assert len(turns) < 100

    def test_a_missing_folder_is_named(self, tmp_path: Path) -> None:
        """Nothing can be locked in a folder that is not there; it is not made either."""
        with (
            pytest.raises(NotDoneError, match="could not be written") as caught,
            files.locked(tmp_path / "home" / "store.lock"),
        ):
            pytest.fail("locked")
        assert "make the folder" in caught.value.hint
        assert names_in(tmp_path) == []

    def test_a_place_without_locks_is_told(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """A file system that knows no locks is an error with a way out, not a silent risk."""
        monkeypatch.setattr(fcntl, "flock", failing(errno.ENOLCK))
        with (
            pytest.raises(NotDoneError, match="cannot be locked"),
            files.locked(tmp_path / "store.lock", wait=0),
        ):
            pytest.fail("no lock")

    def test_windows_locks_the_first_byte(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        """On Windows the lock goes through msvcrt: tried without waiting, released at the end."""
        calls: list[tuple[str, int]] = []
        refusals = [PermissionError(errno.EACCES, "held")]

        def locking(_: int, mode: str, count: int) -> None:
            calls.append((mode, count))
            if refusals:
                raise refusals.pop()

        fake = SimpleNamespace(locking=locking, LK_NBLCK="try", LK_UNLCK="unlock")
        monkeypatch.setitem(sys.modules, "msvcrt", fake)
        monkeypatch.setattr(files, "sys", WINDOWS)
        with files.locked(tmp_path / "store.lock", wait=5):
            assert calls == [("try", 1), ("try", 1)]
        assert calls[-1] == ("unlock", 1)
