"""What is due when: the yearly audit, dated checks, waivers that ended. Passwords: `engine.passwords`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from msgspec.structs import replace

from hygiene.engine.ages import PASSWORD_AGE, password_of
from hygiene.engine.assess import in_scope, lookup_for, subjects_of
from hygiene.engine.conditions import decide
from hygiene.engine.passwords import age_of
from hygiene.engine.state import State
from hygiene.model.account import YOU, Account
from hygiene.model.checklist import Catalogue, Check, Kind
from hygiene.model.dates import add_months
from hygiene.model.finding import PasswordState, Waiver
from hygiene.model.policy import Policy
from hygiene.model.record import Dated, Scope

_ONE_DAY = timedelta(days=1)


def next_audit_on(state: State, policy: Policy) -> date | None:
    """Return when the next audit is due, counted from the last finished one; None without one."""
    last = state.last_finished
    if last is None or last.finished_on is None:
        return None
    return add_months(last.finished_on, policy.audit_months.value)


def is_audit_due(state: State, policy: Policy, day: date) -> bool:
    """Return whether the yearly audit is due on a day; it always is where there has been none."""
    due_on = next_audit_on(state, policy)
    return due_on is None or day >= due_on


def ended_waivers(state: State, catalogue: Catalogue, day: date) -> Mapping[tuple[str, str], Waiver]:
    """Return the waivers whose last day lies before a day, by account and check as it is called today.

    One that was answered anew since its end is settled, and so is one of an account that was closed, or of a
    check that no checklist has any more.
    """
    return {
        key: waiver
        for key, waiver in _pending_waivers(state, catalogue)
        if waiver.until is not None and waiver.until < day
    }


def earliest_due(state: State, catalogue: Catalogue, policy: Policy, day: date) -> date | None:
    """Return the first day on which anything is due, past or to come; None where nothing ever will be.

    An audit that was begun and never finished is due from the day after it was begun.

    Args:
        state: what the record says.
        catalogue: the checklists in force, for the checks with a date.
        policy: the periods.
        day: today; it only decides whether what an export says is still taken for true.
    """
    return min(_due_days(state, catalogue, policy, day), default=None)


def password_days(state: State, policy: Policy, day: date) -> Iterator[date]:
    """Yield the first day on which each password is due, of those that are or will be."""
    for account in state.open_accounts:
        due_from = _password_from(account, state, policy.password_months.value, day)
        if due_from:
            yield due_from


def _due_days(state: State, catalogue: Catalogue, policy: Policy, day: date) -> Iterator[date]:
    audit_on = next_audit_on(state, policy)
    if audit_on:
        yield audit_on
    elif state.audits:
        yield min(audit.started_on for audit in state.audits.values()) + _ONE_DAY
    yield from password_days(state, policy, day)
    yield from (due_from for _, _, due_from in dated_checks(state, catalogue, policy, day))
    yield from (waiver.until + _ONE_DAY for _, waiver in _pending_waivers(state, catalogue) if waiver.until)


def _password_from(account: Account, state: State, months: int, day: date) -> date | None:
    age = password_of(account, state, months, day).age
    is_due = age.state is PasswordState.DUE
    if age.due_on is None:  # never changed, and nobody knows since when
        said = state.answers.get((account.id, f"{account.network}.{PASSWORD_AGE}"))
        return said.on if is_due and said else None
    due_from = age.due_on + _ONE_DAY
    # An export may be too old by then; and what was put off may be uncertain only.
    will_be_due = due_from > day and _is_due(account, state, months, due_from)
    return due_from if is_due or will_be_due else None


def _is_due(account: Account, state: State, months: int, day: date) -> bool:
    return password_of(account, state, months, day).age.state is PasswordState.DUE


def dated_checks(
    state: State, catalogue: Catalogue, policy: Policy, day: date
) -> Iterator[tuple[Account | None, Check, date]]:
    """Yield each dated check with the first day on which it is due again, by its own period.

    Passwords are not among them. One that was accepted is due when that ends, or never.
    """
    audit = state.latest_audit
    scope = audit.scope if audit else Scope.DEFAULT
    for account, check in subjects_of(state, _dated_only(catalogue), policy):
        if in_scope(check, scope, policy):
            due_from = _check_from(account, check, state, day)
            waiver = state.waiver(account.id if account else YOU, check)
            if due_from and waiver and waiver.until:
                yield account, check, max(due_from, waiver.until + _ONE_DAY)
            elif due_from and not waiver:
                yield account, check, due_from


def _dated_only(catalogue: Catalogue) -> Catalogue:
    """Return the catalogue with the dated checks alone, which are few; not those of passwords."""
    return replace(
        catalogue,
        checklists={
            name: replace(
                each,
                checks=tuple(
                    check
                    for check in each.checks
                    if check.kind is Kind.DATE and check.core_id != PASSWORD_AGE
                ),
            )
            for name, each in catalogue.checklists.items()
        },
    )


def _check_from(account: Account | None, check: Check, state: State, day: date) -> date | None:
    latest = state.latest(account.id if account else YOU, check)
    if latest is None or not isinstance(latest.answer, Dated):
        return None
    if check.when and not decide(check.when, lookup_for(state, account)):
        return None
    due_on = age_of(latest.answer.interval, check.within_months or 0, day).due_on
    return due_on + _ONE_DAY if due_on else None


def _pending_waivers(state: State, catalogue: Catalogue) -> Iterator[tuple[tuple[str, str], Waiver]]:
    """Yield the waivers with a last day that are not settled."""
    subjects = {YOU, *(account.id for account in state.open_accounts)}
    for (subject, check_id), waiver in state.waivers.items():
        check = _check_today(check_id, catalogue) if waiver.until and subject in subjects else None
        if check and waiver.until and state.waiver(subject, check) is waiver:
            latest = state.latest(subject, check)
            if latest is None or latest.on <= waiver.until:
                yield (subject, check.id), waiver


def _check_today(check_id: str, catalogue: Catalogue) -> Check | None:
    """Return the check of that id, or the one that replaces it."""
    checks = (check for checklist in catalogue.checklists.values() for check in checklist.checks)
    return catalogue.check(check_id) or next((each for each in checks if check_id in each.replaces), None)
