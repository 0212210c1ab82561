"""A finding in the words of a terminal."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.builders import state
from tests.unit.usecases.acting_desk import desk

from hygiene.engine.state import State
from hygiene.model.account import YOU
from hygiene.model.checklist import Severity
from hygiene.model.finding import Result
from hygiene.model.record import AccountAdded, Chosen, NonAnswer, Outcome, SettingChosen
from hygiene.reporting.actions import actions_of
from hygiene.usecases.finding_words import say_finding, say_left, say_row, voice_of

WAYS = ["On the web:", "On an iPhone or iPad:", "On Android:"]


def finding(check_id: str, account: str = "one", outcome: Outcome = Outcome.FAIL, note: str = "") -> Result:
    check = desk().catalogue.check(check_id)
    assert check
    worst = Chosen(check.choices[-1].id if check.choices else "never")
    answer = NonAnswer.UNKNOWN if outcome is Outcome.UNKNOWN else worst
    return Result(account, check, outcome, Severity.HIGH, 6, answer, desk().day, note)


def said(what: Result, known: State) -> list[str]:
    (action,) = actions_of([what], voice_of(desk(), known, "en"))
    return say_finding(action, known).splitlines()


@pytest.mark.parametrize(
    ("check", "own", "computer", "ways"),
    [
        ("whatsapp.sessions", "", "mine", ["On an iPhone or iPad:", "On Android:"]),
        ("whatsapp.sessions", "android", "mine", ["On Android:"]),
        ("whatsapp.sessions", "ios", "employer", ["On an iPhone or iPad:"]),
        ("apple.password", "", "mine", ["On an iPhone or iPad:", "On the web:"]),
        ("apple.password", "android", "employer", ["On the web:"]),
        ("apple.theft-protection", "android", "mine", ["On an iPhone or iPad:"]),
        ("instagram.private-account", "android", "employer", []),
    ],
)
def test_the_steps_are_those_of_ones_own_phone(check: str, own: str, computer: str, ways: list[str]) -> None:
    """Unless there are no others; without a platform they are for all."""
    known = state(
        AccountAdded("one", check.partition(".")[0]),
        SettingChosen("platform", own),
        SettingChosen("computer", computer),
    )
    lines = said(finding(check), known)
    assert [line for line in lines if line in WAYS] == ways
    assert any(line.startswith("  1. ") for line in lines)


def test_at_an_employers_the_phone_comes_first() -> None:
    """Those who administer that computer can read what is opened on it."""
    what = finding("apple.password")
    remedy = what.check.remediation
    web_first = replace(remedy, steps=tuple(reversed(remedy.steps)))
    what = replace(what, check=replace(what.check, remediation=web_first))
    mine = state(AccountAdded("one", "apple"))
    employers = state(AccountAdded("one", "apple"), SettingChosen("computer", "employer"))
    assert [line for line in said(what, mine) if line in WAYS] == ["On the web:", "On an iPhone or iPad:"]
    assert [line for line in said(what, employers) if line in WAYS] == [
        "On an iPhone or iPad:",
        "On the web:",
    ]


def test_what_was_answered_and_noted_is_shown() -> None:
    """What nobody knows is said too; of the person no account is named."""
    lines = said(
        finding("x.two-factor", note="in\x1b[2J January"), state(AccountAdded("one", "x", "the club"))
    )
    assert lines[0] == "Turn on a second step at sign-in: the club (X)"
    assert lines[1].startswith("High severity, ")
    assert any(line.startswith("Your answer: ") for line in lines)
    assert [line for line in lines if "January" in line] == [
        "Your note: in\N{REPLACEMENT CHARACTER}[2J January"
    ]
    unknown = said(finding("habits.home-address", YOU, Outcome.UNKNOWN), state())
    assert ": " not in unknown[0]
    assert "You did not know: the first step is to find out." in unknown
    assert not any(line.startswith("Your answer") for line in unknown)


def test_a_row_names_the_account() -> None:
    """Where there is one."""
    voice = voice_of(desk(), state(AccountAdded("one", "x", "the club")), "en")
    assert say_row(finding("x.two-factor"), voice).endswith("(high severity, 10\xa0min): the club (X)")
    assert say_row(finding("habits.home-address", YOU), voice).endswith("min)")


def test_how_many_are_left() -> None:
    """None, one, several."""
    assert [say_left(count).partition(" ")[0] for count in (0, 1, 2)] == ["Nothing", "1", "2"]
