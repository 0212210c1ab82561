"""What to do when leaving a job, with dates: before the last day, on it, and after it.

It is read from the answers alone. What was said to be tied to the job becomes a task, what was said to be
one's own does not appear, and what was never asked is named as such.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from hygiene.engine.assess import assess, in_scope
from hygiene.engine.state import State
from hygiene.engine.ties import (
    AUTHENTICATOR,
    DEVICES,
    ON_ONE_PHONE,
    ORGANISATIONS,
    OWN_VAULT,
    SEEN_FROM_HOME,
    SESSIONS,
    SHARED_DEVICES,
    TO_END,
    TO_MOVE,
    Situation,
    Ties,
    is_said,
)
from hygiene.model.account import Account
from hygiene.model.checklist import Catalogue, Severity
from hygiene.model.dates import add_months
from hygiene.model.finding import Result
from hygiene.model.policy import Policy
from hygiene.model.record import COMPUTER, EMPLOYERS, MINE, Scope

NOTICE = timedelta(weeks=2)
"""How long before the last day the accounts should be one's own: a changed mailbox shows its gaps by then."""


class Stretch(StrEnum):
    """When something is to be done."""

    BEFORE = "before"
    LAST_DAY = "last-day"
    DAY_AFTER = "day-after"
    MONTH_AFTER = "month-after"


class Deed(StrEnum):
    """What is to be done.

    `mend` is what the check itself advises; each of the others has words of its own.
    """

    MEND = "mend"
    OWN_SIGN_IN = "own-sign-in"
    HAND_OVER = "hand-over"
    GROUP = "group"
    AUTHENTICATOR = "authenticator"
    SIGN_OUT = "sign-out"
    BROWSER = "browser"
    TAKE_HOME = "take-home"
    LOOK_AGAIN = "look-again"
    LOOK_ONCE_MORE = "look-once-more"
    ORGANISATIONS = "organisations"
    NO_LONGER_MINE = "no-longer-mine"


class Task(Struct, frozen=True):
    """One thing to do.

    Attributes:
        severity: how bad it would be to leave it; it gives the order within a day.
        results: the answers that it rests on, with the checks that say how.
        accounts: where it is to be done, if that is not what the results are about.
        is_known: it follows from an answer; else it was never asked, or the person did not know.
    """

    deed: Deed
    severity: Severity
    results: tuple[Result, ...] = ()
    accounts: tuple[Account, ...] = ()
    is_known: bool = True


class Phase(Struct, frozen=True):
    """The tasks of one stretch of time, the gravest first.

    Attributes:
        by: the day by which they are to be done; never before today.
        is_late: the day that was meant for them has passed.
    """

    stretch: Stretch
    by: date
    is_late: bool
    tasks: tuple[Task, ...]


class Leaving(Struct, frozen=True):
    """The plan.

    Attributes:
        phases: those in which there is something to do, in the order of their days.
        unasked: what decides on a tie to the job and was never asked, or put off.
        is_tied: something is known to be tied to the job.
    """

    last_day: date
    phases: tuple[Phase, ...]
    unasked: tuple[Result, ...]
    is_tied: bool


def plan_leaving(state: State, catalogue: Catalogue, policy: Policy, last_day: date, today: date) -> Leaving:
    """Return what to do around the last day at work.

    Args:
        state: the record, folded. Closed accounts have no part in the plan.
        catalogue: the checklists in force.
        policy: which checks apply, and how much they weigh.
        last_day: the last day at work; it may have passed.
        today: nothing is planned for an earlier day.
    """
    job = Situation(state, assess(state, catalogue, policy, today, Scope.FULL).results)
    tasks = {
        Stretch.BEFORE: tuple(_before(job)),
        Stretch.LAST_DAY: tuple(_last_day(job, state.settings.get(COMPUTER, ""))),
        Stretch.DAY_AFTER: tuple(_again(job, Deed.LOOK_AGAIN)),
        Stretch.MONTH_AFTER: (*_again(job, Deed.LOOK_ONCE_MORE), *_much_later(job)),
    }
    meant = {
        Stretch.BEFORE: last_day - NOTICE,
        Stretch.LAST_DAY: last_day,
        Stretch.DAY_AFTER: last_day + timedelta(days=1),
        Stretch.MONTH_AFTER: add_months(last_day, 1),
    }
    return Leaving(
        last_day=last_day,
        phases=tuple(
            Phase(stretch, max(today, meant[stretch]), meant[stretch] < today, _in_order(todo))
            for stretch, todo in tasks.items()
            if todo
        ),
        unasked=tuple(each for each in _unasked(job) if in_scope(each.check, Scope.DEFAULT, policy)),
        is_tied=job.is_tied,
    )


def _in_order(tasks: Iterable[Task]) -> tuple[Task, ...]:
    """Return tasks by severity; the answers themselves are taken home last."""
    return tuple(sorted(tasks, key=lambda task: (task.deed is Deed.TAKE_HOME, -task.severity)))


def _mend(job: Situation, ties: Ties) -> Iterator[Task]:
    for results in job.tied(ties):
        yield Task(Deed.MEND, max(each.severity for each in results), results)


def _before(job: Situation) -> Iterator[Task]:
    yield from _mend(job, TO_MOVE)
    if via := job.via_work():
        yield Task(Deed.OWN_SIGN_IN, Severity.HIGH, via)
    if pages := job.to_hand_over():
        yield Task(Deed.HAND_OVER, Severity.HIGH, job.owners_to_change(), pages)
    if job.of_groups:
        yield Task(Deed.GROUP, Severity.MEDIUM, accounts=job.of_groups, is_known=False)
    for results in job.tied(ON_ONE_PHONE):
        yield Task(Deed.AUTHENTICATOR, Severity.MEDIUM, results, is_known=False)


def _last_day(job: Situation, computer: str) -> Iterator[Task]:
    yield from _mend(job, TO_END)
    signs_out = _signs_out(job)
    if signs_out and (sessions := job.own(SESSIONS)):
        yield Task(Deed.SIGN_OUT, Severity.HIGH, sessions, is_known=job.shares_devices)
    kept = tuple(job.tied({OWN_VAULT: TO_MOVE[OWN_VAULT]}))
    if signs_out or kept:
        yield Task(Deed.BROWSER, Severity.MEDIUM, is_known=job.shares_devices or any(map(is_said, kept)))
    if computer != MINE:
        yield Task(Deed.TAKE_HOME, Severity.MEDIUM, is_known=computer == EMPLOYERS)


def _signs_out(job: Situation) -> bool:
    """Whether private accounts may be signed in on devices of the job, and there is a job to leave."""
    return any(job.tied(SHARED_DEVICES)) or (job.is_tied and bool(job.unasked([DEVICES])))


def _again(job: Situation, deed: Deed) -> Iterator[Task]:
    """Yield the look at what had to be moved before the last day, as far as it shows from home."""
    moved = (each for results in job.tied(TO_MOVE) for each in results)
    tied = (*(each for each in moved if each.check.group in SEEN_FROM_HOME), *job.via_work())
    if tied:
        yield Task(deed, Severity.HIGH, tied)


def _much_later(job: Situation) -> Iterator[Task]:
    if organisations := job.own(ORGANISATIONS):
        yield Task(Deed.ORGANISATIONS, Severity.MEDIUM, organisations, is_known=False)
    if job.of_work:
        yield Task(Deed.NO_LONGER_MINE, Severity.LOW, accounts=job.of_work)


def _unasked(job: Situation) -> tuple[Result, ...]:
    """Return what was never asked and has no task of its own."""
    has_task = _signs_out(job)
    return job.unasked((*TO_MOVE, AUTHENTICATOR, *(() if has_task else (DEVICES,)), *TO_END))
