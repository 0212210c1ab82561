"""Laws of the due-file's date."""

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st
from tests.builders import DAY, POLICY
from tests.property.answers import LISTS

from hygiene.engine.ages import PASSKEY_ONLY, PASSWORD_AGE, RANDOM, password_of
from hygiene.engine.assess import assess
from hygiene.engine.schedule import earliest_due, ended_waivers, is_audit_due, next_audit_on
from hygiene.engine.state import State, current_state
from hygiene.model.checklist import Kind
from hygiene.model.dates import Interval
from hygiene.model.finding import PasswordState, Result
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    AccountAdded,
    AccountClosed,
    Answer,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    Chosen,
    Dated,
    Event,
    NonAnswer,
    Outcome,
    PasswordReminded,
    Record,
    Reminder,
    Scope,
    Statement,
    Via,
    Waived,
)

MONTHS = POLICY.password_months.value
to_come = st.dates(DAY, date(2027, 12, 31))


subjects = st.sampled_from(
    [("insta", "instagram.password-age"), ("tw", "x.password-age"), ("tw", "x.sessions")]
)
days_past = st.dates(date(2025, 6, 1), DAY)
spans = st.tuples(days_past, days_past).map(sorted).map(lambda ends: Interval(*ends))
openings = st.none() | spans
replies: st.SearchStrategy[Answer] = st.one_of(
    spans.map(Dated), st.sampled_from([NEVER, PASSKEY, *NonAnswer]), st.just(Via("insta"))
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(lambda subject, answer: AnswerGiven(subject[0], subject[1], answer), subjects, replies),
    st.builds(
        lambda subject, until: Waived(subject[0], subject[1], "", until),
        subjects,
        st.none() | days_past | to_come,
    ),
    st.builds(PasswordReminded, st.sampled_from(["insta", "tw"]), st.sampled_from(Reminder)),
    st.builds(lambda kind: AnswerGiven("tw", "x.password", kind), st.sampled_from([RANDOM, PASSKEY_ONLY])),
    st.just(AnswerGiven("tw", "x.two-factor", Chosen("app"))),
    st.builds(AuditStarted, st.sampled_from(["a1", "a2"]), st.sampled_from(Scope)),
    st.builds(AuditFinished, st.sampled_from(["a1", "a2"])),
    st.builds(AccountClosed, st.sampled_from(["insta", "tw"])),
)


@st.composite
def states(draw: st.DrawFn) -> State:
    """Two accounts, and whatever bears on what is due; said in order, on days in order."""
    accounts: list[Event] = [
        AccountAdded("insta", "instagram", opened=draw(openings)),
        AccountAdded("tw", "x", opened=draw(openings)),
    ]
    said = [*accounts, *draw(st.lists(events, max_size=8))]
    on = sorted(draw(st.lists(days_past, min_size=len(said), max_size=len(said))))
    return current_state(
        Record(tuple(Statement(f"{seq:03}", seq, on[seq], event) for seq, event in enumerate(said)))
    )


def is_late(result: Result) -> bool:
    dated = result.check.kind is Kind.DATE and isinstance(result.answer, Dated)
    return (
        dated
        and result.check.core_id != PASSWORD_AGE
        and result.outcome is Outcome.FAIL
        and not result.waiver
    )


def is_anything_due(state: State, day: date) -> bool:
    """As `hygiene due` and the report have it, each by its own function."""
    passwords = [password_of(account, state, MONTHS, day) for account in state.open_accounts]
    scope = state.latest_audit.scope if state.latest_audit else Scope.DEFAULT
    begun = [audit.started_on for audit in state.audits.values()]
    left_lying = next_audit_on(state, POLICY) is None and bool(begun) and day > min(begun)
    return (
        any(password.age.state is PasswordState.DUE for password in passwords)
        or (next_audit_on(state, POLICY) is not None and is_audit_due(state, POLICY, day))
        or left_lying
        or bool(ended_waivers(state, LISTS, day))
        or any(map(is_late, assess(state, LISTS, POLICY, day, scope).results))
    )


@settings(max_examples=300)
@given(states(), st.integers(0, 500))
def test_something_is_due_from_that_day_on_and_never_before(state: State, days: int) -> None:
    """The one date tells what the whole record would tell, on every later day, and on the days around it."""
    earliest = earliest_due(state, LISTS, POLICY, DAY)
    around = (earliest - timedelta(1), earliest) if earliest and earliest > DAY else ()
    for day in (DAY, DAY + timedelta(days), *around):
        assert is_anything_due(state, day) == (earliest is not None and earliest <= day)
