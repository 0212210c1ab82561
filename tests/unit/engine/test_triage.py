"""What decides how much is asked: accounts for work, and a phone number on an account."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.builders import DAY, audit_started, sitting, state
from tests.unit.engine.placed import LISTS

from hygiene.engine.account_facts import has_number_account
from hygiene.engine.interview import Interview
from hygiene.engine.questions import Answered, Back, Skip, Stop
from hygiene.engine.setup import setup_questions
from hygiene.engine.state import State
from hygiene.model.account import YOU, Purpose
from hygiene.model.record import (
    AccountAdded,
    AccountClosed,
    AccountPurposed,
    Answer,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    Chosen,
    ChosenMany,
    Event,
    NonAnswer,
    Scope,
)

SITTING = sitting(LISTS)
YES, NO = Chosen("yes"), Chosen("no")
PERSONAL, WORK = Chosen("personal"), Chosen("work")
INSTA, X = AccountAdded("instagram", "instagram"), AccountAdded("x", "x")
NEXT_YEAR = AuditStarted("a2", Scope.DEFAULT)


def keys(*events: Event, audit: Event | None = None) -> list[str]:
    """The questions before the checks that follow the accounts, with what was said before or since."""
    now = state(*events) if audit is None else state(*events, audit)
    running = now.latest_audit
    assert running is not None
    asked = [each.key.partition(".")[2] for each in setup_questions(now, running, SITTING)]
    return [key for key in asked if key in ("work", "purpose", "phone-number")]


def sitting_down(*before: Event) -> Interview:
    """An interview that has come to its first question about work or the number."""
    now = state(*before, audit_started())
    begun = Interview(SITTING, now, "a1", DAY, 100)
    return answered(answered(begun, ChosenMany(("instagram", "x"))), ChosenMany(()))


def answered(interview: Interview, answer: Answer) -> Interview:
    question = interview.current
    assert question is not None
    return interview.reply(Answered(dict.fromkeys((each.account_id for each in question.accounts), answer)))


def key(interview: Interview) -> str:
    assert interview.current is not None
    return interview.current.key


def purposes(now: State) -> dict[str, Purpose | None]:
    return {account.id: account.purpose for account in now.open_accounts}


class TestWork:
    def test_no_makes_the_accounts_personal_without_asking(self) -> None:
        """One question instead of one for each account."""
        now = sitting_down()
        assert key(now) == "setup.work"
        assert now.current is not None
        assert now.current.accounts[0].account_id == YOU
        now = answered(now, NO)
        assert purposes(now.state) == {"instagram": Purpose.PERSONAL, "x": Purpose.PERSONAL}
        assert key(now) == "setup.phone-number"

    @pytest.mark.parametrize("answer", [YES, NonAnswer.UNKNOWN, NonAnswer.LATER])
    def test_yes_and_not_knowing_ask_what_each_is_for(self, answer: Answer) -> None:
        """As if the question had not been there."""
        now = answered(sitting_down(), answer)
        assert key(now) == "setup.purpose"
        assert now.current is not None
        assert [each.account_id for each in now.current.accounts] == ["instagram", "x"]

    def test_putting_it_off_is_a_skip_like_any_other(self) -> None:
        """And stopping keeps what was said."""
        assert key(sitting_down().reply(Skip())) == "setup.purpose"
        stopped = answered(sitting_down(), NO).reply(Stop())
        assert stopped.current is None
        assert stopped.state.answer(YOU, "setup.work") == NO

    def test_it_is_asked_only_where_a_purpose_is_open(self) -> None:
        """Not without accounts, nor where the network or the person has said it."""
        mailbox = AccountAdded("mailbox", "mailbox", purpose=Purpose.PERSONAL)
        assert keys(audit_started()) == []
        assert keys(mailbox, audit_started()) == ["phone-number"]
        assert keys(mailbox, X, audit_started()) == ["work", "purpose", "phone-number"]
        assert keys(X, AccountClosed("x"), mailbox, audit_started()) == ["phone-number"]

    def test_an_account_with_a_purpose_keeps_it(self) -> None:
        """“No” speaks of the open ones only."""
        now = answered(sitting_down(AccountAdded("gh", "github", purpose=Purpose.SHARED)), NO)
        assert purposes(now.state)["gh"] is Purpose.SHARED

    def test_later_portions_and_named_lists_do_not_ask_it(self) -> None:
        """They ask for the purposes alone."""
        assert keys(X, audit_started(), audit_started(portion=2)) == ["purpose"]
        now = state(X, audit_started())
        audit = now.latest_audit
        assert audit is not None
        named = sitting(LISTS, "instagram")
        assert [each.key for each in setup_questions(now, audit, named)] == ["setup.purpose"]

    def test_it_is_within_reach_of_back(self) -> None:
        """With its answer shown; and “yes” then asks for the purposes that “no” gave."""
        now = answered(sitting_down(), NO).reply(Back())
        assert key(now) == "setup.work"
        assert now.current is not None
        assert now.current.previous == NO
        now = answered(now, YES)
        assert key(now) == "setup.purpose"
        now = answered(now, WORK)
        assert purposes(now.state) == {"instagram": Purpose.WORK, "x": Purpose.WORK}
        assert key(now) == "setup.phone-number"

    def test_it_stays_when_every_purpose_is_known(self) -> None:
        """So that “back” leads there from the checks too."""
        own = AnswerGiven("x", "setup.purpose", WORK)
        said = (AnswerGiven(YOU, "setup.work", YES), AccountPurposed("x", Purpose.WORK), own)
        assert keys(X, audit_started(), *said) == ["work", "purpose", "phone-number"]

    def test_no_after_all_takes_back_what_was_for_work(self) -> None:
        """And the purposes are not asked again."""
        now = answered(answered(sitting_down(), YES), WORK).reply(Back()).reply(Back())
        now = answered(now, NO)
        assert purposes(now.state) == {"instagram": Purpose.PERSONAL, "x": Purpose.PERSONAL}
        assert key(now) == "setup.phone-number"

    def test_no_leaves_what_is_for_a_group(self) -> None:
        """That is not work."""
        now = answered(answered(sitting_down(), YES), Chosen("shared")).reply(Back()).reply(Back())
        assert purposes(answered(now, NO).state)["x"] is Purpose.SHARED

    def test_accounts_added_afterwards_get_it_too(self) -> None:
        """In the same portion: the question was answered for the choice that was corrected."""
        now = answered(sitting_down(), NO)
        for _ in range(3):
            now = now.reply(Back())
        assert key(now) == "setup.networks"
        now = answered(now, ChosenMany(("instagram", "x", "amazon")))
        assert purposes(now.state)["amazon"] is Purpose.PERSONAL
        stopped = replace(now, trail=(), reopened=())
        assert [each.key for each in stopped.questions if each.key == "setup.purpose"] == []

    @pytest.mark.parametrize("answer", [YES, NO])
    def test_only_open_purposes_of_added_accounts_are_settled(self, answer: Answer) -> None:
        """Not what the network itself decides; and after a “yes” nothing is."""
        now = answered(sitting_down(), answer)
        for _ in range(2 if answer == YES else 3):
            now = now.reply(Back())
        assert key(now) == ("setup.several" if answer == YES else "setup.networks")
        now = now.reply(Back()) if answer == YES else now
        now = answered(now, ChosenMany(("work-mailbox", "instagram", "x", "amazon")))
        assert purposes(now.state)["work-mailbox"] is Purpose.WORK
        assert purposes(now.state)["amazon"] is (None if answer == YES else Purpose.PERSONAL)

    def test_a_no_of_last_year_says_nothing_of_new_accounts(self) -> None:
        """The question comes again, with that answer shown, before anything is said of them."""
        before = (INSTA, audit_started(), *said_no("instagram"), AuditFinished("a1"), NEXT_YEAR)
        now = Interview(SITTING, state(*before), "a2", DAY, 100)
        now = answered(now, ChosenMany(("instagram", "x")))
        assert purposes(now.state)["x"] is None
        now = answered(now, ChosenMany(()))
        assert key(now) == "setup.work"
        assert now.current is not None
        assert now.current.previous == NO


def said_no(*accounts: str) -> tuple[Event, ...]:
    """What “none is for work” comes to, as the interview says it."""
    each = (
        (AccountPurposed(account, Purpose.PERSONAL), AnswerGiven(account, "setup.work", NO))
        for account in accounts
    )
    return (*(event for events in each for event in events), AnswerGiven(YOU, "setup.work", NO))


class TestNextYear:
    BEFORE = (INSTA, X, audit_started(), *said_no("instagram", "x"), AuditFinished("a1"))

    def test_it_is_asked_again_with_the_answer_shown(self) -> None:
        """Nothing more follows a second “no”."""
        assert keys(*self.BEFORE, audit=NEXT_YEAR) == ["work", "phone-number"]
        again = AnswerGiven(YOU, "setup.work", NO)
        assert keys(*self.BEFORE, NEXT_YEAR, again) == ["work", "phone-number"]

    def test_yes_asks_for_the_purposes_that_no_gave(self) -> None:
        """Of these accounts, and of no others."""
        added = AccountAdded("amazon", "amazon", purpose=Purpose.PERSONAL)
        now = state(added, *self.BEFORE, NEXT_YEAR, AnswerGiven(YOU, "setup.work", YES))
        audit = now.latest_audit
        assert audit is not None
        (purpose,) = (each for each in setup_questions(now, audit, SITTING) if each.key == "setup.purpose")
        assert [each.account_id for each in purpose.accounts] == ["instagram", "x"]

    def test_what_was_answered_since_is_not_asked_a_year_later(self) -> None:
        """An answer of its own settles an account."""
        own = (AnswerGiven(account, "setup.purpose", PERSONAL) for account in ("instagram", "x"))
        said = (AnswerGiven(YOU, "setup.work", YES), *own)
        third = AuditStarted("a3", Scope.DEFAULT)
        assert keys(*self.BEFORE, NEXT_YEAR, *said, AuditFinished("a2"), third) == ["phone-number"]

    def test_a_purpose_that_a_file_gave_since_is_not_by_no(self) -> None:
        """It says more than the “no”."""
        work = (AccountPurposed("instagram", Purpose.WORK), AccountPurposed("x", Purpose.SHARED))
        assert keys(*self.BEFORE, *work, NEXT_YEAR) == ["phone-number"]


class TestPhoneNumber:
    def test_it_is_asked_once_there_are_accounts(self) -> None:
        """In the first portion of every audit."""
        mailbox = AccountAdded("mailbox", "mailbox", purpose=Purpose.PERSONAL)
        said = AnswerGiven(YOU, "setup.phone-number", NO)
        assert keys(mailbox, audit_started(), said) == ["phone-number"]
        assert keys(mailbox, audit_started(), said, audit_started(portion=2)) == []
        assert keys(mailbox, audit_started(), said, NEXT_YEAR) == ["phone-number"]

    @pytest.mark.parametrize("network", ["whatsapp", "signal", "telegram"])
    def test_an_account_that_lives_on_a_number_answers_it(self, network: str) -> None:
        """As long as it is open, whatever was said before."""
        account = AccountAdded(network, network, purpose=Purpose.PERSONAL)
        mailbox = AccountAdded("mailbox", "mailbox", purpose=Purpose.PERSONAL)
        said = AnswerGiven(YOU, "setup.phone-number", NO)
        assert keys(mailbox, account, said, audit_started()) == []
        assert has_number_account(state(account, said))
        assert keys(mailbox, account, AccountClosed(network), audit_started()) == ["phone-number"]
        assert not has_number_account(state(mailbox, account, AccountClosed(network)))

    def test_every_reply_leads_on_to_the_checks(self) -> None:
        """Not to know, and not now, are replies too."""
        before = answered(sitting_down(), NO)
        for now in (answered(before, NO), answered(before, NonAnswer.UNKNOWN), before.reply(Skip())):
            assert now.current is not None
            assert not now.current.key.startswith("setup.")
            assert key(now.reply(Back())) == "setup.phone-number"
