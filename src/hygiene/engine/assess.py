"""From (record, checklists, policy, day) to an assessment: outcomes, findings, score.

The same record gives the same assessment in whatever order its statements come.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from hygiene.engine.account_facts import PHONE_NUMBER, has_number_account, part_of
from hygiene.engine.ages import EXPOSED, PASSWORD, PASSWORD_AGE, password_of, without_password
from hygiene.engine.conditions import Lookup, decide
from hygiene.engine.passwords import age_of
from hygiene.engine.placing import placed
from hygiene.engine.sites import suited
from hygiene.engine.state import Latest, State
from hygiene.model.account import YOU, Account, Purpose
from hygiene.model.checklist import Catalogue, Check, Checklist, Choice, Kind, Severity
from hygiene.model.finding import Assessment, Password, PasswordState, Result, Score, Waiver
from hygiene.model.policy import WEIGHTS, Policy
from hygiene.model.record import (
    Answer,
    Chosen,
    ChosenMany,
    Dated,
    NonAnswer,
    Outcome,
    Scope,
    Via,
    Written,
)

UNASKED = "unasked"

_STATE_OUTCOME: Mapping[PasswordState, Outcome] = {
    PasswordState.FRESH: Outcome.PASS,
    PasswordState.EXEMPT: Outcome.PASS,
    PasswordState.DUE: Outcome.FAIL,
    PasswordState.UNCERTAIN: Outcome.UNKNOWN,
    PasswordState.UNKNOWN: Outcome.NOT_CHECKED,
}


def assess(
    state: State,
    catalogue: Catalogue,
    policy: Policy,
    day: date,
    scope: Scope,
    core: frozenset[str] | None = None,
) -> Assessment:
    """Return all that follows from what was said, on a day.

    Args:
        state: the record, folded.
        catalogue: the checklists in force.
        policy: which checks apply, how much they weigh, and the periods.
        day: today, or the day asked about.
        scope: which checks count in the score and its coverage.
        core: only these core questions; None for every check.
    """
    judge = _Judge(state, policy, day)
    results = tuple(
        judge.result(account, check)
        for account, check in subjects_of(state, catalogue, policy)
        if in_scope(check, scope, policy) and (core is None or check.core_id in core)
    )
    findings = sorted((result for result in results if result.is_finding), key=order_of_action)
    passwords = tuple(judge.passwords[account.id] for account in state.open_accounts)
    not_covered = tuple(each for each in state.open_accounts if not catalogue.for_network(each.network))
    return Assessment(
        day=day,
        scope=scope,
        results=results,
        findings=tuple(findings),
        score=score_of(results),
        passwords=passwords,
        accounts=tuple(state.accounts.values()),
        not_covered=not_covered,
    )


def subjects_of(state: State, catalogue: Catalogue, policy: Policy) -> Iterator[tuple[Account | None, Check]]:
    """Yield what can be asked: every check about the person, then every check of every open account.

    The checks are as they suit the account: with the links of its own host, and no step that is not offered.
    The core questions about a mailbox inside another account are that account's.
    """
    yield from ((None, check) for check in _checks(catalogue.for_network(None), policy))
    for account in state.open_accounts:
        is_asked_elsewhere = part_of(account, state) is not None
        for check in _checks(catalogue.for_network(account.network), policy):
            fitting = (
                None if is_asked_elsewhere and check.core_id else suited(check, account, catalogue.sites)
            )
            if fitting:
                yield account, placed(fitting, account, catalogue)


def in_scope(check: Check, scope: Scope, policy: Policy) -> bool:
    """Return whether an audit of that scope asks the check."""
    if check.core or scope is Scope.FULL:
        return True
    return scope is Scope.DEFAULT and policy.severity(check.id, check.severity) >= Severity.MEDIUM


def lookup_for(state: State, account: Account | None) -> Lookup:
    """Return how a condition on an account finds its names: on the account, else on the person."""

    def lookup(name: str) -> str | None:
        if name == "purpose":
            return purpose_of(account).value
        if name == "platform":
            return state.settings.get("platform")
        if name == PHONE_NUMBER and has_number_account(state):
            return "yes"
        own = state.answer(account.id, name) if account else None
        said = own if own is not None else state.answer(YOU, name)
        # What was never asked before the checks decides nothing: an answers file has none of it.
        return UNASKED if said is None and name.startswith("setup.") else _word(said)

    return lookup


def purpose_of(account: Account | None) -> Purpose:
    """Return what an account is for; the person, and an account of which nothing was said, is personal."""
    return (account.purpose if account else None) or Purpose.PERSONAL


def score_of(results: Iterable[Result]) -> Score:
    """Return the score and its coverage, by the published weights (`model.policy.WEIGHTS`)."""
    passed = failed = answered = applicable = 0
    for result in results:
        if result.outcome is Outcome.NOT_APPLICABLE:
            continue
        applicable += 1
        answered += result.outcome is not Outcome.NOT_CHECKED
        passed += result.weight * (result.outcome is Outcome.PASS)
        failed += result.weight * (result.outcome is Outcome.FAIL)
    weighed = passed + failed
    value = (200 * passed + weighed) // (2 * weighed) if weighed else None
    return Score(value, answered, applicable)


def order_of_action(result: Result) -> tuple[bool, int, int, str]:
    """Return the key that puts findings in the order in which to act; waived ones come last.

    Within it they keep the order of the accounts.
    """
    minutes = result.check.remediation.minutes
    return (result.waiver is not None, -result.severity, minutes, result.check.group)


def _checks(checklists: Iterable[Checklist], policy: Policy) -> Iterator[Check]:
    return (check for checklist in checklists for check in checklist.checks if policy.applies(check.id))


def _word(answer: Answer | None) -> str | None:
    match answer:
        case Chosen(choice):
            return choice
        case NonAnswer.UNKNOWN | NonAnswer.NOT_APPLICABLE:
            return answer.value
        case _:
            return None


class _Judge:
    """Judges one check at a time against the same state, policy and day."""

    def __init__(self, state: State, policy: Policy, day: date) -> None:
        self._state = state
        self._policy = policy
        self._day = day
        months = policy.password_months.value
        self.passwords: dict[str, Password] = {
            account.id: password_of(account, state, months, day) for account in state.open_accounts
        }

    def result(self, account: Account | None, check: Check) -> Result:
        account_id = account.id if account else YOU
        latest = self._state.latest(account_id, check)
        outcome = self._outcome(account, check, latest)
        severity = self._severity(account, check, latest, outcome)
        return Result(
            account=account_id,
            check=check,
            outcome=outcome,
            severity=severity,
            weight=WEIGHTS[severity if outcome is Outcome.FAIL else self._own_severity(check)],
            answer=latest.answer if latest else None,
            answered_on=latest.on if latest else None,
            note=latest.note if latest else "",
            source=latest.source if latest else "",
            as_of=latest.as_of if latest else None,
            waiver=self._waiver(account_id, check),
        )

    def _outcome(self, account: Account | None, check: Check, latest: Latest | None) -> Outcome:
        holds = decide(check.when, lookup_for(self._state, account)) if check.when else True
        if holds is None:
            return Outcome.NOT_CHECKED
        if not holds:
            return Outcome.NOT_APPLICABLE
        if account and check.core_id == PASSWORD_AGE:
            return self._password_outcome(account, latest)
        if (
            account
            and check.core_id in (PASSWORD, EXPOSED)
            and (no_password := without_password(account, self._state))
        ):
            is_passkey = check.core_id == PASSWORD and not isinstance(no_password.answer, Via)
            return Outcome.PASS if is_passkey else Outcome.NOT_APPLICABLE
        return self._answer_outcome(account, check, latest)

    def _answer_outcome(self, account: Account | None, check: Check, latest: Latest | None) -> Outcome:
        purpose = purpose_of(account)
        match latest.answer if latest else None:
            case None | NonAnswer.LATER:
                return Outcome.NOT_CHECKED
            case NonAnswer.UNKNOWN:
                return Outcome.UNKNOWN
            case NonAnswer.NOT_APPLICABLE:
                return Outcome.NOT_APPLICABLE
            case Dated(interval):
                age = age_of(interval, check.within_months or 0, self._day)
                return _STATE_OUTCOME[age.state]
            case Chosen("never") if check.kind is Kind.DATE:
                return Outcome.FAIL
            case Via() | Written():
                return Outcome.NOT_CHECKED
            case answer:
                return _choice_outcome(check, answer, purpose)

    def _password_outcome(self, account: Account, latest: Latest | None) -> Outcome:
        if latest and latest.answer is NonAnswer.NOT_APPLICABLE:
            return Outcome.NOT_APPLICABLE
        return _STATE_OUTCOME[self.passwords[account.id].age.state]

    def _severity(
        self, account: Account | None, check: Check, latest: Latest | None, outcome: Outcome
    ) -> Severity:
        own = self._own_severity(check)
        if check.core_id == PASSWORD_AGE and outcome is Outcome.UNKNOWN:
            return Severity.INFO
        answer = latest.answer if latest else None
        if outcome is not Outcome.FAIL or not isinstance(answer, Chosen | ChosenMany):
            return own
        bad = (each for each in _choices(check, answer) if purpose_of(account) not in each.good)
        # What the policy says of a check holds for each of its choices.
        worst = [
            self._policy.severity(check.id, own if each.severity is None else each.severity) for each in bad
        ]
        return max(worst, default=own)

    def _own_severity(self, check: Check) -> Severity:
        severity = self._policy.severity(check.id, check.severity)
        # A house rule on age never weighs more than a reminder, whoever sets it.
        return min(severity, Severity.LOW) if check.core_id == PASSWORD_AGE else severity

    def _waiver(self, account: str, check: Check) -> Waiver | None:
        waiver = self._state.waiver(account, check)
        ended = waiver is not None and waiver.until is not None and waiver.until < self._day
        return None if ended else waiver


def _choice_outcome(check: Check, answer: Chosen | ChosenMany, purpose: Purpose) -> Outcome:
    chosen = _choices(check, answer)
    said = 1 if isinstance(answer, Chosen) else len(answer.ids)
    if len(chosen) < said:  # a choice that the checklist no longer offers decides nothing
        return Outcome.NOT_CHECKED
    return Outcome.PASS if all(purpose in choice.good for choice in chosen) else Outcome.FAIL


def _choices(check: Check, answer: Chosen | ChosenMany) -> tuple[Choice, ...]:
    ids = (answer.id,) if isinstance(answer, Chosen) else answer.ids
    return tuple(choice for choice in map(check.choice, ids) if choice)
