"""Updating from a source that is trusted, and using what was verified.

The rules are TUF's (https://theupdateframework.github.io/specification/latest/, the client workflow), carried
out by its library. Here is what it leaves to an application: where its memory lies, what time it is, words
for its errors, and the last verified state, which no failed update takes away.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Final

from msgspec import Struct
from msgspec.structs import replace

from hygiene.distribution.failures import (
    ClockBehindError,
    NothingVerifiedError,
    UnusableReleaseError,
    cut_off,
    explained,
)
from hygiene.distribution.hosts import TARGETS
from hygiene.distribution.offline import keep, kept_of, read_kept
from hygiene.distribution.release import TARGET, Release, parse_release
from hygiene.distribution.source import Source, read_root, write_source
from hygiene.distribution.tuf_client import MEMORY, expired_on, open_updater
from hygiene.distribution.verifying import Kept, State, is_same, verify_state
from hygiene.errors import HygieneError
from hygiene.language import N_, current_language
from hygiene.safety.files import ensure_private_folder, locked
from hygiene.spoken_dates import say_date

if TYPE_CHECKING:
    from hygiene.distribution.fetching import Fetcher

_LOCK: Final = "lock"
_TOLERANCE: Final = timedelta(minutes=10)
"""By so much clocks are set right without anything being the matter."""


class Taken(Struct, frozen=True):
    """An update that went well.

    Attributes:
        source: with the day and the time of it.
        release: what the source publishes now.
        previous: what it published before; None on the first update.
        warnings: what to say besides.
    """

    source: Source
    release: Release
    previous: Release | None
    warnings: tuple[HygieneError, ...]

    @property
    def is_new(self) -> bool:
        """Whether the release is another one than before."""
        return self.release != self.previous


class Verified(Struct, frozen=True):
    """The lists that are kept, every signature and hash verified again.

    Attributes:
        verified_on: the day of the last update that went well, also one that brought nothing new.
        expires_on: the day on which the publisher has to have renewed them.
        expired_on: that day, once it has come; the lists stay in use all the same.
    """

    release: Release
    verified_on: date
    expires_on: date
    expired_on: date | None


def refresh(folder: Path, source: Source, now: datetime, *, fetcher: Fetcher | None = None) -> Taken:
    """Update from a source, keep what verified, and return it.

    Whatever happens, the state that was kept before stays whole, and what TUF has learned (keys that were
    replaced, the highest versions seen) is remembered.

    Args:
        folder: holds the folders of all sources.
        source: one of them.
        now: the time, UTC. What expires is judged by it, or by `latest_seen` where that is later.
        fetcher: fetches from elsewhere than the source's address, such as from a zip that came by mail.

    Raises:
        AlteredError: forged, rolled back, or this computer's own files were changed; exit 4.
        NotDoneError: expired, incomplete, out of reach, not a release, or not to be kept; exit 3. See
            `failures`.
    """
    from hygiene.distribution.fetching import reaching

    place = folder / source.name
    with source_lock(place), reaching(source.address, fetcher) as reached:
        return update(place, source, now, reached, source.name)


def source_lock(place: Path) -> AbstractContextManager[None]:
    """Return what keeps others from changing a source's folder: TUF's memory is for one at a time."""
    ensure_private_folder(place)
    return locked(place / _LOCK)


def update(place: Path, source: Source, now: datetime, fetcher: Fetcher, shown: str) -> Taken:
    """Update the source whose folder it is; nobody else does at the same time. See `refresh`.

    Args:
        place: its folder.
        source: without a name where that is to be learned from the release.
        now: the time, UTC.
        fetcher: fetches the files.
        shown: what the source is called in errors.
    """
    pinned = read_root(place, source)
    reference = max(now, source.latest_seen or now)
    before = _before(place, source, pinned)
    kept, state, data = _fetched(place, pinned, reference, fetcher, (shown, before))
    release = parse_release(data)
    if source.name and release.source != source.name:
        raise _of_another(shown)
    keep(place, kept, state.lists, None if data is before else data)
    today = reference.date()
    known = replace(
        source, verified_on=today, latest_seen=reference, title=release.title, contact=release.contact
    )
    write_source(place, known)
    return Taken(known, release, _previous(before, data, release), _behind(source, now))


def verified(folder: Path, source: Source, now: datetime | None = None) -> Verified:
    """Return the lists of a source that are kept; no connection is opened.

    Args:
        folder: holds the folders of all sources.
        source: one of them.
        now: the time, UTC, to say whether they have expired; without it, that of the last update.

    Raises:
        NothingVerifiedError: no update went well yet.
        DamagedCopyError: what is kept was changed.
    """
    place = folder / source.name
    found = read_kept(place, source, read_root(place, source))
    if found is None or source.verified_on is None or source.latest_seen is None:
        raise NothingVerifiedError(
            N_("there are no lists of “{source}” on this computer yet"),
            hint=N_("`hygiene update` fetches them"),
            source=source.name,
        )
    state, data = found
    expires_on = state.expires.date()
    is_expired = state.expires <= max(now or source.latest_seen, source.latest_seen)
    return Verified(parse_release(data), source.verified_on, expires_on, expires_on if is_expired else None)


def _fetched(
    place: Path, pinned: bytes, reference: datetime, fetcher: Fetcher, known: tuple[str, bytes | None]
) -> tuple[Kept, State, bytes]:
    shown, before = known
    memory = place / MEMORY
    with explained(shown, lambda: fetcher.latest, lambda: expired_on(memory, fetcher, reference)):
        open_updater(memory, fetcher, pinned, reference=reference).refresh()
        kept = kept_of(memory)
        state = verify_state(pinned, kept)
        if before is not None and is_same(state.lists, before):
            return kept, state, before
        name = f"{TARGETS}{state.lists.get_prefixed_paths()[0]}"
        data = fetcher.download_bytes(name, state.lists.length)
        if len(data) < state.lists.length:
            raise cut_off(shown, TARGET)
        state.lists.verify_length_and_hashes(data)
        return kept, state, data


def _before(place: Path, source: Source, pinned: bytes) -> bytes | None:
    """Return the lists that are kept; damaged ones are fetched again."""
    with suppress(HygieneError):
        if found := read_kept(place, source, pinned):
            return found[1]
    return None


def _previous(before: bytes | None, data: bytes, release: Release) -> Release | None:
    if before == data:
        return release
    with suppress(HygieneError):  # one that an earlier hygiene could read
        return parse_release(before) if before else None
    return None


def _behind(source: Source, now: datetime) -> tuple[HygieneError, ...]:
    seen = source.latest_seen
    if seen is None or now >= seen - _TOLERANCE:
        return ()
    return (
        ClockBehindError(
            N_("the clock of this computer is behind: it says {now}, and the last update was on {seen}"),
            hint=N_("set it right; until then {seen} counts for what expires"),
            now=say_date(now.date(), current_language()),
            seen=say_date(seen.date(), current_language()),
        ),
    )


def _of_another(shown: str) -> UnusableReleaseError:
    return UnusableReleaseError(
        N_("what “{source}” offers is signed for another source"),
        hint=N_("your lists stay as they are; please tell the people who publish these lists"),
        source=shown,
    )
