"""What accounts are called."""

import pytest
from tests.builders import catalogue

from hygiene.engine.names import account_name
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
