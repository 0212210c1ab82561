"""What follows from the record: results, findings, the score."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from msgspec import Struct

from hygiene.model.account import Account
from hygiene.model.checklist import Check, Severity
from hygiene.model.dates import Interval
from hygiene.model.record import Answer, Outcome, Reminder, Scope


class PasswordState(StrEnum):
    """Where a password stands against its period."""

    FRESH = "fresh"
    UNCERTAIN = "uncertain"
    DUE = "due"
    EXEMPT = "exempt"
    UNKNOWN = "unknown"


class PasswordAge(Struct, frozen=True):
    """The age of something dated against a period.

    Attributes:
        due_on: the last fresh day, where it is known.
        age_months: full months since the latest day it may have been; None where that is unknown.
    """

    state: PasswordState
    due_on: date | None = None
    age_months: int | None = None


class Waiver(Struct, frozen=True):
    """A finding accepted on purpose, up to and including `until`; None is for good."""

    reason: str
    until: date | None


class Result(Struct, frozen=True):
    """What one check came to on one account.

    Attributes:
        account: its id, or `you`.
        severity: after the policy and the choice.
        weight: what it counts in the score.
    """

    account: str
    check: Check
    outcome: Outcome
    severity: Severity
    weight: int
    answer: Answer | None = None
    answered_on: date | None = None
    note: str = ""
    source: str = ""
    as_of: date | None = None
    waiver: Waiver | None = None

    @property
    def id(self) -> str:
        """`ACCOUNT/CHECK`."""
        return f"{self.account}/{self.check.id}"

    @property
    def is_finding(self) -> bool:
        """Whether it needs action: it fails, or nobody knows."""
        return self.outcome in (Outcome.FAIL, Outcome.UNKNOWN)


class Score(Struct, frozen=True):
    """`value` = 100 x weights of passes / weights of passes and fails, rounded; None before any of either.

    Coverage is `answered` of `applicable`; what was never asked counts in the second only.
    """

    value: int | None
    answered: int
    applicable: int


class Password(Struct, frozen=True):
    """How old the password of one account is.

    Attributes:
        interval: when it was last changed, as well as is known; None where nothing was said.
        via: the account that one signs in with instead.
        never: the person said that it was never changed; `interval` is then when the account was opened.
        reminder: the person's own wish, where it is what keeps the reminder away.
    """

    account: Account
    age: PasswordAge
    interval: Interval | None = None
    as_of: date | None = None
    via: str | None = None
    never: bool = False
    reminder: Reminder = Reminder.RULE


class Assessment(Struct, frozen=True):
    """All that follows from (record, checklists, policy, day).

    Attributes:
        findings: in the order in which to act: severity, then minutes; waived ones last.
        not_covered: accounts on networks without a checklist.
    """

    day: date
    scope: Scope
    results: tuple[Result, ...]
    findings: tuple[Result, ...]
    score: Score
    passwords: tuple[Password, ...]
    accounts: tuple[Account, ...]
    not_covered: tuple[Account, ...]

    def count(self, outcome: Outcome) -> int:
        """Return how many results came to that outcome."""
        return sum(result.outcome is outcome for result in self.results)


class Changes(Struct, frozen=True):
    """What differs between two assessments; the worst first. What each word means: `engine.compare`.

    Attributes:
        since: the day of the earlier one.
        until: the day of the later one.
        closed: the accounts that were closed in between.
    """

    since: date
    until: date
    regressed: tuple[Result, ...] = ()
    fixed: tuple[Result, ...] = ()
    added: tuple[Result, ...] = ()
    retired: tuple[Result, ...] = ()
    unchanged: tuple[Result, ...] = ()
    closed: tuple[Account, ...] = ()

    @property
    def is_nothing(self) -> bool:
        """Whether everything is as it was."""
        return not (self.regressed or self.fixed or self.added or self.retired or self.closed)
