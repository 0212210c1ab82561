"""Where an account lies: the host that links name by a placeholder, such as `https://{server}/about`.

A person's Mastodon settings are on their own server, their Amazon account on the site of their country.
"""

from __future__ import annotations

import re

from msgspec.structs import replace

from hygiene.model.account import OTHER, Account, Network
from hygiene.model.checklist import Catalogue, Check

_DOMAIN = re.compile(
    r"(?:[a-z][a-z0-9+.-]*://|@?[^\s@/]+@|@)?(?:www\.)?"
    r"((?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:xn--[a-z0-9]+|[a-z]{2,}))(?![a-z0-9-])"
)
_BETWEEN_ADDRESSES = re.compile(r"[,;\s]+")
_LINK = re.compile(r"(https://(?:www\.)?)\{([a-z][a-z0-9-]*)\}(/[^{}]*)?")


def addresses_in(words: str) -> tuple[str, ...]:
    """Return what stands between commas, semicolons and spaces, each of which should be an address."""
    return tuple(filter(None, _BETWEEN_ADDRESSES.split(words)))


def parse_domain(words: str) -> str | None:
    """Return the host name in what someone typed or pasted, or None.

    `https://gitlab.com/me` and `me@gitlab.com` are `gitlab.com`, `@me@mastodon.social` is `mastodon.social`;
    other alphabets are written in IDNA.
    """
    match = _DOMAIN.match(_in_ascii(words.strip().lower()))
    return match[1] if match else None


def takes_domain(network: Network) -> bool:
    """Return whether an account on a network has a host of its own."""
    return network.id == OTHER or network.host is not None


def parse_host(words: str, network: Network) -> str | None:
    """Return the host of an account on a network, in what someone typed; None where it cannot be one."""
    domain = parse_domain(words) if takes_domain(network) else None
    return None if network.hosts and domain not in network.hosts else domain


def domain_of(account: Account, catalogue: Catalogue) -> str | None:
    """Return the host that an account is on; None where it is not known, or not allowed there."""
    network = catalogue.networks.get(account.network)
    return parse_host(account.domain or "", network) if network else None


def placed(check: Check, account: Account | None, catalogue: Catalogue) -> Check:
    """Return a check whose links lead to the host that the account is on.

    A link whose host is not known, or is none that the network allows, is left out: what is written in a
    checklist or a record never makes a link to anything but that host.

    Args:
        check: comes back as it is where its links hold no placeholder.
        account: None for a check about the person.
        catalogue: has the register of networks.
    """
    remedy = check.remediation
    if "{" not in f"{remedy.settings_url}{remedy.help_url}":
        return check
    network = catalogue.networks.get(account.network) if account else None
    name = network.host if network else None
    host = domain_of(account, catalogue) if account else None
    filled = replace(
        remedy,
        settings_url=_filled(remedy.settings_url, name, host),
        help_url=_filled(remedy.help_url, name, host),
    )
    return replace(check, remediation=filled)


def _filled(link: str | None, name: str | None, host: str | None) -> str | None:
    if link is None or "{" not in link:
        return link
    match = _LINK.fullmatch(link)
    return f"{match[1]}{host}{match[3] or '/'}" if match and host and match[2] == name else None


def _in_ascii(words: str) -> str:
    try:
        return words if words.isascii() else words.encode("idna").decode()
    except UnicodeError:
        return ""
