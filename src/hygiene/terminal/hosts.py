"""The name of a server, as someone writes or pastes it."""

from __future__ import annotations

from msgspec.structs import replace

from hygiene.engine.placing import parse_domain
from hygiene.language import _
from hygiene.model.record import Written
from hygiene.terminal.pages import Page


def host_or(page: Page, words: str) -> Written | Page:
    """Return the host name in what was written, or the page that asks for it again."""
    host = parse_domain(words)
    again = _(
        "The name of a server has a dot in it and no space, such as mastodon.social. "
        "If you do not know it, write d alone."
    )
    return Written(host) if host else replace(page, message=again)
