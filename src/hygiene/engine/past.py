"""Finished audits, read from the lines that they kept and never judged again with newer checklists.

A check is read under the name that it had then. Where its checklist still has it, under this id or as one
that it replaces, its steps are today's; a check that no checklist has any more keeps its title.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from hygiene.engine.ages import PASSWORD_AGE, password_of
from hygiene.engine.assess import order_of_action, score_of
from hygiene.engine.state import Audit, State, current_state, titles
from hygiene.model.checklist import Catalogue, Check, Remediation
from hygiene.model.finding import Assessment, Password, PasswordAge, PasswordState, Result, Score
from hygiene.model.record import AuditFinished, Judged, Judgement, Outcome, Record
from hygiene.model.text import Text, same

_STATES: Mapping[Outcome, PasswordState] = {
    Outcome.PASS: PasswordState.FRESH,
    Outcome.FAIL: PasswordState.DUE,
    Outcome.UNKNOWN: PasswordState.UNCERTAIN,
    Outcome.NOT_CHECKED: PasswordState.UNKNOWN,
}


class Kept(Struct, frozen=True):
    """What a finished audit kept.

    Attributes:
        judgements: by account and check; a later portion's word counts.
        on: the day on which a portion was finished last.
        seq: where in the record the last of it stands.
    """

    judgements: dict[tuple[str, str], Judgement] = field(default_factory=dict)
    on: date = date.min
    seq: int = 0


class PastAudit(Struct, frozen=True):
    """One audit in figures; of one that was never finished there are none."""

    audit: Audit
    score: Score
    outcomes: Mapping[Outcome, int]


class Checks(Struct, frozen=True):
    """The checks of today, by their ids and those that they replace, and the titles that checks once had."""

    today: Mapping[str, Check] = field(default_factory=dict)
    titles: Mapping[tuple[str, int], Text] = field(default_factory=dict)

    def id_today(self, check_id: str) -> str:
        """Return what a check is called today; a retired one keeps its name."""
        check = self.today.get(check_id)
        return check.id if check else check_id

    def as_then(self, judgement: Judgement) -> Check:
        """Return a check as it was called when it was judged."""
        check_id, revision = judgement.check, judgement.revision
        check = self.today.get(check_id)
        if check and (check.id, check.revision) == (check_id, revision):
            return check
        title = self.titles.get((check_id, revision))
        if check:
            return replace(check, id=check_id, revision=revision, title=title or check.title, done=None)
        title = title or same(check_id)
        return Check(check_id, title, title, same(""), judgement.severity, Remediation(0), revision=revision)


def checks_of(catalogue: Catalogue, record: Record) -> Checks:
    """Return the checks of today and of former times."""
    checks = [check for checklist in catalogue.checklists.values() for check in checklist.checks]
    replaced = {old: check for check in checks for old in check.replaces}
    return Checks(replaced | {check.id: check for check in checks}, titles(record))


def kept_by_audit(record: Record) -> Mapping[str, Kept]:
    """Return what each finished audit kept, by its id."""
    kept: dict[str, Kept] = {}
    for statement in record.statements:
        match statement.event:
            case AuditFinished(audit):
                known = kept.get(audit, Kept())
                kept[audit] = Kept(known.judgements, statement.on, statement.seq)
            case Judged(audit, account, judgements):
                known = kept.get(audit, Kept())
                known.judgements.update({(account, each.check): each for each in judgements})
                kept[audit] = Kept(known.judgements, statement.on, statement.seq)
            case _:
                pass
    return kept


def history_of(record: Record, state: State) -> tuple[PastAudit, ...]:
    """Return every audit, the first one first, in the figures of its own time; no checklist is needed."""
    kept, unnamed = kept_by_audit(record), Checks()
    return tuple(
        _in_figures(audit, tuple(_results(kept.get(audit.id, Kept()), unnamed)))
        for audit in state.audits.values()
    )


def state_at(record: Record, seq: int) -> State:
    """Return what the record said up to and including a place in it."""
    return current_state(Record(tuple(each for each in record.statements if each.seq <= seq)))


def assessment_then(audit: Audit, kept: Kept, state: State, checks: Checks, months: int) -> Assessment:
    """Return a finished audit as it was judged then.

    Args:
        audit: which one.
        kept: what it kept.
        state: what the record said when it kept that.
        checks: of today and of former times.
        months: the period of passwords today; it says until when a password was fresh, not whether it was.
    """
    results = tuple(_with_answer(each, state, kept.on) for each in _results(kept, checks))
    judged = {result.account for result in results}
    return Assessment(
        day=audit.finished_on or kept.on,
        scope=audit.scope,
        results=results,
        findings=tuple(sorted((each for each in results if each.is_finding), key=order_of_action)),
        score=score_of(results),
        passwords=tuple(_passwords(results, state, months, kept.on)),
        accounts=tuple(state.accounts.values()),
        not_covered=tuple(each for each in state.open_accounts if each.id not in judged),
    )


def _in_figures(audit: Audit, results: tuple[Result, ...]) -> PastAudit:
    outcomes = [result.outcome for result in results]
    return PastAudit(audit, score_of(results), {each: outcomes.count(each) for each in Outcome})


def _results(kept: Kept, checks: Checks) -> Iterator[Result]:
    known: dict[tuple[str, int], Check] = {}
    for (account, check_id), judgement in kept.judgements.items():
        name = check_id, judgement.revision
        if name not in known:
            known[name] = checks.as_then(judgement)
        yield Result(account, known[name], judgement.outcome, judgement.severity, judgement.weight)


def _with_answer(result: Result, state: State, on: date) -> Result:
    """Return a result with the answer and the waiver that were in force then."""
    latest = state.latest(result.account, result.check)
    waiver = state.waiver(result.account, result.check)
    if waiver and waiver.until and waiver.until < on:
        waiver = None
    if latest is None:
        return replace(result, waiver=waiver) if waiver else result
    return replace(
        result,
        answer=latest.answer,
        answered_on=latest.on,
        note=latest.note,
        source=latest.source,
        as_of=latest.as_of,
        waiver=waiver,
    )


def _passwords(results: Iterable[Result], state: State, months: int, on: date) -> Iterator[Password]:
    """Yield the passwords as they were judged; their dates come from the answers."""
    outcomes = {each.account: each.outcome for each in results if each.check.core_id == PASSWORD_AGE}
    for account in state.open_accounts:
        judged = _STATES.get(outcomes.get(account.id, Outcome.NOT_APPLICABLE))
        if judged is None:
            continue
        password = password_of(account, state, months, on)
        is_exempt = judged is PasswordState.FRESH and password.age.state is PasswordState.EXEMPT
        agrees = is_exempt or password.age.state is judged
        yield password if agrees else replace(password, age=PasswordAge(judged), via=None)
