"""The lists and rules that organisations hand out, beside those that come with the program."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hygiene.catalog.managed import FOLDER, load_managed
from hygiene.catalog.organisation import (
    OrganisationLists,
    digest_of,
    pack_organisation,
    unpack_organisation,
)
from hygiene.distribution.in_use import release_in_use
from hygiene.distribution.release import Release
from hygiene.distribution.source import Source, load_sources
from hygiene.errors import HygieneError
from hygiene.model.checklist import Catalogue, Trust
from hygiene.model.policy import Policy
from hygiene.safety.files import MissingFileError, read_regular, write_atomically
from hygiene.usecases.desk import Desk

PACKED = "packed.json"
SOURCES = "sources"
MANAGED = "managed.json"
"""In the person's own folder: what was agreed to, and the packed form of what administrators installed."""
_PACKED_BYTES = 64 * 1024 * 1024


class Places(Struct, frozen=True):
    """Where organisations' lists lie.

    Attributes:
        sources: the folder of the sources that were agreed to.
        home: the person's own folder.
        shared: folders of the administrators.
    """

    sources: Path
    home: Path
    shared: tuple[Path, ...]


class Handed(Struct, frozen=True):
    """What organisations hand out to this computer.

    Attributes:
        lists: what is used; of two organisations of one name, the one of the administrators.
        problems: what cannot be used, and why.
    """

    lists: tuple[OrganisationLists, ...] = ()
    problems: tuple[HygieneError, ...] = ()


def handed_out(places: Places, known: Catalogue) -> Handed:
    """Return what organisations hand out; what cannot be used never keeps the rest from working.

    Args:
        places: where to look.
        known: the checklists that come with the program.
    """
    by_source: dict[str, OrganisationLists] = {}
    problems: list[HygieneError] = []
    for folder in places.shared:
        try:
            lists = _managed(folder / FOLDER, places, known)
        except HygieneError as problem:
            problems.append(problem)
        else:
            if lists:
                by_source.setdefault(lists.organisation.source, lists)
    sources, damaged = load_sources(places.sources) if places.sources.exists() else ((), ())
    problems += damaged
    for source in sources:
        try:
            release = release_in_use(places.sources, source)
        except HygieneError as problem:
            problems.append(problem)
        else:
            if release and source.name not in by_source:
                by_source[source.name] = from_release(places.sources, source, release, known)
    return Handed(tuple(by_source.values()), tuple(problems))


def with_organisations(desk: Desk, lists: Iterable[OrganisationLists]) -> Desk:
    """Return the desk with what organisations hand out beside and above what comes with the program."""
    handed = tuple(lists)
    if not handed:
        return desk
    own = {each.id: each for one in handed for each in one.checklists}
    return replace(
        desk,
        catalogue=replace(desk.catalogue, checklists={**desk.catalogue.checklists, **own}),
        policy=Policy((*desk.policy.layers, *(one.rules for one in handed))),
        organisations=tuple(one.organisation for one in handed),
    )


def from_release(folder: Path, source: Source, release: Release, known: Catalogue) -> OrganisationLists:
    """Return what is used of a release; it is read from YAML once, and then from its packed form.

    Args:
        folder: holds the folders of all sources.
        source: whose release it is.
        release: as it was taken in.
        known: the checklists that come with the program.
    """
    packed = folder / source.name / PACKED
    digest = digest_of(release.files, Trust.SOURCE, release.title, release.contact)
    for data in _read(packed):
        if lists := unpack_organisation(data, digest):
            return lists
    from hygiene.catalog.organisation_files import Publisher, load_organisation

    publisher = Publisher(source.name, Trust.SOURCE, release.title, release.contact)
    return _kept(packed, load_organisation(release.files, publisher, known))


def _managed(folder: Path, places: Places, known: Catalogue) -> OrganisationLists | None:
    packed = places.home / MANAGED
    before = next(_read(packed), None)
    lists = load_managed(folder, known, before)
    if lists is None or (before and unpack_organisation(before, lists.digest)):
        return lists
    return _kept(packed, lists)


def _kept(packed: Path, lists: OrganisationLists) -> OrganisationLists:
    """Keep the packed form, where that is possible; without it the next command reads YAML again."""
    if packed.parent.exists():
        with suppress(HygieneError):
            write_atomically(packed, pack_organisation(lists))
    return lists


def _read(path: Path) -> Iterator[bytes]:
    with suppress(MissingFileError, HygieneError):
        yield read_regular(path, _PACKED_BYTES)
