"""The report in its forms; writing one is itself a statement, so that `store erase` can name the file."""

from __future__ import annotations

from pathlib import Path

from hygiene import resources
from hygiene.model.record import ReportWritten
from hygiene.reporting.occasion import Due
from hygiene.reporting.report import Report, make_report
from hygiene.safety.files import write_atomically
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import Desk, state_of

FORMATS = ("html", "md", "json")


def standing_of(store: OpenStore, desk: Desk, language: str) -> tuple[Report, Due]:
    """Return today's report in a language, and what has come due."""
    state = state_of(store)
    assessment = desk.assess(state)
    report = make_report(assessment, desk.catalogue, desk.policy, desk.occasion(state), language)
    return report, desk.due(state, assessment)


def report_of(store: OpenStore, desk: Desk, language: str) -> Report:
    """Return today's report in a language."""
    return standing_of(store, desk, language)[0]


def render_report(store: OpenStore, desk: Desk, form: str, language: str) -> str:
    """Return today's report as `html`, `md` or `json`."""
    if form == "json":
        from hygiene.reporting.json_form import report_json, to_text

        state = state_of(store)
        return to_text(report_json(desk.assess(state), desk.occasion(state), language))
    report = report_of(store, desk, language)
    if form == "md":
        from hygiene.reporting.markdown import render_markdown

        return render_markdown(report)
    from hygiene.reporting.html import render_html

    return render_html(report, resources.bundled("report_templates"))


def write_report(store: OpenStore, desk: Desk, path: Path, form: str, language: str) -> OpenStore:
    """Write today's report to a file of the person's own (0600), and remember where.

    Raises:
        NotDoneError: the file could not be written.
    """
    write_atomically(path, render_report(store, desk, form, language).encode())
    return desk.seal(desk.say(store, ReportWritten(str(path.absolute()))))
