"""Strategies: answers, statements, records and replies, any that the program itself could make."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from tests.builders import (
    catalogue,
    check,
    checklist,
    choice,
    core_check,
    core_checks,
    dated,
    many,
)

from hygiene.engine.conditions import parse_condition
from hygiene.engine.questions import Answered, Back, Question, Reply, Skip
from hygiene.model.account import YOU, Purpose
from hygiene.model.checklist import Check, Kind, Severity
from hygiene.model.dates import Interval
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    AccountAdded,
    AccountClosed,
    AccountPlaced,
    AccountPurposed,
    AccountRecognised,
    AccountRemoved,
    AccountRenamed,
    Answer,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    BackupWritten,
    ChecklistUsed,
    Chosen,
    ChosenMany,
    Dated,
    Event,
    Judged,
    Judgement,
    NonAnswer,
    Outcome,
    ReportWritten,
    Scope,
    SettingChosen,
    Statement,
    Titled,
    Via,
    Waived,
    Written,
)

LISTS = catalogue(
    checklist("habits", check("habits.voice", core=True), check("habits.rest", severity=Severity.LOW)),
    checklist(
        "instagram",
        *core_checks("instagram"),
        core_check("instagram", "alerts", core=False),
        check("instagram.codes", when=parse_condition("instagram.two-factor is app|sms")),
        check("instagram.map", look=True, when=parse_condition("not instagram.private is yes")),
        check("instagram.private", look=True, severity=Severity.MEDIUM),
        check("instagram.page", look=True, when=parse_condition("purpose is work and habits.voice is no")),
        many("instagram.apps", choice("tools", good=True), choice("games")),
        network="instagram",
    ),
    checklist(
        "x", *core_checks("x"), core_check("x", "alerts", core=False), dated("x.sessions", 6), network="x"
    ),
    checklist("other", *core_checks("other"), network="other"),
)
CHECKS = tuple(each for checklist in LISTS.checklists.values() for each in checklist.checks)

past = st.dates(date(2000, 1, 1), date(2026, 11, 22))
ids = st.sampled_from(["insta", "club", "tw", YOU])
words = st.text(st.characters(codec="utf-8"), max_size=12)
checks = st.sampled_from([each.id for each in CHECKS])


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    first, last = sorted((draw(past), draw(past)))
    return Interval(*draw(st.sampled_from([(first, last), (None, last), (first, None), (None, None)])))


choices = st.sampled_from(["yes", "no", "personal", "work", "random", "passkey-only", "app", "none", "gone"])
answers: st.SearchStrategy[Answer] = st.one_of(
    choices.map(Chosen),
    st.sampled_from([NEVER, PASSKEY, *NonAnswer]),
    st.lists(choices, max_size=3).map(tuple).map(ChosenMany),
    intervals().map(Dated),
    ids.map(Via),
    words.map(Written),
)
maybe_day = st.none() | past
lists_used = st.lists(st.builds(ChecklistUsed, ids, words, words, words, words), max_size=2).map(tuple)
judgements = st.builds(
    Judgement,
    checks,
    st.integers(1, 9),
    st.sampled_from(Outcome),
    st.sampled_from(Severity),
    st.integers(0, 10),
)
events: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        AccountAdded,
        ids,
        st.sampled_from(["instagram", "x", "other"]),
        words,
        st.none() | st.sampled_from(Purpose),
        st.none() | words,
        st.none() | intervals(),
    ),
    st.builds(AccountRenamed, ids, words),
    st.builds(AccountPurposed, ids, st.sampled_from(Purpose)),
    st.builds(AccountPlaced, ids, st.none() | words),
    st.builds(AccountRecognised, ids, words, words),
    st.builds(AccountClosed, ids),
    st.builds(AccountRemoved, ids),
    st.builds(AnswerGiven, ids, checks, answers, words, st.sampled_from(["person", "file"]), maybe_day),
    st.builds(Waived, ids, checks, words, maybe_day),
    st.builds(AuditStarted, ids, st.sampled_from(Scope), st.integers(1, 9), lists_used),
    st.builds(AuditFinished, ids, st.integers(1, 9)),
    st.builds(Judged, ids, ids, st.lists(judgements, max_size=3).map(tuple)),
    st.builds(BackupWritten, words),
    st.builds(Titled, checks, st.integers(1, 9), words, words),
    st.builds(SettingChosen, words, words),
    st.builds(ReportWritten, st.text(max_size=12)),
)
statements = st.builds(
    Statement, st.text("0123456789abcdef", min_size=1, max_size=4), st.integers(1, 40), past, events
)


def answers_to(what: Check) -> st.SearchStrategy[Answer]:
    """What a person may reply to one account of a question."""
    offered: list[st.SearchStrategy[Any]] = [st.sampled_from(NonAnswer)]
    match what.kind:
        case Kind.DATE:
            offered += [intervals().map(Dated), st.sampled_from([NEVER, PASSKEY]), ids.map(Via)]
        case Kind.TEXT:
            offered += [st.sampled_from(["a.org, b.org", "the club", "work; home", ""]).map(Written)]
        case Kind.MANY:
            ticked = st.lists(st.sampled_from([each.id for each in what.choices]), unique=True)
            offered += [ticked.map(tuple).map(ChosenMany)]
        case Kind.HOST:
            offered += [st.sampled_from(["piaille.fr", "no host"]).map(Written)]
        case Kind.CHOICE:
            offered += [st.sampled_from([each.id for each in what.choices]).map(Chosen)]
    return st.one_of(offered)


def replies(question: Question) -> st.SearchStrategy[Reply]:
    """Any reply but `Stop`: sometimes back, sometimes not now, mostly an answer for each account."""
    by_account = {each.account_id: answers_to(each.check) for each in question.accounts}
    return st.one_of(
        st.fixed_dictionaries(by_account).map(Answered),
        st.fixed_dictionaries({}, optional=by_account).map(Answered),
        st.sampled_from([Back(), Back(), Skip()]),
    )
