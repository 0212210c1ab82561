from __future__ import annotations

import unicodedata
from collections.abc import Callable

import pytest
from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.text import same
from hygiene.reporting.occasion import Due, DueCheck, EndedWaiver, Occasion
from hygiene.reporting.report import Report, make_report
from hygiene.reporting.text import render_due, render_findings, render_status, render_summary

Golden = Callable[[str, str], None]


def _all(report: Report, due: Due) -> str:
    forms = (
        render_summary(report),
        render_status(report, due),
        render_findings(report),
        render_due(report, due),
    )
    return "\n".join(forms)


def test_english(golden: Golden, report: Report, due: Due) -> None:
    golden("text.txt", _all(report, due))


def test_french(golden: Golden, french: Report, due: Due) -> None:
    golden("text.fr.txt", _all(french, due))


def test_nothing_that_a_terminal_would_obey_comes_out(report: Report, due: Due) -> None:
    said = _all(report, due)
    bad = {char for char in said if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char != "\n"}
    assert bad == set()


@pytest.mark.parametrize("width", [1, 40, 72, 200])
def test_lines_keep_to_the_width_save_for_what_cannot_be_broken(report: Report, width: int) -> None:
    for line in render_summary(report, width).splitlines():
        assert len(line) <= max(width, 20) or " " not in line.strip()


def test_each_finding_stands_on_one_line_the_worst_first(report: Report) -> None:
    lines = render_findings(report).splitlines()
    ids = [line[line.rindex("[") + 1 : -1] for line in lines]
    assert sorted(ids) == sorted(result.id for result in sample.assessment().findings)
    assert lines[0].startswith("Critical severity: Keep your home address to yourself")
    assert lines[-1].endswith("[you/my-list.mean]")


def test_nothing_to_do_is_said(due: Due) -> None:
    passed = [each for each in sample.RESULTS if each.outcome is sample.PASS]
    fresh = [each for each in sample.passwords() if each.age.state.value == "fresh"]
    assessment = replace(sample.assessment(tuple(passed)), passwords=tuple(fresh), not_covered=())
    report = make_report(assessment, sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    assert render_summary(report) == (
        "Score: 100 out of 100 (4 of 4 checks answered).\nNothing to do.\n\n"
        "Passwords: no reminder has been reached.\n"
    )
    assert "Nothing to do." in render_status(report, due)
    assert render_findings(report) == "Nothing to do.\n"


def test_before_the_first_answer_there_is_no_score() -> None:
    empty = replace(sample.assessment(()), passwords=(), not_covered=())
    report = make_report(empty, sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    assert render_summary(report) == "Score: none yet (0 of 0 checks answered).\nNothing to do.\n\n"


def test_the_audit_is_due_or_not_planned(report: Report) -> None:
    due = Due(sample.DAY, next_audit_on=sample.DAY, audit_due=True)
    assert render_due(report, due).endswith("The yearly audit has been due since 22 November 2026.\n")
    assert render_due(report, Due(sample.DAY)).endswith("There has been no audit yet.\n")
    off = Due(sample.DAY, last_audit_on=sample.DAY, audit_due=False)
    assert render_due(report, off).endswith("No next audit is planned.\n")


def test_dated_checks_are_said_once_for_all_their_accounts(report: Report) -> None:
    """Harmless, whatever the account is called."""
    title = sample.both("Look through the devices", "Passer en revue les appareils")
    checks = (
        DueCheck("insta/instagram.sessions", title, same("Instagram\x1b[31m"), sample.DAY),
        DueCheck("x/x.sessions", title, same("X"), sample.DAY),
        DueCheck("you/habits.search", same("Search for yourself"), None, sample.DAY),
    )
    lines = render_due(report, Due(sample.DAY, checks=checks)).splitlines()
    assert "To look at again: Look through the devices (Instagram\N{REPLACEMENT CHARACTER}[31m, X)." in lines
    assert "To look at again: Search for yourself." in lines
    assert not Due(sample.DAY, audit_due=False, checks=checks).is_anything


def test_three_actions_are_shown_and_the_rest_is_counted(report: Report) -> None:
    fourth = replace(report, actions=report.actions[:4])
    assert "And 1 more thing to do." in render_summary(fourth)
    third = replace(report, actions=report.actions[:3])
    assert "more thing" not in render_summary(third)


@pytest.mark.parametrize(
    ("rules", "words"),
    [
        (Rules(Layer.DEFAULT, password_months=3), "a house rule of this program"),
        (Rules(Layer.ORGANISATION, password_months=6), "Your charter suggests a reminder after 6 months"),
        (Rules(Layer.ORGANISATION, "The club", 24), "The club suggests a reminder after 2 years"),
        (Rules(Layer.PERSON, password_months=12), "after 12 months: the rule that you chose yourself"),
        (Rules(Layer.PERSON, password_months=0), "switched off"),
    ],
)
def test_whose_rule_the_reminder_is(rules: Rules, words: str) -> None:
    report = make_report(sample.assessment(), sample.CATALOGUE, Policy((rules,)), Occasion(), "en")
    assert words in report.passwords.rule


def test_the_words_are_those_of_a_reminder(report: Report, due: Due) -> None:
    said = _all(report, due).casefold()
    assert "reminder reached" in said
    assert "expired" not in said
    assert "non-compliant" not in said


def test_what_is_no_longer_accepted_is_named_and_can_be_acted_on(due: Due, report: Report) -> None:
    """By its title in the person's language, with the id; by the id alone where the check is gone."""
    title = sample.both("Leave the map", "Quitter la carte")
    ended = (
        EndedWaiver("insta/instagram.map", sample.DAY, title, same("Insta")),
        EndedWaiver("you/my-club.keys", sample.DAY, same("Find the keys")),
        EndedWaiver("insta/instagram.gone", sample.DAY),
    )
    now = replace(due, ended_waivers=ended)
    lines = [line for line in render_due(report, now).splitlines() if line.startswith("No longer accepted")]
    assert lines == [
        "No longer accepted: Leave the map (Insta) [insta/instagram.map].",
        "No longer accepted: Find the keys [you/my-club.keys].",
        "No longer accepted: insta/instagram.gone.",
    ]
    assert lines[0] in render_status(report, now, 100)
