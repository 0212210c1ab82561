"""Texts: languages, lengths, placeholders, typography, likeness."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import BUNDLED, CHOICES, GOOD, OUR_CORE, OURS, check, lint, ours

from hygiene.catalog.lint.texts import LONGEST

SPACE = "an ordinary space in “{}”: French puts a no-break space there"
YES_NO = 'choices: yes-no\n    good: "no"\n'


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("fr: T", f"fr: {'x' * 81}", "error:8: checks[0].title.fr: 81 characters, 80 at most"),
        ("fr: Q", f"fr: {'x' * 161}", "error:9: checks[0].question.fr: 161 characters, 160 at most"),
        ("en: R,", f"en: {'x' * 301},", "error:10: checks[0].risk.en: 301 characters, 300 at most"),
        ("[Do it.]", f"[{'x' * 201}]", "error:16: checks[0].steps.en[0]: 201 characters, 200 at most"),
        ("fr: La mienne", f"fr: {'x' * 81}", "error:4: title.fr: 81 characters, 80 at most"),
        (
            "    risk",
            f"    done: {{en: A, fr: {'x' * 81}}}\n    risk",
            "error:10: checks[0].done.fr: 81 characters, 80 at most",
        ),
        (
            "    " + YES_NO,
            CHOICES.replace("fr: M", f"fr: {'x' * 91}"),
            "error:14: checks[0].choices.bad.text.fr: 91 characters, 90 at most",
        ),
        ("en: T,", "en: T?,", "error:8: checks[0].title.en: a title says what to do: it is not a question"),
        ("fr: La mienne", "", "warning:4: title.fr: no text in “fr”"),
        ("en: T, fr: T", "en: T", "warning:8: checks[0].title.fr: no text in “fr”"),
        ("en: Q, fr: Q", "en: Q, fr: ''", "warning:9: checks[0].question.fr: no text in “fr”"),
        (
            "    steps: {en: [Do it.], fr: [Faire.]}\n",
            "",
            "warning:7: checks[0].steps: no steps: nobody is told what to do",
        ),
        ("{en: R, fr: R}", "R", "warning:10: checks[0].risk.fr: no text in “fr”"),
        ("{en: [Do it.], fr: [Faire.]}", "[Do it.]", "warning:16: checks[0].steps.fr: no text in “fr”"),
        (
            "steps: {en: [Do it.], fr: [Faire.]}",
            "steps:\n      web: {en: [Do.], fr: [Faire.]}\n      ios: [Tap.]",
            "warning:18: checks[0].steps.ios.fr: no text in “fr”",
        ),
        (
            "    " + YES_NO,
            CHOICES.replace("{en: B, fr: M}", "B"),
            "warning:14: checks[0].choices.bad.text.fr: no text in “fr”",
        ),
        (
            "en: R,",
            "en: 'In {network} and {place}',",
            "error:10: checks[0].risk.en: the placeholder {place} is not known here",
        ),
        (
            "[Do it.]",
            "['Go to {}.']",
            "error:16: checks[0].steps.en[0]: the placeholder {} is not known here",
        ),
        (
            "fr: Q",
            "fr: 'Q ?'",
            f"warning:9: checks[0].question.fr: {SPACE.format(' ?')}",
        ),
        (
            "[Faire.]",
            "['« A »']",
            f"warning:16: checks[0].steps.fr[0]: {SPACE.format('« ')}",
        ),
    ],
)
def test_what_could_be_better(tmp_path: Path, old: str, new: str, expected: str) -> None:
    """Too long, not translated, with words that nobody fills in."""
    assert old in GOOD
    assert lint(tmp_path, GOOD.replace(old, new, 1)) == [expected]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("en: T,", f"en: {'x' * LONGEST['title']},"),
        ("en: Q, fr: Q", f"en: Q, fr: {'x' * LONGEST['question']}"),
        ("en: R,", f"en: {'x' * LONGEST['risk']},"),
        ("[Do it.]", f"[{'x' * LONGEST['steps']}]"),
        ("{en: [Do it.], fr: [Faire.]}", f"{{en: [{'a,' * 7}], fr: [{'a,' * 7}]}}"),
        ("en: R, fr: R", "en: 'A ?', fr: 'A\u202f? « B »\u00a0: {network}'"),
    ],
)
def test_exactly_as_long_as_allowed(tmp_path: Path, old: str, new: str) -> None:
    """The limits themselves are fine."""
    new = new.replace("« B »", "«\u00a0B\u00a0»")
    assert lint(tmp_path, GOOD.replace(old, new)) == []


def test_too_many_steps(tmp_path: Path) -> None:
    """In each language, since each is read."""
    text = GOOD.replace("{en: [Do it.], fr: [Faire.]}", f"{{en: [{'a,' * 8}], fr: [{'a,' * 8}]}}")
    assert lint(tmp_path, text) == [
        f"error:16: checks[0].steps.{each}: 8 steps, 7 at most" for each in ("en", "fr")
    ]


def test_typography_and_translations_are_errors_in_ours(tmp_path: Path) -> None:
    """Others are free to write in one language, and on a plain keyboard."""
    found = ours(tmp_path, OURS.replace("fr: Q", "fr: 'Q ?'").replace("fr: La mienne", ""))
    assert [each.partition(": ")[0] for each in found] == ["error:4", "error:10"]


def test_what_is_asked_before_the_first_check_may_be_filled_in_by_the_program(tmp_path: Path) -> None:
    """Its placeholders are the program's own; its length and languages are looked at."""
    setup = OUR_CORE.replace("{en: Codes, fr: Codes}", "{en: 'Codes of {who}'}")
    found = ours(tmp_path, setup, name="_setup.yaml")
    assert "error:13: checks[1].title.fr: no text in “fr”" in found
    assert not any("placeholder" in each for each in found)


def test_two_checks_of_the_same_title(tmp_path: Path) -> None:
    """In a report nobody could tell them apart, in whichever language."""
    said = "another check has the same title in"
    both = GOOD + check("b", title="{en: t, fr: T}")
    assert lint(tmp_path, both) == [
        f"error:{line}: checks[{place}].title.{language}: {said} “{language}”"
        for place, line in enumerate((8, 18))
        for language in ("en", "fr")
    ]
    french = GOOD + check("b", title="{en: U, fr: T}")
    assert [each.partition(": ")[0] for each in lint(tmp_path, french)] == ["error:8", "error:18"]
    assert lint(tmp_path, GOOD + check("b")) == []


def test_a_title_like_that_of_a_core_question(tmp_path: Path) -> None:
    """It is not in this file, but it is in the list."""
    text = OURS.replace("{en: T, fr: T}", "{en: Second step, fr: T}").replace(
        "checks:", "core:\n  two-factor:\n    minutes: 3\nchecks:"
    )
    assert ours(tmp_path, text) == [
        f"error:{line}: {where}.title.en: another check has the same title in “en”"
        for line, where in ((8, "core.two-factor"), (12, "checks[0]"))
    ]


def test_two_choices_that_read_the_same(tmp_path: Path) -> None:
    """Nobody could choose between them."""
    text = GOOD.replace("    " + YES_NO, CHOICES.replace("fr: M", "fr: b"))
    assert lint(tmp_path, text) == [
        f"error:{line}: checks[0].choices.{choice}.text.fr: another choice reads the same"
        for line, choice in ((13, "fine"), (14, "bad"))
    ]


def test_what_was_said_is_a_text_too(tmp_path: Path) -> None:
    """By choice."""
    text = GOOD + "    said: {yes: I do}\n"
    assert lint(tmp_path, text, BUNDLED) == ["warning:17: checks[0].said.yes.fr: no text in “fr”"]
