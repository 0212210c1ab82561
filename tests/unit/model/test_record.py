"""The record, and the small words of its values."""

from tests.builders import DAY, check, record

from hygiene.model.account import Account
from hygiene.model.checklist import Severity
from hygiene.model.finding import Assessment, Result, Score
from hygiene.model.record import (
    AccountAdded,
    AccountRenamed,
    AuditFinished,
    AuditStarted,
    Outcome,
    Record,
    Scope,
)


def test_the_next_statement_comes_after_the_last() -> None:
    """An empty record begins at 1."""
    said = record(AccountAdded("x", "x"), AccountRenamed("x", "my X"))
    assert Record().next_seq == 1
    assert said.next_seq == 3


def test_a_result_is_named_and_counted() -> None:
    """`ACCOUNT/CHECK`; what fails and what nobody knows needs action, nothing else does."""
    results = tuple(Result("insta", check("instagram.map"), outcome, Severity.HIGH, 6) for outcome in Outcome)
    assert results[0].id == "insta/instagram.map"
    assert [each.outcome for each in results if each.is_finding] == [Outcome.FAIL, Outcome.UNKNOWN]
    assessment = Assessment(
        DAY, Scope.FULL, (*results, results[0]), (), Score(None, 0, 0), (), (Account("x", "x"),), ()
    )
    assert [assessment.count(outcome) for outcome in Outcome] == [2, 1, 1, 1, 1]


def test_what_is_first_has_number_one() -> None:
    """The portion of an audit that says no number, and the revision of a check."""
    assert (AuditStarted("a1", Scope.DEFAULT).portion, AuditFinished("a1").portion) == (1, 1)
    assert check("x.a").revision == 1
