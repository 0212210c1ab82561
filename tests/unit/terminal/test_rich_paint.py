from __future__ import annotations

from itertools import product

import pytest
from prompt_toolkit.data_structures import Size

from hygiene.terminal.pages import Key, Manner, Page, Row
from hygiene.terminal.rich_paint import CURSOR, Line, View, paint_foot, paint_list, trace

SIZES = [(80, 24), (50, 20), (40, 12), (120, 60), (40, 6), (24, 3)]
WHY = "Anyone can copy what you post within seconds, and an employer or a stranger can read it years later."
KEYS = ((Key.WHY, "why"), (Key.BACK, "back"), (Key.SKIP, "I’d have to look"), (Key.STOP, "stop"))
LONG = "A personal one, that I keep whatever my job and wherever I live"


def page_of(rows: int, manner: Manner = Manner.PICK) -> Page:
    return Page(
        manner,
        "Which mailbox (or phone number) are these accounts attached to?",
        tuple(Row(f"{LONG} {number}") for number in range(1, rows + 1)),
        heading=("Question 7 of 31", "about 6 minutes left"),
        subject="Instagram, X, LinkedIn",
        details=("Last time (22 November 2025): A personal one, that I keep whatever my job",),
        why=WHY,
        keys=KEYS,
        more=((Key.UNKNOWN, "I don’t know"), (Key.NOTE, "add a note")),
    )


def view_at(cursor: int, *, is_why_open: bool = False) -> View:
    return View(cursor, set(), "", is_why_open=is_why_open)


def text_of(lines: list[Line]) -> list[str]:
    return ["".join(text for _style, text in line).rstrip() for line in lines]


@pytest.mark.parametrize(("size", "rows", "is_why_open"), list(product(SIZES, [2, 9, 24], [False, True])))
def test_everything_fits_and_the_cursor_is_always_seen(
    size: tuple[int, int], rows: int, *, is_why_open: bool
) -> None:
    columns, height = size
    view = view_at(0, is_why_open=is_why_open)
    for cursor in (*range(rows), *reversed(range(rows))):
        view.cursor = cursor
        lines = paint_list(page_of(rows), view, Size(height, columns))
        assert len(lines) <= height
        assert max(map(len, text_of(lines))) < columns
        under = [text for line, text in zip(lines, text_of(lines), strict=True) if CURSOR in line]
        assert len(under) == 1
        assert f" {cursor + 1}. A personal" in under[0]


@pytest.mark.parametrize("columns", [80, 50, 40])
def test_no_word_is_cut(columns: int) -> None:
    page = page_of(4)
    said = " ".join(text_of(paint_list(page, view_at(0, is_why_open=True), Size(60, columns)))).split()
    for text in (page.question, page.subject, *page.details, page.why, page.rows[3].words):
        assert " ".join(text.split()) in " ".join(said)


def test_a_long_list_says_how_much_is_out_of_sight() -> None:
    page = Page(Manner.TICK, "Which?", tuple(Row(f"Network {number}") for number in range(24)))
    view = view_at(0)

    def around(cursor: int) -> tuple[str, str]:
        view.cursor = cursor
        rows = text_of(paint_list(page, view, Size(16, 80)))[3:14]
        return rows[0].strip(), rows[-1].strip()

    assert around(0) == ("", "↓ 15 more")
    assert around(12) == ("↑ 4 more", "↓ 11 more")
    assert around(11) == ("↑ 4 more", "↓ 11 more")
    assert around(23) == ("↑ 15 more", "")


def test_a_ticked_row_has_a_mark_and_one_that_leads_on_no_box() -> None:
    page = Page(Manner.TICK, "Which?", (Row("One"), Row("Two"), Row("Different", leads_on=True)))
    lines = text_of(paint_list(page, View(0, {1}, ""), Size(24, 80)))
    assert " › 1. [ ] One" in lines
    assert "   2. [x] Two" in lines
    assert "   3. Different" in lines


def test_the_answer_so_far_is_said_in_words() -> None:
    page = Page(Manner.PICK, "Private?", (Row("Yes"), Row("No", mark="last time")), cursor=1)
    assert " › 2. No (last time)" in text_of(paint_list(page, view_at(1), Size(24, 80)))


def test_why_shows_the_rarer_keys_too() -> None:
    page = page_of(2)
    closed, opened = (
        text_of(paint_foot(page, view_at(0, is_why_open=is_open), 76)) for is_open in (False, True)
    )
    assert closed[-1] == " ↑↓ Enter answer   ? why, and more   b back   s I’d have to look   q stop"
    assert opened[-1] == closed[-1]
    assert " n add a note" in opened
    assert not any("I don’t know" in line for line in opened)  # a row of its own


def test_where_one_writes_the_keys_say_that_a_letter_stands_alone() -> None:
    page = Page(Manner.WRITE, "Which?", keys=KEYS[:2], hint="Such as gitlab.com.")
    assert text_of(paint_foot(page, view_at(0), 76)) == [
        "",
        " Such as gitlab.com.",
        "",
        " Enter done   a letter alone: ? why   b back",
    ]


def test_a_page_without_keys_names_enter_only() -> None:
    assert text_of(paint_foot(Page(Manner.WRITE, "Passphrase"), view_at(0), 76))[-1] == " Enter done"


@pytest.mark.parametrize("width", [38, 48, 78])
def test_the_trace_of_an_answer_is_one_line(width: int) -> None:
    question = "Instagram · When did you last change your Instagram password?"
    (line,) = text_of([trace(question, "March 2026 (about 8 months ago), at home", width)])
    assert line.startswith("✓ Instagram")
    assert len(line) <= width
    assert text_of([trace("Private?", "Yes", width)]) == ["✓ Private? — Yes"]


def test_what_is_put_off_has_another_mark() -> None:
    assert text_of([trace("Private?", "for later", 76, is_done=False)]) == ["… Private? — for later"]


def test_a_long_word_is_shortened_inside() -> None:
    (line,) = text_of([trace("x" * 90, "Yes", 40)])
    assert line == f"✓ {'x' * 31}… — Yes"
