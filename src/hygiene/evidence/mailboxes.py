"""Providers of personal mailboxes: whether an account hangs on a mailbox of one's own, by its address.

An address elsewhere may lie with an employer, with a school, or in a domain of one's own: these are not told
apart.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

PUBLIC, MIXED, ELSEWHERE = "public", "mixed", "elsewhere"  # words of the fact `attached-to`

PROVIDERS = frozenset(
    {
        # everywhere
        "aol.com", "duck.com", "fastmail.com", "fastmail.fm", "gmail.com", "googlemail.com", "hey.com",
        "hushmail.com", "icloud.com", "mac.com", "mail.com", "mailfence.com", "me.com", "msn.com",
        "pm.me", "privaterelay.appleid.com", "proton.me", "protonmail.ch", "protonmail.com",
        "rocketmail.com", "runbox.com", "startmail.com", "tuta.com", "tuta.io", "tutamail.com",
        "tutanota.com", "tutanota.de", "yandex.com", "ymail.com", "zohomail.com", "zohomail.eu",
        # France
        "aliceadsl.fr", "bbox.fr", "club-internet.fr", "free.fr", "laposte.net", "libertysurf.fr",
        "mailo.com", "neuf.fr", "numericable.fr", "orange.fr", "sfr.fr", "voila.fr", "wanadoo.fr",
        # Germany, Austria, Switzerland
        "bluewin.ch", "freenet.de", "ik.me", "mailbox.org", "posteo.de", "posteo.net", "t-online.de",
        "web.de",
        # Belgium, the Netherlands, Luxembourg
        "hetnet.nl", "home.nl", "kpnmail.nl", "planet.nl", "proximus.be", "pt.lu", "skynet.be", "telenet.be",
        "voo.be", "xs4all.nl", "ziggo.nl",
        # Italy, Spain, Portugal
        "alice.it", "libero.it", "sapo.pt", "telefonica.net", "tim.it", "tin.it", "tiscali.it", "virgilio.it",
        # Britain, Ireland
        "blueyonder.co.uk", "btinternet.com", "eircom.net", "ntlworld.com", "sky.com", "talktalk.net",
        "virginmedia.com",
        # North America
        "att.net", "bell.net", "bellsouth.net", "charter.net", "comcast.net", "cox.net", "earthlink.net",
        "rogers.com", "sbcglobal.net", "shaw.ca", "sympatico.ca", "telus.net", "verizon.net", "videotron.ca",
        # elsewhere
        "126.com", "163.com", "bigpond.com", "interia.pl", "mail.ru", "naver.com", "o2.pl", "onet.pl",
        "qq.com", "seznam.cz", "ukr.net", "wp.pl", "yandex.ru",
    }
)  # fmt: skip
"""Domains in which anybody may have a mailbox, and no employer or school hands them out."""

FAMILIES = frozenset({"gmx", "hotmail", "live", "outlook", "yahoo"})
"""Providers with a domain in each country: `hotmail.fr`, `yahoo.co.uk`."""

_OF_A_COUNTRY = re.compile(r"(?P<family>[a-z]+)\.(?:com|net|[a-z]{2}|(?:co|com)\.[a-z]{2})")
_ADDRESS = re.compile(r"[^@\s]+@(?P<domain>[^@\s.]+(?:\.[^@\s.]+)+)")


def attached_to(addresses: Iterable[str]) -> str | None:
    """Return the word of the fact `attached-to`; None where nothing is an e-mail address."""
    are_public = {_is_public(match["domain"]) for match in map(_matched, addresses) if match}
    if not are_public:
        return None
    if len(are_public) > 1:
        return MIXED
    return PUBLIC if are_public.pop() else ELSEWHERE


def is_address(text: str) -> bool:
    """Return whether a text is an e-mail address and nothing else."""
    return _matched(text) is not None


def _matched(text: str) -> re.Match[str] | None:
    return _ADDRESS.fullmatch(text.strip())


def _is_public(domain: str) -> bool:
    domain = domain.casefold()
    family = _OF_A_COUNTRY.fullmatch(domain)
    return domain in PROVIDERS or bool(family and family["family"] in FAMILIES)
