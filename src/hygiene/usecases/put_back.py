"""An older copy put in the place of the store, and a store set aside: nothing is ever deleted."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety import files
from hygiene.safety.container import Draft, Slot
from hygiene.store.beside import free_aside, id_in, lock_of, previous_of
from hygiene.store.file import Contents, OpenStore, create_from, read_store, write_over


def put_back(
    path: Path, copy: OpenStore, *, slots: tuple[Slot, ...] | None = None, after: int = 0
) -> OpenStore:
    """Put a copy in the place of the store, which stays beside it under another name.

    Args:
        path: where the store is, or is to be.
        copy: opened and verified.
        slots: that it shall have, if others than its own.
        after: a save counter that the new file goes beyond.

    Raises:
        NotDoneError: the folder does not allow it; the store is as it was.
    """
    header = copy.header
    counter = max(header.counter, after) + 1
    draft = Draft(header.store_id, counter, header.slots if slots is None else slots)
    contents = Contents(copy.store_key, draft, copy.statements)
    if not os.path.lexists(path):
        return create_from(path, contents)
    with files.locked(lock_of(path)):
        aside = keep_aside(path)
        if id_in(previous_of(path)) not in {None, header.store_id}:  # it goes with its own store
            previous_of(path).rename(previous_of(aside))
        return write_over(path, contents)


def keep_aside(path: Path) -> Path:
    """Give the file at the path a second name beside it, and return that.

    Raises:
        NotDoneError: the folder does not allow it.
    """
    aside = free_aside(path)
    try:
        # A second name needs neither room on the disk nor a file that can still be read.
        os.link(path, aside, follow_symlinks=False)
        if not aside.is_symlink():  # what a link leads to is somebody's
            aside.chmod(files.PRIVATE_FILE)
    except OSError:
        files.write_atomically(aside, read_store(path))
    return aside


def set_aside(path: Path) -> Path:
    """Move the store, and its kept generation, out of the way; return its new name.

    Raises:
        NotDoneError: the folder does not allow it.
    """
    with files.locked(lock_of(path)):
        aside = free_aside(path)
        try:
            path.rename(aside)
        except OSError as error:
            raise NotDoneError(
                N_("{path} could not be renamed"), hint=N_("choose a place where you may write"), path=path
            ) from error
        with suppress(OSError):
            previous_of(path).rename(previous_of(aside))
    return aside
