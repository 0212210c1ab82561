"""The record: an append-only list of dated statements, the one form for everything that happened.

The state of an account, outcomes, findings, what is due and history are all pure functions of the record.
Its written form is in docs/record-format.md.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from hygiene.model.account import Purpose
from hygiene.model.checklist import Severity
from hygiene.model.dates import Interval


class NonAnswer(StrEnum):
    """What one may say instead of an answer. The fourth, never asked, is the absence of a statement."""

    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not-applicable"
    LATER = "later"


class Chosen(Struct, frozen=True):
    """One choice. A date check also takes `never` and `passkey`."""

    id: str


class ChosenMany(Struct, frozen=True):
    """Several choices, or none of them."""

    ids: tuple[str, ...]


class Dated(Struct, frozen=True):
    """When it happened, as well as the person knows."""

    interval: Interval


class Via(Struct, frozen=True):
    """Signs in with that other account: it has no password of its own."""

    account: str


class Written(Struct, frozen=True):
    """A few words of the person's own, such as a label."""

    words: str


Answer = Chosen | ChosenMany | Dated | Via | Written | NonAnswer

NEVER = Chosen("never")
PASSKEY = Chosen("passkey")


class Scope(StrEnum):
    """How much an audit covers: the core checks, the high and medium ones too, or all."""

    CORE = "core"
    DEFAULT = "default"
    FULL = "full"


class Outcome(StrEnum):
    """What a check came to. Only `pass` and `fail` enter the score."""

    PASS = "pass"  # noqa: S105 - an outcome, not a password
    FAIL = "fail"
    UNKNOWN = "unknown"
    NOT_APPLICABLE = "not_applicable"
    NOT_CHECKED = "not_checked"


class Reminder(StrEnum):
    """When a person wants to be reminded of a password: by the rule, in a year at the earliest, never."""

    RULE = "rule"
    YEAR = "year"
    OFF = "off"


class AccountAdded(Struct, frozen=True):
    """The person has this account."""

    account: str
    network: str
    label: str = ""
    purpose: Purpose | None = None
    domain: str | None = None
    opened: Interval | None = None


class AccountRenamed(Struct, frozen=True):
    """The account is called otherwise from now on; its id stays."""

    account: str
    label: str


class AccountPurposed(Struct, frozen=True):
    """The account serves this purpose from now on."""

    account: str
    purpose: Purpose


class AccountPlaced(Struct, frozen=True):
    """The account lies on this host of its network from now on; None: the person cannot say."""

    account: str
    domain: str | None = None


class AccountRecognised(Struct, frozen=True):
    """By this the account is known again in an export, from now on.

    Attributes:
        salt: random.
        digest: the keyed hash of its user name there, see `engine.recognition`; the name is not kept.
    """

    account: str
    salt: str
    digest: str


class AccountClosed(Struct, frozen=True):
    """The account no longer exists; its history is kept."""

    account: str


class AccountRemoved(Struct, frozen=True):
    """The account was added by mistake: what was said of it is deleted. Its id is never used again.

    This statement stays, so that no older copy of the record brings the account back.
    """

    account: str


class AnswerGiven(Struct, frozen=True):
    """What was said about a check of an account (or of `you`).

    Attributes:
        source: `person`, `file` or `evidence:FORMAT`.
        as_of: the day of the export that it rests on, for evidence.
    """

    account: str
    check: str
    answer: Answer
    note: str = ""
    source: str = "person"
    as_of: date | None = None


class Waived(Struct, frozen=True):
    """A finding accepted on purpose, up to and including a day, or for good.

    With a day before the one on which it is said, an earlier acceptance is taken back.
    """

    account: str
    check: str
    reason: str = ""
    until: date | None = None


class ChecklistUsed(Struct, frozen=True):
    """A checklist as an audit used it."""

    id: str
    version: str
    digest: str
    publisher: str
    trust: str


class AuditStarted(Struct, frozen=True):
    """A portion of an audit began; the first portion begins the audit."""

    audit: str
    scope: Scope
    portion: int = 1
    checklists: tuple[ChecklistUsed, ...] = ()


class AuditFinished(Struct, frozen=True):
    """A portion came to its end. The first one starts the yearly clock."""

    audit: str
    portion: int = 1


class Judgement(Struct, frozen=True):
    """What a check came to."""

    check: str
    revision: int
    outcome: Outcome
    severity: Severity
    weight: int


class Judged(Struct, frozen=True):
    """What the checks of an account came to in a finished audit: never judged again with newer checklists."""

    audit: str
    account: str
    judgements: tuple[Judgement, ...]


class Titled(Struct, frozen=True):
    """What a check was called at that revision, for reading old audits."""

    check: str
    revision: int
    language: str
    title: str


class PasswordReminded(Struct, frozen=True):
    """How the person wants to be reminded of an account's password, from now on."""

    account: str
    reminder: Reminder


COMPUTER, MINE, EMPLOYERS = "computer", "mine", "employer"
"""The setting that says whose computer this is, and what it may say."""


class SettingChosen(Struct, frozen=True):
    """A setting of the person's own; an empty value goes back to the default."""

    key: str
    value: str


class ReportWritten(Struct, frozen=True):
    """A report or an export in clear was written there; `store erase` names it."""

    path: str


class BackupWritten(Struct, frozen=True):
    """A sealed copy of the store was written there."""

    path: str


Event = (
    AccountAdded
    | AccountRenamed
    | AccountPurposed
    | AccountPlaced
    | AccountRecognised
    | AccountClosed
    | AccountRemoved
    | AnswerGiven
    | Waived
    | AuditStarted
    | AuditFinished
    | Judged
    | Titled
    | PasswordReminded
    | SettingChosen
    | ReportWritten
    | BackupWritten
)


class Statement(Struct, frozen=True):
    """One event, dated.

    Attributes:
        id: random; the same statement in two copies of a store has the same id.
        seq: its place in the order of saying; ties are ordered by id.
        on: the day it was said for.
    """

    id: str
    seq: int
    on: date
    event: Event


class Record(Struct, frozen=True):
    """All statements, in the order of saying."""

    statements: tuple[Statement, ...] = ()

    @property
    def next_seq(self) -> int:
        """The number that the next statement takes."""
        return self.statements[-1].seq + 1 if self.statements else 1
