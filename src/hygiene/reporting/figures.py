"""A report in figures only: no check, no network, no account; the least that says how somebody is doing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import date
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.state import Audit
from hygiene.language import N_, _
from hygiene.model.checklist import Severity
from hygiene.model.finding import Assessment, PasswordState, Score
from hygiene.model.record import Outcome
from hygiene.reporting.json_form import Json, audit_json
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.password_section import STATES
from hygiene.reporting.redaction import Redaction
from hygiene.reporting.sheet import Group, Row, Sheet
from hygiene.reporting.words import LEVELS, say_coverage, say_score
from hygiene.spoken_dates import say_date

_Kind = TypeVar("_Kind", Outcome, Severity, PasswordState)

OUTCOMES: Mapping[Outcome, str] = {
    Outcome.PASS: N_("in order"),
    Outcome.FAIL: N_("to do"),
    Outcome.UNKNOWN: N_("not known"),
    Outcome.NOT_APPLICABLE: N_("does not apply"),
    Outcome.NOT_CHECKED: N_("never asked"),
}


class Figures(Struct, frozen=True):
    """How many of what, on a day.

    Attributes:
        day: that of the assessment.
        made_on: that of the report.
        outcomes: how many results came to each.
        open: how many findings of each severity, without those accepted on purpose.
        passwords: how many in each state.
        audit: None where there was none.
    """

    day: date
    made_on: date
    score: Score
    outcomes: Mapping[Outcome, int]
    open: Mapping[Severity, int]
    passwords: Mapping[PasswordState, int]
    audit: Audit | None = None
    next_audit_on: date | None = None


def figures_of(assessment: Assessment, occasion: Occasion) -> Figures:
    """Return the figures of what a report is about."""
    open_ = Counter(each.severity for each in assessment.findings if each.waiver is None)
    states = Counter(each.age.state for each in assessment.passwords)
    return Figures(
        day=assessment.day,
        made_on=occasion.made_on or assessment.day,
        score=assessment.score,
        outcomes={outcome: assessment.count(outcome) for outcome in Outcome},
        open={severity: open_[severity] for severity in sorted(Severity, reverse=True)},
        passwords={state: states[state] for state in STATES},
        audit=occasion.audit,
        next_audit_on=occasion.next_audit_on,
    )


def figures_sheet(figures: Figures, language: str) -> Sheet:
    """Return the figures as a short page in a language."""
    return Sheet(
        language=language,
        title=_("Your account check-up"),
        day=say_date(figures.day, language),
        groups=(
            Group("", tuple(_first(figures, language))),
            Group(_("Checks"), _rows(OUTCOMES, figures.outcomes)),
            Group(_("Open findings"), _rows(LEVELS, figures.open)),
            Group(_("Passwords"), _rows(STATES, figures.passwords)),
        ),
        after=(_("Figures only: which accounts and which checks they are about was left out."),),
    )


def figures_json(figures: Figures, language: str) -> Json:
    """Return the figures as `hygiene.report/1`: its lists are empty, those of its audit too."""
    score, audit = figures.score, figures.audit
    return {
        "schema": "hygiene.report/1",
        "generated_on": figures.made_on.isoformat(),
        "language": language,
        "redacted": Redaction.COUNTS.value,
        "audit": audit_json(replace(audit, checklists=())) if audit else None,
        "score": {"value": score.value, "answered": score.answered, "applicable": score.applicable},
        "outcomes": {outcome.value: count for outcome, count in figures.outcomes.items()},
        "open": {severity.word: count for severity, count in figures.open.items()},
        "password_states": {state.value: count for state, count in figures.passwords.items()},
        "accounts": [],
        "findings": [],
        "passwords": [],
        "changes": None,
        "next_audit_on": _iso(figures.next_audit_on),
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _first(figures: Figures, language: str) -> Iterator[Row]:
    yield Row(_("Score"), f"{say_score(figures.score)} ({say_coverage(figures.score)})")
    if figures.next_audit_on:
        yield Row(_("Next audit"), say_date(figures.next_audit_on, language))


def _rows(names: Mapping[_Kind, str], counts: Mapping[_Kind, int]) -> tuple[Row, ...]:
    return tuple(Row(_(name), str(counts[key])) for key, name in names.items())
