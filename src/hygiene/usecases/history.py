"""What the record remembers: every audit, an earlier one as it was, and what changed between two moments."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.compare import compare, find_returns
from hygiene.engine.past import (
    Checks,
    Kept,
    PastAudit,
    assessment_then,
    checks_of,
    history_of,
    kept_by_audit,
    state_at,
)
from hygiene.engine.schedule import next_audit_on
from hygiene.engine.state import Audit, State
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_
from hygiene.model.account import Account
from hygiene.model.finding import Assessment, Changes
from hygiene.model.record import Record
from hygiene.reporting.change_section import change_section
from hygiene.reporting.memory_text import render_changes
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.words import Voice
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import Desk, state_of


class Comparison(Struct, frozen=True):
    """What changed from an audit to another, or to today (None).

    Attributes:
        accounts: those of the later side.
        further: where one could look back to instead, if nobody named an audit and nothing has changed.
    """

    changes: Changes
    before: Audit
    after: Audit | None
    accounts: tuple[Account, ...]
    further: Audit | None = None


class Memory:
    """A record, looked back into: what its audits kept is read once."""

    def __init__(self, record: Record, desk: Desk) -> None:
        self._record = record
        self._desk = desk
        self._checks: Checks = checks_of(desk.catalogue, record)
        self._kept: Mapping[str, Kept] = kept_by_audit(record)

    def assessment_of(self, audit: Audit) -> Assessment:
        """Return an audit as it was judged then."""
        kept = self._kept.get(audit.id, Kept())
        state = state_at(self._record, kept.seq)
        months = self._desk.policy.password_months.value
        return assessment_then(audit, kept, state, self._checks, months)

    def changes(self, before: Audit, after: Audit | None, assessment: Assessment) -> Changes:
        """Return what changed from an audit to an assessment: of another audit, or of today (None)."""
        first = self._end_of(before)
        last = self._end_of(after) if after else self._record.next_seq
        accounts = {account.id: account for account in assessment.accounts}
        returns = find_returns(self._record, first, last, self._checks, accounts)
        return compare(self.assessment_of(before), assessment, self._checks, returns)

    def _end_of(self, audit: Audit) -> int:
        return self._kept.get(audit.id, Kept()).seq


def list_audits(store: OpenStore) -> tuple[PastAudit, ...]:
    """Return every audit, the first one first, in the figures of its own time."""
    return history_of(store.record, state_of(store))


def with_memory(occasion: Occasion, store: OpenStore, state: State, desk: Desk, now: Assessment) -> Occasion:
    """Return today's occasion with what changed since the audit before, and with all audits.

    The audit before is the last one that was finished and begun before the latest; until the second year it
    is the only one, from the day after it was finished.
    """
    finished = _finished(state)
    latest = state.latest_audit
    before = next((each for each in reversed(finished) if each is not latest), None)
    if before is None and finished and not _is_of_today(finished[-1], desk):
        before = finished[-1]
    if before is None:
        return occasion
    changes = Memory(store.record, desk).changes(before, None, now)
    return replace(occasion, changes=changes, history=list_audits(store))


def look_back(store: OpenStore, desk: Desk, audit: Audit) -> tuple[Assessment, Occasion]:
    """Return an earlier audit as it was judged then, and the occasion of a report about it today."""
    state, memory = state_of(store), Memory(store.record, desk)
    assessment = memory.assessment_of(audit)
    earlier = _finished(state)
    earlier = earlier[: earlier.index(audit)]
    history = list_audits(store)
    past = [each.audit.id for each in history].index(audit.id)
    occasion = Occasion(
        audit,
        next_audit_on(state, desk.policy),
        changes=memory.changes(earlier[-1], audit, assessment) if earlier else None,
        history=history[: past + 1],
        made_on=desk.day,
    )
    return assessment, occasion


def compare_audits(store: OpenStore, desk: Desk, names: tuple[str, ...]) -> Comparison:
    """Return what changed: from the last audit before today, from one that is named, or between two.

    Args:
        store: whose audits.
        desk: the checklists and the day.
        names: none, one or two; see `find_audit`.

    Raises:
        NotDoneError: no audit has been finished yet.
        UsageError: a name fits no finished audit, or several.
    """
    state, memory = state_of(store), Memory(store.record, desk)
    chosen = [find_audit(state, name) for name in names] or [_last_before_today(state, desk)]
    after = chosen[1] if len(chosen) > 1 else None
    assessment = memory.assessment_of(after) if after else desk.assess(state)
    before = chosen[0]
    changes = memory.changes(before, after, assessment)
    earlier = [each for each in _finished(state) if each.seq < before.seq]
    further = earlier[-1] if earlier and not names and changes.is_nothing else None
    return Comparison(changes, before, after, assessment.accounts, further)


def render_comparison(comparison: Comparison, desk: Desk, language: str) -> str:
    """Return a comparison in plain text."""
    accounts = {account.id: account for account in comparison.accounts}
    voice = Voice(language, desk.day, desk.catalogue, accounts)
    section = change_section(comparison.changes, voice, until_today=comparison.after is None)
    return render_changes(section)


def find_audit(state: State, name: str) -> Audit:
    """Return the finished audit of that name: its id or the beginning of it, its day, month or year.

    Raises:
        NotDoneError: no audit has been finished yet.
        UsageError: it fits no finished audit, or several.
    """
    finished = _finished(state)
    if not finished:
        raise _nothing_finished()
    fitting = [each for each in finished if each.id == name]
    fitting = fitting or [each for each in finished if str(each.finished_on).startswith(name) and name]
    fitting = fitting or [each for each in finished if each.id.startswith(name) and name]
    if len(fitting) == 1:
        return fitting[0]
    message = (
        N_("“{name}” fits several audits: {audits}")
        if fitting
        else N_("no finished audit is called “{name}”")
    )
    raise UsageError(
        message,
        hint=N_("`hygiene history` shows them all; name one by its day, or by its id"),
        name=name,
        audits=", ".join(f"{each.finished_on} [{each.id[:8]}]" for each in fitting),
    )


def _last_before_today(state: State, desk: Desk) -> Audit:
    finished = _finished(state)
    if not finished:
        raise _nothing_finished()
    return next((each for each in reversed(finished) if not _is_of_today(each, desk)), finished[-1])


def _finished(state: State) -> list[Audit]:
    return [audit for audit in state.audits.values() if audit.finished_on]


def _is_of_today(audit: Audit, desk: Desk) -> bool:
    return audit.finished_on is not None and audit.finished_on >= desk.day


def _nothing_finished() -> NotDoneError:
    return NotDoneError(
        N_("no audit has been finished yet, so there is nothing to look back to"),
        hint=N_("`hygiene audit` goes on where you stopped"),
    )
