"""A store that grows by one named answer at a time, and children to do it in."""

from __future__ import annotations

import os
import signal
import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from tests.unit.safety.stores import RING, SLOTS, STORE_ID, STORE_KEY

from hygiene.model.record import AnswerGiven, Chosen
from hygiene.store.file import OpenStore, create_store, open_store, read_store, said

DAY = date(2026, 11, 22)
PATIENCE = 30  # seconds, by far more than any of this takes
OWN_FILES = {"store", "store.lock", "store.previous"}


def new_store(folder: Path) -> OpenStore:
    return create_store(folder / "store", STORE_KEY, STORE_ID, SLOTS)


def reopened(path: Path) -> OpenStore:
    """The store as another process opens it."""
    return open_store(path, read_store(path), RING)


def answered(store: OpenStore, name: str, *, note: str = "") -> OpenStore:
    """The store after one more answer. The name is also the statement's id."""
    return said(store, [AnswerGiven("a", f"x.{name}", Chosen("yes"), note)], DAY, lambda: name)


def names_of(store: OpenStore) -> set[str]:
    return {each.id for each in store.record.statements}


def names_in(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def forked(work: Callable[[], None]) -> int:
    """Start the work in a process of its own; it ends with 0 if it went well, and says why if not."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            work()
            status = 0
        except BaseException:  # noqa: BLE001 - a child must not return into pytest
            os.write(2, traceback.format_exc().encode())
        finally:
            os._exit(status)
    return child


def exit_code(child: int) -> int:
    """Wait for a child; a negative number is the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def without_hanging(work: Callable[[], None]) -> int:
    """Do the work in a child that the system ends when it takes too long; return its exit code."""

    def watched() -> None:
        signal.alarm(PATIENCE)
        work()

    return exit_code(forked(watched))
