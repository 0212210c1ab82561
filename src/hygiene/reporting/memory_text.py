"""What changed between audits, and all audits, in plain text: one thing a line, in words and figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hygiene.engine.past import PastAudit
from hygiene.language import N_, _
from hygiene.model.record import Outcome, Scope
from hygiene.reporting.change_section import ChangeSection, TrendLine, trend_of
from hygiene.reporting.topics import Topic
from hygiene.reporting.words import listed, say_coverage, say_score
from hygiene.spoken_dates import say_date

_ID = 8  # characters that tell one audit from another
_SCOPES: Mapping[Scope, str] = {
    Scope.CORE: N_("core questions only"),
    Scope.DEFAULT: "",  # the usual one
    Scope.FULL: N_("all questions"),
}


def render_history(history: Iterable[PastAudit], language: str) -> str:
    """Return every audit, one a line, and at the end how the score moved."""
    history = tuple(history)
    trend = trend_of(history, language)
    moved = iter(trend)
    lines = [
        _audit(past, next(moved, None) if past.audit.finished_on else None, language) for past in history
    ]
    if trend:
        scores = listed(line.figure for line in trend)
        lines.append(_("Score from audit to audit: {scores}.").format(scores=scores))
    return "\n".join(lines or [_("There has been no audit yet.")]) + "\n"


def render_changes(section: ChangeSection) -> str:
    """Return what changed, what got worse first; each kind with its number, then one check a line."""
    return "\n".join(_changed(section)) + "\n"


def say_topic(topic: Topic) -> str:
    """Return a check with its accounts, on one line."""
    return f"{topic.title}{_(': ')}{listed(topic.accounts)}" if topic.accounts else str(topic.title)


def _changed(section: ChangeSection) -> Iterator[str]:
    yield section.title
    for group in section.groups:
        yield ""
        yield f"{group.title} ({group.count})"
        yield from (f"- {say_topic(topic)}" for topic in group.topics)
    if section.sentences:
        yield ""
        yield from section.sentences


def _audit(past: PastAudit, line: TrendLine | None, language: str) -> str:
    audit, name = past.audit, past.audit.id[:_ID]
    if audit.finished_on is None:
        begun = say_date(audit.started_on, language)
        return _("Begun on {day}, and not finished. [{id}]").format(day=begun, id=name)
    change = f" ({line.change})" if line and line.change else ""
    facts = (say_score(past.score) + change, say_coverage(past.score), _(_SCOPES[audit.scope]))
    return _("{day}: {facts}. {outcomes}. [{id}]").format(
        day=say_date(audit.finished_on, language),
        facts=listed(filter(None, facts)),
        outcomes=_outcomes(past),
        id=name,
    )


def _outcomes(past: PastAudit) -> str:
    counts = past.outcomes
    good, bad, unknown = counts[Outcome.PASS], counts[Outcome.FAIL], counts[Outcome.UNKNOWN]
    said = [_("{n} in order").format(n=good), _("{n} to do").format(n=bad)]
    if unknown:
        said.append(_("{n} not known").format(n=unknown))
    return listed(said)
