"""Accounts: added, renamed, closed, removed."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from hygiene.engine.placing import parse_host, takes_domain
from hygiene.engine.setup import LONGEST_LABEL, account_id
from hygiene.engine.state import State
from hygiene.errors import UsageError
from hygiene.language import N_
from hygiene.model.account import OTHER, Account, Network, Purpose
from hygiene.model.checklist import Catalogue
from hygiene.model.record import AccountAdded, AccountClosed, AccountRemoved, AccountRenamed
from hygiene.safety.cleaning import clean
from hygiene.store.file import OpenStore, without_removed
from hygiene.usecases.desk import Desk, state_of


def add_account(
    state: State, catalogue: Catalogue, network: str, label: str, purpose: str, domain: str
) -> AccountAdded:
    """Return the statement that the person has an account there.

    Raises:
        UsageError: there is no such network or purpose, or the domain is missing or cannot be one.
    """
    if network not in catalogue.networks:
        raise UsageError(
            N_("there is no network “{name}”"),
            hint=N_("the networks are: {names}; any other service is “other” with --domain"),
            name=network,
            names=", ".join(catalogue.networks),
        )
    known = catalogue.networks[network]
    host = _host(domain, known) if network == OTHER or domain else None
    return AccountAdded(
        account_id(network, state), network, _label(label), _purpose(purpose) or known.purpose, host
    )


def rename_account(state: State, account: str, label: str) -> AccountRenamed:
    """Return the statement that an account is called otherwise; its id stays.

    Raises:
        UsageError: there is no such account.
    """
    return AccountRenamed(known_account(state, account).id, _label(label))


def close_account(state: State, account: str) -> AccountClosed:
    """Return the statement that an account no longer exists.

    Raises:
        UsageError: there is no such account.
    """
    return AccountClosed(known_account(state, account).id)


def remove_account(store: OpenStore, desk: Desk, account: str) -> OpenStore:
    """Seal the store without anything about an account but that it was removed.

    The generation before, which lies beside the store until the next save, still holds it; so do backups.

    Raises:
        UsageError: there is no such account.
    """
    removed = AccountRemoved(known_account(state_of(store), account).id)
    said = desk.say(store, removed)
    return desk.seal(replace(said, statements=without_removed(said.statements)))


def known_account(state: State, account: str) -> Account:
    """Return the account of that id, or the only one that the person calls so.

    Raises:
        UsageError: there is none, or there are several of that name.
    """
    if account in state.accounts:
        return state.accounts[account]
    called = account.strip().casefold()
    named = [each for each in state.accounts.values() if called and each.label.casefold() == called]
    if len(named) == 1:
        return named[0]
    hint = N_("`hygiene account list` shows them with their ids")
    raise UsageError(
        N_("several accounts are called that") if named else N_("there is no such account"), hint=hint
    )


def blank_accounts(catalogue: Catalogue, networks: Iterable[str]) -> tuple[Account, ...]:
    """Return an account to fill in on each network named, or on every one that has a checklist.

    Raises:
        UsageError: there is no such network.
    """
    covered = [each for each in catalogue.networks if catalogue.for_network(each) and each != OTHER]
    wanted = tuple(networks) or tuple(covered)
    return tuple(
        Account(added.account, added.network, purpose=added.purpose or Purpose.PERSONAL, domain=added.domain)
        for added in (
            add_account(State(), catalogue, each, "", "", "example.org" if each == OTHER else "")
            for each in wanted
        )
    )


def _host(domain: str, network: Network) -> str:
    host = parse_host(domain, network)
    if host:
        return host
    if not takes_domain(network):
        raise UsageError(
            N_("an account on {network} has no domain of its own"),
            hint=N_("leave --domain out; any other service is “other” with --domain"),
            network=network.id,
        )
    if network.hosts:
        raise UsageError(
            N_("{network} has no site of that name"),
            hint=N_("it may be: {allowed}"),
            network=network.id,
            allowed=", ".join(network.hosts),
        )
    example = "gitlab.com" if network.id == OTHER else "mastodon.social"
    raise UsageError(
        N_("the domain is not understood") if domain else N_("the service's domain is missing"),
        hint=N_("name it with --domain, such as --domain {example}"),
        example=example,
    )


def _label(words: str) -> str:
    return clean(words.strip())[:LONGEST_LABEL]


def _purpose(word: str) -> Purpose | None:
    if word and word not in set(Purpose):
        raise UsageError(
            N_("“{value}” is no purpose"),
            hint=N_("it may be: {allowed}"),
            value=word,
            allowed=", ".join(Purpose),
        )
    return Purpose(word) if word else None
