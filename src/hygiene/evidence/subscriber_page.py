"""The page on the account in Google Takeout, `NAME.SubscriberInfo.html`, which is always in English."""

from __future__ import annotations

import re
from html import unescape

from msgspec import Struct

from hygiene.safety.archives import Bundle

SUBSCRIBER_PAGE = ".subscriberinfo.html"  # so ends its name, in small letters
_MARK = b"Google Account ID"

_LARGEST = 512 * 1024  # bytes; a long table of sign-ins follows, which is not needed

_BLOCK = re.compile(r"</?(?:br|div|h\d|li|p|section|table|td|th|tr|ul)\b[^<>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_RECOVERY = re.compile(r"^ACCOUNT RECOVERY$", re.MULTILINE)
_NEXT_HEADING = re.compile(r"^[A-Z][A-Z ]+$", re.MULTILINE)
_MEANS = re.compile(
    r"^Recovery (?:e-?mail ?:?\s?[^\s@]+@[^\s@]+|SMS ?:?\s?[+(*•]*\d)", re.IGNORECASE | re.MULTILINE
)
_ADDRESS = re.compile(r"^e-?mail ?:?\s?([^\s@]+@[^\s@]+)", re.IGNORECASE | re.MULTILINE)


class SubscriberPage(Struct, frozen=True):
    """What the page says.

    Attributes:
        address: the account's own; empty where it is not found.
        has_recovery: whether there is a second address or number to get back in; None where the page does not
            speak of it.
    """

    address: str
    has_recovery: bool | None


def is_subscriber_page(bundle: Bundle, name: str) -> bool:
    """Return whether a member is such a page, by its content."""
    return _MARK in bundle.head(name)


def subscriber_page(bundle: Bundle, name: str) -> SubscriberPage:
    """Read such a page.

    Raises:
        RefusedArchiveError: the member is damaged or encrypted.
    """
    with bundle.open(name) as stream:
        text = _plain(stream.read(_LARGEST).decode(errors="replace"))
    address = _ADDRESS.search(text)
    return SubscriberPage(address[1] if address else "", _has_recovery(text))


def _plain(page: str) -> str:
    """Return the text of a page, a line for each block, with single spaces: not every page is well-formed."""
    text = unescape(_TAG.sub("", _BLOCK.sub("\n", page)))
    return "\n".join(words for line in text.splitlines() if (words := " ".join(line.split())))


def _has_recovery(text: str) -> bool | None:
    heading = _RECOVERY.search(text)
    if heading is None:
        return None
    following = _NEXT_HEADING.search(text, heading.end())
    section = text[heading.end() : following.start() if following else None]
    return _MEANS.search(section) is not None
