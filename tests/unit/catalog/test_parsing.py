"""Checklist files: bytes to a checklist, or everything that is wrong with it."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from textwrap import dedent

import pytest
from tests.unit.catalog.said import HEAD, SEVERITIES, YES_NO_GOOD, check, english, own, problems, said_of

from hygiene.catalog.list_names import RESERVED_LISTS
from hygiene.catalog.parsing import (
    BUNDLED,
    Origin,
    parse_checklist,
    parse_core,
    parse_setup,
)
from hygiene.model.account import Purpose
from hygiene.model.checklist import (
    Check,
    Checklist,
    Choice,
    Confidence,
    Every,
    Is,
    Kind,
    Not,
    Remediation,
    Severity,
    Some,
    Steps,
    Trust,
)
from hygiene.model.text import Text

EVERYONE = frozenset(Purpose)
NO_ENGLISH = "the text in the file's language (en) is missing"
NO_CHOICE_ID = "cannot be the id of a choice"


def both(english: str, french: str) -> Text:
    return Text("en", {"en": english, "fr": french})


YES_NO = (
    Choice("yes", both("Yes", "Oui"), EVERYONE),
    Choice("no", both("No", "Non"), frozenset()),
)


class TestWhatIsRead:
    def test_a_whole_file(self) -> None:
        """Every field of the format, into the value that it stands for."""
        data = dedent("""\
            format: 1
            id: instagram
            version: "2026.11"
            language: en
            title: {en: Instagram, fr: Instagram}
            network: instagram
            domains: [instagram.com, meta.com]
            sources: ["A page, 2026"]
            checks:
              - id: private-account
                revision: 2
                replaces: [instagram.is-private]
                title: {en: "Make it private", fr: "La passer en privé"}
                question: "Who sees your posts?"
                group_question: "Who sees the posts?"
                risk: Strangers can.
                severity: high
                core: true
                answer: look
                audience: personal
                when: "purpose is personal and not platform is ios"
                choices:
                  "no": {text: Nobody, good: true}
                  friends: {text: {en: Friends, fr: Des amis}, good: [work, shared], severity: info}
                  all: {text: Everyone, good: false}
                minutes: 2
                steps:
                  web: {en: [Open., Close.], fr: [Ouvrez., Fermez.]}
                  ios: [Tap.]
                settings: https://www.instagram.com/settings/?a=1
                help: https://help.instagram.com/1
                sourced: 2025-10
                verified: 2026-03-17
                confidence: medium
                sources: ["A book"]
              - id: sessions
                kind: date
                within: 6
                title: Look through the devices
                question: When did you?
                risk: Someone may be in.
                severity: critical
            """).encode()
        private = Check(
            id="instagram.private-account",
            title=both("Make it private", "La passer en privé"),
            question=english("Who sees your posts?"),
            risk=english("Strangers can."),
            severity=Severity.HIGH,
            remediation=Remediation(
                2,
                (
                    Steps("web", (both("Open.", "Ouvrez."), both("Close.", "Fermez."))),
                    Steps("ios", (english("Tap."),)),
                ),
                "https://www.instagram.com/settings/?a=1",
                "https://help.instagram.com/1",
                "2025-10",
                "2026-03-17",
                Confidence.MEDIUM,
            ),
            kind=Kind.CHOICE,
            choices=(
                Choice("no", english("Nobody"), EVERYONE),
                Choice(
                    "friends",
                    both("Friends", "Des amis"),
                    frozenset({Purpose.WORK, Purpose.SHARED}),
                    Severity.INFO,
                ),
                Choice("all", english("Everyone")),
            ),
            group_question=english("Who sees the posts?"),
            revision=2,
            core=True,
            look=True,
            when=Every((Is("purpose", ("personal",)), Not(Is("platform", ("ios",))))),
            for_person_only=True,
            replaces=("instagram.is-private",),
            sources=("A book",),
        )
        sessions = Check(
            id="instagram.sessions",
            title=english("Look through the devices"),
            question=english("When did you?"),
            risk=english("Someone may be in."),
            severity=Severity.CRITICAL,
            remediation=Remediation(1),
            kind=Kind.DATE,
            within_months=6,
        )
        assert parse_checklist(data, "f.yaml", {}, BUNDLED) == Checklist(
            id="instagram",
            version="2026.11",
            language="en",
            title=both("Instagram", "Instagram"),
            checks=(private, sessions),
            network="instagram",
            domains=("instagram.com", "meta.com"),
            sources=("A page, 2026",),
            publisher="hygiene",
            trust=Trust.BUNDLED,
            digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
        )

    def test_the_shortest_file(self) -> None:
        """What may be left out has the documented default."""
        checklist = own(HEAD + YES_NO_GOOD)
        assert (checklist.network, checklist.domains, checklist.trust, checklist.publisher) == (
            None,
            (),
            Trust.FILE,
            "",
        )
        assert checklist.checks == (
            Check(
                "my-list.a",
                english("T"),
                english("Q"),
                english("R"),
                Severity.LOW,
                Remediation(1),
                choices=YES_NO,
            ),
        )

    def test_plain_texts_are_in_the_file_s_language(self) -> None:
        """And a map may add others."""
        checklist = own(HEAD.replace("format: 1", "format: 1\nlanguage: fr") + YES_NO_GOOD)
        assert checklist.title == Text("fr", {"fr": "Mine"})


class TestProblems:
    def test_all_of_them_at_once(self) -> None:
        """Each with file, line and field, in the order of the file."""
        data = """\
            format: 2
            id: Instagram
            version: soon
            colour:
              - blue
            title: {fr: Moi, "!": x}
            network: "In sta"
            checks:
              - id: a
                title: T
                question: {en: "", fr: Quoi}
                severity: dire
                choices: {later: {text: L}, b: {good: maybe}}
                minutes: 0
              - question: "\\e[31mred"
                risk: ["a"]
                severity: low
                choices: yes-no
                settings: http://x.org
            """
        assert problems(lambda: own(data)) == [
            "f.yaml:1: format: must be a whole number from 1 to 1",
            "f.yaml:2: id: “Instagram” is not of the form instagram",
            "f.yaml:2: id: the id must begin with “my-”",
            "f.yaml:3: version: “soon” is not of the form 2026.11",
            "f.yaml:4: colour: unknown key",
            f"f.yaml:6: title: {NO_ENGLISH}",
            "f.yaml:6: title.!: “!” is not a language code",
            "f.yaml:7: network: “In sta” is not of the form instagram",
            "f.yaml:9: checks[0]: “risk” is missing",
            f"f.yaml:11: checks[0].question: {NO_ENGLISH}",
            f"f.yaml:12: checks[0].severity: “dire” is not one of {SEVERITIES}",
            "f.yaml:13: checks[0].choices: no choice is good",
            "f.yaml:13: checks[0].choices.b.good: must be true or false",
            "f.yaml:13: checks[0].choices.b.text: missing",
            "f.yaml:13: checks[0].choices.later: “later” cannot be the id of a choice",
            "f.yaml:14: checks[0].minutes: must be a whole number from 1 to 600",
            "f.yaml:15: checks[1]: “id” is missing",
            "f.yaml:15: checks[1]: “title” is missing",
            "f.yaml:15: checks[1]: “good: yes / no” is missing",
            "f.yaml:15: checks[1].question: holds a control character or a hidden direction mark",
            "f.yaml:16: checks[1].risk: must be a map",
            f"f.yaml:16: checks[1].risk: {NO_ENGLISH}",
            "f.yaml:19: checks[1].settings: must be an https address",
        ]

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (
                "a: 1",
                [
                    "f.yaml:1: no checks",
                    "f.yaml:1: a: unknown key",
                    "f.yaml:1: format: missing",
                    "f.yaml:1: id: missing",
                    "f.yaml:1: title: missing",
                    "f.yaml:1: version: missing",
                ],
            ),
            (
                "[1, 2]",
                [
                    "f.yaml:1: must be a map",
                    *[f"f.yaml:1: {key}: missing" for key in ("format", "id", "title", "version")],
                ],
            ),
            ("just words", ["f.yaml:1: must be a map"]),
        ],
    )
    def test_a_file_that_is_something_else(self, data: str, expected: list[str]) -> None:
        """It says what lacks rather than failing on the first field."""
        assert set(expected) <= set(problems(lambda: own(data)))

    @pytest.mark.parametrize("key", ["id", "title", "question", "risk", "severity"])
    def test_a_check_without_what_it_needs(self, key: str) -> None:
        """Missing, or there and empty."""
        data = HEAD + YES_NO_GOOD
        without = re.sub(rf"(?m)^(  [ -] ){key}: .*$", r"\1core: false", data)
        assert [each.partition(": ")[2] for each in problems(lambda: own(without))] == [
            f"checks[0]: “{key}” is missing"
        ]
        empty = re.sub(rf"(?m)^(  [ -] {key}:) .*$", r"\1 ''", data)
        (problem,) = problems(lambda: own(empty))
        assert f"checks[0].{key}: " in problem

    def test_an_id_that_stands_twice(self) -> None:
        """The second one is reported."""
        data = HEAD + YES_NO_GOOD + "".join(HEAD.partition("checks:\n")[2]) + YES_NO_GOOD
        assert problems(lambda: own(data)) == ["f.yaml:13: checks[1]: the id “my-list.a” stands here twice"]

    @pytest.mark.parametrize(
        ("when", "unknown"),
        [
            ("my-list.a is yes", None),
            ("instagram.two-factor is app", None),
            ("purpose is work", None),
            ("platform is ios", None),
            ("my-list.b is yes", "my-list.b"),
            ("two-factor is app", "two-factor"),
            (".two-factor is app", ".two-factor"),
            ("purpos is work", "purpos"),
            ("A.b is c", "A.b"),
        ],
    )
    def test_the_names_of_a_condition(self, when: str, unknown: str | None) -> None:
        """A check of this file or of another list, purpose or platform; a slip is a problem."""
        if unknown is None:
            assert check(f"when: {when}").when is not None
        else:
            assert said_of(f"when: {when}") == [
                f"when: the condition of my-list.a names “{unknown}”, which is not known"
            ]


class TestIds:
    @pytest.mark.parametrize("list_id", ["my-list", "my-a1", "my-" + "x" * 29])
    def test_a_person_s_own_list_begins_with_my(self, list_id: str) -> None:
        """So that it never stands in the way of a bundled one."""
        assert own((HEAD + YES_NO_GOOD).replace("my-list", list_id)).checks[0].id == f"{list_id}.a"

    @pytest.mark.parametrize(
        ("list_id", "reason"),
        [
            ("instagram", "the id must begin with “my-”"),
            ("acme-list", "the id must begin with “my-”"),
            ("''", "“” is not of the form instagram"),
            ("my_list", "“my_list” is not of the form instagram"),
            ("my-" + "x" * 30, f"“my-{'x' * 30}” is not of the form instagram"),
        ],
    )
    def test_any_other_name_is_refused(self, list_id: str, reason: str) -> None:
        """Too long, too free, or someone else's."""
        data = (HEAD + YES_NO_GOOD).replace("id: my-list", f"id: {list_id}")
        assert f"f.yaml:2: id: {reason}" in problems(lambda: own(data))

    def test_the_bundled_names_are_reserved(self, bundled_ids: frozenset[str]) -> None:
        """Every list that is shipped, and the two names that stand for something else."""
        assert bundled_ids | {"setup", "you"} <= RESERVED_LISTS

    @pytest.mark.parametrize("list_id", ["instagram", "you", "setup"])
    def test_no_other_origin_takes_a_reserved_name(self, list_id: str) -> None:
        """Whatever prefix it has."""
        data = (HEAD + YES_NO_GOOD).replace("my-list", list_id).encode()
        assert problems(lambda: parse_checklist(data, "f.yaml", {}, Origin(Trust.MANAGED, "Acme"))) == [
            f"f.yaml:2: id: “{list_id}” is reserved"
        ]


@pytest.fixture
def bundled_ids() -> frozenset[str]:
    folder = Path(__file__).parents[3] / "checklists"
    return frozenset(each.stem for each in folder.glob("[a-z]*.yaml"))


CORE_FILE = b"""\
format: 1
language: en
checks:
  - id: two-factor
    title: Turn on a second step
    question: What does {network} ask for?
    group_question: What do these ask for?
    risk: A stolen password is enough.
    severity: high
    core: true
    choices: {app: {text: App, good: true}, none: {text: Nothing}}
  - id: codes
    title: Keep the codes
    question: Where are they?
    risk: R
    severity: medium
    when: ".two-factor is app and not (purpose is work or .two-factor is none)"
    choices: yes-no
    good: "yes"
"""
TWICE = """\
checks:
  - id: two-factor
    title: T
    question: Q
    risk: R
    severity: low
    choices: yes-no
    good: "no"
"""
CORE = parse_core(CORE_FILE, "_core.yaml")


def bundled(data: str) -> Checklist:
    head = 'format: 1\nid: x\nversion: "2026.11"\ntitle: X\nnetwork: x\n'
    return parse_checklist((head + dedent(data)).encode(), "x.yaml", CORE, BUNDLED)


class TestCore:
    def test_a_network_takes_up_a_core_question(self) -> None:
        """The shared words, its own steps; in the order in which the questions are written once."""
        checklist = bundled("""\
            core:
              codes: {minutes: 3}
              two-factor: {minutes: 10, settings: "https://x.com/2fa", steps: [Open.]}
            """)
        shared = CORE["two-factor"]
        first, second = checklist.checks
        assert (first.id, first.core_id, first.group) == ("x.two-factor", "two-factor", "two-factor")
        assert (first.title, first.choices, first.group_question) == (
            shared.title,
            shared.choices,
            shared.group_question,
        )
        assert first.remediation == Remediation(10, (Steps(None, (english("Open."),)),), "https://x.com/2fa")
        assert second.id == "x.codes"

    def test_a_dot_means_the_same_checklist(self) -> None:
        """Wherever it stands in the condition."""
        (codes,) = bundled("core: {two-factor: {}, codes: {}}").checks[1:]
        assert codes.when == Every(
            (
                Is("x.two-factor", ("app",)),
                Not(Some((Is("purpose", ("work",)), Is("x.two-factor", ("none",))))),
            )
        )

    def test_a_network_may_put_it_in_its_own_words(self) -> None:
        """Severity, question, risk and revision; nothing else."""
        (only,) = bundled("""\
            core:
              two-factor: {severity: critical, question: Which?, risk: Much., revision: 3}
            """).checks
        assert (only.severity, only.question, only.risk, only.revision) == (
            Severity.CRITICAL,
            english("Which?"),
            english("Much."),
            3,
        )

    @pytest.mark.parametrize(
        ("data", "expected"),
        [
            (
                "core: {password: {}}",
                [
                    "x.yaml:6: core.password: “password” is not one of two-factor, codes",
                    "x.yaml:1: no checks",
                ],
            ),
            ("core: {two-factor: {title: T}}", ["x.yaml:6: core.two-factor.title: unknown key"]),
            (
                "core: {two-factor: {severity: dire}}",
                [f"x.yaml:6: core.two-factor.severity: “dire” is not one of {SEVERITIES}"],
            ),
            *(
                (
                    f"core: {{two-factor: {{revision: {number}}}}}",
                    ["x.yaml:6: core.two-factor.revision: must be a whole number from 1 to 9999"],
                )
                for number in (0, 10_000)
            ),
            (
                "core: {codes: {}}",
                ["x.yaml:6: core.codes: the condition of x.codes names “x.two-factor”, which is not known"]
                * 2,
            ),
            (
                "core: {two-factor: {}}\n" + TWICE,
                ["x.yaml:8: checks[0]: the id “x.two-factor” stands here twice"],
            ),
        ],
    )
    def test_what_is_wrong_with_an_instance(self, data: str, expected: list[str]) -> None:
        """A question that is not shared, a field that is, or an id of its own that is taken."""
        assert sorted(problems(lambda: bundled(data))) == sorted(expected)

    def test_a_person_s_own_list_has_no_core_questions(self) -> None:
        """Only the bundled checklist of a network asks them."""
        data = HEAD + YES_NO_GOOD + "core: {two-factor: {}}\n"
        assert problems(lambda: own(data)) == [
            "f.yaml:13: core: only the lists that come with the program hold core questions"
        ]
        assert own(HEAD + YES_NO_GOOD + "core: {}\n").checks

    def test_shared_files_tell_their_problems_too(self) -> None:
        """With the line; and fields that only a checklist has are unknown there."""
        data = CORE_FILE.replace(b"severity: medium", b"severity: dire\n    audience: any")
        assert problems(lambda: parse_core(data, "_core.yaml")) == [
            f"_core.yaml:16: checks[1].severity: “dire” is not one of {SEVERITIES}",
            "_core.yaml:17: checks[1].audience: unknown key",
        ]
        assert problems(lambda: parse_setup(b"format: 1", "_setup.yaml")) == [
            "_setup.yaml:1: checks: missing",
            "_setup.yaml:1: language: missing",
        ]

    def test_the_questions_before_the_first_check(self) -> None:
        """They carry the list's name, and may be words of the person's own."""
        data = (
            b"language: en\nchecks: [{id: names, kind: text, title: T, question: Q, risk: R, severity: info}]"
        )
        (names,) = parse_setup(data, "_setup.yaml").values()
        assert (names.id, names.kind) == ("setup.names", Kind.TEXT)
