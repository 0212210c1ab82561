"""The answers file as text: a commented blank to fill in, and what is stored, to take elsewhere."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date

from hygiene.engine.answer_words import answer_in_words, interval_in_words
from hygiene.engine.state import Latest, State
from hygiene.language import _
from hygiene.model.account import YOU, Account
from hygiene.model.checklist import Catalogue, Check, Kind

_INDENT = "  "


def render_blank(catalogue: Catalogue, accounts: Iterable[Account], language: str) -> str:
    """Return a blank answers file for these accounts: every check as a comment, its choices beside it."""
    accounts = tuple(accounts)
    lines = ["version: 1", f"language: {language}", "", *_accounts(accounts), "answers:"]
    lines += [
        f"  # {line}"
        for line in _("Take away the # before a line and choose one of the words after it.").split("\n")
    ]
    lines += _blank_section(YOU, catalogue, None, language)
    for account in accounts:
        lines += _blank_section(account.id, catalogue, account.network, language)
    return "\n".join(lines) + "\n"


def render_answers(state: State, catalogue: Catalogue, day: date, language: str) -> str:
    """Return what is stored as an answers file; taken in again, it gives the same report."""
    lines = ["version: 1", f"language: {language}", "", *_accounts(state.open_accounts), "answers:"]
    owners: dict[str, str | None] = {YOU: None} | {each.id: each.network for each in state.open_accounts}
    for owner, network in owners.items():
        checks = [check for each in catalogue.for_network(network) for check in each.checks]
        entries = [
            f"    {check.id}: {_entry(state.answers[owner, check.id], day)}"
            for check in checks
            if (owner, check.id) in state.answers
        ]
        if entries:
            lines += [f"  {owner}:", *entries]
    if lines[-1] == "answers:":
        lines[-1] = "answers: {}"
    return "\n".join(lines) + "\n"


def _accounts(accounts: Iterable[Account]) -> Iterator[str]:
    rows = []
    for account in accounts:
        fields = {"id": account.id, "network": account.network}
        if account.label:
            fields["label"] = account.label
        if account.purpose:
            fields["purpose"] = account.purpose.value
        if account.domain:
            fields["domain"] = account.domain
        if account.opened:
            fields["opened"] = interval_in_words(account.opened)
        rows.append(", ".join(f"{key}: {_scalar(value)}" for key, value in fields.items()))
    yield "accounts:" if rows else "accounts: []"
    yield from (f"{_INDENT}- {{{row}}}" for row in rows)


def _entry(latest: Latest, day: date) -> str:
    words = answer_in_words(latest.answer)
    answer = "[" + ", ".join(map(_scalar, words)) + "]" if isinstance(words, list) else _scalar(words)
    extra = []
    if latest.note:
        extra.append(f"note: {_scalar(latest.note)}")
    if latest.on != day:
        extra.append(f"on: {latest.on}")
    return f"{{answer: {', '.join([answer, *extra])}}}" if extra else answer


def _scalar(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)


def _blank_section(owner: str, catalogue: Catalogue, network: str | None, language: str) -> Iterator[str]:
    yield f"  {owner}:"
    yield f"    # {_('(nothing answered yet)')}"
    for checklist in catalogue.for_network(network):
        for check in checklist.checks:
            yield f"    # {check.question.to(language)}"
            yield f"    # {check.id}: {_allowed(check)}"


def _allowed(check: Check) -> str:
    if check.kind is Kind.DATE:
        return "2026-03-17 | 2026-03 | 2026 | never | unknown"
    return " | ".join([*(choice.id for choice in check.choices), "unknown", "not-applicable", "later"])
