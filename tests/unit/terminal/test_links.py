from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.contract.terminal_questions import INSTAGRAM, NOTHING_LEFT, PRIVATE, URL, X, about, check

from hygiene.model.checklist import Remediation
from hygiene.terminal.links import links_of, safe_host


def test_the_same_page_stands_once() -> None:
    both = about(PRIVATE.check, INSTAGRAM, X)
    assert [(link.host, link.url) for link in links_of(both.accounts)] == [("www.instagram.com", URL)]


def test_each_account_may_have_its_own_page() -> None:
    other = check("x.private", "?", remediation=Remediation(1, settings_url="https://x.com/settings"))
    first, second = about(PRIVATE.check, INSTAGRAM, X).accounts
    links = links_of((first, replace(second, check=other)))
    assert [link.host for link in links] == ["www.instagram.com", "x.com"]


def test_a_check_may_have_none() -> None:
    assert links_of(NOTHING_LEFT.accounts) == ()


@pytest.mark.parametrize(
    "url",
    [
        "http://instagram.com/",
        "javascript:alert(1)",
        "https://instagram.com@evil.example/",
        "https://еxample.com/",
        "https://example.com/\x1b[2J",
        "https://example.com/a b",
        "https://[::1",
        "https:///nowhere",
        "https://{server}/about",
        "https://example.com/{id}",
        "file:///etc/passwd",
    ],
)
def test_nothing_but_an_honest_https_address_is_opened(url: str) -> None:
    assert safe_host(url) is None


def test_the_host_is_told_without_port() -> None:
    assert safe_host("https://Example.com:8443/x") == "example.com"
