"""A checklist to read: every question with its choices, one item a line."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from hygiene.language import _
from hygiene.model.account import Purpose
from hygiene.model.checklist import Check, Checklist


def render_checklist(checklist: Checklist, language: str, width: int) -> str:
    """Return every check of a checklist with its question, its choices, the good ones marked in words."""
    head = f"{checklist.title.to(language)} ({checklist.id}, {checklist.version})"
    lines = [head, *(line for check in checklist.checks for line in _check(check, language, width))]
    return "\n".join(lines) + "\n"


def _check(check: Check, language: str, width: int) -> Iterator[str]:
    yield ""
    yield f"{check.id} ({check.severity.word})"
    yield from textwrap.wrap(check.question.to(language), width, initial_indent="  ", subsequent_indent="  ")
    for choice in check.choices:
        good = ""
        if choice.good:
            good = (
                f" ({_('good')})"
                if len(choice.good) == len(Purpose)
                else f" ({_('good')}: {', '.join(sorted(choice.good))})"
            )
        yield from textwrap.wrap(
            f"{choice.text.to(language)}{good}", width, initial_indent="  - ", subsequent_indent="    "
        )
    yield from textwrap.wrap(check.risk.to(language), width, initial_indent="  ", subsequent_indent="  ")
