"""The list of checklists, to read in a terminal. It is asked for in passing, so that it imports little."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct

from hygiene.language import ngettext
from hygiene.model.text import Text
from hygiene.reporting.words import Voice


class Layout(Struct, frozen=True):
    """How a page is laid out.

    Attributes:
        width: where lines are wrapped, in columns; 0 for nowhere.
        is_plain: every item begins a line, with nothing set in.
    """

    width: int
    is_plain: bool = False


def render_lists(lists: Iterable[tuple[str, Text, int]], voice: Voice, layout: Layout) -> str:
    """Return the checklists, one a line; aligned where there is room for that.

    Args:
        lists: the id of each, its title, and how many checks it has.
        voice: says the titles.
        layout: how wide a line may be.
    """
    rows = [(name, str(voice.say(title)), _count(checks)) for name, title, checks in lists]
    first, second, third = (max(map(len, column), default=0) for column in zip(*rows, strict=True))
    if layout.is_plain or first + second + third + 4 > layout.width:
        return "".join(f"{name}: {title}, {count}\n" for name, title, count in rows)
    return "".join(f"{name:{first}}  {title:{second}}  {count:>{third}}\n" for name, title, count in rows)


def _count(checks: int) -> str:
    return ngettext("{n} check", "{n} checks", checks).format(n=checks)
