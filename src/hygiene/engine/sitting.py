"""What does not change while the person answers, and how a question about some accounts is put together."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct, field

from hygiene.engine.names import name_among
from hygiene.engine.questions import Asked, Question
from hygiene.engine.state import State
from hygiene.model.account import YOU, Account
from hygiene.model.checklist import Catalogue, Check
from hygiene.model.policy import Policy

Subject = tuple[Account | None, Check]


class AskedOnly(Struct, frozen=True):
    """Which checklists the person named on the command line; none means all."""

    checklists: frozenset[str] = field(default_factory=frozenset)

    def includes(self, check_id: str) -> bool:
        """Return whether a check belongs to what was named."""
        return not self.checklists or check_id.partition(".")[0] in self.checklists


ALL = AskedOnly()


class Sitting(Struct, frozen=True):
    """What does not change while the person answers."""

    catalogue: Catalogue
    policy: Policy
    only: AskedOnly = ALL


def ask(subjects: Iterable[Subject], state: State, catalogue: Catalogue) -> Question:
    """Return the question that asks one check, or one core question, about several accounts."""
    accounts = tuple(
        Asked(
            account,
            check,
            name_among(account, state.open_accounts, catalogue),
            state.latest(account.id if account else YOU, check),
        )
        for account, check in subjects
    )
    check = accounts[0].check
    together = check.group_question if len(accounts) > 1 else None
    return Question(check, accounts, (together or check.question).filled("network", accounts[0].name))
