"""TUF's client, set up for our folders and our time: all updates and the conformance suite use this."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from hygiene.distribution.hosts import METADATA, TARGETS
from hygiene.distribution.verifying import ROLES
from hygiene.safety.files import ensure_private_folder

if TYPE_CHECKING:
    from tuf.ngclient.updater import Updater

    from hygiene.distribution.fetching import Fetcher

MEMORY: Final = "metadata"
"""The folder of what TUF remembers, in a source's folder."""


def open_updater(
    memory: Path,
    fetcher: Fetcher,
    pinned: bytes,
    *,
    reference: datetime | None = None,
    bases: tuple[str, str] = (METADATA, TARGETS),
) -> Updater:
    """Return TUF's client over its memory in a folder.

    Args:
        memory: the folder, made if it is missing.
        fetcher: fetches the files.
        pinned: the root that everything starts from, whatever the memory holds.
        reference: the time by which expiry is judged, UTC; without it, the library asks the system's clock.
        bases: what the names of metadata and of targets begin with.
    """
    from tuf.ngclient.updater import Updater

    for each in (memory, memory / "root_history"):
        ensure_private_folder(each)
    updater = Updater(str(memory), bases[0], target_base_url=bases[1], fetcher=fetcher, bootstrap=pinned)
    if reference:
        # The library has no parameter for it; its own conformance client sets it the same way.
        updater._trusted_set.reference_time = reference  # noqa: SLF001
    return updater


def expired_on(memory: Path, fetcher: Fetcher, reference: datetime) -> date:
    """Return when the first part in TUF's order expired: the signatures up to there have been verified."""
    from tuf.api.metadata import Metadata

    found = {"root": (memory / "root.json").read_bytes()}
    for name, data in fetcher.fetched.items():
        found.setdefault(name.split(".")[-2].rpartition("/")[2], data)
    expiries = (Metadata.from_bytes(found[role]).signed.expires for role in ROLES if role in found)
    return next(each for each in expiries if each <= reference).date()
