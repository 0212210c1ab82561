"""The second year: what was said last time is confirmed together, and only the rest is asked."""

from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.builders import (
    DAY,
    audit_started,
    both,
    catalogue,
    check,
    checklist,
    choice,
    core_checks,
    dated,
    days,
    many,
    record,
    sitting,
    state,
)

from hygiene.engine.interview import Interview
from hygiene.engine.plan import SECONDS_AFTER_A_YEAR, portion
from hygiene.engine.questions import Answered, Back, Question, Skip
from hygiene.engine.state import State, current_state
from hygiene.model.account import YOU, Purpose
from hygiene.model.checklist import Catalogue, Check
from hygiene.model.record import (
    PASSKEY,
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
    PasswordReminded,
    Reminder,
    Scope,
    Via,
)

INSTA, TW = AccountAdded("insta", "instagram"), AccountAdded("tw", "x")
PAGE = AccountAdded("insta", "instagram", purpose=Purpose.PERSONAL)
VOICE = check("habits.voice", core=True)
YES, NO = Chosen("yes"), Chosen("no")
NOTHING = ChosenMany(())
TICKED = Answered({YOU: ChosenMany(("habits.voice=yes",))})
ACCOUNTS, HABITS, MORE = "setup.still-accounts", "setup.still-habits", "setup.still-instagram-more"


def lists(*extra: Check, habits: tuple[Check, ...] = (VOICE,)) -> Catalogue:
    return catalogue(
        checklist("habits", *habits),
        checklist("instagram", *core_checks("instagram"), *extra, network="instagram"),
        checklist("x", *core_checks("x"), network="x"),
    )


def a_year_later(*said: Event, scope: Scope = Scope.FULL) -> State:
    """A finished audit with these events in it, and another that has just begun."""
    return state(audit_started(scope), *said, AuditFinished("a1"), AuditStarted("a2", scope))


def asked(now: State, what: Catalogue) -> tuple[Question, ...]:
    return portion(now, now.audits["a2"], sitting(what))


def keys(questions: tuple[Question, ...]) -> list[str]:
    return [question.key for question in questions]


def lines(question: Question, language: str = "en") -> list[str]:
    return [each.text.to(language) for each in question.check.choices]


def screen(now: State, what: Catalogue) -> Question:
    """The one screen of what Instagram's own checks came to."""
    (question,) = (each for each in asked(now, what) if each.key == MORE)
    return question


def said(check_id: str, answer: Answer, account: str = YOU, note: str = "") -> AnswerGiven:
    return AnswerGiven(account, check_id, answer, note)


def begun(what: Catalogue, *events: Event) -> Interview:
    """The second audit, its networks known, at its first question."""
    now = (audit_started(Scope.FULL), *events, AuditFinished("a1"), AuditStarted("a2", Scope.FULL))
    interview = Interview(sitting(what), current_state(record(*now)), "a2", DAY, len(now) + 1)
    while interview.current and interview.current.key in ("setup.networks", "setup.several", "setup.purpose"):
        kept = {
            each.account_id: each.previous.answer if each.previous else NOTHING
            for each in interview.current.accounts
        }
        interview = interview.reply(Answered(kept))
    return interview


def in_portion_two(interview: Interview) -> Interview:
    return interview.with_event(AuditFinished("a2")).with_event(AuditStarted("a2", Scope.FULL, 2))


def in_the_next_portion(interview: Interview) -> Question:
    question = in_portion_two(interview).current
    assert question is not None
    return question


class TestWhatIsConfirmed:
    """Which answers become lines, and which are asked."""

    def test_the_same_answer_of_two_accounts_is_one_line(self) -> None:
        """With the question for several, and both names."""
        events = (
            said("instagram.two-factor", Chosen("app"), "insta"),
            said("x.two-factor", Chosen("app"), "tw"),
        )
        question = asked(a_year_later(INSTA, TW, *events), lists())[0]
        assert question.key == ACCOUNTS
        assert lines(question) == ["two-factor of these accounts? app (Instagram, X)"]

    def test_accounts_of_one_name_are_told_apart(self) -> None:
        """On the line, and where they are asked."""
        insta, x = replace(INSTA, label="club"), replace(TW, label="club")
        events = (
            said("instagram.two-factor", Chosen("app"), "insta"),
            said("x.two-factor", Chosen("app"), "tw"),
        )
        screen, *others = asked(a_year_later(insta, x, *events), lists())
        assert lines(screen) == ["two-factor of these accounts? app (club (Instagram), club (X))"]
        assert [each.name.to("en") for each in others[0].accounts] == ["club (Instagram)", "club (X)"]

    def test_different_answers_are_different_lines(self) -> None:
        """Each with its own account."""
        events = (
            said("instagram.two-factor", Chosen("app"), "insta"),
            said("x.two-factor", Chosen("none"), "tw"),
        )
        question = asked(a_year_later(INSTA, TW, *events), lists())[0]
        assert lines(question) == [
            "Is instagram.two-factor so? app (Instagram)",
            "Is x.two-factor so? none (X)",
        ]

    def test_a_sentence_of_its_own_stands_instead_of_the_question(self) -> None:
        """Written by the list's author for that choice."""
        voice = replace(VOICE, said={"yes": both("I speak for myself", "Je parle en mon nom")})
        question = asked(a_year_later(said("habits.voice", YES)), lists(habits=(voice,)))[0]
        assert (lines(question), lines(question, "fr")) == (["I speak for myself"], ["Je parle en mon nom"])

    @pytest.mark.parametrize(
        ("answer", "line"),
        [
            (PASSKEY, "no-password (Instagram)"),
            (Via("tw"), "through X (Instagram)"),
            (NonAnswer.NOT_APPLICABLE, "Is instagram.password-age so? does-not-apply (Instagram)"),
        ],
    )
    def test_what_is_no_choice_is_said_in_words(self, answer: Answer, line: str) -> None:
        """A passkey, another account, a question that does not apply."""
        now = a_year_later(INSTA, TW, said("instagram.password-age", answer, "insta"))
        assert lines(asked(now, lists())[0]) == [line]

    def test_several_choices_are_listed(self) -> None:
        """And none of them is said so."""
        apps = many("instagram.apps", choice("tools", good=True), choice("games"))
        two = a_year_later(INSTA, said("instagram.apps", ChosenMany(("tools", "games")), "insta"))
        assert lines(screen(two, lists(apps))) == ["Is instagram.apps so? tools, games (Instagram)"]
        none = a_year_later(INSTA, said("instagram.apps", NOTHING, "insta"))
        assert lines(screen(none, lists(apps))) == ["Is instagram.apps so? none (Instagram)"]

    @pytest.mark.parametrize("answer", [NonAnswer.UNKNOWN, Chosen("gone"), ChosenMany(("gone",))])
    def test_what_says_nothing_today_is_asked(self, answer: Answer) -> None:
        """Not known last time, or a choice that is no longer offered."""
        assert keys(asked(a_year_later(said("habits.voice", answer)), lists())) == ["habits.voice"]

    def test_a_check_that_is_new_is_asked(self) -> None:
        """Also one that another audit left out."""
        questions = asked(
            a_year_later(said("habits.voice", YES)), lists(habits=(VOICE, check("habits.new", core=True)))
        )
        assert keys(questions) == [HABITS, "habits.new"]

    def test_an_answer_carries_over_a_rename(self) -> None:
        """By `replaces:`."""
        renamed = check("habits.tone", core=True, replaces=("habits.voice",))
        question = asked(a_year_later(said("habits.voice", YES)), lists(habits=(renamed,)))[0]
        assert lines(question) == ["Is habits.tone so? yes"]

    def test_a_fresh_date_is_not_asked_and_an_old_one_is(self) -> None:
        """By the check's own period, on the day on which the audit began."""
        search = dated("habits.search", within=6)
        recent, old = Dated(days(date(2026, 7, 1))), Dated(days(date(2025, 7, 1)))
        assert keys(asked(a_year_later(said("habits.search", recent)), lists(habits=(search,)))) == []
        assert keys(asked(a_year_later(said("habits.search", old)), lists(habits=(search,)))) == [
            "habits.search"
        ]

    def test_a_password_within_the_policys_period_is_not_asked(self) -> None:
        """Three months in the tests' policy."""
        for changed, expected in ((date(2026, 10, 1), []), (date(2026, 3, 1), ["password-age"])):
            now = a_year_later(INSTA, said("instagram.password-age", Dated(days(changed)), "insta"))
            assert [key for key in keys(asked(now, lists())) if key == "password-age"] == expected

    def test_a_password_whose_reminder_is_put_off_is_not_asked(self) -> None:
        """For a year from when that was said, or for good."""
        old = said("instagram.password-age", Dated(days(date(2026, 3, 1))), "insta")
        random = said("instagram.password", Chosen("random"), "insta")
        app = said("instagram.two-factor", Chosen("app"), "insta")
        for wish in (PasswordReminded("insta", Reminder.YEAR), PasswordReminded("insta", Reminder.OFF)):
            assert "password-age" not in keys(asked(a_year_later(INSTA, old, random, app, wish), lists()))
        weak = said("instagram.password", Chosen("reused"), "insta")
        year = PasswordReminded("insta", Reminder.YEAR)
        assert "password-age" in keys(asked(a_year_later(INSTA, old, weak, app, year), lists()))

    def test_the_first_audit_asks_everything(self) -> None:
        """An answer that stood before it was never asked about in an audit."""
        now = state(said("habits.voice", YES), AuditStarted("a2", Scope.FULL))
        assert keys(asked(now, lists())) == ["habits.voice"]

    def test_three_minutes(self) -> None:
        """The first portion after a year holds no more, but for the core checks."""
        extra = tuple(check(f"instagram.c{n}") for n in range(40))
        questions = asked(a_year_later(INSTA, said("habits.voice", YES)), lists(*extra))
        assert sum(question.seconds for question in questions) <= SECONDS_AFTER_A_YEAR
        assert len(questions) > 5


TWO = lists(habits=(VOICE, check("habits.new", core=True)))


class TestReplying:
    """What a tick does, and what no tick does."""

    def test_no_tick_keeps_the_answer_and_its_note_as_of_today(self) -> None:
        """One statement for each account."""
        now = begun(lists(), said("habits.voice", YES, note="since May")).reply(Answered({YOU: NOTHING}))
        assert said("habits.voice", YES, note="since May") in now.said
        assert now.state.answers[YOU, "habits.voice"].seq > now.audit.seq
        assert now.current is None

    def test_a_tick_asks_anew(self) -> None:
        """With last time's answer beside it; the tick alone says nothing of the check."""
        now = begun(lists(), said("habits.voice", YES)).reply(
            Answered({YOU: ChosenMany(("habits.voice=yes",))})
        )
        assert now.current is not None
        assert now.current.key == "habits.voice"
        assert now.current.previous == YES
        assert not [
            each for each in now.said if isinstance(each, AnswerGiven) and each.check == "habits.voice"
        ]
        now = now.reply(Answered({YOU: NO}))
        assert now.state.answer(YOU, "habits.voice") == NO
        assert now.current is None

    def test_back_from_a_tick_to_no_tick(self) -> None:
        """The answer of last time comes back into force."""
        ticked = begun(TWO, said("habits.voice", YES)).reply(TICKED)
        changed = ticked.reply(Answered({YOU: NO})).reply(Back()).reply(Back())
        assert changed.current is not None
        assert changed.current.key == HABITS
        kept = changed.reply(Answered({YOU: NOTHING}))
        assert kept.state.answer(YOU, "habits.voice") == YES
        assert kept.current is not None
        assert kept.current.key == "habits.new"

    def test_back_from_no_tick_to_a_tick(self) -> None:
        """What was confirmed a moment ago is asked after all."""
        kept = begun(TWO, said("habits.voice", YES)).reply(Answered({YOU: NOTHING})).reply(Back())
        now = kept.reply(TICKED)
        assert now.current is not None
        assert now.current.key == "habits.voice"

    def test_put_off_it_comes_back_in_the_next_portion(self) -> None:
        """And its checks are not asked one by one meanwhile."""
        put_off = begun(lists(), PAGE, said("habits.voice", YES)).reply(Skip())
        assert put_off.current is not None
        assert put_off.current.key == "owner-email"
        assert put_off.state.answers[YOU, "habits.voice"].seq < put_off.audit.seq
        assert in_the_next_portion(put_off).key == HABITS

    def test_a_tick_that_was_put_off_comes_back(self) -> None:
        """As the question itself, after the accounts."""
        ticked = begun(TWO, INSTA, said("habits.voice", YES)).reply(TICKED)
        interview = in_portion_two(ticked.reply(Skip()))
        assert "habits.voice" in [question.key for question in interview.questions]
        assert HABITS not in [question.key for question in interview.questions]

    def test_not_to_know_asks_all_of_them(self) -> None:
        """Nothing is taken for confirmed that was not."""
        now = begun(lists(), said("habits.voice", YES)).reply(Answered({YOU: NonAnswer.UNKNOWN}))
        assert now.current is not None
        assert now.current.key == "habits.voice"

    def test_last_years_ticks_are_not_shown(self) -> None:
        """They were about the year before."""
        what = lists()
        first = begun(what, said("habits.voice", YES), said(HABITS, ChosenMany(("habits.voice=yes",))))
        assert first.current is not None
        assert first.current.key == HABITS
        assert first.current.previous is None

    def test_checks_that_are_not_core_have_a_screen_of_their_list(self) -> None:
        """After the core ones."""
        what = lists(check("instagram.map"))
        now = a_year_later(INSTA, said("instagram.map", YES, "insta"), said("habits.voice", YES))
        assert keys(asked(now, what))[0] == HABITS
        assert MORE in keys(asked(now, what))


class TestAskedByItself:
    """What no screen has said is asked, so that nothing of last year stays in force unseen."""

    def test_an_audit_of_one_list_confirms_that_list_alone(self) -> None:
        """The accounts of the others are asked when the rest of the audit is."""
        two = (
            said("instagram.two-factor", Chosen("app"), "insta"),
            said("x.two-factor", Chosen("app"), "tw"),
        )
        named = begun(lists(), INSTA, TW, *two)
        named = replace(named, sitting=sitting(lists(), "instagram"))
        assert named.current is not None
        assert named.current.key == ACCOUNTS
        whole = replace(named.reply(Answered({YOU: NOTHING})), sitting=sitting(lists()))
        (question,) = (each for each in whole.questions if each.key == "two-factor")
        assert [each.account_id for each in question.accounts] == ["tw"]
        answered = whole.with_event(said("x.two-factor", Chosen("none"), "tw"))
        assert [each.key for each in answered.questions] == [each.key for each in whole.questions]

    def test_what_was_said_since_the_audit_began_is_not_taken_back(self) -> None:
        """By `hygiene done`, say, while the audit was interrupted."""
        now = begun(lists(), INSTA, said("instagram.two-factor", Chosen("none"), "insta"))
        mended = now.with_event(said("instagram.two-factor", Chosen("app"), "insta"))
        assert ACCOUNTS not in [each.key for each in mended.questions]
        voiced = begun(TWO, said("habits.voice", NO), said("habits.new", YES))
        voiced = voiced.with_event(said("habits.voice", YES)).reply(Answered({YOU: NOTHING}))
        assert voiced.state.answer(YOU, "habits.voice") == YES
        assert voiced.current is None
