"""What is said of a check: its condition, its good answers, where its menus come from."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.builders import (
    DAY,
    NETWORKS,
    OWNER_EMAIL,
    POLICY,
    TWO_FACTOR,
    both,
    catalogue,
    check,
    checklist,
    choice,
    core_check,
    dated,
    many,
)
from tests.unit.reporting.conftest import ROOT

from hygiene import language
from hygiene.engine.conditions import parse_condition
from hygiene.model.account import Purpose
from hygiene.model.checklist import Check, Confidence, Remediation, Severity, Steps
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.reporting import check_words as say
from hygiene.reporting.words import Voice

LISTS = catalogue(
    checklist(
        "instagram", check("instagram.private"), core_check("instagram", "two-factor"), network="instagram"
    ),
    checklist("other", check("other.a"), network="other"),
    checklist("habits", check("habits.a"), check("habits.b", look=True)),
)
VOICE = Voice("en", DAY, LISTS, {})


def advice(what: Check) -> list[str]:
    return [say.say_choice(each, what, VOICE) for each in what.choices]


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        ("instagram.private is yes", "the answer to “Is instagram.private so?” is “yes”"),
        ("instagram.private is yes|no", "the answer to “Is instagram.private so?” is “yes” or “no”"),
        ("instagram.private is unknown", "the answer to “Is instagram.private so?” is “I don’t know”"),
        ("instagram.gone is some", "the answer to “instagram.gone” is “some”"),
        ("purpose is personal|shared", "the account is personal or the account belongs to a group"),
        ("platform is ios", "your phone is an iPhone"),
        ("not purpose is work", "it is not so that the account is for work"),
        (
            "purpose is work and (platform is ios or platform is android)",
            "the account is for work and (your phone is an iPhone or your phone runs Android)",
        ),
        (
            "not (purpose is work or purpose is shared)",
            "it is not so that (the account is for work or the account belongs to a group)",
        ),
    ],
)
def test_a_condition_reads_as_a_clause(condition: str, words: str) -> None:
    assert say.say_condition(parse_condition(condition), VOICE) == words


def test_the_first_good_choice_is_the_recommended_one() -> None:
    what = core_check("instagram", "two-factor", choices=TWO_FACTOR)
    assert advice(what) == ["passkey (recommended)", "app (good too)", "sms (then low severity)", "none"]


def test_what_is_good_for_some_accounts_says_for_which() -> None:
    assert advice(core_check("instagram", "owner-email", choices=OWNER_EMAIL)) == [
        "personal (recommended for a personal account)",
        "work (recommended for a work account or for a group’s account)",
        "both (then medium severity)",
    ]
    page = choice("page", good=[Purpose.WORK, Purpose.SHARED])
    assert advice(check("x.a", choices=(page, choice("yes", good=True)))) == [
        "page (recommended for a work account or for a group’s account)",
        "yes (recommended for a personal account; good too for a work account or for a group’s account)",
    ]


def test_a_choice_of_its_checks_own_severity_says_nothing_of_it() -> None:
    bad = choice("bad", severity=Severity.HIGH)
    assert advice(check("x.a", choices=(bad,))) == ["bad"]


def test_a_date_says_until_when_it_is_good() -> None:
    hint = "Answer: a date, such as “March 2026” or “a year ago”."
    assert list(say.say_answer(dated("x.a", 6), POLICY)) == [hint, "Recommended: within the last 6 months."]
    yours = "Recommended: within the last 3 months, or the time that you set yourself."
    assert list(say.say_answer(dated("x.password-age"), POLICY)) == [hint, yours]
    never = Policy((Rules(Layer.DEFAULT, password_months=0),))
    assert list(say.say_answer(dated("x.password-age"), never)) == [hint]
    assert list(say.say_answer(many("x.a", choice("b")), POLICY)) == ["Several may be chosen."]
    assert list(say.say_answer(check("x.a"), POLICY)) == []


def test_marks() -> None:
    assert say.say_marks(check("x.a")) == "High severity."
    whole = check("x.a", severity=Severity.INFO, core=True, look=True, for_person_only=True)
    assert say.say_marks(whole) == (
        "For information. Asked every year. You will probably have to look in the settings."
        " Private: never in a list that an organisation publishes."
    )


def test_how_old_the_menus_are() -> None:
    steps = (Steps(None, (both("Do it."),)),)
    sure = Remediation(1, steps, sourced="2025-10", verified="2026-03-01", confidence=Confidence.HIGH)
    assert list(say.say_menus(sure, "en")) == [
        "Menus gone through by hand: 1 March 2026.",
        "Menus as published: October 2025.",
    ]
    unsure = replace(sure, verified=None, confidence=Confidence.LOW)
    assert list(say.say_menus(unsure, "en"))[-1] == "Menu names may differ."
    assert list(say.say_menus(Remediation(1), "en")) == []


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://x.com/settings", "https://x.com/settings"),
        ("https://{server}/auth/edit", "https://…/auth/edit"),
        ("https://www.{marketplace}/a", "https://www.…/a"),
        ("https://x.com/{server}{", None),
        ("javascript:alert(1)", None),
        (None, None),
    ],
)
def test_only_addresses_that_can_be_trusted_are_read_out(url: str | None, words: str | None) -> None:
    assert say.say_url(url) == words


def test_the_service_is_named_where_it_is_known() -> None:
    lists = LISTS.checklists
    assert say.service_of(lists["instagram"], LISTS) == NETWORKS["instagram"].name
    assert say.service_of(lists["other"], LISTS).to("fr") == "ce site"


def test_minutes_round_up_and_look_ups_count() -> None:
    habits = LISTS.checklists["habits"]
    assert say.minutes_to_answer(habits) == 1
    long = replace(habits, checks=habits.checks * 10)
    assert say.minutes_to_answer(long) == 6  # 10 times 6 s and 26 s
    assert say.minutes_to_mend(habits) == 10


def test_french_months() -> None:
    language.use("fr", ROOT / "locale")
    assert say.say_month("2025-12", "fr") == "décembre 2025"
