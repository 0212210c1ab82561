from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene.reporting.markdown import escape, render_markdown
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.report import Report, make_report

Golden = Callable[[str, str], None]


def test_english(golden: Golden, report: Report) -> None:
    golden("report.md", render_markdown(report))


def test_french(golden: Golden, french: Report) -> None:
    golden("report.fr.md", render_markdown(french))


@pytest.mark.parametrize(
    ("words", "escaped"),
    [
        (
            "a * b _c_ `d` [e](f) <g> h|i #j ~k \\",
            r"a \* b \_c\_ \`d\` \[e\](f) \<g\> h\|i \#j \~k " + "\\\\",
        ),
        ("two\r\n\n lines", "two lines"),
        ("- no list", r"\- no list"),
        ("1. no list", r"1\. no list"),
        ("12) no list", r"12\) no list"),
        ("2026.11", "2026.11"),
        ("=== no title", r"\=== no title"),
        ("R&D &lt; &#60;", r"R\&D \&lt; \&\#60;"),
        ("https://evil.example www.evil.example", r"https\://evil.example www\.evil.example"),
    ],
)
def test_words_stay_the_words_that_they_are(words: str, escaped: str) -> None:
    assert escape(words) == escaped


def test_every_action_and_every_place_is_a_task(report: Report) -> None:
    tasks = re.findall(r"^ *- \[ \] ", render_markdown(report), re.MULTILINE)
    several = [action for action in report.actions if len(action.places) > 1]
    assert len(tasks) == len(report.actions) + sum(len(action.places) for action in several)


def test_only_safe_addresses_are_links(report: Report) -> None:
    targets = re.findall(r"(?<!\\)\]\(<?([^)>]*)", render_markdown(report))
    assert targets
    assert all(target.startswith("https://") for target in targets)
    assert not any("@" in target for target in targets)


def test_no_markup_of_a_stranger_is_left(report: Report) -> None:
    said = render_markdown(report)
    assert not re.search(r"(?<!\\)<(?!https://)", said)
    assert "\x1b" not in said
    assert "\u202e" not in said


def test_an_empty_report_has_no_empty_parts() -> None:
    empty = replace(sample.assessment(()), passwords=(), not_covered=())
    report = make_report(empty, sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    headings = re.findall(r"^## .*", render_markdown(report), re.MULTILINE)
    assert headings == ["## How the score is worked out"]
