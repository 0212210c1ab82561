"""Places that only administrators can change: what lies there is as trustworthy as the computer itself.

On POSIX systems, user 0 owns it and neither its group nor others may write to it; an access control list of
POSIX shows there too, since the group's bits are its mask. The separate lists of macOS are not looked at. On
Windows, see `windows_rights`.
"""

from __future__ import annotations

import stat
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from hygiene.errors import HygieneError, NotDoneError
from hygiene.language import N_
from hygiene.safety.cleaning import clean
from hygiene.safety.windows_rights import is_changed_by_others, is_owned_by_administrators, sddl_of

if TYPE_CHECKING:
    from pathlib import Path

ROOT: Final = 0

_FOREIGN = N_(
    "the organisation’s lists are not used: {path} does not belong to the administrators of this computer"
)
_OPEN = N_(
    "the organisation’s lists are not used: not only the administrators of this computer can change {path}"
)
_HINTS = {
    _FOREIGN: N_('an administrator can mend it with: chown root "{path}"'),
    _OPEN: N_('an administrator can mend it with: chmod go-w "{path}"'),
}
_WINDOWS_HINT = N_(
    "an administrator can mend it: let SYSTEM or Administrators own it, and nobody else write to it (icacls)"
)


class UnsafePlaceError(NotDoneError):
    """Somebody else than an administrator may have changed what lies there."""


def check_folder(folder: Path) -> None:
    """Check that only administrators can change what a folder holds, or put another one in its place.

    All folders above it are looked at too, and where one of them is a link, those above its target.

    Raises:
        UnsafePlaceError: somebody else can.
        NotDoneError: it is no folder, or it cannot be looked at.
    """
    try:
        if not stat.S_ISDIR(folder.stat().st_mode):
            raise NotDoneError(
                N_("{path} is not a folder"), hint=N_("put a folder there"), path=clean(str(folder))
            )
        for path in _above(folder.absolute()):
            _check_rights(path, is_above=True)
        _check_rights(folder.resolve(), is_above=False)
    except OSError as error:
        raise _unseen(folder, error) from error


def check_file(path: Path) -> None:
    """Check that it is an ordinary file, no link, that only administrators can write to.

    Raises:
        UnsafePlaceError: somebody else can.
        NotDoneError: it is something else, or it cannot be looked at.
    """
    try:
        if not stat.S_ISREG(path.lstat().st_mode):
            raise NotDoneError(
                N_("{path} is not an ordinary file"),
                hint=N_("put the file itself there: no link, and no folder"),
                path=clean(str(path)),
            )
        _check_rights(path, is_above=False)
    except OSError as error:
        raise _unseen(path, error) from error


def _above(path: Path) -> Iterator[Path]:
    """Yield the folders that lead to a place, from the top; of a link, also those that lead to its target."""
    for folder in reversed(path.parents):
        yield from _with_target(folder)
    if path.is_symlink():
        yield from _with_target(path)


def _with_target(folder: Path) -> Iterator[Path]:
    yield folder
    if folder.is_symlink():
        target = folder.parent / folder.readlink()
        yield from _above(target)
        yield target


def _check_rights(path: Path, *, is_above: bool) -> None:
    fault = _windows_fault(path, is_above=is_above) if sys.platform == "win32" else _posix_fault(path)
    if fault:
        hint = _WINDOWS_HINT if sys.platform == "win32" else _HINTS[fault]
        raise UnsafePlaceError(fault, hint=hint, path=clean(str(path)))


def _posix_fault(path: Path) -> str | None:
    found = path.lstat()
    if found.st_uid != ROOT:
        return _FOREIGN
    # The mode of a link says nothing: nobody writes to one, and what it leads to is looked at by itself.
    is_open = found.st_mode & (stat.S_IWGRP | stat.S_IWOTH) and not stat.S_ISLNK(found.st_mode)
    return _OPEN if is_open else None


def _windows_fault(path: Path, *, is_above: bool) -> str | None:
    sddl = sddl_of(path)
    if not is_owned_by_administrators(sddl):
        return _FOREIGN
    return _OPEN if is_changed_by_others(sddl, is_above=is_above) else None


def _unseen(path: Path, error: OSError) -> HygieneError:
    return NotDoneError(
        N_("{path} could not be read: {reason}"),
        hint=N_("an administrator can let everybody read it; until then everything else works as before"),
        path=clean(str(path)),
        reason=clean(error.strerror or type(error).__name__),
    )
