"""A finished audit with invented answers, so that anyone can see a report before beginning."""

from __future__ import annotations

from datetime import date, timedelta

from hygiene.engine.assess import subjects_of
from hygiene.engine.state import State
from hygiene.model.account import YOU, Account, Purpose
from hygiene.model.checklist import Check, Kind
from hygiene.model.dates import Interval, add_months
from hygiene.model.record import (
    AccountAdded,
    Answer,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    Chosen,
    ChosenMany,
    Dated,
    Event,
    NonAnswer,
    Scope,
)
from hygiene.reporting.report import Report, make_report
from hygiene.usecases.desk import Desk

_ACCOUNTS = (
    AccountAdded("mailbox", "mailbox", purpose=Purpose.PERSONAL),
    AccountAdded("facebook", "facebook", purpose=Purpose.PERSONAL),
    AccountAdded("instagram", "instagram", purpose=Purpose.PERSONAL),
    AccountAdded("x", "x", purpose=Purpose.PERSONAL),
    AccountAdded("linkedin", "linkedin", purpose=Purpose.PERSONAL),
    AccountAdded("tiktok", "tiktok", purpose=Purpose.PERSONAL),
)
_SAID: dict[str, Answer] = {
    "facebook/owner-email": Chosen("work"),
    "linkedin/owner-email": Chosen("both"),
    "x/two-factor": Chosen("none"),
    "facebook/two-factor": Chosen("sms"),
    "instagram/password": Chosen("reused"),
    "x/password": Chosen("reused"),
    "instagram/private-account": Chosen("no"),
    "facebook/future-posts": Chosen("public"),
    "linkedin/recovery": NonAnswer.UNKNOWN,
    "you/home-address": Chosen("yes"),
}
_AGES = {"mailbox": 1, "facebook": 14, "instagram": 5, "x": 2}
_NOT_ASKED_EVERY = 7


def demo_report(desk: Desk, language: str) -> Report:
    """Return the report of a person who does not exist, on the desk's day."""
    state = _answered(desk)
    return make_report(desk.assess(state), desk.catalogue, desk.policy, desk.occasion(state), language)


def _answered(desk: Desk) -> State:
    state = State()
    events: tuple[Event, ...] = (AuditStarted("demo", Scope.DEFAULT), *_ACCOUNTS)
    for seq, event in enumerate(events, start=1):
        state = state.after(event, desk.day, seq)
    subjects = tuple(subjects_of(state, desk.catalogue, desk.policy))
    for place, (account, check) in enumerate(subjects):
        answer = demo_answer(account, check, place, desk.day)
        if answer:
            given = AnswerGiven(account.id if account else YOU, check.id, answer)
            state = state.after(given, desk.day, place + 100)
    return state.after(AuditFinished("demo"), desk.day, len(subjects) + 100)


def demo_answer(account: Account | None, check: Check, place: int, day: date) -> Answer | None:
    """Return an invented answer, or None for a check that was left out.

    Args:
        account: None for a check about the person.
        check: what is answered.
        place: of the check among all, so that a few are left out.
        day: today.
    """
    owner, name = account.id if account else YOU, check.id.partition(".")[2]
    if said := _SAID.get(f"{owner}/{name}"):
        return said
    if name == "password-age" and owner not in _AGES:
        return NonAnswer.UNKNOWN
    if check.look and place % _NOT_ASKED_EVERY == 0:
        return None
    if check.kind is Kind.DATE:
        changed = add_months(day, -_AGES.get(owner, 2)) - timedelta(days=3)
        return Dated(Interval(changed, changed))
    good = check.recommended(account.purpose if account and account.purpose else Purpose.PERSONAL)
    if good is None:
        return None
    return ChosenMany((good.id,)) if check.kind is Kind.MANY else Chosen(good.id)
