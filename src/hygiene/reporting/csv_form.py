"""The findings as a table for spreadsheets: RFC 4180, a heading and one row a finding, or one a figure.

A cell that a spreadsheet would take for a formula gets an apostrophe before it (OWASP, “CSV Injection”).
Headings are the keys of the JSON and the same in every language; titles are in the language of the report.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable, Iterator
from datetime import date

from hygiene.engine.ages import PASSWORD_AGE
from hygiene.engine.answer_words import answer_in_words
from hygiene.model.account import Account
from hygiene.model.finding import Assessment, Result
from hygiene.reporting.figures import Figures
from hygiene.reporting.links import safe_url
from hygiene.reporting.words import service_name
from hygiene.safety.cleaning import clean

COLUMNS = (
    "id",
    "account",
    "label",
    "network",
    "check",
    "severity",
    "outcome",
    "title",
    "minutes",
    "answer",
    "answered_on",
    "due_on",
    "waived_until",
    "waiver_reason",
    "settings_url",
    "help_url",
)
FOR_GOOD = "always"
"""Stands in `waived_until` where a finding was accepted without an end."""

_FORMULA = ("=", "+", "-", "@")


def findings_csv(assessment: Assessment, language: str) -> str:
    """Return the findings in the order in which to act, one a row.

    Args:
        assessment: whose findings.
        language: the language of titles.
    """
    accounts = {account.id: account for account in assessment.accounts}
    due = {each.account.id: each.age.due_on for each in assessment.passwords}
    rows = (
        _row(each, accounts.get(each.account), due.get(each.account), language)
        for each in assessment.findings
    )
    return _table(COLUMNS, rows)


def figures_csv(figures: Figures) -> str:
    """Return figures, one a row; `open.high` is how many findings of high severity are open."""
    return _table(("figure", "value"), _figures(figures))


def guarded(value: object) -> str:
    """Return a value as one cell: clean, on one line, and never a formula. None is an empty cell.

    Full-width forms of `=`, `+`, `-` and `@` count too: a spreadsheet may fold them. So does a sign after
    spaces, which some programs drop.
    """
    words = "" if value is None else clean(str(value).replace("\n", " "))
    first = unicodedata.normalize("NFKC", words).lstrip("\ufffd\u00ad\u200d \t")[:1]
    return f"'{words}" if first in _FORMULA else words


def _table(heading: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(heading)
    writer.writerows([guarded(cell) for cell in row] for row in rows)
    return text.getvalue()


def _row(result: Result, account: Account | None, due_on: date | None, language: str) -> Iterator[object]:
    check, waiver = result.check, result.waiver
    yield result.id
    yield result.account
    yield account.label if account else ""
    yield account.network if account else ""
    yield check.id
    yield result.severity.word
    yield result.outcome.value
    yield check.title.filled("network", service_name(account)).to(language)
    yield check.remediation.minutes
    yield "" if result.answer is None else _said(answer_in_words(result.answer))
    yield result.answered_on
    yield due_on if check.core_id == PASSWORD_AGE else None
    yield (waiver.until or FOR_GOOD) if waiver else None
    yield waiver.reason if waiver else None
    yield safe_url(check.remediation.settings_url)
    yield safe_url(check.remediation.help_url)


def _said(words: str | list[str]) -> str:
    return words if isinstance(words, str) else ", ".join(words)


def _figures(figures: Figures) -> Iterator[tuple[str, object]]:
    yield "on", figures.day
    yield "score", figures.score.value
    yield "answered", figures.score.answered
    yield "applicable", figures.score.applicable
    yield from ((f"outcomes.{outcome.value}", count) for outcome, count in figures.outcomes.items())
    yield from ((f"open.{severity.word}", count) for severity, count in figures.open.items())
    yield from ((f"passwords.{state.value}", count) for state, count in figures.passwords.items())
    yield "next_audit_on", figures.next_audit_on
