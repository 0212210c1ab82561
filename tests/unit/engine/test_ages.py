"""What the record says about the password of an account."""

from datetime import date

import pytest
from msgspec.structs import replace
from tests.builders import days, state

from hygiene.engine.ages import may_wait, password_of
from hygiene.model.dates import Interval
from hygiene.model.finding import Password, PasswordAge, PasswordState
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    AccountAdded,
    Answer,
    AnswerGiven,
    Chosen,
    Dated,
    NonAnswer,
    PasswordReminded,
    Reminder,
    Via,
)

SAID = date(2026, 11, 22)
OPENED = days(date(2026, 10, 1), date(2026, 10, 31))
MARCH = days(date(2026, 3, 1), date(2026, 3, 31))
ADDED = AccountAdded("insta", "instagram", opened=OPENED)


def password(*answers: tuple[str, Answer], months: int = 3, day: date = SAID) -> Password:
    """What follows from answers to `password` and `password-age`, in that order."""
    given = [AnswerGiven("insta", f"instagram.{name}", answer) for name, answer in answers]
    now = state(ADDED, *given)
    return password_of(now.accounts["insta"], now, months, day)


def test_a_dated_password_ages_from_what_was_said() -> None:
    """“March 2026” is due on 30 June by the house rule, and has no due day without one."""
    account = state(ADDED).accounts["insta"]
    due = PasswordAge(PasswordState.DUE, date(2026, 6, 30), 7)
    assert password(("password-age", Dated(MARCH))) == Password(account, due, MARCH)
    fresh = PasswordAge(PasswordState.FRESH, None, 7)
    assert password(("password-age", Dated(MARCH)), months=0) == Password(account, fresh, MARCH)


def test_unknown_is_an_interval_up_to_the_day_it_was_said() -> None:
    """The password existed on that day: uncertain at first, due once the period has passed since."""
    unknown = ("password-age", NonAnswer.UNKNOWN)
    assert password(unknown).interval == Interval(None, SAID)
    assert password(unknown).age.state is PasswordState.UNCERTAIN
    assert password(unknown, day=date(2027, 2, 23)).age == PasswordAge(
        PasswordState.DUE, date(2027, 2, 22), 3
    )


@pytest.mark.parametrize("answers", [(), (("password-age", NonAnswer.NOT_APPLICABLE),)])
def test_never_asked_has_no_age(answers: tuple[tuple[str, Answer], ...]) -> None:
    """Neither has an account of which the question does not apply."""
    account = state(ADDED).accounts["insta"]
    assert password(*answers) == Password(account, PasswordAge(PasswordState.UNKNOWN))


def test_a_password_never_changed_counts_from_the_opening() -> None:
    """It is fresh while the account is younger than the period."""
    said = password(("password-age", NEVER), day=date(2026, 12, 1))
    assert said.never
    assert said.interval == OPENED
    assert said.age == PasswordAge(PasswordState.FRESH, date(2027, 1, 31), 1)
    assert password(("password-age", NEVER), day=date(2027, 2, 1)).age.state is PasswordState.DUE


def test_an_old_export_makes_it_uncertain() -> None:
    """The day of the export comes with the answer."""
    given = AnswerGiven(
        "insta", "instagram.password-age", Dated(MARCH), source="evidence:csv", as_of=date(2026, 11, 1)
    )
    now = state(ADDED, given)
    said = password_of(now.accounts["insta"], now, 3, SAID)
    assert said.as_of == date(2026, 11, 1)
    assert said.age.state is PasswordState.UNCERTAIN


@pytest.mark.parametrize(
    ("answers", "via"),
    [
        ([("password-age", PASSKEY)], None),
        ([("password-age", Via("tw"))], "tw"),
        ([("password", Chosen("passkey-only"))], None),
        ([("password-age", Dated(MARCH)), ("password", Chosen("passkey-only"))], None),
        ([("password", Chosen("random")), ("password-age", Via("tw"))], "tw"),
        ([("password-age", PASSKEY), ("password", NonAnswer.NOT_APPLICABLE)], None),
        ([("password-age", Via("tw")), ("password", NonAnswer.UNKNOWN)], "tw"),
        ([("password", Chosen("passkey-only")), ("password-age", NonAnswer.UNKNOWN)], None),
    ],
)
def test_without_a_password_there_is_nothing_to_renew(
    answers: list[tuple[str, Answer]], via: str | None
) -> None:
    """A passkey or another account; not to know, or “does not apply”, said later contradicts neither."""
    account = state(ADDED).accounts["insta"]
    assert password(*answers) == Password(account, PasswordAge(PasswordState.EXEMPT), via=via)


@pytest.mark.parametrize("gone", [PASSKEY, Via("tw")])
def test_a_password_named_later_ends_the_exemption(gone: Answer) -> None:
    """Whoever says “reused” after “a passkey” has a password again, of an age that nobody knows."""
    said = password(("password-age", gone), ("password", Chosen("reused")))
    assert said.age.state is PasswordState.UNKNOWN
    assert said.via is None


def test_a_date_given_later_ends_the_exemption() -> None:
    """The later of the two answers counts."""
    said = password(("password", Chosen("passkey-only")), ("password-age", Dated(MARCH)))
    assert said.age.state is PasswordState.DUE


AGED = AnswerGiven("insta", "instagram.password-age", Dated(MARCH))
RANDOM = AnswerGiven("insta", "instagram.password", Chosen("random"))
APP = AnswerGiven("insta", "instagram.two-factor", Chosen("app"))
A_YEAR, OFF, BY_THE_RULE = (
    PasswordReminded("insta", each) for each in (Reminder.YEAR, Reminder.OFF, Reminder.RULE)
)


class TestReminded:
    """As the person wants to be reminded, said on 22 November 2026."""

    def age(self, *events: object, day: date = SAID) -> PasswordAge:
        now = state(ADDED, *events)  # type: ignore[arg-type]
        return password_of(now.accounts["insta"], now, 3, day).age

    def test_a_random_one_with_a_second_step_may_wait_a_year(self) -> None:
        """From the day on which it was said; its age is what it is."""
        until = date(2027, 11, 22)
        assert self.age(AGED, RANDOM, APP, A_YEAR) == PasswordAge(PasswordState.FRESH, until, 7)
        assert self.age(AGED, RANDOM, APP, A_YEAR, day=until).state is PasswordState.FRESH
        assert self.age(AGED, RANDOM, APP, A_YEAR, day=date(2027, 11, 23)).state is PasswordState.DUE

    def test_one_that_was_never_changed_may_wait_too(self) -> None:
        """Nobody need know for that since when there is one."""
        said, until = (
            (replace(ADDED, opened=None), replace(AGED, answer=NEVER), RANDOM, APP),
            date(2027, 11, 22),
        )
        assert self.age(*said).state is PasswordState.DUE
        assert self.age(*said, A_YEAR) == PasswordAge(PasswordState.FRESH, until)
        assert self.age(*said, A_YEAR, day=date(2027, 11, 23)).state is PasswordState.DUE

    @pytest.mark.parametrize(
        "answers",
        [
            (APP,),
            (RANDOM,),
            (RANDOM, replace(APP, answer=Chosen("none"))),
            (RANDOM, replace(APP, answer=NonAnswer.UNKNOWN)),
            (replace(RANDOM, answer=Chosen("reused")), APP),
        ],
    )
    def test_any_other_may_not(self, answers: tuple[AnswerGiven, ...]) -> None:
        """Nor one of which that is no longer true."""
        assert self.age(AGED, *answers, A_YEAR).state is PasswordState.DUE
        now = state(ADDED, *answers)
        assert not may_wait(now.accounts["insta"], now)

    def test_switched_off_it_is_never_due(self) -> None:
        """And by the rule again, it is."""
        assert self.age(AGED, OFF, day=date(2036, 1, 1)).state is PasswordState.FRESH
        assert self.age(AGED, OFF, BY_THE_RULE).state is PasswordState.DUE

    def test_a_later_change_of_the_password_counts(self) -> None:
        """Where its own day is later than the one put off to."""
        changed = replace(AGED, answer=Dated(days(date(2027, 10, 1))))
        age = self.age(RANDOM, APP, A_YEAR, changed, day=date(2027, 11, 1))
        assert age.due_on == date(2028, 1, 1)

    def test_what_was_never_asked_stays_so(self) -> None:
        """Putting off says nothing about an age."""
        assert self.age(RANDOM, APP, A_YEAR).state is PasswordState.UNKNOWN

    def test_it_is_known_whose_wish_keeps_the_reminder_away(self) -> None:
        """The person's, while it does; else the rule."""

        def wish(*events: object, day: date = SAID) -> Reminder:
            now = state(ADDED, *events)  # type: ignore[arg-type]
            return password_of(now.accounts["insta"], now, 3, day).reminder

        assert wish(AGED, RANDOM, APP, A_YEAR) is Reminder.YEAR
        assert wish(AGED, OFF) is Reminder.OFF
        assert wish(AGED, RANDOM, APP, A_YEAR, day=date(2027, 11, 23)) is Reminder.RULE
        assert wish(AGED, RANDOM, A_YEAR) is Reminder.RULE
