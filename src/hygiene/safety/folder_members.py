"""The files of a folder that a person names: not those that a link leads to, and nothing that is no file."""

from __future__ import annotations

import io
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Final

from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety.cleaning import clean
from hygiene.safety.files import MissingFileError
from hygiene.safety.members import (
    Budget,
    Listing,
    Member,
    Members,
    day_of,
    is_left_by_system,
    newest,
    shown_name,
)
from hygiene.safety.refusals import (
    Limits,
    RefusedArchiveError,
    too_many,
)

# Where the name is a pipe, nobody waits for its other end.
_NOT_WAITING: Final = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
_NOT_FOLLOWING: Final = getattr(os, "O_NOFOLLOW", 0)


class _NotOrdinary(OSError):  # noqa: N818 - never leaves this file
    """A pipe, a device or the like."""


def list_folder(folder: Path, limits: Limits, budget: Budget) -> Listing:
    """Return what lies in a folder and in its folders, hidden ones left out.

    Raises:
        NotDoneError: it may not be looked into, or holds too much.
    """
    members = Members(limits)
    days: set[date | None] = set()
    for entry, name in _files(folder, limits):
        with suppress(OSError):  # it has gone in between
            about = entry.stat(follow_symlinks=False)
            raw = partial(open_file, Path(entry.path), follow=False)
            members.add(shown_name(name), Member(raw, budget, about.st_size))
            days.add(day_of(about.st_mtime))
    return Listing("folder", members, newest(days, None))


def open_file(path: Path, *, follow: bool = True) -> io.FileIO:
    """Open an ordinary file for reading; never wait for a pipe, never set a device going.

    Raises:
        OSError: it cannot be opened, or is something else than a file.
    """
    _check_ordinary(path.stat(follow_symlinks=follow))
    descriptor = os.open(path, os.O_RDONLY | _NOT_WAITING | (0 if follow else _NOT_FOLLOWING))
    try:
        _check_ordinary(os.fstat(descriptor))  # it may have been exchanged in between
    except BaseException:
        os.close(descriptor)
        raise
    return os.fdopen(descriptor, "rb", buffering=0)


def not_opened(path: Path, error: OSError) -> NotDoneError:
    """Return the error for a path that cannot be opened."""
    shown = clean(str(path))
    if isinstance(error, FileNotFoundError | NotADirectoryError):
        return MissingFileError(
            N_("{path} does not exist"), hint=N_("check the name and the folder"), path=shown
        )
    if isinstance(error, _NotOrdinary):
        return RefusedArchiveError(
            N_("{path} is not an ordinary file"),
            hint=N_("give the export itself, or the folder that it was unpacked to"),
            path=shown,
        )
    return RefusedArchiveError(
        N_("{path} could not be read: {reason}"),
        hint=N_("check that you may read this file"),
        path=shown,
        reason=clean(error.strerror or type(error).__name__),
    )


def _check_ordinary(found: os.stat_result) -> None:
    if not stat.S_ISREG(found.st_mode):
        raise _NotOrdinary


def _files(top: Path, limits: Limits) -> Iterator[tuple[os.DirEntry[str], str]]:
    """Give the ordinary files, in the order of their names, each with its name from the top."""
    waiting = [(str(top), "", 0)]
    seen = 0
    while waiting:
        folder, above, depth = waiting.pop()
        for entry in _entries(folder, is_top=depth == 0):
            seen += 1
            if seen > limits.members:
                raise too_many(limits.members)
            name = above + entry.name
            if entry.is_file(follow_symlinks=False) and not is_left_by_system(name):
                yield entry, name
            elif _is_entered(entry, depth + 1, limits):
                waiting.append((entry.path, name + "/", depth + 1))


def _entries(folder: str, *, is_top: bool) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as entries:
            return sorted(entries, key=lambda entry: entry.name)
    except OSError:
        if is_top:
            raise
        return []  # a folder inside that may not be looked into hides nothing but itself


def _is_entered(entry: os.DirEntry[str], depth: int, limits: Limits) -> bool:
    is_hidden = entry.name.startswith(".")
    return depth <= limits.depth and not is_hidden and entry.is_dir(follow_symlinks=False)
