"""Links lead to the hosts that the list declares."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import GOOD, OURS, lint, ours

STRANGER = "the link's host {} is not among the domains"
NOT_KNOWN = "the placeholder {} is not known here"


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://example.org.evil.com/", STRANGER.format("example.org.evil.com")),
        ("https://badexample.org/", STRANGER.format("badexample.org")),
        ("https://example.com/", STRANGER.format("example.com")),
        ("https://org/", STRANGER.format("org")),
        ("https://{server}/", NOT_KNOWN.format("{server}")),
        ("https://{network}/", NOT_KNOWN.format("{network}")),
        ("https://example.org/{user}", NOT_KNOWN.format("{user}")),
        ("https://EXAMPLE.org/a?b=1#c", None),
        ("https://a.b.example.org:8080/", None),
        ("http://example.com/", "must be an https address"),
    ],
)
def test_hosts(tmp_path: Path, link: str, expected: str | None) -> None:
    """The declared ones and those below them; of a link that is none, only that is said."""
    text = GOOD.replace("https://www.example.org/a", f'"{link}"')
    assert lint(tmp_path, text) == ([f"error:14: checks[0].settings: {expected}"] if expected else [])
    text = GOOD.replace("https://example.org/", f'"{link}"')
    assert lint(tmp_path, text) == ([f"error:15: checks[0].help: {expected}"] if expected else [])


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://{server}/settings", None),
        ("https://{server}", None),
        ("https://www.{server}/settings", None),
        ("https://{server}.example.org/", None),
        ("https://example.org/{server}", None),
        ("https://{server}.evil.com/", STRANGER.format("server.evil.com")),
        ("https://evil.com/{server}", STRANGER.format("evil.com")),
        ("https://evil{server}/", STRANGER.format("evilserver")),
        ("https://{marketplace}/", NOT_KNOWN.format("{marketplace}")),
    ],
)
def test_the_host_that_an_account_lies_on(tmp_path: Path, link: str, expected: str | None) -> None:
    """Where the network of the list declares one, and nothing stands around it but `www.`."""
    text = OURS.replace("network: acme", "network: fedi").replace("https://www.example.org/a", f'"{link}"')
    assert ours(tmp_path, text) == ([f"error:15: checks[0].settings: {expected}"] if expected else [])
