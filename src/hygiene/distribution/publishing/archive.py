"""A repository as one zip, small enough for an e-mail: what the timestamp leads to, and every root."""

from __future__ import annotations

import hashlib
import io
import zipfile
from pathlib import Path

from hygiene.distribution.publishing.repository import (
    Published,
    metadata_name,
    roots,
    target_name,
)
from hygiene.distribution.publishing.roles import SNAPSHOT, TARGETS, TIMESTAMP
from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety.files import read_bounded

# The same release gives the same bytes: no time of making, and rights as on a web server.
_MOMENT = (1980, 1, 1, 0, 0, 0)
_RIGHTS = 0o100644 << 16
_LARGEST = 8 * 1024 * 1024  # bytes


def make_zip(folder: Path, published: Published | None) -> bytes:
    """Return the zip of what is published in a repository folder.

    Raises:
        NotDoneError: nothing was released yet, or a file cannot be read.
    """
    if published is None or published.offered is None:
        raise NotDoneError(
            N_("nothing was released yet"), hint=N_("`hygiene publish release` makes the first release")
        )
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in _names(folder, published):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.external_attr, entry.compress_type = _RIGHTS, zipfile.ZIP_DEFLATED
            archive.writestr(entry, read_bounded(folder / name, _LARGEST))
    return packed.getvalue()


def _names(folder: Path, published: Published) -> tuple[str, ...]:
    offered = published.offered
    assert offered is not None  # noqa: S101 - looked at by the caller
    return (
        *roots(folder),
        metadata_name(TARGETS, offered.targets.signed.version),
        metadata_name(SNAPSHOT, offered.snapshot.signed.version),
        target_name(hashlib.sha256(offered.lists).hexdigest()),
        metadata_name(TIMESTAMP),
    )
