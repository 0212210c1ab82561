"""Which questions a portion of an audit asks, and in which order.

Portions are at most ten minutes by the published formula, and 35 screens; only core checks may make one
longer, or a question about very many accounts that is longer by itself and then stands first. The first
portion asks the core checks over all accounts, then the habits, then the rest by severity, with at most two
look-ups for each account. The later ones ask what is left, grouped by settings page. After an earlier audit
the first portion begins with what was said last time, and is at most three minutes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from hygiene.engine.ages import ABOUT_THE_PASSWORD, EXPOSED, PASSWORD, PASSWORD_AGE, without_password
from hygiene.engine.assess import in_scope, lookup_for, purpose_of, subjects_of
from hygiene.engine.conditions import decide
from hygiene.engine.proofs import is_proved
from hygiene.engine.questions import Asked, Question
from hygiene.engine.sitting import Sitting, Subject, ask
from hygiene.engine.state import STILL, Audit, State
from hygiene.engine.still import is_fresh, is_on_screen, still_questions, ticked_at
from hygiene.engine.ties import OWNER
from hygiene.model.account import YOU, Account, Purpose
from hygiene.model.checklist import Check, Severity
from hygiene.model.policy import Policy

PORTION_SECONDS = 600
SECONDS_AFTER_A_YEAR = 180
SCREENS_IN_A_PORTION = 35
LOOK_UPS_IN_PORTION_ONE = 2

_MANAGER = "passwords.manager"  # what it says decides how much else is worth asking
_CORE_ORDER = (OWNER, PASSWORD, PASSWORD_AGE, EXPOSED, "two-factor")


def portion(
    state: State, audit: Audit, sitting: Sitting, before: tuple[Question, ...] = ()
) -> tuple[Question, ...]:
    """Return the questions of the portion that is running, those answered in it included.

    Args:
        state: what has been said so far.
        audit: the audit and the portion of it.
        sitting: checklists, policy, and the checklists that the person named.
        before: the questions before the checks; they count.
    """
    questions = remaining(state, audit, sitting)
    is_repeated = bool(state.before) and audit.portion == 1
    return tuple(_fit(questions, audit, before, SECONDS_AFTER_A_YEAR if is_repeated else PORTION_SECONDS))


def remaining(state: State, audit: Audit, sitting: Sitting) -> tuple[Question, ...]:
    """Return all that the audit has left to ask, in the order of asking, however long it takes."""
    return tuple(sorted(_remaining(state, audit, sitting), key=_order_of_asking(audit, sitting.policy)))


def is_handled(asked: Asked, state: State, audit: Audit) -> bool:
    """Return whether a check was answered or put off in the portion of an audit that is running.

    What a person ticked as changed counts once it is answered after that.
    """
    since = max(audit.portion_seq, ticked_at((asked.account, asked.check), state))
    answered = asked.previous.seq if asked.previous else 0
    return max(answered, state.deferred.get((asked.account_id, asked.check.id), 0)) > since


def sayable(state: State, audit: Audit, sitting: Sitting) -> tuple[Subject, ...]:
    """Return what was answered in an earlier audit and can be confirmed in this one."""
    return tuple(subject for subject in _asked(state, audit, sitting) if is_on_screen(subject, state))


def _remaining(state: State, audit: Audit, sitting: Sitting) -> Iterator[Question]:
    groups: dict[str, list[Subject]] = {}
    before: list[Subject] = []
    for subject in _asked(state, audit, sitting):
        if is_on_screen(subject, state):
            before.append(subject)
            if not ticked_at(subject, state):
                continue
        if not is_fresh(subject, state, sitting.policy, audit.started_on) and not _done_before(
            subject, state, audit
        ):
            groups.setdefault(subject[1].group, []).append(subject)
    still = still_questions(before, state, sitting)
    yield from (each for each in still if not _done_before((None, each.check), state, audit))
    yield from (ask(subjects, state, sitting.catalogue) for subjects in groups.values())


def _asked(state: State, audit: Audit, sitting: Sitting) -> Iterator[Subject]:
    """Yield every check that the audit asks as things stand; what an export has just proved is not asked."""
    for account, check in subjects_of(state, sitting.catalogue, sitting.policy):
        is_wanted = sitting.only.includes(check.id) and in_scope(check, audit.scope, sitting.policy)
        latest = state.latest(account.id if account else YOU, check)
        is_known = is_proved(latest, audit.started_on) and not _is_of_a_group(account, check)
        if is_wanted and not is_known and _applies(account, check, state):
            yield account, check


def _is_of_a_group(account: Account | None, check: Check) -> bool:
    """Whether the person has to say whose mailbox it is: exports are read as of a personal account."""
    return check.core_id == OWNER and purpose_of(account) is not Purpose.PERSONAL


def _applies(account: Account | None, check: Check, state: State) -> bool:
    if check.when and not decide(check.when, lookup_for(state, account)):
        return False
    if account is None or check.core_id not in ABOUT_THE_PASSWORD:
        return True
    no_password = without_password(account, state)
    # The answer that says so must itself stay within reach of "back".
    said_here = no_password is state.answers.get((account.id, check.id))
    return no_password is None or (said_here and check.core_id != EXPOSED)


def _done_before(subject: Subject, state: State, audit: Audit) -> bool:
    """Whether an earlier portion of this audit has the answer."""
    account, check = subject
    latest = state.latest(account.id if account else YOU, check)
    since = max(audit.seq, ticked_at(subject, state))
    return latest is not None and since < latest.seq <= audit.portion_seq


def _order_of_asking(audit: Audit, policy: Policy) -> Callable[[Question], tuple[object, ...]]:
    def key(question: Question) -> tuple[object, ...]:
        check = question.check
        if check.id.startswith(STILL):
            return (-1,) if check.core else (1, -len(Severity))
        if check.id == _MANAGER:
            return (0, -1)
        severity = max(policy.severity(each.check.id, each.check.severity) for each in question.accounts)
        if check.core:
            over_accounts = question.accounts[0].account is not None
            place = _CORE_ORDER.index(check.group) if check.group in _CORE_ORDER else len(_CORE_ORDER)
            return (0, not over_accounts, place)
        page = check.remediation.settings_url or ""
        return (1, -severity, check.look, page if audit.portion > 1 else "")

    return key


def _fit(
    questions: Iterable[Question], audit: Audit, before: tuple[Question, ...], most: int
) -> Iterator[Question]:
    seconds, screens = sum(question.seconds for question in before), len(before)
    looked: dict[str, int] = {}
    for question in questions:
        if not question.check.core:
            is_too_long = seconds and seconds + question.seconds > most
            if is_too_long or screens >= SCREENS_IN_A_PORTION:
                continue
            if audit.portion == 1 and question.check.look and not _within_quota(question, looked):
                continue
        seconds, screens = seconds + question.seconds, screens + 1
        yield question


def _within_quota(question: Question, looked: dict[str, int]) -> bool:
    ids = [asked.account_id for asked in question.accounts]
    if any(looked.get(each, 0) >= LOOK_UPS_IN_PORTION_ONE for each in ids):
        return False
    for each in ids:
        looked[each] = looked.get(each, 0) + 1
    return True
