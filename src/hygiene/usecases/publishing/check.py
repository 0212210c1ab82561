"""A published copy, fetched and checked by the code that employees' computers use."""

from __future__ import annotations

import tempfile
from datetime import date, datetime
from pathlib import Path

from hygiene.distribution import client
from hygiene.distribution.publishing.repository import METADATA, load_published, metadata_name
from hygiene.distribution.publishing.roles import ROOT
from hygiene.distribution.publishing.workshop import REPOSITORY, load_workshop
from hygiene.distribution.release import parse_release
from hygiene.distribution.source import fingerprint_of
from hygiene.errors import AlteredError, NotDoneError
from hygiene.language import N_, _, current_language, ngettext
from hygiene.spoken_dates import say_date
from hygiene.usecases.publishing.plan import nothing_yet


def verify(folder: Path, address: str, now: datetime) -> tuple[str, ...]:
    """Return what an employee's computer, which has trusted the source from its first root on, would find.

    Args:
        folder: the workshop.
        address: of the copy; empty for the workshop's own repository.
        now: the real time, UTC.

    Raises:
        AlteredError: the copy has another root than the workshop.
        HygieneError: what that computer would say; or that the copy is behind the workshop.
    """
    workshop, repository = load_workshop(folder), folder / REPOSITORY
    published = load_published(repository)
    if published is None or published.offered is None:
        raise nothing_yet()
    place = address or str(repository.absolute())
    with tempfile.TemporaryDirectory() as name:
        home = Path(name)
        first = (repository / metadata_name(ROOT, 1)).read_bytes()
        source = client.pin(home, workshop.name, place, first, now.date(), managed=False)
        taken = client.refresh(home, source, now)
        expires_on = client.verified(home, taken.source, now).expires_on
    if fingerprint_of(client.fetch_root(place)) != fingerprint_of(published.root_bytes):
        raise _of_another_root(published.root.signed.version, repository)
    if taken.release != parse_release(published.offered.lists):
        raise _behind(taken, repository)
    return (_sound(taken, expires_on), *_warnings(taken))


def _of_another_root(number: int, repository: Path) -> AlteredError:
    return AlteredError(
        N_(
            "this copy does not know root {number}: it is an old one, or made by somebody with old keys; "
            "computers that know that root refuse it"
        ),
        hint=N_("find out who put it there, and copy the whole folder {folder} again"),
        number=number,
        folder=repository,
    )


def _behind(taken: client.Taken, repository: Path) -> NotDoneError:
    return NotDoneError(
        N_("this copy is sound, but not the last release: it is from {day}"),
        hint=N_("copy the whole folder {folder} again, {metadata}/timestamp.json last"),
        day=say_date(taken.release.released_on, current_language()),
        folder=repository,
        metadata=METADATA,
    )


def _sound(taken: client.Taken, expires_on: date) -> str:
    count, language = len(taken.release.files), current_language()
    words = ngettext(
        "The release of {day}, with {count} file, is sound; computers accept it until {end}.",
        "The release of {day}, with {count} files, is sound; computers accept it until {end}.",
        count,
    )
    day, end = (say_date(each, language) for each in (taken.release.released_on, expires_on))
    return words.format(day=day, count=count, end=end)


def _warnings(taken: client.Taken) -> tuple[str, ...]:
    return tuple(_(each.message).format(**each.values) for each in taken.warnings)
