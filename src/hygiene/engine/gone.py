"""A network that was unticked although its account has answers: is the account closed, or still there?"""

from __future__ import annotations

from collections.abc import Iterator

from hygiene.engine.questions import Question
from hygiene.engine.sitting import Sitting, ask
from hygiene.engine.state import Audit, State
from hygiene.model.account import YOU, Account
from hygiene.model.record import AccountAdded, AccountClosed, ChosenMany, Event

GONE = "setup.gone"
CLOSED = "closed"
_NETWORKS = "setup.networks"


def gone_question(state: State, audit: Audit, sitting: Sitting) -> Iterator[Question]:
    """Yield whether the accounts on networks unticked in this portion are closed; those said so included."""
    check = sitting.catalogue.setup.get(GONE)
    said = state.answers.get((YOU, _NETWORKS))
    if (
        check is None
        or said is None
        or said.seq <= audit.portion_seq
        or not isinstance(said.answer, ChosenMany)
    ):
        return
    subjects = [
        (account, check)
        for account in state.accounts.values()
        if account.network not in said.answer.ids
        and (account.closed_on is None or _is_said(account, state, audit))
    ]
    if subjects:
        yield ask(subjects, state, sitting.catalogue)


def gone_events(account: Account, *, is_closed: bool) -> tuple[Event, ...]:
    """Return what it says of the account that it is closed, or still there after all."""
    if is_closed == (account.closed_on is not None):
        return ()
    if is_closed:
        return (AccountClosed(account.id),)
    again = (account.id, account.network, account.label, account.purpose, account.domain, account.opened)
    return (AccountAdded(*again),)


def _is_said(account: Account, state: State, audit: Audit) -> bool:
    said = state.answers.get((account.id, GONE))
    return said is not None and said.seq > audit.portion_seq
