"""A person's presence on a network."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from hygiene.model.dates import Interval
from hygiene.model.text import Text

YOU = "you"
"""Stands for the person: reserved, and not among the accounts."""

OTHER = "other"
"""The network of any service that has no checklist of its own, known by its domain."""


class Purpose(StrEnum):
    """What an account is for. What is good may depend on it."""

    PERSONAL = "personal"
    WORK = "work"
    SHARED = "shared"


class Account(Struct, frozen=True):
    """One account. It is called by its network's name unless the person named it.

    Attributes:
        id: `[a-z][a-z0-9-]{0,31}`, never reused.
        network: an id in the register of networks.
        label: the person's own name for it, or empty.
        domain: which host it is on, where the network alone does not tell: the service's domain on
            `other`, the person's own server on Mastodon, their country's site on Amazon. Else None, and
            None while the person has not said.
        opened: when it was opened, where the person said so.
    """

    id: str
    network: str
    label: str = ""
    purpose: Purpose | None = None
    domain: str | None = None
    opened: Interval | None = None
    closed_on: date | None = None


class Network(Struct, frozen=True):
    """A service that people hold accounts with, whether or not a checklist covers it.

    Attributes:
        purpose: what an account there is for when the network itself decides it.
        host: where each account lies on a host of its own, the placeholder that stands for it in links,
            such as `server`; the question before the checks is `setup.server`. Else None.
        hosts: the hosts that it may be; empty for any.
    """

    id: str
    name: Text
    domains: tuple[str, ...] = ()
    purpose: Purpose | None = None
    host: str | None = None
    hosts: tuple[str, ...] = ()
