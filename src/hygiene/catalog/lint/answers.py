"""Choices and what is said about them: fields without effect, and answers that come by reflex."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from hygiene.catalog.lint.manuscript import Manuscript, Remark, error, warning
from hygiene.catalog.parsing import Placed
from hygiene.catalog.written import words_at
from hygiene.language import N_
from hygiene.model.account import Purpose
from hygiene.model.checklist import Check, Kind

FEWEST_REFLEXES = 3
"""So many questions it takes until people stop reading them."""

_EVERYONE = frozenset(Purpose)


def remarks(manuscript: Manuscript) -> Iterator[Remark]:
    """Yield fields without effect, checks that cannot fail, and a list whose answer is always “yes”."""
    for placed in manuscript.draft.placed:
        yield from _idle_fields(placed, is_shared=manuscript.is_shared)
        yield from _idle_severities(placed)
        if not manuscript.is_shared and not placed.check.core_id:
            yield from _sure_to_pass(placed)
    if not manuscript.is_shared:
        yield from _reflexes(manuscript)


def _idle_fields(placed: Placed, *, is_shared: bool) -> Iterator[Remark]:
    content = placed.at.node.content
    fields = content if isinstance(content, Mapping) else {}
    if "group_question" in fields and not is_shared:
        yield error(f"{placed.at.field}.group_question", N_("only a core question has one"))
    if "within" in fields and placed.check.kind is not Kind.DATE:
        yield error(f"{placed.at.field}.within", N_("only a date has it"))
    if "good" in fields and words_at(placed.at, "choices") != "yes-no":
        yield error(f"{placed.at.field}.good", N_("it goes only with “choices: yes-no”"))


def _idle_severities(placed: Placed) -> Iterator[Remark]:
    if placed.check.core_id:
        return
    for choice in placed.check.choices:
        if choice.severity is not None and choice.good == _EVERYONE:
            where = f"{placed.at.field}.choices.{choice.id}.severity"
            yield warning(where, N_("no effect: the choice is good for everyone"))


def _sure_to_pass(placed: Placed) -> Iterator[Remark]:
    choices = placed.check.choices
    if choices and all(choice.good == _EVERYONE for choice in choices):
        yield warning(f"{placed.at.field}.choices", N_("every choice is good: nothing can be found here"))


def _reflexes(manuscript: Manuscript) -> Iterator[Remark]:
    """Where the good answer is always “yes”, people stop reading."""
    yes_no = [check for check in manuscript.draft.checklist.checks if _is_yes_no(check)]
    if len(yes_no) >= FEWEST_REFLEXES and all(_is_yes_good(check) for check in yes_no):
        yield warning("checks", N_("the good answer is always “yes”"))


def _is_yes_no(check: Check) -> bool:
    return check.choice("yes") is not None and check.choice("no") is not None


def _is_yes_good(check: Check) -> bool:
    yes, no = check.choice("yes"), check.choice("no")
    return yes is not None and no is not None and bool(yes.good) and not no.good
