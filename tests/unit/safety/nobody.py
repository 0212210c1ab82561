"""Work done without rights: root may write anywhere, so a refused permission is only seen by another user."""

from __future__ import annotations

import os
import shutil
import tempfile
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NOBODY = 65534


@contextmanager
def open_folder() -> Iterator[Path]:
    """Make a folder that everybody can enter and nobody but its owner can write to."""
    folder = Path(tempfile.mkdtemp())
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder)


def run_as_nobody(work: Callable[[], None]) -> None:
    """Run the work in a child under an unprivileged user; fail with the child's traceback.

    A fork rather than a new interpreter: that user may not be allowed to read this one.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        report = ""
        try:
            if os.geteuid() == 0:
                os.setgroups([])
                os.setgid(NOBODY)
                os.setuid(NOBODY)
            work()
        except BaseException:  # noqa: BLE001 - a child must not return into pytest
            report = traceback.format_exc()
        os.write(writing, report.encode())
        os._exit(bool(report))
    os.close(writing)
    with os.fdopen(reading) as pipe:
        report = pipe.read()
    os.waitpid(child, 0)
    assert not report, report
