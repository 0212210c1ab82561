"""The interview: replies in, events out, and always a question that follows from what was said."""

from collections.abc import Iterator, Sequence
from datetime import date

import pytest
from msgspec.structs import replace
from tests.builders import (
    DAY,
    audit_started,
    catalogue,
    check,
    checklist,
    choice,
    core_check,
    core_checks,
    record,
    sitting,
)

from hygiene.engine.assess import assess
from hygiene.engine.conditions import parse_condition
from hygiene.engine.interview import Interview, conduct
from hygiene.engine.questions import Answered, Back, Progress, Question, Reply, Skip, Stop
from hygiene.engine.state import current_state
from hygiene.model.account import YOU, Purpose
from hygiene.model.checklist import Catalogue, Check, Severity
from hygiene.model.record import (
    PASSKEY,
    AccountAdded,
    AccountPurposed,
    AccountRemoved,
    Answer,
    AnswerGiven,
    AuditFinished,
    Chosen,
    ChosenMany,
    Event,
    NonAnswer,
    Outcome,
    Record,
    Scope,
    Written,
)

YES, NO, LATER = Chosen("yes"), Chosen("no"), NonAnswer.LATER
INSTA = AccountAdded("insta", "instagram", purpose=Purpose.PERSONAL)
CLUB = replace(INSTA, account="club")


def instagram(*checks: Check) -> Catalogue:
    return catalogue(checklist("instagram", *checks, network="instagram"))


ABC = instagram(*(check(f"instagram.{each}") for each in "abc"))
CORE = catalogue(
    checklist("instagram", *core_checks("instagram"), network="instagram"),
    checklist("x", *core_checks("x"), network="x"),
)


def interview(
    what: Catalogue, *events: Event, only: tuple[str, ...] = ("instagram",), on: date = DAY
) -> Interview:
    """An interview after these events; of named checklists unless told, so without the questions before."""
    return of_record(what, record(*events), only, on)


def of_record(what: Catalogue, said: Record, only: tuple[str, ...], on: date = DAY) -> Interview:
    return Interview(sitting(what, *only), current_state(said), "a1", on, said.next_seq)


def begun(what: Catalogue = ABC, *accounts: Event) -> Interview:
    return interview(what, *(accounts or (INSTA,)), audit_started(Scope.FULL))


def first_run(what: Catalogue = CORE) -> Interview:
    return interview(what, audit_started(Scope.FULL), only=())


def current(now: Interview) -> Question:
    question = now.current
    assert question is not None
    return question


def key(now: Interview) -> str | None:
    """What is asked now; None at the end."""
    return now.current.key.removeprefix("instagram.").removeprefix("setup.") if now.current else None


def accounts(now: Interview) -> list[str]:
    return [each.account_id for each in current(now).accounts]


def all_say(now: Interview, answer: Answer, note: str = "") -> Interview:
    """The interview after the same answer for every account of the question."""
    by_account = {each.account_id: answer for each in current(now).accounts}
    return now.reply(Answered(by_account, note))


def saying(now: Interview, *answers: Answer) -> Interview:
    for answer in answers:
        now = all_say(now, answer)
    return now


def again(
    now: Interview, what: Catalogue, *before: Event, only: tuple[str, ...] = ("instagram",)
) -> Interview:
    """A fresh interview of the same audit after everything that was said, as another process sees it."""
    return of_record(what, record(*before, *now.said), only).resumed()


class TestStraightThrough:
    def test_one_question_after_the_other_to_the_end(self) -> None:
        """Each reply is an event of its own, with its place and its note; then there is no question left."""
        now = begun()
        assert key(now) == "a"
        now = all_say(now, YES, "in January")
        assert key(now) == "b"
        now = saying(now, NonAnswer.UNKNOWN, NO)
        assert now.current is None
        assert now.said == (
            AnswerGiven("insta", "instagram.a", YES, "in January"),
            AnswerGiven("insta", "instagram.b", NonAnswer.UNKNOWN),
            AnswerGiven("insta", "instagram.c", NO),
        )
        assert now.next_seq == 3 + 3
        assert now.state.answers["insta", "instagram.c"].seq == 5

    def test_accounts_may_differ(self) -> None:
        """One event for each; an account that was not reached is asked about next."""
        now = begun(instagram(check("instagram.a")), INSTA, CLUB).reply(Answered({"club": NO}))
        assert now.said == (AnswerGiven("club", "instagram.a", NO),)
        assert (key(now), accounts(now)) == ("a", ["insta"])

    def test_a_reply_after_the_end_changes_nothing(self) -> None:
        """Whatever it is."""
        done = saying(begun(), YES, YES, YES)
        for reply in (Answered({"insta": NO}), Back(), Skip(), Stop()):
            assert done.reply(reply) == done

    def test_an_answer_belongs_to_the_interview_s_day(self) -> None:
        """The day of `--on`, not that of the audit's beginning."""
        later = date(2026, 12, 24)
        now = all_say(interview(ABC, INSTA, audit_started(Scope.FULL), on=later), YES)
        assert now.state.answers["insta", "instagram.a"].on == later


class TestBack:
    def test_back_leads_to_the_question_before_with_its_answer(self) -> None:
        """The new answer replaces the old one, and the interview goes on where it was."""
        now = saying(begun(), YES, NO).reply(Back())
        assert key(now) == "b"
        assert current(now).previous == NO
        now = all_say(now, YES)
        assert key(now) == "c"
        assert now.state.answer("insta", "instagram.b") == YES

    def test_back_twice_leads_two_questions_back_and_forward_again(self) -> None:
        """Every question gone back over is asked again, in the order of before."""
        now = saying(begun(), YES, NO).reply(Back()).reply(Back())
        assert key(now) == "a"
        now = all_say(now, NO)
        assert key(now) == "b"
        assert current(now).previous == NO
        now = all_say(now, NO)
        assert key(now) == "c"
        assert key(now.reply(Back()).reply(Back())) == "a"

    def test_back_at_the_first_question_stays_there(self) -> None:
        """There is nothing before it."""
        assert begun().reply(Back()) == begun()

    def test_back_over_a_question_that_was_put_off(self) -> None:
        """It can be answered after all."""
        now = begun().reply(Skip()).reply(Back())
        assert key(now) == "a"
        assert all_say(now, YES).state.answer("insta", "instagram.a") == YES

    def test_what_was_gone_back_from_is_not_asked_when_it_no_longer_applies(self) -> None:
        """A question behind a condition that the new answer makes false."""
        what = instagram(
            check("instagram.a"),
            check("instagram.b", when=parse_condition("instagram.a is yes")),
            check("instagram.c"),
        )
        now = saying(begun(what), YES, YES).reply(Back()).reply(Back())
        assert key(now) == "a"
        assert key(all_say(now, NO)) == "c"
        assert key(all_say(now, YES)) == "b"

    def test_it_is_asked_only_of_the_accounts_to_which_it_still_applies(self) -> None:
        """A passkey on one of two accounts leaves one password to speak of."""
        now = begun(CORE, INSTA, CLUB)
        now = saying(now, Chosen("personal"), Chosen("random"), NO).reply(Back()).reply(Back())
        assert (key(now), accounts(now)) == ("password", ["insta", "club"])
        now = now.reply(Answered({"insta": Chosen("passkey-only"), "club": Chosen("random")}))
        assert (key(now), accounts(now)) == ("password-age", ["club"])

    def test_an_account_dropped_on_the_way_back_is_not_asked_about(self) -> None:
        """Back to the networks over the name of a second account, then without the network."""
        now = saying(first_run(), ChosenMany(("instagram", "x")), ChosenMany(("instagram", "x")))
        assert accounts(now) == ["instagram"]
        now = now.reply(Skip()).reply(Skip())
        assert key(now) == "purpose"
        for _ in range(4):
            now = now.reply(Back())
        assert key(now) == "networks"
        now = saying(now, ChosenMany(("x",)))
        assert AccountRemoved("instagram") in now.said
        now = saying(now, ChosenMany(("x",)))
        assert (key(now), accounts(now)) == ("names", ["x"])
        now = all_say(now, Written("the club"))
        assert (key(now), accounts(now)) == ("purpose", ["x", "x-2"])

    def test_a_question_asked_again_knows_the_new_purpose(self) -> None:
        """What is recommended depends on it."""
        now = saying(first_run(), ChosenMany(("x",)), ChosenMany(()), Chosen("personal"), Chosen("personal"))
        assert key(now) == "password"
        now = now.reply(Back()).reply(Back())
        assert key(now) == "purpose"
        now = all_say(now, Chosen("work"))
        assert key(now) == "owner-email"
        assert current(now).accounts[0].purpose is Purpose.WORK


class TestSkip:
    def test_a_question_put_off_comes_back_in_the_next_portion(self) -> None:
        """Not in this one; and only it comes back."""
        before = (INSTA, audit_started(Scope.FULL))
        now = saying(begun().reply(Skip()), YES, YES)
        assert now.current is None
        second = again(now, ABC, *before, only=())
        assert second.current is not None  # the questions before the first check belong to portion one
        said = record(*before, *now.said, AuditFinished("a1"), audit_started(Scope.FULL, 2))
        portion_two = of_record(ABC, said, ("instagram",)).resumed()
        assert key(portion_two) == "a"
        assert all_say(portion_two, NO).current is None

    def test_putting_off_keeps_last_year_s_answer(self) -> None:
        """It is shown again, and stays in force."""
        before = (INSTA, AnswerGiven("insta", "instagram.a", YES))
        now = begun(ABC, *before)
        assert current(now).previous == YES
        assert now.reply(Skip()).state.answer("insta", "instagram.a") == YES


class TestStop:
    def test_a_stopped_interview_resumes_at_the_same_question(self) -> None:
        """Everything said is kept; the way back is there too."""
        now = saying(begun(), YES)
        stopped = now.reply(Stop())
        assert stopped.current is None
        assert stopped.stopped
        assert stopped.said == now.said
        resumed = again(stopped, ABC, INSTA, audit_started(Scope.FULL))
        assert resumed.current == now.current
        assert key(resumed.reply(Back())) == "a"

    def test_a_half_answered_question_resumes_with_the_accounts_that_are_left(self) -> None:
        """Another process answered for one of them."""
        one = AnswerGiven("insta", "instagram.a", YES)
        now = interview(
            instagram(check("instagram.a")), INSTA, CLUB, audit_started(Scope.FULL), one
        ).resumed()
        assert accounts(now) == ["club"]
        assert now.trail == ()

    def test_stopping_on_the_way_back_resumes_where_the_answers_end(self) -> None:
        """What was answered stays answered."""
        stopped = saying(begun(), YES, NO).reply(Back()).reply(Stop())
        resumed = again(stopped, ABC, INSTA, audit_started(Scope.FULL))
        assert key(resumed) == "c"


class TestConditions:
    WHAT = instagram(
        check("instagram.a"),
        check("instagram.b", severity=Severity.MEDIUM, when=parse_condition("instagram.a is yes")),
    )

    @pytest.mark.parametrize(("answer", "expected"), [(YES, "b"), (NO, None), (NonAnswer.UNKNOWN, None)])
    def test_a_question_appears_with_its_condition(self, answer: Answer, expected: str | None) -> None:
        """As soon as the answer it rests on is there."""
        assert key(all_say(begun(self.WHAT), answer)) == expected

    def test_an_answer_behind_a_condition_that_became_false_is_kept_and_not_counted(self) -> None:
        """Said again that the condition holds, it counts again, without being asked twice."""
        now = saying(begun(self.WHAT), YES, NO)
        assert now.current is None

        def outcome(at: Interview) -> Outcome:
            full = assess(at.state, self.WHAT, at.sitting.policy, DAY, Scope.FULL)
            return full.results[1].outcome

        assert outcome(now) is Outcome.FAIL
        without = now.with_event(AnswerGiven("insta", "instagram.a", NO))
        assert outcome(without) is Outcome.NOT_APPLICABLE
        assert without.state.answer("insta", "instagram.b") == NO
        assert without.current is None
        restored = without.with_event(AnswerGiven("insta", "instagram.a", YES))
        assert outcome(restored) is Outcome.FAIL
        assert restored.current is None

    def test_a_passkey_makes_the_questions_about_the_password_void(self) -> None:
        """And “back” to it brings them back."""
        now = saying(begun(CORE), Chosen("personal"), Chosen("passkey-only"))
        assert key(now) == "two-factor"
        now = all_say(now.reply(Back()), Chosen("random"))
        assert key(now) == "password-age"
        now = saying(now, PASSKEY)
        assert key(now) == "two-factor"
        assert key(now.reply(Back())) == "password-age"


class TestFirstRun:
    def test_from_the_networks_to_the_last_check(self) -> None:
        """Networks, addresses, several, names, purposes, then the core questions over all accounts."""
        what = catalogue(*CORE.checklists.values(), checklist("habits", check("habits.voice", core=True)))
        now = first_run(what)
        assert key(now) == "networks"
        now = all_say(now, ChosenMany(("instagram", "x", "work-mailbox", "other")))
        assert key(now) == "domains"
        now = all_say(now, Written("gitlab.com"))
        assert key(now) == "several"
        now = all_say(now, ChosenMany(("x",)))
        assert (key(now), accounts(now)) == ("names", ["x"])
        now = all_say(now, Written("the club"))
        assert (key(now), accounts(now)) == ("purpose", ["instagram", "x", "other", "x-2"])
        now = now.reply(
            Answered(
                {
                    "instagram": Chosen("personal"),
                    "x": Chosen("work"),
                    "other": Chosen("personal"),
                    "x-2": Chosen("shared"),
                }
            )
        )
        assert (key(now), accounts(now)) == ("owner-email", ["instagram", "x", "x-2"])
        now = saying(now, Chosen("work"), Chosen("random"), NO, PASSKEY, Chosen("app"))
        assert (key(now), accounts(now)) == ("habits.voice", [YOU])
        now = all_say(now, YES)
        assert now.current is None
        assert [
            (each.id, each.network, each.label, each.domain, each.purpose) for each in now.state.open_accounts
        ] == [
            ("instagram", "instagram", "", None, Purpose.PERSONAL),
            ("x", "x", "", None, Purpose.WORK),
            ("work-mailbox", "work-mailbox", "", None, Purpose.WORK),
            ("other", "other", "", "gitlab.com", Purpose.PERSONAL),
            ("x-2", "x", "the club", None, Purpose.SHARED),
        ]

    def test_an_answer_that_adds_accounts_says_so_first(self) -> None:
        """In the order in which another process would read it."""
        now = all_say(first_run(), ChosenMany(("x",)))
        assert now.said == (AccountAdded("x", "x"), AnswerGiven(YOU, "setup.networks", ChosenMany(("x",))))
        now = saying(now, ChosenMany(()), Chosen("work"))
        assert now.said[-2:] == (
            AccountPurposed("x", Purpose.WORK),
            AnswerGiven("x", "setup.purpose", Chosen("work")),
        )

    def test_a_tick_taken_away_on_the_way_back_leaves_no_account(self) -> None:
        """Ticked again it is a new one: an id is never used twice."""
        now = saying(first_run(), ChosenMany(("x",)))
        now = all_say(now.reply(Back()), ChosenMany(()))
        assert now.state.open_accounts == ()
        assert now.current is None
        again = first_run().with_event(AccountAdded("x", "x")).with_event(AccountRemoved("x"))
        assert [each.id for each in all_say(again, ChosenMany(("x",))).state.open_accounts] == ["x-2"]


class TestProgress:
    def test_it_counts_from_one_to_the_total(self) -> None:
        """And the time that is left by the published formula."""
        now = begun()
        seen = []
        while now.current:
            seen.append(now.progress)
            now = all_say(now, YES)
        each = 5 + 5 * 60 // 200  # three words, and the choices' two
        assert seen == [Progress(1, 3, 3 * each), Progress(2, 3, 2 * each), Progress(3, 3, each)]

    def test_back_counts_back(self) -> None:
        """The number is the question's own place."""
        now = saying(begun(), YES, YES).reply(Back()).reply(Back())
        assert (key(now), now.progress.number) == ("a", 1)
        assert all_say(now, YES).progress.number == 2

    def test_the_total_is_unknown_until_the_accounts_are_known(self) -> None:
        """0 stands for that."""
        now = first_run()
        assert now.progress.total == 0
        now = saying(now, ChosenMany(("x",)), ChosenMany(()), Chosen("personal"))
        assert key(now) == "owner-email"
        assert now.progress.total == 3 + 5

    def test_it_stays_a_number_at_the_end(self) -> None:
        """Nothing is left."""
        done = saying(begun(), YES, YES, YES)
        assert done.progress.seconds_left == 0


class Script:
    """A terminal that gives the replies of a list, and remembers the questions as a person would."""

    def __init__(self, *replies: Reply) -> None:
        self._replies: Iterator[Reply] = iter(replies)
        self.asked: list[str] = []

    def ask(self, question: Question, progress: Progress) -> Reply:
        self.asked.append(f"{progress.number}/{progress.total} {question.text.to('en')}")
        return next(self._replies)

    def show(self, message: str) -> None:
        raise AssertionError(message)

    def confirm(self, message: str, *, default: bool) -> bool:
        raise AssertionError(message, default)

    def secret(self, message: str) -> str:
        raise AssertionError(message)

    def choose(self, message: str, choices: Sequence[str]) -> int:
        raise AssertionError(message, choices)

    def line(self, message: str) -> str:
        raise AssertionError(message)


class TestConduct:
    def test_it_asks_until_the_portion_is_done_and_keeps_every_reply(self) -> None:
        """What `on_change` gets after each reply holds that reply: nothing is lost to a power cut."""
        terminal = Script(
            Answered({"insta": YES}), Back(), Answered({"insta": NO}), Skip(), Answered({"insta": YES})
        )
        kept: list[int] = []
        done = conduct(begun(), terminal, lambda now: kept.append(len(now.said)))
        assert done.current is None
        assert not done.stopped
        assert kept == [1, 1, 2, 3, 4]
        assert terminal.asked == [
            "1/3 Is instagram.a so?",
            "2/3 Is instagram.b so?",
            "1/3 Is instagram.a so?",
            "2/3 Is instagram.b so?",
            "3/3 Is instagram.c so?",
        ]

    def test_stop_ends_it(self) -> None:
        """The reply before it is kept."""
        done = conduct(begun(), Script(Answered({"insta": YES}), Stop()), lambda _: None)
        assert done.stopped
        assert done.said == (AnswerGiven("insta", "instagram.a", YES),)

    def test_nothing_to_ask_asks_nothing(self) -> None:
        """No account, no question."""
        empty = interview(ABC, audit_started(Scope.FULL))
        assert conduct(empty, Script(), lambda _: None) == empty


def test_core_questions_of_two_networks_are_one_screen() -> None:
    """One reply answers each network's own check."""
    alerts = [
        core_check(each, "alerts", choices=(choice("a", good=True), choice("b")))
        for each in ("instagram", "x")
    ]
    what = catalogue(
        *(checklist(each.id.partition(".")[0], each, network=each.id.partition(".")[0]) for each in alerts)
    )
    now = interview(
        what, INSTA, AccountAdded("tw", "x", purpose=Purpose.WORK), audit_started(), only=("instagram", "x")
    )
    now = now.reply(Answered({"insta": Chosen("a"), "tw": Chosen("b")}))
    assert now.said == (
        AnswerGiven("insta", "instagram.alerts", Chosen("a")),
        AnswerGiven("tw", "x.alerts", Chosen("b")),
    )


class TestNotes:
    def test_a_note_on_one_account_is_kept_on_that_one_only(self) -> None:
        """A note on all stands where there is none of its own."""
        both_say = {"insta": YES, "club": NO}
        asked = begun(instagram(check("instagram.a")), INSTA, CLUB)
        said = asked.reply(Answered(both_say, "on all", {"club": "on the club"})).said
        assert [each.note for each in said if isinstance(each, AnswerGiven)] == ["on all", "on the club"]
