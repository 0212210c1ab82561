"""The table of commands: where each one is, and what it is for. A module is loaded when it is called."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from hygiene.language import N_


class Entry(Struct, frozen=True):
    """One command.

    Attributes:
        module: its module in `hygiene.cli`, which has a Typer application of that name.
        help: what it is for, in one line.
        is_quick: with no option but `--format` it answers without Typer; see `cli.run`.
    """

    module: str
    app: str
    help: str
    is_quick: bool = False


COMMANDS: Mapping[str, Entry] = {
    "audit": Entry("audit", "audit", N_("answer the questions, at most ten minutes at a time")),
    "answers": Entry("answers", "answers", N_("the answers as a file: a blank one, or what is stored")),
    "report": Entry("report", "report", N_("write the report: HTML, Markdown or JSON")),
    "status": Entry("status", "status", N_("where I stand"), is_quick=True),
    "findings": Entry("status", "findings", N_("what needs action, in order"), is_quick=True),
    "due": Entry("status", "due", N_("passwords and audits that have come due"), is_quick=True),
    "history": Entry("history", "history", N_("every audit, and how the score moved")),
    "compare": Entry("compare", "compare", N_("what got worse or better since an audit")),
    "fix": Entry("fix", "fix", N_("walk through the open findings, one at a time")),
    "done": Entry("done", "done", N_("say that a finding is dealt with")),
    "waive": Entry("waive", "waive", N_("accept a finding as it is, on purpose")),
    "password": Entry("password", "password", N_("passwords that are due: changed, replaced, put off")),
    "remind": Entry("remind", "remind", N_("be reminded when something is due")),
    "leaving": Entry("leaving", "leaving", N_("a dated plan for when you leave a job")),
    "evidence": Entry("evidence", "evidence", N_("let exports that you hold answer for you, offline")),
    "account": Entry("account", "account", N_("list, add, rename, close or remove accounts")),
    "settings": Entry("settings", "settings", N_("look at settings or change them")),
    "store": Entry("store", "store", N_("the sealed file: its secrets, backups, and erasing it")),
    "checklist": Entry("checklist", "checklist", N_("list, read or check the checklists")),
    "trust": Entry("trust", "trust", N_("whose checklists are used beside those of the program")),
    "update": Entry("update", "update", N_("fetch the newest lists of the organisations you agreed to")),
    "charter": Entry("charter", "charter", N_("draw up the organisation’s charter of good digital conduct")),
    "publish": Entry("publish", "publish", N_("hand out checklists: for security teams")),
    "demo": Entry("demo", "demo", N_("a finished audit with invented answers; stores nothing")),
    "doctor": Entry("doctor", "doctor", N_("whether everything works on this computer")),
}
