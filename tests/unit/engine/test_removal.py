"""What goes when an account is removed."""

from __future__ import annotations

import pytest
from tests.builders import DAY, record

from hygiene.engine.removal import removals_in
from hygiene.model.account import YOU, Purpose
from hygiene.model.record import (
    AccountAdded,
    AccountClosed,
    AccountPlaced,
    AccountPurposed,
    AccountRemoved,
    AccountRenamed,
    AnswerGiven,
    AuditStarted,
    Chosen,
    ChosenMany,
    Event,
    Judged,
    PasswordReminded,
    Reminder,
    ReportWritten,
    Scope,
    SettingChosen,
    Statement,
    Via,
    Waived,
    Written,
)

YES = Chosen("yes")
REMOVED = AccountRemoved("tw")


def goes(event: Event, *, afterwards: bool = False) -> bool:
    """Whether an event goes when `tw` is removed after it, or before it."""
    said = (REMOVED, event) if afterwards else (event, REMOVED)
    statements = record(*said).statements
    removals = removals_in(statements)
    assert removals
    return removals.covers(statements[int(afterwards)])


@pytest.mark.parametrize("afterwards", [False, True])
@pytest.mark.parametrize(
    "event",
    [
        AccountAdded("tw", "x", "the club"),
        AccountRenamed("tw", "the club"),
        AccountPurposed("tw", Purpose.WORK),
        AccountPlaced("tw", "piaille.fr"),
        AccountClosed("tw"),
        AnswerGiven("tw", "x.password", YES, "a note"),
        AnswerGiven("insta", "instagram.password-age", Via("tw")),
        Waived("tw", "x.password", "a reason"),
        Judged("a1", "tw", ()),
        PasswordReminded("tw", Reminder.OFF),
    ],
    ids=str,
)
def test_everything_about_it_goes(event: Event, *, afterwards: bool) -> None:
    """Whenever it was said: another copy may have gone on saying things of it."""
    assert goes(event, afterwards=afterwards)


@pytest.mark.parametrize(
    "event",
    [
        AccountAdded("insta", "instagram"),
        AnswerGiven("insta", "instagram.password", YES),
        AnswerGiven("insta", "instagram.password-age", Via("google")),
        AnswerGiven(YOU, "habits.voice", YES),
        AnswerGiven(YOU, "setup.purpose", YES),
        AuditStarted("tw", Scope.FULL),
        SettingChosen("plain", "yes"),
        ReportWritten("tw"),
        AccountRemoved("tw"),
    ],
    ids=str,
)
def test_nothing_else_goes(event: Event) -> None:
    """Other accounts, the person, settings, and the removal itself."""
    assert not goes(event)


@pytest.mark.parametrize(
    "event",
    [
        AnswerGiven(YOU, "setup.networks", ChosenMany(("instagram", "x"))),
        AnswerGiven(YOU, "setup.domains", Written("gitlab.com, a.org")),
        AnswerGiven(YOU, "setup.several", ChosenMany(("x",))),
        AnswerGiven("insta", "setup.names", Written("the club")),
        AnswerGiven(YOU, "setup.still-password", ChosenMany(("password via tw",))),
    ],
    ids=str,
)
def test_a_list_of_accounts_from_before_goes_too(event: Event) -> None:
    """It may name the account; it is asked anew in the next audit. What is said afterwards stays."""
    assert goes(event)
    assert not goes(event, afterwards=True)


def test_the_last_removal_counts_for_lists() -> None:
    """By its place in the record, whatever the order of the lines."""
    networks = Statement("b", 3, DAY, AnswerGiven(YOU, "setup.networks", ChosenMany(())))
    early, late = Statement("a", 2, DAY, REMOVED), Statement("c", 3, DAY, AccountRemoved("gl"))
    for statements in ([early, networks, late], [late, early, networks]):
        removals = removals_in(statements)
        assert removals
        assert removals.covers(networks)
    alone = removals_in([early, networks])
    assert alone
    assert not alone.covers(networks)


def test_the_person_is_no_account() -> None:
    """A removal of `you` removes nothing, and where nothing was removed nothing goes."""
    assert removals_in(record(AccountRemoved(YOU), AccountAdded("x", "x")).statements) is None
    assert removals_in(()) is None
