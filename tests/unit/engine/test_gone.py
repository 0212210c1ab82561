"""A network that was unticked although its account has answers."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from tests.builders import (
    DAY,
    SETUP,
    audit_started,
    catalogue,
    check,
    checklist,
    choice,
    many,
    sitting,
    state,
)

from hygiene.engine.gone import GONE
from hygiene.engine.interview import Interview
from hygiene.engine.questions import Answered, Back
from hygiene.model.account import YOU, Purpose
from hygiene.model.record import AccountAdded, AccountClosed, AnswerGiven, Chosen, ChosenMany, Event

INSTA = AccountAdded("insta", "instagram", "the club", Purpose.SHARED)
TW = AccountAdded("tw", "x", purpose=Purpose.PERSONAL)
ANSWERED = AnswerGiven("insta", "instagram.map", Chosen("yes"))
CHOICES = (choice("kept", good=True), choice("closed", good=True))
LISTS = replace(
    catalogue(
        checklist("instagram", check("instagram.map"), network="instagram"),
        checklist("x", check("x.apps"), network="x"),
    ),
    setup={**SETUP, "setup.networks": many("setup.networks"), GONE: check(GONE, choices=CHOICES)},
)
CLOSED, KEPT = Answered({"insta": Chosen("closed")}), Answered({"insta": Chosen("kept")})


def at_the_networks(*events: Event) -> Interview:
    said = (*events, audit_started())
    return Interview(sitting(LISTS), state(*said), "a1", DAY, len(said) + 1)


def ticking(*networks: str) -> Answered:
    return Answered({YOU: ChosenMany(networks)})


def test_it_is_asked_of_the_account_that_has_answers() -> None:
    """One without is simply dropped, as before."""
    before = AnswerGiven(YOU, "setup.networks", ChosenMany(("instagram", "x")))
    now = at_the_networks(before, INSTA, ANSWERED, TW).reply(ticking())
    assert now.current is not None
    assert now.current.key == GONE
    assert [asked.account_id for asked in now.current.accounts] == ["insta"]
    assert "tw" not in now.state.accounts


def test_a_closed_one_keeps_its_history_and_is_asked_no_more() -> None:
    now = at_the_networks(INSTA, ANSWERED, TW).reply(ticking("x")).reply(CLOSED)
    assert AccountClosed("insta") in now.said
    assert now.state.accounts["insta"].closed_on == DAY
    assert now.state.answer("insta", "instagram.map") == Chosen("yes")
    assert now.current is not None
    assert now.current.key == "setup.several"


def test_one_that_is_still_there_stays() -> None:
    """And nothing is said of it but that."""
    now = at_the_networks(INSTA, ANSWERED, TW).reply(ticking("x")).reply(KEPT)
    assert [each for each in now.said if isinstance(each, AccountAdded | AccountClosed)] == []
    assert now.state.accounts["insta"].closed_on is None


def test_back_from_closed_to_still_there() -> None:
    """It is the same account again, with its name, its purpose and its answers."""
    now = at_the_networks(INSTA, ANSWERED, TW).reply(ticking("x")).reply(CLOSED).reply(Back())
    assert now.current is not None
    assert now.current.key == GONE
    now = now.reply(KEPT)
    account = now.state.accounts["insta"]
    assert (account.closed_on, account.label, account.purpose) == (None, "the club", Purpose.SHARED)
    assert now.state.answer("insta", "instagram.map") == Chosen("yes")


def test_what_was_closed_long_ago_is_not_asked_about() -> None:
    now = at_the_networks(INSTA, ANSWERED, AccountClosed("insta"), TW).reply(ticking("x"))
    assert now.current is not None
    assert now.current.key == "setup.several"
    assert now.state.accounts["insta"].closed_on == date(2026, 11, 22)
