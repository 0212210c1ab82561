"""Evidence: what the exports that a person holds prove about their accounts.

A reader turns a file into facts; the checklists say what a fact answers (`evidence:` of a check). Neither
knows the other, and nothing here is stored: what is stored are answers, with their source
and the export's day.
"""

from __future__ import annotations

from datetime import date

from msgspec import Struct

from hygiene.model.dates import Interval

PASSWORD_CHANGED = "password-changed"  # noqa: S105 - the name of a fact
PASSWORD = "password"  # noqa: S105 - the name of a fact
LEAKED = "leaked"
SECOND_STEP = "second-step"
ATTACHED_TO = "attached-to"
PRIVATE = "private"

FACTS: dict[str, frozenset[str]] = {
    PASSWORD: frozenset({"reused", "weak"}),
    LEAKED: frozenset({"yes"}),
    SECOND_STEP: frozenset({"passkey", "app", "sms", "on", "off"}),
    ATTACHED_TO: frozenset({"public", "mixed", "elsewhere"}),
    PRIVATE: frozenset({"yes", "no"}),
    "recovery": frozenset({"some", "none"}),
    "future-posts": frozenset({"me", "friends", "friends-of-friends", "public"}),
    "contact-upload": frozenset({"yes", "no"}),
    "downloads": frozenset({"yes", "no"}),
    "messages-from": frozenset({"nobody", "friends", "everyone"}),
    "suggested": frozenset({"yes", "no"}),
    "discoverable": frozenset({"yes", "no"}),
    "search-engines": frozenset({"yes", "no"}),
    "timeline": frozenset({"off", "short", "long"}),
}
"""Every fact that is a word, and the words that it may be; a checklist may name no other.

`attached-to`: whether the addresses on an account lie with providers of personal mailboxes (`public`), with
others (`elsewhere`), or some with each. `second-step` is `on` where the export does not say which one.
`suggested`: whether the service suggests the account to others. `timeline`: the record of one's movements,
kept for at most three months where it is `short`.
"""

DATES = frozenset({PASSWORD_CHANGED})
"""Every fact that is an interval of days."""

COUNTS = frozenset({"connected-apps", "sessions"})
"""Every fact that is a number: shown beside its question, which only a look can answer."""


class Fact(Struct, frozen=True):
    """One thing that an export proves.

    Attributes:
        name: a key of `FACTS`, or a member of `DATES` or `COUNTS`.
        value: a word of that fact, the interval in which something happened, or how many there are.
    """

    name: str
    value: str | Interval | int


class Mark(Struct, frozen=True):
    """What is kept of a password for the length of one run; the password itself is dropped.

    Attributes:
        digest: the same for the same password within one run, and of no use after it.
        is_weak: whether it would be guessed; None where that was not looked at.
        is_leaked: whether it is on a list of known passwords; None where that was not looked at.
    """

    digest: bytes
    is_weak: bool | None = None
    is_leaked: bool | None = None


class Found(Struct, frozen=True):
    """An account as one export shows it.

    Attributes:
        network: the id of the network whose archive it is; empty in a password manager's export.
        address: the web address or app that a password manager keeps with it, as written there.
        user: its user name or e-mail address: shown while the person chooses, and never stored.
        facts: what is proved.
        mark: its password, as far as one was read.
        last_used: the day of the last sign-in that the export knows of.
    """

    network: str = ""
    address: str = ""
    user: str = ""
    facts: tuple[Fact, ...] = ()
    mark: Mark | None = None
    last_used: date | None = None


class Remark(Struct, frozen=True):
    """Something that an export could not tell, or that its owner should know of it.

    Attributes:
        message: an untranslated template in the form of `str.format`.
        values: fill it; never a user name, an address or a password.
    """

    message: str
    values: tuple[tuple[str, object], ...] = ()


class Export(Struct, frozen=True):
    """One export, read.

    Attributes:
        format: the reader's id; answers that rest on it have the source `evidence:FORMAT`.
        made_on: the day of the export, as far as it tells; else the day of the file.
    """

    format: str
    made_on: date
    accounts: tuple[Found, ...]
    remarks: tuple[Remark, ...] = ()
