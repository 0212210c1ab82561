"""Which questions a portion of an audit asks, and in which order.

Portions are at most ten minutes by the published formula; only core checks may make one longer, or a
question about very many accounts that is longer by itself and then stands first. The first portion asks the
core checks over all accounts, then the habits, then the rest by severity, with at most two look-ups for each
account. The later ones ask what is left, grouped by settings page.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import Struct, field

from hygiene.engine.ages import ABOUT_THE_PASSWORD, EXPOSED, PASSWORD, PASSWORD_AGE, without_password
from hygiene.engine.assess import in_scope, lookup_for, subjects_of
from hygiene.engine.conditions import decide
from hygiene.engine.names import account_name
from hygiene.engine.questions import Asked, Question
from hygiene.engine.state import Audit, State
from hygiene.model.account import YOU, Account
from hygiene.model.checklist import Catalogue, Check
from hygiene.model.policy import Policy

PORTION_SECONDS = 600
LOOK_UPS_IN_PORTION_ONE = 2

_CORE_ORDER = ("owner-email", PASSWORD, PASSWORD_AGE, EXPOSED, "two-factor")

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


def portion(state: State, audit: Audit, sitting: Sitting, spent: int = 0) -> tuple[Question, ...]:
    """Return the questions of the portion that is running, those answered in it included.

    Args:
        state: what has been said so far.
        audit: the audit and the portion of it.
        sitting: checklists, policy, and the checklists that the person named.
        spent: seconds that the questions before the checks take.
    """
    questions = sorted(_remaining(state, audit, sitting), key=_order_of_asking(audit, sitting.policy))
    return tuple(_fit(questions, audit, spent))


def is_handled(asked: Asked, state: State, since: int) -> bool:
    """Return whether a check was answered or put off after a place in the record."""
    key = asked.account_id, asked.check.id
    answered = asked.previous.seq if asked.previous else 0
    return max(answered, state.deferred.get(key, 0)) > since


def ask(subjects: Iterable[Subject], state: State, catalogue: Catalogue) -> Question:
    """Return the question that asks one check, or one core question, about several accounts."""
    accounts = tuple(
        Asked(
            account,
            check,
            account_name(account, catalogue),
            state.latest(account.id if account else YOU, check),
        )
        for account, check in subjects
    )
    check = accounts[0].check
    together = check.group_question if len(accounts) > 1 else None
    return Question(check, accounts, (together or check.question).filled("network", accounts[0].name))


def _remaining(state: State, audit: Audit, sitting: Sitting) -> Iterator[Question]:
    groups: dict[str, list[Subject]] = {}
    for account, check in subjects_of(state, sitting.catalogue, sitting.policy):
        if not (sitting.only.includes(check.id) and in_scope(check, audit.scope, sitting.policy)):
            continue
        if _applies(account, check, state) and not _done_before(account, check, state, audit):
            groups.setdefault(check.group, []).append((account, check))
    return (ask(subjects, state, sitting.catalogue) for subjects in groups.values())


def _applies(account: Account | None, check: Check, state: State) -> bool:
    if check.when and not decide(check.when, lookup_for(state, account)):
        return False
    if account is None or check.core_id not in ABOUT_THE_PASSWORD:
        return True
    no_password = without_password(account, state)
    # The answer that says so must itself stay within reach of "back".
    said_here = no_password is state.answers.get((account.id, check.id))
    return no_password is None or (said_here and check.core_id != EXPOSED)


def _done_before(account: Account | None, check: Check, state: State, audit: Audit) -> bool:
    """Whether an earlier portion of this audit has the answer."""
    latest = state.latest(account.id if account else YOU, check)
    return latest is not None and audit.seq < latest.seq <= audit.portion_seq


def _order_of_asking(audit: Audit, policy: Policy) -> Callable[[Question], tuple[object, ...]]:
    def key(question: Question) -> tuple[object, ...]:
        check = question.check
        severity = max(policy.severity(each.check.id, each.check.severity) for each in question.accounts)
        if check.core:
            over_accounts = question.accounts[0].account is not None
            place = _CORE_ORDER.index(check.group) if check.group in _CORE_ORDER else len(_CORE_ORDER)
            return (0, not over_accounts, place)
        page = check.remediation.settings_url or ""
        return (1, -severity, check.look, page if audit.portion > 1 else "")

    return key


def _fit(questions: Iterable[Question], audit: Audit, spent: int) -> Iterator[Question]:
    seconds = spent
    looked: dict[str, int] = {}
    for question in questions:
        if not question.check.core:
            if seconds and seconds + question.seconds > PORTION_SECONDS:
                continue
            if audit.portion == 1 and question.check.look and not _within_quota(question, looked):
                continue
        seconds += question.seconds
        yield question


def _within_quota(question: Question, looked: dict[str, int]) -> bool:
    ids = [asked.account_id for asked in question.accounts]
    if any(looked.get(each, 0) >= LOOK_UPS_IN_PORTION_ONE for each in ids):
        return False
    for each in ids:
        looked[each] = looked.get(each, 0) + 1
    return True
