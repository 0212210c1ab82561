"""An account removed: gone from the store, from what it joins, and never back."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.safety.stores import RING
from tests.unit.usecases.acting_desk import DAY, again, answer, desk, store_with

from hygiene.engine.setup import account_id
from hygiene.errors import UsageError
from hygiene.model.record import (
    AccountAdded,
    AccountClosed,
    AccountRemoved,
    AccountRenamed,
    Chosen,
    PasswordReminded,
    Reminder,
    Via,
    Waived,
    Written,
)
from hygiene.store.beside import previous_of
from hygiene.store.file import OpenStore, joined, open_store, read_store, save
from hygiene.usecases.accounts import known_account, remove_account
from hygiene.usecases.copies import missing_in
from hygiene.usecases.desk import state_of

MARKER = "MARQUEUR-7391"
LINES = (
    AccountAdded("club", "instagram", MARKER),
    AccountRenamed("club", f"{MARKER}-2"),
    answer("club", "instagram.private-account", Chosen("no")),
    Waived("club", "instagram.private-account", MARKER),
    PasswordReminded("club", Reminder.OFF),
    answer("tw", "x.password-age", Via("club")),
    answer("you", "setup.domains", Written(MARKER)),
    answer("insta", "setup.names", Written(MARKER)),
)


@pytest.fixture
def store(tmp_path: Path) -> OpenStore:
    return store_with(tmp_path, *LINES)


def holds(store: OpenStore) -> bool:
    """Whether a store still says anything of the account, its removal apart."""
    return any(
        MARKER.encode() in line or (b'"club"' in line and not isinstance(each.event, AccountRemoved))
        for line, each in store.statements.items()
    )


def test_nothing_is_left_but_that_it_was_removed(store: OpenStore) -> None:
    """On the disk too; the other accounts are as they were."""
    others = [each for each in state_of(store).answers if "club" not in each[0]]
    assert holds(store)
    removed = again(remove_account(store, desk(), "club"))
    assert not holds(removed)
    assert "club" not in state_of(removed).accounts
    assert ("insta", "instagram.private-account") in others
    assert ("insta", "instagram.private-account") in state_of(removed).answers
    assert [each.event for each in removed.statements.values()][-1] == AccountRemoved("club")


def test_its_id_is_never_given_again(store: OpenStore) -> None:
    """Another copy may still mean the old one by it."""
    instagram = desk().say(store, AccountAdded("instagram", "instagram"))
    removed = remove_account(instagram, desk(), "instagram")
    assert account_id("instagram", state_of(removed)) == "instagram-2"


def test_the_copy_beside_it_holds_it_until_the_next_save(store: OpenStore) -> None:
    """So that a mistake can be undone; then it is gone there too."""
    remove_account(again(store), desk(), "club")
    before = previous_of(store.path)
    assert holds(open_store(before, read_store(before), RING))
    save(desk().say(again(store), AccountAdded("gh", "github")))
    assert not holds(open_store(before, read_store(before), RING))


def test_an_older_copy_does_not_bring_it_back(store: OpenStore) -> None:
    """Joined either way round, and though it has gone on saying things of it; nothing of it is missing."""
    older = desk().say(
        store, answer("club", "instagram.two-factor", Chosen("app")), AccountAdded("gh", "github")
    )
    removed = remove_account(store, desk(), "club")
    assert missing_in(removed, store) == 0
    assert missing_in(removed, older) == 1
    for union in (joined(removed, older), joined(older, removed)):
        assert not holds(union)
        assert "gh" in state_of(union).accounts


def test_a_save_meanwhile_does_not_bring_it_back(store: OpenStore) -> None:
    """Another hygiene had the store open, and saves what it knew."""
    other = again(store)
    remove_account(again(store), desk(), "club")
    save(desk().say(other, answer("club", "instagram.two-factor", Chosen("app"))))
    assert not holds(again(store))


@pytest.mark.parametrize("name", ["insta", "the club", " The CLUB "])
def test_an_account_is_known_by_its_id_or_its_only_name(name: str, store: OpenStore) -> None:
    """Whatever the size of its letters."""
    assert known_account(state_of(store), name).id == "insta"


def test_a_name_is_not_guessed(store: OpenStore) -> None:
    """Neither one that several have, nor one that none has, and errors repeat none."""
    state = state_of(desk().say(store, AccountAdded("other", "x", "The Club"), AccountClosed("other")))
    with pytest.raises(UsageError, match=r"^several accounts are called that$"):
        known_account(state, "the club")
    for name in ("", "nobody"):
        with pytest.raises(UsageError, match=r"^there is no such account$"):
            known_account(state, name)
    assert state.accounts["other"].closed_on == DAY
