"""What a report says beside the assessment itself: when, in which audit, and what has come due."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.engine.state import Audit
from hygiene.model.finding import Changes, Password, PasswordState
from hygiene.model.text import Text

if TYPE_CHECKING:
    from hygiene.engine.past import PastAudit


class Occasion(Struct, frozen=True):
    """The audit that a report belongs to.

    Attributes:
        audit: None where there has been none yet.
        put_off: account and check of what the person put off, as in `State.deferred`.
        changes: since an earlier audit; None where there is none to compare with.
        history: every audit up to this one.
        made_on: the day of the report where it is about an earlier audit.
    """

    audit: Audit | None = None
    next_audit_on: date | None = None
    put_off: frozenset[tuple[str, str]] = frozenset()
    changes: Changes | None = None
    history: tuple[PastAudit, ...] = ()
    made_on: date | None = None

    @property
    def is_past(self) -> bool:
        """Whether it is an earlier audit, shown as it was judged then, and not today's state."""
        return self.made_on is not None


class EndedWaiver(Struct, frozen=True):
    """A finding that was accepted up to and including a day that has passed.

    Attributes:
        id: `ACCOUNT/CHECK`.
        title: what to do; None where no checklist has the check any more.
        account: its name; None where it is about the person.
    """

    id: str
    until: date
    title: Text | None = None
    account: Text | None = None


class DueCheck(Struct, frozen=True):
    """A check with a date, such as a look at the devices signed in, whose own period has passed.

    Attributes:
        id: `ACCOUNT/CHECK`.
        title: what to do.
        account: its name; None where it is about the person.
        since: the first day on which it was due.
    """

    id: str
    title: Text
    account: Text | None
    since: date


class Due(Struct, frozen=True):
    """What has come due on a day.

    Attributes:
        passwords: of every account, due or not.
        last_audit_on: None where there has been none.
        audit_due: whether the yearly audit is due.
        checks: the dated checks to look at again; they are findings too, and count as no action here.
    """

    on: date
    passwords: tuple[Password, ...] = ()
    last_audit_on: date | None = None
    next_audit_on: date | None = None
    audit_due: bool = True
    ended_waivers: tuple[EndedWaiver, ...] = ()
    checks: tuple[DueCheck, ...] = ()

    @property
    def due_passwords(self) -> int:
        """How many passwords have reached the reminder."""
        return sum(password.age.state is PasswordState.DUE for password in self.passwords)

    @property
    def is_anything(self) -> bool:
        """Whether something needs action today."""
        return bool(self.due_passwords or self.audit_due or self.ended_waivers)
