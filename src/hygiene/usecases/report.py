"""The report in its forms; writing one is itself a statement, so that `store erase` can name the file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hygiene import resources
from hygiene.engine.state import Audit
from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.model.finding import Assessment
from hygiene.model.record import ReportWritten
from hygiene.reporting.occasion import Due, Occasion
from hygiene.reporting.redaction import Redaction, without_names
from hygiene.reporting.report import Report, make_report
from hygiene.safety.files import write_atomically
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import Desk, state_of

if TYPE_CHECKING:
    from hygiene.reporting.sheet import Sheet

Matter = tuple[Assessment, Occasion]
FORMATS = ("html", "md", "json", "csv")
STATEMENT_FORMATS = ("md", "html")


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


def render_report(
    matter: Matter, desk: Desk, form: str, language: str, redaction: Redaction = Redaction.NONE
) -> str:
    """Return a report in one of `FORMATS`.

    Args:
        matter: what it is about.
        desk: checklists and policy.
        form: one of `FORMATS`.
        language: of the report.
        redaction: what is left out; it is taken from the values, before any form is made of them.
    """
    if redaction is Redaction.COUNTS:
        return _render_figures(matter, form, language)
    if redaction is Redaction.NAMES:
        matter = without_names(*matter, desk.catalogue)
    assessment, occasion = matter
    if form == "json":
        from hygiene.reporting.json_form import report_json, to_text

        return to_text(report_json(assessment, occasion, language, redaction))
    if form == "csv":
        from hygiene.reporting.csv_form import findings_csv

        return findings_csv(assessment, language)
    report = make_report(assessment, desk.catalogue, desk.policy, occasion, language)
    if form == "md":
        from hygiene.reporting.markdown import render_markdown

        return render_markdown(report)
    from hygiene.reporting.html import render_html

    return render_html(report, resources.bundled("report_templates"))


def render_statement(audit: Audit, form: str, language: str) -> str:
    """Return the statement that an audit was finished, in one of `STATEMENT_FORMATS`."""
    from hygiene.reporting.statement import statement_of

    return _render_sheet(statement_of(audit, language), form)


def finished_audit(store: OpenStore, name: str = "") -> Audit:
    """Return the finished audit of that name, else the last one.

    Raises:
        NotDoneError: none has been finished yet.
        UsageError: the name fits no finished audit, or several.
    """
    from hygiene.usecases.history import find_audit

    state = state_of(store)
    if name:
        return find_audit(state, name)
    if state.last_finished is None:
        raise NotDoneError(
            N_("no audit has been finished yet, so there is nothing to state"),
            hint=N_("`hygiene audit` goes on where you stopped"),
        )
    return state.last_finished


def write_report(store: OpenStore, desk: Desk, path: Path, form: str, language: str) -> OpenStore:
    """Write today's report to a file of the person's own (0600); remember where.

    Raises:
        NotDoneError: the file could not be written.
    """
    return keep_text(store, desk, path, form, render_report(matter_of(store, desk), desk, form, language))


def keep_text(store: OpenStore, desk: Desk, path: Path, form: str, text: str) -> OpenStore:
    """Write a rendered report or statement to a file of the person's own (0600); remember where.

    A CSV file begins with a byte order mark, without which Excel on Windows reads no accented letter.

    Raises:
        NotDoneError: the file could not be written.
    """
    write_atomically(path, text.encode("utf-8-sig" if form == "csv" else "utf-8"))
    return desk.seal(desk.say(store, ReportWritten(str(path.absolute()))))


def _render_figures(matter: Matter, form: str, language: str) -> str:
    from hygiene.reporting.figures import figures_json, figures_of, figures_sheet

    figures = figures_of(*matter)
    if form == "json":
        from hygiene.reporting.json_form import to_text

        return to_text(figures_json(figures, language))
    if form == "csv":
        from hygiene.reporting.csv_form import figures_csv

        return figures_csv(figures)
    return _render_sheet(figures_sheet(figures, language), form)


def _render_sheet(sheet: Sheet, form: str) -> str:
    from hygiene.reporting.sheet import render_sheet, render_sheet_page

    return (
        render_sheet_page(sheet, resources.bundled("report_templates"))
        if form == "html"
        else render_sheet(sheet)
    )
