"""A mailbox inside another account is asked about once."""

from __future__ import annotations

from msgspec.structs import replace
from tests.builders import (
    DAY,
    POLICY,
    audit_started,
    both,
    catalogue,
    check,
    checklist,
    choice,
    core_checks,
    sitting,
    state,
)

from hygiene.engine.account_facts import SAME_MAILBOX
from hygiene.engine.ages import password_of
from hygiene.engine.assess import assess, subjects_of
from hygiene.engine.questions import Question
from hygiene.engine.setup import setup_questions
from hygiene.engine.state import State
from hygiene.model.account import Network, Purpose
from hygiene.model.checklist import Catalogue
from hygiene.model.finding import PasswordState
from hygiene.model.record import (
    AccountAdded,
    AccountClosed,
    AnswerGiven,
    Chosen,
    Event,
    NonAnswer,
    Scope,
)

OWN_BOX = AccountAdded("mailbox", "mailbox", purpose=Purpose.PERSONAL)
GOOGLE = AccountAdded("google", "google", purpose=Purpose.PERSONAL)
IN_GOOGLE = AnswerGiven("mailbox", SAME_MAILBOX, Chosen("google"))


def lists() -> Catalogue:
    """A mailbox and Google, with the core questions; the mailbox has one more of its own."""
    base = catalogue(
        checklist("mailbox", *core_checks("mailbox"), check("mailbox.rules"), network="mailbox"),
        checklist("google", *core_checks("google"), network="google"),
    )
    question = check(SAME_MAILBOX, choices=tuple(map(choice, ("google", "microsoft", "apple", "own"))))
    networks = {**base.networks, "google": Network("google", both("Google"))}
    return replace(base, setup={**base.setup, SAME_MAILBOX: question}, networks=networks)


def asked(now: State) -> list[Question]:
    audit = now.latest_audit
    assert audit is not None
    questions = setup_questions(now, audit, sitting(lists()))
    return [question for question in questions if question.key == SAME_MAILBOX]


def ids(now: State) -> list[str]:
    return [check.id for account, check in subjects_of(now, lists(), POLICY) if account]


def test_it_is_asked_where_both_are_there() -> None:
    """With the services that have an account, and a way to say no."""
    (question,) = asked(state(audit_started(), OWN_BOX, GOOGLE))
    assert [each.id for each in question.check.choices] == ["google", "own"]
    assert asked(state(audit_started(), OWN_BOX)) == []
    assert asked(state(audit_started(), GOOGLE)) == []


def test_its_core_questions_are_the_other_accounts() -> None:
    """Its own checks stay."""
    inside = ids(state(OWN_BOX, GOOGLE, IN_GOOGLE))
    assert [each for each in inside if each.startswith("mailbox.")] == ["mailbox.rules"]
    assert "google.two-factor" in inside


def test_its_password_is_the_other_accounts() -> None:
    """Exempt, and shown under it; nothing about it counts as not checked."""
    now = state(OWN_BOX, GOOGLE, IN_GOOGLE)
    password = password_of(now.accounts["mailbox"], now, 3, DAY)
    assert (password.age.state, password.via) == (PasswordState.EXEMPT, "google")
    results = assess(now, lists(), POLICY, DAY, Scope.FULL).results
    assert [each.check.id for each in results if each.account == "mailbox"] == ["mailbox.rules"]


def test_otherwise_everything_is_asked() -> None:
    """A mailbox of its own, nothing said, or the other account closed since."""
    said: tuple[tuple[Event, ...], ...] = (
        (),
        (AnswerGiven("mailbox", SAME_MAILBOX, Chosen("own")),),
        (AnswerGiven("mailbox", SAME_MAILBOX, NonAnswer.UNKNOWN),),
        (IN_GOOGLE, AccountClosed("google")),
    )
    for events in said:
        assert "mailbox.two-factor" in ids(state(OWN_BOX, GOOGLE, *events))
