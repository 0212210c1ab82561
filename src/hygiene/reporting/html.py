"""The report as one HTML page that needs nothing else: no script, no font, no address is loaded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from hygiene.reporting.charts import course_of, score_height, states_of, timeline_of
from hygiene.reporting.page import STYLE, render_page
from hygiene.reporting.report import Report, UsedChecklist
from hygiene.reporting.words import Words

TEMPLATE = "report.html.j2"


def render_html(report: Report, folder: Path) -> str:
    """Return the report as a page.

    Args:
        report: what it says.
        folder: holds the template and the style sheet.
    """
    return render_page(
        folder,
        TEMPLATE,
        (STYLE,),
        report=report,
        origins=_by_origin(report.facts.checklists),
        states=states_of(report.passwords),
        timeline=timeline_of(report.passwords),
        course=course_of(report.scores),
        height=score_height,
    )


def _by_origin(checklists: Iterable[UsedChecklist]) -> Mapping[tuple[str, str, str], list[Words]]:
    """Return the titles of checklists by their version, their publisher and why they are believed."""
    titles: dict[tuple[str, str, str], list[Words]] = {}
    for used in checklists:
        titles.setdefault((used.version, used.publisher, used.trust), []).append(used.title)
    return titles
