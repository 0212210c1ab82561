from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene import language
from hygiene.model.record import Outcome
from hygiene.reporting.figures import Figures, figures_json, figures_of, figures_sheet
from hygiene.reporting.json_form import report_json, to_text
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.sheet import render_sheet, render_sheet_page

Golden = Callable[[str, str], None]


def figures() -> Figures:
    return figures_of(sample.assessment(), sample.OCCASION)


def test_the_json_has_the_figures_of_the_whole_report_and_nothing_else() -> None:
    whole = report_json(sample.assessment(), sample.OCCASION, "en")
    counts = figures_json(figures(), "en")
    same = ("schema", "generated_on", "score", "outcomes", "open", "password_states", "next_audit_on")
    assert {key: counts[key] for key in same} == {key: whole[key] for key in same}
    assert counts.keys() == whole.keys()
    assert counts["redacted"] == "counts"
    assert (counts["accounts"], counts["findings"], counts["passwords"]) == ([], [], [])
    assert counts["audit"] == {**whole["audit"], "checklists": []}  # type: ignore[dict-item]  # a map here
    assert "instagram" not in to_text(counts)


def test_waived_findings_are_not_open() -> None:
    found = figures()
    open_ = [each for each in sample.assessment().findings if each.waiver is None]
    assert (
        sum(found.open.values())
        == len(open_)
        < found.outcomes[Outcome.FAIL] + found.outcomes[Outcome.UNKNOWN]
    )


def test_the_page_in_words(golden: Golden) -> None:
    golden("figures.md", render_sheet(figures_sheet(figures(), "en")))


def test_before_any_audit_there_is_no_next_date() -> None:
    nothing = figures_of(replace(sample.assessment(()), passwords=()), Occasion())
    assert figures_json(nothing, "en")["audit"] is None
    text = render_sheet(figures_sheet(nothing, "en"))
    assert "none yet" in text
    assert "Next audit" not in text


def test_the_page_loads_nothing_and_says_the_same(templates: Path) -> None:
    page = render_sheet_page(figures_sheet(figures(), "en"), templates)
    assert "default-src &#39;none&#39;" in page or "default-src 'none'" in page
    assert "<script" not in page
    assert "17 out of 100" in page
    assert '<html lang="en">' in page


def test_it_speaks_french(templates: Path) -> None:
    language.use("fr", Path(templates).parent / "locale")
    assert '<html lang="fr">' in render_sheet_page(figures_sheet(figures(), "fr"), templates)
    assert "22\N{NO-BREAK SPACE}novembre 2027" in render_sheet(figures_sheet(figures(), "fr"))
