"""The plan of somebody who leaves a job, for a terminal: plain lines, nothing that must be seen."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from hygiene.language import _
from hygiene.reporting.actions import Guide
from hygiene.reporting.leaving_sheet import Item, Sheet
from hygiene.reporting.words import Words, listed

WIDTH = 72
_NARROWEST = 20
_COMMAND = re.compile("`[^`]*`")
_GLUE = "\x1f"
_SHORT = 3
"""On more places than that, a link to the settings stands for the steps; Markdown has them all."""


def render_leaving(sheet: Sheet, width: int = WIDTH) -> str:
    """Return the plan as text, wrapped; addresses and commands are never broken."""
    return "\n".join(_wrapped(line, max(width, _NARROWEST)) for line in _lines(sheet)) + "\n"


def _lines(sheet: Sheet) -> Iterator[str]:
    yield sheet.title
    yield ""
    yield from sheet.opening
    number = 0
    for section in sheet.sections:
        yield from ("", section.title)
        for item in section.items:
            number += 1
            yield ""
            yield from _item(number, item)
    if sheet.unasked:
        yield from ("", sheet.unasked_title, "", sheet.unasked_hint)
        for topic in sheet.unasked:
            yield f"- {_about(topic.title, topic.accounts)}"


def _item(number: int, item: Item) -> Iterator[str]:
    head = _("{title} ({facts})").format(title=item.title, facts=listed(item.facts))
    mark = f"{number}. "
    yield mark + _about(head, item.accounts)
    yield from textwrap.indent("\n".join(_body(item)), " " * len(mark)).splitlines()


def _body(item: Item) -> Iterator[str]:
    yield from (str(words) for words in (item.why, *item.said) if str(words))
    brief = [where for where in item.wheres if where.guide.settings_url and len(item.wheres) > _SHORT]
    for where in item.wheres:
        if where.accounts in ((), item.accounts):
            yield from _guide(where.guide)
        elif where in brief:
            yield f"- {listed(where.accounts)}{_(': ')}{where.guide.settings_url}"
        else:
            yield f"- {listed(where.accounts)}"
            yield from textwrap.indent("\n".join(_guide(where.guide)), "  ").splitlines()
    if brief:
        yield _("With every step: `hygiene leaving --format md`.")


def _guide(guide: Guide) -> Iterator[str]:
    for way in guide.ways:
        if way.platform:
            yield way.platform
        yield from (f"- {line}" for line in way.lines)
    links = ((_("Open the settings"), guide.settings_url), (_("Official help"), guide.help_url))
    yield from (f"{name}{_(': ')}{url}" for name, url in links if url)
    if guide.is_uncertain and (guide.settings_url or guide.help_url):
        yield _("Menu names may differ.")


def _about(head: Words | str, accounts: tuple[Words, ...]) -> str:
    return f"{head}{_(': ')}{listed(accounts)}" if accounts else str(head)


def _wrapped(line: str, width: int) -> str:
    """Return a line wrapped under its own beginning: the spaces, then a number or a dash."""
    words = line.lstrip(" ")
    indent = len(line) - len(words)
    mark = words.partition(" ")[0]
    is_listed = mark == "-" or mark.removesuffix(".").isdecimal()
    filled = textwrap.fill(
        _COMMAND.sub(lambda command: command[0].replace(" ", _GLUE), words),
        width,
        initial_indent=" " * indent,
        subsequent_indent=" " * (indent + is_listed * (len(mark) + 1)),
        break_long_words=False,
        break_on_hyphens=False,
    )
    return filled.replace(_GLUE, " ")
