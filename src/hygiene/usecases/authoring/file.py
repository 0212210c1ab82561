"""A new checklist as the text of its file: YAML that says, line by line, what each field is for.

Every text stands between double quotes as JSON has it, which YAML 1.2 reads in the same way (section 1.3).
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from hygiene.catalog.check_fields import REVISION, WITHIN
from hygiene.catalog.lint.texts import LONGEST, MOST_STEPS
from hygiene.catalog.parsing import FORMAT
from hygiene.language import _
from hygiene.model.checklist import Kind, Severity

MINUTES = 5
"""What a new check takes to mend, until its author says otherwise."""


class NewChoice(Struct, frozen=True):
    """One answer that can be chosen."""

    id: str
    text: str
    is_good: bool


class NewCheck(Struct, frozen=True):
    """A check as its author said it, in one language.

    Attributes:
        good: `yes` or `no` for a question with these two answers, which then has no choices of its own.
        within: for a date, how many months ago is still good.
        settings: a link, or empty.
    """

    id: str
    question: str
    title: str
    risk: str
    severity: Severity
    kind: Kind = Kind.CHOICE
    good: str = ""
    choices: tuple[NewChoice, ...] = ()
    within: int = 0
    steps: tuple[str, ...] = ()
    settings: str = ""


class NewList(Struct, frozen=True):
    """A checklist as its author said it.

    Attributes:
        day: on which it was written.
        network: None for a list about the person.
        domains: the hosts that its links lead to.
    """

    id: str
    day: date
    language: str
    title: str
    network: str | None
    domains: tuple[str, ...] = ()
    checks: tuple[NewCheck, ...] = ()


def render_list(new: NewList) -> str:
    """Return the file of a new checklist; the comments are in the language in use."""
    return "".join(f"{line}\n" for line in _lines(new))


def _lines(new: NewList) -> Iterator[str]:
    yield "# " + _("A checklist for hygiene. What stands after “#” is only for those who read this file.")
    yield "# " + _("`hygiene checklist preview FILE` shows what people will see.")
    yield "# " + _("`hygiene checklist lint FILE` names what is wrong in it, or could be better.")
    yield ""
    for comment, line in _head(new):
        yield from (f"# {comment}", line)
    yield "checks:"
    for place, check in enumerate(new.checks):
        yield from [""] * (place > 0)
        yield from _check(check, new.day, is_explained=place == 0)


def _head(new: NewList) -> Iterator[tuple[str, str]]:
    yield _("the version of this format, not of the list"), f"format: {FORMAT}"
    yield _("the list’s name in files: answers are kept under it, so it never changes"), f"id: {new.id}"
    version = f"{new.day.year}.{new.day.month}"
    yield _("year and month of the list; change it whenever you change the list"), f'version: "{version}"'
    languages = _("the language of the texts; {example} says one in two languages")
    yield languages.format(example='{en: "Yes", fr: "Oui"}'), f"language: {new.language}"
    yield _("what people call the list"), f"title: {_quoted(new.title)}"
    if new.network:
        yield (
            _("which accounts it asks about; without this line, about the person"),
            f"network: {new.network}",
        )
    if new.domains:
        hosts = ", ".join(map(_quoted, new.domains))
        yield _("links lead to these hosts, or to what lies below them"), f"domains: [{hosts}]"


def _check(check: NewCheck, day: date, *, is_explained: bool) -> Iterator[str]:
    """Yield the lines of a check; the first one of a file explains the fields for all."""
    for place, (comment, *lines) in enumerate((*_asked(check), *_mended(check))):
        dash, indent = ("  - ", "  ") if place == 0 else ("    ", "    ")
        if is_explained:
            yield f"{indent}# {comment}"
        yield dash + lines[0]
        yield from (f"    {line}" for line in lines[1:])
    if is_explained:
        yield "    # " + _("These may stand here too, without the “#” in front:")
        yield from (f"    # {field}   # {comment}" for field, comment in _optional(day))


def _asked(check: NewCheck) -> Iterator[tuple[str, ...]]:
    yield (
        _("the name of the check: once people have answered it, it never changes its meaning"),
        f"id: {check.id}",
    )
    yield (
        _("one fact, {limit} characters at most").format(limit=LONGEST["question"]),
        f"question: {_quoted(check.question)}",
    )
    yield (
        _("the form of the answer: choice, many (several may be ticked) or date"),
        f"kind: {check.kind}",
    )
    yield from _answers(check)
    yield (
        _("what to do, as an advice, {limit} characters at most").format(limit=LONGEST["title"]),
        f"title: {_quoted(check.title)}",
    )
    yield (
        _("what can happen otherwise, {limit} characters at most").format(limit=LONGEST["risk"]),
        f"risk: {_quoted(check.risk)}",
    )
    yield (
        _("critical, high, medium, low or info; the last two are asked with `audit --full` only"),
        f"severity: {check.severity.word}",
    )
    yield _("memory, or look where one has to look in the settings to know"), "answer: memory"


def _answers(check: NewCheck) -> Iterator[tuple[str, ...]]:
    if check.kind is Kind.DATE:
        low, high = WITHIN
        comment = _("how many months ago is still good, from {low} to {high}").format(low=low, high=high)
        yield comment, f"within: {check.within}"
    elif check.good:
        yield _("the answers: yes-no, or a list of your own with a text for each"), "choices: yes-no"
        yield _("which of the two is the good one"), f"good: {_quoted(check.good)}"
    else:
        rows = (
            f"  {_quoted(each.id)}: {{text: {_quoted(each.text)}, good: {str(each.is_good).lower()}}}"
            for each in check.choices
        )
        yield _("the answers in the order shown; the first good one is recommended"), "choices:", *rows


def _mended(check: NewCheck) -> Iterator[tuple[str, ...]]:
    yield _("minutes that it takes to put it right"), f"minutes: {MINUTES}"
    if check.steps:
        comment = _("how to put it right, {most} steps at most, each of {limit} characters at most")
        steps = (f"  - {_quoted(step)}" for step in check.steps)
        yield comment.format(most=MOST_STEPS, limit=LONGEST["steps"]), "steps:", *steps
    if check.settings:
        yield _("the page where it is set"), f"settings: {_quoted(check.settings)}"


def _optional(day: date) -> Iterator[tuple[str, str]]:
    yield "help: https://…", _("a page that explains more")
    yield 'when: "purpose is work"', _("it is asked only then")
    yield f"verified: {day}", _("the day on which somebody last went through the steps")
    yield f"revision: {REVISION[0] + 1}", _("raised when the words change and the meaning does not")


def _quoted(words: str) -> str:
    return json.dumps(words, ensure_ascii=False)
