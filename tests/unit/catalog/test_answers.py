"""The answers file: what someone wrote beforehand, as events, or everything that is wrong with it."""

from __future__ import annotations

from datetime import date
from textwrap import dedent, indent

import pytest
from msgspec.structs import replace
from tests.builders import DAY, catalogue, check, checklist, choice, core_checks, dated, many, state
from tests.unit.catalog.said import problems
from tests.unit.engine.placed import LISTS as PLACED

from hygiene.catalog.answers import DatedEvent, parse_answers
from hygiene.engine.state import State
from hygiene.model.account import YOU, Purpose
from hygiene.model.checklist import Catalogue
from hygiene.model.dates import Interval
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    AccountAdded,
    AccountClosed,
    AccountPlaced,
    AccountRemoved,
    Answer,
    AnswerGiven,
    Chosen,
    ChosenMany,
    Dated,
    Event,
    NonAnswer,
    Via,
)

LISTS = catalogue(
    checklist("habits", check("habits.home-address")),
    checklist(
        "instagram",
        *core_checks("instagram"),
        check("instagram.map"),
        many("instagram.apps", choice("tools", good=True), choice("games")),
        dated("instagram.sessions", 6),
        network="instagram",
    ),
    checklist("x", *core_checks("x"), network="x"),
    checklist("other", *core_checks("other"), network="other"),
)
YES_NO_WORDS = "yes, no, unknown, not-applicable, later"
HEAD = "version: 1\naccounts:\n  - {id: insta, network: instagram}\n  - {id: tw, network: x}\n"
INSTA = AccountAdded("insta", "instagram")
INSTA_HAS_NONE = "domain: an account on instagram has no domain of its own"
TW = AccountAdded("tw", "x")


def taken(data: str, now: State | None = None, lists: Catalogue = LISTS) -> tuple[DatedEvent, ...]:
    return parse_answers(dedent(data).encode(), "a.yaml", lists, now or State(), DAY)


def events(data: str, now: State | None = None) -> list[Event]:
    return [each.event for each in taken(data, now)]


def answer_to(check_id: str, written: str) -> Answer | None:
    """What one line about Instagram comes to."""
    *_accounts, only = events(f"{HEAD}answers:\n  insta:\n    {check_id}: {written}\n")
    assert isinstance(only, AnswerGiven)
    return only.answer


def wrong(data: str, now: State | None = None) -> list[str]:
    return problems(lambda: taken(data, now))


def wrong_answer(lines: str) -> list[str]:
    """What is wrong with lines about Instagram, which begin at line 7."""
    return wrong(f"{HEAD}answers:\n  insta:\n" + indent(dedent(lines), "    "))


def given(check_id: str, answer: Answer, account: str = "insta", note: str = "") -> AnswerGiven:
    return AnswerGiven(account, check_id, answer, note, "file")


CONTRACT = """\
version: 1
language: fr                     # optional
accounts:
  - {id: insta, network: instagram, label: "my Instagram", purpose: personal}
  - {id: tw, network: x, label: "on X", purpose: personal}
  - {id: gl, network: other, domain: gitlab.com, label: "GitLab", purpose: work}
answers:
  you:
    habits.home-address: "no"
  insta:
    instagram.owner-email: personal
    instagram.private-account: "no"
    instagram.password-age: 2026-03        # 2026-03-17 | 2026-03 | 2026 | "6 months ago" | passkey | …
    instagram.two-factor: {answer: sms, note: "changing in January"}
"""


class TestWhatIsTaken:
    def test_the_example_of_the_contract(self, bundled: Catalogue) -> None:
        """Accounts first, then the answers, all on the day of taking it in."""
        personal = Purpose.PERSONAL
        march = Dated(Interval(date(2026, 3, 1), date(2026, 3, 31)))
        assert taken(CONTRACT, lists=bundled) == tuple(
            DatedEvent(event, DAY)
            for event in (
                AccountAdded("insta", "instagram", "my Instagram", personal),
                AccountAdded("tw", "x", "on X", personal),
                AccountAdded("gl", "other", "GitLab", Purpose.WORK, "gitlab.com"),
                given("habits.home-address", Chosen("no"), YOU),
                given("instagram.owner-email", Chosen("personal")),
                given("instagram.private-account", Chosen("no")),
                given("instagram.password-age", march),
                given("instagram.two-factor", Chosen("sms"), note="changing in January"),
            )
        )

    def test_the_same_in_json(self) -> None:
        """Numbers and words alike are read as text."""
        data = """{
            "version": 1,
            "accounts": [{"id": "insta", "network": "instagram"}],
            "answers": {"insta": {"instagram.password-age": 2026, "instagram.map": "no"}}
        }"""
        assert events(data) == [
            INSTA,
            given("instagram.password-age", Dated(Interval(date(2026, 1, 1), DAY))),
            given("instagram.map", Chosen("no")),
        ]

    @pytest.mark.parametrize(
        "data",
        ["version: 1", "version: 1\naccounts: []\nanswers: {}", "version: 1\naccounts:\nanswers:\n  you:\n"],
    )
    def test_an_empty_one(self, data: str) -> None:
        """Says nothing, and is no mistake."""
        assert taken(data) == ()

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("2026-03-17", Interval(date(2026, 3, 17), date(2026, 3, 17))),
            ("2026-03", Interval(date(2026, 3, 1), date(2026, 3, 31))),
            ("2026-11", Interval(date(2026, 11, 1), DAY)),
            ("6 months ago", Interval(date(2026, 5, 1), date(2026, 5, 31))),
            ('"mars 2026"', Interval(date(2026, 3, 1), date(2026, 3, 31))),
            ("before 2026-03-01", Interval(None, date(2026, 2, 28))),
            ("2026-03-03 to 2026-03-10", Interval(date(2026, 3, 3), date(2026, 3, 10))),
        ],
    )
    def test_dates_in_words(self, written: str, expected: Interval) -> None:
        """As a person says them, in either language, never after the day."""
        assert answer_to("instagram.password-age", written) == Dated(expected)
        assert answer_to("instagram.sessions", written) == Dated(expected)

    @pytest.mark.parametrize(
        ("check_id", "written", "expected"),
        [
            ("instagram.password-age", "never", NEVER),
            ("instagram.password-age", "passkey", PASSKEY),
            ("instagram.password-age", '"via tw"', Via("tw")),
            ("instagram.password-age", "unknown", NonAnswer.UNKNOWN),
            ("instagram.sessions", "never", NEVER),
            ("instagram.map", "not-applicable", NonAnswer.NOT_APPLICABLE),
            ("instagram.map", "later", NonAnswer.LATER),
            ("instagram.map", "no", Chosen("no")),
            ("instagram.map", "{answer: 'yes'}", Chosen("yes")),
            ("instagram.two-factor", "passkey", Chosen("passkey")),
            ("instagram.apps", "[tools, games]", ChosenMany(("tools", "games"))),
            ("instagram.apps", "[]", ChosenMany(())),
            ("instagram.apps", "games", ChosenMany(("games",))),
            ("instagram.apps", "unknown", NonAnswer.UNKNOWN),
            ("instagram.apps", "{answer: [games]}", ChosenMany(("games",))),
        ],
    )
    def test_every_form_of_answer(self, check_id: str, written: str, expected: Answer) -> None:
        """Choices, several choices, and the words offered everywhere."""
        assert answer_to(check_id, written) == expected

    def test_an_answer_may_belong_to_an_earlier_day(self) -> None:
        """Then its words count from that day: six months before it, not before today."""
        data = HEAD + "answers: {insta: {instagram.sessions: {answer: 6 months ago, on: 2026-01-10}}}"
        expected = Dated(Interval(date(2025, 7, 1), date(2025, 7, 31)))
        assert taken(data)[2:] == (DatedEvent(given("instagram.sessions", expected), date(2026, 1, 10)),)

    def test_an_account_with_all_its_fields(self) -> None:
        """An address as pasted, an opening in words, a long name cut short."""
        data = f"""\
            version: 1
            accounts:
              - id: gl
                network: other
                domain: https://GitLab.com/me
                label: "{"x" * 81}"
                purpose: shared
                opened: "2020"
            """
        opened = Interval(date(2020, 1, 1), date(2020, 12, 31))
        assert events(data) == [AccountAdded("gl", "other", "x" * 80, Purpose.SHARED, "gitlab.com", opened)]

    def test_an_account_lies_on_a_host_of_its_network(self) -> None:
        """As pasted; and a file that does not say is no fault."""
        data = """\
            version: 1
            accounts:
              - {id: md, network: mastodon, domain: "@me@Piaille.fr"}
              - {id: az, network: amazon, domain: https://www.amazon.de/gp}
              - {id: md-2, network: mastodon}
            """
        assert [each.event for each in taken(data, lists=PLACED)] == [
            AccountAdded("md", "mastodon", domain="piaille.fr"),
            AccountAdded("az", "amazon", domain="amazon.de"),
            AccountAdded("md-2", "mastodon"),
        ]

    def test_the_host_of_the_file_takes_the_place_of_another(self) -> None:
        """On the day of taking it in; the same one, and none at all, change nothing."""
        now = state(AccountAdded("md", "mastodon", domain="piaille.fr"), AccountAdded("md-2", "mastodon"))

        def said(*rows: str) -> list[Event]:
            accounts = "".join(f"  - {{network: mastodon, {row}}}\n" for row in rows)
            return [each.event for each in taken(f"version: 1\naccounts:\n{accounts}", now, PLACED)]

        assert said("id: md, domain: mastodon.social", "id: md-2, domain: a.org") == [
            AccountPlaced("md", "mastodon.social"),
            AccountPlaced("md-2", "a.org"),
        ]
        assert said("id: md, domain: piaille.fr", "id: md-2") == []

    def test_a_long_note_is_cut_short(self) -> None:
        """At a thousand characters."""
        data = f"{HEAD}answers: {{insta: {{instagram.map: {{answer: 'no', note: '{'x' * 1001}'}}}}}}"
        assert events(data)[2:] == [given("instagram.map", Chosen("no"), note="x" * 1000)]


class TestAgain:
    def test_the_same_file_again_adds_nothing(self) -> None:
        """The same account, check, answer and day; putting off, too."""
        data = (
            HEAD
            + """\
answers:
  you: {habits.home-address: later}
  insta:
    instagram.map: {answer: "no", note: why}
    instagram.sessions: {answer: 2025-03, on: 2025-03-17}
    instagram.apps: [games]
"""
        )
        said = taken(data)
        now = State()
        for seq, each in enumerate(said, 1):
            now = now.after(each.event, each.on, seq)
        assert len(said) == 6
        assert taken(data, now) == ()

    @pytest.mark.parametrize(
        ("written", "expected"),
        [
            ("'yes'", Chosen("yes")),
            ("unknown", NonAnswer.UNKNOWN),
            ("later", NonAnswer.LATER),
        ],
    )
    def test_another_answer_is_taken(self, written: str, expected: Answer) -> None:
        """And “later” after an answer puts it off once more."""
        now = state(INSTA, given("instagram.map", NonAnswer.LATER), given("instagram.map", Chosen("no")))
        data = f"version: 1\nanswers: {{insta: {{instagram.map: {written}}}}}"
        assert events(data, now) == [given("instagram.map", expected)]

    def test_what_was_put_off_first_of_all_is_known(self) -> None:
        """In the very first place of a record."""
        later = given("habits.home-address", NonAnswer.LATER, YOU)
        data = "version: 1\nanswers: {you: {habits.home-address: later}}"
        assert events(data) == [later]
        assert events(data, State().after(later, DAY, 1)) == []

    def test_an_answer_of_today_may_say_so(self) -> None:
        """Today is not in the future."""
        data = f"version: 1\nanswers: {{you: {{habits.home-address: {{answer: 'no', on: {DAY}}}}}}}"
        assert taken(data) == (DatedEvent(given("habits.home-address", Chosen("no"), YOU), DAY),)

    def test_another_day_or_note_is_taken(self) -> None:
        """The same answer a year later is a new statement."""
        now = state(INSTA, given("instagram.map", Chosen("no")), on=date(2025, 11, 22))
        data = "version: 1\nanswers: {insta: {instagram.map: 'no'}}"
        assert events(data, now) == [given("instagram.map", Chosen("no"))]
        today = state(INSTA, given("instagram.map", Chosen("no")))
        assert events(data, today) == []
        noted = "version: 1\nanswers: {insta: {instagram.map: {answer: 'no', note: why}}}"
        assert events(noted, today) == [given("instagram.map", Chosen("no"), note="why")]

    def test_accounts_of_the_record_may_be_named(self) -> None:
        """With or without saying them again; those that the file leaves out stay."""
        now = state(INSTA, replace(TW, label="on X"))
        assert events(HEAD + "answers: {tw: {x.two-factor: app}}", now) == [
            given("x.two-factor", Chosen("app"), "tw")
        ]
        assert events("version: 1\nanswers: {insta: {instagram.password-age: via tw}}", now) == [
            given("instagram.password-age", Via("tw"))
        ]


class TestWhatIsWrong:
    def test_everything_at_once_with_line_and_allowed_values(self) -> None:
        """And nothing is returned."""
        data = """\
            version: 2
            colour: red
            accounts:
              - {id: Insta, network: instagram}
              - {id: my, network: myspace}
              - {id: gl, network: other}
              - {id: gh, network: github, purpose: fun, domain: nowhere}
              - {network: x}
            answers:
              insta:
                instagram.map: "no"
              gh:
                github.map: "yes"
              you:
                habits.home-address: maybe
                instagram.map: "no"
            """
        networks = "mailbox, work-mailbox, instagram, x, github, other"
        assert wrong(data) == [
            "a.yaml:1: version: must be a whole number from 1 to 1",
            "a.yaml:2: colour: unknown key",
            "a.yaml:4: accounts[0].id: “Insta” is not of the form instagram-2",
            f"a.yaml:5: accounts[1].network: not one of {networks}",
            "a.yaml:6: accounts[2].network: “domain” is missing",
            "a.yaml:7: accounts[3].domain: an account on github has no domain of its own",
            "a.yaml:7: accounts[3].purpose: “fun” is not one of personal, work, shared",
            "a.yaml:8: accounts[4].id: missing",
            "a.yaml:11: answers.insta: not one of you, Insta, gl, gh",
            "a.yaml:13: answers.gh.github.map: not one of ",
            f"a.yaml:15: answers.you.habits.home-address: not one of {YES_NO_WORDS}",
            "a.yaml:16: answers.you.instagram.map: not one of habits.home-address",
        ]

    @pytest.mark.parametrize(
        ("written", "reason"),
        [
            ("maybe", f"not one of {YES_NO_WORDS}"),
            ("YES", f"not one of {YES_NO_WORDS}"),
            ("''", f"not one of {YES_NO_WORDS}"),
            ("[yes]", "must be a text"),
            ('"y\\u202es"', "holds a control character or a hidden direction mark"),
        ],
    )
    def test_a_choice_that_is_not_offered(self, written: str, reason: str) -> None:
        """The words that are allowed follow."""
        assert f"a.yaml:7: answers.insta.instagram.map: {reason}" in wrong_answer(f"instagram.map: {written}")

    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            (
                "instagram.mapp: 'no'",
                "not one of instagram.owner-email, instagram.password,",
            ),
            ("x.two-factor: app", "not one of instagram.owner-email,"),
            ("instagram.apps: [tools, fun]", "not one of tools, games"),
            ("instagram.apps: fun", "not one of tools, games, unknown, not-applicable, later"),
            ("instagram.password-age: soon", "not a date such as 2026-03-17, 2026-03, 2026"),
            ("instagram.password-age: 2026-02-30", "not a date such as 2026-03-17,"),
            ("instagram.password-age: 2026-12", "in the future"),
            ("instagram.password-age: 2027", "in the future"),
            ("instagram.password-age: via insta", "not one of tw"),
            ("instagram.password-age: via me", "not one of insta, tw"),
            ("instagram.sessions: passkey", "not a date such as"),
            ("instagram.sessions: via tw", "not a date such as"),
        ],
    )
    def test_an_answer_that_the_check_does_not_take(self, lines: str, expected: str) -> None:
        """Named with its line, and with what it takes instead."""
        (problem,) = wrong_answer(lines)
        assert problem.startswith("a.yaml:7: answers.insta.")
        assert f": {expected}" in problem

    @pytest.mark.parametrize(
        ("entry", "expected"),
        [
            ("{note: why}", ".answer: missing"),
            ("{answer: 'no', why: x}", ".why: unknown key"),
            ("{answer: 'no', on: 2026-13-01}", ".on: not a date such as 2026-03-17"),
            ("{answer: 'no', on: 2026-11-23}", ".on: in the future"),
            ("{answer: 'no', on: yesterday}", ".on: not a date such as 2026-03-17"),
        ],
    )
    def test_an_answer_with_wrong_details(self, entry: str, expected: str) -> None:
        """A misspelt key is never quietly passed over."""
        place = "a.yaml:7: answers.insta.instagram.map"
        assert wrong_answer(f"instagram.map: {entry}") == [f"{place}{expected}"]

    def test_a_date_later_than_the_day_it_was_said_on(self) -> None:
        """In May nobody knew what would be in June."""
        assert wrong_answer("instagram.sessions: {answer: 2026-06, on: 2026-05-10}") == [
            "a.yaml:7: answers.insta.instagram.sessions.answer: in the future"
        ]

    @pytest.mark.parametrize(
        ("account", "expected"),
        [
            ("{id: insta, network: x}", "id: “insta” already stands for an account on instagram"),
            ("{id: gone, network: x}", "id: “gone” was used before and is never used again"),
            ("{id: you, network: x}", "id: “you” is reserved"),
            ("{id: '', network: x}", "id: “” is not of the form instagram-2"),
            ("{id: -x, network: x}", "id: “-x” is not of the form instagram-2"),
            (f"{{id: {'x' * 33}, network: x}}", f"id: “{'x' * 33}” is not of the form instagram-2"),
            ("{id: gl, network: other, domain: ''}", "domain: not of the form gitlab.com"),
            ("{id: m, network: mastodon, domain: my server}", "domain: not of the form gitlab.com"),
            ("{id: md, network: mastodon, domain: here}", "domain: not of the form gitlab.com"),
            ("{id: a, network: amazon, domain: amazon.com}", "domain: not one of amazon.fr, amazon.de"),
            ("{id: a, network: x, domain: x.com}", "domain: an account on x has no domain of its own"),
            ("{id: insta, network: instagram, domain: a.b}", INSTA_HAS_NONE),
            ("{id: a, network: x, opened: 2027}", "opened: in the future"),
            ("{id: a, network: x, label: [a]}", "label: must be a text"),
        ],
    )
    def test_an_account_that_cannot_be(self, account: str, expected: str) -> None:
        """An id on another network, one used before, none at all."""
        known = INSTA, AccountAdded("md", "mastodon"), AccountAdded("gone", "x")
        data = f"version: 1\naccounts:\n  - {account}\n"
        refused = problems(lambda: taken(data, state(*known, AccountRemoved("gone")), PLACED))
        assert refused == [f"a.yaml:3: accounts[0].{expected}"]

    def test_the_same_id_twice_in_a_file(self) -> None:
        """On the same network it is the same account; on another it is a mistake."""
        once = "version: 1\naccounts: [{id: a, network: x}, {id: a, network: x}]"
        assert events(once) == [AccountAdded("a", "x")]
        twice = "version: 1\naccounts: [{id: a, network: x}, {id: a, network: github}]"
        assert wrong(twice) == ["a.yaml:2: accounts[1].id: “a” already stands for an account on x"]

    def test_a_closed_account_may_still_be_spoken_of(self) -> None:
        """Its history is kept."""
        now = state(INSTA, AccountClosed("insta"))
        data = "version: 1\nanswers: {insta: {instagram.map: 'no'}}"
        assert events(data, now) == [given("instagram.map", Chosen("no"))]

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            ("", "a.yaml:1: the file is empty"),
            ("accounts: []", "a.yaml:1: version: missing"),
            ("version: 1\nanswers: [a]", "a.yaml:2: answers: must be a map"),
            ("version: 1\nanswers: {you: [a]}", "a.yaml:2: answers.you: must be a map"),
            ("version: 1\naccounts: {id: a}", "a.yaml:2: accounts: must be a list"),
            ("version: 1\naccounts: [a]", "a.yaml:2: accounts[0]: must be a map"),
            ("version: 1\nanswers: {you: {}, you: {}}", "a.yaml:2: answers.you: the key stands here twice"),
        ],
    )
    def test_a_file_of_another_form(self, data: str, expected: str) -> None:
        """Said, not guessed at."""
        assert expected in wrong(data)
