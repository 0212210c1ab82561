"""Reference data: what public directories know of websites, in the four files of `reference_data/`.

Where it comes from, and how it is refreshed: docs/reference-data.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Generic, TypeVar

import msgspec
from msgspec.structs import replace

from hygiene.engine.sites import with_links
from hygiene.model.account import Network
from hygiene.model.checklist import Catalogue, Checklist
from hygiene.model.site import Link, Site

CHANGE_PASSWORD = "change_password.json"  # noqa: S105 - the name of a file
CLOSE = "close.json"
SECOND_STEPS = "second_steps.json"
SIGN_IN_GROUPS = "sign_in_groups.json"

Entries = TypeVar("Entries")


class Listing(msgspec.Struct, Generic[Entries], frozen=True):
    """One file of reference data.

    Attributes:
        source: the directory that it was taken from.
        as_of: the month of that directory, `YYYY-MM`.
    """

    source: str
    as_of: str
    entries: Entries


class SecondSteps(msgspec.Struct, frozen=True, omit_defaults=True):
    """The second steps that a website offers, in the words of `Site.offered`, and its page about them."""

    offered: tuple[str, ...]
    url: str | None = None


class Reference(Mapping[str, Site]):
    """What is known of websites, by host. A host that is not listed is found by the domain it belongs to.

    `login.yahoo.com` is found as `yahoo.com`; `evilyahoo.com` is not found.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder  # read when the first host is looked up: most people never need it

    @cached_property
    def _change_password(self) -> Listing[dict[str, str]]:
        return _read(self._folder / CHANGE_PASSWORD, Listing[dict[str, str]])

    @cached_property
    def _close(self) -> Listing[dict[str, str]]:
        return _read(self._folder / CLOSE, Listing[dict[str, str]])

    @cached_property
    def _second_steps(self) -> Listing[dict[str, SecondSteps]]:
        return _read(self._folder / SECOND_STEPS, Listing[dict[str, SecondSteps]])

    @cached_property
    def _groups(self) -> Mapping[str, frozenset[str]]:
        groups = _read(self._folder / SIGN_IN_GROUPS, Listing[tuple[frozenset[str], ...]]).entries
        return {domain: group for group in groups for domain in group}

    def __getitem__(self, host: str) -> Site:
        steps = _found(self._second_steps.entries, host)
        site = Site(
            host,
            change_password=_link(self._change_password, host),
            close=_link(self._close, host),
            second_step=Link(steps.url, self._second_steps.as_of) if steps and steps.url else None,
            offered=frozenset(steps.offered) if steps else None,
            sign_in_group=_found(self._groups, host) or frozenset(),
        )
        if site == Site(host):
            raise KeyError(host)
        return site

    def __iter__(self) -> Iterator[str]:
        return iter(self._domains)

    def __len__(self) -> int:
        return len(self._domains)

    @property
    def _domains(self) -> frozenset[str]:
        listings = (self._change_password, self._close, self._second_steps)
        return frozenset(self._groups).union(*(each.entries for each in listings))


def find_site(folder: Path, host: str) -> Site | None:
    """Return what is known of the website at a host, or None."""
    return Reference(folder).get(host)


def with_sites(catalogue: Catalogue, folder: Path) -> Catalogue:
    """Return the catalogue with the reference data beside it, for accounts with a domain of their own."""
    return replace(catalogue, sites=Reference(folder))


def with_missing_links(checklist: Checklist, network: Network | None, sites: Mapping[str, Site]) -> Checklist:
    """Return a network's checklist with links where it has none, if its links may name the network's site.

    A list about several providers, such as the mailbox, names none of them as its own and stays as it is.
    """
    domains = network.domains if network else ()
    site = sites.get(next((each for each in domains if each in checklist.domains), ""))
    if site is None:
        return checklist
    return replace(checklist, checks=tuple(with_links(check, site) for check in checklist.checks))


Decoded = TypeVar("Decoded")


def _read(path: Path, kind: type[Listing[Decoded]]) -> Listing[Decoded]:
    return msgspec.json.decode(path.read_bytes(), type=kind)


def _link(listing: Listing[dict[str, str]], host: str) -> Link | None:
    url = _found(listing.entries, host)
    return Link(url, listing.as_of) if url else None


def _found(entries: Mapping[str, Decoded], host: str) -> Decoded | None:
    """Return the entry of a host, else of the longest domain listed that it belongs to."""
    while host:
        if host in entries:
            return entries[host]
        host = host.partition(".")[2]
    return None
