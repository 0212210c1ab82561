"""What is due when: the yearly audit, and waivers that have ended. Passwords: `engine.passwords`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from hygiene.engine.state import State
from hygiene.model.dates import add_months
from hygiene.model.finding import Waiver
from hygiene.model.policy import Policy


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


def ended_waivers(state: State, day: date) -> Mapping[tuple[str, str], Waiver]:
    """Return the waivers whose last day lies before a day, by account and check."""
    return {
        key: waiver
        for key, waiver in state.waivers.items()
        if waiver.until is not None and waiver.until < day and key[0] in (*state.accounts, "you")
    }
