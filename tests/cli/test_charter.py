"""`hygiene charter`: its forms, its file, whose lists it is drawn up from, and that no store is opened."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.builders import both, check, checklist
from tests.cli.conftest import Program

from hygiene.catalog.organisation import OrganisationLists
from hygiene.cli.services import Services
from hygiene.errors import NotDoneError
from hygiene.model.checklist import Trust
from hygiene.model.organisation import Organisation
from hygiene.model.policy import Layer, Rules
from hygiene.usecases.organisations import Handed, with_organisations

POLICY = """\
format: 1
source: acme
organisation: "ACME"
password_months: 6
charter: {signature: true}
"""
LIST = """\
format: 1
id: acme-site
version: "2026.11"
language: en
title: "On site"
checks:
  - id: screens
    title: "Turn screens away before a picture"
    question: "What becomes of the screens?"
    risk: "A monitor shows names of patients."
    severity: high
    choices: yes-no
    good: "yes"
    minutes: 1
    steps: ["Turn it away."]
    sourced: null
    verified: null
    confidence: high
"""
FILE = "hygiene-charter-2026-11-22.html"


@pytest.fixture
def lists(program: Program) -> Path:
    """A folder in which an organisation writes its lists."""
    folder = program.folder / "lists"
    folder.mkdir()
    (folder / "policy.yaml").write_text(POLICY, encoding="utf-8")
    (folder / "acme-site.yaml").write_text(LIST, encoding="utf-8")
    return folder


def handed(source: str, name: str, **rules: object) -> OrganisationLists:
    own = checklist(f"{source}-site", check(f"{source}-site.one", title=both(f"A rule of {name}")))
    return OrganisationLists(
        Organisation(source, name, Trust.MANAGED, lists=(own.id,)),
        replace(Rules(Layer.ORGANISATION, set_by=name), **rules),
        (own,),
    )


ACME, OTHER = handed("acme", "ACME"), handed("other", "Other & Sons", dropped=frozenset({"habits.voice"}))


def give(monkeypatch: pytest.MonkeyPatch, *lists: OrganisationLists) -> None:
    monkeypatch.setattr(Services, "handed", Handed(lists))
    desk = property(lambda services: with_organisations(services.bundled_desk, lists))
    monkeypatch.setattr(Services, "desk", desk)


def test_without_an_organisation_it_is_a_draft_in_a_page(program: Program) -> None:
    run = program("charter")
    assert (run.code, run.out) == (0, f"{FILE}\n")
    path = program.folder / FILE
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert "[Your organisation]" in path.read_text(encoding="utf-8")
    assert "draft for any organisation" in run.err


def test_markdown_goes_to_standard_output(program: Program) -> None:
    run = program("charter", "--format", "md")
    assert run.code == 0
    assert run.out.startswith("# Charter of good digital conduct\n")
    assert not (program.folder / FILE).exists()


@pytest.mark.parametrize(
    ("arguments", "start"),
    [
        (("-o", "c.md"), "# "),
        (("-o", "c.html"), "<!DOCTYPE"),
        (("-o", "c.txt"), "<!DOCTYPE"),
        (("-o", "c.html", "--format", "md"), "# "),
    ],
)
def test_a_file_can_be_named_and_its_ending_says_the_form(
    program: Program, arguments: tuple[str, ...], start: str
) -> None:
    run = program("charter", *arguments)
    assert (run.code, run.out) == (0, f"{arguments[1]}\n")
    assert (program.folder / arguments[1]).read_text(encoding="utf-8").startswith(start)


def test_an_unknown_format_is_a_mistake_of_usage(program: Program) -> None:
    run = program("charter", "--format", "pdf")
    assert (run.code, run.out) == (2, "")
    assert "html, md" in run.err


def test_it_is_not_written_into_hygienes_own_folder(program: Program) -> None:
    program.home.mkdir()
    run = program("charter", "-o", str(program.home / "c.html"))
    assert run.code == 3
    assert not (program.home / "c.html").exists()


def test_on_names_its_day(program: Program) -> None:
    assert "2 January 2027" in program("charter", "--format", "md", "--on", "2027-01-02").out


def test_it_opens_no_store_and_holds_nothing_of_the_person(audited: Program) -> None:
    assert audited("settings", "password-months", "1").code == 0
    audited.environment.pop("HYGIENE_PASSPHRASE_FILE")
    run = audited("charter", "--format", "md")
    assert run.code == 0
    assert "The reminder comes after 3 months" in run.out
    assert "my Instagram" not in run.out


def test_it_is_drawn_up_from_the_lists_on_this_computer(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, ACME)
    run = program("charter", "--format", "md")
    assert "**ACME**" in run.out
    assert "**A rule of ACME**" in run.out
    assert "represent the staff" in run.err


def test_of_several_organisations_one_has_to_be_named(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, ACME, OTHER)
    run = program("charter", "--format", "md")
    assert (run.code, run.out) == (2, "")
    assert "acme, other" in run.err
    assert "--source acme" in run.err


def test_another_organisation_has_no_say_in_a_charter(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    give(monkeypatch, ACME, OTHER)
    mine = program("charter", "--format", "md", "--source", "acme").out
    theirs = program("charter", "--format", "md", "--source", "other").out
    assert "Say that you speak for yourself" in mine
    assert "Say that you speak for yourself" not in theirs
    assert "A rule of Other" not in mine
    assert "A rule of Other & Sons" in theirs


def test_a_source_that_is_not_there_is_said(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, ACME)
    run = program("charter", "--source", "nobody")
    assert (run.code, run.out) == (2, "")
    assert "“nobody”" in run.err


def test_lists_that_cannot_be_used_are_named_and_a_draft_is_made(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    problem = NotDoneError("{path} is open to all", hint="close {path}", path="/etc/x")
    monkeypatch.setattr(Services, "handed", Handed((), (problem,)))
    run = program("charter", "--format", "md")
    assert run.code == 0
    assert "Your organisation" in run.out
    assert "/etc/x is open to all" in run.err
    assert "close /etc/x" in run.err


def test_a_folder_of_lists_will_do(program: Program, lists: Path) -> None:
    run = program("charter", "--format", "md", "--lists", str(lists))
    assert run.code == 0
    assert "**ACME**" in run.out
    assert "**Turn screens away before a picture**" in run.out
    assert "ACME suggests a reminder after 6 months" in run.out
    assert "- Signature: " in run.out


def test_a_list_that_cannot_be_used_is_named_and_left_out(program: Program, lists: Path) -> None:
    (lists / "acme-new.yaml").write_text(LIST.replace("acme-site", "acme-new").replace("high", "huge", 1))
    run = program("charter", "--format", "md", "--lists", str(lists))
    assert run.code == 0
    assert "acme-new.yaml cannot be used and is left out." in run.err
    assert "severity" in run.err
    assert run.out.count("Turn screens away") == 1


def test_a_policy_that_cannot_be_used_is_an_error(program: Program, lists: Path) -> None:
    (lists / "policy.yaml").write_text(POLICY + "colour: blue\n", encoding="utf-8")
    run = program("charter", "--format", "md", "--lists", str(lists))
    assert (run.code, run.out) == (3, "")
    assert "colour" in run.err


def test_a_policy_must_say_whose_it_is(program: Program, lists: Path) -> None:
    (lists / "policy.yaml").write_text(POLICY.replace("source: acme\n", ""), encoding="utf-8")
    run = program("charter", "--format", "md", "--lists", str(lists))
    assert (run.code, run.out) == (3, "")
    assert "source" in run.err


def test_a_folder_without_a_policy_or_none_at_all_is_said(program: Program, lists: Path) -> None:
    (lists / "policy.yaml").unlink()
    run = program("charter", "--lists", str(lists))
    assert run.code == 3
    assert "policy.yaml" in run.err
    assert program("charter", "--lists", str(lists / "nothing")).code == 3
    run = program("charter", "--lists", str(lists / "acme-site.yaml"))
    assert run.code == 3
    assert "name a folder" in run.err


def test_a_folder_of_anything_is_refused(program: Program, lists: Path) -> None:
    for number in range(200):
        (lists / f"n{number}.yaml").touch()
    run = program("charter", "--lists", str(lists))
    assert run.code == 3
    assert "more than 200 files" in run.err


def test_a_link_is_not_followed_out_of_the_folder(program: Program, lists: Path) -> None:
    (lists / "acme-link.yaml").symlink_to(program.file("elsewhere", LIST))
    assert program("charter", "--lists", str(lists)).code == 3


def test_a_folder_and_a_source_do_not_go_together(program: Program, lists: Path) -> None:
    run = program("charter", "--lists", str(lists), "--source", "acme")
    assert (run.code, run.out) == (2, "")
    assert "--source" in run.err
