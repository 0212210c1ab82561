"""A mailbox that is part of another account, as Gmail is of a Google account: asked about once, there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from hygiene.engine.questions import Question
from hygiene.engine.sitting import Sitting, ask
from hygiene.engine.state import Latest, State
from hygiene.model.account import Account
from hygiene.model.record import Chosen, Via

MAILBOX = "mailbox"
SAME_MAILBOX = "setup.same-mailbox"
_A_MAILBOX_OF_ITS_OWN = "own"


def same_mailbox_questions(state: State, sitting: Sitting) -> Iterator[Question]:
    """Yield, for each personal mailbox, whether it is part of an account that is there too.

    The choices of `_setup.yaml` are networks; only those with an account are offered.
    """
    check = sitting.catalogue.setup.get(SAME_MAILBOX)
    present = {account.network for account in state.open_accounts}
    if check is None:
        return
    choices = tuple(each for each in check.choices if each.id in present or each.id == _A_MAILBOX_OF_ITS_OWN)
    if len(choices) == 1:
        return
    for account in state.open_accounts:
        if account.network == MAILBOX:
            yield ask([(account, replace(check, choices=choices))], state, sitting.catalogue)


def part_of(account: Account, state: State) -> Latest | None:
    """Return the answer by which a mailbox is part of another open account, as signing in through it."""
    said = state.answers.get((account.id, SAME_MAILBOX))
    if said is None or not isinstance(said.answer, Chosen):
        return None
    whole = (each for each in state.open_accounts if each.network == said.answer.id and each.id != account.id)
    return next((replace(said, answer=Via(each.id)) for each in whole), None)
