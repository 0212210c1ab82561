"""A folder that only root can write to, all the way up: `/tmp`, where tests live, is nothing of the kind."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

_PLACES = ("/srv", "/opt", "/var/lib")


@contextmanager
def administered_folder() -> Iterator[Path]:
    """Make such a folder that everybody may read."""
    if os.geteuid() != 0:
        pytest.skip("only root can make what belongs to root")
    place = next((each for each in map(Path, _PLACES) if _is_safe(each)), None)
    if place is None:
        pytest.skip(f"none of these belongs to root alone on this machine: {', '.join(_PLACES)}")
    folder = Path(tempfile.mkdtemp(prefix="hygiene-test-", dir=place))
    try:
        folder.chmod(0o755)
        yield folder
    finally:
        shutil.rmtree(folder)


def _is_safe(place: Path) -> bool:
    return place.is_dir() and all(
        each.lstat().st_uid == 0 and not each.lstat().st_mode & 0o022 and not each.is_symlink()
        for each in (place, *place.parents)
    )
