"""Choices and what is said about them."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import CHOICES, GOOD, OUR_CORE, OURS, check, lint, ours

YES = {"good": '"yes"'}
REFLEX = "warning:6: checks: the good answer is always “yes”"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            GOOD + "    group_question: {en: Q, fr: Q}\n",
            "error:17: checks[0].group_question: only a core question has one",
        ),
        (GOOD + "    within: 6\n", "error:17: checks[0].within: only a date has it"),
        (
            GOOD.replace("    choices: yes-no\n", CHOICES),
            "error:15: checks[0].good: it goes only with “choices: yes-no”",
        ),
        (
            GOOD.replace('    choices: yes-no\n    good: "no"\n', CHOICES).replace(
                "good: true", "good: true, severity: low"
            ),
            "warning:13: checks[0].choices.fine.severity: no effect: the choice is good for everyone",
        ),
        (
            GOOD.replace('    choices: yes-no\n    good: "no"\n', CHOICES).replace(
                "fr: M}", "fr: M}, good: true"
            ),
            "warning:12: checks[0].choices: every choice is good: nothing can be found here",
        ),
    ],
)
def test_fields_without_effect(tmp_path: Path, text: str, expected: str) -> None:
    """Whoever writes them believes that they do something."""
    assert lint(tmp_path, text) == [expected]


def test_fields_with_effect(tmp_path: Path) -> None:
    """A date's months; a severity where the choice is bad, or good for some only."""
    dated = GOOD.replace('    choices: yes-no\n    good: "no"\n', "    kind: date\n    within: 6\n")
    assert lint(tmp_path, dated) == []
    graded = CHOICES.replace("good: true", "good: [work], severity: low").replace(
        "fr: M}", "fr: M}, severity: info"
    )
    assert lint(tmp_path, GOOD.replace('    choices: yes-no\n    good: "no"\n', graded)) == []


def test_a_core_question_may_ask_about_several_accounts(tmp_path: Path) -> None:
    """And may not be told off for its choices in every network that takes it up."""
    core = OUR_CORE.replace(
        "    risk:", "    group_question: {en: Which?, fr: Lesquelles\u202f?}\n    risk:", 1
    )
    core = core.replace("good: true", "good: true, severity: low")
    text = OURS.replace("checks:", "core: {two-factor: {minutes: 3}}\nchecks:")
    (only,) = ours(tmp_path, text, core=core)
    assert only.endswith(
        "_core.yaml:11: checks[0].choices.app.severity: no effect: the choice is good for everyone"
    )


def test_a_list_whose_answer_is_always_yes(tmp_path: Path) -> None:
    """From the third such question on; other kinds of questions do not keep people awake."""
    always = GOOD.replace('"no"', '"yes"') + check("b", **YES) + check("c", **YES)
    assert lint(tmp_path, always) == [REFLEX]
    assert lint(tmp_path, always.partition("  - id: c")[0]) == []
    assert lint(tmp_path, always + check("d")) == []
    dated = check("d", kind="date", within="3", choices="", good="")
    assert lint(tmp_path, always + dated) == [REFLEX]
    anything = check("d").replace('    choices: yes-no\n    good: "no"\n', CHOICES)
    assert lint(tmp_path, always + anything) == [REFLEX]
    either = "{yes: {text: {en: Y, fr: O}, good: true}, no: {text: {en: N, fr: N}, good: [work]}}"
    assert lint(tmp_path, always + check("d", choices=either, good="")) == []
