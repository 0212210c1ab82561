"""`hygiene history` and `compare`, and the report of the second year: three years of one person."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.cli.conftest import Program

OWN = """\
format: 1
id: my-garden
version: "2025.11"
title: My garden club
checks:
  - id: key
    title: Know who holds the key
    question: Who holds the key of the shed?
    risk: A key that nobody holds is a key that is lost.
    severity: high
    choices:
      known: {text: I know who, good: true}
      lost: {text: Nobody knows}
    minutes: 5
    steps: [Ask at the next meeting.]
  - id: seeds
    title: Keep the seeds dry
    question: Are the seeds dry?
    risk: They rot.
    severity: medium
    choices:
      dry: {text: They are, good: true}
      wet: {text: They are not}
    minutes: 5
    steps: [Buy a box.]
"""
RENAMED = OWN.partition("  - id: seeds")[0].replace(
    "- id: key", "- id: shed-key\n    replaces: [my-garden.key]"
)

FIRST = """\
version: 1
accounts:
  - {id: insta, network: instagram, label: "mine", purpose: personal}
  - {id: tw, network: x, purpose: personal}
answers:
  you:
    my-garden.key: known
    my-garden.seeds: wet
  insta:
    instagram.private-account: "no"
    instagram.two-factor: app
    instagram.password-age: 2025-10
  tw:
    x.two-factor: none
"""
SECOND = """\
version: 1
answers:
  you:
    my-garden.shed-key: lost
  insta:
    instagram.private-account: "yes"
    instagram.two-factor: sms
    instagram.password-age: 2026-11
    instagram.exposed: "yes"
"""


@pytest.fixture
def second(program: Program) -> Program:
    """Two audits, and a checklist that lost a check and renamed another in between."""
    own = program.file("garden.yaml", OWN)
    first = program.file("first.yaml", FIRST)
    run = program("--on", "2025-11-22", "audit", "--checklist", own, "--answers", first)
    assert run.code == 0, run.err
    program.file("garden.yaml", RENAMED)
    run = program("--on", "2026-11-20", "audit", "--answers", program.file("second.yaml", SECOND))
    assert run.code == 0, run.err
    program.environment["HYGIENE_TODAY"] = "2026-11-20"
    return program


CHANGED = {
    "regressed": ["you/my-garden.shed-key", "insta/instagram.two-factor"],
    "fixed": ["insta/instagram.private-account"],
    "added": ["insta/instagram.exposed"],
    "retired": ["you/my-garden.seeds"],
    "unchanged": ["tw/x.two-factor"],
    "closed": [],
}


def without_ages(lists: dict[str, list[str]]) -> dict[str, list[str]]:
    return {kind: [each for each in lists[kind] if "password-age" not in each] for kind in CHANGED}


def test_before_any_audit_there_is_nothing_to_compare(program: Program) -> None:
    for command in ("history", "compare"):
        assert program(command).code == 3
    assert program("store", "init").code == 0
    assert program("history", "--format", "json").json == {"schema": "hygiene.history/1", "audits": []}
    assert program("history").out == "There has been no audit yet.\n"
    run = program("compare")
    assert (run.code, run.out) == (3, "")
    assert "nothing to look back to" in run.err


def test_compare_says_what_changed_as_json(second: Program) -> None:
    run = second("compare", "--format", "json")
    assert run.code == 0
    value = run.json
    assert (value["schema"], value["from"], value["to"]) == ("hygiene.compare/1", "2025-11-22", "2026-11-20")
    assert without_ages(value) == CHANGED
    assert second("compare", "2025", "2026", "--format", "json").json["to_audit"] is not None


def test_what_got_worse_comes_first(second: Program) -> None:
    """In words, with the titles of the checks and the names of the accounts."""
    out = second("compare").out
    assert out.startswith(
        "Since the audit of 22 November 2025\n\nWhat got worse (2)\n- Know who holds the key\n"
        "- Turn on a second step at sign-in: mine (Instagram)\n\nWhat is settled (1)\n"
    )
    assert "No longer asked (1)\n- Keep the seeds dry\n" in out
    assert out.endswith("Still to do, as before: 1.\n")
    assert second("--plain", "compare").out == out


def test_the_report_has_the_same_changes(second: Program) -> None:
    changes = second("report", "--format", "json").json["changes"]
    assert changes["since"] == "2025-11-22"
    assert without_ages(changes) == CHANGED
    markdown = second("report", "--format", "md").out
    assert (
        markdown.index("What matters most")
        < markdown.index("### What got worse")
        < markdown.index("## What to do")
    )
    page = Path(second.folder, second("report").out.strip()).read_text(encoding="utf-8")
    assert "Since the audit of 22 November 2025" in page
    assert "Score by audit" in page


def test_the_first_report_says_nothing_of_changes(audited: Program) -> None:
    assert audited("report", "--format", "json").json["changes"] is None
    assert "audit of" not in audited("report", "--format", "md").out


def test_an_account_that_was_closed_is_said(second: Program) -> None:
    assert second("account", "close", "tw").code == 0
    value = second("compare", "--format", "json").json
    assert (value["closed"], value["unchanged"]) == (["tw"], [])
    assert "Account closed: X (Twitter)." in second("compare").out


def test_a_year_later_the_last_audit_is_the_one_to_compare_with(second: Program) -> None:
    """And where nothing changed, the one before is named."""
    run = second("--on", "2026-12-01", "compare")
    assert run.out.startswith("Since the audit of 20 November 2026\n\nNothing has changed.\n")
    assert "`hygiene compare 2025-11-22`" in run.err
    assert "goes back" not in second("--on", "2026-12-01", "compare", "2026").err


def test_history_is_every_audit_with_its_score(second: Program) -> None:
    audits = second("history", "--format", "json").json["audits"]
    assert [(each["started_on"], each["finished_on"]) for each in audits] == [
        ("2025-11-22", "2025-11-22"),
        ("2026-11-20", "2026-11-20"),
    ]
    assert {"id", "scope", "score", "outcomes"} <= audits[0].keys()
    for audit, year in zip(audits, ("2025", "2026"), strict=True):
        report = second("report", "--audit", year, "--format", "json").json
        assert (report["score"], report["outcomes"]) == (audit["score"], audit["outcomes"])
    first, last, trend = second("history").out.splitlines()
    assert first.startswith(f"22 November 2025: {audits[0]['score']['value']} out of 100, ")
    moved = audits[1]["score"]["value"] - audits[0]["score"]["value"]
    assert f"({'+' if moved > 0 else '−'}{abs(moved)})" in last
    assert trend.startswith("Score from audit to audit: ")


def test_an_old_report_is_as_it_was_then(second: Program) -> None:
    """Its findings, its titles, also those of a check that is gone; written under its own day."""
    second("audit", "--answers", second.file("more.yaml", SECOND.replace('"yes"', '"no"')), "--new")
    report = second("report", "--audit", "2025", "--format", "json").json
    findings = {each["id"]: each for each in report["findings"]}
    assert findings["you/my-garden.seeds"]["title"] == "Keep the seeds dry"
    assert findings["you/my-garden.seeds"]["steps"] == []
    assert findings["insta/instagram.private-account"]["answer"] == "no"
    assert findings["insta/instagram.private-account"]["steps"]
    assert (report["generated_on"], report["changes"]) == ("2026-11-20", None)
    assert report["audit"]["finished_on"] == "2025-11-22"
    run = second("report", "--audit", "2025")
    assert run.out == "hygiene-report-2025-11-22.html\n"
    assert "This is the audit of 22 November 2025" in (second.folder / run.out.strip()).read_text(
        encoding="utf-8"
    )
    assert second("report", "--audit", "2025", "--format", "json", "--fail-on", "high").code == 10


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (("compare", "2020"), 2, "no finished audit is called “2020”"),
        (("compare", "20"), 2, "fits several audits: 2025-11-22 ["),
        (("compare", "2025", "2026", "2027"), 2, "at most two audits"),
        (("compare", "--format", "xml"), 2, "no format “xml”"),
        (("history", "--format", "xml"), 2, "no format “xml”"),
        (("report", "--audit", "2020"), 2, "no finished audit is called “2020”"),
    ],
)
def test_a_wrong_word_is_said_and_nothing_is_written(
    second: Program, arguments: tuple[str, ...], code: int, words: str
) -> None:
    run = second(*arguments)
    assert (run.code, run.out) == (code, "")
    assert words in run.err
    assert not list(second.folder.glob("*.html"))


def test_looking_back_stores_nothing(second: Program) -> None:
    before = json.dumps(second("history", "--format", "json").json)
    kept = (second.home / "answers.hygiene").read_bytes()
    for command in (("compare",), ("history",), ("report", "--audit", "2025", "--format", "md")):
        assert second(*command).code == 0
    assert (second.home / "answers.hygiene").read_bytes() == kept
    assert json.dumps(second("history", "--format", "json").json) == before
