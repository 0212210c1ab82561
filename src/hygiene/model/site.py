"""What public directories know of a website: pages to act on, and the second steps that it offers."""

from __future__ import annotations

from msgspec import Struct


class Link(Struct, frozen=True):
    """A page of a website.

    Attributes:
        url: an https address on the website itself.
        as_of: the month of the directory that names it, `YYYY-MM`.
    """

    url: str
    as_of: str


class Site(Struct, frozen=True):
    """One website, as the reference data knows it.

    Attributes:
        domain: the host it was asked for.
        change_password: where its password is changed.
        close: where the account is closed, or how.
        second_step: its own page about a second step at sign-in.
        offered: the second steps that it offers, as choices of the core question `two-factor`: `passkey`,
            `app`, `sms` (a call and an e-mail too). Empty where it offers none; None where nobody knows.
        sign_in_group: all domains that one sign-in opens, this one among them; empty where there is one only.
    """

    domain: str
    change_password: Link | None = None
    close: Link | None = None
    second_step: Link | None = None
    offered: frozenset[str] | None = None
    sign_in_group: frozenset[str] = frozenset()
