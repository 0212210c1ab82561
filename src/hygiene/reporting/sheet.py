"""A short page of sentences and figures, as Markdown and as HTML, with nothing in it but our own words."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from hygiene.language import _
from hygiene.reporting.markdown import escape

TEMPLATE = "sheet.html.j2"
OWN_STYLE = "sheet.css"


class Row(Struct, frozen=True):
    """A figure, or a few words, and what it is."""

    name: str
    value: str


class Group(Struct, frozen=True):
    """Rows under a title; the title may be empty."""

    title: str
    rows: tuple[Row, ...]


class Sheet(Struct, frozen=True):
    """A short page in one language.

    Attributes:
        day: what it is dated, in words.
        before: sentences before the figures; `after` those that follow them.
    """

    language: str
    title: str
    day: str
    before: tuple[str, ...] = ()
    groups: tuple[Group, ...] = ()
    after: tuple[str, ...] = ()


def render_sheet(sheet: Sheet) -> str:
    """Return a sheet as Markdown."""
    return "\n".join(_lines(sheet))


def _lines(sheet: Sheet) -> Iterator[str]:
    yield from (f"# {escape(sheet.title)}", "", escape(sheet.day), "")
    for sentence in sheet.before:
        yield from (escape(sentence), "")
    for group in sheet.groups:
        if group.title:
            yield from (f"## {escape(group.title)}", "")
        yield from (f"- {escape(row.name)}{_(': ')}{escape(row.value)}" for row in group.rows)
        yield ""
    for sentence in sheet.after:
        yield from (f"> {escape(sentence)}", "")


def render_sheet_page(sheet: Sheet, folder: Path) -> str:
    """Return a sheet as a page that loads nothing, in the dress of the report.

    Args:
        sheet: what it says.
        folder: holds the template and the style sheets.
    """
    from hygiene.reporting.page import STYLE, render_page

    return render_page(folder, TEMPLATE, (STYLE, OWN_STYLE), sheet=sheet)
