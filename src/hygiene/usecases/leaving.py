"""The plan of somebody who leaves a job, in its forms."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from hygiene.engine.leaving import plan_leaving
from hygiene.model.record import ReportWritten
from hygiene.reporting.leaving_sheet import make_sheet
from hygiene.reporting.words import Voice
from hygiene.safety.files import write_atomically
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import Desk, state_of

FORMATS = ("text", "md", "json")


def render_plan(
    store: OpenStore, desk: Desk, last_day: date, form: str, language: str, width: int | None = None
) -> str:
    """Return the plan as `text`, `md` or `json`.

    Args:
        store: an open store.
        desk: its day is today.
        last_day: the last day at work.
        form: one of `FORMATS`.
        language: of the texts of checklists, and of dates.
        width: to wrap text at.
    """
    state = state_of(store)
    plan = plan_leaving(state, desk.catalogue, desk.policy, last_day, desk.day)
    if form == "json":
        from hygiene.reporting.json_form import to_text
        from hygiene.reporting.leaving_json import leaving_json

        return to_text(leaving_json(plan))
    sheet = make_sheet(plan, Voice(language, desk.day, desk.catalogue, state.accounts))
    if form == "md":
        from hygiene.reporting.leaving_markdown import render_leaving_markdown

        return render_leaving_markdown(sheet)
    from hygiene.reporting.leaving_text import WIDTH, render_leaving

    return render_leaving(sheet, width or WIDTH)


def write_plan(store: OpenStore, desk: Desk, path: Path, text: str) -> OpenStore:
    """Write a plan to a file of the person's own (0600), and remember where, for `store erase` to name it.

    Raises:
        NotDoneError: the file could not be written.
    """
    write_atomically(path, text.encode())
    return desk.seal(desk.say(store, ReportWritten(str(path.absolute()))))
