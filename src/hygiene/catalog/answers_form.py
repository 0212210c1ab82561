"""The answers file as text: a commented blank to fill in, and what is stored, to take elsewhere."""

from __future__ import annotations

import json
from collections.abc import Container, Iterable, Iterator
from datetime import date

from hygiene.engine.ages import ABOUT_THE_PASSWORD, PASSWORD_AGE, says_so, without_password
from hygiene.engine.answer_words import answer_in_words, interval_in_words
from hygiene.engine.names import account_name
from hygiene.engine.placing import domain_of
from hygiene.engine.state import Latest, State
from hygiene.language import _
from hygiene.model.account import YOU, Account
from hygiene.model.checklist import Catalogue, Check, Kind
from hygiene.model.record import Answer, Chosen, ChosenMany, NonAnswer, Via

_INDENT = "  "


def render_blank(catalogue: Catalogue, accounts: Iterable[Account], language: str) -> str:
    """Return a blank answers file for these accounts: every check as a comment, its choices beside it."""
    accounts = tuple(accounts)
    lines = ["version: 1", f"language: {language}", "", *_accounts(accounts, catalogue), "answers:"]
    lines += [
        f"  # {line}"
        for line in _("Take away the # before a line and choose one of the words after it.").split("\n")
    ]
    for account in (None, *accounts):
        lines += _blank_section(account, catalogue, language)
    return "\n".join(lines) + "\n"


def render_answers(state: State, catalogue: Catalogue, day: date, language: str) -> str:
    """Return what is stored as an answers file; taken in again, it gives the same report."""
    lines = [
        "version: 1",
        f"language: {language}",
        "",
        *_accounts(state.open_accounts, catalogue),
        "answers:",
    ]
    owners: dict[str, str | None] = {YOU: None} | {each.id: each.network for each in state.open_accounts}
    for owner, network in owners.items():
        said = [
            (latest, check)
            for each in catalogue.for_network(network)
            for check in each.checks
            if (latest := state.latest(owner, check) or _put_off(state, owner, check, day))
            and not (check.core_id in ABOUT_THE_PASSWORD and _is_overruled(latest, owner, state))
        ]
        # In the order of saying: of two answers about one password, the later one counts.
        entries = [
            f"    {check.id}: {_entry(latest, day)}"
            for latest, check in sorted(said, key=lambda item: item[0].seq)
            if _is_readable(check, latest.answer, owners)
        ]
        if entries:
            lines += [f"  {owner}:", *entries]
    if lines[-1] == "answers:":
        lines[-1] = "answers: {}"
    return "\n".join(lines) + "\n"


def _is_overruled(latest: Latest, owner: str, state: State) -> bool:
    """Whether “no password of its own” was said and is true no more; a file has no order to tell by."""
    account = state.accounts.get(owner)
    return account is not None and says_so(latest) and without_password(account, state) is None


def _put_off(state: State, owner: str, check: Check, day: date) -> Latest | None:
    seq = state.deferred.get((owner, check.id))
    return Latest(NonAnswer.LATER, day, seq) if seq else None


def _accounts(accounts: Iterable[Account], catalogue: Catalogue) -> Iterator[str]:
    rows = []
    for account in accounts:
        fields = {"id": account.id, "network": account.network}
        if account.label:
            fields["label"] = account.label
        if account.purpose:
            fields["purpose"] = account.purpose.value
        if domain := domain_of(account, catalogue):
            fields["domain"] = domain
        if account.opened:
            fields["opened"] = interval_in_words(account.opened)
        rows.append(", ".join(f"{key}: {_scalar(value)}" for key, value in fields.items()))
    yield "accounts:" if rows else "accounts: []"
    yield from (f"{_INDENT}- {{{row}}}" for row in rows)


def _is_readable(check: Check, answer: Answer, owners: Container[str]) -> bool:
    """Whether an answers file may say so today: a choice may be gone, and so may an account."""
    match answer:
        case Chosen(choice) if check.kind is not Kind.DATE:
            return check.choice(choice) is not None
        case ChosenMany(choices):
            return all(map(check.choice, choices))
        case Via(account):
            return account in owners
        case _:
            return True


def _entry(latest: Latest, day: date) -> str:
    words = answer_in_words(latest.answer)
    answer = "[" + ", ".join(map(_scalar, words)) + "]" if isinstance(words, list) else _scalar(words)
    extra = []
    if latest.note:
        extra.append(f"note: {_scalar(latest.note)}")
    if latest.on != day:
        extra.append(f"on: {latest.on}")
    if latest.as_of:
        extra.append(f"as_of: {latest.as_of}")
    return f"{{answer: {', '.join([answer, *extra])}}}" if extra else answer


def _scalar(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _blank_section(account: Account | None, catalogue: Catalogue, language: str) -> Iterator[str]:
    yield f"  {account.id if account else YOU}:"
    yield f"    # {_('(nothing answered yet)')}"
    name = account_name(account, catalogue)
    for checklist in catalogue.for_network(account.network if account else None):
        for check in checklist.checks:
            question = check.question.filled("network", name).to(language)
            # On one line, whatever its author did: a second one would no longer be a comment.
            yield f"    # {' '.join(question.split())}"
            yield f"    # {check.id}: {_allowed(check)}"


def _allowed(check: Check) -> str:
    if check.kind is Kind.DATE:
        more = " | passkey | via ACCOUNT" if check.core_id == PASSWORD_AGE else ""
        return f'2026-03-17 | 2026-03 | 2026 | "6 months ago" | never{more} | unknown'
    return " | ".join([*(choice.id for choice in check.choices), "unknown", "not-applicable", "later"])
