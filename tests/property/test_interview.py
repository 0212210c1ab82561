"""Laws of the interview, for any replies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import DAY, audit_started, record, sitting
from tests.property.answers import LISTS, answers_to, replies

from hygiene.engine.interview import Interview
from hygiene.engine.questions import Answered, Back, Question, Skip
from hygiene.engine.state import current_state
from hygiene.model.record import Event, Scope

STARTED = audit_started(Scope.FULL)
Shown = tuple[str, list[str]]


def begun(*said: Event) -> Interview:
    """An interview of this audit after these events, as another process takes it up."""
    events = (STARTED, *said)
    return Interview(sitting(LISTS), current_state(record(*events)), "a1", DAY, len(events) + 1).resumed()


def shown(question: Question | None) -> Shown | None:
    """What a person recognises a question by."""
    return (question.key, [each.account_id for each in question.accounts]) if question else None


def after_some_replies(data: st.DataObject) -> Interview:
    now = begun()
    for _ in range(data.draw(st.integers(0, 25), label="replies")):
        if now.current is None:
            break
        now = now.reply(data.draw(replies(now.current)))
    return now


def answered(data: st.DataObject, now: Interview, question: Question) -> Interview:
    by_account = {each.account_id: data.draw(answers_to(each.check)) for each in question.accounts}
    return now.reply(Answered(by_account))


@given(st.data())
def test_back_undoes_a_reply(data: st.DataObject) -> None:
    """Whatever was replied, back asks the same again, of the same accounts."""
    now = after_some_replies(data)
    if now.current is None:
        return
    replied = answered(data, now, now.current)
    if replied.current is not None:
        assert shown(replied.reply(Back()).current) == shown(now.current)
    skipped = now.reply(Skip())
    if skipped.current is not None:
        assert shown(skipped.reply(Back()).current) == shown(now.current)


@given(st.data())
def test_every_interview_ends(data: st.DataObject) -> None:
    """No reply raises; from anywhere, answers alone lead to the end in a bounded number of questions."""
    now = after_some_replies(data)
    for _ in range(100):
        question = now.current
        if question is None:
            break
        assert question.accounts
        assert now.progress.number >= 1
        now = answered(data, now, question)
    assert now.current is None


@given(st.data())
def test_another_process_goes_on_where_this_one_is(data: st.DataObject) -> None:
    """The events alone give the same state, and the same question once what was reopened is answered."""
    now = after_some_replies(data)
    while now.reopened and now.current:
        now = answered(data, now, now.current)
    fresh = begun(*now.said)
    assert fresh.state == now.state
    assert shown(fresh.current) == shown(now.current)
    assert fresh.current == now.current


@given(st.data())
def test_only_accounts_that_exist_are_asked_about(data: st.DataObject) -> None:
    """An account dropped on the way back is never asked about, nor one twice on a screen."""
    now = begun()
    for _ in range(30):
        question = now.current
        if question is None:
            break
        asked = [each.account_id for each in question.accounts]
        assert set(asked) <= {"you", *now.state.accounts}
        assert len(set(asked)) == len(asked)
        now = now.reply(data.draw(replies(question)))
