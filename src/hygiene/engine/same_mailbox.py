"""A mailbox that is part of another account, as Gmail is of a Google account: asked about once, there."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec.structs import replace

from hygiene.engine.account_facts import SAME_MAILBOX
from hygiene.engine.questions import Question
from hygiene.engine.sitting import Sitting, ask
from hygiene.engine.state import State

MAILBOX = "mailbox"
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
