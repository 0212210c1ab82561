"""The charter: what binds at work, what is only advised, who may sign what, and whose words are in it."""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from tests.builders import DAY, DEFAULT, both, check, checklist
from tests.unit.catalog.pictures import LOGO
from tests.unit.reporting.sample import HOSTILE

from hygiene import language, resources
from hygiene.engine.conditions import parse_condition
from hygiene.model.checklist import Catalogue, Check, Checklist, Trust
from hygiene.model.organisation import CharterWords, Colours, Organisation
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.text import Text
from hygiene.reporting import charter_words as words
from hygiene.reporting.charter import Charter, make_charter
from hygiene.reporting.charter_html import render_charter_page, style_of
from hygiene.reporting.charter_markdown import render_charter_markdown
from hygiene.reporting.charter_points import Part, is_for_work

RULES, ADVICE, HELP = "## Rules for work", "## Advice for your own accounts", "## Where to get help"
SITE = checklist("acme-site", check("acme-site.screens", title=both("Turn screens away")))
PAGES = checklist(
    "acme-x",
    check(
        "acme-x.second", title=both("Name a second administrator"), when=parse_condition("purpose is work")
    ),
    check("acme-x.banner", title=both("Choose your own banner")),
    network="x",
)
NO_RULES = Rules(Layer.ORGANISATION)

Make = Callable[..., Charter]


@pytest.fixture
def make(bundled: Catalogue) -> Make:
    """Return a charter of ACME with some lists; what else is given changes the organisation."""

    def charter(*lists: Checklist, rules: Rules = NO_RULES, spoken: str = "en", **changes: Any) -> Charter:
        acme = replace(Organisation("acme", "ACME", Trust.SOURCE, contact="security@acme.example"), **changes)
        known = replace(bundled, checklists={**bundled.checklists, **{each.id: each for each in lists}})
        acme = replace(acme, lists=tuple(each.id for each in lists))
        return make_charter(acme, known, Policy((DEFAULT, rules)), spoken, DAY)

    return charter


@pytest.fixture
def draft(bundled: Catalogue) -> Charter:
    return make_charter(None, bundled, Policy((DEFAULT,)), "en", DAY)


def titles(part: Part) -> list[str]:
    return [str(point.title) for group in part.groups for point in group.points]


def page_of(charter: Charter) -> str:
    return render_charter_page(charter, resources.bundled("report_templates"))


def between(text: str, start: str, end: str) -> str:
    return text[text.index(start) : text.index(end)]


def test_every_check_that_is_named_is_there_and_may_be_published(bundled: Catalogue) -> None:
    named = [each for section in (*words.RULES, *words.ADVICE) for each in section.checks]
    found = {each: bundled.check(each) for each in (*named, words.EMERGENCY)}
    assert [each for each, check in found.items() if check is None or check.for_person_only] == []
    assert len(named) == len(set(named))


def test_no_rule_is_about_a_private_account(bundled: Catalogue) -> None:
    """A rule is a habit, or about a network that is for work alone."""
    for section in words.RULES:
        for each in section.checks:
            own = bundled.checklists[each.partition(".")[0]]
            assert own.id == "habits" or own.network == "work-mailbox"


def test_rules_and_advice_are_two_parts(draft: Charter) -> None:
    text = render_charter_markdown(draft)
    rules, advice = between(text, RULES, ADVICE), between(text, ADVICE, HELP)
    assert "**Keep work matters in the tools meant for them**" in rules
    assert "**Ask people before you publish their picture**" in rules
    assert "**Make your account private** (Instagram). An adult’s account" in advice
    assert "**Keep your home address out of what you publish**" in advice
    assert "Nobody checks it, and nobody signs it." in advice
    assert not set(titles(draft.rules)) & set(titles(draft.advice)) - {"Turn on a second step at sign-in"}


def test_only_rules_are_numbered_and_through_all_groups(draft: Charter) -> None:
    text = render_charter_markdown(draft)
    numbers = re.findall(r"^(\d+)\. \*\*", between(text, RULES, ADVICE), re.MULTILINE)
    assert numbers == [str(each) for each in range(1, len(titles(draft.rules)) + 1)]
    assert not re.search(r"^\d+\. ", between(text, ADVICE, HELP), re.MULTILINE)
    starts = [int(each) for each in re.findall(r'<ol class="points" start="(\d+)"', page_of(draft))]
    assert starts == [group.first for group in draft.rules.groups[1:]]


def test_what_the_policy_leaves_out_is_left_out(make: Make) -> None:
    dropped = frozenset({"habits.voice", "instagram.private-account", "x.protected-posts"})
    text = render_charter_markdown(make(rules=Rules(Layer.ORGANISATION, dropped=dropped)))
    assert "Say that you speak for yourself" not in text
    assert "### Reserve" not in text  # a group of which nothing is left
    assert "(Instagram)" not in text
    assert "(LinkedIn)" in text
    assert "\n2. **Let anger cool" in text


def test_a_question_for_the_person_alone_stands_nowhere(make: Make) -> None:
    secret = check("acme-site.secret", title=both("Tell nobody"), for_person_only=True)
    charter = make(replace(SITE, checks=(*SITE.checks, secret)))
    assert "Turn screens away" in titles(charter.rules)
    assert "Tell nobody" not in titles(charter.rules) + titles(charter.advice)
    assert "pseudonym" not in render_charter_markdown(charter)


def test_lists_of_the_organisation_are_rules_as_far_as_they_are_about_work(make: Make) -> None:
    charter = make(SITE, PAGES)
    assert titles(charter.rules)[-2:] == ["Turn screens away", "Name a second administrator"]
    assert titles(charter.advice)[-1] == "Choose your own banner"
    assert str(charter.rules.groups[-2].title) == "acme-site"
    assert {"acme-site 2026.11", "acme-x 2026.11", "Habits 2026.11"} <= set(map(str, charter.lists))


def test_a_network_is_named_as_briefly_as_people_do(draft: Charter, make: Make) -> None:
    assert "**Decide whether your posts are public** (X). " in render_charter_markdown(draft)
    named = check("acme-x.page", title=both("Look at {network}"), risk=both("{network} changes."))
    (point,) = make(replace(PAGES, checks=(named,))).advice.groups[-1].points
    assert (str(point.title), str(point.why), str(point.network)) == (
        "Look at X (Twitter)",
        "X (Twitter) changes.",
        "X",
    )


@pytest.mark.parametrize(
    ("network", "when", "expected"),
    [
        (None, None, True),
        ("work-mailbox", None, True),
        ("x", None, False),
        ("mailbox", None, False),
        ("x", "purpose is work", True),
        ("x", "purpose is work|shared", True),
        ("x", "purpose is work|personal", False),
        ("x", "not purpose is work", False),
        ("x", "purpose is work or x.two-factor is none", False),
        ("x", "purpose is work and x.two-factor is none", True),
    ],
)
def test_what_may_be_about_a_private_account_is_no_rule(
    bundled: Catalogue, network: str | None, when: str | None, *, expected: bool
) -> None:
    one: Check = check("acme-l.one", when=parse_condition(when) if when else None)
    assert is_for_work(one, checklist("acme-l", one, network=network), bundled) is expected


def test_nobody_signs_unless_the_organisation_says_so(draft: Charter, make: Make) -> None:
    for charter in (draft, make()):
        assert charter.signed == ""
        assert "Signature" not in render_charter_markdown(charter)
        assert "Signature" not in page_of(charter)


def test_a_signature_stands_under_the_rules_and_over_nothing_else(make: Make) -> None:
    charter = make(SITE, charter=CharterWords(signature=True))
    text, page = render_charter_markdown(charter), page_of(charter)
    assert text.count("Signature") == page.count("Signature") == 1
    assert "Signature" in between(text, RULES, ADVICE)
    assert "Signature" in between(page, 'id="rules"', '</section>\n<section class="part advice"')
    assert f"I have read the rules for work, 1 to {len(titles(charter.rules))}." in text
    assert "The advice that follows is not part of them." in page


def test_without_a_rule_there_is_nothing_to_sign(make: Make) -> None:
    every = frozenset(each for section in words.RULES for each in section.checks)
    charter = make(rules=Rules(Layer.ORGANISATION, dropped=every), charter=CharterWords(signature=True))
    assert charter.rules.count == 0
    assert charter.signed == ""


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            Rules(Layer.ORGANISATION, password_months=6),
            "ACME suggests a reminder after 6 months: a house rule",
        ),
        (Rules(Layer.ORGANISATION), "The reminder comes after 3 months: a house rule of this program"),
        (Rules(Layer.ORGANISATION, password_months=0), "The reminder by age is switched off."),
    ],
)
def test_the_age_of_passwords_is_said_as_the_policy_has_it(make: Make, rules: Rules, expected: str) -> None:
    text = render_charter_markdown(make(rules=rules))
    assert expected in between(text, ADVICE, HELP)
    assert "A unique, random password that has not leaked does not become weaker with time." in text
    assert "https://pages.nist.gov/800-63-4/sp800-63b.html" in text


def test_own_words_of_the_organisation_stand_where_they_belong(make: Make) -> None:
    own = CharterWords(
        why=Text("en", {"en": "We mend devices.\n\nPatients trust us."}),
        help=Text("en", {"en": "The help desk lends keys."}),
    )
    text = render_charter_markdown(make(charter=own))
    assert "\nWe mend devices.\n\nPatients trust us.\n" in text[: text.index(RULES)]
    assert "The help desk lends keys." in text[text.index(HELP) :]
    assert "At work: security@acme.example" in text
    assert "\N{REPLACEMENT CHARACTER}" not in text


def test_an_organisation_without_a_contact_gets_no_empty_line(make: Make) -> None:
    charter = make(contact="")
    assert "At work:" not in render_charter_markdown(charter)
    assert "At work:" not in page_of(charter)


def test_words_in_another_language_are_marked(make: Make) -> None:
    language.use("fr", resources.bundled("locale"))
    charter = make(spoken="fr", charter=CharterWords(why=Text("en", {"en": "We mend devices."})))
    assert "We mend devices. \\[en\\]" in render_charter_markdown(charter)
    page = page_of(charter)
    assert '<p><span lang="en">We mend devices.</span></p>' in page
    assert '<html lang="fr">' in page
    assert "Prendre un instant avant de publier" in page


def test_a_draft_says_so_and_names_what_to_fill_in(draft: Charter, make: Make) -> None:
    assert "[Your organisation]" in page_of(draft)
    assert "This is a draft to adapt" in page_of(draft)
    assert "\\[Name, telephone and address of those who help\\]" in render_charter_markdown(draft)
    assert "<aside" in page_of(draft)
    assert "<aside" not in page_of(make())


def test_it_says_what_the_employer_neither_learns_nor_asks(make: Make) -> None:
    for text in (render_charter_markdown(make()), page_of(make())):
        assert "Your answers, your score, the list of your accounts" in text
        assert "neither to ACME nor to anyone else" in text
        assert "nobody may require it" in text
        assert "ACME does not ask you:" in text
        assert "for the password of a private account" in text
        assert "those who administer it can technically see" in text


def test_first_steps_come_from_the_check_itself(draft: Charter, bundled: Catalogue) -> None:
    emergency = bundled.check(words.EMERGENCY)
    assert emergency
    assert draft.help.first_steps
    assert list(map(str, draft.help.first_steps.steps)) == [
        line.to("en") for steps in emergency.remediation.steps for line in steps.lines
    ]
    assert "<https://17cyber.gouv.fr/>" in render_charter_markdown(draft)
    assert 'href="https://17cyber.gouv.fr/"' in page_of(draft)


@pytest.mark.parametrize("has_check", [True, False])
def test_lists_that_tell_no_first_steps_or_no_page_leave_them_out(*, has_check: bool) -> None:
    checks = (check(words.EMERGENCY),) if has_check else ()
    known = Catalogue({"habits": checklist("habits", *checks)})
    charter = make_charter(None, known, Policy((DEFAULT,)), "en", DAY)
    for text in (render_charter_markdown(charter), page_of(charter)):
        assert ("Mend habits.emergency" in text) is has_check
        assert "17cyber" not in text
        assert "None" not in text


def test_words_from_outside_stay_words(make: Make) -> None:
    own = CharterWords(
        why=Text("en", {"en": HOSTILE}), help=Text("en", {"en": "# No\n[link](https://x.example)"})
    )
    hostile = checklist("acme-l", check("acme-l.one", title=both(HOSTILE), risk=both("{name} <b>{0}")))
    charter = make(replace(hostile, title=both("{title}")), name="{x} <b>A</b> \u202e*B*", charter=own)
    page, text = page_of(charter), render_charter_markdown(charter)
    assert "<b>" not in page
    assert "<script" not in page
    assert "\u202e" not in page + text
    assert "{x} &lt;b&gt;A&lt;/b&gt;" in page
    assert "\n\\# No\n\n\\[link\\](https" in text
    assert "{name} \\<b\\>{0}" in text


def test_an_organisations_colours_are_allowed_by_their_hash(make: Make) -> None:
    page = page_of(make(colours=Colours("#123456", "#0b6e4f")))
    first, second = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)
    hashes = [f"'sha256-{b64encode(sha256(each.encode()).digest()).decode()}'" for each in (first, second)]
    assert f"style-src {' '.join(hashes)};" in page
    assert "--main:#123456" in second
    assert "prefers-color-scheme:light),print{" in second  # a dark page keeps its own


@pytest.mark.parametrize("colour", ["red", "#123", "#12345g", "#123456;}", "#123456\n", ""])
def test_what_is_no_colour_comes_near_no_style(make: Make, colour: str) -> None:
    assert style_of(Colours(colour, "#0b6e4f")) == style_of(Colours("#0b6e4f", colour)) == ""
    page = page_of(make(colours=Colours(colour, colour)))
    assert page.count("<style>") == 1
    assert re.search(r"style-src 'sha256-[^']+';", page)


def test_a_logo_is_part_of_the_page(make: Make, draft: Charter) -> None:
    page = page_of(make(logo=LOGO))
    assert f'src="data:image/png;base64,{b64encode(LOGO).decode()}"' in page
    assert "<img" not in page_of(draft)


def test_the_page_loads_nothing(make: Make) -> None:
    page = page_of(make(SITE, logo=LOGO, colours=Colours("#123456", "#0b6e4f")))
    assert re.findall(r'(?:src|srcset)="(?!data:)', page) == []
    assert re.findall(r"url\(|@import|<link|<script|<iframe", page) == []
    assert all(each.startswith("https://") for each in re.findall(r'href="([^#"][^"]*)"', page))
    assert "default-src 'none'" in page


def test_advice_is_printed_on_sheets_of_its_own() -> None:
    """What somebody signs must not be on one sheet with what nobody signs."""
    style = Path(resources.bundled("report_templates"), "charter.css").read_text(encoding="utf-8")
    assert re.search(r"@media print \{.*\.charter \.advice \{ break-before: page;", style, re.DOTALL)
