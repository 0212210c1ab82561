"""Two versions of a checklist: what people are asked again and why, and what is judged otherwise.

It follows how answers are kept (docs/checklist-format.md): for years, under the id of a check and of a
choice. An answer to a choice that is gone counts as not given, and is asked for at the next audit; one under
an id that is replaced is taken over; a higher revision says that only the words are new.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct, field

from hygiene.engine.assess import in_scope
from hygiene.model.checklist import Check, Checklist, Choice, Severity
from hygiene.model.policy import Policy
from hygiene.model.record import Scope

_OWN = (None, None)
"""Neither version of a choice weighs otherwise than its check."""


class Effect(StrEnum):
    """What a change comes to for those who have answered, in the order of telling."""

    ASKED = "asked"
    JUDGED = "judged"
    KEPT = "kept"
    GONE = "gone"
    WORDS = "words"
    MEND = "mend"


class Reason(StrEnum):
    """Why."""

    NEW = "new"
    NETWORK = "network"
    CHOICE_GONE = "choice-gone"
    CONDITION = "condition"
    NOW_ORDINARY = "now-ordinary"
    SEVERITY = "severity"
    CHOICE_SEVERITY = "choice-severity"
    GOOD = "good"
    PERIOD = "period"
    REPLACED = "replaced"
    REVISION = "revision"
    CHOICE_NEW = "choice-new"
    RETIRED = "retired"
    NOW_MINOR = "now-minor"
    WORDS = "words"
    KIND = "kind"
    QUESTION = "question"
    REVISION_FELL = "revision-fell"
    SAME_QUESTION = "same-question"
    LIST_ID = "list-id"


class Change(Struct, frozen=True):
    """One difference.

    Attributes:
        check: as it is now, or as it was where it is gone; None where the whole list is meant.
        before: the check as it was, where that is not all that there is to say.
        choice: the choice that it is about.
        fields: the fields that are worded otherwise.
    """

    effect: Effect
    reason: Reason
    check: Check | None = None
    before: Check | None = None
    choice: Choice | None = None
    fields: tuple[str, ...] = ()


class Versions(Struct, frozen=True):
    """The two versions of a list, and what differs between them.

    Attributes:
        changes: in the order of `Effect`, then of the list.
    """

    old: Checklist
    new: Checklist
    changes: tuple[Change, ...] = field(default_factory=tuple)


def compare_versions(old: Checklist, new: Checklist) -> Versions:
    """Return what differs between two versions of a list."""
    order = list(Effect)
    found = sorted(_changes(old, new), key=lambda each: order.index(each.effect))
    return Versions(old, new, tuple(found))


def is_ordinary(check: Check) -> bool:
    """Return whether every audit asks a check, and not only one with `--full`."""
    return in_scope(check, Scope.DEFAULT, Policy(()))


def weight_of(choice: Choice, check: Check) -> Severity:
    """Return how bad a choice is where it is not good: what its check says, unless it says so itself."""
    return check.severity if choice.severity is None else choice.severity


def _changes(old: Checklist, new: Checklist) -> Iterator[Change]:
    before = {check.id: check for check in old.checks}
    present = {check.id for check in new.checks}
    replaced = {each for check in new.checks for each in check.replaces}
    gone = [check for check in old.checks if check.id not in present | replaced]
    if old.id != new.id:
        yield Change(Effect.MEND, Reason.LIST_ID)
    if old.network != new.network:
        yield Change(Effect.ASKED, Reason.NETWORK)
    for check in new.checks:
        if check.id in before:
            yield from _same_id(before[check.id], check)
        yield from _taken_over(before, check)
        if not any(each in before for each in (check.id, *check.replaces)):
            yield from _new(check, gone)
    yield from (Change(Effect.GONE, Reason.RETIRED, check) for check in gone)


def _new(check: Check, gone: list[Check]) -> Iterator[Change]:
    yield Change(Effect.ASKED, Reason.NEW, check)
    for other in gone:
        if _asks(other) == _asks(check):
            yield Change(Effect.MEND, Reason.SAME_QUESTION, check, other)


def _taken_over(before: Mapping[str, Check], check: Check) -> Iterator[Change]:
    """Yield what becomes of the answers to the checks that a check replaces."""
    for name in check.replaces:
        if name in before:
            yield Change(Effect.KEPT, Reason.REPLACED, check, before[name])
            yield from _answers(before[name], check)


def _same_id(old: Check, new: Check) -> Iterator[Change]:
    yield from _answers(old, new)
    if new.revision < old.revision:
        yield Change(Effect.MEND, Reason.REVISION_FELL, new, old)
    elif new.revision > old.revision:
        yield Change(Effect.KEPT, Reason.REVISION, new, old)
    elif _asks(old) != _asks(new):
        yield Change(Effect.MEND, Reason.QUESTION, new, old)
    fields = tuple(_reworded(old, new))
    if fields:
        yield Change(Effect.WORDS, Reason.WORDS, new, old, fields=fields)


def _answers(old: Check, new: Check) -> Iterator[Change]:
    """Yield what becomes of answers that were given to a check as it was."""
    if old.kind is not new.kind:
        yield Change(Effect.MEND, Reason.KIND, new, old)
    else:
        yield from _choices(old, new)
    if old.when != new.when:
        yield Change(Effect.ASKED, Reason.CONDITION, new, old)
    if is_ordinary(new) != is_ordinary(old):
        asked, minor = (Effect.ASKED, Reason.NOW_ORDINARY), (Effect.GONE, Reason.NOW_MINOR)
        yield Change(*(asked if is_ordinary(new) else minor), new, old)
    if old.severity is not new.severity:
        yield Change(Effect.JUDGED, Reason.SEVERITY, new, old)
    if old.kind is new.kind and old.within_months != new.within_months:
        yield Change(Effect.JUDGED, Reason.PERIOD, new, old)


def _choices(old: Check, new: Check) -> Iterator[Change]:
    for choice in old.choices:
        now = new.choice(choice.id)
        if now is None:
            yield Change(Effect.ASKED, Reason.CHOICE_GONE, new, old, choice)
        elif now.good != choice.good:
            yield Change(Effect.JUDGED, Reason.GOOD, new, old, now)
        elif weight_of(now, new) is not weight_of(choice, old) and (now.severity, choice.severity) != _OWN:
            yield Change(Effect.JUDGED, Reason.CHOICE_SEVERITY, new, old, now)
    for choice in new.choices:
        if old.choice(choice.id) is None:
            yield Change(Effect.KEPT, Reason.CHOICE_NEW, new, old, choice)


def _asks(check: Check) -> str:
    """Return the question in the language that the file is written in; others are translations of it."""
    return " ".join(check.question.to(check.question.language).split())


def _reworded(old: Check, new: Check) -> Iterator[str]:
    """Yield what else is worded otherwise; of the question, only the translations."""
    shared = {choice.id for choice in old.choices} & {choice.id for choice in new.choices}
    was, now = _texts(old, shared), _texts(new, shared)
    for name, text in now.items():
        is_told = name == "question" and _asks(old) != _asks(new)
        if text != was[name] and not is_told:
            yield name


def _texts(check: Check, choices: Collection[str]) -> Mapping[str, object]:
    mending = check.remediation
    return {
        "title": (check.title, check.done),
        "question": (check.question, check.group_question),
        "answers": ([(each.id, each.text) for each in check.choices if each.id in choices], check.said),
        "risk": check.risk,
        "steps": (mending.steps, mending.minutes),
        "links": (mending.settings_url, mending.help_url),
    }
