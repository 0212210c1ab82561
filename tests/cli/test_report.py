"""`hygiene report` in all its forms, as a person meets them."""

from __future__ import annotations

import csv
import io
import json
import webbrowser
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator
from tests.cli.conftest import Program

SCHEMA = json.loads(
    (Path(__file__).resolve().parents[2] / "docs" / "output.schema.json").read_text(encoding="utf-8")
)
PERSONAL = "personal findings"
MARKERS = ("my Instagram", "on X", "gitlab", "GitLab", "changing in January", '"insta"', "insta/")
FORMS = ("html", "md", "json", "csv")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    pages: list[str] = []

    def take(url: str) -> bool:
        pages.append(url)
        return True

    monkeypatch.setattr(webbrowser, "open", take)
    return pages


def test_every_form_goes_to_a_file_of_ones_own(audited: Program, opened: list[str]) -> None:
    """Its name on standard output, 0600, a line that says what it is; and it can be opened."""
    for form in FORMS:
        run = audited("report", "--format", form, "-o", f"report.{form}", "--open")
        path = audited.folder / f"report.{form}"
        assert (run.code, run.out) == (0, f"report.{form}\n")
        assert PERSONAL in run.err
        assert path.stat().st_mode & 0o777 == 0o600
        assert path.stat().st_size > 100
        assert opened.pop() == path.as_uri()


def test_the_files_ending_names_the_form(audited: Program) -> None:
    """Unless one is named; an ending that says nothing means the page."""
    assert audited("report", "-o", "mine.json").code == 0
    assert (
        json.loads((audited.folder / "mine.json").read_text(encoding="utf-8"))["schema"] == "hygiene.report/1"
    )
    assert audited("report", "-o", "mine.txt").code == 0
    assert (audited.folder / "mine.txt").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert audited("report", "--format", "md", "-o", "other.json").code == 0
    assert (audited.folder / "other.json").read_text(encoding="utf-8").startswith("# ")


def test_on_standard_output_there_is_only_the_report(audited: Program) -> None:
    """No file is written, and nothing is said of one."""
    before = {path.name for path in audited.folder.iterdir()}
    for form in ("md", "json", "csv"):
        run = audited("report", "--format", form)
        assert (run.code, run.err) == (0, "")
        assert "Make your account private" in run.out
    assert {path.name for path in audited.folder.iterdir()} == before


def test_a_table_has_the_findings_of_the_json(audited: Program) -> None:
    """In the same order; a mark at the beginning of a file is for Excel, and not in a pipe."""
    out = audited("report", "--format", "csv").out
    rows = list(csv.DictReader(io.StringIO(out, newline="")))
    findings = audited("report", "--format", "json").json["findings"]
    assert [row["id"] for row in rows] == [each["id"] for each in findings]
    audited("report", "--format", "csv", "-o", "report.csv")
    data = (audited.folder / "report.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,account,")
    assert data.decode("utf-8-sig") == out.replace("\n", "\r\n").replace("\r\r", "\r")


COMMANDS = (
    ("report",),
    ("report", "--redact", "names"),
    ("report", "--redact", "counts"),
    ("report", "--audit", "2026"),
    ("status",),
    ("findings",),
    ("due",),
    ("history",),
    ("compare",),
    ("account", "list"),
    ("checklist", "list"),
    ("leaving",),
)


def test_every_json_fits_the_published_schema(audited: Program) -> None:
    """What the program prints, and not only what the tests keep."""
    for command in COMMANDS:
        Draft202012Validator(SCHEMA).validate(audited(*command, "--format", "json").json)


def test_the_problems_of_a_checklist_fit_the_published_schema(program: Program) -> None:
    """Errors and warnings."""
    run = program("checklist", "lint", program.file("my-list.yaml", "id: my-list\n"), "--format", "json")
    assert run.json["problems"]
    Draft202012Validator(SCHEMA).validate(run.json)


@pytest.mark.parametrize("redaction", ["none", "names", "counts"])
def test_names_are_left_out_of_every_form(audited: Program, redaction: str) -> None:
    """Labels, ids, domains, notes and reasons; without the option they are there."""
    audited("waive", "insta/instagram.private-account", "--reason", "gitlab said so", "--until", "2027-01-01")
    for form in FORMS:
        assert audited("report", "--redact", redaction, "--format", form, "-o", "out").code == 0
        said = (audited.folder / "out").read_text(encoding="utf-8-sig")
        assert bool([marker for marker in MARKERS if marker in said]) is (redaction == "none"), form
        assert ("account-1" in said) is (redaction == "names"), form


def test_figures_alone_are_those_of_the_report(audited: Program) -> None:
    """And what is open is still an exit code of its own."""
    report = audited("report", "--format", "json").json
    run = audited("report", "--format", "json", "--redact", "counts", "--fail-on", "high")
    assert run.code == 10
    assert run.json["score"] == report["score"]
    assert run.json["open"] == audited("status", "--format", "json").json["open"]
    assert "instagram" not in run.out


def test_what_names_leave_in_is_said(audited: Program) -> None:
    """Networks tell something too."""
    assert "networks" in audited("report", "--redact", "names", "--format", "md").err


def test_a_statement_holds_a_date_and_a_release(audited: Program) -> None:
    """In text by default, without a figure, a network or a name."""
    run = audited("report", "--statement")
    assert run.code == 0
    assert "22 November 2026" in run.out
    assert "Voluntary; may not be required." in run.out
    assert "hygiene 2026." in run.out
    assert PERSONAL not in run.err
    words = ("instagram", "facebook", "gitlab", "Score", "out of 100", "my Instagram")
    assert [word for word in words if word.casefold() in run.out.casefold()] == []


def test_a_statement_as_a_page(audited: Program, opened: list[str]) -> None:
    """Named after the day on which the audit was finished."""
    run = audited("report", "--statement", "--format", "html", "--open", HYGIENE_TODAY="2026-12-24")
    assert run.out == "hygiene-statement-2026-11-22.html\n"
    path = audited.folder / "hygiene-statement-2026-11-22.html"
    assert path.stat().st_mode & 0o777 == 0o600
    assert opened == [path.as_uri()]
    assert audited("report", "--statement", "--audit", "2026").code == 0


def test_there_is_nothing_to_state_before_an_audit_was_finished(program: Program) -> None:
    """Exit 3, and what to do: without answers, and with an audit that was begun."""
    program("store", "init")
    run = program("report", "--statement")
    assert (run.code, run.out) == (3, "")
    assert "no audit has been finished yet" in run.err
    assert "hint: `hygiene audit`" in run.err
    assert program("report", "--statement", "--audit", "2026").code == 3


REFUSED = (
    (("--format", "xml"), "html, md, json, csv"),
    (("--statement", "--format", "json"), "md, html"),
    (("--redact", "all"), "none, names, counts"),
    (("--statement", "--redact", "names"), "--statement and --redact do not go together"),
    (("--statement", "--fail-on", "low"), "--statement and --fail-on do not go together"),
    (("--open", "--format", "md"), "--open needs a file"),
    (("--open", "--statement"), "--open needs a file"),
    (("--fail-on", "awful"), "“awful” is no severity"),
)


def test_options_that_make_no_sense_are_refused(audited: Program) -> None:
    """With exit 2, before anything is opened or written."""
    before = {path.name for path in audited.folder.iterdir()}
    for arguments, words in REFUSED:
        run = audited("report", *arguments)
        assert (run.code, run.out) == (2, ""), arguments
        assert words in " ".join(run.err.split()), arguments
    assert {path.name for path in audited.folder.iterdir()} == before


def test_the_page_is_written_and_opened_where_nothing_is_named(audited: Program, opened: list[str]) -> None:
    """In the current folder."""
    run = audited("report", "--open")
    assert run.out == "hygiene-report-2026-11-22.html\n"
    assert opened == [(audited.folder / run.out.strip()).as_uri()]


def test_every_file_is_named_when_all_is_erased(audited: Program) -> None:
    """Reports, and statements too."""
    audited("report", "--format", "csv", "-o", "findings.csv")
    audited("report", "--statement", "-o", "statement.md")
    said = audited("store", "erase", "--yes")
    assert "findings.csv" in said.out + said.err
    assert "statement.md" in said.out + said.err


def test_control_characters_are_refused_at_the_door(program: Program) -> None:
    """In an answers file: by line, and without repeating them."""
    text = 'version: 1\naccounts:\n  - {id: a, network: x, label: "\\e[31m\\u202Ered"}\n'
    run = program("audit", "--answers", program.file("a.yaml", text))
    assert run.code == 3
    assert "a.yaml:3: accounts[0].label" in run.err
    assert "\x1b" not in run.err
    assert "\u202e" not in run.err


def test_a_name_of_nearly_a_megabyte_is_cut_short_at_the_door(program: Program) -> None:
    """So that a report stays a report."""
    text = f"version: 1\naccounts:\n  - {{id: a, network: x, label: '{'=<b>' * 240_000}'}}\n"
    assert program("audit", "--answers", program.file("a.yaml", text)).code == 0
    (account,) = program("report", "--format", "json").json["accounts"]
    assert account["label"] == "=<b>" * 20
    for form in ("md", "csv"):
        assert len(program("report", "--format", form).out) < 10**5


def test_a_reason_is_cleaned_at_the_door(audited: Program) -> None:
    """What `waive` takes is what every form shows."""
    audited("waive", "insta/instagram.private-account", "--reason", "\x1b[31m\u202e=x")
    (waiver,) = [
        each["waiver"] for each in audited("report", "--format", "json").json["findings"] if each["waiver"]
    ]
    assert waiver["reason"] == "\ufffd[31m\ufffd=x"
