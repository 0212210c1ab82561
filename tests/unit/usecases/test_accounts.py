"""Accounts added by name: what is taken, and what is refused with a way on."""

from __future__ import annotations

import pytest
from tests.unit.engine.placed import LISTS

from hygiene.engine.state import State
from hygiene.errors import UsageError
from hygiene.model.account import Account, Purpose
from hygiene.model.record import AccountAdded
from hygiene.usecases.accounts import add_account, blank_accounts


def added(network: str, domain: str = "") -> AccountAdded:
    return add_account(State(), LISTS, network, "", "", domain)


@pytest.mark.parametrize(
    ("network", "domain", "host"),
    [
        ("mastodon", "@me@Piaille.fr", "piaille.fr"),
        ("mastodon", "", None),
        ("amazon", "https://www.amazon.de/gp", "amazon.de"),
        ("amazon", "", None),
        ("other", "gitlab.com", "gitlab.com"),
        ("instagram", "", None),
    ],
)
def test_an_account_lies_where_the_person_says(network: str, domain: str, host: str | None) -> None:
    """As pasted; only another service must say it."""
    assert added(network, domain) == AccountAdded(network, network, domain=host)


@pytest.mark.parametrize(
    ("network", "domain", "message", "hint"),
    [
        ("other", "", "domain is missing", "--domain gitlab.com"),
        ("other", "here", "domain is not understood", "--domain gitlab.com"),
        ("mastodon", "here", "domain is not understood", "--domain mastodon.social"),
        ("amazon", "amazon.com", "amazon has no site of that name", "amazon.fr, amazon.de"),
        ("amazon", "here", "amazon has no site of that name", "amazon.fr, amazon.de"),
        ("instagram", "instagram.com", "instagram has no domain of its own", "leave --domain out"),
    ],
)
def test_what_cannot_be_its_host_is_refused(network: str, domain: str, message: str, hint: str) -> None:
    """With an example, or with what there is."""
    with pytest.raises(UsageError, match=message) as caught:
        added(network, domain)
    assert hint in caught.value.hint.format(**caught.value.values)


def test_a_blank_file_leaves_the_host_to_be_said() -> None:
    """Only another service cannot do without."""
    assert blank_accounts(LISTS, ["mastodon", "other"]) == (
        Account("mastodon", "mastodon", purpose=Purpose.PERSONAL),
        Account("other", "other", purpose=Purpose.PERSONAL, domain="example.org"),
    )
