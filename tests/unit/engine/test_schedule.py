"""What is due when."""

from datetime import date

import pytest
from tests.builders import DEFAULT, POLICY, audit_started, state

from hygiene.engine.schedule import ended_waivers, is_audit_due, next_audit_on
from hygiene.model.finding import Waiver
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.record import AccountAdded, AccountRemoved, AuditFinished, AuditStarted, Scope, Waived

LEAP = state(audit_started(), AuditFinished("a1"), on=date(2024, 2, 29))


def test_without_a_finished_audit_one_is_due() -> None:
    """Begun is not finished."""
    assert next_audit_on(state(audit_started()), POLICY) is None
    assert is_audit_due(state(audit_started()), POLICY, date(2026, 11, 22))


@pytest.mark.parametrize(
    ("day", "expected"),
    [(date(2025, 2, 27), False), (date(2025, 2, 28), True), (date(2026, 1, 1), True)],
)
def test_the_next_audit_is_due_a_year_after_the_first_portion(day: date, expected: bool) -> None:  # noqa: FBT001 - a table
    """From that very day on, the month's end clamped."""
    assert next_audit_on(LEAP, POLICY) == date(2025, 2, 28)
    assert is_audit_due(LEAP, POLICY, day) is expected


def test_the_period_is_the_policy_s() -> None:
    """A person may want two audits a year."""
    twice = Policy((DEFAULT, Rules(Layer.PERSON, audit_months=6)))
    assert next_audit_on(LEAP, twice) == date(2024, 8, 29)


def test_an_audit_begun_anew_does_not_stop_the_clock() -> None:
    """The last finished one counts."""
    now = LEAP.after(AuditStarted("a2", Scope.DEFAULT), date(2026, 1, 1), 9)
    assert next_audit_on(now, POLICY) == date(2025, 2, 28)


def test_waivers_end_after_their_last_day() -> None:
    """Those for good never do; those of an account that was removed are no one's business."""
    now = state(
        AccountAdded("x", "x"),
        AccountAdded("gone", "x"),
        Waived("x", "x.ended", "r", date(2026, 11, 21)),
        Waived("x", "x.last-day", "r", date(2026, 11, 22)),
        Waived("x", "x.for-good", "r"),
        Waived("you", "habits.voice", "", date(2026, 1, 1)),
        Waived("gone", "x.ended", "r", date(2026, 1, 1)),
        AccountRemoved("gone"),
    )
    assert ended_waivers(now, date(2026, 11, 22)) == {
        ("x", "x.ended"): Waiver("r", date(2026, 11, 21)),
        ("you", "habits.voice"): Waiver("", date(2026, 1, 1)),
    }
