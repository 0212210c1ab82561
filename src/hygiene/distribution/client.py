"""Agreeing to a source: its keys, its name, its place on this computer; and forgetting it again.

What follows, updates and the use of what was verified, is in `updating` and can be had from here too.
"""

from __future__ import annotations

import shutil
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec.structs import replace

from hygiene.distribution.addresses import checked_url, is_web, path_of
from hygiene.distribution.failures import (
    FingerprintError,
    NewKeysError,
    SourceNameError,
    explained,
)
from hygiene.distribution.hosts import FIRST_ROOT, METADATA
from hygiene.distribution.offline import followed_roots
from hygiene.distribution.source import (
    ROOT_BYTES,
    Source,
    check_name,
    fingerprint_of,
    forget_source,
    is_source,
    read_root,
    tail,
    write_root,
    write_source,
)
from hygiene.distribution.updating import Taken, Verified, refresh, source_lock, update, verified
from hygiene.distribution.verifying import chain_from
from hygiene.language import N_
from hygiene.safety.cleaning import clean
from hygiene.safety.files import ensure_private_folder, locked

if TYPE_CHECKING:
    from hygiene.distribution.fetching import Fetcher

__all__ = [
    "Taken",
    "Verified",
    "adopt",
    "chosen_root",
    "fetch_root",
    "fetch_roots",
    "pin",
    "refresh",
    "remove",
    "repin",
    "verified",
]

_MOST_ROOTS: Final = 256  # as tuf.ngclient.UpdaterConfig.max_root_rotations
_NEW: Final = ".new"
_LOCK: Final = ".lock"


def fetch_roots(address: str, *, fetcher: Fetcher | None = None) -> tuple[bytes, ...]:
    """Return all roots that a source offers, oldest first; each leads to the next.

    That says nothing yet of whose they are: a person compares the fingerprint of the newest with what the
    publisher made known elsewhere.

    Args:
        address: the source's.
        fetcher: to go on with for the first update, which then asks for fewer files.

    Raises:
        NotASourceError: nobody publishes lists there.
        ForgedError, RolledBackError: one root does not lead to the next.
        UnreachableError, IncompleteError: it cannot be read.
    """
    from hygiene.distribution.fetching import reaching

    with reaching(address, fetcher) as reached, explained(reached.host.place, lambda: reached.latest):
        first = reached.download_bytes(FIRST_ROOT, ROOT_BYTES)
        return tuple(link.data for link in chain_from(first, _later_roots(reached)))


def fetch_root(address: str, *, fetcher: Fetcher | None = None) -> bytes:
    """Return the newest root that a source offers. See `fetch_roots`."""
    return fetch_roots(address, fetcher=fetcher)[-1]


def chosen_root(roots: Sequence[bytes], typed: str) -> bytes:
    """Return the root that a person means by what they typed.

    Args:
        roots: those of a source, oldest first.
        typed: the last groups of the newest root's fingerprint; or a whole fingerprint, of any of them.

    Raises:
        FingerprintError: it is none of them.
    """
    wanted = "".join(typed.lower().split())
    for root in roots:
        if wanted == fingerprint_of(root):
            return root
    if wanted != tail(fingerprint_of(roots[-1])).replace(" ", ""):
        raise FingerprintError(
            N_("this is not the fingerprint of these lists"),
            hint=N_(
                "read it again where your organisation shows it; if it still differs, stop here and tell them"
            ),
        )
    return roots[-1]


def adopt(  # noqa: PLR0913 - each is one of the decisions of trusting
    folder: Path,
    address: str,
    root: bytes,
    now: datetime,
    *,
    managed: bool = False,
    reserved: Collection[str] = (),
    fetcher: Fetcher | None = None,
) -> Taken:
    """Trust a source from a root on, and take in what it publishes; after an error nothing of it remains.

    Args:
        folder: holds the folders of all sources.
        address: where it is fetched from.
        root: what was agreed to.
        now: the time, UTC.
        managed: whether the computer's administrators set it up.
        reserved: names that it may not have, such as those of the lists that come with hygiene.
        fetcher: the one that fetched the roots.

    Raises:
        SourceNameError: its name is taken.
        AlteredError, NotDoneError: as in `refresh`.
    """
    from hygiene.distribution.fetching import reaching

    ensure_private_folder(folder)
    staging = folder / _NEW
    with locked(folder / _LOCK), reaching(address, fetcher) as reached, _removed_after(staging):
        source = Source("", _stored(address), fingerprint_of(root), managed, now.date())
        taken = update(staging, _write_pin(staging, source, root), now, reached, reached.host.place)
        place = _place_for(folder, check_name(taken.release.source, reserved))
        named = write_source(staging, replace(taken.source, name=place.name))
        with explained(place.name, str):
            staging.rename(place)
    return replace(taken, source=named)


def pin(folder: Path, name: str, address: str, root: bytes, day: date, *, managed: bool) -> Source:
    """Trust a source whose name is known, without asking it for anything yet.

    Raises:
        SourceNameError: the name is not of the right form, or taken.
        ForgedError, IncompleteError: it is not a root.
    """
    ensure_private_folder(folder)
    with locked(folder / _LOCK):
        place = _place_for(folder, check_name(name))
        return _write_pin(place, Source(name, _stored(address), fingerprint_of(root), managed, day), root)


def repin(folder: Path, source: Source, root: bytes) -> Source:
    """Start from a newer root of the same source from now on.

    Whoever has both old keys could lead a computer elsewhere that starts from the old root: so a publisher
    hands out the new one as well.

    Raises:
        NewKeysError: the pinned root does not lead to it, as far as updates have followed.
    """
    if fingerprint_of(root) == source.fingerprint:
        return source
    place = folder / source.name
    with source_lock(place):
        if root not in followed_roots(place, source, read_root(place, source)):
            raise NewKeysError(
                N_("the keys that are now set up for “{source}” do not follow from the ones before"),
                hint=N_(
                    "run `hygiene update` first; if that does not help, ask the publisher before you go on"
                ),
                source=source.name,
            )
        return _write_pin(place, replace(source, fingerprint=fingerprint_of(root)), root)


def remove(folder: Path, name: str) -> None:
    """Trust a source no more, and remove what is kept of it.

    Raises:
        SourceNameError: there is none of that name.
        NotDoneError: the disk did not allow it.
    """
    place = folder / check_name(name)
    if not is_source(place):
        raise SourceNameError(
            N_("there is no source called “{name}”"), hint=N_("`hygiene trust list` shows them"), name=name
        )
    with locked(folder / _LOCK), explained(name, str):
        forget_source(place)
        shutil.rmtree(place)


def _later_roots(reached: Fetcher) -> Iterator[bytes]:
    from tuf.api.exceptions import DownloadHTTPError

    with suppress(DownloadHTTPError):  # that is how one learns which is the newest
        for version in range(2, _MOST_ROOTS + 1):
            yield reached.download_bytes(f"{METADATA}{version}.root.json", ROOT_BYTES)


def _stored(address: str) -> str:
    return checked_url(address, plain_loopback=True) if is_web(address) else str(path_of(address))


def _place_for(folder: Path, name: str) -> Path:
    """Return the folder for a new source, without what a removal that was cut short left of another."""
    place = folder / name
    if is_source(place):
        raise SourceNameError(
            N_("there is already a source called “{name}”"),
            hint=N_("`hygiene update` updates it; to change its address, remove it first"),
            name=name,
        )
    shutil.rmtree(place, ignore_errors=True)
    return place


def _write_pin(place: Path, source: Source, root: bytes) -> Source:
    with explained(source.name or clean(source.address), str):
        chain_from(root)
    ensure_private_folder(place)
    write_root(place, root)
    return write_source(place, source)


@contextmanager
def _removed_after(place: Path) -> Iterator[None]:
    shutil.rmtree(place, ignore_errors=True)
    try:
        yield
    finally:
        shutil.rmtree(place, ignore_errors=True)
