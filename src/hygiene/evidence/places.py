"""Where a sign-in is: the host of an address, and the part of it that somebody registered.

The registered part is found by the Public Suffix List, which the library `publicsuffixlist` ships.
"""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from urllib.parse import urlsplit

from hygiene.engine.presences import Place

LOCAL_ENDINGS = frozenset(
    {"localhost", "local", "lan", "home", "internal", "intranet", "test", "invalid", "box"}
)
"""Names of devices and programs on a network of one's own, most of them by RFC 6761, 6762 and 8375."""

APPS = {
    "com.facebook.katana": "facebook.com",
    "com.facebook.orca": "facebook.com",
    "com.zhiliaoapp.musically": "tiktok.com",
    "com.ss.android.ugc.trill": "tiktok.com",
    "com.google.android.gm": "google.com",
    "com.amazon.mshop.android.shopping": "amazon.com",
    "com.microsoft.office.outlook": "microsoft.com",
    "org.thoughtcrime.securesms": "signal.org",
    "org.joinmastodon.android": "joinmastodon.org",
    "xyz.blueskyweb.app": "bsky.app",
}
"""Android apps whose name does not begin with the domain of their service, turned round."""

_APP = re.compile(r"android://(?:[^@/]*@)?([a-z0-9_.]+)", re.IGNORECASE)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9_-]{1,63}(\.[a-z0-9_-]{1,63})*", re.IGNORECASE)


def placer() -> Callable[[str], Place | None]:
    """Return what says where an address is; None on a network of one's own, or where it names no place.

    `https://login.example.co.uk/start` is at `login.example.co.uk`, part of `example.co.uk`; an Android
    app is at the domain in its name, `com.twitter.android` at `twitter.com`.
    """
    from publicsuffixlist import PublicSuffixList

    registered = PublicSuffixList().privatesuffix
    known: dict[str, Place | None] = {}

    def place(address: str) -> Place | None:
        host = host_of(address)
        if host not in known:
            domain = registered(host) if host and not _is_local(host) else None
            known[host] = Place(host, domain) if domain else None
        return known[host]

    return place


def host_of(address: str) -> str:
    """Return the host that an address names, in lower case and in ASCII (IDNA); empty where it names none."""
    words = address.strip()
    if app := _APP.match(words):
        return _host_of_app(app[1].lower())
    try:
        host = urlsplit(words if _SCHEME.match(words) else f"//{words}").hostname or ""
        host = host if host.isascii() else host.encode("idna").decode()
    except ValueError:  # brackets that hold no address of IPv6, or a name that IDNA refuses
        return ""
    host = host.rstrip(".").lower()
    return host if _HOST.fullmatch(host) or _is_number(host) else ""


def _host_of_app(package: str) -> str:
    parts = package.split(".")
    return APPS.get(package) or (f"{parts[1]}.{parts[0]}" if len(parts) > 1 else "")


def _is_local(host: str) -> bool:
    return _is_number(host) or "." not in host or host.rpartition(".")[2] in LOCAL_ENDINGS


def _is_number(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
