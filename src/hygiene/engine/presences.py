"""Accounts as all exports together show them: what several files and entries say of one is put together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from hygiene.engine.placing import parse_host
from hygiene.model.account import OTHER, Network
from hygiene.model.checklist import Catalogue
from hygiene.model.evidence import LEAKED, PASSWORD, PASSWORD_CHANGED, Export, Fact, Found, Mark
from hygiene.model.site import Site

MAILBOX = "mailbox"


class Place(Struct, frozen=True):
    """Where a sign-in is.

    Attributes:
        host: the host that its address names.
        domain: the part of it that somebody registered, `example.co.uk` of `login.example.co.uk`.
    """

    host: str
    domain: str


class Proof(Struct, frozen=True):
    """A fact, and what it rests on.

    Attributes:
        format: the reader's id.
        made_on: the day of the export.
        is_own_record: the network itself says so, not a password manager.
    """

    fact: Fact
    format: str
    made_on: date
    is_own_record: bool


class Presence(Struct, frozen=True):
    """One account as the exports show it.

    Attributes:
        network: its id in the register; `other` for a service that is not there.
        domain: its host where the network alone does not tell, as of an account.
        user: its user name, to tell it from others on the screen; never stored.
        last_used: the latest day on which an export saw it used.
    """

    network: str
    domain: str | None
    user: str
    proofs: tuple[Proof, ...]
    last_used: date | None = None


class Gathered(Struct, frozen=True):
    """Everything that was found.

    Attributes:
        local: sign-ins to devices and programs on a network of one's own, which are no accounts here.
        nameless: sign-ins that name no place.
        unsure: accounts with several passwords, of which the export does not tell the present one.
    """

    presences: tuple[Presence, ...]
    local: int = 0
    nameless: int = 0
    unsure: int = 0


class _Entry(Struct, frozen=True):
    """One sign-in of one export, and which account it belongs to.

    Attributes:
        site: what one password opens: a network, or a group of domains.
    """

    site: str
    network: str
    domain: str | None
    found: Found
    export: Export


def gather(exports: Iterable[Export], catalogue: Catalogue, place: Callable[[str], Place | None]) -> Gathered:
    """Return the accounts that exports show, each once.

    Args:
        exports: as the readers give them.
        catalogue: has the register of networks, and the domains that one sign-in opens.
        place: says where an address is; None on a network of one's own.
    """
    sorter = _Sorter(catalogue, place)
    people: dict[tuple[str, str], list[_Entry]] = {}
    for export in exports:
        for entry in sorter.entries(export):
            people.setdefault((entry.site, entry.found.user.strip().casefold()), []).append(entry)
    groups = tuple(_with_nameless(people))
    reused = _reused(groups)
    unsure = sum(_has_several_passwords(group) for group in groups)
    presences = tuple(_presence(group, reused) for group in groups)
    return Gathered(presences, sorter.local, sorter.nameless, unsure)


class _Sorter:
    """Finds the network of each sign-in, and counts those that have none."""

    def __init__(self, catalogue: Catalogue, place: Callable[[str], Place | None]) -> None:
        self._networks = catalogue.networks
        self._sites: Mapping[str, Site] = catalogue.sites
        self._place = place
        self._by_domain = {
            domain: network.id for network in catalogue.networks.values() for domain in network.domains
        }
        self._known: dict[str, tuple[str, str, str | None]] = {}
        self.local = self.nameless = 0

    def entries(self, export: Export) -> Iterator[_Entry]:
        for found in export.accounts:
            if found.network:
                network = self._networks[found.network]
                domain = parse_host(found.user, network) if network.host else None
                yield _Entry(_site(network, domain), network.id, domain, found, export)
            elif not found.address:
                self.nameless += 1
            elif (where := self._place(found.address)) is None:
                self.local += 1
            else:
                yield _Entry(*self._service(where), found, export)

    def _service(self, where: Place) -> tuple[str, str, str | None]:
        if where.host not in self._known:
            self._known[where.host] = self._look_up(where)
        return self._known[where.host]

    def _look_up(self, where: Place) -> tuple[str, str, str | None]:
        """Return what one password opens there, the network, and the account's own domain."""
        site = self._sites.get(where.domain)
        group = site.sign_in_group if site else frozenset()
        name = self._network(where.host) or self._network(where.domain)
        name = name or next(filter(None, map(self._network, sorted(group))), None)
        if name is None:
            return min(group, default=where.domain), OTHER, where.domain
        if name == MAILBOX:  # one list for many providers
            return min(group, default=where.domain), MAILBOX, None
        host = self._host(where, self._networks[name])
        return _site(self._networks[name], host), name, host

    def _network(self, host: str) -> str | None:
        while host:
            if host in self._by_domain:
                return self._by_domain[host]
            host = host.partition(".")[2]
        return None

    @staticmethod
    def _host(where: Place, network: Network) -> str | None:
        return parse_host(where.host, network) or parse_host(where.domain, network)


def _site(network: Network, host: str | None) -> str:
    """Return what one sign-in opens: all of a network, but only one of the servers that anybody may run."""
    return f"{network.id} {host or ''}" if network.host and not network.hosts else network.id


def _reused(groups: Iterable[list[_Entry]]) -> frozenset[bytes]:
    """Return the marks of passwords that open more than one thing.

    A former password, still kept in another entry, opens nothing: an account with several does not count.
    """
    sites: dict[bytes, set[str]] = {}
    for group in groups:
        for entry in () if _has_several_passwords(group) else group:
            if entry.found.mark:
                sites.setdefault(entry.found.mark.digest, set()).add(entry.site)
    return frozenset(digest for digest, met in sites.items() if len(met) > 1)


def _has_several_passwords(group: list[_Entry]) -> bool:
    return len(group) > 1 and len({entry.found.mark.digest for entry in group if entry.found.mark}) > 1


def _with_nameless(people: Mapping[tuple[str, str], list[_Entry]]) -> Iterator[list[_Entry]]:
    """Yield the entries of each account; those without a user name belong to the only account there is.

    So does a network's own archive, whatever it calls the user, unless both names are mail addresses.
    """
    by_site: dict[str, list[list[_Entry]]] = {}
    for (site, _user), group in people.items():
        by_site.setdefault(site, []).append(group)
    for groups in by_site.values():
        nameless = [group for group in groups if not _user_of(group)]
        named = _with_archive([group for group in groups if _user_of(group)])
        yield from [named[0] + nameless[0]] if nameless and len(named) == 1 else named + nameless


def _with_archive(groups: list[list[_Entry]]) -> list[list[_Entry]]:
    archives = [group for group in groups if all(entry.found.network for entry in group)]
    others = [group for group in groups if not all(entry.found.network for entry in group)]
    is_one = len(archives) == len(others) == 1 and not all("@" in _user_of(group) for group in groups)
    return [others[0] + archives[0]] if is_one else groups


def _user_of(group: list[_Entry]) -> str:
    return group[0].found.user.strip()


def _presence(group: list[_Entry], reused: frozenset[bytes]) -> Presence:
    first = group[0]
    used = (entry.found.last_used for entry in group)
    untold = _untold(group)
    return Presence(
        first.network,
        next((entry.domain for entry in group if entry.domain), None),
        _user_of(group),
        tuple(dict.fromkeys(proof for entry in group for proof in _proofs(entry, reused, untold))),
        max(filter(None, used), default=None),
    )


def _untold(group: list[_Entry]) -> frozenset[str]:
    """Return the facts that fail where there are several passwords; a date only if not all have one."""
    if not _has_several_passwords(group):
        return frozenset()
    marked = (entry.found.facts for entry in group if entry.found.mark)
    are_dated = all(any(fact.name == PASSWORD_CHANGED for fact in facts) for facts in marked)
    return frozenset({PASSWORD, LEAKED} if are_dated else {PASSWORD, LEAKED, PASSWORD_CHANGED})


def _proofs(entry: _Entry, reused: frozenset[bytes], untold: frozenset[str]) -> Iterator[Proof]:
    mark, is_own_record = entry.found.mark, bool(entry.found.network)
    for fact in (*entry.found.facts, *(_of_password(mark, reused) if mark else ())):
        if is_own_record or fact.name not in untold:
            yield Proof(fact, entry.export.format, entry.export.made_on, is_own_record)


def _of_password(mark: Mark, reused: frozenset[bytes]) -> Iterator[Fact]:
    if mark.digest in reused:
        yield Fact(PASSWORD, "reused")
    if mark.is_weak:
        yield Fact(PASSWORD, "weak")
    if mark.is_leaked:
        yield Fact(LEAKED, "yes")
