"""The fields of one check: what is read, and what is refused with which reason."""

from __future__ import annotations

from textwrap import indent

import pytest
from tests.unit.catalog.said import SEVERITIES, check, english, said_of

from hygiene.model.checklist import Choice, Confidence, Kind, Remediation, Steps

NO_ENGLISH = "the text in the file's language (en) is missing"
NO_CHOICE_ID = "cannot be the id of a choice"


class TestWhatIsRead:
    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            (
                "sourced: null\nverified: ~\nsettings: null\nhelp:\nsteps:\n  - Do it.",
                Remediation(1, (Steps(None, (english("Do it."),)),)),
            ),
            ("confidence: high", Remediation(1, confidence=Confidence.HIGH)),
            ("minutes: 600", Remediation(600)),
        ],
    )
    def test_null_is_nothing(self, lines: str, expected: Remediation) -> None:
        """A date or link that is not known is written as null."""
        assert check(lines).remediation == expected

    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            ("answer: memory\naudience: any\ncore: false", (False, False, False)),
            ("answer: look\naudience: personal\ncore: true", (True, True, True)),
        ],
    )
    def test_the_words_of_closed_lists(self, lines: str, expected: tuple[bool, bool, bool]) -> None:
        """Each has two."""
        read = check(lines)
        assert (read.look, read.for_person_only, read.core) == expected

    def test_choices_of_several_kinds(self) -> None:
        """Yes and no in short, several to tick, and a passkey, which a second step may be."""
        good_no = check("", choices='    choices: yes-no\n    good: "no"\n')
        assert [each.id for each in good_no.choices if each.good] == ["no"]
        ticks = check("kind: many", choices="    choices:\n      games: {text: Games}\n")
        assert (ticks.kind, ticks.choices) == (Kind.MANY, (Choice("games", english("Games")),))
        step = check("", choices="    choices: {passkey: {text: Yes, good: true}}\n")
        assert [each.id for each in step.choices] == ["passkey"]


class TestEvidence:
    CHOICES = "    choices:\n      a: {text: A, good: true}\n      b: {text: B}\n      c: {text: C}\n"

    def test_a_word_proves_a_choice_or_leaves_some_open(self) -> None:
        read = check("evidence:\n  private: {yes: a, no: [b, c]}", choices=self.CHOICES)
        assert read.evidence == {"private": {"yes": ("a",), "no": ("b", "c")}}

    def test_a_date_and_a_number(self) -> None:
        read = check("kind: date\nwithin: 3\nevidence: {password-changed: date, sessions: shown}", choices="")
        assert read.evidence == {"password-changed": {}, "sessions": {}}

    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            ("private: {maybe: a}", "evidence.private.maybe: “maybe” is not one of no, yes"),
            ("private: {yes: d}", "evidence.private.yes: “d” is not one of a, b, c"),
            ("private: {yes: [a, d]}", "evidence.private.yes[1]: “d” is not one of a, b, c"),
            ("private: {yes: []}", "evidence.private.yes: must be a choice, or a list of choices"),
            (
                "password-changed: date",
                "evidence.password-changed: only a check of kind “date” is answered by this fact",
            ),
            ("sessions: date", "evidence.sessions: “date” is not one of shown"),
        ],
    )
    def test_what_no_fact_can_answer(self, lines: str, expected: str) -> None:
        assert said_of(f"evidence:\n  {lines}", choices=self.CHOICES) == [expected]

    def test_an_unknown_fact(self) -> None:
        (said,) = said_of("evidence: {mood: good}", choices=self.CHOICES)
        assert said.startswith("evidence.mood: “mood” is not one of attached-to, connected-apps, ")

    def test_a_date_is_not_answered_by_a_word(self) -> None:
        lines = "kind: date\nwithin: 3\nevidence: {private: {yes: a}}"
        assert said_of(lines, choices="") == [
            "evidence.private: only a check of kind “choice” is answered by this fact",
            "evidence.private.yes: “a” is not one of -",
        ]


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("lines", "expected"),
        [
            ("colour: red", ["colour: unknown key"]),
            ("colour:\n  shade: red", ["colour: unknown key"]),
            ("revision: 0", ["revision: must be a whole number from 1 to 9999"]),
            ("revision: 1.5", ["revision: must be a whole number from 1 to 9999"]),
            ("minutes: ٣", ["minutes: must be a whole number from 1 to 600"]),
            ("minutes: 601", ["minutes: must be a whole number from 1 to 600"]),
            ("minutes: 0000000600", ["minutes: must be a whole number from 1 to 600"]),
            ("minutes: -1", ["minutes: must be a whole number from 1 to 600"]),
            ("core: yes", ["core: must be true or false"]),
            ("answer: maybe", ["answer: “maybe” is not one of memory, look"]),
            ("audience: me", ["audience: “me” is not one of personal, any"]),
            ("confidence: sure", ["confidence: “sure” is not one of high, medium, low"]),
            ("sourced: 2026", ["sourced: “2026” is not of the form 2026-03"]),
            ("sourced: 2026-13", ["sourced: “2026-13” is not of the form 2026-03"]),
            ("sourced: {a: b}", ["sourced: must be a text"]),
            ("sourced: [a]", ["sourced: must be a text"]),
            ("verified: 2026-03", ["verified: “2026-03” is not of the form 2026-03-17"]),
            ("when: a is", ["when: the condition is not understood near “a is”"]),
            ("when: a is b and (c is d", ["when: the condition is not understood near “nd (c is d”"]),
            ("when: a == b", ["when: the condition is not understood near “=”"]),
            ("when: [a]", ["when: must be a text", "when: the condition is not understood near “”"]),
            ("replaces: x.a", ["replaces: must be a list"]),
            ("group_question: ''", ["group_question: must be a text"]),
            (
                "steps: Do it.",
                ["steps: must be a map", f"steps: {NO_ENGLISH}"],
            ),
            ("steps: {fr: [Faire.]}", [f"steps: {NO_ENGLISH}"]),
            ("steps: {en: [a, b], fr: [a]}", ["steps: fr has 1 steps, en has 2"]),
            ("steps: {web: [a], tv: [b]}", ["steps.tv: unknown key"]),
            ("steps: [[a]]", ["steps[0]: must be a text"]),
        ],
    )
    def test_a_field_of_the_wrong_form(self, lines: str, expected: list[str]) -> None:
        """The reason names what is allowed."""
        assert said_of(lines) == expected

    @pytest.mark.parametrize(
        "url",
        [
            "http://x.org",
            "x.org",
            "javascript:alert(1)",
            "https://",
            "https://[x",
            "https://user@x.org/",
            "https://@x.org/",
            "https://x.org:pw@evil.org/",
            "https://exa mple.org",
            "https://münchen.de/",
            "https://x_y.org/",
            "data:text/html,x",
            "file:///etc/passwd",
            f"https://{'a' * 254}",
            f"https://{'a' * 500_000}!",
        ],
        ids=lambda url: f"{url[:30]}-{len(url)}",
    )
    def test_a_link_that_is_no_plain_https_address(self, url: str) -> None:
        """No other scheme, no user name in it, no host of other letters; refused at once however long."""
        assert said_of(f"help: '{url}'") == ["help: must be an https address"]

    def test_a_host_as_long_as_hosts_may_be(self) -> None:
        """253 characters."""
        url = f"https://{'a' * 249}.org/"
        assert check(f"help: {url}").remediation.help_url == url

    @pytest.mark.parametrize(
        "words", ["\\a", "\\e[0m", "a\\u202eb", "a\\u2066b", "a\\u200fb", "a\\u2028b", "a\\ufeffb", "a\\x9bb"]
    )
    def test_a_text_with_hidden_characters(self, words: str) -> None:
        """Control characters and direction marks would hide or rewrite what a person reads."""
        assert said_of(f'sources: ["{words}"]') == [
            "sources[0]: holds a control character or a hidden direction mark"
        ]

    @pytest.mark.parametrize(
        ("choices", "expected"),
        [
            ("", ["“choices” is missing"]),
            ("choices: yes-no", ["“good: yes / no” is missing"]),
            ("choices: yes-no\ngood: maybe", ["“good: yes / no” is missing"]),
            ("choices: [a]", ["choices: must be a map", "choices: no choice is good"]),
            ("choices: {a: {text: A}}", ["choices: no choice is good"]),
            (
                "choices: {a: {text: A, good: [friends]}}",
                ["choices.a.good[0]: “friends” is not one of personal, work, shared"],
            ),
            ("choices: {a: {text: A, good: true, why: x}}", ["choices.a.why: unknown key"]),
            (
                "choices: {a: {text: A, good: true, severity: dire}}",
                [f"choices.a.severity: “dire” is not one of {SEVERITIES}"],
            ),
            (
                "choices: {a: {text: A, good: true}, B: {text: B}}",
                [f"choices.B: “B” {NO_CHOICE_ID}"],
            ),
            (
                "choices: {a: {text: A, good: true}, 1: {text: B}}",
                [f"choices.1: “1” {NO_CHOICE_ID}"],
            ),
            *(
                (
                    f"choices: {{a: {{text: A, good: true}}, {word}: {{text: B}}}}",
                    [f"choices.{word}: “{word}” {NO_CHOICE_ID}"],
                )
                for word in ("unknown", "not-applicable", "later", "never")
            ),
            ("kind: date\nwithin: 6\nchoices: yes-no", ["choices: a date has no choices"]),
            ("kind: date", ["“within” is missing"]),
            ("kind: date\nwithin: 0", ["within: must be a whole number from 1 to 120"]),
            ("kind: many", ["“choices” is missing"]),
            ("kind: text", ["“text” is not one of choice, many, date"]),
            (
                "kind: poem",
                ["“choices” is missing", "kind: “poem” is not one of choice, many, date, text, host"],
            ),
        ],
    )
    def test_choices_that_cannot_be_asked(self, choices: str, expected: list[str]) -> None:
        """No good one, a reserved word, none where there must be, some where there may be none."""
        assert said_of("", choices=indent(choices, "    ") + "\n") == expected
