"""The answers file as text: a blank to fill in, and what is stored, to take elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

import pytest
from msgspec.structs import replace
from tests.builders import (
    DAY,
    POLICY,
    both,
    catalogue,
    check,
    checklist,
    choice,
    core_checks,
    dated,
    days,
    many,
    state,
)
from tests.unit.engine.placed import LISTS as PLACED

from hygiene import resources
from hygiene.catalog.answers import parse_answers
from hygiene.catalog.answers_form import render_answers, render_blank
from hygiene.engine.assess import assess
from hygiene.engine.state import State
from hygiene.language import use
from hygiene.model.account import YOU, Account, Purpose
from hygiene.model.checklist import Catalogue
from hygiene.model.dates import Interval
from hygiene.model.record import (
    PASSKEY,
    AccountAdded,
    AccountClosed,
    AccountPlaced,
    Answer,
    AnswerGiven,
    Chosen,
    ChosenMany,
    Dated,
    Event,
    NonAnswer,
    Scope,
    Via,
)

LISTS = catalogue(
    checklist("habits", check("habits.voice")),
    checklist(
        "instagram",
        *core_checks("instagram"),
        check("instagram.map", question=both("Is {network}\n  on:\n  a map?")),
        many("instagram.apps", choice("tools", good=True), choice("games")),
        dated("instagram.sessions", 6),
        network="instagram",
    ),
    checklist("x", *core_checks("x"), network="x"),
)
INSTA = AccountAdded("insta", "instagram", purpose=Purpose.WORK)
TW = AccountAdded("tw", "x")
GITLAB = AccountAdded(
    "gl", "other", "“Git” \\ #", Purpose.WORK, "gitlab.com", days(date(2020, 1, 1), date(2020, 12, 31))
)


@pytest.fixture(params=["en", "fr"])
def language(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language of the interface, in turn."""
    folder = resources.bundled("locale")
    use(request.param, folder)
    yield request.param
    use("en", folder)


def given(account: str, check_id: str, answer: Answer, note: str = "") -> AnswerGiven:
    return AnswerGiven(account, check_id, answer, note)


def read_back(now: State, lists: Catalogue = LISTS, language: str = "en", day: date = DAY) -> State:
    """What an empty store knows after taking in what this one exports."""
    text = render_answers(now, lists, day, language)
    fresh = State()
    for seq, each in enumerate(parse_answers(text.encode(), "a.yaml", lists, fresh, day), 1):
        fresh = fresh.after(each.event, each.on, seq)
    return fresh


def facts(now: State) -> dict[tuple[str, str], tuple[Answer, date, str]]:
    return {key: (each.answer, each.on, each.note) for key, each in now.answers.items()}


class TestBlank:
    def test_a_blank_parses_and_says_nothing_but_its_accounts(
        self, bundled: Catalogue, language: str
    ) -> None:
        """For every network that there is, in both languages."""
        accounts = tuple(
            Account(each, each, "name: x", Purpose.PERSONAL, "a.org" if each == "other" else None)
            for each in bundled.networks
        )
        text = render_blank(bundled, accounts, language)
        events = [each.event for each in parse_answers(text.encode(), "b.yaml", bundled, State(), DAY)]
        assert events == [
            AccountAdded(each.id, each.network, each.label, each.purpose, each.domain) for each in accounts
        ]

    def test_a_host_is_carried_where_the_network_has_such(self) -> None:
        """Not one that is not allowed any more: the file would be refused."""
        accounts = (
            Account("md", "mastodon", domain="piaille.fr"),
            Account("md-2", "mastodon"),
            Account("az", "amazon", domain="amazon.com"),
            Account("insta", "instagram", domain="instagram.com"),
        )
        text = render_blank(PLACED, accounts, "en")
        assert [each.event for each in parse_answers(text.encode(), "b.yaml", PLACED, State(), DAY)] == [
            AccountAdded("md", "mastodon", domain="piaille.fr"),
            AccountAdded("md-2", "mastodon"),
            AccountAdded("az", "amazon"),
            AccountAdded("insta", "instagram"),
        ]
        assert text.count("domain:") == 1

    def test_it_is_in_the_language_asked_for(self, bundled: Catalogue, language: str) -> None:
        """The questions and what to do."""
        text = render_blank(bundled, (), language)
        assert f"language: {language}\n" in text
        question, advice = {
            "en": ("Could a stranger find out", "Take away the # before a line"),
            "fr": ("Un inconnu pourrait-il", "Retirez le # au début d’une ligne"),
        }[language]
        assert advice in text
        assert question in text

    def test_every_line_becomes_an_answer_when_the_mark_is_taken_away(self, bundled: Catalogue) -> None:
        """With the first of the words after it; also the many and the dates."""
        accounts = (Account("insta", "instagram"), Account("fb", "facebook"))
        text = render_blank(bundled, accounts, "en")
        filled = re.sub(r"(?m)^    # ([a-z-]+\.[a-z-]+): ([^ |]+).*$", r'    \1: "\2"', text)
        said = parse_answers(filled.encode(), "b.yaml", bundled, State(), DAY)
        answered = {each.event.check for each in said if isinstance(each.event, AnswerGiven)}
        assert answered == {
            each.id
            for network in (None, "instagram", "facebook")
            for checklist in bundled.for_network(network)
            for each in checklist.checks
        }

    def test_a_question_stays_one_comment_by_its_account_s_name(self) -> None:
        """Line breaks of an author do not become keys of the file."""
        text = render_blank(LISTS, (Account("insta", "instagram"),), "en")
        assert "    # Is Instagram on: a map?\n    # instagram.map: yes | no | unknown" in text
        assert all(line.lstrip().startswith("#") for line in text.partition("  insta:\n")[2].splitlines())


class TestExport:
    NOW = state(
        INSTA,
        TW,
        GITLAB,
        given(YOU, "habits.voice", Chosen("yes"), 'why: "that", # no'),
        given("insta", "instagram.owner-email", Chosen("work")),
        given("insta", "instagram.password-age", Via("tw")),
        given("insta", "instagram.map", NonAnswer.NOT_APPLICABLE),
        given("insta", "instagram.apps", ChosenMany(("games", "tools"))),
        given("insta", "instagram.sessions", Dated(days(date(2026, 3, 1), date(2026, 3, 31)))),
        given("tw", "x.password-age", PASSKEY),
        given("tw", "x.two-factor", NonAnswer.UNKNOWN),
    )

    def test_a_host_said_in_the_audit_is_exported(self) -> None:
        """And taken in elsewhere, it is known there."""
        now = state(AccountAdded("md", "mastodon"), AccountPlaced("md", "piaille.fr"))
        text = render_answers(now, PLACED, DAY, "en")
        (added,) = parse_answers(text.encode(), "b.yaml", PLACED, State(), DAY)
        assert added.event == AccountAdded("md", "mastodon", domain="piaille.fr")

    def test_the_file_as_it_is_written(self) -> None:
        """A golden text: other people's scripts may read it."""
        assert (
            render_answers(self.NOW, LISTS, DAY, "en")
            == """\
version: 1
language: en

accounts:
  - {id: "insta", network: "instagram", purpose: "work"}
  - {id: "tw", network: "x"}
  - {id: "gl", network: "other", label: "“Git” \\\\ #", purpose: "work", domain: "gitlab.com", opened: "2020"}
answers:
  you:
    habits.voice: {answer: "yes", note: "why: \\"that\\", # no"}
  insta:
    instagram.owner-email: "work"
    instagram.password-age: "via tw"
    instagram.map: "not-applicable"
    instagram.apps: ["games", "tools"]
    instagram.sessions: "2026-03"
  tw:
    x.password-age: "passkey"
    x.two-factor: "unknown"
"""
        )

    def test_taken_in_elsewhere_it_says_the_same(self, language: str) -> None:
        """The same accounts and answers, and the same assessment; in both languages."""
        copy = read_back(self.NOW, language=language)
        assert copy.accounts == self.NOW.accounts
        assert facts(copy) == facts(self.NOW)
        results = [
            [
                (each.id, each.outcome, each.answer)
                for each in assess(now, LISTS, POLICY, DAY, Scope.FULL).results
            ]
            for now in (copy, self.NOW)
        ]
        assert results[0] == results[1]

    def test_the_bundled_checklists_go_there_and_back(self, bundled: Catalogue, language: str) -> None:
        """With the recommended answer to everything."""
        events: list[Event] = [INSTA, TW]
        owners: list[tuple[str, str | None]] = [(YOU, None), ("insta", "instagram"), ("tw", "x")]
        for owner, network in owners:
            for each in (each for one in bundled.for_network(network) for each in one.checks):
                good = each.recommended(Purpose.WORK)
                march = Dated(days(date(2026, 3, 1), date(2026, 3, 31)))
                events.append(given(owner, each.id, Chosen(good.id) if good else march))
        now = state(*events)
        copy = read_back(now, bundled, language)
        assert len(copy.answers) == len(events) - 2
        assert facts(copy) == facts(now)

    def test_each_answer_keeps_its_day(self) -> None:
        """Today's need none."""
        now = self.NOW.after(given("insta", "instagram.map", Chosen("no")), date(2025, 1, 31), 99)
        text = render_answers(now, LISTS, DAY, "en")
        assert '    instagram.map: {answer: "no", on: 2025-01-31}\n' in text
        assert facts(read_back(now)) == facts(now)

    def test_an_answer_keeps_the_day_of_its_export(self) -> None:
        """Else a password that was due when exported would be due still, and not uncertain."""
        proved = AnswerGiven("insta", "instagram.password-age", Dated(days(date(2026, 3, 1))), as_of=DAY)
        now = self.NOW.after(proved, DAY, 99)
        assert f"as_of: {DAY}}}" in render_answers(now, LISTS, DAY, "en")
        (copy,) = (each for key, each in read_back(now).answers.items() if key[1] == proved.check)
        assert copy.as_of == DAY

    @pytest.mark.parametrize(
        "interval",
        [
            Interval(date(2026, 3, 17), date(2026, 3, 17)),
            Interval(date(2026, 3, 2), date(2026, 4, 1)),
            Interval(date(2025, 1, 1), date(2025, 12, 31)),
            Interval(date(2026, 11, 1), DAY),
            Interval(date(2026, 1, 1), DAY),
            Interval(None, date(2026, 3, 17)),
            Interval(date(2026, 3, 17), DAY),
        ],
        ids=str,
    )
    def test_every_date_comes_back_as_it_was(self, interval: Interval) -> None:
        """A day, a stretch, an open beginning; on the same day and long after."""
        now = state(INSTA, given("insta", "instagram.sessions", Dated(interval)))
        for day in (DAY, date(2030, 1, 1)):
            assert read_back(now, day=day).answer("insta", "instagram.sessions") == Dated(interval)

    def test_of_two_answers_about_a_password_the_later_one_still_counts(self) -> None:
        """A passkey named, then a password again: the order of saying is the order of the file."""
        kind = given("insta", "instagram.password", Chosen("reused"))
        age = given("insta", "instagram.password-age", PASSKEY)
        for order in ((kind, age), (age, kind)):
            now = state(INSTA, *order)
            outcomes = [
                [each.outcome for each in assess(one, LISTS, POLICY, DAY, Scope.FULL).results]
                for one in (now, read_back(now))
            ]
            assert outcomes[0] == outcomes[1]

    def test_what_an_answers_file_may_no_longer_say_is_left_out(self) -> None:
        """A choice or check that is gone, an account that was closed: the rest can be taken in."""
        now = state(
            INSTA,
            TW,
            given("insta", "instagram.map", Chosen("retired")),
            given("insta", "instagram.apps", ChosenMany(("games", "retired"))),
            given("insta", "instagram.password-age", Via("tw")),
            given("insta", "instagram.gone", Chosen("yes")),
            given("insta", "instagram.two-factor", Chosen("app")),
            given("tw", "x.two-factor", Chosen("app")),
            AccountClosed("tw"),
        )
        copy = read_back(now)
        assert tuple(copy.accounts) == ("insta",)
        assert tuple(copy.answers) == (("insta", "instagram.two-factor"),)

    def test_an_empty_record_is_an_empty_file(self) -> None:
        """Which can be taken in too."""
        text = render_answers(State(), LISTS, DAY, "en")
        assert text == "version: 1\nlanguage: en\n\naccounts: []\nanswers: {}\n"
        assert read_back(State()) == State()

    def test_putting_off_is_not_an_answer(self) -> None:
        """The older answer is what is stored."""
        now = state(
            INSTA,
            given("insta", "instagram.map", Chosen("no")),
            given("insta", "instagram.map", NonAnswer.LATER),
        )
        assert read_back(now).answer("insta", "instagram.map") == Chosen("no")

    def test_a_setup_answer_is_not_part_of_it(self) -> None:
        """Accounts say what it came to."""
        now = state(INSTA, given("insta", "setup.purpose", Chosen("work")))
        assert read_back(now) == replace(state(INSTA), answers={})
