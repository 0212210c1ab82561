"""What goes when an account is removed: a rule over the whole record, the same in every copy of it.

It depends only on the removals that a record holds, and these stay: so copies may be joined in any order, as
often as one likes, and none of them brings an account back. In words: docs/record-format.md.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from hygiene.engine.setup import DOMAINS, NAMES, NETWORKS, SEVERAL
from hygiene.engine.state import STILL
from hygiene.model.account import YOU
from hygiene.model.record import AccountRemoved, AnswerGiven, Statement, Via

_LISTING = frozenset({NETWORKS, DOMAINS, SEVERAL, NAMES})
"""The questions whose answers list accounts by network, domain or name; those of `STILL` may name one too."""


class Removals(Struct, frozen=True):
    """The accounts that a record says were removed.

    Attributes:
        accounts: their ids.
        last: the place in the record where that was said last.
    """

    accounts: frozenset[str]
    last: tuple[int, str]

    def covers(self, statement: Statement) -> bool:
        """Return whether a statement goes: it is about a removed account, or lists accounts from before."""
        event = statement.event
        if isinstance(event, AccountRemoved):
            return False
        if isinstance(event, AnswerGiven):
            if isinstance(event.answer, Via) and event.answer.account in self.accounts:
                return True
            is_list = event.check in _LISTING or event.check.startswith(STILL)
            if is_list and _place(statement) < self.last:
                return True
        return getattr(event, "account", None) in self.accounts


def removals_in(statements: Iterable[Statement]) -> Removals | None:
    """Return what was removed, or None where nothing was."""
    said = [
        (each.event.account, _place(each)) for each in statements if isinstance(each.event, AccountRemoved)
    ]
    accounts = frozenset(account for account, _ in said) - {YOU}
    return Removals(accounts, max(place for _, place in said)) if accounts else None


def _place(statement: Statement) -> tuple[int, str]:
    return statement.seq, statement.id
