"""The report in its forms; writing one is itself a statement, so that `store erase` can name the file."""

from __future__ import annotations

from pathlib import Path

from hygiene import resources
from hygiene.model.finding import Assessment
from hygiene.model.record import ReportWritten
from hygiene.reporting.occasion import Due, Occasion
from hygiene.reporting.report import Report, make_report
from hygiene.safety.files import write_atomically
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import Desk, state_of

Matter = tuple[Assessment, Occasion]
FORMATS = ("html", "md", "json")


def standing_of(
    store: OpenStore, desk: Desk, language: str, core: frozenset[str] | None = None
) -> tuple[Report, Due]:
    """Return today's report in a language, and what has come due.

    Args:
        store: what was said.
        desk: checklists, policy and the day.
        language: of the report.
        core: only what these core questions came to; None for every check.
    """
    state = state_of(store)
    assessment = desk.assess(state, core)
    report = make_report(assessment, desk.catalogue, desk.policy, desk.occasion(state), language)
    return report, desk.due(state, assessment)


def report_of(store: OpenStore, desk: Desk, language: str) -> Report:
    """Return today's report in a language, with what changed since the audit before."""
    assessment, occasion = matter_of(store, desk)
    return make_report(assessment, desk.catalogue, desk.policy, occasion, language)


def matter_of(store: OpenStore, desk: Desk, audit: str = "") -> Matter:
    """Return what a report is about: today, or an earlier audit as it was judged then.

    Raises:
        NotDoneError: an earlier audit is asked for, and none has been finished yet.
        UsageError: the name fits no finished audit, or several.
    """
    from hygiene.usecases.history import find_audit, look_back, with_memory

    state = state_of(store)
    if audit:
        return look_back(store, desk, find_audit(state, audit))
    assessment = desk.assess(state)
    return assessment, with_memory(desk.occasion(state), store, state, desk, assessment)


def render_report(matter: Matter, desk: Desk, form: str, language: str) -> str:
    """Return a report as `html`, `md` or `json`."""
    assessment, occasion = matter
    if form == "json":
        from hygiene.reporting.json_form import report_json, to_text

        return to_text(report_json(assessment, occasion, language))
    report = make_report(assessment, desk.catalogue, desk.policy, occasion, language)
    if form == "md":
        from hygiene.reporting.markdown import render_markdown

        return render_markdown(report)
    from hygiene.reporting.html import render_html

    return render_html(report, resources.bundled("report_templates"))


def write_report(
    store: OpenStore, desk: Desk, path: Path, form: str, language: str, matter: Matter | None = None
) -> OpenStore:
    """Write a report, today's unless told otherwise, to a file of the person's own (0600); remember where.

    Raises:
        NotDoneError: the file could not be written.
    """
    text = render_report(matter or matter_of(store, desk), desk, form, language)
    write_atomically(path, text.encode())
    return desk.seal(desk.say(store, ReportWritten(str(path.absolute()))))
