"""Everything that hygiene keeps, deleted; and what that does not reach, said."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

from msgspec import Struct

from hygiene.errors import HygieneError, NotDoneError
from hygiene.language import N_
from hygiene.model.record import BackupWritten, Record, ReportWritten
from hygiene.reminders.due_file import DueFile
from hygiene.safety.container import LONGEST_HEADER, Header, Slot, SlotType, parse_header
from hygiene.safety.files import locked
from hygiene.safety.keyring_slot import KeyStore, Reason
from hygiene.store.beside import find_copies, find_leftovers, find_set_aside, lock_of, previous_of
from hygiene.store.file import read_store
from hygiene.usecases.new_secrets import forget_key
from hygiene.usecases.organisations import MANAGED, SOURCES


class Written(Struct, frozen=True):
    """Files that the person had written and that are still there.

    Attributes:
        reports: readable by anyone who has them.
        backups: sealed.
    """

    reports: tuple[Path, ...]
    backups: tuple[Path, ...]


def written_files(record: Record) -> Written:
    """Return the reports, exports and backups that the record names."""
    events = [statement.event for statement in record.statements]
    reports = [Path(event.path) for event in events if isinstance(event, ReportWritten)]
    backups = [Path(event.path) for event in events if isinstance(event, BackupWritten)]
    return Written(_existing(reports), _existing(backups))


def check_ordinary(path: Path) -> None:
    """Make sure that deleting the store deletes answers, and not only a link to them.

    Raises:
        NotDoneError: there is a link, a pipe or a folder in its place.
    """
    if os.path.lexists(path) and (path.is_symlink() or not path.is_file()):
        raise NotDoneError(
            N_("{path} is not an ordinary file"),
            hint=N_("look at what it is, and delete that yourself"),
            path=path,
        )


def files_to_erase(path: Path) -> tuple[Path, ...]:
    """Return every file of ours in the folder: the store, its copies, what was set aside, the due-file."""
    aside = find_set_aside(path)
    beside = (previous_of(path), *_copies(path), *find_leftovers(path))
    # The store goes last: if one cannot be deleted, it still tells which of the others are its copies.
    reminders = DueFile(path.parent).paths
    candidates = (*beside, *aside, *map(previous_of, aside), *reminders, path)
    return tuple(each for each in candidates if os.path.lexists(each))


def keyring_slots(files: tuple[Path, ...]) -> tuple[Slot, ...]:
    """Return the slots of these files that a keyring may hold a key for."""
    headers = [header for each in files if (header := _header_of(each))]
    slots = (slot for header in headers for slot in header.slots if slot.type is SlotType.KEYRING)
    return tuple(dict.fromkeys(slots))


def _copies(path: Path) -> tuple[Path, ...]:
    # Where the store is spoilt, the kept generation tells which of the others are its copies.
    header = _header_of(path) or _header_of(previous_of(path))
    return find_copies(path, header.store_id) if header else ()


def _header_of(path: Path) -> Header | None:
    with suppress(HygieneError):
        return parse_header(read_store(path))[0]
    return None


def erase(path: Path, files: tuple[Path, ...]) -> None:
    """Delete these files and the lock; the key slots are overwritten first.

    Raises:
        NotDoneError: a file could not be deleted, or another hygiene uses the store.
    """
    with locked(lock_of(path)):
        for each in files:
            _shred(each)
    lock_of(path).unlink(missing_ok=True)
    with suppress(OSError):  # there may be something else in it
        path.parent.rmdir()


def forget_lists(folder: Path) -> None:
    """Delete what is kept of organisations' lists, below the person's own folder.

    The keys of somebody who publishes lists stay: others rely on them.

    Raises:
        NotDoneError: something could not be deleted.
    """
    try:
        (folder / MANAGED).unlink(missing_ok=True)
        if (folder / SOURCES).exists():
            shutil.rmtree(folder / SOURCES)
    except OSError as error:
        raise NotDoneError(
            N_("{path} could not be deleted"),
            hint=N_("check that you may write there, then run `hygiene store erase` again"),
            path=error.filename or folder,
        ) from error
    with suppress(OSError):  # there may be something else in it
        folder.rmdir()


def forget_keys(key_store: KeyStore | None, slots: tuple[Slot, ...]) -> Reason | None:
    """Delete what the keyring holds for these slots; return why that could not be done."""
    if key_store is None:
        return Reason.TURNED_OFF if slots else None
    reasons = [forget_key(key_store, slot.id) for slot in slots]
    return next(filter(None, reasons), None)


def _shred(path: Path) -> None:
    try:
        if path.is_file() and not path.is_symlink():
            with path.open("r+b") as file:
                # Without its slots no secret opens what follows.
                file.write(os.urandom(min(LONGEST_HEADER, path.stat().st_size)))
                file.flush()
                os.fsync(file.fileno())
        path.unlink()
    except OSError as error:
        raise NotDoneError(
            N_("{path} could not be deleted"),
            hint=N_("check that you may write there, then run `hygiene store erase` again"),
            path=path,
        ) from error


def _existing(paths: list[Path]) -> tuple[Path, ...]:
    return tuple(each for each in dict.fromkeys(paths) if os.path.exists(each))  # noqa: PTH110 - Path's raises
