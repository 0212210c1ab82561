"""The second year: what changed, and the scores side by side, in every form of the report."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.reporting import sample, second_year
from tests.unit.reporting.test_html import Page

from hygiene import language
from hygiene.engine.passwords import age_of
from hygiene.model.account import Account
from hygiene.model.finding import Changes, Password, PasswordAge, PasswordState, Score
from hygiene.model.record import Reminder
from hygiene.reporting import json_form
from hygiene.reporting.change_section import ChangeSection, change_section, say_change, trend_of
from hygiene.reporting.html import render_html
from hygiene.reporting.markdown import render_markdown
from hygiene.reporting.memory_text import render_changes, render_history
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.report import Report, make_report
from hygiene.reporting.text import render_summary
from hygiene.reporting.words import Voice

Golden = Callable[[str, str], None]
LOCALE = Path(__file__).resolve().parents[3] / "locale"


def made(occasion: Occasion = second_year.OCCASION, code: str = "en") -> Report:
    return make_report(sample.assessment(), sample.CATALOGUE, sample.POLICY, occasion, code)


def section(changes: Changes, *, until_today: bool = True) -> ChangeSection:
    accounts = {account.id: account for account in sample.ACCOUNTS}
    return change_section(
        changes, Voice("en", sample.DAY, sample.CATALOGUE, accounts), until_today=until_today
    )


@pytest.mark.parametrize("code", ["en", "fr"])
def test_the_second_year(golden: Golden, code: str) -> None:
    """Compare and history as text, the summary, and the changes as Markdown and JSON."""
    language.use(code, LOCALE)
    report = made(code=code)
    assert report.changes is not None
    value = json_form.report_json(sample.assessment(), second_year.OCCASION, code)
    texts = (
        render_changes(report.changes),
        render_history(second_year.HISTORY, code),
        render_summary(report),
        "\n".join(render_markdown(report).splitlines()[:60]) + "\n",
        json_form.to_text({"changes": value["changes"]}),
    )
    golden("second-year.txt" if code == "en" else "second-year.fr.txt", "\n".join(texts))


def test_the_json_of_history_and_compare(golden: Golden) -> None:
    """Dates are days, and what is today has no audit."""
    before, *_rest, after = (past.audit for past in second_year.HISTORY)
    values = (
        json_form.history_json(second_year.HISTORY),
        json_form.compare_json(second_year.CHANGES, before, after),
    )
    golden("second-year.json", "".join(map(json_form.to_text, values)))
    assert json_form.compare_json(second_year.CHANGES, before, None)["to_audit"] is None


def test_what_got_worse_comes_first_after_the_actions(templates: Path) -> None:
    text = render_html(made(), templates)
    places = [
        text.index(words)
        for words in ("Do these first", "Then, in this order", "What got worse", "What is settled")
    ]
    assert places == sorted(places)
    groups = [group.title for group in section(second_year.CHANGES).groups]
    assert groups == ["What got worse", "What is settled", "New to do", "No longer asked"]


def test_the_page_with_changes_is_well_formed(templates: Path) -> None:
    text = render_html(made(), templates)
    page = Page(text)
    assert (page.mismatched, page.open) == ([], [])
    assert "&lt;script&gt;alert(1)" in text
    assert "<script" not in text
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in pairwise(levels))
    cells = re.findall(
        r'<th scope="row">([^<]*)</th><td class="n">([^<]*)</td><td class="n">([^<]*)</td>', text
    )
    assert cells == [
        ("1 November 2024", "64", ""),
        ("3 November 2025", "61", "−3"),
        ("22 November 2026", "71", "+10"),
    ]


def test_without_an_earlier_audit_nothing_is_said(report: Report, templates: Path) -> None:
    assert (report.changes, report.trend) == (None, ())
    for text in (render_html(report, templates), render_markdown(report), render_summary(report)):
        assert "audit of" not in text
        assert "Score by audit" not in text


def test_ages_of_passwords_are_no_fault() -> None:
    """They have their own sentences; one that is only uncertain is not said to have been reached."""
    found = section(second_year.CHANGES)
    titles = [str(topic.title) for group in found.groups for topic in group.topics]
    assert "Renew a password" not in titles
    assert "Password reminder reached since then: Instagram." in found.sentences
    assert any(sentence.startswith("Passwords renewed: my X account, ") for sentence in found.sentences)
    assert found.sentences[-1] == "Still to do, as before: 1."


def test_accounts_with_the_same_thing_to_do_stand_together() -> None:
    worse = section(second_year.CHANGES).groups[0]
    assert [(str(each.title), [str(name) for name in each.accounts]) for each in worse.topics] == [
        ("Turn on a second step at sign-in", ["Instagram", "my X account"]),
        ("Keep your home address to yourself", []),
    ]
    assert worse.count == 3


def test_nothing_changed_is_said() -> None:
    nothing = Changes(second_year.LAST_YEAR, sample.DAY)
    assert render_changes(section(nothing)) == "Since the audit of 3 November 2025\n\nNothing has changed.\n"
    same = replace(nothing, unchanged=second_year.CHANGES.unchanged)
    assert section(same).sentences == ("Nothing has changed.", "Still to do, as before: 1.")


def test_two_audits_are_both_named() -> None:
    found = section(Changes(second_year.LAST_YEAR, sample.DAY), until_today=False)
    assert found.title == "From the audit of 3 November 2025 to that of 22 November 2026"


def test_one_closed_account_is_one() -> None:
    other = Account("tw", "x", "my X account")
    one = Changes(second_year.LAST_YEAR, sample.DAY, closed=(sample.OLD,))
    assert section(one).sentences == ("Account closed: X.",)
    assert section(replace(one, closed=(sample.OLD, other))).sentences == (
        "Accounts closed: X, my X account.",
    )


def test_an_old_audit_says_that_it_is_one(templates: Path) -> None:
    """In place of today's state, on the page itself, with the day of its own."""
    report = made(replace(second_year.OCCASION, made_on=date(2027, 5, 1)))
    assert report.notice.startswith("This is the audit of 22 November 2026, as it was judged then")
    assert report.notice in render_html(report, templates)
    assert report.changes is not None
    assert report.changes.title.startswith("From the audit of")
    value = json_form.report_json(sample.assessment(), replace(Occasion(), made_on=date(2027, 5, 1)), "en")
    assert value["generated_on"] == "2027-05-01"


def test_nothing_that_a_terminal_would_obey_comes_out() -> None:
    said = render_changes(section(second_year.CHANGES)) + render_summary(made())
    bad = {char for char in said if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char != "\n"}
    assert bad == set()


# The scores.


@pytest.mark.parametrize(
    ("score", "before", "words"),
    [(71, 64, "+7"), (61, 64, "−3"), (64, 64, "±0"), (None, 1, ""), (1, None, "")],
)
def test_a_change_has_its_sign(score: int | None, before: int | None, words: str) -> None:
    assert say_change(score, before) == words


def test_one_audit_is_no_trend() -> None:
    first, second, not_finished, _last = second_year.HISTORY
    assert trend_of((first,), "en") == ()
    assert trend_of((first, not_finished), "en") == ()
    assert [line.figure for line in trend_of((first, second), "en")] == ["64", "61 (−3)"]
    unscored = replace(second, score=Score(None, 0, 5))
    assert [line.figure for line in trend_of((first, unscored), "en")] == ["64", "–"]


def test_history_is_one_audit_a_line() -> None:
    lines = render_history(second_year.HISTORY, "en").splitlines()
    assert lines[0] == (
        "1 November 2024: 64 out of 100, 40 of 52 checks answered, core questions only."
        " 28 in order, 9 to do, 3 not known. [6048a428]"
    )
    assert lines[1].startswith("3 November 2025: 61 out of 100 (−3), 48 of 52 checks answered. 30 in order")
    assert lines[2] == "Begun on 1 March 2026, and not finished. [7aa994a5]"
    assert lines[4] == "Score from audit to audit: 64, 61 (−3), 71 (+10)."
    assert len(render_history(second_year.HISTORY[:1], "en").splitlines()) == 1
    assert render_history((), "en") == "There has been no audit yet.\n"


# A person's own wish about the reminder of a password.


@pytest.mark.parametrize(
    ("reminder", "due_on", "words"),
    [
        (Reminder.YEAR, date(2027, 11, 22), "You put its reminder off until 22 November 2027."),
        (Reminder.OFF, None, "You switched its reminder off."),
        (Reminder.RULE, date(2027, 1, 31), "The reminder comes after 31 January 2027."),
    ],
)
def test_a_password_says_whose_wish_keeps_its_reminder_away(
    reminder: Reminder, due_on: date | None, words: str
) -> None:
    interval = sample.month(2026, 3, 31)
    password = Password(
        sample.INSTAGRAM, PasswordAge(PasswordState.FRESH, due_on, 7), interval, reminder=reminder
    )
    report = make_report(
        replace(sample.assessment(), passwords=(password,)), sample.CATALOGUE, sample.POLICY, Occasion(), "en"
    )
    (line,) = report.passwords.of(PasswordState.FRESH)
    assert line.sentence == f"Last change: March 2026 (about 8 months ago). {words}"


def test_a_reminder_that_has_come_is_not_announced() -> None:
    interval = sample.month(2026, 3, 31)
    password = Password(sample.INSTAGRAM, age_of(interval, 3, sample.DAY), interval)
    report = make_report(
        replace(sample.assessment(), passwords=(password,)), sample.CATALOGUE, sample.POLICY, Occasion(), "en"
    )
    (line,) = report.passwords.of(PasswordState.DUE)
    assert line.sentence == "Last change: March 2026 (about 8 months ago)."
