"""Files of a folder that several people, or a web server, read: whole or not there, and readable by all.

Nothing that is written here is secret. `safety.files` keeps what it writes to its owner, which would shut the
second person and the web server out.
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety.cleaning import clean
from hygiene.safety.files import write_atomically

FOR_ALL = 0o644
FOLDER_FOR_ALL = 0o755
_BEGINNING, _ENDING = ".hygiene-", ".new"


def put(path: Path, data: bytes) -> None:
    """Put the data at the path, whole or not at all, readable by all; its folder is made if it is missing.

    Raises:
        NotDoneError: the folder or the disk did not allow it; what was at the path is untouched.
    """
    ensure_folder(path.parent)
    # Under a name that nobody asks for until it is whole, on the disk, and open to those who are to read it.
    waiting = path.parent / f"{_BEGINNING}{os.urandom(8).hex()}{_ENDING}"
    write_atomically(waiting, data)
    try:
        with suppress(OSError):  # a share may know no such rights
            waiting.chmod(FOR_ALL)
        waiting.replace(path)
    except OSError as error:
        waiting.unlink(missing_ok=True)
        raise _not_written(path, error) from error


def ensure_folder(folder: Path) -> None:
    """Make a folder that others may look into, where it is missing.

    Raises:
        NotDoneError: it cannot be made.
    """
    if folder.is_dir():
        return
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with suppress(OSError):
            folder.chmod(FOLDER_FOR_ALL)
    except OSError as error:
        raise _not_written(folder, error) from error


def sweep(folder: Path) -> None:
    """Take away what a run that was killed left under a waiting name."""
    with suppress(OSError):
        for left in folder.glob(f"{_BEGINNING}*"):
            left.unlink(missing_ok=True)


def _not_written(path: Path, error: OSError) -> NotDoneError:
    return NotDoneError(
        N_("{path} could not be written: {reason}"),
        hint=N_("check that you may write to this folder, and that its disk or share is there"),
        path=clean(str(path)),
        reason=clean(error.strerror or type(error).__name__),
    )
