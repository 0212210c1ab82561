"""The file that a new checklist is written to: never one that is there."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety.cleaning import clean
from hygiene.safety.files import write_atomically


def check_free(path: Path) -> None:
    """Make sure, before anybody is asked anything, that there is no such file.

    Raises:
        NotDoneError: there is something of that name.
    """
    if os.path.lexists(path):
        raise _taken(path)


def check_folder(folder: Path) -> None:
    """Make sure, before anybody is asked anything, that one may write to a folder.

    Raises:
        NotDoneError: it is not there, or one may not.
    """
    if not (folder.is_dir() and os.access(folder, os.W_OK)):
        raise NotDoneError(
            N_("{path} is no folder that you may write to"),
            hint=N_("name a file in a folder that is there, and where you may write"),
            path=clean(str(folder)),
        )


def write_new(path: Path, text: str) -> None:
    """Write a file that was not there, whole or not at all; only its owner can read it.

    Raises:
        NotDoneError: it is there by now, or could not be written.
    """
    data = text.encode()
    try:
        path.touch(exist_ok=False)  # takes the name, or finds it taken, in one step
    except FileExistsError:
        raise _taken(path) from None
    except OSError:
        write_atomically(path, data)  # says why it cannot be
        return
    try:
        write_atomically(path, data)
    except BaseException:
        with suppress(OSError):
            path.unlink()
        raise


def _taken(path: Path) -> NotDoneError:
    return NotDoneError(
        N_("{path} is there already"),
        hint=N_("name another file: a list is never written over"),
        path=clean(str(path)),
    )
