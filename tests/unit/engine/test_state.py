"""What the record says today: a fold over its statements."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from tests.builders import DAY, audit_started, days, record, state

from hygiene.engine.state import Audit, Latest, current_state, judgements, titles
from hygiene.model.account import Account, Purpose
from hygiene.model.checklist import Severity
from hygiene.model.finding import Waiver
from hygiene.model.record import (
    AccountAdded,
    AccountClosed,
    AccountPlaced,
    AccountPurposed,
    AccountRemoved,
    AccountRenamed,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    ChecklistUsed,
    Chosen,
    Event,
    Judged,
    Judgement,
    NonAnswer,
    Outcome,
    Record,
    ReportWritten,
    Scope,
    SettingChosen,
    Statement,
    Titled,
    Waived,
)
from hygiene.model.text import Text

YES, NO = Chosen("yes"), Chosen("no")
LATER_DAY = date(2026, 12, 1)


class TestAccounts:
    def test_an_account_has_all_that_was_said(self) -> None:
        """Adding, naming and giving a purpose; opening day and domain stay."""
        added = AccountAdded("gl", "other", domain="gitlab.com", opened=days(date(2020, 1, 1)))
        now = state(added, AccountRenamed("gl", "GitLab"), AccountPurposed("gl", Purpose.WORK))
        assert now.accounts == {
            "gl": Account("gl", "other", "GitLab", Purpose.WORK, "gitlab.com", days(date(2020, 1, 1)))
        }

    def test_where_an_account_lies_may_be_said_later_and_taken_back(self) -> None:
        """A server, then another one, then no longer known; all else stays."""
        added = AccountAdded("md", "mastodon", "my posts", Purpose.PERSONAL)
        now = state(added, AccountPlaced("md", "piaille.fr"), AccountPlaced("md", "mastodon.social"))
        assert now.accounts["md"] == Account(
            "md", "mastodon", "my posts", Purpose.PERSONAL, "mastodon.social"
        )
        assert (
            state(added, AccountPlaced("md", "piaille.fr"), AccountPlaced("md")).accounts["md"].domain is None
        )

    def test_a_closed_account_keeps_its_history(self) -> None:
        """It is no longer open, on the day it was said for; its answers stay."""
        now = state(AccountAdded("x", "x"), AnswerGiven("x", "x.a", YES), AccountClosed("x"))
        assert now.accounts["x"].closed_on == DAY
        assert now.open_accounts == ()
        assert now.answer("x", "x.a") == YES

    def test_a_removed_account_is_gone_and_its_id_stays_used(self) -> None:
        """The id of an account added by mistake is never given to another one."""
        now = state(AccountAdded("x", "x"), AccountAdded("insta", "instagram"), AccountRemoved("x"))
        assert tuple(now.accounts) == ("insta",)
        assert now.used_ids == {"x", "insta"}

    @pytest.mark.parametrize(
        "event",
        [
            AccountRenamed("x", "late"),
            AccountPurposed("x", Purpose.WORK),
            AccountPlaced("x", "x.org"),
            AccountClosed("x"),
            AccountRemoved("x"),
        ],
        ids=lambda event: type(event).__name__,
    )
    def test_what_is_said_of_no_account_does_nothing(self, event: Event) -> None:
        """Another copy of the store may have removed it meanwhile."""
        assert state(event).accounts == {}
        assert state(AccountAdded("x", "x"), AccountRemoved("x"), event).accounts == {}


class TestAnswers:
    def test_the_latest_answer_counts_with_its_day_and_source(self) -> None:
        """Its place in the record tells whether this portion of the audit gave it."""
        first = AnswerGiven("x", "x.a", NO)
        last = AnswerGiven("x", "x.a", YES, "in January", "evidence:x-archive", date(2026, 11, 1))
        assert state(first, last).answers == {
            ("x", "x.a"): Latest(YES, DAY, 2, "in January", "evidence:x-archive", date(2026, 11, 1))
        }

    def test_putting_off_keeps_the_older_answer(self) -> None:
        """“Later” is not an answer: the one of last year stays in force, and the place is noted."""
        now = state(AnswerGiven("x", "x.a", YES), AnswerGiven("x", "x.a", NonAnswer.LATER))
        assert now.answer("x", "x.a") == YES
        assert now.answers["x", "x.a"].seq == 1
        assert now.deferred == {("x", "x.a"): 2}

    @pytest.mark.parametrize("word", [NonAnswer.UNKNOWN, NonAnswer.NOT_APPLICABLE])
    def test_not_to_know_is_an_answer(self, word: NonAnswer) -> None:
        """It takes the place of an older one."""
        assert state(AnswerGiven("x", "x.a", YES), AnswerGiven("x", "x.a", word)).answer("x", "x.a") is word

    def test_never_asked_is_no_answer(self) -> None:
        """Neither on the account nor on the person."""
        assert state(AnswerGiven("x", "x.a", YES)).answer("you", "x.a") is None


class TestAudits:
    def test_an_audit_in_two_portions(self) -> None:
        """The first portion starts the yearly clock; a later one leaves the finishing day as it is."""
        used = (ChecklistUsed("x", "2026.11", "sha256:01", "hygiene", "bundled"),)
        first = AuditStarted("a1", Scope.DEFAULT, 1, used)
        started = state(first).after(AnswerGiven("x", "x.a", YES), DAY, 2)
        assert started.latest_audit == Audit("a1", Scope.DEFAULT, DAY, used, 1, 1, 1)
        assert started.last_finished is None

        finished = started.after(AuditFinished("a1"), DAY, 3)
        assert finished.latest_audit == Audit("a1", Scope.DEFAULT, DAY, used, 1, 1, 1, False, DAY)

        second = finished.after(AuditStarted("a1", Scope.DEFAULT, 2, used), LATER_DAY, 4)
        assert second.latest_audit == Audit("a1", Scope.DEFAULT, DAY, used, 1, 2, 4, True, DAY)
        assert second.last_finished == second.latest_audit
        done = second.after(AuditFinished("a1", 2), LATER_DAY, 5).latest_audit
        assert done == Audit("a1", Scope.DEFAULT, DAY, used, 1, 2, 4, False, DAY)

    def test_a_further_portion_may_widen_the_scope(self) -> None:
        """`audit --full` after an ordinary one makes the same audit a full one."""
        now = state(audit_started(), AuditFinished("a1"), audit_started(Scope.FULL, 2))
        assert now.audits["a1"].scope is Scope.FULL

    def test_the_latest_and_the_last_finished_audit_differ(self) -> None:
        """One begun anew and not yet finished does not hide the last one."""
        now = state(audit_started(), AuditFinished("a1"), AuditStarted("a2", Scope.FULL))
        assert now.latest_audit == now.audits["a2"]
        assert now.last_finished == now.audits["a1"]

    def test_there_may_be_none(self) -> None:
        """An empty record, or the end of an audit that another copy began."""
        assert state(AuditFinished("elsewhere")).audits == {}
        assert state().latest_audit is None
        assert state().last_finished is None


class TestTheRest:
    def test_waivers_and_settings(self) -> None:
        """The latest one counts; an empty setting is kept, and means the default."""
        now = state(
            Waived("x", "x.a", "too early", DAY),
            Waived("x", "x.a", "on purpose"),
            SettingChosen("plain", "yes"),
            SettingChosen("plain", ""),
        )
        assert now.waivers == {("x", "x.a"): Waiver("on purpose", None)}
        assert now.settings == {"plain": ""}

    def test_what_is_only_remembered_changes_nothing(self) -> None:
        """Lines of finished audits, titles and the paths of reports."""
        judged = Judged("a1", "x", (Judgement("x.a", 1, Outcome.PASS, Severity.HIGH, 6),))
        assert state(judged, Titled("x.a", 1, "en", "A"), ReportWritten("/r.html")) == state()

    def test_an_acceptance_is_taken_back_by_a_day_that_has_passed(self) -> None:
        """Then it is as if it had never been, and does not count as one that ended."""
        accepted, kept = Waived("x", "x.a", "why", LATER_DAY), Waived("x", "x.b")
        taken_back = Waived("x", "x.a", until=DAY - timedelta(days=1))
        assert state(accepted, kept, taken_back).waivers == {("x", "x.b"): Waiver("", None)}
        assert state(taken_back, accepted).waivers == {("x", "x.a"): Waiver("why", LATER_DAY)}
        assert state(Waived("x", "x.a", until=DAY)).waivers == {("x", "x.a"): Waiver("", DAY)}

    def test_the_id_of_a_removed_account_stays_used(self) -> None:
        """Even where nothing but its removal is left."""
        assert state(AccountRemoved("x")).used_ids == {"x"}

    def test_the_order_is_by_place_then_id(self) -> None:
        """Two copies of a store that said something in the same place agree on which came first."""
        added = Statement("z", 1, DAY, AccountAdded("x", "x"))
        one = Statement("a", 2, DAY, AnswerGiven("x", "x.a", YES))
        other = Statement("b", 2, DAY, AnswerGiven("x", "x.a", NO))
        for order in ((added, one, other), (other, one, added), (one, added, other)):
            assert current_state(Record(order)).answer("x", "x.a") == NO

    def test_a_later_portion_replaces_the_judgements_of_an_earlier_one(self) -> None:
        """One for each check of the audit asked about, others left alone."""
        before = Judgement("x.a", 1, Outcome.NOT_CHECKED, Severity.HIGH, 6)
        after, second = replace(before, outcome=Outcome.PASS), replace(before, check="x.b")
        said = record(
            Judged("a1", "x", (before, second)), Judged("a2", "x", (before,)), Judged("a1", "x", (after,))
        )
        assert judgements(said, "a1") == {("x", "x.a"): after, ("x", "x.b"): second}
        assert judgements(said, "a2") == {("x", "x.a"): before}
        assert judgements(said, "a3") == {}

    def test_titles_are_kept_by_revision(self) -> None:
        """A check that was reworded keeps what it was called before, in every language."""
        old, new = Titled("x.a", 1, "fr", "Ancien"), Titled("x.a", 2, "en", "New")
        said = record(old, AccountAdded("x", "x"), new, Titled("x.a", 1, "en", "Old"))
        assert titles(said) == {
            ("x.a", 1): Text("fr", {"fr": "Ancien", "en": "Old"}),
            ("x.a", 2): Text("en", {"en": "New"}),
        }

    def test_one_more_event_leaves_the_state_before_as_it_was(self) -> None:
        """States are values: the interview keeps several."""
        before = state(AccountAdded("x", "x"))
        after = before.after(AccountRenamed("x", "new"), DAY, 2)
        assert before.accounts["x"].label == ""
        assert after.accounts["x"].label == "new"
