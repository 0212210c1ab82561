from __future__ import annotations

import pytest

from hygiene.reporting.links import host_of, safe_url


@pytest.mark.parametrize(
    "url",
    [
        "https://www.instagram.com/accounts/",
        "https://help.x.com/en/a?b=1&c=2#d",
        "https://myaccount.google.com/~x_(y)",
    ],
)
def test_an_ordinary_address_is_kept(url: str) -> None:
    assert safe_url(url) == url


@pytest.mark.parametrize(
    "url",
    [
        None,
        "",
        "http://example.com/",
        "javascript:alert(1)",
        "JaVaScript:alert(1)//https://example.com",
        "data:text/html,x",
        "//example.com/",
        "https:example.com",
        "https:///path",
        "https://user@example.com/",
        "https://user:pass@example.com/",
        "https://example.com:8443/",
        "https://localhost/",
        "https://127.0.0.1/",
        "https://[::1]/",
        "https://[bad/",
        "https://exаmple.com/",
        "https://example.com/é",
        "https://example.com/ x",
        "https://example.com/\n",
        "https://example.com\\@evil.com/",
        'https://example.com/"onclick="x',
        "https://example.com/<script>",
        " https://example.com/",
    ],
)
def test_anything_else_is_no_link(url: str | None) -> None:
    assert safe_url(url) is None


def test_the_host_is_what_is_shown() -> None:
    assert host_of("https://help.x.com/en") == "help.x.com"
    assert host_of("https://[bad/") is None
