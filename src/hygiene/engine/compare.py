"""One audit against another, or against today: what got worse, what is fixed, new, or asked no more.

Both sides are taken as they were judged at their time. A check that was renamed meanwhile is the same one
(`replaces:`). For a check of an account that was open on both sides:

- *regressed*: it passed and is a finding now; or it was a finding, was answered well on a day in between, and
  is a finding again;
- *fixed*: it was a finding and passes;
- *unchanged*: it is a finding on both sides, whatever its severity, known or not;
- *added*: it is a finding now and had not been asked, or did not apply;
- *retired*: it had been answered, and no checklist has it any more.

What the person accepted on purpose is neither regressed nor added, nor does it count as still to do. Neither
does anything follow from a check that was not asked or does not apply now.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from hygiene.engine.assess import order_of_action, purpose_of
from hygiene.engine.past import Checks
from hygiene.model.account import YOU, Account
from hygiene.model.checklist import Check
from hygiene.model.finding import Assessment, Changes, Result
from hygiene.model.record import Answer, AnswerGiven, Chosen, ChosenMany, Outcome, Record

Accounts = Mapping[str, Account]
Key = tuple[str, str]
"""An account and a check, by the name that the check has today."""

_ANSWERED = frozenset({Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN})


def compare(
    before: Assessment, after: Assessment, checks: Checks, came_back: frozenset[Key] = frozenset()
) -> Changes:
    """Return what changed between two assessments.

    Args:
        before: the one that is looked back to.
        after: the one that is looked at.
        checks: what checks are called today.
        came_back: what was answered well in between and badly again, as `find_returns` says.
    """
    then, now = _by_key(before, checks), _by_key(after, checks)
    open_now: dict[str, list[Result]] = {"regressed": [], "added": [], "unchanged": []}
    for key, result in now.items():
        if result.is_finding and not result.waiver:
            open_now[_kind(then.get(key), key in came_back)].append(result)
    fixed = (now[key] for key, old in then.items() if old.is_finding and _passes(now.get(key)))
    gone = (old for key, old in then.items() if key not in now and _is_retired(old, after, checks))
    return Changes(
        since=before.day,
        until=after.day,
        fixed=_in_order(fixed),
        retired=_in_order(gone),
        closed=tuple(_closed(before, after)),
        **{kind: _in_order(results) for kind, results in open_now.items()},
    )


def find_returns(record: Record, first: int, last: int, checks: Checks, accounts: Accounts) -> frozenset[Key]:
    """Return what was answered well on one day and badly on a later one.

    A choice put right on the same day was a slip. A date that has grown old was not answered badly.

    Args:
        record: where the answers are.
        first: the place after which they are looked at.
        last: the last place that is.
        checks: whose choices are good.
        accounts: what is good depends on what an account is for.
    """
    good_on: dict[Key, date] = {}
    returns: set[Key] = set()
    for statement in record.statements:
        event = statement.event
        if not (first < statement.seq <= last and isinstance(event, AnswerGiven)):
            continue
        check = checks.today.get(event.check)
        if check is None:
            continue
        key = event.account, check.id
        if _is_good(check, event.answer, accounts.get(event.account)):
            good_on.setdefault(key, statement.on)
        elif statement.on > good_on.get(key, date.max):
            returns.add(key)
    return frozenset(returns)


def _kind(old: Result | None, is_back: bool) -> str:  # noqa: FBT001 - one of two facts that decide
    if old is None or old.outcome not in _ANSWERED:
        return "added"
    return "regressed" if is_back or old.outcome is Outcome.PASS else "unchanged"


def _passes(result: Result | None) -> bool:
    return result is not None and result.outcome is Outcome.PASS


def _is_retired(old: Result, after: Assessment, checks: Checks) -> bool:
    was_answered = old.outcome in _ANSWERED
    return was_answered and old.account in _open_ids(after) and old.check.id not in checks.today


def _by_key(assessment: Assessment, checks: Checks) -> Mapping[Key, Result]:
    open_ids = _open_ids(assessment)
    return {
        (each.account, checks.id_today(each.check.id)): each
        for each in assessment.results
        if each.account in open_ids
    }


def _open_ids(assessment: Assessment) -> frozenset[str]:
    return frozenset({YOU, *(each.id for each in assessment.accounts if each.closed_on is None)})


def _closed(before: Assessment, after: Assessment) -> Iterator[Account]:
    was_open = _open_ids(before)
    return (each for each in after.accounts if each.closed_on and each.id in was_open)


def _in_order(results: Iterable[Result]) -> tuple[Result, ...]:
    return tuple(sorted(results, key=order_of_action))


def _is_good(check: Check, answer: Answer, account: Account | None) -> bool:
    if not isinstance(answer, Chosen | ChosenMany):
        return False
    ids = (answer.id,) if isinstance(answer, Chosen) else answer.ids
    chosen = tuple(map(check.choice, ids))
    return all(choice is not None and purpose_of(account) in choice.good for choice in chosen)
