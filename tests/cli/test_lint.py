"""`hygiene checklist lint`: every remark, then the sum of them."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Program

GOOD = """\
format: 1
id: my-garden
version: "2026.11"
title: {en: My garden club, fr: Mon club de jardinage}
checks:
  - id: key
    title: {en: Know who holds the key, fr: Savoir qui a la clé}
    question: {en: "Who holds the key?", fr: "Qui a la clé\u202f?"}
    risk: {en: A key that nobody holds is lost., fr: Une clé que personne n’a est perdue.}
    severity: high
    choices:
      known: {text: {en: I know who, fr: Je sais qui}, good: true}
      lost: {text: {en: Nobody knows, fr: Personne ne sait}}
    minutes: 5
    steps: {en: [Ask at the next meeting.], fr: [Demander à la prochaine réunion.]}
"""


def test_nothing_to_mend(program: Program) -> None:
    """It says so, and nothing stands where data would."""
    garden, shed = program.file("garden.yaml", GOOD), program.file("shed.yaml", GOOD)
    run = program("checklist", "lint", garden)
    assert (run.code, run.out, run.err) == (0, "", "Nothing to mend in this file.\n")
    assert program("checklist", "lint", garden, shed).err == "Nothing to mend in 2 files.\n"


@pytest.mark.parametrize(
    ("old", "new", "code", "total"),
    [
        ("{en: I know who, fr: Je sais qui}", "I know", 0, "0 errors, 1 warning in 1 file."),
        ("severity: high", "severity: awful", 10, "1 error, 0 warnings in 1 file."),
        ("severity: high\n", "severity: awful\n    within: 3\n", 10, "2 errors, 0 warnings in 1 file."),
    ],
)
def test_the_sum(program: Program, old: str, new: str, code: int, total: str) -> None:
    """Only errors fail; the sum stands apart from the remarks."""
    run = program("checklist", "lint", program.file("garden.yaml", GOOD.replace(old, new)))
    assert (run.code, run.err.strip()) == (code, total)
    assert len(run.out.splitlines()) == sum(int(word) for word in total.split()[:3:2])


def test_parse_problems_and_remarks_in_one_run(program: Program) -> None:
    """Each with its line, its field, its reason and its level."""
    bad = GOOD.replace("severity: high", "severity: awful").replace("fr: Mon club", "de: Mein Club")
    file = program.file("garden.yaml", bad)
    rows = program("checklist", "lint", file, "--format", "json").json["problems"]
    assert [(each["line"], each["field"], each["level"]) for each in rows] == [
        (4, "title.fr", "warning"),
        (10, "checks[0].severity", "error"),
    ]
    lines = program("checklist", "lint", file).out.splitlines()
    assert lines == [
        f"{file}:{each['line']}: {each['field']}: {each['reason']} ({each['level']})" for each in rows
    ]


def test_the_day_counts(program: Program) -> None:
    """Steps grow old: `--on` says when."""
    file = program.file("garden.yaml", GOOD + "    sourced: 2026-11\n")
    assert program("--on", "2027-11-30", "checklist", "lint", file).out == ""
    assert "2026-11 is more than a year ago" in program("--on", "2027-12-01", "checklist", "lint", file).out
    assert program("--on", "2026-10-31", "checklist", "lint", file).code == 10
