"""Laws of the comparison."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.builders import POLICY
from tests.property.answers import CHECKS, LISTS, past, statements

from hygiene.engine.assess import assess, score_of
from hygiene.engine.compare import compare
from hygiene.engine.past import assessment_then, checks_of, kept_by_audit, state_at
from hygiene.engine.state import current_state
from hygiene.model.account import YOU, Account
from hygiene.model.finding import Assessment, Changes, Result
from hygiene.model.record import (
    AuditFinished,
    AuditStarted,
    Event,
    Judged,
    Judgement,
    Outcome,
    Record,
    Scope,
    Statement,
)

ACCOUNTS = tuple(Account(name, "instagram") for name in ("insta", "club", "tw"))
results = st.builds(
    Result,
    st.sampled_from([*(each.id for each in ACCOUNTS), YOU]),
    st.sampled_from([*CHECKS, *(replace(each, id=f"{each.id}-of-old") for each in CHECKS[:4])]),
    st.sampled_from(Outcome),
    st.sampled_from([each.severity for each in CHECKS]),
    st.integers(0, 10),
)
seen = st.lists(results, max_size=30, unique_by=lambda each: each.id).map(
    lambda each: Assessment(date(2026, 1, 1), Scope.FULL, tuple(each), (), score_of(each), (), ACCOUNTS, ())
)
checks = checks_of(LISTS, Record())


def ids(what: tuple[Result, ...]) -> set[str]:
    return {each.id for each in what}


def kinds(changes: Changes) -> list[set[str]]:
    lists = (changes.regressed, changes.fixed, changes.added, changes.retired, changes.unchanged)
    return [ids(each) for each in lists]


@given(seen)
def test_nothing_changed_against_itself(now: Assessment) -> None:
    """Every finding is as it was."""
    changes = compare(now, now, checks)
    assert changes.is_nothing
    assert ids(changes.unchanged) == {each.id for each in now.results if each.is_finding}


@given(seen, seen)
def test_what_is_fixed_one_way_is_worse_the_other_way(one: Assessment, other: Assessment) -> None:
    """And what is open on both sides is so either way."""
    forth, back = compare(one, other, checks), compare(other, one, checks)
    assert ids(forth.fixed) == ids(back.regressed)
    assert ids(forth.regressed) == ids(back.fixed)
    assert ids(forth.unchanged) == ids(back.unchanged)


@given(seen, seen)
def test_a_check_is_of_one_kind_and_every_finding_of_some(one: Assessment, other: Assessment) -> None:
    """What is a finding now got worse, is new, or was one before."""
    found = kinds(compare(one, other, checks))
    assert sum(map(len, found)) == len(set().union(*found))
    regressed, _fixed, added, _retired, unchanged = found
    assert regressed | added | unchanged == {each.id for each in other.results if each.is_finding}


records = st.lists(statements, max_size=40, unique_by=lambda each: (each.seq, each.id)).map(tuple)


@given(records, past, st.sampled_from(Scope))
def test_an_audit_finished_now_is_what_was_found(
    said: tuple[Statement, ...], day: date, scope: Scope
) -> None:
    """Reading what an audit kept gives today's assessment: same outcomes, same score, nothing changed."""
    state = current_state(Record(said))
    now = assess(state, LISTS, POLICY, day, scope)
    kept = tuple(
        Judged("new", each.account, (Judgement(each.check.id, 1, each.outcome, each.severity, each.weight),))
        for each in now.results
    )
    events: tuple[Event, ...] = (AuditStarted("new", scope), AuditFinished("new"), *kept)
    record = Record((*said, *(Statement("z", 100 + n, day, event) for n, event in enumerate(events))))
    audit = kept_by_audit(record)["new"]
    state = state_at(record, audit.seq)
    then = assessment_then(state.audits["new"], audit, state, checks_of(LISTS, record), 3)
    assert [(each.id, each.outcome) for each in then.results] == [
        (each.id, each.outcome) for each in now.results
    ]
    assert then.score == now.score
    assert [each.id for each in then.findings] == [each.id for each in now.findings]
    assert compare(then, now, checks_of(LISTS, record)).is_nothing
