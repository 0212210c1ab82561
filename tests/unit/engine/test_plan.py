"""Which questions a portion asks, and in which order."""

from datetime import date, timedelta

import pytest
from msgspec.structs import replace
from tests.builders import (
    DAY,
    DEFAULT,
    PASSWORD,
    POLICY,
    audit_started,
    both,
    catalogue,
    check,
    checklist,
    choice,
    core_check,
    core_checks,
    dated,
    days,
    sitting,
    state,
)

from hygiene.engine.conditions import parse_condition
from hygiene.engine.plan import portion
from hygiene.engine.questions import Asked, Question
from hygiene.engine.state import State
from hygiene.model.account import YOU, Purpose
from hygiene.model.checklist import Catalogue, Check, Remediation, Severity
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.record import (
    PASSKEY,
    AccountAdded,
    AccountPurposed,
    Answer,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    Chosen,
    Dated,
    Event,
    NonAnswer,
    Scope,
    Via,
)

INSTA, CLUB, TW = (
    AccountAdded("insta", "instagram"),
    AccountAdded("club", "instagram"),
    AccountAdded("tw", "x"),
)
VOICE = check("habits.voice", core=True)
LATER = NonAnswer.LATER
MARCH = Dated(days(date(2026, 3, 1)))


def lists(*extra: Check, habits: tuple[Check, ...] = (VOICE,)) -> Catalogue:
    """Instagram and X with the core questions, Instagram with some more, and habits."""
    return catalogue(
        checklist("habits", *habits),
        checklist("instagram", *core_checks("instagram"), *extra, network="instagram"),
        checklist("x", *core_checks("x"), network="x"),
    )


def bare(*checks: Check) -> Catalogue:
    """Instagram with these checks and nothing else."""
    return catalogue(checklist("instagram", *checks, network="instagram"))


def started(*events: Event, scope: Scope = Scope.FULL, before: tuple[Event, ...] = ()) -> State:
    return state(*before, audit_started(scope), *events)


def asked(now: State, what: Catalogue, *only: str, policy: Policy = POLICY) -> tuple[Question, ...]:
    audit = now.latest_audit
    assert audit is not None
    return portion(now, audit, sitting(what, *only, policy=policy))


def keys(now: State, what: Catalogue, *only: str, policy: Policy = POLICY) -> list[str]:
    return [each.key for each in asked(now, what, *only, policy=policy)]


def next_portion(now: State, number: int = 2) -> State:
    seq = 100 * number
    return now.after(AuditFinished("a1"), DAY, seq).after(audit_started(Scope.FULL, number), DAY, seq + 1)


def answered(now: State, question: Question, answer: Answer, seq: int) -> State:
    for each in question.accounts:
        now = now.after(AnswerGiven(each.account_id, each.check.id, answer), DAY, seq)
    return now


class TestOrder:
    def test_core_over_accounts_then_habits_then_the_rest_by_severity(self) -> None:
        """Of the same severity what can be said from memory comes first."""
        extra = (
            check("instagram.medium", severity=Severity.MEDIUM),
            check("instagram.look", look=True),
            check("instagram.high"),
            check("instagram.critical", severity=Severity.CRITICAL),
        )
        assert keys(started(INSTA), lists(*extra)) == [
            "owner-email",
            "password",
            "password-age",
            "exposed",
            "two-factor",
            "habits.voice",
            "instagram.critical",
            "instagram.high",
            "instagram.look",
            "instagram.medium",
        ]

    def test_policy_changes_the_order(self) -> None:
        """What an organisation calls critical is asked first."""
        extra = (check("instagram.high"), check("instagram.low", severity=Severity.LOW))
        team = Rules(Layer.ORGANISATION, severities={"instagram.low": Severity.CRITICAL})
        assert keys(started(INSTA), bare(*extra)) == ["instagram.high", "instagram.low"]
        policy = Policy((DEFAULT, team))
        assert keys(started(INSTA), bare(*extra), policy=policy) == ["instagram.low", "instagram.high"]

    def test_later_portions_go_page_by_page(self) -> None:
        """What is mended on one settings page is asked together, high first."""

        def on_page(name: str, page: str, severity: Severity = Severity.HIGH) -> Check:
            remediation = Remediation(1, settings_url=f"https://instagram.com/{page}")
            return check(f"instagram.{name}", look=True, remediation=remediation, severity=severity)

        extra = (
            on_page("a", "one"),
            on_page("b", "two"),
            on_page("c", "one"),
            on_page("d", "two", Severity.LOW),
            on_page("e", "one", Severity.LOW),
        )
        second = next_portion(started(INSTA))
        assert keys(second, bare(*extra)) == [f"instagram.{each}" for each in "acbed"]
        memory = [replace(each, look=False) for each in extra]
        assert keys(started(INSTA), bare(*memory)) == [f"instagram.{each}" for each in "abcde"]

    def test_one_question_asks_a_core_check_of_all_accounts(self) -> None:
        """Each with its own network's check, its own name and its own earlier answer."""
        before = (INSTA, CLUB, TW, AnswerGiven("tw", "x.two-factor", Chosen("yes")))
        question = asked(started(before=before), lists())[-2]
        assert question.key == "two-factor"
        assert [(each.account_id, each.check.id, each.name.to("en")) for each in question.accounts] == [
            ("insta", "instagram.two-factor", "Instagram"),
            ("club", "instagram.two-factor", "Instagram"),
            ("tw", "x.two-factor", "X"),
        ]
        assert [each.previous and each.previous.answer for each in question.accounts] == [
            None,
            None,
            Chosen("yes"),
        ]
        assert question.text == both("two-factor of these accounts?")

    def test_two_accounts_are_several(self) -> None:
        """The words for several are used from the second one on."""
        what = bare(core_check("instagram", "alerts"))
        assert [each.text.to("en") for each in asked(started(INSTA), what)] == ["Is instagram.alerts so?"]
        assert [each.text.to("en") for each in asked(started(INSTA, CLUB), what)] == [
            "alerts of these accounts?"
        ]

    def test_the_mailbox_comes_first_wherever_it_is_written(self) -> None:
        """Then the password and what hangs on it: each answer saves questions further down."""
        what = bare(*reversed(core_checks("instagram")))
        assert keys(started(INSTA), what) == [
            "owner-email",
            "password",
            "password-age",
            "exposed",
            "two-factor",
        ]

    def test_one_account_is_asked_by_its_network_s_name(self) -> None:
        """The words for several accounts are for several accounts."""
        what = core_check("instagram", "alerts", question=both("Do alerts of {network} reach you?"))
        (question,) = asked(started(INSTA), bare(what))
        assert question.text.to("en") == "Do alerts of Instagram reach you?"

    def test_several_accounts_share_a_network_s_own_check(self) -> None:
        """Where it has no words for several, its question stands as it is."""
        (question,) = asked(started(INSTA, CLUB), bare(check("instagram.map")))
        assert [each.account_id for each in question.accounts] == ["insta", "club"]
        assert question.text == both("Is instagram.map so?")


class TestScopeAndConditions:
    @pytest.mark.parametrize(
        ("scope", "expected"),
        [
            (Scope.CORE, ["core"]),
            (Scope.DEFAULT, ["core", "medium"]),
            (Scope.FULL, ["core", "medium", "low"]),
        ],
    )
    def test_the_scope_decides_what_is_asked(self, scope: Scope, expected: list[str]) -> None:
        """As it decides what counts."""
        checks = (
            check("instagram.core", core=True, severity=Severity.LOW),
            check("instagram.medium", severity=Severity.MEDIUM),
            check("instagram.low", severity=Severity.LOW),
        )
        found = keys(started(INSTA, scope=scope), bare(*checks))
        assert found == [f"instagram.{each}" for each in expected]

    def test_a_dropped_check_is_not_asked(self) -> None:
        """Nor is one of a closed or removed account: it has none."""
        team = Rules(Layer.ORGANISATION, dropped=frozenset({"instagram.a"}))
        both_checks = bare(check("instagram.a"), check("instagram.b"))
        assert keys(started(INSTA), both_checks, policy=Policy((DEFAULT, team))) == ["instagram.b"]

    def test_only_named_checklists_are_asked(self) -> None:
        """`audit instagram` asks about Instagram; core questions too, and of its accounts only."""
        now = started(INSTA, TW)
        questions = asked(now, lists(check("instagram.map")), "instagram")
        assert [each.key for each in questions] == [
            "owner-email",
            "password",
            "password-age",
            "exposed",
            "two-factor",
            "instagram.map",
        ]
        assert {asked.account_id for each in questions for asked in each.accounts} == {"insta"}
        assert keys(now, lists(), "habits") == ["habits.voice"]

    def test_a_question_waits_for_its_condition(self) -> None:
        """Neither undecided nor false is asked."""
        codes = check("instagram.codes", when=parse_condition("instagram.map is yes"))
        what = bare(check("instagram.map"), codes)
        assert keys(started(INSTA), what) == ["instagram.map"]
        for answer, expected in [("no", 1), ("yes", 2)]:
            given = AnswerGiven("insta", "instagram.map", Chosen(answer))
            assert len(keys(started(INSTA, given), what)) == expected

    def test_a_condition_may_hold_for_one_account_only(self) -> None:
        """Then the question is about that one."""
        codes = check("instagram.codes", when=parse_condition("instagram.map is yes"))
        given = AnswerGiven("club", "instagram.map", Chosen("yes"))
        questions = asked(started(INSTA, CLUB, given), bare(check("instagram.map"), codes))
        assert [[each.account_id for each in question.accounts] for question in questions] == [
            ["insta", "club"],
            ["club"],
        ]


class TestPasswords:
    ABOUT = ("password", "exposed", "password-age")

    def about_the_password(self, now: State) -> list[str]:
        return [key for key in keys(now, lists(habits=())) if key in self.ABOUT]

    def test_last_year_s_passkey_is_asked_about_where_it_was_said(self) -> None:
        """Nothing else about a password that is not there."""
        age = AnswerGiven("insta", "instagram.password-age", PASSKEY)
        kind = AnswerGiven("insta", "instagram.password", Chosen("passkey-only"))
        assert self.about_the_password(started(before=(INSTA, age))) == ["password-age"]
        assert self.about_the_password(started(before=(INSTA, kind))) == ["password"]

    def test_a_passkey_said_now_stays_within_reach_of_back(self) -> None:
        """The question that said so stays in the portion, what it made void does not."""
        via = AnswerGiven("insta", "instagram.password-age", Via("tw"))
        random = AnswerGiven("insta", "instagram.password", Chosen("random"))
        assert self.about_the_password(started(INSTA, random, via)) == ["password-age"]

    def test_a_habit_named_password_is_always_asked(self) -> None:
        """The rules about a missing password are about accounts."""
        habit = check("habits.password", core_id="password", choices=PASSWORD)
        said = AnswerGiven(YOU, "habits.password", Chosen("passkey-only"))
        assert keys(started(before=(said,)), lists(habits=(habit,))) == ["password"]


class TestEvidence:
    """What an export of the last thirty days proves is not asked."""

    STEP = "instagram.two-factor"

    def proved(self, as_of: date, before: tuple[Event, ...] = ()) -> State:
        said = AnswerGiven("insta", self.STEP, Chosen("app"), source="evidence:bitwarden-json", as_of=as_of)
        return started(before=(*before, INSTA, said))

    def test_a_young_export_spares_the_question(self) -> None:
        assert "two-factor" in keys(started(before=(INSTA,)), lists())
        assert "two-factor" not in keys(self.proved(DAY), lists())

    def test_an_old_one_does_not(self) -> None:
        assert "two-factor" not in keys(self.proved(DAY - timedelta(days=30)), lists())
        assert "two-factor" in keys(self.proved(DAY - timedelta(days=31)), lists())

    def test_whose_mailbox_it_is_is_asked_where_a_group_uses_the_account(self) -> None:
        """The address of a club may lie with the same provider as one's own."""
        check_id = "instagram.owner-email"
        said = AnswerGiven("insta", check_id, Chosen("personal"), source="evidence:instagram", as_of=DAY)
        assert "owner-email" not in keys(started(before=(INSTA, said)), lists())
        shared = AccountPurposed("insta", Purpose.SHARED)
        assert "owner-email" in keys(started(before=(INSTA, said, shared)), lists())

    def test_only_for_the_account_that_it_shows(self) -> None:
        (question,) = (each for each in asked(self.proved(DAY, (TW,)), lists()) if each.key == "two-factor")
        assert [each.account_id for each in question.accounts] == ["tw"]

    def test_nor_is_it_confirmed_as_said_last_time(self) -> None:
        """It was never said."""
        earlier = AuditStarted("a0", Scope.FULL), AuditFinished("a0")
        screens = [each for each in asked(self.proved(DAY, earlier), lists()) if "still" in each.key]
        assert screens == []


def taking(seconds: int) -> Question:
    """A question before the checks that takes so long."""
    accounts = seconds // 5
    words = both(" ".join(["word"] * -(-(seconds % 5) * 200 // 60)))
    asked_of = Asked(None, check("setup.networks", choices=()), both("you"))
    return Question(asked_of.check, (asked_of,) * accounts, words)


class TestTenMinutes:
    def test_the_time_of_a_question_is_published(self) -> None:
        """Words / 200 a minute, 5 seconds for each account, 20 more for each where one must look."""
        forty_words = both(" ".join(["word"] * 38))
        what = check("instagram.map", question=forty_words)
        look = replace(what, id="instagram.look", look=True)
        found = [each.seconds for each in asked(started(INSTA, CLUB), bare(what, look))]
        assert found == [40 * 60 // 200 + 2 * 5, 40 * 60 // 200 + 2 * 25]

    def test_a_portion_lasts_ten_minutes_at_most(self) -> None:
        """A question that no longer fits is passed over; a shorter one after it may still fit."""

        def taking(name: str, seconds: int) -> Check:
            words = both(" ".join(["word"] * ((seconds - 5) * 200 // 60)))
            return check(f"instagram.{name}", question=words, choices=())

        what = bare(taking("a", 305), taking("b", 290), taking("c", 20), taking("d", 5))
        questions = asked(started(INSTA), what)
        assert [each.seconds for each in questions] == [305, 290, 5]
        assert sum(each.seconds for each in questions) == 600

    def test_the_questions_before_the_checks_count(self) -> None:
        """What they took is no longer there for the checks, core excepted."""
        now = started(INSTA)
        audit = now.latest_audit
        assert audit is not None
        what = sitting(bare(check("instagram.core", core=True), check("instagram.map")))
        each = 5 + 5 * 60 // 200
        for spent, expected in [(600 - 2 * each, 2), (601 - 2 * each, 1), (1000, 1)]:
            before = (taking(spent),)
            assert before[0].seconds == spent
            assert len(portion(now, audit, what, before)) == expected

    def test_a_portion_is_thirty_five_screens_at_most(self) -> None:
        """Those before the checks count; core checks are asked all the same, the rest waits."""
        now = started(INSTA)
        audit = now.latest_audit
        assert audit is not None
        core = [check(f"instagram.core-{n}", core=True) for n in range(3)]
        what = sitting(bare(*core, *(check(f"instagram.c{n}") for n in range(40))))
        assert len(portion(now, audit, what)) == 35
        assert len(portion(now, audit, what, (taking(5),) * 5)) == 30
        assert len(portion(now, audit, what, (taking(5),) * 40)) == 3

    def test_core_questions_are_asked_however_long_they_take(self) -> None:
        """With forty accounts the core alone takes longer, and leaves room for nothing else."""
        accounts = [AccountAdded(f"insta-{number}", "instagram") for number in range(40)]
        now = started(*accounts)
        questions = asked(now, lists(check("instagram.map"), habits=(VOICE, check("habits.rest"))))
        assert [each.key for each in questions] == [
            "owner-email",
            "password",
            "password-age",
            "exposed",
            "two-factor",
            "habits.voice",
        ]
        assert sum(each.seconds for each in questions) > 600

    def test_a_question_longer_than_a_portion_is_asked_in_one_of_its_own(self) -> None:
        """Thirty accounts to look at take more than ten minutes, and are not passed over for ever."""
        accounts = [AccountAdded(f"insta-{number}", "instagram") for number in range(30)]
        second = next_portion(started(*accounts))
        questions = asked(second, bare(check("instagram.map", look=True), check("instagram.rest")))
        assert [each.key for each in questions] == ["instagram.rest"]
        third = next_portion(answered(second, questions[0], Chosen("yes"), 250), 3)
        assert keys(third, bare(check("instagram.map", look=True), check("instagram.rest"))) == [
            "instagram.map"
        ]

    def test_two_look_ups_for_each_account_in_the_first_portion(self) -> None:
        """The most severe ones; the others come later."""
        looks = [check(f"instagram.{each}", look=True) for each in "abcd"]
        on_x = checklist("x", check("x.a", look=True), network="x")
        what = catalogue(checklist("instagram", *looks, network="instagram"), on_x)
        first = started(INSTA, TW)
        assert keys(first, what) == ["instagram.a", "instagram.b", "x.a"]
        assert keys(next_portion(first), what) == [
            "instagram.a",
            "instagram.b",
            "instagram.c",
            "instagram.d",
            "x.a",
        ]

    def test_a_look_up_of_several_accounts_waits_for_the_busiest(self) -> None:
        """It is one question: it is asked of all of them or later."""
        looks = [check(f"instagram.{each}", look=True) for each in "ab"]
        alerts = [
            core_check(each, "alerts", core=False, look=True, severity=Severity.LOW)
            for each in ("instagram", "x")
        ]
        what = catalogue(
            checklist("instagram", *looks, alerts[0], network="instagram"),
            checklist("x", alerts[1], network="x"),
        )
        assert keys(started(INSTA, TW), what) == ["instagram.a", "instagram.b"]

    def test_looking_for_a_core_check_is_not_limited(self) -> None:
        """Core checks are asked in every audit."""
        looks = [check(f"instagram.{each}", look=True, core=True) for each in "abc"]
        assert len(keys(started(INSTA), bare(*looks))) == 3


class TestPortions:
    WHAT = bare(check("instagram.a"), check("instagram.b"), check("instagram.c"))

    def test_what_was_answered_in_this_portion_stays_in_it(self) -> None:
        """So that “back” can lead there."""
        now = started(INSTA, AnswerGiven("insta", "instagram.a", Chosen("yes")))
        assert keys(now, self.WHAT) == ["instagram.a", "instagram.b", "instagram.c"]

    def test_a_later_portion_asks_only_what_is_left(self) -> None:
        """Not what an earlier portion of this audit answered; what was put off comes back."""
        now = next_portion(
            started(
                INSTA,
                AnswerGiven("insta", "instagram.a", Chosen("yes")),
                AnswerGiven("insta", "instagram.b", LATER),
            )
        )
        assert keys(now, self.WHAT) == ["instagram.b", "instagram.c"]

    def test_a_later_portion_asks_only_the_accounts_that_are_left(self) -> None:
        """One question about several accounts may be half answered."""
        now = next_portion(
            started(
                INSTA,
                CLUB,
                AnswerGiven("insta", "instagram.a", Chosen("yes")),
                AnswerGiven("club", "instagram.a", LATER),
            )
        )
        accounts = {each.key: [one.account_id for one in each.accounts] for each in asked(now, self.WHAT)}
        assert accounts["instagram.a"] == ["club"]

    def test_a_new_audit_asks_everything_again(self) -> None:
        """Last year's answers are shown as such; a date too."""
        gave = AnswerGiven("insta", "instagram.when", MARCH)
        now = started(before=(INSTA, gave))
        (question,) = asked(now, bare(dated("instagram.when", 6)))
        assert question.previous == MARCH

    def test_a_shared_previous_answer_is_offered_once(self) -> None:
        """Where accounts differ, or one has none, there is none to offer for all."""
        yes, no = Chosen("yes"), Chosen("no")
        cases: list[tuple[Answer, Answer, Answer | None]] = [
            (yes, yes, yes),
            (yes, no, None),
            (yes, LATER, None),
        ]
        for first, second, expected in cases:
            before = (
                INSTA,
                CLUB,
                AnswerGiven("insta", "instagram.a", first),
                AnswerGiven("club", "instagram.a", second),
            )
            assert asked(started(before=before), self.WHAT)[0].previous == expected


def test_a_choice_is_part_of_the_time() -> None:
    """Its words are read too."""
    wordy = check(
        "instagram.map", choices=(choice("a", good=True), replace(choice("b"), text=both("word " * 95)))
    )
    (question,) = asked(started(INSTA), bare(wordy))
    assert question.seconds == (3 + 1 + 95) * 60 // 200 + 5
