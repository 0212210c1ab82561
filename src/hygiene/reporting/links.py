"""Which addresses a report may link to."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

_PLAIN = re.compile(r"[!-~]+")
_UNSAFE = re.compile(r"[\\\"'<>`{}|^]")
_HOST = re.compile(r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z][a-z0-9-]*")


def safe_url(url: str | None) -> str | None:
    """Return an address that may be linked to, else None.

    It is https, names a host and nobody at it (no `user@`), and is written in ASCII, so that what is read is
    where it leads: no `javascript:`, no look-alike letters.
    """
    if not url or not _PLAIN.fullmatch(url) or _UNSAFE.search(url):
        return None
    return url if host_of(url) else None


def host_of(url: str) -> str | None:
    """Return the host of an https address without user or port, else None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    is_plain = parts.scheme == "https" and _HOST.fullmatch(parts.netloc)
    return parts.netloc if is_plain else None
