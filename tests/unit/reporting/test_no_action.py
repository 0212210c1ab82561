from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene.model.finding import Assessment, PasswordState, Result, Waiver
from hygiene.reporting.html import render_html
from hygiene.reporting.markdown import escape, render_markdown
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.report import Report, make_report
from hygiene.reporting.text import render_summary

QUESTION = sample.check("instagram.question", sample.both("Mend it", "Réparez"))
IN_ORDER = (sample.result("insta", QUESTION, sample.PASS),)
UNASKED = (sample.result("insta", QUESTION, sample.NOT_CHECKED),)
FAILS = sample.result("insta", QUESTION, sample.FAIL)
ACCEPTED = (replace(FAILS, waiver=Waiver("it is a public page", None)),)

GOOD = "Everything that was asked is as it should be."
GOOD_OR_ACCEPTED = "Everything that was asked is as it should be, or you accepted it as it is."


def assessed(results: tuple[Result, ...], *states: PasswordState) -> Assessment:
    passwords = tuple(each for each in sample.passwords() if each.age.state in states)
    return replace(sample.assessment(results), passwords=passwords, not_covered=())


def reported(assessment: Assessment) -> Report:
    return make_report(assessment, sample.CATALOGUE, sample.POLICY, Occasion(), "en")


@pytest.mark.parametrize(
    ("results", "title", "sentence"),
    [
        (IN_ORDER, "Nothing to do", GOOD),
        (ACCEPTED, "Nothing to do", GOOD_OR_ACCEPTED),
        (UNASKED, "Nothing answered yet", "What there is to do shows as soon as questions are answered."),
        ((), "Nothing to do", GOOD),
    ],
)
def test_no_form_says_more_than_the_answers_allow(
    results: tuple[Result, ...], title: str, sentence: str, templates: Path
) -> None:
    report = reported(assessed(results))
    assert (report.no_action.title, report.no_action.sentences) == (title, (sentence,))
    assert f"**{title}.** {escape(sentence)}" in render_markdown(report)
    assert f"{title}.\n" in render_summary(report)
    first, _, _ = render_html(report, templates).partition("</section>")
    assert f'<h2 id="first">{title}</h2>' in first
    assert sentence in first


def test_a_reminder_that_is_reached_is_not_passed_over(templates: Path) -> None:
    report = reported(assessed(IN_ORDER, PasswordState.DUE))
    accounts = ", ".join(str(line.account) for line in report.passwords.of(PasswordState.DUE))
    good, reminder = report.no_action.sentences
    assert good == GOOD
    assert reminder.startswith("Reminder reached for ")
    assert reminder.endswith(f": {accounts}.")
    assert render_html(report, templates).count(GOOD) == 1


def test_beside_an_action_none_of_it_is_said(templates: Path) -> None:
    report = reported(assessed((FAILS,)))
    for text in (render_markdown(report), render_html(report, templates), render_summary(report)):
        assert "Nothing to do" not in text
        assert GOOD not in text
