"""Pages as lines of styled words that fit a screen. Pure: what is drawn is a function of page, view and size.

Nothing is said by colour alone: the row under the cursor has a mark, a ticked one an x. The real cursor of
the terminal stands on that row, for magnifiers and braille displays.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from prompt_toolkit.data_structures import Size

from hygiene.language import _, ngettext
from hygiene.terminal.lines import wrapped
from hygiene.terminal.pages import Key, Manner, Page, Row

Fragment = tuple[str, str]
Line = list[Fragment]

STYLES = {"strong": "bold", "mark": "bold ansicyan", "done": "bold ansigreen"}
CURSOR: Fragment = ("[SetCursorPosition]", "")
BLANK: Line = [("", "")]

WIDEST = 80
MARGIN = 1
FEWEST_ROWS = 5
_MORE = 2


@dataclass(slots=True)
class View:
    """What changes while a page is on the screen.

    Attributes:
        top: the first row that is drawn.
        digits: the number that is being typed.
    """

    cursor: int
    ticked: set[int]
    message: str
    top: int = 0
    is_why_open: bool = False
    digits: str = ""


def width_of(size: Size) -> int:
    """Return how wide a line of text may be."""
    return min(size.columns, WIDEST) - 2 * MARGIN


def paint_list(page: Page, view: View, size: Size) -> list[Line]:
    """Return the lines of a page with rows; a list that does not fit scrolls with the cursor."""
    width = width_of(size)
    rows = [_row(page, view, at, width) for at in range(len(page.rows))]
    for is_spaced in (True, False):
        head = paint_head(page, width, is_spaced=is_spaced)
        foot = paint_foot(page, view, width, is_spaced=is_spaced)
        room = size.rows - len(head) - len(foot)
        if room >= min(sum(map(len, rows)), FEWEST_ROWS + _MORE):
            break
    room = max(room, 1 + _MORE)
    shown = _scrolled(rows, view, room)
    kept = max(0, size.rows - len(shown) - len(foot))
    return [*head[max(0, len(head) - kept) :], *shown, *foot][: size.rows]


def paint_head(page: Page, width: int, *, is_spaced: bool = True) -> list[Line]:
    """Return what stands above the rows or the line to write on."""
    question = _paragraph(page.question, width, "class:strong")
    asked = [*_paragraph(page.subject, width), *question]
    details = [line for detail in page.details for line in _paragraph(detail, width)]
    blocks = [_paragraph(" · ".join(page.heading), width), asked, details]
    return [*_joined(blocks, before=is_spaced, between=is_spaced), *([BLANK] if is_spaced else [])]


def paint_foot(page: Page, view: View, width: int, *, is_spaced: bool = True) -> list[Line]:
    """Return what stands below: what has just happened, why it is asked, the keys."""
    hint = page.hint if page.manner is Manner.WRITE else ""
    why = _paragraph(page.why, width) if view.is_why_open else []
    message = _paragraph(view.message, width, "class:strong")
    more = _keys(_more_keys(page), width) if view.is_why_open else []
    blocks = [_paragraph(hint, width), message, why, more, _keys(_usual_keys(page), width)]
    return _joined(blocks, before=is_spaced, between=is_spaced)


def trace(asked: str, answer: str, width: int, *, is_done: bool = True) -> Line:
    """Return the one line that an answer leaves behind, shortened to the screen."""
    answer = _shortened(answer, max(width - 24, width // 2))
    asked = _shortened(asked, width - len(answer) - len("✓  — "))
    mark = ("class:done", "✓") if is_done else ("", "…")
    return [mark, ("", f" {asked} — {answer}")]


def _joined(blocks: Iterable[Sequence[Line]], *, before: bool, between: bool) -> list[Line]:
    lines: list[Line] = []
    for block in filter(None, blocks):
        if between if lines else before:
            lines.append(BLANK)
        lines += block
    return lines


def _paragraph(text: str, width: int, style: str = "") -> list[Line]:
    margin = " " * MARGIN
    return [[("", margin), (style, line)] for line in wrapped(text, width)]


def _row(page: Page, view: View, at: int, width: int) -> list[Line]:
    row, is_here = page.rows[at], at == view.cursor
    style = "class:strong" if is_here else ""
    number = f"{at + 1}.".rjust(len(str(len(page.rows))) + 1)
    before = f"{number} {_box(page, row, is_ticked=at in view.ticked)}"
    words = f"{row.words} ({row.mark})" if row.mark else row.words
    start = len("› ") + len(before)
    first, *others = wrapped(words, width - start)
    mark = [CURSOR, ("class:mark", "› ")] if is_here else [("", "  ")]
    hang = " " * (MARGIN + start)
    lines: list[Line] = [[("", " " * MARGIN), *mark, (style, before + first)]]
    return lines + [[("", hang), (style, other)] for other in others]


def _box(page: Page, row: Row, *, is_ticked: bool) -> str:
    if page.manner is not Manner.TICK or row.leads_on:
        return ""
    return "[x] " if is_ticked else "[ ] "


def _scrolled(rows: Sequence[list[Line]], view: View, room: int) -> list[Line]:
    """Return the rows that fit, and how many there are above and below."""
    if sum(map(len, rows)) <= room:
        view.top = 0
        return [line for row in rows for line in row]
    room -= _MORE
    view.top = min(view.top, view.cursor)
    while view.top < view.cursor and sum(map(len, rows[view.top : view.cursor + 1])) > room:
        view.top += 1
    end = view.top + 1
    while end < len(rows) and sum(map(len, rows[view.top : end + 1])) <= room:
        end += 1
    shown = [line for row in rows[view.top : end] for line in row][:room]
    return [_more("↑", view.top), *shown, _more("↓", len(rows) - end)]


def _more(arrow: str, count: int) -> Line:
    if not count:
        return BLANK
    words = ngettext("{arrow} {count} more", "{arrow} {count} more", count).format(arrow=arrow, count=count)
    return [("", " " * (MARGIN + len("› ")) + words)]


def _keys(keys: Iterable[str], width: int) -> list[Line]:
    """Return the keys, broken between two of them."""
    lines: list[Line] = []
    used = width
    for words in keys:
        key, space, does = words.partition(" ")
        item: Line = [("class:strong", key), ("", space + does)]
        length = len(words)
        if used + 3 + length > width:
            lines.append([("", " " * MARGIN), *item])
            used = length
        else:
            lines[-1] += [("", "   "), *item]
            used += 3 + length
    return lines


def _usual_keys(page: Page) -> list[str]:
    first = {
        Manner.PICK: [_("↑↓ Enter answer")],
        Manner.TICK: [_("↑↓ move"), _("Space tick"), _("Enter done")],
        Manner.WRITE: [_("Enter done")],
    }[page.manner]
    keys = [f"{key.value} {does}" for key, does in page.keys if not _has_own_row(key, page)]
    if page.more:
        keys = [_("? why, and more") if each.startswith(Key.WHY.value) else each for each in keys]
    if keys and page.manner is Manner.WRITE:
        keys[0] = _("a letter alone: {key}").format(key=keys[0])
    return first + keys


def _more_keys(page: Page) -> list[str]:
    return [f"{key.value} {does}" for key, does in page.more if not _has_own_row(key, page)]


def _has_own_row(key: Key, page: Page) -> bool:
    return page.manner is Manner.PICK and key is Key.UNKNOWN


def _shortened(text: str, width: int) -> str:
    if len(text) <= width:
        return text
    cut = text[: max(1, width - 1)]
    by_words = cut.rpartition(" ")[0]
    return (by_words if len(by_words) > width // 3 else cut).rstrip(" ,;—·") + "…"
