"""What lies beside a store: lock, kept generation, copies that a synced folder made, stores set aside."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from itertools import count
from pathlib import Path

from hygiene.safety.container import MAGIC, STORE_ID_BYTES

PREVIOUS = ".previous"
_LOCK = ".lock"
_SET_ASIDE = "-set-aside-"
_TEMPORARY = ".hygiene-*.tmp"
_ID_AT = len(MAGIC) + 1
_ID_END = _ID_AT + STORE_ID_BYTES


def lock_of(path: Path) -> Path:
    """Return the lock file of a store."""
    return path.with_name(path.name + _LOCK)


def previous_of(path: Path) -> Path:
    """Return where the generation before is kept."""
    return path.with_name(path.name + PREVIOUS)


def free_aside(path: Path) -> Path:
    """Return a free name for a store that is set aside: `answers-set-aside-1.hygiene`."""
    names = (f"{path.stem}{_SET_ASIDE}{number}{path.suffix}" for number in count(1))
    return next(aside for name in names if not _is_taken(aside := path.with_name(name)))


def _is_taken(aside: Path) -> bool:
    return os.path.lexists(aside) or os.path.lexists(previous_of(aside))


def find_set_aside(path: Path) -> tuple[Path, ...]:
    """Return the stores that were set aside from this place."""
    return tuple(sorted(path.parent.glob(f"{path.stem}{_SET_ASIDE}*{path.suffix}")))


def find_copies(path: Path, store_id: bytes) -> tuple[Path, ...]:
    """Return other files of the folder that say they are this store, such as a conflict copy of a sync.

    The kept generation and what was set aside are not among them. Only the first bytes are read.
    """
    return tuple(sorted(_copies(path, store_id)))


def find_leftovers(path: Path) -> tuple[Path, ...]:
    """Return the temporary files of saves that were killed."""
    return tuple(sorted(path.parent.glob(_TEMPORARY)))


def _copies(path: Path, store_id: bytes) -> Iterator[Path]:
    ours = {path.name, path.name + PREVIOUS, *(each.name for each in find_leftovers(path))}
    with suppress(OSError), os.scandir(path.parent) as entries:
        for entry in entries:
            is_other = entry.name not in ours and _SET_ASIDE not in entry.name
            if is_other and entry.is_file(follow_symlinks=False) and id_in(entry.path) == store_id:
                yield Path(entry.path)


def id_in(path: str | Path) -> bytes | None:
    """Return the store id that a file begins with, or None where it is no store."""
    with suppress(OSError):
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
        try:
            is_file = stat.S_ISREG(os.fstat(descriptor).st_mode)
            start = os.read(descriptor, _ID_END) if is_file else b""
        finally:
            os.close(descriptor)
        return start[_ID_AT:] if start.startswith(MAGIC) and len(start) == _ID_END else None
    return None
