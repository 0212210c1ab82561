"""From (record, checklists, policy, day) to outcomes, findings and a score."""

from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from tests.builders import (
    DAY,
    DEFAULT,
    OWNER_EMAIL,
    PASSWORD,
    POLICY,
    TWO_FACTOR,
    both,
    catalogue,
    check,
    checklist,
    choice,
    core_check,
    dated,
    days,
    many,
    state,
)

from hygiene.engine.assess import assess, score_of
from hygiene.engine.conditions import parse_condition
from hygiene.model.account import YOU, Purpose
from hygiene.model.checklist import Check, Kind, Remediation, Severity
from hygiene.model.finding import Assessment, PasswordState, Result, Score, Waiver
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    AccountAdded,
    AccountClosed,
    Answer,
    AnswerGiven,
    Chosen,
    ChosenMany,
    Dated,
    Event,
    NonAnswer,
    Outcome,
    Scope,
    SettingChosen,
    Via,
    Waived,
    Written,
)

PASS, FAIL, UNKNOWN = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN
NOT_APPLICABLE, NOT_CHECKED = Outcome.NOT_APPLICABLE, Outcome.NOT_CHECKED
YES, NO = Chosen("yes"), Chosen("no")
INSTA = AccountAdded("insta", "instagram")


def assessed(
    checks: list[Check],
    *events: Event,
    policy: Policy = POLICY,
    scope: Scope = Scope.FULL,
    day: date = DAY,
    about_you: tuple[Check, ...] = (),
) -> Assessment:
    """The assessment of one Instagram account by these checks."""
    lists = catalogue(checklist("habits", *about_you), checklist("instagram", *checks, network="instagram"))
    return assess(state(INSTA, *events), lists, policy, day, scope)


def result(what: Check, *events: Event, **given: Any) -> Result:
    """What one check of the Instagram account came to."""
    return next(each for each in assessed([what], *events, **given).results if each.check == what)


def said(what: Check, answer: Answer) -> AnswerGiven:
    return AnswerGiven("insta", what.id, answer)


SIMPLE = check("instagram.map")
APPS = many("instagram.apps", choice("tools", good=True), choice("print", good=True), choice("games"))
SESSIONS = dated("instagram.sessions", 6)


class TestOutcomes:
    @pytest.mark.parametrize(
        ("what", "answer", "expected"),
        [
            (SIMPLE, YES, PASS),
            (SIMPLE, NO, FAIL),
            (SIMPLE, NonAnswer.UNKNOWN, UNKNOWN),
            (SIMPLE, NonAnswer.NOT_APPLICABLE, NOT_APPLICABLE),
            (SIMPLE, NonAnswer.LATER, NOT_CHECKED),
            (SIMPLE, None, NOT_CHECKED),
            (SIMPLE, Chosen("retired"), NOT_CHECKED),
            (SIMPLE, Written("words"), NOT_CHECKED),
            (SIMPLE, Via("x"), NOT_CHECKED),
            (APPS, ChosenMany(("tools", "print")), PASS),
            (APPS, ChosenMany(()), PASS),
            (APPS, ChosenMany(("tools", "games")), FAIL),
            (APPS, ChosenMany(("tools", "retired")), NOT_CHECKED),
            (SESSIONS, Dated(days(date(2026, 5, 22))), PASS),
            (SESSIONS, Dated(days(date(2026, 5, 21))), FAIL),
            (SESSIONS, Dated(days(date(2026, 5, 1), date(2026, 5, 31))), UNKNOWN),
            (SESSIONS, NEVER, FAIL),
            (dated("instagram.joined"), Dated(days(date(2010, 1, 1))), PASS),
        ],
    )
    def test_an_answer_decides_a_check(self, what: Check, answer: Answer | None, expected: Outcome) -> None:
        """Passed, failed, nobody knows, does not apply; never asked, or a choice no longer offered: a gap."""
        events = [said(what, answer)] if answer else []
        assert result(what, *events).outcome is expected

    @pytest.mark.parametrize(
        ("purpose", "answer", "outcome", "severity"),
        [
            (Purpose.PERSONAL, "personal", PASS, Severity.HIGH),
            (Purpose.PERSONAL, "work", FAIL, Severity.HIGH),
            (Purpose.PERSONAL, "both", FAIL, Severity.MEDIUM),
            (Purpose.WORK, "personal", FAIL, Severity.HIGH),
            (Purpose.WORK, "work", PASS, Severity.HIGH),
            (Purpose.WORK, "both", FAIL, Severity.MEDIUM),
            (Purpose.SHARED, "personal", FAIL, Severity.HIGH),
            (Purpose.SHARED, "work", PASS, Severity.HIGH),
            (None, "personal", PASS, Severity.HIGH),
            (None, "work", FAIL, Severity.HIGH),
        ],
    )
    def test_the_right_mailbox_depends_on_the_purpose(
        self, purpose: Purpose | None, answer: str, outcome: Outcome, severity: Severity
    ) -> None:
        """A work account belongs to a work mailbox; an account of which nothing was said is personal."""
        what = core_check("instagram", "owner-email", choices=OWNER_EMAIL)
        lists = catalogue(checklist("instagram", what, network="instagram"))
        now = state(replace(INSTA, purpose=purpose), said(what, Chosen(answer)))
        (only,) = assess(now, lists, POLICY, DAY, Scope.CORE).results
        assert (only.outcome, only.severity) == (outcome, severity)

    def test_a_result_carries_what_was_said(self) -> None:
        """Answer, day, note, source, and the day of an export."""
        given = AnswerGiven("insta", SIMPLE.id, NO, "in January", "evidence:x", date(2026, 11, 1))
        found = result(SIMPLE, given)
        assert found == Result(
            "insta", SIMPLE, FAIL, Severity.HIGH, 6, NO, DAY, "in January", "evidence:x", date(2026, 11, 1)
        )
        assert result(SIMPLE) == Result("insta", SIMPLE, NOT_CHECKED, Severity.HIGH, 6)

    def test_checks_of_the_person_and_of_closed_accounts(self) -> None:
        """A list without a network is about `you`; a closed account has no results and stays listed."""
        voice = check("habits.voice")
        found = assessed(
            [SIMPLE], AnswerGiven(YOU, voice.id, YES), AccountClosed("insta"), about_you=(voice,)
        )
        assert [(each.account, each.outcome) for each in found.results] == [(YOU, PASS)]
        assert [account.id for account in found.accounts] == ["insta"]

    def test_accounts_without_a_checklist_are_named(self) -> None:
        """Nothing is judged there, and the report says so."""
        found = assessed([SIMPLE], AccountAdded("gh", "github"))
        assert [account.id for account in found.not_covered] == ["gh"]
        assert {each.account for each in found.results} == {"insta"}


class TestConditions:
    SOURCE = check("instagram.two-factor", choices=TWO_FACTOR)
    CODES = check("instagram.codes", when=parse_condition("instagram.two-factor is app|sms"))

    @pytest.mark.parametrize(
        ("answer", "expected"),
        [
            (Chosen("app"), FAIL),
            (Chosen("none"), NOT_APPLICABLE),
            (NonAnswer.UNKNOWN, NOT_APPLICABLE),
            (NonAnswer.NOT_APPLICABLE, NOT_APPLICABLE),
            (NonAnswer.LATER, NOT_CHECKED),
            (None, NOT_CHECKED),
        ],
    )
    def test_an_answer_behind_a_condition(self, answer: Answer | None, expected: Outcome) -> None:
        """It counts where the condition holds, is kept and not counted where it does not; else a gap."""
        events = [said(self.SOURCE, answer)] if answer else []
        found = assessed([self.SOURCE, self.CODES], said(self.CODES, NO), *events)
        codes = found.results[1]
        assert (codes.outcome, codes.answer) == (expected, NO)

    @pytest.mark.parametrize(
        ("when", "expected"),
        [
            ("purpose is work", PASS),
            ("purpose is personal", NOT_APPLICABLE),
            ("platform is ios", PASS),
            ("platform is android", NOT_APPLICABLE),
            ("habits.voice is yes", PASS),
            ("habits.voice is yes and instagram.two-factor is app", NOT_CHECKED),
            ("habits.voice is yes or instagram.two-factor is app", PASS),
            ("instagram.apps is games", NOT_CHECKED),
        ],
    )
    def test_what_a_condition_knows(self, when: str, expected: Outcome) -> None:
        """Purpose, platform, the account's answers, then the person's; several choices are no word."""
        what = check("instagram.map", when=parse_condition(when))
        now = state(
            replace(INSTA, purpose=Purpose.WORK),
            SettingChosen("platform", "ios"),
            AnswerGiven(YOU, "habits.voice", YES),
            AnswerGiven("insta", "instagram.apps", ChosenMany(("games",))),
            said(what, YES),
        )
        lists = catalogue(checklist("instagram", what, network="instagram"))
        (only,) = assess(now, lists, POLICY, DAY, Scope.FULL).results
        assert only.outcome is expected

    def test_the_account_s_own_answer_comes_before_the_person_s(self) -> None:
        """The same check answered on both."""
        what = check("instagram.map", when=parse_condition("habits.voice is yes"))
        events = (AnswerGiven(YOU, "habits.voice", NO), AnswerGiven("insta", "habits.voice", YES))
        assert result(what, *events, said(what, YES)).outcome is PASS

    def test_a_person_s_check_knows_no_account(self) -> None:
        """Its purpose is personal."""
        what = check("habits.voice", when=parse_condition("purpose is personal"))
        found = assessed([SIMPLE], AnswerGiven(YOU, what.id, YES), about_you=(what,))
        assert found.results[0].outcome is PASS


class TestPasswords:
    AGE = core_check("instagram", "password-age", kind=Kind.DATE, choices=(), severity=Severity.CRITICAL)
    KIND = core_check("instagram", "password", choices=PASSWORD)
    EXPOSED = core_check("instagram", "exposed", choices=(choice("yes"), choice("no", good=True)))
    ALL = (KIND, AGE, EXPOSED)

    def outcomes(self, *events: Event) -> list[Outcome]:
        return [each.outcome for each in assessed(list(self.ALL), *events).results]

    @pytest.mark.parametrize(
        ("answer", "outcome", "severity"),
        [
            (Dated(days(date(2026, 10, 1))), PASS, Severity.LOW),
            (Dated(days(date(2026, 8, 1))), FAIL, Severity.LOW),
            (Dated(days(date(2026, 8, 1), date(2026, 8, 31))), UNKNOWN, Severity.INFO),
            (NonAnswer.UNKNOWN, UNKNOWN, Severity.INFO),
            (NEVER, FAIL, Severity.LOW),
            (PASSKEY, PASS, Severity.LOW),
            (Via("tw"), PASS, Severity.LOW),
            (NonAnswer.NOT_APPLICABLE, NOT_APPLICABLE, Severity.LOW),
            (None, NOT_CHECKED, Severity.LOW),
        ],
    )
    def test_age_is_a_reminder_and_never_more(
        self, answer: Answer | None, outcome: Outcome, severity: Severity
    ) -> None:
        """Never above low, whatever its checklist says; what is uncertain is only information."""
        found = result(self.AGE, *([said(self.AGE, answer)] if answer else []))
        assert (found.outcome, found.severity) == (outcome, severity)

    def test_no_policy_makes_age_weigh_more(self) -> None:
        """It may make it weigh less."""
        old = said(self.AGE, Dated(days(date(2020, 1, 1))))
        for severity, expected in [(Severity.HIGH, Severity.LOW), (Severity.INFO, Severity.INFO)]:
            team = Rules(Layer.ORGANISATION, severities={self.AGE.id: severity})
            found = result(self.AGE, old, policy=Policy((DEFAULT, team)))
            assert (found.outcome, found.severity) == (FAIL, expected)

    def test_a_passkey_answers_the_password_too(self) -> None:
        """Nothing can be exposed, the account has the best there is; an older answer does not count."""
        older = said(self.KIND, Chosen("reused")), said(self.EXPOSED, YES)
        assert self.outcomes(*older, said(self.AGE, PASSKEY)) == [PASS, PASS, NOT_APPLICABLE]
        assert self.outcomes(*older, said(self.KIND, Chosen("passkey-only"))) == [PASS, PASS, NOT_APPLICABLE]

    def test_signing_in_with_another_account_leaves_no_password_to_judge(self) -> None:
        """It is judged on that other account."""
        older = said(self.KIND, Chosen("reused")), said(self.EXPOSED, YES)
        assert self.outcomes(*older, said(self.AGE, Via("tw"))) == [NOT_APPLICABLE, PASS, NOT_APPLICABLE]

    def test_every_account_with_the_question_has_a_password(self) -> None:
        """Asked or not, and whether or not its list asks."""
        found = assessed(list(self.ALL), said(self.AGE, PASSKEY), AccountAdded("club", "instagram"))
        assert [(each.account.id, each.age.state) for each in found.passwords] == [
            ("insta", PasswordState.EXEMPT),
            ("club", PasswordState.UNKNOWN),
        ]
        unlisted = assessed([SIMPLE]).passwords
        assert [each.age.state for each in unlisted] == [PasswordState.UNKNOWN]

    def test_a_person_s_own_check_of_that_name_is_an_ordinary_one(self) -> None:
        """The rules about a missing password are about accounts."""
        kind = replace(self.KIND, id="habits.password")
        found = assessed([SIMPLE], AnswerGiven(YOU, kind.id, Chosen("reused")), about_you=(kind,))
        assert found.results[0].outcome is FAIL


class TestSeverity:
    def test_a_bad_choice_may_weigh_otherwise(self) -> None:
        """“By text message” is low although the check is high; “nothing” weighs as the check."""
        what = check("instagram.two-factor", choices=TWO_FACTOR)
        found = {each: result(what, said(what, Chosen(each))) for each in ("app", "sms", "none")}
        assert {each: (found[each].severity, found[each].weight) for each in found} == {
            "app": (Severity.HIGH, 6),
            "sms": (Severity.LOW, 1),
            "none": (Severity.HIGH, 6),
        }

    def test_of_several_bad_choices_the_worst_counts(self) -> None:
        """Good ones beside them change nothing."""
        what = many(
            "instagram.apps",
            choice("tools", good=True, severity=Severity.CRITICAL),
            choice("games", severity=Severity.LOW),
            choice("quizzes", severity=Severity.MEDIUM),
        )
        found = result(what, said(what, ChosenMany(("tools", "games", "quizzes"))))
        assert (found.outcome, found.severity) == (FAIL, Severity.MEDIUM)

    def test_a_choice_may_be_mere_information(self) -> None:
        """Information is a severity, not the absence of one."""
        what = check("instagram.map", choices=(choice("a", good=True), choice("b", severity=Severity.INFO)))
        assert result(what, said(what, Chosen("b"))).severity is Severity.INFO

    def test_policy_re_weighs_and_drops(self) -> None:
        """A dropped check is neither judged nor counted."""
        team = Rules(Layer.ORGANISATION, severities={SIMPLE.id: Severity.LOW}, dropped=frozenset({APPS.id}))
        found = assessed([SIMPLE, APPS], said(SIMPLE, NO), policy=Policy((DEFAULT, team)))
        assert [(each.check.id, each.severity, each.weight) for each in found.results] == [
            (SIMPLE.id, Severity.LOW, 1)
        ]
        assert found.score == Score(0, 1, 1)


class TestWaivers:
    @pytest.mark.parametrize(
        ("until", "waived"),
        [(None, True), (date(2026, 11, 23), True), (DAY, True), (date(2026, 11, 21), False)],
    )
    def test_a_waiver_holds_up_to_its_last_day(self, until: date | None, waived: bool) -> None:  # noqa: FBT001 - a table
        """Then the finding is open again; what is waived is still a finding, and still fails."""
        found = assessed([SIMPLE], said(SIMPLE, NO), Waived("insta", SIMPLE.id, "on purpose", until))
        assert [each.waiver for each in found.findings] == [Waiver("on purpose", until) if waived else None]
        assert found.score == Score(0, 1, 1)

    def test_a_waiver_is_for_one_account(self) -> None:
        """The same check on another account stays open."""
        found = assessed(
            [SIMPLE],
            AccountAdded("club", "instagram"),
            said(SIMPLE, NO),
            AnswerGiven("club", SIMPLE.id, NO),
            Waived("insta", SIMPLE.id),
        )
        assert [(each.account, each.waiver) for each in found.findings] == [
            ("club", None),
            ("insta", Waiver("", None)),
        ]


class TestFindings:
    def test_they_come_in_the_order_in_which_to_act(self) -> None:
        """Severity, then minutes, then check; accounts in their own order; waived ones last."""

        def finding(name: str, severity: Severity, minutes: int) -> Check:
            remediation = Remediation(minutes)
            return check(f"instagram.{name}", severity=severity, remediation=remediation)

        checks = [
            finding("low", Severity.LOW, 1),
            finding("slow", Severity.HIGH, 30),
            finding("quick-b", Severity.HIGH, 2),
            finding("quick-a", Severity.HIGH, 2),
            finding("waived", Severity.CRITICAL, 1),
            finding("critical", Severity.CRITICAL, 60),
            finding("unknown", Severity.MEDIUM, 1),
        ]
        answers = [said(each, NO) for each in checks[:-1]]
        found = assessed(
            checks,
            AccountAdded("club", "instagram"),
            *answers,
            said(checks[-1], NonAnswer.UNKNOWN),
            AnswerGiven("club", "instagram.quick-b", NO),
            Waived("insta", "instagram.waived"),
        )
        assert [each.id for each in found.findings] == [
            "insta/instagram.critical",
            "insta/instagram.quick-a",
            "insta/instagram.quick-b",
            "club/instagram.quick-b",
            "insta/instagram.slow",
            "insta/instagram.unknown",
            "insta/instagram.low",
            "insta/instagram.waived",
        ]


class TestScore:
    @pytest.mark.parametrize(
        ("outcomes", "expected"),
        [
            ([], Score(None, 0, 0)),
            ([(NOT_CHECKED, 6)], Score(None, 0, 1)),
            ([(NOT_APPLICABLE, 6)], Score(None, 0, 0)),
            ([(UNKNOWN, 6)], Score(None, 1, 1)),
            ([(PASS, 0)], Score(None, 1, 1)),
            ([(PASS, 6), (FAIL, 6)], Score(50, 2, 2)),
            ([(PASS, 10), (FAIL, 6), (UNKNOWN, 10), (NOT_CHECKED, 3)], Score(63, 3, 4)),
            ([(PASS, 3), (PASS, 6), (FAIL, 1), (NOT_APPLICABLE, 10)], Score(90, 3, 3)),
            ([(PASS, 1), (FAIL, 1), (FAIL, 1)], Score(33, 3, 3)),
            ([(PASS, 1), (PASS, 1), (FAIL, 1)], Score(67, 3, 3)),
            ([(PASS, 1), *[(FAIL, 1)] * 7], Score(13, 8, 8)),
            ([(PASS, 1)] * 199 + [(FAIL, 1)], Score(100, 200, 200)),
        ],
    )
    def test_the_arithmetic(self, outcomes: list[tuple[Outcome, int]], expected: Score) -> None:
        """Passes over passes and fails by weight, halves rounded up; what nobody knows is only covered."""
        results = [Result("x", SIMPLE, outcome, Severity.HIGH, weight) for outcome, weight in outcomes]
        assert score_of(results) == expected

    def test_the_weights_are_the_published_ones(self) -> None:
        """Passes weigh 10 and 3, fails 6 and, as the choice says, 1."""
        critical = check("instagram.critical", severity=Severity.CRITICAL)
        medium = check("instagram.medium", severity=Severity.MEDIUM)
        two_factor = check("instagram.two-factor", choices=TWO_FACTOR)
        found = assessed(
            [critical, medium, SIMPLE, two_factor],
            said(critical, YES),
            said(medium, YES),
            said(SIMPLE, NO),
            said(two_factor, Chosen("sms")),
        )
        assert found.score == Score(65, 4, 4)  # 13 of 20

    @pytest.mark.parametrize(
        ("scope", "expected"),
        [
            (Scope.CORE, ["core"]),
            (Scope.DEFAULT, ["core", "high", "medium"]),
            (Scope.FULL, ["core", "high", "medium", "low"]),
        ],
    )
    def test_the_scope_decides_what_counts(self, scope: Scope, expected: list[str]) -> None:
        """Core whatever its severity, then high and medium, then all; the rest is not in the results."""
        checks = [
            check("instagram.core", core=True, severity=Severity.INFO),
            check("instagram.high", severity=Severity.HIGH),
            check("instagram.medium", severity=Severity.MEDIUM),
            check("instagram.low", severity=Severity.LOW),
        ]
        found = assessed(checks, scope=scope)
        assert [each.check.id.partition(".")[2] for each in found.results] == expected
        assert found.score.applicable == len(expected)
        assert found.scope is scope

    def test_policy_moves_a_check_into_the_scope(self) -> None:
        """What an organisation calls medium is asked in an ordinary audit."""
        low = check("instagram.low", severity=Severity.LOW, title=both("Low"))
        team = Rules(Layer.ORGANISATION, severities={low.id: Severity.MEDIUM})
        assert assessed([low], scope=Scope.DEFAULT).results == ()
        assert len(assessed([low], scope=Scope.DEFAULT, policy=Policy((DEFAULT, team))).results) == 1


class TestReplaces:
    def test_an_answer_carries_over_to_the_id_that_replaces_its_own(self) -> None:
        """Under the new id it counts as before; an answer to the new id wins."""
        new = check("instagram.new-name", replaces=("instagram.old-name",))
        old_answer = AnswerGiven("insta", "instagram.old-name", NO)
        assert result(new, old_answer).outcome is FAIL
        assert result(new, old_answer, said(new, YES)).outcome is PASS


class TestPolicyOverChoices:
    def test_a_policy_weighs_a_check_whatever_the_choice(self) -> None:
        """An organisation that re-weights a check re-weights each of its bad choices."""
        graded = check(
            "instagram.map", choices=(choice("off", good=True), choice("on", severity=Severity.LOW))
        )
        answer = said(graded, Chosen("on"))
        assert result(graded, answer).severity is Severity.LOW
        strict = Policy(
            (*POLICY.layers, Rules(Layer.ORGANISATION, severities={graded.id: Severity.CRITICAL}))
        )
        assert result(graded, answer, policy=strict).severity is Severity.CRITICAL
