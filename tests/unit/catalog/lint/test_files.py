"""What an editor would say about a checklist."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.unit.catalog.said import HEAD, YES_NO_GOOD

from hygiene import resources
from hygiene.catalog.lint import lint_file
from hygiene.catalog.problems import Level
from hygiene.errors import NotDoneError

BUNDLED = resources.bundled("checklists")
GOOD = """\
format: 1
id: my-list
version: "2026.11"
title: {en: Mine, fr: La mienne}
domains: [example.org]
checks:
  - id: a
    title: {en: T, fr: T}
    question: {en: Q, fr: Q}
    risk: {en: R, fr: R}
    severity: low
    choices: yes-no
    good: "no"
    settings: https://www.example.org/a
    help: https://example.org/
    steps: {en: [Do it.], fr: [Faire.]}
"""


def lint(folder: Path, text: str, bundled: Path = BUNDLED) -> list[str]:
    """The remarks on a file, without its name."""
    file = folder / "mine.yaml"
    file.write_text(text)
    return [f"{each.level}:{str(each).removeprefix(f'{file}:')}" for each in lint_file(file, bundled)]


@pytest.mark.parametrize("file", sorted(BUNDLED.glob("[a-z]*.yaml")), ids=lambda file: file.stem)
def test_every_bundled_list_is_without_a_remark(file: Path) -> None:
    """Ours are held to our own rules, translations included."""
    assert lint_file(file, BUNDLED) == ()


def test_a_good_file_has_no_remarks(tmp_path: Path) -> None:
    """In both languages, with links on its own hosts and below."""
    assert lint(tmp_path, GOOD) == []


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("en: T,", f"en: {'x' * 81},", "error:1: my-list.a.title: 81 characters, 80 at most"),
        (
            "en: Q, fr: Q",
            f"en: Q, fr: {'x' * 161}",
            "error:1: my-list.a.question: 161 characters, 160 at most",
        ),
        ("en: R,", f"en: {'x' * 301},", "error:1: my-list.a.risk: 301 characters, 300 at most"),
        ("[Do it.]", f"[{'x' * 201}]", "error:1: my-list.a.steps: 201 characters, 200 at most"),
        (
            "{en: [Do it.], fr: [Faire.]}",
            f"{{en: [{'a,' * 8}], fr: [{'a,' * 8}]}}",
            "error:1: my-list.a.steps: more than 7 steps",
        ),
        ("en: T, fr: T", "en: T", "warning:1: my-list.a.title: no text in “fr”"),
        ("en: Q, fr: Q", "en: Q, fr: ''", "warning:1: my-list.a.question: no text in “fr”"),
        ("{en: R, fr: R}", "R", "warning:1: my-list.a.risk: no text in “fr”"),
        ("{en: [Do it.], fr: [Faire.]}", "[Do it.]", "warning:1: my-list.a.steps: no text in “fr”"),
        (
            'choices: yes-no\n    good: "no"',
            "choices: {a: {text: A, good: true}}",
            "warning:1: my-list.a.choices.a: no text in “fr”",
        ),
        (
            "www.example.org/a",
            "example.org.evil.com/",
            "error:1: my-list.a: the link's host example.org.evil.com is not among the domains",
        ),
        (
            "www.example.org/a",
            "badexample.org/",
            "error:1: my-list.a: the link's host badexample.org is not among the domains",
        ),
        (
            "help: https://example.org/",
            "help: https://example.com/",
            "error:1: my-list.a: the link's host example.com is not among the domains",
        ),
    ],
)
def test_what_could_be_better(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """Too long, not translated, links to strangers."""
    assert old in GOOD
    assert lint(tmp_path, GOOD.replace(old, new)) == [expected]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("en: T,", f"en: {'x' * 80},"),
        ("en: Q, fr: Q", f"en: Q, fr: {'x' * 160}"),
        ("en: R,", f"en: {'x' * 300},"),
        ("[Do it.]", f"[{'x' * 200}]"),
        ("{en: [Do it.], fr: [Faire.]}", f"{{en: [{'a,' * 7}], fr: [{'a,' * 7}]}}"),
    ],
)
def test_exactly_as_long_as_allowed(tmp_path: Path, old: str, new: str) -> None:
    """The limits themselves are fine."""
    assert lint(tmp_path, GOOD.replace(old, new)) == []


def second(good: str = "no", title: str = "U") -> str:
    """The file with a second check."""
    entry = GOOD.partition("checks:\n")[2].replace("id: a", "id: b").replace("en: T,", f"en: {title},")
    return GOOD + entry.replace('good: "no"', f'good: "{good}"')


def test_two_checks_of_the_same_title(tmp_path: Path) -> None:
    """In a report nobody could tell them apart."""
    assert lint(tmp_path, second(title="T")) == [
        f"error:1: my-list.{each}: another check has the same title" for each in "ab"
    ]
    assert lint(tmp_path, second()) == []


def test_a_list_whose_answer_is_always_yes(tmp_path: Path) -> None:
    """People stop reading: warned from the second check on, and not where one is otherwise."""
    always_yes = second(good="yes").replace('good: "no"', 'good: "yes"')
    assert lint(tmp_path, always_yes) == ["warning:1: checks: the good answer is always “yes”"]
    assert lint(tmp_path, second(good="yes")) == []
    one = GOOD.replace('good: "no"', 'good: "yes"')
    assert lint(tmp_path, one) == []
    sometimes = "choices: {yes: {text: {en: Y, fr: O}, good: true}, rarely: {text: {en: R, fr: R}}}"
    two = re.sub(r'choices: yes-no\n    good: "yes"', sometimes, always_yes, count=1)
    assert lint(tmp_path, two) == []
    other = "choices: {c: {text: {en: C, fr: C}, good: true}}"
    three = re.sub(r'choices: yes-no\n    good: "yes"', other, always_yes, count=1)
    assert lint(tmp_path, three) == []


def test_a_file_in_the_bundled_folder_is_held_to_our_rules(tmp_path: Path) -> None:
    """Its name needs no “my-”, it may take up core questions, and a missing translation is an error."""
    (tmp_path / "_core.yaml").write_text("language: en\nchecks: []\n")
    ours = GOOD.replace("my-list", "acme").replace("en: T, fr: T", "en: T")
    assert lint(tmp_path, ours, tmp_path) == ["error:1: acme.a.title: no text in “fr”"]


def test_what_cannot_be_used_comes_alone(tmp_path: Path) -> None:
    """First the problems of the file, in its order; remarks when it can be read."""
    text = (
        HEAD.replace("title: T", f"title: {'x' * 100}").replace("severity: low", "severity: dire")
        + YES_NO_GOOD
    )
    assert lint(tmp_path, "colour: red\n" + text) == [
        "error:1: colour: unknown key",
        "error:11: checks[0].severity: “dire” is not one of info, low, medium, high, critical",
    ]
    assert lint(tmp_path, "a: [") == ["error:2: not YAML: did not find expected node content"]


def test_every_problem_has_its_level(tmp_path: Path) -> None:
    """Errors keep a file from being used, warnings do not."""
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD.replace("{en: R, fr: R}", "R"))
    assert [each.level for each in lint_file(file, BUNDLED)] == [Level.WARNING]


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    """Is no problem of a checklist."""
    with pytest.raises(NotDoneError, match="cannot be read"):
        lint_file(tmp_path / "missing.yaml", BUNDLED)
