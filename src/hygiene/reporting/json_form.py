"""The JSON that other people's scripts read: shapes of their own, versioned by `schema`.

A shape is written out here key by key and is not a dump of the values inside, so that those may change while
these stay. Names and meanings never change within a version; keys may be added.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from datetime import date

from hygiene.engine.answer_words import answer_in_words
from hygiene.engine.past import PastAudit
from hygiene.engine.state import Audit
from hygiene.model.account import Account
from hygiene.model.checklist import Checklist, Severity, Steps
from hygiene.model.finding import Assessment, Changes, Password, PasswordState, Result, Score, Waiver
from hygiene.model.record import ChecklistUsed, Outcome
from hygiene.model.text import Text
from hygiene.reporting.links import safe_url
from hygiene.reporting.occasion import Due, Occasion
from hygiene.reporting.redaction import Redaction
from hygiene.reporting.words import service_name
from hygiene.safety.cleaning import clean

Json = dict[str, object]


def to_text(value: Json) -> str:
    """Return a value as JSON for people too: indented, with letters as they are, ending in a line feed.

    Its texts are cleaned, since a terminal may be what reads them.
    """
    return to_exact_text(_cleaned(value))


def to_exact_text(value: object) -> str:
    """Return a value as `to_text` does, letter by letter as it is: what was said, exported for good."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def _cleaned(value: object) -> object:
    match value:
        case str():
            return clean(value, multiline=True)
        case dict():
            return {key: _cleaned(each) for key, each in value.items()}
        case list() | tuple():
            return [_cleaned(each) for each in value]
        case _:
            return value


def report_json(
    assessment: Assessment, occasion: Occasion, language: str, redaction: Redaction = Redaction.NONE
) -> Json:
    """Return `hygiene.report/1`.

    Args:
        assessment: what is reported.
        occasion: the audit it belongs to.
        language: the language of titles, risks and steps.
        redaction: what was taken out of it already.
    """
    return {
        "schema": "hygiene.report/1",
        "generated_on": (occasion.made_on or assessment.day).isoformat(),
        "language": language,
        "redacted": redaction.value,
        "audit": audit_json(occasion.audit) if occasion.audit else None,
        "score": _score(assessment.score),
        "outcomes": _outcomes(assessment),
        "open": _open(assessment),
        "accounts": [_account(account) for account in assessment.accounts],
        "findings": _findings(assessment, language),
        "passwords": [_password(password) for password in assessment.passwords],
        "password_states": _password_states(assessment),
        "changes": _changes(occasion.changes),
        "next_audit_on": _day(occasion.next_audit_on),
    }


def findings_json(assessment: Assessment, language: str) -> Json:
    """Return `hygiene.findings/1`, in the order in which to act."""
    return {"schema": "hygiene.findings/1", "findings": _findings(assessment, language)}


def due_json(due: Due) -> Json:
    """Return `hygiene.due/1`: every account's password, the audit, and the waivers that ended."""
    return {
        "schema": "hygiene.due/1",
        "on": due.on.isoformat(),
        "passwords": [
            {
                "account": password.account.id,
                "state": password.age.state.value,
                "due_on": _day(password.age.due_on),
                "age_months": password.age.age_months,
            }
            for password in due.passwords
        ],
        "audit": {
            "last_on": _day(due.last_audit_on),
            "due_on": _day(due.next_audit_on),
            "due": due.audit_due,
        },
        "waivers": [{"id": each.id, "until": each.until.isoformat()} for each in due.ended_waivers],
        "checks": [{"id": each.id, "since": each.since.isoformat()} for each in due.checks],
    }


def status_json(assessment: Assessment, due: Due) -> Json:
    """Return `hygiene.status/1`: where the person stands, in figures. Waived findings are not open."""
    return {
        "schema": "hygiene.status/1",
        "on": assessment.day.isoformat(),
        "score": _score(assessment.score),
        "outcomes": _outcomes(assessment),
        "open": _open(assessment),
        "due": {
            "passwords": due.due_passwords,
            "audit": due.audit_due,
            "waivers": len(due.ended_waivers),
        },
        "next_audit_on": _day(due.next_audit_on),
    }


def history_json(history: Iterable[PastAudit]) -> Json:
    """Return `hygiene.history/1`: every audit, the first one first, in the figures of its own time."""
    return {
        "schema": "hygiene.history/1",
        "audits": [
            {
                "id": past.audit.id,
                "started_on": past.audit.started_on.isoformat(),
                "finished_on": _day(past.audit.finished_on),
                "scope": past.audit.scope.value,
                "score": _score(past.score),
                "outcomes": {outcome.value: past.outcomes[outcome] for outcome in Outcome},
            }
            for past in history
        ],
    }


def compare_json(changes: Changes, before: Audit, after: Audit | None) -> Json:
    """Return `hygiene.compare/1`; without a later audit the comparison is with today."""
    return {
        "schema": "hygiene.compare/1",
        "from": changes.since.isoformat(),
        "to": changes.until.isoformat(),
        "from_audit": before.id,
        "to_audit": after.id if after else None,
        **_changed(changes),
    }


def accounts_json(accounts: Iterable[Account]) -> Json:
    """Return `hygiene.accounts/1`."""
    return {"schema": "hygiene.accounts/1", "accounts": [_account(account) for account in accounts]}


def checklists_json(checklists: Iterable[Checklist], language: str) -> Json:
    """Return `hygiene.checklists/1`."""
    return {
        "schema": "hygiene.checklists/1",
        "checklists": [
            {
                "id": checklist.id,
                "version": checklist.version,
                "title": checklist.title.to(language),
                "network": checklist.network,
                "checks": len(checklist.checks),
                "publisher": checklist.publisher,
                "trust": checklist.trust.value,
            }
            for checklist in checklists
        ],
    }


def audit_json(audit: Audit) -> Json:
    """Return an audit as a report has it."""
    return {
        "id": audit.id,
        "started_on": audit.started_on.isoformat(),
        "finished_on": _day(audit.finished_on),
        "scope": audit.scope.value,
        "checklists": [_checklist_used(used) for used in audit.checklists],
    }


def _changes(changes: Changes | None) -> Json | None:
    return {"since": changes.since.isoformat(), **_changed(changes)} if changes else None


def _changed(changes: Changes) -> Json:
    return {
        "regressed": [result.id for result in changes.regressed],
        "fixed": [result.id for result in changes.fixed],
        "added": [result.id for result in changes.added],
        "retired": [result.id for result in changes.retired],
        "unchanged": [result.id for result in changes.unchanged],
        "closed": [account.id for account in changes.closed],
    }


def _checklist_used(used: ChecklistUsed) -> Json:
    return {
        "id": used.id,
        "version": used.version,
        "digest": used.digest,
        "publisher": used.publisher,
        "trust": used.trust,
    }


def _score(score: Score) -> Json:
    return {"value": score.value, "answered": score.answered, "applicable": score.applicable}


def _outcomes(assessment: Assessment) -> Json:
    return {outcome.value: assessment.count(outcome) for outcome in Outcome}


def _open(assessment: Assessment) -> Json:
    counts = Counter(each.severity for each in assessment.findings if each.waiver is None)
    return {severity.word: counts[severity] for severity in sorted(Severity, reverse=True)}


def _password_states(assessment: Assessment) -> Json:
    counts = Counter(password.age.state for password in assessment.passwords)
    return {state.value: counts[state] for state in PasswordState}


def _account(account: Account) -> Json:
    return {
        "id": account.id,
        "network": account.network,
        "domain": account.domain,
        "label": account.label,
        "purpose": account.purpose.value if account.purpose else None,
        "closed_on": _day(account.closed_on),
    }


def _findings(assessment: Assessment, language: str) -> list[Json]:
    accounts = {account.id: account for account in assessment.accounts}
    return [_finding(result, accounts.get(result.account), language) for result in assessment.findings]


def _finding(result: Result, account: Account | None, language: str) -> Json:
    check, remedy = result.check, result.check.remediation
    name = service_name(account)
    return {
        "id": result.id,
        "account": result.account,
        "network": account.network if account else None,
        "check": check.id,
        "outcome": result.outcome.value,
        "severity": result.severity.word,
        "title": check.title.filled("network", name).to(language),
        "risk": check.risk.filled("network", name).to(language),
        "steps": [line for steps in remedy.steps for line in _lines(steps, name, language)],
        "settings_url": safe_url(remedy.settings_url),
        "help_url": safe_url(remedy.help_url),
        "minutes": remedy.minutes,
        "answer": None if result.answer is None else answer_in_words(result.answer),
        "answered_on": _day(result.answered_on),
        "source": result.source or None,
        "as_of": _day(result.as_of),
        "waiver": _waiver(result.waiver),
    }


def _lines(steps: Steps, name: Text, language: str) -> list[str]:
    """Return the steps; those of one platform say which, as `ios: …`."""
    mark = f"{steps.platform}: " if steps.platform else ""
    return [mark + line.filled("network", name).to(language) for line in steps.lines]


def _waiver(waiver: Waiver | None) -> Json | None:
    return {"reason": waiver.reason, "until": _day(waiver.until)} if waiver else None


def _password(password: Password) -> Json:
    interval = password.interval
    return {
        "account": password.account.id,
        "not_before": _day(interval.not_before) if interval else None,
        "not_after": _day(interval.not_after) if interval else None,
        "due_on": _day(password.age.due_on),
        "state": password.age.state.value,
        "as_of": _day(password.as_of),
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None
