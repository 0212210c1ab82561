"""`hygiene checklist new`, `preview` and `diff`: a list written, seen and changed; nothing is stored."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from tests.cli.conftest import Program, Run
from tests.cli.test_checklist import OWN

TYPED = """\
1
{title}

Is the room locked?
1
1
Lock the room
Anybody can walk in.
2
Turn the key.

https://choir.example/keys
no
"""


def new(program: Program, *arguments: str, title: str = "Our choir", typed: str = TYPED) -> Run:
    """Write a list from a pipe."""
    return program("--plain", "checklist", "new", *arguments, stdin=typed.format(title=title).encode())


def is_untouched(program: Program) -> bool:
    return not program.home.exists()


def test_a_list_is_written_and_lint_lets_it_pass(program: Program) -> None:
    run = new(program)
    path = program.folder / "my-our-choir.yaml"
    assert (run.code, run.out) == (0, f"{path.name}\n")
    assert "Lint has nothing against it." in run.err
    assert "5 texts are not in “fr” yet" in run.err
    assert program("checklist", "lint", str(path)).code == 0
    assert program("checklist", "show", "my-our-choir").code == 2  # it is a file, and nothing keeps it
    assert is_untouched(program)


def test_every_field_is_explained_once(program: Program) -> None:
    """In the first check; a comment stands above each line that says something."""
    again = TYPED[TYPED.index("Is the room") :].replace("Lock the room", "Lock it again")
    assert new(program, "a.yaml", typed=TYPED.replace("no\n", "yes\n") + again).code == 0
    lines = (program.folder / "a.yaml").read_text(encoding="utf-8").splitlines()
    first, second = "\n".join(lines).split("\n\n  - id: ")
    said = [line for line in first.splitlines()[4:] if line]
    for above, line in pairwise(said):
        key = line.strip().removeprefix("- ")
        if not key.startswith(("#", "checks:", '"')) and ": " in key:
            assert above.strip().startswith("#"), line
    assert "#" not in second


def test_the_file_is_asked_like_any_other(program: Program) -> None:
    """Its answers are kept, and a bad one is a finding with the step that was typed."""
    new(program, "choir.yaml")
    answers = program.file("a.yaml", 'version: 1\nanswers: {you: {my-our-choir.lock-the-room: "no"}}\n')
    assert program("audit", "--answers", answers, "--checklist", "choir.yaml").code == 0
    assert "Turn the key." in program("report", "--format", "md").out


def test_a_list_for_a_source(program: Program) -> None:
    """Lint has to be told, else it takes it for somebody's own."""
    assert new(program, "--source", "acme", title="Phones").code == 0
    path = str(program.folder / "acme-phones.yaml")
    assert program("checklist", "lint", path).code == 10
    assert program("checklist", "lint", path, "--source", "acme").code == 0
    assert program("checklist", "preview", path, "--answers", "invented").code == 0


@pytest.mark.parametrize("source", ["my", "hygiene", "instagram", "ACME", "a", "a-b", "../x"])
def test_a_source_has_a_name_of_its_own(program: Program, source: str) -> None:
    run = new(program, "--source", source)
    assert run.code in (2, 3)
    assert "What is the list about?" not in run.err
    assert list(program.folder.glob("*.yaml")) == []


def test_nothing_is_written_over(program: Program) -> None:
    there = Path(program.file("there.yaml", "mine"))
    run = new(program, str(there))
    assert run.code == 3
    assert "is there already" in run.err
    assert there.read_text() == "mine"


def test_nothing_is_written_into_our_own_folder(program: Program) -> None:
    program.home.mkdir()
    assert new(program, str(program.home / "a.yaml")).code == 3
    assert list(program.home.iterdir()) == []


def test_without_a_terminal_nobody_can_be_asked(program: Program) -> None:
    assert program("checklist", "new").code == 2


def test_an_input_that_ends_too_soon_leaves_no_file(program: Program) -> None:
    run = new(program, typed="\n".join(TYPED.splitlines()[:6]))
    assert run.code == 3
    assert list(program.folder.glob("*.yaml")) == []


def test_the_end_of_the_input_is_the_end_of_the_list(program: Program) -> None:
    """Where another check could come."""
    assert new(program, typed=TYPED.removesuffix("no\n")).code == 0


def test_comments_and_texts_are_in_the_language_of_the_run(program: Program) -> None:
    typed = TYPED.replace("Is the room locked?", "La salle est-elle fermée ?")
    run = new(program, "--lang", "fr", "a.yaml", typed=typed)
    assert run.code == 0, run.err
    text = (program.folder / "a.yaml").read_text(encoding="utf-8")
    assert "\nlanguage: fr\n" in text
    assert "fermée\u202f?" in text
    new(program, "b.yaml")
    english = (program.folder / "b.yaml").read_text(encoding="utf-8")
    comments = {line for line in text.splitlines() if line.strip().startswith("#")}
    assert comments.isdisjoint(english.splitlines())


def test_a_preview_shows_every_screen_and_a_report(program: Program) -> None:
    """Without a terminal the answers are invented."""
    own = program.file("garden.yaml", OWN)
    run = program("checklist", "preview", own, "-o", "page.html")
    assert run.code == 0, run.err
    assert "Who holds the key of the shed?\n1. I know who\n2. Nobody knows\n" in run.out
    assert "Score: 0 out of 100 (1 of 1 check answered)." in run.out
    assert "The report is one with invented answers" in run.err
    page = (program.folder / "page.html").read_text(encoding="utf-8")
    assert page.startswith("<!")
    assert "Know who holds the key" in page
    assert is_untouched(program)


def test_a_preview_asks_and_throws_the_answers_away(program: Program) -> None:
    run = program("--plain", "checklist", "preview", program.file("garden.yaml", OWN), stdin=b"2\n")
    assert run.code == 0
    assert "Noted: Nobody knows" in run.err
    assert "your answers are thrown away, and nothing was stored" in run.err
    assert "Who holds the key" not in run.out
    assert is_untouched(program)


def test_the_answers_of_a_preview_may_be_invented_at_a_terminal_too(program: Program) -> None:
    own = program.file("garden.yaml", OWN)
    run = program("--plain", "checklist", "preview", own, "--answers", "invented", stdin=b"2\n")
    assert "Noted: Nobody knows" in run.out
    assert "Noted" not in run.err
    assert program("checklist", "preview", own, "--answers", "real").code == 2


def test_a_preview_names_what_it_does_not_ask(program: Program) -> None:
    others = OWN[OWN.index("  - id: key") :].replace("id: key", "id: shed").replace("Know who", "Say who")
    own = program.file("garden.yaml", OWN + others + "    when: my-garden.key is known\n")
    run = program("checklist", "preview", own)
    said = " ".join(run.err.split())
    assert "Not asked this time: “Say who holds the key”; only when the answer to “Who holds the key" in said


def test_a_preview_of_our_own_lists(program: Program) -> None:
    """Core questions and all."""
    from hygiene import resources

    run = program("checklist", "preview", str(resources.bundled("checklists") / "mastodon.yaml"))
    assert run.code == 0
    assert "When did you last change this password?" in run.out


def test_a_faulty_file_has_no_preview_and_no_difference(program: Program) -> None:
    bad, good = program.file("bad.yaml", OWN.replace("high", "awful")), program.file("good.yaml", OWN)
    for command in (
        ["preview", bad],
        ["diff", bad, good],
        ["diff", good, bad],
        ["diff", good, "no.yaml"],
    ):
        run = program("checklist", *command)
        assert (run.code, run.out) == (3, "")


def test_a_difference_is_said_in_words(program: Program) -> None:
    old = program.file("old.yaml", OWN)
    changed = OWN.replace("lost: {text: Nobody knows}", "none: {text: No key}").replace("2026.11", "2026.12")
    run = program("checklist", "diff", old, program.file("new.yaml", changed))
    assert run.code == 0
    assert run.out.startswith("My garden club (my-garden): from version 2026.11 to version 2026.12.\n")
    assert "Asked at the next audit:\n" in run.out
    assert "“Nobody knows” is gone" in " ".join(run.out.split())
    assert is_untouched(program)


def test_a_difference_as_json(program: Program) -> None:
    old, new_ = program.file("old.yaml", OWN), program.file("new.yaml", OWN.replace("high", "low"))
    found = program("checklist", "diff", old, new_, "--format", "json").json
    assert found["schema"] == "hygiene.checklist-diff/1"
    assert [(each["effect"], each["reason"]) for each in found["changes"]] == [
        ("judged", "severity"),
        ("gone", "now-minor"),
    ]
    assert program("checklist", "diff", old, new_, "--format", "xml").code == 2


def test_no_difference_is_said(program: Program) -> None:
    own = program.file("own.yaml", OWN)
    assert "Nothing changes for those who answer." in program("checklist", "diff", own, own).out
    assert program("checklist", "diff", own, own, "--format", "json").json["changes"] == []
