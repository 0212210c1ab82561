"""`hygiene leaving`: the day, the forms, the file, and what reaches nobody."""

from __future__ import annotations

import stat
import sys
from pathlib import Path

import pytest
from tests.cli.conftest import Program

from hygiene.cli.services import Services

ANSWERS = """\
version: 1
accounts:
  - {id: tw, network: x, label: "MARKER on X", purpose: personal}
  - {id: old, network: instagram, label: "MARKER closed", purpose: personal}
answers:
  tw:
    x.owner-email: work
  old:
    instagram.owner-email: work
"""


@pytest.fixture
def tied(program: Program) -> Program:
    assert program("audit", "--answers", program.file("answers.yaml", ANSWERS)).code == 0
    assert program("account", "close", "old").code == 0
    return program


def test_on_names_the_last_day_and_not_today(tied: Program) -> None:
    run = tied("leaving", "--on", "2027-03-31")
    assert run.code == 0
    assert "Leaving your job on 31 March 2027" in run.out
    assert "Before your last day: by 17 March 2027" in run.out
    assert "MARKER on X" in run.out
    assert "MARKER closed" not in run.out
    assert "MARKER" not in run.err


def test_the_notice_counts_from_today_where_the_day_is_near(tied: Program) -> None:
    run = tied("leaving", "--on", "2026-11-25")
    assert "as soon as you can" in run.out
    assert "(by 22 November 2026, " in " ".join(run.out.split())


def test_without_a_terminal_the_plan_is_for_today(tied: Program) -> None:
    assert "Leaving your job on 22 November 2026" in tied("leaving").out


@pytest.mark.parametrize(
    ("typed", "day"),
    [(b"31 March 2099\n", "31 March 2099"), (b"soon\n31/03/2099\n", "31 March 2099")],
)
def test_in_a_terminal_the_day_is_asked_for(
    tied: Program, monkeypatch: pytest.MonkeyPatch, typed: bytes, day: str
) -> None:
    monkeypatch.setattr(Services, "is_interactive", True)
    run = tied("leaving", stdin=typed, HYGIENE_TODAY="")
    assert f"Leaving your job on {day}" in run.out
    assert "Your last day at work" in run.err
    assert ("I did not understand" in run.err) is typed.startswith(b"soon")


def test_enter_plans_from_today(tied: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Services, "is_interactive", True)
    run = tied("leaving", stdin=b"\n", HYGIENE_TODAY="")
    assert "On your last day: " in run.out


def test_a_day_that_is_none_is_a_mistake_of_usage(tied: Program) -> None:
    run = tied("leaving", "--on", "soon")
    assert run.code == 2
    assert "“soon” is not a day" in run.err


def test_json_for_scripts(tied: Program) -> None:
    run = tied("leaving", "--on", "2027-03-31", "--format", "json")
    assert run.json["schema"] == "hygiene.leaving/1"
    assert "MARKER" not in run.out


def test_an_unknown_format_is_refused_before_the_store_is_opened(program: Program) -> None:
    run = program("leaving", "--format", "html")
    assert run.code == 2
    assert "text, md, json" in run.err


def test_nothing_is_written_but_on_request(tied: Program) -> None:
    before = set(tied.folder.rglob("*"))
    tied("leaving", "--on", "2027-03-31", "--format", "md")
    assert {path.name for path in set(tied.folder.rglob("*")) - before} <= {"due", "due-said"}


def test_a_written_plan_is_private_and_remembered_on_todays_date(tied: Program) -> None:
    run = tied("leaving", "--on", "2027-03-31", "--format", "md", "-o", "plan.md")
    assert (run.code, run.out) == (0, "plan.md\n")
    assert "anyone who has the file can read it" in run.err
    path = tied.folder / "plan.md"
    assert path.read_text(encoding="utf-8").startswith("# Leaving your job on 31 March 2027")
    if sys.platform != "win32":
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
    written = [
        each for each in tied("store", "export").json["statements"] if each["kind"] == "report-written"
    ]
    assert [(each["on"], Path(each["path"]).name) for each in written] == [("2026-11-22", "plan.md")]


def test_nothing_is_written_into_the_own_folder(tied: Program) -> None:
    run = tied("leaving", "-o", str(tied.home / "plan.md"))
    assert run.code == 3
    assert not (tied.home / "plan.md").exists()


def test_without_a_store_it_says_where_to_begin(program: Program) -> None:
    run = program("leaving", "--on", "2027-03-31")
    assert run.code == 3
    assert "`hygiene audit`" in run.err
