"""`hygiene checklist`, and a checklist file of one's own."""

import pytest
from tests.cli.conftest import Program

OWN = """\
format: 1
id: my-garden
version: "2026.11"
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
"""


def test_the_list_names_every_checklist(program: Program) -> None:
    """With how many checks each has."""
    lists = {each["id"]: each for each in program("checklist", "list", "--format", "json").json["checklists"]}
    assert lists["work-mailbox"]["checks"] == 6
    assert lists["instagram"]["network"] == "instagram"
    assert lists["habits"]["network"] is None
    assert {each["trust"] for each in lists.values()} == {"bundled"}


def test_the_list_is_aligned(program: Program) -> None:
    """One line each, the numbers at one place; plain lines are not set out in columns."""
    lists = program("checklist", "list", "--format", "json").json["checklists"]
    lines = program("checklist", "list", TERM="xterm").out.splitlines()
    assert [line.split()[0] for line in lines] == [each["id"] for each in lists]
    assert {len(line) for line in lines} == {len(lines[0])}
    plain = program("--plain", "checklist", "list").out.splitlines()
    assert plain == [f"{each['id']}: {each['title']}, {each['checks']} checks" for each in lists]


def test_show_reads_out_every_question(program: Program) -> None:
    """In the language asked for, the recommended choice marked in words."""
    english = program("checklist", "show", "instagram", TERM="xterm").out
    assert "[instagram.private-account]" in english
    assert "- Yes (recommended)" in english
    assert "Passer" not in english
    assert (
        "Votre compte Instagram est-il privé" in program("--lang", "fr", "checklist", "show", "instagram").out
    )


def test_show_reads_out_one_check(program: Program) -> None:
    """By its id, alone, with what it rests on."""
    one = program("checklist", "show", "instagram.followers").out
    assert one.startswith("Instagram\n")
    assert one.count("[instagram.") == 1
    assert "Only when the answer to “Is your Instagram account private?” is “Yes”." in one


def test_show_in_plain_lines(program: Program) -> None:
    """The option and the variable are the same; no line is set in."""
    plain = program("--plain", "checklist", "show", "instagram").out
    assert plain == program("checklist", "show", "instagram", TERM="xterm", ACCESSIBLE="1").out
    assert "Choice: Yes (recommended)" in plain
    assert [line for line in plain.splitlines() if line != line.strip()] == []


@pytest.mark.parametrize("name", ["nowhere", "instagram.nothing", "instagram.", "setup.networks", ""])
def test_what_does_not_exist_cannot_be_shown(program: Program, name: str) -> None:
    """Neither a list nor a check of that name."""
    run = program("checklist", "show", name)
    assert run.code == 2
    assert f"“{name}”" in run.err
    assert run.out == ""


def test_a_list_of_ones_own_is_asked_and_reported(program: Program) -> None:
    """Its answers are kept, and its trust is said."""
    own = program.file("garden.yaml", OWN)
    answers = program.file("a.yaml", "version: 1\nanswers: {you: {my-garden.key: lost}}\n")
    assert program("audit", "--answers", answers, "--checklist", own).code == 0
    exported = program("report", "--format", "json").json
    assert exported["audit"]["checklists"][-1]["trust"] == "file"
    assert exported["audit"]["checklists"][-1]["id"] == "my-garden"


def test_lint_passes_a_good_file(program: Program) -> None:
    """Warnings do not fail."""
    run = program("checklist", "lint", program.file("garden.yaml", OWN), "--format", "json")
    assert run.code == 0
    assert {each["level"] for each in run.json["problems"]} == {"warning"}


def test_lint_names_every_problem_at_once(program: Program) -> None:
    """Each with its line; errors exit with 10."""
    bad = (
        OWN.replace("severity: high", "severity: awful")
        .replace("id: my-garden", "id: garden")
        .replace("minutes: 5", "minutes: soon\n    colour: green")
    )
    run = program("checklist", "lint", program.file("bad.yaml", bad))
    assert run.code == 10
    errors = [line for line in run.out.splitlines() if line.endswith("(error)")]
    assert [line.split(":")[1] for line in errors] == ["2", "10", "14", "15"]


def test_escapes_and_direction_marks_in_a_checklist_are_refused(program: Program) -> None:
    """Neither reaches the terminal, not even in the problem's own words."""
    for hidden in ("\\e[31m", "\\u202e"):
        bad = OWN.replace("title: My garden club", f'title: "My {hidden} club"')
        run = program(
            "audit", "--answers", "-", "--checklist", program.file("bad.yaml", bad), stdin=b"version: 1"
        )
        assert run.code == 3
        assert "bad.yaml:4: title:" in run.err
        assert "\x1b" not in run.err
        assert "\u202e" not in run.err


def test_a_reserved_name_is_refused(program: Program) -> None:
    """A person's own list begins with `my-`."""
    own = program.file("own.yaml", OWN.replace("my-garden", "instagram"))
    run = program("checklist", "lint", own)
    assert run.code == 10
    assert "my-" in run.out


def test_two_lists_of_ones_own_need_two_names(program: Program) -> None:
    """Neither wins silently."""
    one, two = program.file("one.yaml", OWN), program.file("two.yaml", OWN)
    run = program("audit", "--answers", "-", "--checklist", one, "--checklist", two, stdin=b"version: 1")
    assert run.code == 2
    assert "my-garden" in run.err


def test_a_files_name_cannot_command_the_terminal(program: Program) -> None:
    """An escape sequence in it is replaced."""
    run = program("checklist", "lint", program.file("a\x1b[31m.yaml", "x: 1"))
    assert run.code == 10
    assert "\x1b" not in run.out
    assert "\x1b" not in program("audit", "--answers", "b\x1b[31m.yaml").err


def test_a_list_of_ones_own_stays_until_its_file_is_gone(program: Program) -> None:
    """Later commands know it without being told; a file that went away is said, and nothing is lost."""
    own = program.file("garden.yaml", OWN)
    answers = program.file("a.yaml", "version: 1\nanswers: {you: {my-garden.key: lost}}\n")
    program("audit", "--answers", answers, "--checklist", own)
    assert "my-garden.key" in program("findings").out
    assert program("audit", "--answers", answers, "--checklist", "garden.yaml").code == 0
    assert "my-garden.key" in program("answers", "export").out
    (program.folder / "garden.yaml").unlink()
    run = program("status")
    assert run.code == 0
    assert "garden.yaml" in run.err


def test_a_faulty_list_or_file_makes_no_store(program: Program) -> None:
    """Nothing was stored means nothing was stored."""
    bad = program.file("bad.yaml", OWN.replace("severity: high", "severity: awful"))
    code = str(program.folder / "code.txt")
    run = program("audit", "--answers", "-", "--checklist", bad, "--recovery-file", code, stdin=b"version: 1")
    assert run.code == 3
    assert not program.home.exists()
    assert not (program.folder / "code.txt").exists()
