"""Finished audits, read from what they kept."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.builders import POLICY, both, catalogue, check, checklist, core_check, days

from hygiene.engine.past import (
    PastAudit,
    assessment_then,
    checks_of,
    history_of,
    kept_by_audit,
    state_at,
)
from hygiene.engine.state import current_state
from hygiene.model.account import YOU
from hygiene.model.checklist import Catalogue, Kind, Severity
from hygiene.model.finding import Assessment, PasswordState, Score, Waiver
from hygiene.model.record import (
    PASSKEY,
    AccountAdded,
    AccountClosed,
    AccountRenamed,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    Chosen,
    Dated,
    Event,
    Judged,
    Judgement,
    Outcome,
    Record,
    Scope,
    Statement,
    Titled,
    Waived,
)

FIRST, SECOND = date(2025, 11, 22), date(2026, 11, 22)
PRIVATE = check("instagram.private", revision=2, replaces=("instagram.hidden",), done=both("It is private"))
AGE = core_check("instagram", "password-age", kind=Kind.DATE, choices=(), severity=Severity.LOW)
LISTS = catalogue(checklist("instagram", PRIVATE, AGE, network="instagram"))


def judged(check_id: str, outcome: Outcome, revision: int = 1, weight: int = 6) -> Judgement:
    return Judgement(check_id, revision, outcome, Severity.HIGH, weight)


def record(*said: tuple[date, Event]) -> Record:
    return Record(
        tuple(Statement(f"s{seq}", seq, on, event) for seq, (on, event) in enumerate(said, start=1))
    )


def audit(
    name: str, on: date, *judgements: Judgement, before: tuple[Event, ...] = ()
) -> list[tuple[date, Event]]:
    events: tuple[Event, ...] = (
        AuditStarted(name, Scope.DEFAULT),
        *before,
        AuditFinished(name),
        Judged(name, "insta", judgements),
    )
    return [(on, event) for event in events]


INSTA = (FIRST, AccountAdded("insta", "instagram"))


def then(said: Record, name: str = "a1", lists: Catalogue = LISTS) -> Assessment:
    kept = kept_by_audit(said)[name]
    state = state_at(said, kept.seq)
    return assessment_then(
        state.audits[name], kept, state, checks_of(lists, said), POLICY.password_months.value
    )


def test_an_audit_keeps_its_outcomes_whatever_is_said_later() -> None:
    said = record(
        INSTA,
        *audit("a1", FIRST, judged("instagram.private", Outcome.FAIL, 2)),
        (SECOND, AnswerGiven("insta", "instagram.private", Chosen("yes"))),
        (SECOND, AccountRenamed("insta", "mine")),
        (SECOND, AccountClosed("insta")),
    )
    found = then(said)
    (result,) = found.results
    assert (result.outcome, result.weight, result.answer) == (Outcome.FAIL, 6, None)
    assert found.findings == (result,)
    assert found.score == Score(0, 1, 1)
    assert found.day == FIRST
    assert [(each.label, each.closed_on) for each in found.accounts] == [("", None)]


def test_the_answer_of_that_day_stands_beside_it() -> None:
    given = (
        AnswerGiven("insta", "instagram.private", Chosen("no"), "in January"),
        Waived("insta", "instagram.private", "so be it", FIRST),
    )
    found = then(
        record(INSTA, *audit("a1", FIRST, judged("instagram.private", Outcome.FAIL, 2), before=given))
    )
    (result,) = found.results
    assert (result.answer, result.answered_on, result.note) == (Chosen("no"), FIRST, "in January")
    assert result.waiver == Waiver("so be it", FIRST)


def test_a_waiver_that_had_ended_then_is_not_shown() -> None:
    given = (date(2025, 10, 1), Waived("insta", "instagram.private", "", date(2025, 11, 21)))
    finished = audit("a1", FIRST, judged("instagram.private", Outcome.FAIL, 2))
    assert then(record(INSTA, given, *finished)).results[0].waiver is None


def test_a_later_portion_has_the_last_word_and_the_first_one_gives_the_day() -> None:
    december = date(2025, 12, 5)
    said = record(
        INSTA,
        *audit("a1", FIRST, judged("instagram.private", Outcome.FAIL, 2)),
        (december, AuditStarted("a1", Scope.FULL, 2)),
        (december, AuditFinished("a1", 2)),
        (december, Judged("a1", "insta", (judged("instagram.private", Outcome.PASS, 2),))),
    )
    found = then(said)
    assert [each.outcome for each in found.results] == [Outcome.PASS]
    assert (found.day, found.scope) == (FIRST, Scope.FULL)
    assert kept_by_audit(said)["a1"].on == december


def test_a_portion_that_changed_nothing_still_ends_the_audit_later() -> None:
    """It kept no judgement of its own; what was said before it belongs to the audit."""
    december = date(2025, 12, 5)
    said = record(
        INSTA,
        *audit("a1", FIRST, judged("instagram.private", Outcome.FAIL, 2)),
        (december, AuditStarted("a1", Scope.DEFAULT, 2)),
        (december, AnswerGiven("insta", "instagram.private", Chosen("no"), "again")),
        (december, AuditFinished("a1", 2)),
    )
    kept = kept_by_audit(said)["a1"]
    assert (kept.on, kept.seq) == (december, 7)
    assert then(said).results[0].note == "again"


def test_a_check_bears_the_name_of_its_time() -> None:
    """Its steps are today's where there are any."""
    said = record(
        INSTA,
        *audit(
            "a1",
            FIRST,
            judged("instagram.hidden", Outcome.FAIL),
            judged("instagram.gone", Outcome.PASS),
            judged("instagram.unnamed", Outcome.PASS),
            judged("instagram.private", Outcome.PASS, 2),
        ),
        (FIRST, Titled("instagram.hidden", 1, "en", "Hide it")),
        (FIRST, Titled("instagram.gone", 1, "fr", "Autrefois")),
    )
    hidden, gone, unnamed, private = (each.check for each in then(said).results)
    assert (hidden.id, hidden.title.to("fr"), hidden.done) == ("instagram.hidden", "Hide it", None)
    assert hidden.remediation == PRIVATE.remediation
    assert (gone.title.to("en"), gone.title.language, gone.remediation.steps) == ("Autrefois", "fr", ())
    assert unnamed.title.to("en") == "instagram.unnamed"
    assert private is PRIVATE


def test_a_new_revision_has_its_old_title_even_where_none_was_kept() -> None:
    said = record(INSTA, *audit("a1", FIRST, judged("instagram.private", Outcome.PASS, 1)))
    (result,) = then(said).results
    assert (result.check.revision, result.check.title) == (1, PRIVATE.title)


@pytest.mark.parametrize(
    ("outcome", "state", "due_on"),
    [
        (Outcome.FAIL, PasswordState.DUE, None),
        (Outcome.PASS, PasswordState.FRESH, date(2026, 2, 1)),
        (Outcome.UNKNOWN, PasswordState.UNCERTAIN, None),
        (Outcome.NOT_CHECKED, PasswordState.UNKNOWN, None),
    ],
)
def test_a_password_is_as_it_was_judged(outcome: Outcome, state: PasswordState, due_on: date | None) -> None:
    """Whatever the period may be now: only where both agree is it said until when."""
    given = AnswerGiven("insta", "instagram.password-age", Dated(days(date(2025, 11, 1))))
    said = record(INSTA, *audit("a1", FIRST, judged("instagram.password-age", outcome), before=(given,)))
    (password,) = then(said).passwords
    assert password.age.state is state
    assert password.age.due_on == due_on
    assert password.interval == days(date(2025, 11, 1))


def test_a_passkey_was_nothing_to_renew() -> None:
    given = AnswerGiven("insta", "instagram.password-age", PASSKEY)
    said = record(INSTA, *audit("a1", FIRST, judged("instagram.password-age", Outcome.PASS), before=(given,)))
    assert [each.age.state for each in then(said).passwords] == [PasswordState.EXEMPT]


def test_an_account_that_was_not_judged_had_no_list() -> None:
    x = (FIRST, AccountAdded("tw", "x"))
    found = then(record(INSTA, x, *audit("a1", FIRST, judged("instagram.private", Outcome.PASS, 2))))
    assert [each.id for each in found.not_covered] == ["tw"]
    assert found.passwords == ()


def test_history_has_every_audit_in_its_own_figures() -> None:
    said = record(
        INSTA,
        *audit(
            "a1", FIRST, judged("instagram.private", Outcome.FAIL, 2), judged("instagram.x", Outcome.PASS)
        ),
        *audit(
            "a2",
            SECOND,
            judged("instagram.private", Outcome.PASS, 2),
            judged("instagram.x", Outcome.PASS),
            judged("instagram.y", Outcome.NOT_CHECKED),
        ),
        (SECOND, AuditStarted("a3", Scope.FULL)),
    )
    first, second, open_one = history_of(said, current_state(said))
    assert (first.score, second.score) == (Score(50, 2, 2), Score(100, 2, 3))
    assert first.outcomes == {**dict.fromkeys(Outcome, 0), Outcome.PASS: 1, Outcome.FAIL: 1}
    assert isinstance(open_one, PastAudit)
    assert (open_one.score, set(open_one.outcomes.values())) == (Score(None, 0, 0), {0})
    assert open_one.audit.finished_on is None


def test_findings_come_in_the_order_of_action() -> None:
    low = replace(judged("instagram.x", Outcome.FAIL), severity=Severity.LOW)
    said = record(INSTA, *audit("a1", FIRST, low, judged("instagram.private", Outcome.UNKNOWN, 2)))
    assert [each.check.id for each in then(said).findings] == ["instagram.private", "instagram.x"]


def test_the_person_is_there_too() -> None:
    said = record(
        (FIRST, AuditStarted("a1", Scope.CORE)),
        (FIRST, AuditFinished("a1")),
        (FIRST, Judged("a1", YOU, (judged("habits.voice", Outcome.PASS),))),
    )
    assert [each.id for each in then(said).results] == ["you/habits.voice"]


def test_two_accounts_share_a_check() -> None:
    said = record(
        INSTA,
        *audit("a1", FIRST, judged("instagram.gone", Outcome.PASS)),
        (FIRST, Judged("a1", "club", (judged("instagram.gone", Outcome.FAIL),))),
    )
    mine, club = then(said).results
    assert mine.check is club.check
    assert (mine.outcome, club.outcome) == (Outcome.PASS, Outcome.FAIL)
