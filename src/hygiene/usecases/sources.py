"""Sources of lists that a person, or an administrator, agreed to: added, updated, looked at, removed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.catalog.list_names import RESERVED_LISTS
from hygiene.catalog.organisation import OrganisationLists
from hygiene.distribution import client
from hygiene.distribution.source import ROOT_BYTES, Source, fingerprint_of, load_source, load_sources
from hygiene.distribution.updating import Taken, Verified
from hygiene.errors import HygieneError, NotDoneError
from hygiene.language import N_
from hygiene.model.checklist import Catalogue
from hygiene.safety.cleaning import clean
from hygiene.safety.files import MissingFileError, read_regular
from hygiene.safety.ownership import check_file, check_folder
from hygiene.usecases.organisations import Places, from_release

if TYPE_CHECKING:
    from hygiene.distribution.fetching import Fetcher

ROOTS = "trust.d"
_ROOT, _ADDRESS = ".root.json", ".address"
_ADDRESS_BYTES = 4096


class ManagedRoot(Struct, frozen=True):
    """A source that administrators set up, by two files.

    Attributes:
        root: the bytes of `trust.d/NAME.root.json`, a copy of the newest root that is published.
        address: the line in `trust.d/NAME.address`.
    """

    name: str
    address: str
    root: bytes


class Updated(Struct, frozen=True):
    """What came of updating one source: either it went well, or what was the matter."""

    name: str
    taken: Taken | None = None
    lists: OrganisationLists | None = None
    problem: HygieneError | None = None


class Kept(Struct, frozen=True):
    """A source and what of it is kept: verified, or what was the matter."""

    source: Source
    verified: Verified | None = None
    problem: HygieneError | None = None


class Offer(Struct, frozen=True):
    """A source to agree to.

    Attributes:
        address: `https://…`, a folder or a zip.
        root: what was agreed to.
        managed: administrators agreed to it, not the person.
        fetcher: the one that fetched the root, to ask for fewer files.
    """

    address: str
    root: bytes
    managed: bool = False
    fetcher: Fetcher | None = None


def add(places: Places, offer: Offer, now: datetime, known: Catalogue) -> tuple[Taken, OrganisationLists]:
    """Return what a source publishes after agreeing to its root; its lists are in use from now on.

    Args:
        places: where it will lie.
        offer: what was agreed to.
        now: the time, UTC.
        known: the checklists that come with the program.

    Raises:
        HygieneError: see `distribution.client.adopt`; nothing of it remains then.
    """
    taken = client.adopt(
        places.sources,
        offer.address,
        offer.root,
        now,
        managed=offer.managed,
        reserved=RESERVED_LISTS,
        fetcher=offer.fetcher,
    )
    return taken, from_release(places.sources, taken.source, taken.release, known)


def update_all(places: Places, now: datetime, known: Catalogue) -> Iterator[Updated]:
    """Yield what came of updating each source, those that administrators set up first.

    Whatever happens to one, its last verified lists stay in use, and the others are updated.
    """
    managed, problems = managed_roots(places)
    yield from (Updated("", problem=problem) for problem in problems)
    for root in managed:
        yield from _set_up(places, root, now, known)
    sources, damaged = load_sources(places.sources)
    yield from (Updated("", problem=problem) for problem in damaged)
    for source in sources:
        try:
            taken = client.refresh(places.sources, source, now)
            lists = from_release(places.sources, taken.source, taken.release, known)
        except HygieneError as problem:
            yield Updated(source.name, problem=problem)
        else:
            yield Updated(source.name, taken, lists)


def kept(places: Places, now: datetime) -> tuple[Kept, ...]:
    """Return every source with what is kept of it, each signature verified again; opens no connection."""
    sources, _damaged = load_sources(places.sources)
    return tuple(_kept(places.sources, source, now) for source in sources)


def managed_roots(places: Places) -> tuple[tuple[ManagedRoot, ...], tuple[HygieneError, ...]]:
    """Return the sources that administrators set up, and what is wrong with those that cannot be used."""
    found: dict[str, ManagedRoot] = {}
    problems: list[HygieneError] = []
    for folder in (each / ROOTS for each in places.shared):
        if not folder.exists():
            continue
        try:
            check_folder(folder)
            for path in sorted(folder.glob(f"*{_ROOT}")):
                root = _managed_root(path)
                found.setdefault(root.name, root)
        except HygieneError as problem:
            problems.append(problem)
    return tuple(found.values()), tuple(problems)


def _set_up(places: Places, root: ManagedRoot, now: datetime, known: Catalogue) -> Iterator[Updated]:
    """Agree to a source as administrators did, or go over to the newer root that they hand out."""
    try:
        source = load_source(places.sources, root.name)
    except MissingFileError:
        try:
            taken, lists = add(places, Offer(root.address, root.root, managed=True), now, known)
        except HygieneError as problem:
            yield Updated(root.name, problem=problem)
        else:
            yield Updated(taken.source.name, taken, lists)
        return
    except HygieneError:
        return  # said with the others
    if fingerprint_of(root.root) != source.fingerprint:
        try:
            client.repin(places.sources, source, root.root)
        except HygieneError as problem:
            yield Updated(root.name, problem=problem)


def _kept(folder: Path, source: Source, now: datetime) -> Kept:
    try:
        return Kept(source, client.verified(folder, source, now))
    except HygieneError as problem:
        return Kept(source, problem=problem)


def _managed_root(path: Path) -> ManagedRoot:
    address = path.with_name(path.name.removesuffix(_ROOT) + _ADDRESS)
    check_file(path)
    root = read_regular(path, ROOT_BYTES)
    try:
        check_file(address)
        words = read_regular(address, _ADDRESS_BYTES).decode().strip()
    except (MissingFileError, UnicodeDecodeError) as error:
        raise NotDoneError(
            N_("{path} is missing, which says where the lists are fetched from"),
            hint=N_("it holds one line: an https address, a folder or a zip"),
            path=clean(str(address)),
        ) from error
    return ManagedRoot(path.name.removesuffix(_ROOT), words, root)
