"""Sources of lists that a person, or an administrator, agreed to: added, updated, looked at, removed."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.catalog.list_names import RESERVED_LISTS
from hygiene.catalog.organisation import OrganisationLists
from hygiene.distribution import client
from hygiene.distribution.addresses import is_web
from hygiene.distribution.source import ROOT_BYTES, Source, is_source, load_sources
from hygiene.distribution.updating import Taken, Verified
from hygiene.errors import HygieneError, NotDoneError
from hygiene.language import N_
from hygiene.model.checklist import Catalogue
from hygiene.safety.cleaning import clean
from hygiene.safety.files import read_regular
from hygiene.safety.ownership import check_file, check_folder
from hygiene.usecases.organisations import Places, from_release
from hygiene.usecases.packaged_roots import packaged_roots

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
    sources, damaged = load_sources(places.sources)  # those set up now are not asked twice
    for root in managed:
        if not is_source(places.sources / root.name):
            yield _set_up(places, root, now, known)
    yield from (Updated("", problem=problem) for problem in damaged)
    roots = {each.name: each.root for each in managed}
    for source in sources:
        updated = _updated(places, source, now, known)
        yield updated
        if updated.taken and source.name in roots:
            yield from _repinned(places, updated.taken.source, roots[source.name])


def kept(places: Places, now: datetime) -> tuple[Kept, ...]:
    """Return every source with what is kept of it, each signature verified again; opens no connection."""
    sources, _damaged = load_sources(places.sources)
    return tuple(_kept(places.sources, source, now) for source in sources)


def managed_roots(places: Places) -> tuple[tuple[ManagedRoot, ...], tuple[HygieneError, ...]]:
    """Return the sources that administrators set up, and what is wrong with those that cannot be used.

    Theirs come first, then those that an installed package of the organisation carries.
    """
    found: dict[str, ManagedRoot] = {}
    problems: list[HygieneError] = []
    for path in _root_files(places, problems):
        try:
            root = _managed_root(path)
        except HygieneError as problem:
            problems.append(problem)
        else:
            found.setdefault(root.name, root)
    for name, address, data in packaged_roots(problems):
        found.setdefault(name, ManagedRoot(name, address, data))
    return tuple(found.values()), tuple(problems)


def _root_files(places: Places, problems: list[HygieneError]) -> Iterator[Path]:
    for folder in (each / ROOTS for each in places.shared):
        if not os.path.lexists(folder):
            continue
        try:
            check_folder(folder)
        except HygieneError as problem:
            problems.append(problem)
        else:
            yield from sorted(folder.glob(f"*{_ROOT}"))


def _updated(places: Places, source: Source, now: datetime, known: Catalogue) -> Updated:
    try:
        taken = client.refresh(places.sources, source, now)
        lists = from_release(places.sources, taken.source, taken.release, known)
    except HygieneError as problem:
        return Updated(source.name, problem=problem)
    return Updated(source.name, taken, lists)


def _set_up(places: Places, root: ManagedRoot, now: datetime, known: Catalogue) -> Updated:
    """Agree to a source as administrators did."""
    try:
        taken, lists = add(places, Offer(root.address, root.root, managed=True), now, known)
    except HygieneError as problem:
        return Updated(root.name, problem=problem)
    if taken.source.name == root.name:
        return Updated(root.name, taken, lists)
    # Under another name it would be looked for, and set up, again with each update.
    client.remove(places.sources, taken.source.name)
    return Updated(root.name, problem=_of_another_name(root.name, taken.source.name))


def _of_another_name(name: str, published: str) -> NotDoneError:
    return NotDoneError(
        N_("the lists that {file} leads to are those of “{source}”, and are not used"),
        hint=N_("an administrator can mend it: it has to be called {right}, and its address {address}"),
        file=f"{name}{_ROOT}",
        source=published,
        right=f"{published}{_ROOT}",
        address=f"{published}{_ADDRESS}",
    )


def _repinned(places: Places, source: Source, root: bytes) -> Iterator[Updated]:
    """Go over to the newer root that administrators hand out, to which this update has led."""
    try:
        client.repin(places.sources, source, root)
    except HygieneError as problem:
        yield Updated(source.name, problem=problem)


def _kept(folder: Path, source: Source, now: datetime) -> Kept:
    try:
        return Kept(source, client.verified(folder, source, now))
    except HygieneError as problem:
        return Kept(source, problem=problem)


def _managed_root(path: Path) -> ManagedRoot:
    check_file(path)
    root = read_regular(path, ROOT_BYTES)
    address = path.with_name(path.name.removesuffix(_ROOT) + _ADDRESS)
    words = _line_of(address) if os.path.lexists(address) else ""
    # A path that is not whole would lead elsewhere from each folder that a person stands in.
    if not (is_web(words) or words.startswith("file://") or Path(words).is_absolute()):
        raise NotDoneError(
            N_("{path} does not say where the lists are fetched from"),
            hint=N_(
                "an administrator can write one line into it: an https address, or the whole path of a folder"
                " or a zip"
            ),
            path=clean(str(address)),
        )
    return ManagedRoot(path.name.removesuffix(_ROOT), words, root)


def _line_of(path: Path) -> str:
    check_file(path)
    with suppress(UnicodeDecodeError):
        return read_regular(path, _ADDRESS_BYTES).decode().strip()
    return ""
