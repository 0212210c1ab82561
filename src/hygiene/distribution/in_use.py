"""The release in use, without the signatures: for commands that have no time to verify them.

`audit`, `update` and `trust list` verify every signature again (`updating.verified`). The others look at the
hash in the file's name alone: whoever can write here can write to hygiene's other files as well.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Final

from hygiene.distribution.release import RELEASE_BYTES, TARGET, Release, parse_release
from hygiene.distribution.source import Source
from hygiene.errors import NotDoneError
from hygiene.safety.files import read_regular

LISTS: Final = "targets"


def release_in_use(folder: Path, source: Source) -> Release | None:
    """Return what was taken in last; None where there is nothing, or it is not what its name says.

    Args:
        folder: holds the folders of all sources.
        source: one of them.

    Raises:
        TooNewError, UnusableReleaseError: this version cannot read it.
    """
    for path in sorted((folder / source.name / LISTS).glob(f"*.{TARGET}")):
        try:
            data = read_regular(path, RELEASE_BYTES)
        except NotDoneError:
            continue
        if hashlib.sha256(data).hexdigest() == path.name.partition(".")[0]:
            return parse_release(data)
    return None
