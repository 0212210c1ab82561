"""What accounts are called."""

import pytest
from tests.builders import catalogue

from hygiene.engine.names import account_name, name_among
from hygiene.model.account import Account


@pytest.mark.parametrize(
    ("account", "english", "french"),
    [
        (None, "you", "vous"),
        (Account("x", "x"), "X", "X"),
        (Account("m", "mailbox"), "Mailbox", "Boîte mail"),
        (Account("x-2", "x", "the club’s"), "the club’s", "the club’s"),
        (Account("gl", "other", domain="gitlab.com"), "gitlab.com", "gitlab.com"),
        (Account("gl", "other", "Work Git", domain="gitlab.com"), "Work Git", "Work Git"),
        (Account("odd", "other"), "odd", "odd"),
        (Account("old", "gone-network"), "gone-network", "gone-network"),
    ],
)
def test_what_an_account_is_called(account: Account | None, english: str, french: str) -> None:
    """The person's own name for it, else its domain or network; an id only where there is nothing else."""
    name = account_name(account, catalogue())
    assert (name.to("en"), name.to("fr")) == (english, french)


def test_two_accounts_of_one_name_are_told_apart() -> None:
    """By their network, or their domain; nobody else's name grows longer."""
    club, other = Account("x-2", "x", "club"), Account("gl", "other", "club", domain="gitlab.com")
    mine, mailbox = Account("x", "x"), Account("m-2", "mailbox", "club")
    everyone = (mine, club, other, mailbox)
    names = [name_among(each, everyone, catalogue()).to("fr") for each in everyone]
    assert names == ["X", "club (X)", "club (gitlab.com)", "club (Boîte mail)"]
    assert name_among(club, (mine, club), catalogue()).to("en") == "club"
    assert name_among(None, everyone, catalogue()).to("en") == "you"


def test_a_name_is_never_filled_in() -> None:
    """Whatever a person calls an account."""
    odd = Account("x-2", "x", "{network}"), Account("i-2", "instagram", "{network}")
    assert name_among(odd[0], odd, catalogue()).to("en") == "{network} (X)"
