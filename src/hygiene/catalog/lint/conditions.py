"""`when:`: conditions that never hold, that always hold, or that rest on themselves.

Every combination of answers is tried, together with the conditions of the checks that are named: where a
check is not asked it has no answer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import product
from math import prod

from hygiene.catalog.lint.manuscript import Manuscript, Remark, error, warning
from hygiene.catalog.parsing import Placed
from hygiene.engine.conditions import decide, names_in
from hygiene.language import N_
from hygiene.model.account import Purpose
from hygiene.model.checklist import Check, Condition, Is, Kind, Not
from hygiene.model.record import NonAnswer

MOST_COMBINATIONS = 100_000
"""A condition over more than these is not tried."""

_PHONES = ("ios", "android")
_NO_CHOICE = (NonAnswer.UNKNOWN.value, NonAnswer.NOT_APPLICABLE.value)

Values = tuple[str | None, ...]


def remarks(manuscript: Manuscript) -> Iterator[Remark]:
    """Yield what is wrong with the conditions of the file."""
    known = _Known(manuscript)
    for placed in manuscript.draft.placed:
        if placed.check.when:
            yield from _of_one(placed, placed.check.when, known)


class _Known:
    """What a condition may name: the checks of the file, those of bundled lists, purpose and platform."""

    def __init__(self, manuscript: Manuscript) -> None:
        self._manuscript = manuscript
        # In `_core.yaml` a check is named as on any network: `.two-factor`.
        prefix = "." if manuscript.is_shared and not manuscript.is_setup else ""
        self._own = {f"{prefix}{check.id}": check for check in manuscript.draft.checklist.checks}

    def check(self, name: str) -> Check | None:
        if name in self._own:
            return self._own[name]
        other = self._manuscript.other_list(name.partition(".")[0])
        return next((check for check in other.checks if check.id == name), None) if other else None

    def is_missing(self, name: str) -> bool:
        """Whether a list that is known has no such check; of a stranger's list nobody can tell."""
        list_id = name.partition(".")[0]
        return self._manuscript.other_list(list_id) is not None and self.check(name) is None

    def condition(self, name: str) -> Condition | None:
        check = self.check(name)
        return check.when if check else None

    def values(self, name: str) -> Values | None:
        """Return what a name may stand for, None being “not known yet”; None where nobody can tell."""
        if name == "purpose":
            return self._purposes()
        if name == "platform":
            return (*_PHONES, None)
        check = self.check(name)
        if check is None:
            return None
        words = tuple(choice.id for choice in check.choices) if check.kind is Kind.CHOICE else ()
        return (*words, *_NO_CHOICE, None)

    def _purposes(self) -> Values:
        checklist, network = self._manuscript.draft.checklist, self._manuscript.network
        if network and network.purpose:
            return (network.purpose.value,)
        if checklist.network is None and not self._manuscript.is_shared:
            return (Purpose.PERSONAL.value,)
        return tuple(purpose.value for purpose in Purpose)


def _of_one(placed: Placed, condition: Condition, known: _Known) -> Iterator[Remark]:
    where = f"{placed.at.field}.when"
    is_written_here = placed.check.core_id is None
    wrong = tuple(_wrong_words(where, condition, known)) if is_written_here else ()
    yield from wrong
    if wrong:
        return
    if circle := _circle(placed.check.id, known):
        yield error(where, N_("the condition rests on itself: {circle}"), circle=" → ".join(circle))
        return
    answers = tuple(_combinations(condition, known))
    if not answers:
        return
    if not any(decide(condition, answer.get) for answer in answers):
        yield error(where, N_("the condition can never hold: this would never be asked"))
    elif is_written_here and all(
        decide(condition, answer.get) for answer in answers if _is_whole(answer, known)
    ):
        yield warning(where, N_("the condition always holds: leave it out"))


def _wrong_words(where: str, condition: Condition, known: _Known) -> Iterator[Remark]:
    for name, words in _comparisons(condition):
        values = known.values(name)
        if values is None:
            if known.is_missing(name):
                yield error(where, N_("there is no check “{name}”"), name=name)
            continue
        if (check := known.check(name)) and check.kind is not Kind.CHOICE:
            yield error(where, N_("“{name}” is not a choice: no condition can rest on it"), name=name)
            continue
        allowed = _allowed(name, values)
        for word in words:
            if word not in allowed:
                reason = N_("“{name}” is never “{value}”; it is one of {allowed}")
                yield error(where, reason, name=name, value=word, allowed=", ".join(allowed))


def _allowed(name: str, values: Values) -> tuple[str, ...]:
    """Return the words that a name may be compared with; that a purpose is fixed is another matter."""
    if name == "purpose":
        return tuple(purpose.value for purpose in Purpose)
    return tuple(value for value in values if value is not None)


def _comparisons(condition: Condition) -> Iterator[tuple[str, tuple[str, ...]]]:
    match condition:
        case Is(name, values):
            yield name, values
        case Not(operand):
            yield from _comparisons(operand)
        case _:
            for operand in condition.operands:
                yield from _comparisons(operand)


def _circle(start: str, known: _Known) -> tuple[str, ...]:
    """Return the way from a check over the conditions back to it; empty where there is none."""
    ways: list[tuple[str, ...]] = [(start,)]
    met: set[str] = set()
    while ways:
        way = ways.pop()
        condition = known.condition(way[-1])
        for name in dict.fromkeys(names_in(condition)) if condition else ():
            if name == start:
                return (*way, name)
            if name not in met:
                met.add(name)
                ways.append((*way, name))
    return ()


def _combinations(condition: Condition, known: _Known) -> Iterator[Mapping[str, str | None]]:
    """Yield every state of the answers that can be; none where they cannot be counted."""
    names = _with_those_behind(condition, known)
    values = [known.values(name) for name in names]
    countable = [each for each in values if each is not None]
    if len(countable) < len(values) or prod(map(len, countable)) > MOST_COMBINATIONS:
        return
    for combination in product(*countable):
        answers = dict(zip(names, combination, strict=True))
        if all(value is None or _is_asked(name, answers, known) for name, value in answers.items()):
            yield answers


def _with_those_behind(condition: Condition, known: _Known) -> tuple[str, ...]:
    """Return the names in a condition, and those in the conditions of the checks that they name."""
    names = list(dict.fromkeys(names_in(condition)))
    for name in names:
        behind = known.condition(name)
        names += [each for each in dict.fromkeys(names_in(behind)) if each not in names] if behind else []
    return tuple(names)


def _is_asked(name: str, answers: Mapping[str, str | None], known: _Known) -> bool:
    condition = known.condition(name)
    return condition is None or bool(decide(condition, answers.get))


def _is_whole(answers: Mapping[str, str | None], known: _Known) -> bool:
    """Whether everything that is asked was answered with one of its choices."""
    return all(
        value not in _NO_CHOICE and (value is not None or not _is_asked(name, answers, known))
        for name, value in answers.items()
    )
