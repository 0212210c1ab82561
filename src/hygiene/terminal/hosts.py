"""The names of servers and websites, as someone writes or pastes them."""

from __future__ import annotations

from msgspec.structs import replace

from hygiene.engine.placing import addresses_in, parse_domain
from hygiene.engine.setup import DOMAINS
from hygiene.language import _
from hygiene.model.checklist import Check, Kind
from hygiene.model.record import Written
from hygiene.safety.cleaning import clean
from hygiene.terminal.pages import Page


def written_or(check: Check, page: Page, words: str) -> Written | Page:
    """Return what was written, addresses as host names, or the page that asks for it again."""
    if check.kind is Kind.HOST:
        return _host_or(page, words)
    return _domains_or(page, words) if check.id == DOMAINS else Written(clean(words))


def _host_or(page: Page, words: str) -> Written | Page:
    host = parse_domain(words)
    again = _(
        "The name of a server has a dot in it and no space, such as mastodon.social. "
        "If you do not know it, write d alone."
    )
    return Written(host) if host else replace(page, message=again)


def _domains_or(page: Page, words: str) -> Written | Page:
    """Nothing that was written may be lost without a word: each account is known by its domain."""
    domains = {each: parse_domain(each) for each in addresses_in(words)}
    wrong = next((each for each, domain in domains.items() if domain is None), "" if domains else words)
    if wrong:
        again = _(
            "“{word}” is no address of a website. One has a dot in it and no space, such as gitlab.com."
        )
        return replace(page, message=again.format(word=clean(wrong)))
    return Written(", ".join(dict.fromkeys(filter(None, domains.values()))))
