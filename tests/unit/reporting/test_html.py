from __future__ import annotations

import gettext
import re
import unicodedata
from base64 import b64encode
from hashlib import sha256
from html import unescape
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest
from jinja2.exceptions import SecurityError, UndefinedError
from msgspec.structs import replace
from tests.unit.reporting import sample, second_year

from hygiene import language
from hygiene.engine.passwords import age_of
from hygiene.model.account import Account
from hygiene.model.dates import Interval
from hygiene.model.finding import Password, PasswordAge, PasswordState, Result
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.record import ChecklistUsed, Chosen, NonAnswer
from hygiene.model.text import same
from hygiene.reporting.html import TEMPLATE, render_html
from hygiene.reporting.markdown import render_markdown
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.page import STYLE
from hygiene.reporting.report import Report, make_report
from hygiene.safety.cleaning import clean

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Page(HTMLParser):
    """What a browser would see: every element with its attributes, and the headings in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.mismatched: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if tag in ("ol", "ul") and self.open[-1] == "li":
            self.open.pop()  # HTML lets the last item of a list end with the list
        if not self.open or self.open.pop() != tag:
            self.mismatched.append(tag)

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture
def text(report: Report, templates: Path) -> str:
    return render_html(report, templates)


@pytest.fixture
def page(text: str) -> Page:
    return Page(text)


def test_the_policy_names_the_hash_of_the_one_style_sheet(text: str) -> None:
    (style,) = re.findall(r"<style>(.*?)</style>", text, re.DOTALL)
    digest = b64encode(sha256(style.encode()).digest()).decode()
    assert (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    ) in text
    assert text.index("Content-Security-Policy") < text.index("<style>")


def test_nothing_is_loaded_and_nothing_runs(text: str, page: Page) -> None:
    assert "<script" not in text.casefold()
    assert "http:" not in text
    assert "url(" not in text
    assert not re.search(r"""(?:src|href)=["']?//""", text)
    tags = {tag for tag, _ in page.elements}
    assert not tags & {"script", "img", "link", "iframe", "object", "embed", "form", "input", "base", "image"}
    names = {name for _, attributes in page.elements for name in attributes}
    assert not {name for name in names if name.startswith("on")}
    assert "style" not in names
    assert all((attributes["href"] or "").startswith("#") for attributes in page.all("use"))


def test_a_strangers_words_stay_words(text: str) -> None:
    assert "&lt;script&gt;alert(1)&lt;/script&gt;&lt;img src=x onerror=alert(2)&gt;" in text
    assert "javascript:alert" not in text
    bad = {char for char in text if unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") and char != "\n"}
    assert bad == set()


def test_links_lead_to_https_and_tell_nobody_where_from(page: Page) -> None:
    outside = [link for link in page.all("a") if not (link["href"] or "").startswith("#")]
    assert outside
    for link in outside:
        assert (link["href"] or "").startswith("https://")
        assert "@" not in (link["href"] or "")
        assert link["rel"] == "noreferrer"
    assert {"name": "referrer", "content": "no-referrer"} in page.all("meta")


def test_links_inside_the_page_lead_somewhere(page: Page) -> None:
    ids = [attributes["id"] for _, attributes in page.elements if "id" in attributes]
    assert len(ids) == len(set(ids))
    inside = {(link["href"] or "")[1:] for link in page.all("a") if (link["href"] or "").startswith("#")}
    labels = {
        attributes["aria-labelledby"] for _, attributes in page.elements if "aria-labelledby" in attributes
    }
    assert inside | labels <= set(ids)


def test_the_page_is_well_formed(page: Page) -> None:
    assert page.mismatched == []
    assert page.open == []


def test_one_title_and_headings_in_order(page: Page) -> None:
    levels = [int(tag[1]) for tag, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels.count(1) == 1
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
    for landmark in ("header", "main", "footer"):
        assert page.all(landmark)


def _first(text: str) -> str:
    return text[text.index("<main>") : text.index("This file holds personal")]


def test_three_actions_come_before_anything_else_with_their_minutes_and_links(
    report: Report, text: str
) -> None:
    first = _first(text)
    assert first.index("<h2") == first.index(">Do these first<") - len('<h2 id="first"')
    assert first.count("<h3>") == 3
    assert "https://www.instagram.example.com/privacy" in first
    assert "2\xa0min" in first
    assert f"{sum(action.minutes for action in report.actions[:3])}\xa0min in all" in first


def test_an_action_is_said_once(report: Report, text: str) -> None:
    for action in report.actions:
        assert (
            text.count(f"<h3>{action.title.text}</h3>") + text.count(f">{action.title.text}</span></h3>") == 1
        )


def test_several_accounts_have_a_link_each_on_the_first_screen(report: Report, templates: Path) -> None:
    (two_factor,) = [action for action in report.actions if action.key == "two-factor"]
    first = _first(render_html(replace(report, actions=(two_factor,)), templates))
    assert first.count("security?a=1&amp;b=2") == 2
    assert "instagram.example.com</i>" in first
    assert "x.example.com</i>" in first


def test_every_box_on_paper_belongs_to_one_thing_to_do(report: Report, text: str) -> None:
    lone = [action for action in report.actions if len(action.places) == 1]
    places = sum(len(action.places) for action in report.actions)
    assert text.count('<p class="stop">') == places - len(lone)


def test_headings_say_what_the_page_is_about(text: str) -> None:
    headings = re.findall(r"<h2[^>]*>(.*?)</h2>", text)
    assert headings == [
        "Do these first",
        "Then, in this order",
        "Passwords",
        "Already in order",
        "What was not checked, and why",
        "Your other notes",
        "Accepted as it is",
        "Next dates",
        "How the score is worked out",
        "Sources",
    ]


def test_the_second_year_has_its_changes_and_its_course(templates: Path) -> None:
    report = make_report(sample.assessment(), sample.CATALOGUE, sample.POLICY, second_year.OCCASION, "en")
    text = render_html(report, templates)
    assert text.index("Then, in this order") < text.index(">Over the years<") < text.index(">Passwords<")
    chart = text[text.index('<svg class="trend"') : text.index("<caption>Score by audit")]
    assert 'aria-label="Score by audit: 64, 61, 71"' in chart
    assert re.findall(r">(\d+)</text>", chart) == ["64", "2024", "61", "2025", "71", "2026"]
    table = text[text.index("<caption>Score by audit") :]
    assert re.findall(r'<td class="n">(.*?)</td>', table[: table.index("</table>")]) == [
        *("64", ""),
        *("61", "−3"),
        *("71", "+10"),
    ]


def test_one_audit_has_no_course(text: str) -> None:
    assert "Over the years" not in text
    assert 'class="trend"' not in text


def test_passwords_stand_on_one_timeline_and_beside_their_words(text: str) -> None:
    ages = text[text.index('id="passwords"') : text.index('id="good"')]
    assert 'role="img" aria-label="Timeline: 12 months ago – today"' in ages
    rows = re.findall(r'<tr><th scope="row">(.*?)</tr>', ages, re.DOTALL)
    assert len(rows) == 2
    assert "Last change: March 2026" in rows[0]
    assert '<rect class="sure"' in rows[0]
    assert "<circle" in rows[0]
    assert "You do not know when it was last changed" in ages


def test_what_is_said_of_several_passwords_without_a_date_is_said_once(templates: Path) -> None:
    unknown = Interval(None, sample.DAY)
    passwords = tuple(
        Password(account, age_of(unknown, 3, sample.DAY), unknown)
        for account in (sample.INSTAGRAM, sample.CLUB, sample.ON_X)
    )
    assessment = replace(sample.assessment(), passwords=passwords)
    report = make_report(assessment, sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    assert render_html(report, templates).count("You do not know when it was last changed") == 1


def test_much_that_is_good_is_folded(templates: Path) -> None:
    results = tuple(
        sample.result("insta", sample.check(f"instagram.c{number}", same(f"C {number}")), sample.PASS)
        for number in range(11)
    )
    report = make_report(sample.assessment(results), sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    text = render_html(report, templates)
    assert text.index("C 7") < text.index("<summary>3 more</summary>") < text.index("C 8")
    assert text.count("<li>C ") == 11


def test_the_score_is_worked_out_with_its_own_figures(report: Report, text: str) -> None:
    assert '<p class="lead">Here: 100 × 8 ÷ 48 = 17</p>' in text
    assert text.count(report.score.coverage) == 2


def test_sources_tell_both_sides_and_how_fresh_the_menus_are(text: str) -> None:
    sources = text[text.index('id="sources"') :]
    assert sources.index("For a reminder:") < sources.index("Against renewal by the calendar alone:")
    assert sources.count('<a href="https://') == 4
    assert "menus as they were published in August 2026" in sources
    assert '2026.11, hygiene, comes with the program: <span class="small">Instagram</span>' in sources


def test_levels_are_words_and_a_shape(text: str) -> None:
    for words in ("critical severity", "high severity", "medium severity", "low severity"):
        assert f"</svg><b>{words}</b>" in text


def test_the_page_speaks_the_readers_language(french: Report, templates: Path) -> None:
    text = render_html(french, templates)
    assert '<html lang="fr">' in text
    assert '<span lang="en">Remove apps</span>' in text
    assert 'Votre réponse\N{NO-BREAK SPACE}: <span lang="en">Games, Outils</span>' in text
    assert "Le bilan de vos comptes" in text
    assert "1er\u00a0janvier 2027" in text
    plain = re.sub(r"<style>.*?</style>|<[^>]*>", "", text, flags=re.DOTALL)
    hostile = re.compile(r"alert|javascript")
    for line in (line for line in plain.splitlines() if not hostile.search(line)):
        assert not re.search(r"[^\s\u00a0\u202f][;?!](?:\s|$)", re.sub(r"&\w+;", "", line)), line
        assert not re.search(r"[^\u00a0]:\s", line), line


class Echo(gettext.NullTranslations):
    """A language that marks every message, so that what was not translated shows."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"


def test_another_language_needs_no_code(monkeypatch: pytest.MonkeyPatch, templates: Path) -> None:
    monkeypatch.setattr(language._Current, "catalogue", Echo())
    report = make_report(sample.assessment(), sample.CATALOGUE, sample.POLICY, sample.OCCASION, "xx")
    text = render_html(report, templates)
    assert '<html lang="xx">' in text
    assert '<span lang="en">Make your account private</span>' in text
    body = re.sub(r"<style>.*?</style>", "", text[text.index("<main>") :], flags=re.DOTALL)
    body = re.sub(r'<span lang="en">.*?</span>|<bdi>.*?</bdi>|<i>.*?</i>', "", body, flags=re.DOTALL)
    body = unescape(body).replace(clean(sample.HOSTILE), "")
    nested = re.compile(r"⟦[^⟦⟧]*⟧")
    words = re.sub(r"<[^>]*>", " ", body)
    while nested.search(words):
        words = nested.sub("", words)
    left = set(re.findall(r"[a-z]{3,}", words)) - _DATA
    assert left == set()


# Account names, dates (which have words of their own) and what a checklist calls itself.
_DATA = {
    *("instagram", "nstagram", "gitlab", "com", "hygiene", "gone", "omeone", "elsewhere", "third", "fourth"),
    *("ovember", "ctober", "arch", "anuary", "about", "months", "ago"),
}


def test_without_actions_the_page_says_so(templates: Path) -> None:
    empty = replace(sample.assessment(()), passwords=(), not_covered=())
    report = make_report(empty, sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    text = render_html(report, templates)
    page = Page(text)
    assert "Everything that was asked is as it should be." in text
    assert "Nothing: everything was asked" in text
    assert 'class="value"' not in text
    assert page.mismatched == []
    assert not page.all("table")[1:]


def test_a_list_without_a_publisher_leaves_no_gap(templates: Path) -> None:
    used = ChecklistUsed("my-list", "1", "sha256:05", "", "file")
    occasion = Occasion(replace(sample.AUDIT, checklists=(used,)))
    report = make_report(sample.assessment(()), sample.CATALOGUE, sample.POLICY, occasion, "en")
    assert "<li>1, a file of your own, unsigned: " in render_html(report, templates)
    assert " 1 (a file of your own, unsigned)" in render_markdown(report)


def test_many_gaps_are_folded(templates: Path) -> None:
    results = tuple(
        sample.result("insta", sample.check(f"instagram.c{number}", same(f"C {number}")), sample.NOT_CHECKED)
        for number in range(7)
    )
    report = make_report(sample.assessment(results), sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    assert "<details><summary>7 checks</summary>" in render_html(report, templates)


def test_the_reminder_can_be_off(templates: Path) -> None:
    policy = Policy((Rules(Layer.PERSON, password_months=0),))
    report = make_report(sample.assessment(), sample.CATALOGUE, policy, Occasion(), "en")
    assert '<circle cx="6"' not in render_html(report, templates)
    assert "<circle" not in render_html(report, templates).partition('id="passwords"')[2]


def test_thirty_accounts_stay_a_small_page(templates: Path) -> None:
    """30 accounts on ten networks, 300 answers, a fifth of them findings: at most 60 kB."""
    networks = [f"network-{number}" for number in range(10)]
    accounts = tuple(
        Account(f"{network}-{number}", network, f"account {number}")
        for network in networks
        for number in range(3)
    )
    results = tuple(_answer(account, number) for account in accounts for number in range(10))
    passwords = tuple(
        Password(
            account,
            PasswordAge(PasswordState.DUE if number % 3 else PasswordState.FRESH, sample.DAY, number),
            Interval(sample.DAY.replace(year=2025, month=1 + number % 12), sample.DAY.replace(year=2026)),
        )
        for number, account in enumerate(accounts)
    )
    assessment = replace(sample.assessment(results), accounts=accounts, passwords=passwords)
    report = make_report(assessment, sample.CATALOGUE, sample.POLICY, sample.OCCASION, "en")
    assert len(assessment.findings) == 60
    assert len(render_html(report, templates).encode()) <= 60_000


def _answer(account: Account, number: int) -> Result:
    words = same("Open the settings of your account, then Security, and look for the right line there.")
    remedy = sample.remediation(
        words,
        same(f"Then choose what suits you on {account.network}, and confirm it."),
        url=f"https://{account.network}.example.com/settings/{number}",
    )
    check = replace(
        sample.check(f"{account.network}.c{number}", same(f"Do the good thing number {number}")),
        core_id=f"core-{number}",
        remediation=remedy,
    )
    outcome = sample.PASS if (number + len(account.id)) % 5 else sample.FAIL
    answer = Chosen("yes") if outcome is sample.PASS else NonAnswer.NOT_APPLICABLE
    return sample.result(account.id, check, outcome, answer)


@pytest.mark.parametrize("body", ["{{ report.nothing }}", "{{ nobody }}"])
def test_a_template_cannot_name_what_is_not_there(report: Report, tmp_path: Path, body: str) -> None:
    (tmp_path / STYLE).write_text("")
    (tmp_path / TEMPLATE).write_text(body)
    with pytest.raises(UndefinedError):
        render_html(report, tmp_path)


def test_a_template_cannot_reach_the_program(report: Report, tmp_path: Path) -> None:
    (tmp_path / STYLE).write_text("")
    (tmp_path / TEMPLATE).write_text("{{ report.__class__.__init__.__globals__ }}")
    with pytest.raises(SecurityError):
        render_html(report, tmp_path)


def test_what_a_template_says_is_escaped(report: Report, tmp_path: Path) -> None:
    (tmp_path / STYLE).write_text("")
    (tmp_path / TEMPLATE).write_text("{{ '<b>' }}{{ 'javascript:x'|safe_url }}")
    assert render_html(report, tmp_path) == "&lt;b&gt;None"
