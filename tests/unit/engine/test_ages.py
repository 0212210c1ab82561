"""What the record says about the password of an account."""

from datetime import date

import pytest
from tests.builders import days, state

from hygiene.engine.ages import password_of
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
