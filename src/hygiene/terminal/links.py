"""The settings pages that a question may open: https only, and their host is told first."""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import urlsplit

from msgspec import Struct

from hygiene.engine.questions import Asked
from hygiene.model.text import Text


class Link(Struct, frozen=True):
    """A page, its host, and the account whose settings it shows."""

    name: Text
    host: str
    url: str


def links_of(accounts: Iterable[Asked]) -> tuple[Link, ...]:
    """Return the settings page of each account that has one, the same page once."""
    found: dict[str, Link] = {}
    for asked in accounts:
        url = asked.check.remediation.settings_url
        if url and url not in found and (host := safe_host(url)):
            found[url] = Link(asked.name, host, url)
    return tuple(found.values())


def safe_host(url: str) -> str | None:
    """Return the host of an address that may be opened, else None: https, plain characters, no user name.

    A placeholder that nobody filled is no address.
    """
    if not (url.isascii() and url.isprintable()) or set(url) & set(" {}"):
        return None
    try:
        parts = urlsplit(url)
    except ValueError:  # a bracket that opens no IPv6 address
        return None
    if parts.scheme != "https" or "@" in parts.netloc:
        return None
    return parts.hostname
