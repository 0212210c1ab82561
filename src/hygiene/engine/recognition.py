"""Which account of the record is meant by one that an export shows."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from hygiene.engine.presences import Presence
from hygiene.engine.state import State
from hygiene.model.account import Account
from hygiene.model.record import AccountRecognised

_DIGEST_BYTES = 16


class Recognised(Struct, frozen=True):
    """What was found, by what it is.

    Attributes:
        known: by account id.
        unclear: several are on the network, or in the export, and which is which cannot be told.
        new: on a network, or with a service, where the record has no account.
    """

    known: Mapping[str, Presence]
    unclear: tuple[Presence, ...]
    new: tuple[Presence, ...]


def recognise(presences: Iterable[Presence], state: State) -> Recognised:
    """Return which account each presence is: by the user name of an earlier import, else as the only one.

    What was known as an account that has been closed since is left out: a manager keeps it for longer.
    """
    groups: dict[tuple[str, str | None], list[Presence]] = {}
    for presence in presences:
        groups.setdefault(_service(presence), []).append(presence)
    known: dict[str, Presence] = {}
    unclear: list[Presence] = []
    new: list[Presence] = []
    places = _Places(state.accounts.values())
    for together in groups.values():
        there = tuple(places.accounts(together[0]))
        accounts = [account for account in there if account.closed_on is None]
        members = [each for each in together if not _is_closed(each, there, state)]
        left = [each for each in members if not _note_by_name(each, accounts, state, known)]
        free = [account for account in accounts if account.id not in known]
        if len(members) == len(accounts) == len(free) == 1 and not state.recognised.get(free[0].id):
            known[free[0].id] = members[0]
        elif free:
            unclear += left
        else:
            new += left
    return Recognised(known, tuple(unclear), tuple(new))


def is_there(account: Account, presence: Presence) -> bool:
    """Return whether an account is with the service of a presence, so that it may be meant."""
    if account.network != presence.network:
        return False
    return not account.domain or not presence.domain or _is_same_host(account.domain, presence.domain)


def recognition(account: str, presence: Presence, salt: str) -> AccountRecognised | None:
    """Return the statement by which a user name is known again; None where the export has none."""
    if not presence.user:
        return None
    return AccountRecognised(account, salt, _digest(presence, salt))


def is_recognised(account: str, presence: Presence, state: State) -> bool:
    """Return whether an earlier import said that this user name is that account's."""
    marks = state.recognised.get(account, ())
    return bool(presence.user) and any(_digest(presence, each.salt) == each.digest for each in marks)


class _Places:
    """Accounts by the service that they are with: there may be thousands, and as many presences."""

    def __init__(self, accounts: Iterable[Account]) -> None:
        self._all: dict[str, list[Account]] = {}
        self._at: dict[tuple[str, str | None], list[Account]] = {}
        self._under: dict[tuple[str, str], list[Account]] = {}
        for account in accounts:
            self._all.setdefault(account.network, []).append(account)
            self._at.setdefault((account.network, account.domain), []).append(account)
            for domain in _domains(account.domain or ""):
                self._under.setdefault((account.network, domain), []).append(account)

    def accounts(self, presence: Presence) -> Iterable[Account]:
        """Return those that `is_there` is true of."""
        network, domain = presence.network, presence.domain
        if not domain:
            return self._all.get(network, ())
        _, *above = _domains(domain)
        elsewhere = (each for host in (*above, None) for each in self._at.get((network, host), ()))
        return (*self._under.get((network, domain), ()), *elsewhere)


def _domains(host: str) -> Iterator[str]:
    """Yield a host and each domain above it."""
    while host:
        yield host
        host = host.partition(".")[2]


def _is_closed(presence: Presence, accounts: Iterable[Account], state: State) -> bool:
    """Whether the name is that of closed accounts only: a new one may bear it again."""
    named = [each for each in accounts if is_recognised(each.id, presence, state)]
    return bool(named) and all(each.closed_on for each in named)


def _note_by_name(
    presence: Presence, accounts: Iterable[Account], state: State, known: dict[str, Presence]
) -> bool:
    for account in accounts:
        if account.id not in known and is_recognised(account.id, presence, state):
            known[account.id] = presence
            return True
    return False


def _service(presence: Presence) -> tuple[str, str | None]:
    return presence.network, presence.domain


def _is_same_host(one: str, other: str) -> bool:
    return one == other or one.endswith(f".{other}") or other.endswith(f".{one}")


def _digest(presence: Presence, salt: str) -> str:
    """Return a keyed hash (BLAKE2b, RFC 7693) of a network and a user name, in hexadecimal digits."""
    words = f"{presence.network}\n{presence.user.casefold()}".encode(errors="surrogatepass")
    return hashlib.blake2b(words, key=salt.encode(), digest_size=_DIGEST_BYTES).hexdigest()
