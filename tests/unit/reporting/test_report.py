from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace
from tests.unit.reporting import sample
from tests.unit.reporting.conftest import ROOT

from hygiene import language
from hygiene.engine.passwords import age_of
from hygiene.model.account import OTHER, YOU, Account
from hygiene.model.checklist import Checklist, Remediation, Severity
from hygiene.model.dates import Interval
from hygiene.model.finding import Password, PasswordState, Result, Waiver
from hygiene.model.record import NEVER, Answer, Chosen, ChosenMany, Dated, NonAnswer, Via, Written
from hygiene.model.text import same
from hygiene.reporting.occasion import Due, Occasion
from hygiene.reporting.report import Report, make_report
from hygiene.reporting.words import say_minutes, say_months


def _made(*results: Result, accounts: tuple[Account, ...] = sample.ACCOUNTS) -> Report:
    assessment = replace(sample.assessment(tuple(results)), accounts=accounts)
    return make_report(assessment, sample.CATALOGUE, sample.POLICY, Occasion(), "en")


def test_one_finding_on_three_accounts_is_one_action(report: Report) -> None:
    (action,) = [each for each in report.actions if each.key == "two-factor"]
    assert [place.id for place in action.places] == [
        "insta/instagram.two-factor",
        "club/instagram.two-factor",
        "tw/x.two-factor",
    ]
    assert action.minutes == 30
    assert action.severity is Severity.HIGH
    assert not action.is_unknown


def test_places_that_share_their_steps_share_one_guide(report: Report) -> None:
    (action,) = [each for each in report.actions if each.key == "two-factor"]
    assert [[str(account) for account in stop.accounts] for stop in action.stops] == [
        ["Instagram", "la page du club (Instagram)"],
        ["my X account"],
    ]


def test_ages_are_not_among_the_actions(report: Report) -> None:
    assert not [action for action in report.actions if action.key == "password-age"]
    assert [line.finding for line in report.passwords.of(PasswordState.DUE)] == [
        "insta/instagram.password-age",
        None,
    ]
    assert report.passwords.of(PasswordState.UNCERTAIN)[0].finding == "club/instagram.password-age"


def test_waived_findings_stand_apart(report: Report) -> None:
    assert [place.accepted for action in report.accepted for place in action.places] == [
        "Accepted for good.",
        f"Accepted until 1 January 2027: {sample.HOSTILE}".replace("\x1b", "�")
        .replace("\u202e", "�")
        .replace("\u2069", "�")
        .replace("\n", "�"),
    ]


@pytest.mark.parametrize(
    ("waiver", "words"),
    [
        (Waiver("", date(2027, 1, 1)), "Accepted until 1 January 2027."),
        (Waiver("on purpose", None), "Accepted for good: on purpose"),
    ],
)
def test_a_waiver_says_until_when_and_why(waiver: Waiver, words: str) -> None:
    report = _made(replace(sample.result(YOU, sample.ADDRESS, sample.FAIL), waiver=waiver))
    assert [place.accepted for action in report.accepted for place in action.places] == [words]


def test_a_waived_age_says_so_beside_the_password() -> None:
    age = sample.result("insta", sample.password_age("instagram"), sample.FAIL)
    report = _made(replace(age, waiver=Waiver("", None)))
    (line, *_) = report.passwords.of(PasswordState.DUE)
    assert line.sentence.endswith("Accepted for good.")
    assert line.finding is None


def test_a_text_that_is_missing_in_a_language_is_marked(french: Report) -> None:
    (apps,) = [action for action in french.actions if action.key == "x.apps"]
    assert apps.title.fallback == "en"
    assert str(apps.title) == "Remove apps [en]"
    assert apps.places[0].answered.fallback == "en"
    assert apps.places[0].answered.parts == ("Votre réponse\N{NO-BREAK SPACE}: ", "Games, Outils", "")


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Chosen("none"), "Your answer: Nothing more"),
        (Chosen("gone"), "Your answer: gone"),
        (Chosen("yes"), ""),
        (NEVER, "Your answer: never"),
        (ChosenMany(()), "Your answer: none of them"),
        (ChosenMany(("app", "sms")), "Your answer: A code from an app, A code by text message"),
        (Dated(Interval(date(2026, 11, 22), date(2026, 11, 22))), "Your answer: 22 November 2026 (today)"),
        (Via("mail"), "Your answer: through "),
        (Via("nowhere"), "Your answer: through nowhere"),
        (Written("a\x1bb"), "Your answer: a�b"),
        (NonAnswer.UNKNOWN, ""),
        (NonAnswer.NOT_APPLICABLE, "Your answer: it does not apply"),
        (NonAnswer.LATER, "Your answer: later"),
        (None, ""),
    ],
)
def test_what_was_answered_is_said_in_words(answer: Answer | None, words: str) -> None:
    result = sample.result("insta", sample.two_factor("instagram"), sample.FAIL, answer)
    said = _made(result).actions[0].places[0].answered.text
    assert said.startswith(words)
    assert bool(said) == bool(words)


def test_an_earlier_answer_carries_its_day() -> None:
    result = sample.result("insta", sample.two_factor("instagram"), sample.FAIL, Chosen("none"))
    earlier = replace(result, answered_on=date(2026, 3, 1))
    assert _made(earlier).actions[0].places[0].answered.text == "Your answer on 1 March 2026: Nothing more"


def test_an_account_is_called_by_its_own_name_and_its_network(report: Report) -> None:
    assert [str(name) for name in report.not_covered] == ["gitlab.com"]
    named = Account("z", "x", "Max")
    result = sample.result("z", sample.two_factor("x"), sample.FAIL)
    assert str(_made(result, accounts=(named,)).actions[0].accounts[0]) == "Max (X)"
    unknown = Account("z", "elsewhere", "here")
    assert str(_made(result, accounts=(unknown,)).actions[0].accounts[0]) == "here"


@pytest.mark.parametrize(
    ("account", "words"),
    [
        (Account("gl", OTHER, "work code", domain="gitlab.com"), "Sign in to gitlab.com."),
        (Account("gl", OTHER, "work code"), "Sign in to work code."),
        (Account("gl", "instagram", "mine"), "Sign in to Instagram."),
    ],
)
def test_a_step_names_the_service(account: Account, words: str) -> None:
    line = sample.both("Sign in to {network}.", "Connectez-vous à {network}.")
    check = sample.check("other.card", same("Card"), remedy=sample.remediation(line))
    report = _made(sample.result("gl", check, sample.FAIL), accounts=(account,))
    assert report.actions[0].stops[0].guide.ways[0].lines[0].text == words


def test_what_was_put_off_is_apart_from_what_was_never_asked(report: Report) -> None:
    assert [str(topic.title) for topic in report.put_off] == ["Agree on a family word"]
    assert [(str(topic.title), topic.count) for topic in report.never_asked] == [
        ("Stop sharing your position", 1)
    ]
    assert report.not_applicable == 1


def test_the_checklists_used_say_why_they_are_believed(report: Report) -> None:
    assert [used.trust for used in report.facts.checklists] == [
        "comes with the program",
        "a file of your own, unsigned",
        "elsewhere",
    ]


def test_an_audit_that_is_not_finished_says_so() -> None:
    audit = replace(sample.AUDIT, finished_on=None)
    report = make_report(sample.assessment(), sample.CATALOGUE, sample.POLICY, Occasion(audit), "en")
    assert report.facts.sentences == (
        "This audit covered the core questions.",
        "Begun on 22 November 2026, and not finished.",
    )


def test_evidence_says_of_which_day_it_is(report: Report) -> None:
    (sessions,) = [action for action in report.actions if action.key == "sessions"]
    assert sessions.places[0].answered.text.startswith("An export of 20 November 2026 says: January 2025")


def test_a_password_known_from_an_export_says_so() -> None:
    interval = sample.month(2026, 3, 31)
    age = age_of(interval, 3, sample.DAY, as_of=date(2026, 11, 1))
    password = Password(sample.INSTAGRAM, age, interval, date(2026, 11, 1))
    assessment = replace(sample.assessment(), passwords=(password,))
    report = make_report(assessment, sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    (line,) = report.passwords.of(PasswordState.UNCERTAIN)
    assert line.sentence.endswith("That is what an export of 1 November 2026 says.")


def test_a_password_without_a_reminder_has_only_its_date() -> None:
    interval = sample.month(2026, 3, 31)
    passwords = (
        Password(sample.INSTAGRAM, age_of(interval, 0, sample.DAY), interval),
        Password(sample.CLUB, age_of(Interval(None, None), 0, sample.DAY), Interval(None, None)),
        Password(sample.ON_X, age_of(None, 0, sample.DAY, never=True), never=True),
        Password(sample.MAILBOX, age_of(interval, 0, sample.DAY, never=True), interval, never=True),
    )
    assessment = replace(sample.assessment(()), passwords=passwords)
    report = make_report(assessment, sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    assert [line.sentence for line in report.passwords.of(PasswordState.FRESH)] == [
        "Last change: March 2026 (about 8 months ago).",
        "You do not know when it was last changed; your password manager may.",
        "Never changed, as far as you know.",
        "Never changed since the account was opened: March 2026 (about 8 months ago).",
    ]


@pytest.mark.parametrize(
    ("tongue", "words"),
    [("en", "Here: 100 × 6,000 ÷ 6,003 = 100"), ("fr", "Ici\u00a0: 100 × 6\u202f000 ÷ 6\u202f003 = 100")],
)
def test_the_formula_is_shown_with_its_figures(tongue: str, words: str) -> None:
    language.use(tongue, ROOT / "locale")
    good = replace(sample.result(YOU, sample.ADDRESS, sample.PASS), weight=6000)
    bad = sample.result("insta", sample.MAP, sample.FAIL)
    assessment = sample.assessment((good, bad))
    report = make_report(assessment, sample.CATALOGUE, sample.POLICY, Occasion(), tongue)
    assert report.method.worked == words


def test_without_a_score_there_is_nothing_to_work_out() -> None:
    assert _made().method.worked == ""


def test_a_list_that_is_no_longer_there_keeps_its_id() -> None:
    assert isinstance(sample.LISTS["x"], Checklist)
    report = make_report(sample.assessment(), sample.CATALOGUE, sample.POLICY, sample.OCCASION, "en")
    assert [str(used.title) for used in report.facts.checklists][-1] == "gone"


def test_what_is_due_needs_action(due: Due) -> None:
    assert due.is_anything
    assert not Due(sample.DAY, audit_due=False).is_anything


@pytest.mark.parametrize(
    ("minutes", "words"), [(2, "2\xa0min"), (60, "1\xa0h"), (75, "1\xa0h 15\xa0min"), (0, "0\xa0min")]
)
def test_minutes_become_hours(minutes: int, words: str) -> None:
    assert say_minutes(minutes).replace("h\xa0", "h ") == words


@pytest.mark.parametrize(("months", "words"), [(1, "1 month"), (23, "23 months"), (24, "2 years")])
def test_months_become_years(months: int, words: str) -> None:
    assert say_months(months) == words


@pytest.mark.parametrize(("remedy", "is_said"), [(Remediation(2), False), (sample.remediation(), True)])
def test_only_steps_name_menus(remedy: Remediation, *, is_said: bool) -> None:
    unsure = replace(remedy, sourced=None, settings_url="https://example.org/")
    check = sample.check("my-list.gate", same("Shut the gate"), remedy=unsure)
    results = (sample.result(YOU, check, sample.FAIL),)
    report = make_report(sample.assessment(results), sample.CATALOGUE, sample.POLICY, Occasion(), "en")
    (stop,) = report.actions[0].stops
    assert stop.guide.is_uncertain is is_said
    assert any("Menu names may differ" in words for words in report.menus) is is_said


def test_a_password_that_someone_may_know_stands_before_all_ages() -> None:
    """Whatever its age: never among those that are within their time, and in the figures as it is."""
    exposed = replace(sample.check("instagram.exposed", same("Change it")), core_id="exposed")
    results = (*sample.RESULTS, sample.result("insta", exposed, sample.FAIL, Chosen("yes")))
    before, section = _made(*sample.RESULTS).passwords, _made(*results).passwords
    assert not before.has_urgent
    assert section.has_urgent
    first = section.groups[0]
    assert (first.title, [str(line.account) for line in first.lines]) == ("To change now", ["Instagram"])
    others = [line for group in section.groups[1:] for line in group.lines]
    assert "Instagram" not in [str(line.account) for line in others]
    for state in PasswordState:
        assert len(section.of(state)) == len(before.of(state))
