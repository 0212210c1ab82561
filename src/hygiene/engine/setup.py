"""What is asked before the first check: which networks, how many accounts on each, where they are, what for.

These are questions like all others; their answers also add accounts. A question that `_setup.yaml` does not
have is not asked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date
from itertools import count

from msgspec.structs import replace

from hygiene.engine.gone import CLOSED, gone_events, gone_question
from hygiene.engine.placing import addresses_in, parse_domain, parse_host
from hygiene.engine.questions import Question
from hygiene.engine.same_mailbox import same_mailbox_questions
from hygiene.engine.sitting import Sitting, ask
from hygiene.engine.state import Audit, Latest, State
from hygiene.engine.triage import (
    not_for_work,
    not_for_work_either,
    number_question,
    purpose_question,
    work_question,
)
from hygiene.model.account import OTHER, YOU, Account, Network, Purpose
from hygiene.model.checklist import Check, Choice
from hygiene.model.record import (
    AccountAdded,
    AccountPlaced,
    AccountPurposed,
    AccountRemoved,
    Answer,
    AnswerGiven,
    Chosen,
    ChosenMany,
    Event,
    NonAnswer,
    Written,
)
from hygiene.model.text import same

SETUP = "setup."
NETWORKS = "setup.networks"
DOMAINS = "setup.domains"
SEVERAL = "setup.several"
NAMES = "setup.names"

_BETWEEN_NAMES = re.compile(r"[,;\n]+")
_LONGEST_ID = 32
LONGEST_LABEL = 80


def setup_questions(state: State, audit: Audit, sitting: Sitting) -> Iterator[Question]:
    """Yield the questions before the first check, those answered in this portion included.

    Later portions, and an audit of named checklists, ask only for hosts and purposes that are not known;
    without any account a later portion asks for them again.
    """
    is_first = audit.portion == 1 or not state.open_accounts
    is_whole = is_first and not sitting.only.checklists
    if is_whole:
        yield _networks(state, sitting)
        if OTHER in _chosen(state, YOU, NETWORKS):
            yield ask([(None, sitting.catalogue.setup[DOMAINS])], state, sitting.catalogue)
        yield from gone_question(state, audit, sitting)
        yield from _several(state, sitting)
        yield from same_mailbox_questions(state, sitting)
    yield from _hosts(state, audit, sitting)
    if is_whole:
        yield from work_question(state, audit, sitting)
    yield from purpose_question(state, audit, sitting)
    if is_whole:
        yield from number_question(state, sitting)


def account_id(network: str, state: State) -> str:
    """Return a new id for an account on a network, never one that was used before."""
    return next(account_ids(network, state.used_ids))


def account_ids(network: str, used: frozenset[str]) -> Iterator[str]:
    """Yield new ids for accounts on a network, none of which was used before."""
    if network not in used and network != YOU:
        yield network
    for number in count(2):
        candidate = f"{network[: _LONGEST_ID - 1 - len(str(number))]}-{number}"
        if candidate not in used:
            yield candidate


def events_of(given: AnswerGiven, state: State, sitting: Sitting) -> tuple[Event, ...]:
    """Return an answer to a question before the checks, with what it says of accounts, new ones too."""
    accounts: tuple[Event, ...]
    match given.check, given.answer:
        case "setup.networks", ChosenMany(ids):
            accounts = _networks_chosen(ids, state, sitting)
        case "setup.domains", Written(words):
            accounts = _domains_written(words, state)
        case "setup.several", ChosenMany(ids):
            accounts = _several_chosen(ids, state)
        case "setup.names", Written(words):
            accounts = _names_written(given.account, words, state)
        case "setup.purpose", Chosen(purpose):
            accounts = (AccountPurposed(given.account, Purpose(purpose)),)
        case "setup.gone", Chosen(word):
            accounts = gone_events(state.accounts[given.account], is_closed=word == CLOSED)
        case "setup.work", Chosen("no"):
            accounts = not_for_work(state)
        case _:
            accounts = _host_said(given, state, sitting)
    return (*accounts, *not_for_work_either(accounts, state), given)


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
    known = asked.previous or Latest(ChosenMany(ids), _today(state), 0)
    said = set(known.answer.ids) if isinstance(known.answer, ChosenMany) else set()
    ticked = tuple(choice.id for choice in question.check.choices if choice.id in present | said)
    return replace(question, accounts=(replace(asked, previous=replace(known, answer=ChosenMany(ticked))),))


def _today(state: State) -> date:
    """Return the day of the audit: there is one where a question is asked."""
    return state.latest_audit.started_on if state.latest_audit else date.min


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


def _hosts(state: State, audit: Audit, sitting: Sitting) -> Iterator[Question]:
    for account in state.open_accounts:
        network = sitting.catalogue.networks.get(account.network)
        lists = sitting.catalogue.for_network(account.network)
        check = _host_check(network, sitting) if network else None
        is_wanted = any(sitting.only.includes(each.id) for each in lists)
        if network and check and is_wanted and _is_host_asked(account, check.id, network, state, audit):
            choices = tuple(Choice(host, same(host)) for host in network.hosts)
            yield ask([(account, replace(check, choices=choices))], state, sitting.catalogue)


def _host_check(network: Network, sitting: Sitting) -> Check | None:
    return sitting.catalogue.setup.get(f"{SETUP}{network.host}")


def _is_host_asked(account: Account, check: str, network: Network, state: State, audit: Audit) -> bool:
    """Whether the host is not known, and that was not said either in an earlier portion of this audit."""
    said = state.answers.get((account.id, check))
    if said and said.seq > audit.portion_seq:
        return True
    is_known = parse_host(account.domain or "", network) is not None
    return not is_known and (said is None or said.seq < audit.seq)


def _networks_chosen(ids: Iterable[str], state: State, sitting: Sitting) -> tuple[Event, ...]:
    present = {account.network for account in state.open_accounts}
    wanted = [network for network in ids if network in sitting.catalogue.networks]
    added = tuple(
        AccountAdded(account_id(network, state), network, purpose=sitting.catalogue.networks[network].purpose)
        for network in wanted
        if network not in present and network != OTHER
    )
    unticked = set(_chosen(state, YOU, NETWORKS)).difference(wanted)
    return added + _dropped((each for each in state.open_accounts if each.network in unticked), state)


def _domains_written(words: str, state: State) -> tuple[Event, ...]:
    known = {account.domain for account in state.open_accounts}
    before, now = _domains(_words_of(state.answer(YOU, DOMAINS))), _domains(words)
    slips = (
        each
        for each in state.open_accounts
        if each.network == OTHER and each.domain in before.keys() - now.keys()
    )
    added: list[AccountAdded] = []
    for domain in now:
        if domain not in known:
            known.add(domain)
            taken = replace(state, used_ids=state.used_ids | {each.account for each in added})
            added.append(AccountAdded(account_id(OTHER, taken), OTHER, domain=domain))
    return (*added, *_dropped(slips, state))


def _several_chosen(ids: Iterable[str], state: State) -> tuple[Event, ...]:
    """Drop the accounts that were named under a tick together with it, and bring them back with it."""
    chosen, before = frozenset(ids), frozenset(_chosen(state, YOU, SEVERAL))
    events: list[Event] = []
    for account in state.open_accounts:
        named = state.answer(account.id, NAMES)
        if named and account.network in chosen ^ before:
            words = _words_of(named) if account.network in chosen else ""
            events += _names_written(account.id, words, state)
    return tuple(events)


def _names_written(first: str, words: str, state: State) -> tuple[Event, ...]:
    network = state.accounts[first].network
    here = tuple(account for account in state.open_accounts if account.network == network)
    before = _names_said(first, state)
    slips = (account for account in here if account.label in before.difference(_names(words)))
    # A name of last year's stays known, even if the account is called otherwise by now.
    known = {account.label for account in here} | (set() if _is_of_now(first, NAMES, state) else before)
    added: list[AccountAdded] = []
    for name in _names(words):
        if name not in known:
            known.add(name)
            taken = replace(state, used_ids=state.used_ids | {each.account for each in added})
            added.append(AccountAdded(account_id(network, taken), network, label=name))
    return (*added, *_dropped(slips, state))


def _dropped(accounts: Iterable[Account], state: State) -> tuple[Event, ...]:
    """Drop those that nothing was said about yet: a slip that is corrected leaves no trace."""
    return tuple(AccountRemoved(each.id) for each in accounts if not _is_in_use(each, state))


def _host_said(given: AnswerGiven, state: State, sitting: Sitting) -> tuple[Event, ...]:
    account = state.accounts.get(given.account)
    network = sitting.catalogue.networks.get(account.network) if account else None
    is_host = network is not None and given.check == f"{SETUP}{network.host}"
    if account is None or network is None or not is_host or given.answer is NonAnswer.LATER:
        return ()
    match given.answer:
        case Written(words) | Chosen(words):
            host = parse_host(words, network)
        case _:
            host = None
    return () if host == account.domain else (AccountPlaced(account.id, host),)


def _names(words: str) -> tuple[str, ...]:
    parts = (part.strip()[:LONGEST_LABEL] for part in _BETWEEN_NAMES.split(words))
    return tuple(part for part in parts if part)


def _names_said(account: str, state: State) -> frozenset[str]:
    return frozenset(_names(_words_of(state.answer(account, NAMES))))


def _domains(words: str) -> dict[str, None]:
    """Return the domains in what was written, each once, in their order."""
    return dict.fromkeys(filter(None, map(parse_domain, addresses_in(words))))


def _words_of(answer: Answer | None) -> str:
    return answer.words if isinstance(answer, Written) else ""


def _is_of_now(account: str, check: str, state: State) -> bool:
    """Whether a question was answered in the portion that is running."""
    said, audit = state.answers.get((account, check)), state.latest_audit
    return said is not None and audit is not None and said.seq > audit.portion_seq


def _is_in_use(account: Account, state: State) -> bool:
    """Whether a check of the account was answered; what was said before the first check does not count."""
    return any(key[0] == account.id and not key[1].startswith(SETUP) for key in state.answers)


def _chosen(state: State, account: str, check: str) -> tuple[str, ...]:
    answer: Answer | None = state.answer(account, check)
    return answer.ids if isinstance(answer, ChosenMany) else ()
