"""What is asked before the first check: which networks, how many accounts on each, and what they are for.

These are questions like all others; their answers also add accounts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from msgspec.structs import replace

from hygiene.engine.plan import Sitting, ask
from hygiene.engine.questions import Question
from hygiene.engine.state import Audit, Latest, State
from hygiene.model.account import OTHER, YOU, Account, Purpose
from hygiene.model.checklist import Choice
from hygiene.model.record import (
    AccountAdded,
    AccountPurposed,
    AccountRemoved,
    Answer,
    AnswerGiven,
    Chosen,
    ChosenMany,
    Event,
    Written,
)

SETUP = "setup."
NETWORKS = "setup.networks"
DOMAINS = "setup.domains"
SEVERAL = "setup.several"
NAMES = "setup.names"
PURPOSE = "setup.purpose"

_BETWEEN_NAMES = re.compile(r"[,;\n]+")
_BETWEEN_DOMAINS = re.compile(r"[,;\s]+")
_DOMAIN = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|[^\s@/]+@)?(?:www\.)?"
    r"((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:xn--[a-z0-9]+|[a-z]{2,}))(?![a-z0-9-])"
)
_LONGEST_ID = 32
LONGEST_LABEL = 80


def setup_questions(state: State, audit: Audit, sitting: Sitting) -> Iterator[Question]:
    """Yield the questions before the first check, those answered in this portion included.

    Later portions, and an audit of named checklists, ask only for purposes that are not known; without any
    account a later portion asks for them again.
    """
    is_first = audit.portion == 1 or not state.open_accounts
    if is_first and not sitting.only.checklists:
        yield _networks(state, sitting)
        if OTHER in _chosen(state, YOU, NETWORKS):
            yield ask([(None, sitting.catalogue.setup[DOMAINS])], state, sitting.catalogue)
        yield from _several(state, sitting)
    yield from _purposes(state, audit, sitting)


def account_id(network: str, state: State) -> str:
    """Return a new id for an account on a network, never one that was used before."""
    candidate, number = network, 1
    while candidate in state.used_ids or candidate == YOU:
        number += 1
        candidate = f"{network[: _LONGEST_ID - 1 - len(str(number))]}-{number}"
    return candidate


def parse_domain(words: str) -> str | None:
    """Return the host name in what someone typed or pasted, or None.

    `https://gitlab.com/me` and `me@gitlab.com` are `gitlab.com`; other alphabets are written in IDNA.
    """
    match = _DOMAIN.match(_in_ascii(words.strip().lower()))
    return match[1] if match else None


def _in_ascii(words: str) -> str:
    try:
        return words if words.isascii() else words.encode("idna").decode()
    except UnicodeError:
        return ""


def events_of(given: AnswerGiven, state: State, sitting: Sitting) -> tuple[Event, ...]:
    """Return an answer to a question before the checks, with the accounts that it adds, names or drops."""
    match given.check, given.answer:
        case "setup.networks", ChosenMany(ids):
            accounts = _networks_chosen(ids, state, sitting)
        case "setup.domains", Written(words):
            accounts = _domains_written(words, state)
        case "setup.names", Written(words):
            accounts = _names_written(given.account, words, state)
        case "setup.purpose", Chosen(purpose):
            accounts = (AccountPurposed(given.account, Purpose(purpose)),)
        case _:
            accounts = ()
    return (*accounts, given)


def _networks(state: State, sitting: Sitting) -> Question:
    choices = tuple(Choice(network.id, network.name) for network in sitting.catalogue.networks.values())
    check = replace(sitting.catalogue.setup[NETWORKS], choices=choices)
    return _with_present_accounts(ask([(None, check)], state, sitting.catalogue), state)


def _with_present_accounts(question: Question, state: State) -> Question:
    """Tick the networks of the accounts that are there, however they came in."""
    (asked,) = question.accounts
    present = {account.network for account in state.open_accounts}
    ids = tuple(choice.id for choice in question.check.choices if choice.id in present)
    if not ids or (asked.previous and asked.previous.answer == ChosenMany(ids)):
        return question
    known = asked.previous or Latest(ChosenMany(ids), date.min, 0)
    said = set(known.answer.ids) if isinstance(known.answer, ChosenMany) else set()
    ticked = tuple(choice.id for choice in question.check.choices if choice.id in present | said)
    return replace(question, accounts=(replace(asked, previous=replace(known, answer=ChosenMany(ticked))),))


def _several(state: State, sitting: Sitting) -> Iterator[Question]:
    firsts: dict[str, Account] = {}
    for account in state.open_accounts:
        if account.network != OTHER and sitting.catalogue.for_network(account.network):
            firsts.setdefault(account.network, account)
    if not firsts:
        return
    choices = tuple(Choice(network, sitting.catalogue.networks[network].name) for network in firsts)
    check = replace(sitting.catalogue.setup[SEVERAL], choices=choices)
    yield ask([(None, check)], state, sitting.catalogue)
    for network in _chosen(state, YOU, SEVERAL):
        if network in firsts:
            yield ask([(firsts[network], sitting.catalogue.setup[NAMES])], state, sitting.catalogue)


def _purposes(state: State, audit: Audit, sitting: Sitting) -> Iterator[Question]:
    check = sitting.catalogue.setup[PURPOSE]
    subjects = []
    for account in state.open_accounts:
        said = state.answers.get((account.id, PURPOSE))
        asked_here = said is not None and said.seq > audit.portion_seq
        if account.purpose is None or asked_here:
            subjects.append((account, check))
    if subjects:
        yield ask(subjects, state, sitting.catalogue)


def _networks_chosen(ids: Iterable[str], state: State, sitting: Sitting) -> tuple[Event, ...]:
    present = {account.network for account in state.open_accounts}
    wanted = [network for network in ids if network in sitting.catalogue.networks]
    added = tuple(
        AccountAdded(account_id(network, state), network, purpose=sitting.catalogue.networks[network].purpose)
        for network in wanted
        if network not in present and network != OTHER
    )
    unticked = set(_chosen(state, YOU, NETWORKS)).difference(wanted)
    dropped = tuple(
        AccountRemoved(account.id)
        for account in state.open_accounts
        if account.network in unticked and not _is_in_use(account, state)
    )
    return added + dropped


def _domains_written(words: str, state: State) -> tuple[Event, ...]:
    known = {account.domain for account in state.open_accounts}
    added: list[AccountAdded] = []
    for domain in filter(None, map(parse_domain, _BETWEEN_DOMAINS.split(words))):
        if domain not in known:
            known.add(domain)
            taken = replace(state, used_ids=state.used_ids | {each.account for each in added})
            added.append(AccountAdded(account_id(OTHER, taken), OTHER, domain=domain))
    return tuple(added)


def _names_written(first: str, words: str, state: State) -> tuple[Event, ...]:
    network = state.accounts[first].network
    before = state.answer(first, NAMES)
    # A name of last year's stays known, even if the account is called otherwise by now.
    known = set(_names(before.words)) if isinstance(before, Written) else set()
    known |= {account.label for account in state.open_accounts if account.network == network}
    added: list[AccountAdded] = []
    for name in _names(words):
        if name not in known:
            known.add(name)
            taken = replace(state, used_ids=state.used_ids | {each.account for each in added})
            added.append(AccountAdded(account_id(network, taken), network, label=name))
    return tuple(added)


def _names(words: str) -> tuple[str, ...]:
    parts = (part.strip()[:LONGEST_LABEL] for part in _BETWEEN_NAMES.split(words))
    return tuple(part for part in parts if part)


def _is_in_use(account: Account, state: State) -> bool:
    """Whether a check of the account was answered; what was said before the first check does not count."""
    return any(key[0] == account.id and not key[1].startswith(SETUP) for key in state.answers)


def _chosen(state: State, account: str, check: str) -> tuple[str, ...]:
    answer: Answer | None = state.answer(account, check)
    return answer.ids if isinstance(answer, ChosenMany) else ()
