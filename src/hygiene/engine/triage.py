"""What decides, before the checks, how much is asked.

Whether an account is for work, what the accounts are for where one is, and whether a phone number is on one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hygiene.engine.account_facts import PHONE_NUMBER, has_number_account
from hygiene.engine.questions import Question
from hygiene.engine.sitting import Sitting, ask
from hygiene.engine.state import Audit, State
from hygiene.model.account import YOU, Account, Purpose
from hygiene.model.record import AccountAdded, AccountPurposed, AnswerGiven, Chosen, Event

PURPOSE = "setup.purpose"
WORK = "setup.work"

_NO = Chosen("no")


def work_question(state: State, audit: Audit, sitting: Sitting) -> Iterator[Question]:
    """Yield whether an account is for work, where what some are for is open or rests on last year's “no”."""
    check = sitting.catalogue.setup.get(WORK)
    is_open = any(each.purpose is None or _is_by_no(each, state) for each in state.open_accounts)
    if check and (is_open or _is_said_since(audit.portion_seq, YOU, WORK, state)):
        yield ask([(None, check)], state, sitting.catalogue)


def purpose_question(state: State, audit: Audit, sitting: Sitting) -> Iterator[Question]:
    """Yield what accounts are for, where “none is for work” has not said it; those answered now included."""
    check = sitting.catalogue.setup[PURPOSE]
    subjects = [
        (account, check) for account in state.open_accounts if _is_purpose_asked(account, state, audit)
    ]
    if subjects:
        yield ask(subjects, state, sitting.catalogue)


def number_question(state: State, sitting: Sitting) -> Iterator[Question]:
    """Yield whether a phone number is on an account, unless some account is nothing but a number."""
    check = sitting.catalogue.setup.get(PHONE_NUMBER)
    if check and state.open_accounts and not has_number_account(state):
        yield ask([(None, check)], state, sitting.catalogue)


def not_for_work(state: State) -> tuple[Event, ...]:
    """Return what “none is for work” says of the accounts whose purpose was open, or is taken back by it."""
    since = _portion_seq(state)
    concerned = (
        account.id
        for account in state.open_accounts
        if account.purpose is None
        or (account.purpose is Purpose.WORK and _is_said_since(since, account.id, PURPOSE, state))
    )
    return tuple(_by_no(concerned))


def not_for_work_either(added: Iterable[Event], state: State) -> tuple[Event, ...]:
    """Return the same of accounts that were added after it was said in this portion."""
    said_no = state.answer(YOU, WORK) == _NO and _is_said_since(_portion_seq(state), YOU, WORK, state)
    accounts = (each for each in added if isinstance(each, AccountAdded) and each.purpose is None)
    return tuple(_by_no(each.account for each in accounts)) if said_no else ()


def _by_no(accounts: Iterable[str]) -> Iterator[Event]:
    """Yield what the accounts are for, and that it rests on a “no”: after a “yes” it is asked again."""
    for account in accounts:
        yield AccountPurposed(account, Purpose.PERSONAL)
        yield AnswerGiven(account, WORK, _NO)


def _is_purpose_asked(account: Account, state: State, audit: Audit) -> bool:
    if _is_by_no(account, state):
        return state.answer(YOU, WORK) != _NO
    return account.purpose is None or _is_said_since(audit.portion_seq, account.id, PURPOSE, state)


def _is_by_no(account: Account, state: State) -> bool:
    """Whether an account is personal because none was said to be for work, not by an answer of its own."""
    said = state.answers.get((account.id, WORK))
    is_said = said is not None and not _is_said_since(said.seq, account.id, PURPOSE, state)
    return is_said and account.purpose is Purpose.PERSONAL


def _is_said_since(seq: int, account: str, check: str, state: State) -> bool:
    said = state.answers.get((account, check))
    return said is not None and said.seq > seq


def _portion_seq(state: State) -> int:
    return state.latest_audit.portion_seq if state.latest_audit else 0
