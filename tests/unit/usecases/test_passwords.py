"""Passwords: what can be said of one, and the walk through those that are due."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest
from tests.unit.usecases.acting_desk import DAY, again, answer, desk, scene, store_with
from tests.unit.usecases.scripted import ScriptedTerminal

from hygiene.errors import NotDoneError
from hygiene.model.dates import Interval
from hygiene.model.finding import PasswordState
from hygiene.model.record import (
    PASSKEY,
    AccountAdded,
    AccountClosed,
    Chosen,
    Dated,
    NonAnswer,
    PasswordReminded,
    Reminder,
    Via,
    Waived,
)
from hygiene.store.file import OpenStore
from hygiene.terminal.plain import InputEndedError
from hygiene.usecases.desk import state_of
from hygiene.usecases.passwords import reminded, settle_password, through, walk_passwords

RANDOM = answer("tw", "x.password", Chosen("random"))
APP = answer("tw", "x.two-factor", Chosen("app"))
INSTA_UNKNOWN = answer("insta", "instagram.password-age", NonAnswer.UNKNOWN)


class Choosing(ScriptedTerminal):
    """Chooses rows by words that are in them; where the list has ended the input has too."""

    def __init__(self, *rows: str, lines: Sequence[str] = ()) -> None:
        super().__init__(lines=list(lines))
        self.rows = list(rows)
        self.offered: list[tuple[str, ...]] = []

    def choose(self, message: str, choices: Sequence[str]) -> int:
        self.chosen.append(message)
        self.offered.append(tuple(choices))
        if not self.rows:
            raise InputEndedError
        (place,) = (at for at, row in enumerate(choices) if self.rows[0] in row)
        del self.rows[0]
        return place


def walked(store: OpenStore, terminal: Choosing) -> OpenStore:
    walk_passwords(store, scene(terminal))
    return again(store)


def state_of_password(store: OpenStore, account: str) -> PasswordState:
    return next(
        each.age.state for each in desk().assess(state_of(store)).passwords if each.account.id == account
    )


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("changed it today", Dated(Interval(DAY, DAY))),
        ("a passkey instead", PASSKEY),
    ],
)
def test_what_is_said_is_sealed(row: str, said: Dated | Chosen, tmp_path: Path) -> None:
    """And the walk ends when nothing is due any more."""
    terminal = Choosing(row)
    store = walked(store_with(tmp_path), terminal)
    assert state_of(store).answer("tw", "x.password-age") == said
    assert "no reminder has been reached" in terminal.shown[-1]
    assert "does not become weaker with time" in terminal.shown[0]


def test_another_day_is_asked_until_it_is_one(tmp_path: Path) -> None:
    """Nonsense and the future are asked again, and what was understood has to be agreed to."""
    terminal = Choosing("another day", lines=["whenever", "2027-03-01", "2026", "10 November 2026"])
    terminal.confirms = [False, True]
    store = walked(store_with(tmp_path), terminal)
    on = date(2026, 11, 10)
    assert state_of(store).answer("tw", "x.password-age") == Dated(Interval(on, on))
    assert "whenever" in terminal.said
    assert "not come yet" in terminal.said
    assert "10 November 2026" in terminal.confirmed[-1]


def test_an_empty_line_goes_back_to_the_choices(tmp_path: Path) -> None:
    """Nothing was said."""
    store = walked(store_with(tmp_path), Choosing("another day", "Not now", lines=[""]))
    assert len(store.statements) == len(store_with(tmp_path / "other").statements)


def test_one_signs_in_through_another(tmp_path: Path) -> None:
    """Only accounts are offered that do not lead back to this one."""
    store = store_with(
        tmp_path, answer("insta", "instagram.password-age", Via("tw")), AccountAdded("gh", "github")
    )
    terminal = Choosing("through another", "GitHub")
    after = walked(store, terminal)
    assert state_of(after).answer("tw", "x.password-age") == Via("gh")
    assert len(terminal.offered[-1]) == 1
    accounts = state_of(store).accounts
    for other in ("insta", "tw"):
        with pytest.raises(NotDoneError, match="one cannot sign in that way"):
            through(accounts["tw"], accounts[other], state_of(store))
    closed = desk().say(store, AccountClosed("gh"))
    with pytest.raises(NotDoneError):
        through(accounts["tw"], accounts["gh"], state_of(closed))


def test_a_circle_of_accounts_ends(tmp_path: Path) -> None:
    """A file may say that two lead to each other; a third can lead to neither or both."""
    circle = (
        AccountAdded("gh", "github"),
        answer("insta", "instagram.password-age", Via("gh")),
        answer("gh", "github.password-age", Via("insta")),
    )
    state = state_of(store_with(tmp_path, *circle))
    assert through(state.accounts["tw"], state.accounts["gh"], state).answer == Via("gh")


def test_where_there_is_no_other_account_none_is_offered(tmp_path: Path) -> None:
    """Nor a year, where little is known of the password."""
    terminal = Choosing("Not now")
    walked(store_with(tmp_path, AccountClosed("insta")), terminal)
    assert not any("another account" in row or "in a year" in row for row in terminal.offered[0])


def test_a_year_is_for_a_random_one_with_a_second_step(tmp_path: Path) -> None:
    """Offered, and fresh for a year from today; refused otherwise."""
    store = store_with(tmp_path, RANDOM, APP)
    after = walked(store, Choosing("in a year"))
    assert state_of(after).reminders["tw"].reminder is Reminder.YEAR
    assert state_of_password(after, "tw") is PasswordState.FRESH
    state = state_of(store)
    with pytest.raises(NotDoneError, match="random password with a second step"):
        reminded(state.accounts["insta"], Reminder.YEAR, state)
    off = PasswordReminded("insta", Reminder.OFF)
    assert reminded(state.accounts["insta"], Reminder.OFF, state) == off


def test_a_year_is_not_offered_where_someone_may_know_it(tmp_path: Path) -> None:
    """That is to be changed now; and after a change it is said who asks about it again."""
    store = store_with(tmp_path, RANDOM, APP, answer("tw", "x.exposed", Chosen("yes")))
    terminal = Choosing("changed it today")
    walked(store, terminal)
    assert not any("in a year" in row for row in terminal.offered[0])
    assert "`hygiene fix` asks again" in terminal.said


def test_never_and_as_the_others(tmp_path: Path) -> None:
    """What was switched off can be switched on again, and only then is that offered."""
    terminal = Choosing("Never remind", "as of the others")
    store = walked(store_with(tmp_path), terminal)
    assert state_of_password(store, "tw") is PasswordState.FRESH
    settle_password(store, state_of(store).accounts["tw"], scene(terminal))
    assert state_of_password(again(store), "tw") is PasswordState.DUE
    assert not any("as of the others" in row for row in terminal.offered[0])


def test_those_that_are_due_come_first(tmp_path: Path) -> None:
    """Then those that perhaps are; one that was accepted is left out."""
    store = store_with(tmp_path, INSTA_UNKNOWN)
    terminal = Choosing("Not now", "Stop here")
    walked(store, terminal)
    numbered = [each for each in terminal.shown if each.startswith(("1 of 2", "2 of 2"))]
    assert [("X" in each, "the club" in each) for each in numbered] == [(True, False), (False, True)]
    assert "2 passwords are left" in terminal.shown[-1]
    accepted = desk().say(store, Waived("tw", "x.password-age"))
    alone = Choosing("Not now")
    walked(desk().seal(accepted), alone)
    assert len(alone.offered) == 1


def test_the_end_of_the_input_is_a_stop(tmp_path: Path) -> None:
    """What was said before it is kept."""
    store = walked(store_with(tmp_path, INSTA_UNKNOWN), Choosing("changed it today"))
    assert state_of_password(store, "tw") is PasswordState.FRESH
    assert state_of_password(store, "insta") is PasswordState.UNCERTAIN


def test_a_page_is_opened_after_its_host_was_shown(tmp_path: Path) -> None:
    """Then having changed it is where Enter leads; without a browser the address is said."""
    opened: list[str] = []
    terminal = Choosing("Open the settings on x.com", "changed it today")
    walk_passwords(store_with(tmp_path), scene(terminal, opened))
    assert opened == ["https://x.com/settings/password"]
    assert "today" in terminal.offered[1][0]
    none = Choosing("Open the settings on x.com", "Not now")
    walk_passwords(store_with(tmp_path / "other"), scene(none))
    assert "https://x.com/settings/password" in none.said


def test_an_account_that_no_question_is_about(tmp_path: Path) -> None:
    """Closed, or on a network without a checklist: said, not crashed."""
    store = store_with(tmp_path, AccountClosed("tw"), AccountAdded("vk", "nowhere"))
    for account in ("tw", "vk"):
        with pytest.raises(NotDoneError, match="nothing is asked"):
            settle_password(store, state_of(store).accounts[account], scene(Choosing()))
