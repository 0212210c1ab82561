"""What is due when."""

from datetime import date

import pytest
from tests.builders import (
    DAY,
    DEFAULT,
    POLICY,
    audit_started,
    catalogue,
    check,
    checklist,
    core_checks,
    dated,
    days,
    state,
)

from hygiene.engine.assess import assess
from hygiene.engine.conditions import parse_condition
from hygiene.engine.schedule import earliest_due, ended_waivers, is_audit_due, next_audit_on
from hygiene.engine.state import State
from hygiene.model.checklist import Severity
from hygiene.model.dates import Interval
from hygiene.model.finding import Waiver
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    AccountAdded,
    AccountClosed,
    AccountRemoved,
    Answer,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    Chosen,
    Dated,
    Event,
    NonAnswer,
    PasswordReminded,
    Reminder,
    Scope,
    Waived,
)

LISTS = catalogue(
    checklist("habits", dated("habits.backup", 12), check("habits.voice")),
    checklist(
        "x",
        *core_checks("x"),
        dated("x.sessions", 6),
        dated("x.apps", 6, severity=Severity.LOW),
        dated("x.keys", 6, when=parse_condition("habits.voice is yes")),
        dated("x.whenever"),
        network="x",
    ),
)
MARCH = days(date(2026, 3, 1), date(2026, 3, 31))
ACCOUNT = AccountAdded("x", "x")
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
        Waived("x", "x.sessions", "r", date(2026, 11, 21)),
        Waived("x", "x.apps", "r", date(2026, 11, 22)),
        Waived("x", "x.keys", "r"),
        Waived("you", "habits.voice", "", date(2026, 1, 1)),
        Waived("gone", "x.sessions", "r", date(2026, 1, 1)),
        AccountRemoved("gone"),
        on=date(2025, 12, 1),
    )
    assert ended_waivers(now, LISTS, date(2026, 11, 22)) == {
        ("x", "x.sessions"): Waiver("r", date(2026, 11, 21)),
        ("you", "habits.voice"): Waiver("", date(2026, 1, 1)),
    }


def test_a_waiver_is_settled_by_a_new_answer_and_by_closing_the_account() -> None:
    """Whoever looked at it again after its end, or has no such account any more, is not reminded."""
    now = state(
        ACCOUNT,
        AccountAdded("closed", "x"),
        Waived("x", "x.sessions", "", date(2026, 11, 21)),
        Waived("closed", "x.sessions", "", date(2026, 11, 21)),
        AccountClosed("closed"),
        on=date(2026, 11, 1),
    )
    assert list(ended_waivers(now, LISTS, DAY)) == [("x", "x.sessions")]
    assert earliest(now) == date(2026, 11, 22)
    early = now.after(AnswerGiven("x", "x.sessions", Chosen("no")), date(2026, 11, 21), 9)
    assert list(ended_waivers(early, LISTS, DAY)) == [("x", "x.sessions")]
    again = now.after(AnswerGiven("x", "x.sessions", Chosen("no")), date(2026, 11, 22), 9)
    assert ended_waivers(again, LISTS, DAY) == {}
    assert earliest(again) is None


def test_a_waiver_goes_with_its_check_when_that_is_renamed_and_ends_with_it_when_it_is_retired() -> None:
    """It holds and ends under the new name; of a check that nobody can answer any more nothing is due."""
    ended = date(2026, 11, 21)
    now = state(
        ACCOUNT,
        said("x.devices", Dated(days(date(2025, 1, 1)))),
        Waived("x", "x.devices", "", ended),
        Waived("x", "x.retired", "", ended),
        on=date(2026, 11, 1),
    )
    renamed = dated("x.sessions", 6, replaces=("x.devices",))
    lists = catalogue(checklist("x", renamed, network="x"))
    assert ended_waivers(now, lists, DAY) == {("x", "x.sessions"): Waiver("", ended)}
    assert assess(now, lists, POLICY, ended, Scope.DEFAULT).results[0].waiver == Waiver("", ended)
    assert earliest_due(now, lists, POLICY, DAY) == DAY
    again = now.after(AnswerGiven("x", "x.sessions", NonAnswer.UNKNOWN), DAY, 9)
    assert ended_waivers(again, lists, DAY) == {}
    longer = now.after(Waived("x", "x.sessions"), DAY, 9)
    assert ended_waivers(longer, lists, DAY) == {}


def earliest(now: State, policy: Policy = POLICY, day: date = DAY) -> date | None:
    return earliest_due(now, LISTS, policy, day)


def said(check_id: str, answer: Answer, **more: date) -> Event:
    return AnswerGiven("x", check_id, answer, as_of=more.get("as_of"))


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (Dated(MARCH), date(2026, 7, 1)),
        (Dated(days(date(2026, 11, 30))), date(2027, 3, 1)),
        (Dated(Interval(date(2026, 3, 1), None)), None),
        (NonAnswer.UNKNOWN, date(2027, 2, 23)),
        (NEVER, DAY),
        (PASSKEY, None),
        (NonAnswer.NOT_APPLICABLE, None),
        (NonAnswer.LATER, None),
    ],
)
def test_a_password_is_due_the_day_after_its_last_fresh_one(answer: Answer, expected: date | None) -> None:
    """Past or to come; what can never be due, never."""
    assert earliest(state(ACCOUNT, said("x.password-age", answer))) == expected


def test_a_password_is_not_due_where_the_reminder_is_off() -> None:
    """Nor on an account that was closed."""
    off = Policy((DEFAULT, Rules(Layer.PERSON, password_months=0)))
    now = state(ACCOUNT, said("x.password-age", Dated(MARCH)))
    assert earliest(now, off) is None
    assert earliest(state(ACCOUNT, said("x.password-age", NEVER)), off) is None
    assert earliest(now.after(AccountClosed("x"), DAY, 9)) is None


@pytest.mark.parametrize(
    ("as_of", "day", "expected"),
    [
        (date(2026, 6, 25), date(2026, 6, 26), date(2026, 7, 1)),
        (date(2026, 6, 23), date(2026, 6, 26), None),
        (date(2026, 6, 25), date(2026, 7, 2), date(2026, 7, 1)),
        (date(2026, 6, 25), date(2026, 7, 3), None),
    ],
)
def test_what_an_export_says_is_trusted_for_seven_days(as_of: date, day: date, expected: date | None) -> None:
    """Afterwards it would only be uncertain, and nobody is reminded of that."""
    now = state(ACCOUNT, said("x.password-age", Dated(MARCH), as_of=as_of), on=as_of)
    assert earliest(now, day=day) == expected


@pytest.mark.parametrize(
    ("answer", "reminder", "expected"),
    [
        (Dated(MARCH), Reminder.YEAR, date(2027, 11, 23)),
        (Dated(Interval(date(2026, 3, 1), None)), Reminder.YEAR, None),
        (Dated(MARCH), Reminder.OFF, None),
        (Dated(MARCH), Reminder.RULE, date(2026, 7, 1)),
    ],
)
def test_a_password_whose_reminder_was_put_off(
    answer: Answer, reminder: Reminder, expected: date | None
) -> None:
    """Random and with a second step: in a year; off: never."""
    strong = (said("x.password", Chosen("random")), said("x.two-factor", Chosen("app")))
    now = state(ACCOUNT, *strong, said("x.password-age", answer), PasswordReminded("x", reminder))
    assert earliest(now) == expected


def test_an_audit_is_due_after_its_year_or_the_day_after_it_was_left_lying() -> None:
    """Without any nothing was begun, and nobody waits for it."""
    assert earliest(LEAP) == date(2025, 2, 28)
    assert earliest(state(audit_started())) == date(2026, 11, 23)
    assert earliest(state()) is None


@pytest.mark.parametrize("check_id", ["x.sessions", "habits.backup"])
def test_a_dated_check_has_its_own_period(check_id: str) -> None:
    """From the day after its last good one, on the person as on an account."""
    account, expected = ("x", date(2026, 10, 1)) if check_id[0] == "x" else ("you", date(2027, 4, 1))
    assert earliest(state(ACCOUNT, AnswerGiven(account, check_id, Dated(MARCH)))) == expected


@pytest.mark.parametrize("check_id", ["x.apps", "x.keys", "x.whenever"])
def test_a_dated_check_that_is_not_asked_or_has_no_period_is_never_due(check_id: str) -> None:
    """Out of the audit's scope, behind a condition that does not hold, without a period."""
    assert earliest(state(ACCOUNT, said(check_id, Dated(MARCH)))) is None


def test_an_accepted_check_is_due_when_that_ends() -> None:
    """For good: never."""
    late = said("x.sessions", Dated(MARCH))
    assert earliest(state(ACCOUNT, late, Waived("x", "x.sessions"))) is None
    until = Waived("x", "x.sessions", "", date(2026, 12, 31))
    assert earliest(state(ACCOUNT, late, until)) == date(2027, 1, 1)


def test_the_first_of_all_counts() -> None:
    """A password before a check before the audit."""
    now = state(
        ACCOUNT,
        audit_started(),
        said("x.sessions", Dated(days(DAY))),
        said("x.password-age", Dated(days(DAY))),
        AuditFinished("a1"),
    )
    assert earliest(now) == date(2027, 2, 23)
