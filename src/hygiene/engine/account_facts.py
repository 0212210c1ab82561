"""What the answers before the checks say of accounts, on which judgements rest."""

from __future__ import annotations

from msgspec.structs import replace

from hygiene.engine.state import Latest, State
from hygiene.model.account import Account
from hygiene.model.record import Chosen, Via

SAME_MAILBOX = "setup.same-mailbox"
PHONE_NUMBER = "setup.phone-number"

_ON_A_NUMBER = frozenset({"whatsapp", "signal", "telegram"})


def part_of(account: Account, state: State) -> Latest | None:
    """Return the answer by which a mailbox is part of another open account, as signing in through it."""
    said = state.answers.get((account.id, SAME_MAILBOX))
    if said is None or not isinstance(said.answer, Chosen):
        return None
    whole = (each for each in state.open_accounts if each.network == said.answer.id and each.id != account.id)
    return next((replace(said, answer=Via(each.id)) for each in whole), None)


def has_number_account(state: State) -> bool:
    """Return whether an account lives on a phone number, whatever was said before it was there."""
    return any(account.network in _ON_A_NUMBER for account in state.open_accounts)
