"""Files that are whole or not there, private, and written by one process at a time."""

from __future__ import annotations

import errno
import os
import stat
import sys
import time
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PRIVATE_FILE: Final = 0o600
PRIVATE_FOLDER: Final = 0o700

_WAIT_SECONDS: Final = 5.0
_LONGEST_PAUSE: Final = 0.05
_SHORTEST_PAUSE: Final = 0.001
_GIVING_WAY: Final = 2 * _SHORTEST_PAUSE
# Where the name is a link, nothing is opened; where it is a pipe, nobody waits for its other end.
_AS_IT_STANDS: Final = (
    getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
)
_NO_ROOM: Final = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_NOT_ALLOWED: Final = frozenset({errno.EACCES, errno.EPERM, errno.EROFS})
_NO_SUCH_PLACE: Final = frozenset({errno.ENOENT, errno.ENOTDIR})


class MissingFileError(NotDoneError):
    """There is no such file, which a caller may have expected."""


def write_atomically(path: Path, data: bytes) -> None:
    """Put the data at the path, whole or not at all, readable by its owner only.

    A reader, or this machine after a power cut, sees the old file or the new one. A symbolic link at the path
    is replaced, never followed. A process that is killed may leave a `.hygiene-….tmp` file beside it.

    Raises:
        NotDoneError: the folder or the disk did not allow it; what was at the path is untouched.
    """
    # The name is short and our own: the path's name plus a suffix could exceed what the file system allows.
    temporary = path.parent / f".hygiene-{os.urandom(8).hex()}.tmp"
    try:
        _write_new(temporary, data)
        try:
            temporary.replace(path)
        except BaseException:
            temporary.unlink(missing_ok=True)
            raise
    except OSError as error:
        raise _not_written(path, error) from error
    _flush_folder(path.parent)


def ensure_private_folder(path: Path) -> None:
    """Make the folder if it is missing, and let nobody but its owner into it.

    Raises:
        NotDoneError: it cannot be made or made private, or it is a shared one such as `/tmp`, which must not
            be taken away from the others.
    """
    try:
        path.mkdir(mode=PRIVATE_FOLDER, parents=True, exist_ok=True)
        mode = path.stat().st_mode
        if mode & stat.S_ISVTX:
            raise NotDoneError(
                N_("{path} is shared with other people"),
                hint=N_("name a folder of your own, for example one inside it"),
                path=clean(str(path)),
            )
        if stat.S_IMODE(mode) != PRIVATE_FOLDER:
            path.chmod(PRIVATE_FOLDER)
    except OSError as error:
        raise _not_written(path, error) from error


def read_bounded(path: Path, limit: int) -> bytes:
    """Return all bytes of the file, or of what a pipe delivers, if there are at most `limit`.

    Raises:
        MissingFileError: there is no such file.
        NotDoneError: it is larger than `limit` bytes, or cannot be read.
    """
    try:
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise _not_read(path, error) from error
    return _within(data, path, limit)


def read_regular(path: Path, limit: int) -> bytes:
    """Return all bytes of an ordinary file if there are at most `limit`; never follow a link, never wait.

    Raises:
        MissingFileError: there is no such file.
        NotDoneError: it is a link, a pipe, a folder or the like, is larger than `limit` bytes, or cannot be
            read.
    """
    hint = N_("name the file itself, not a link, a pipe or a folder; with --home, the folder that holds it")
    try:
        with os.fdopen(_open_regular(path, os.O_RDONLY, hint), "rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        raise _not_read(path, error) from error
    return _within(data, path, limit)


def is_readable_by_others(path: Path) -> bool:
    """Return whether the mode of the file lets its group or everybody read it.

    Windows keeps such rights elsewhere and shows the same mode for every file, so that nothing can be said.
    """
    if sys.platform == "win32":
        return False
    with suppress(OSError):
        return bool(path.stat().st_mode & (stat.S_IRGRP | stat.S_IROTH))
    return False


@contextmanager
def locked(path: Path, *, wait: float = _WAIT_SECONDS) -> Iterator[None]:
    """Hold the only lock on a lock file; another process, or another call in this one, waits.

    The lock file is never the file that it protects, because that one is replaced on every save. It stays:
    removing it would let two processes hold locks on two files of the same name. The system drops the lock
    when its holder ends, however it ends.

    Args:
        path: the lock file, made if it is missing; its folder exists.
        wait: seconds until it is given up.

    Raises:
        NotDoneError: somebody else holds the lock for that long, or this place knows no locks.
    """
    descriptor = _open_lock_file(path)
    try:
        _wait_for_lock(descriptor, path, wait)
        try:
            yield
        finally:
            _unlock(descriptor)
            # Else a process that saves again and again would be there first every time.
            time.sleep(_GIVING_WAY)
    finally:
        os.close(descriptor)


def _write_new(path: Path, data: bytes) -> None:
    # O_EXCL: a file or link that somebody placed there beforehand is never written through.
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0)
    descriptor = os.open(path, flags, PRIVATE_FILE)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
    except BaseException:
        path.unlink(missing_ok=True)
        raise


def _flush_folder(folder: Path) -> None:
    # Without it the new name may be lost in a power cut although the content is on the disk. Windows has no
    # such call and orders this by itself.
    if sys.platform == "win32":
        return
    # Where a folder cannot be flushed the file is in its place all the same: told of a failure, the caller
    # would take back what belongs to the new file.
    with suppress(OSError):
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


def _open_regular(path: Path, flags: int, hint: str) -> int:
    # Looked at first, because opening a device may already set it going and Windows has no O_NOFOLLOW; and
    # once more when it is open, because it may have been exchanged in between.
    with suppress(FileNotFoundError):
        _check_regular(path.lstat(), path, hint)
    descriptor = os.open(path, flags | _AS_IT_STANDS, PRIVATE_FILE)
    try:
        _check_regular(os.fstat(descriptor), path, hint)
    except BaseException:
        os.close(descriptor)
        raise
    return descriptor


def _check_regular(found: os.stat_result, path: Path, hint: str) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise NotDoneError(N_("{path} is not an ordinary file"), hint=hint, path=clean(str(path)))


def _within(data: bytes, path: Path, limit: int) -> bytes:
    if len(data) > limit:
        raise NotDoneError(
            N_("{path} is larger than {limit} bytes"),
            hint=N_("check that this is the right file"),
            path=clean(str(path)),
            limit=limit,
        )
    return data


def _open_lock_file(path: Path) -> int:
    hint = N_("look at what it is and move it away; hygiene makes this file itself")
    try:
        return _open_regular(path, os.O_RDWR | os.O_CREAT, hint)
    except OSError as error:
        raise _not_written(path, error) from error


def _wait_for_lock(descriptor: int, path: Path, wait: float) -> None:
    start = time.monotonic()
    try:
        while not _try_lock(descriptor):
            waited = time.monotonic() - start
            if waited >= wait:
                raise NotDoneError(
                    N_("another hygiene is using the store"),
                    hint=N_("close it, or wait until it has finished, then try again"),
                )
            # Who has waited longest asks most often.
            time.sleep(max(_SHORTEST_PAUSE, _LONGEST_PAUSE / (1 + 20 * waited)))
    except OSError as error:
        raise NotDoneError(
            N_("{path} is in a place where files cannot be locked"),
            hint=N_("keep it on a disk of this computer instead"),
            path=clean(str(path)),
        ) from error


def _try_lock(descriptor: int) -> bool:
    if sys.platform == "win32":
        import msvcrt

        with suppress(PermissionError):
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
            return True
        return False
    import fcntl

    with suppress(BlockingIOError):
        # flock, not lockf: the latter is dropped as soon as the process closes any descriptor of the file.
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False


def _unlock(descriptor: int) -> None:
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_UNLCK, 1)
        return
    import fcntl

    fcntl.flock(descriptor, fcntl.LOCK_UN)


def _not_written(path: Path, error: OSError) -> NotDoneError:
    if error.errno in _NO_ROOM:
        hint = N_("make room on the disk, then try again; what was there before is untouched")
    elif error.errno in _NOT_ALLOWED:
        hint = N_("choose a place where you may write")
    elif error.errno in _NO_SUCH_PLACE:
        hint = N_("make the folder first, or choose another one")
    else:
        hint = N_("check the disk and the folder, then try again")
    return NotDoneError(
        N_("{path} could not be written: {reason}"), hint=hint, path=clean(str(path)), reason=_reason(error)
    )


def _not_read(path: Path, error: OSError) -> NotDoneError:
    if error.errno in _NO_SUCH_PLACE:
        return MissingFileError(
            N_("{path} does not exist"), hint=N_("check the name and the folder"), path=clean(str(path))
        )
    if error.errno in _NOT_ALLOWED:
        hint = N_("check that you may read this file")
    else:
        hint = N_("check that this is a file and that its disk is there")
    return NotDoneError(
        N_("{path} could not be read: {reason}"), hint=hint, path=clean(str(path)), reason=_reason(error)
    )


def _reason(error: OSError) -> str:
    return clean(error.strerror or type(error).__name__)
