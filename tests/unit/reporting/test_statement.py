from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene.model.record import ChecklistUsed
from hygiene.reporting.sheet import render_sheet, render_sheet_page
from hygiene.reporting.statement import statement_of

Golden = Callable[[str, str], None]


def test_the_agreed_words(golden: Golden) -> None:
    golden("statement.md", render_sheet(statement_of(sample.AUDIT, "en")))


def test_it_says_that_nobody_may_require_it() -> None:
    assert "Voluntary; may not be required." in render_sheet(statement_of(sample.AUDIT, "en"))


def test_it_names_no_checklist_and_nobody_elses_release() -> None:
    said = render_sheet(statement_of(sample.AUDIT, "en"))
    for word in ("instagram", "my-list", "Someone", "script", "17"):
        assert word not in said


def test_the_release_is_the_newest_of_those_that_come_with_the_program() -> None:
    used = [
        ChecklistUsed("a", "2026.10", "", "hygiene", "bundled"),
        ChecklistUsed("b", "2026.11", "", "hygiene", "bundled"),
        ChecklistUsed("my-c", "2027.01", "", "me", "file"),
        ChecklistUsed("club-d", "2028.01", "", "the club", "source"),
    ]
    said = render_sheet(statement_of(replace(sample.AUDIT, checklists=tuple(used)), "en"))
    assert "Release: hygiene 2026.11\n" in said
    alone = render_sheet(statement_of(replace(sample.AUDIT, checklists=()), "en"))
    assert "Release: hygiene\n" in alone


def test_its_year_is_that_in_which_the_audit_was_finished() -> None:
    late = replace(sample.AUDIT, started_on=date(2026, 12, 30), finished_on=date(2027, 1, 2))
    said = render_sheet(statement_of(late, "en"))
    assert "2027" in said
    assert "2026.11" in said
    assert "2 January 2027" in said
    assert "December" not in said


def test_as_a_page(templates: Path) -> None:
    page = render_sheet_page(statement_of(sample.AUDIT, "en"), templates)
    assert "Voluntary; may not be required." in page
    assert "<script" not in page
