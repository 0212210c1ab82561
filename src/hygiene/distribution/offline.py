"""The last state that verified whole, kept for use without its source, and verified again on every use.

TUF's own memory in `metadata/` may be ahead of it after an update that failed half-way, so it cannot serve:
there is then no consistent set in it. This one is replaced at once, by one atomic write; the lists lie beside
it under the name of their hash.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final

import msgspec

from hygiene.distribution.failures import DamagedCopyError, UnusableReleaseError
from hygiene.distribution.release import RELEASE_BYTES
from hygiene.distribution.source import Source
from hygiene.distribution.verifying import (
    ROLES,
    Kept,
    State,
    chain_from,
    is_same,
    loaded,
    verify_state,
)
from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety.files import ensure_private_folder, read_regular, write_atomically

if TYPE_CHECKING:
    from tuf.api.metadata import TargetFile

_FILE: Final = "verified.json"
_LISTS: Final = "targets"
_KEPT_BYTES: Final = 64 * 1024 * 1024


def kept_of(memory: Path) -> Kept:
    """Return the state in TUF's memory, which is whole after an update that went well.

    Raises:
        OSError, tuf.api.exceptions.RepositoryError: it cannot be read.
    """
    from tuf.api.metadata import Root

    newest = loaded(Root, (memory / "root.json").read_bytes())[0].version
    history = (memory / "root_history" / f"{version}.root.json" for version in range(1, newest + 1))
    roots = tuple(_text(path) for path in history if path.exists())
    timestamp, snapshot, targets = (_text(memory / f"{role}.json") for role in ROLES[1:])
    return Kept(roots, timestamp, snapshot, targets)


def followed_roots(place: Path, source: Source, pinned: bytes) -> tuple[bytes, ...]:
    """Return the roots to which updates have followed from the pinned one, itself first."""
    kept = load_kept(place)
    with _damage_told(source):
        return tuple(link.data for link in chain_from(pinned, kept.root_files if kept else ()))


def read_kept(place: Path, source: Source, pinned: bytes) -> tuple[State, bytes] | None:
    """Return the state that is kept and its lists, verified; None where nothing is kept yet.

    Raises:
        DamagedCopyError: it does not verify.
    """
    if not (place / _FILE).exists() or source.verified_on is None:
        return None
    with _damage_told(source):
        kept = load_kept(place)
        state = verify_state(pinned, kept) if kept else None
        data = _load_lists(place, state.lists) if state else None
    # Something genuine, and long out of date when the last update went well, was put here since.
    if state is None or data is None or state.expires.date() < source.verified_on:
        raise _damaged(source)
    return state, data


def load_kept(place: Path) -> Kept | None:
    """Return the state that is kept; None where there is none that can be read."""
    try:
        return msgspec.json.decode(read_regular(place / _FILE, _KEPT_BYTES), type=Kept)
    except (NotDoneError, msgspec.DecodeError, UnicodeDecodeError):
        return None


def keep(place: Path, kept: Kept, lists: TargetFile, new: bytes | None) -> None:
    """Keep a state and its lists in place of what was kept; cut short anywhere, one of the two is whole.

    Args:
        place: the source's folder.
        kept: the state.
        lists: what it says of its lists.
        new: the lists; None where they are kept already.

    Raises:
        NotDoneError: the disk did not allow it.
    """
    path = _path(place, lists)
    if new is not None:
        ensure_private_folder(path.parent)
        write_atomically(path, new)
    if load_kept(place) != kept:
        write_atomically(place / _FILE, msgspec.json.encode(kept))
    for other in path.parent.iterdir():
        if other != path:
            with suppress(OSError):  # it is in nobody's way
                other.unlink()


def _load_lists(place: Path, lists: TargetFile) -> bytes | None:
    with suppress(NotDoneError):
        data = read_regular(_path(place, lists), RELEASE_BYTES)
        return data if is_same(lists, data) else None
    return None


@contextmanager
def _damage_told(source: Source) -> Iterator[None]:
    from tuf.api.exceptions import RepositoryError

    try:
        yield
    except (RepositoryError, UnusableReleaseError, ValueError) as error:
        raise _damaged(source) from error


def _damaged(source: Source) -> DamagedCopyError:
    return DamagedCopyError(
        N_("the lists of “{source}” on this computer were changed since they were verified"),
        hint=N_("`hygiene update` fetches them again"),
        source=source.name,
    )


def _text(path: Path) -> str:
    return path.read_bytes().decode()


def _path(place: Path, lists: TargetFile) -> Path:
    return place / _LISTS / lists.get_prefixed_paths()[0]
