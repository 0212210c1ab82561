"""Links lead to the hosts that the list declares, or to the host that the network's accounts lie on."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import urlsplit

from hygiene.catalog.cursor import LINK, Cursor
from hygiene.catalog.lint.manuscript import Manuscript, Remark, error
from hygiene.catalog.written import words_at
from hygiene.language import N_

_LINKS = ("settings", "help")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")


def remarks(manuscript: Manuscript) -> Iterator[Remark]:
    """Yield the links to hosts, or with placeholders, that the list does not declare."""
    declared = manuscript.network.host if manuscript.network else None
    domains = manuscript.draft.checklist.domains
    for placed in manuscript.draft.placed:
        for where, url in _links(placed.at):
            unknown = [name for name in _PLACEHOLDER.findall(url) if name != declared]
            for name in unknown:
                yield error(where, N_("the placeholder {name} is not known here"), name=f"{{{name}}}")
            host = urlsplit(url.replace("{", "").replace("}", "")).hostname or ""
            pattern = url[len("https://") :].partition("/")[0]
            if not unknown and not _leads_there(pattern, declared) and not _lies_on(host, domains):
                yield error(where, N_("the link's host {host} is not among the domains"), host=host)


def _links(check: Cursor) -> Iterator[tuple[str, str]]:
    for name in _LINKS:
        url = words_at(check, name)
        if LINK.fullmatch(url):
            yield f"{check.field}.{name}", url


def _leads_there(host: str, declared: str | None) -> bool:
    """Return whether it is the account's own host, or lies below it: `{server}`, `www.{marketplace}`."""
    return declared is not None and f".{host}".endswith(f".{{{declared}}}")


def _lies_on(host: str, domains: tuple[str, ...]) -> bool:
    return any(f".{host}".endswith(f".{domain}") for domain in domains)
