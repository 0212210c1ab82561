"""Accounts: added, renamed, closed."""

from __future__ import annotations

from collections.abc import Iterable

from hygiene.engine.setup import LONGEST_LABEL, account_id, parse_domain
from hygiene.engine.state import State
from hygiene.errors import UsageError
from hygiene.language import N_
from hygiene.model.account import OTHER, Account, Purpose
from hygiene.model.checklist import Catalogue
from hygiene.model.record import AccountAdded, AccountClosed, AccountRenamed
from hygiene.safety.cleaning import clean


def add_account(
    state: State, catalogue: Catalogue, network: str, label: str, purpose: str, domain: str
) -> AccountAdded:
    """Return the statement that the person has an account there.

    Raises:
        UsageError: there is no such network or purpose, or the domain is missing.
    """
    if network not in catalogue.networks:
        raise UsageError(
            N_("there is no network “{name}”"),
            hint=N_("the networks are: {names}; any other service is “other” with --domain"),
            name=network,
            names=", ".join(catalogue.networks),
        )
    host = parse_domain(domain) if domain else None
    if (network == OTHER or domain) and host is None:
        raise UsageError(
            N_("the service's domain is missing"),
            hint=N_("name it with --domain, such as --domain gitlab.com"),
        )
    meant = _purpose(purpose) or catalogue.networks[network].purpose
    return AccountAdded(account_id(network, state), network, _label(label), meant, host)


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


def known_account(state: State, account: str) -> Account:
    """Return the account of that id.

    Raises:
        UsageError: there is none.
    """
    if account not in state.accounts:
        raise UsageError(
            N_("there is no such account"), hint=N_("`hygiene account list` shows them with their ids")
        )
    return state.accounts[account]


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
