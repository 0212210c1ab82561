"""`fix`, `done`, `waive`, `password` and `account remove`, from the command line."""

from __future__ import annotations

import pytest
from tests.cli.conftest import Program
from tests.cli.refusal import refused

PRIVATE = "insta/instagram.private-account"
MARKER = "MARQUEUR-7391"


def findings(program: Program, *options: str) -> dict[str, object]:
    """Every finding by its id, with its waiver."""
    found = program("findings", "--format", "json", *options).json["findings"]
    return {each["id"]: each["waiver"] for each in found}


def passwords(program: Program) -> dict[str, str]:
    return {each["account"]: each["state"] for each in program("due", "--format", "json").json["passwords"]}


@pytest.mark.parametrize(
    "arguments",
    [
        ["fix"],
        ["done"],
        ["waive"],
        ["waive", "--end"],
        ["password"],
        ["password", "insta"],
        ["password", "--off"],
    ],
    ids=" ".join,
)
def test_without_a_terminal_the_way_without_one_is_named(program: Program, arguments: list[str]) -> None:
    """Exit 2, before a store is looked for, and so before a passphrase is asked."""
    assert "`hygiene " in refused(program, 2, *arguments).err


class TestDone:
    def test_it_settles_a_finding(self, audited: Program) -> None:
        """By its whole id or the end of it; nothing on standard output."""
        run = audited("done", "private-account")
        assert (run.code, run.out) == (0, "")
        assert run.err == "Noted. 2 findings are still open.\n"
        assert PRIVATE not in findings(audited)
        assert "insta/instagram.private-account" not in audited("answers", "export").err

    def test_what_is_in_order_stays_as_it_is(self, audited: Program) -> None:
        """No statement is added for nothing."""
        audited("done", PRIVATE)
        before = audited("store", "export").json["statements"]
        assert audited("done", PRIVATE).err == "There is nothing to do there. Nothing was changed.\n"
        assert len(audited("store", "export").json["statements"]) == len(before)

    def test_a_password_is_changed_today(self, audited: Program) -> None:
        """On the day that `--on` names."""
        assert passwords(audited)["insta"] == "due"
        assert audited("done", "insta/instagram.password-age", "--on", "2026-11-01").code == 0
        assert passwords(audited)["insta"] == "fresh"

    def test_one_that_does_not_exist(self, audited: Program) -> None:
        """Not repeated in the error."""
        assert MARKER not in refused(audited, 2, "done", MARKER).err

    def test_which_one_is_asked_and_agreed_to(self, audited: Program) -> None:
        """In the order in which to act; a no changes nothing."""
        run = audited("--plain", "done", stdin=b"1\nno\n")
        assert "1. Make your account private" in run.err
        assert "As from today: Yes" in run.err
        assert "\N{REPLACEMENT CHARACTER}" not in run.err
        assert "\nToday. Is that right?" in audited("--plain", "done", stdin=b"2\nno\n").err
        assert "Nothing was changed." in run.err
        assert audited("--plain", "done", stdin=b"1\nyes\n").code == 0
        assert PRIVATE not in findings(audited)
        assert audited("--plain", "done", stdin=b"3\n").code == 0
        assert len(findings(audited)) == 2

    def test_where_nothing_is_recommended_the_question_is_asked(self, audited: Program) -> None:
        """Of a list of one's own; without a terminal there is the answers file."""
        own = audited.file("my-garden.yaml", GARDEN)
        answers = audited.file("b.yaml", "version: 1\nanswers: {you: {my-garden.shed: unknown}}\n")
        run = audited("audit", "--answers", answers, "--checklist", own)
        assert run.code == 0, run.err
        assert "--answers" in refused(audited, 2, "done", "shed").err
        assert "Nothing was changed." in audited("--plain", "done", "shed").err
        assert audited("--plain", "done", "shed", stdin=b"2\n").code == 0
        assert 'shed: "green"' in audited("answers", "export").out
        run = audited("--plain", "done", stdin=b"1\n1\n")
        assert "No answer is recommended there" in run.err
        assert 'shed: "red"' in audited("answers", "export").out


class TestWaive:
    def test_it_is_accepted_until_a_day(self, audited: Program) -> None:
        """Shown as such in the report, and listed by `due` once that day has passed."""
        run = audited("waive", PRIVATE, "--reason", "it is a page", "--until", "March")
        assert (run.code, run.err) == (0, "Accepted until 31 March 2027.\n")
        assert findings(audited)[PRIVATE] == {"reason": "it is a page", "until": "2027-03-31"}
        assert "it is a page" in audited("report", "--format", "md").out
        assert findings(audited, "--on", "2027-04-01")[PRIVATE] is None
        assert PRIVATE in audited("due", "--on", "2027-04-01").out

    def test_without_a_day_it_is_accepted_for_good(self, audited: Program) -> None:
        """A script is not asked."""
        assert audited("waive", PRIVATE).err == "Accepted for good.\n"
        assert findings(audited, "--on", "2099-01-01")[PRIVATE] == {"reason": "", "until": None}

    def test_it_is_taken_back(self, audited: Program) -> None:
        """And then nothing has ended that would be due."""
        audited("waive", PRIVATE, "--until", "in 6 months")
        assert audited("waive", "--end", "private-account").err == "It is open again.\n"
        assert findings(audited)[PRIVATE] is None
        assert PRIVATE not in audited("due").out
        refused(audited, 3, "waive", "--end", PRIVATE)

    @pytest.mark.parametrize("until", ["yesterday", "today", "2026-03", "whenever", "2026-11-22"])
    def test_a_day_that_does_not_lie_ahead(self, audited: Program, until: str) -> None:
        """Refused, with examples."""
        assert "2027-03-01" in refused(audited, 2, "waive", PRIVATE, "--until", until).err

    def test_what_does_not_go(self, audited: Program) -> None:
        """An end with an end, a day too far, and what is no finding."""
        refused(audited, 2, "waive", PRIVATE, "--end", "--until", "March")
        refused(audited, 3, "waive", PRIVATE, "--until", "2207")
        refused(audited, 3, "waive", "insta/instagram.owner-email")

    def test_which_one_is_asked_with_a_reason_and_a_day(self, audited: Program) -> None:
        """A year where Enter leads."""
        run = audited("--plain", "waive", stdin=b"1\nit is a page\n\n")
        assert run.code == 0, run.err
        assert findings(audited)[PRIVATE] == {"reason": "it is a page", "until": "2027-11-22"}
        assert audited("--plain", "waive", "--end", stdin=b"1\n").code == 0
        assert findings(audited)[PRIVATE] is None
        assert "Nothing to do." in audited("--plain", "waive", "--end").err

    def test_what_was_given_is_not_asked(self, audited: Program) -> None:
        """Only which one, and what is missing."""
        run = audited("--plain", "waive", "--reason", "a page", stdin=b"1\n3\n")
        assert run.code == 0, run.err
        assert "Why" not in run.err
        assert findings(audited)[PRIVATE] == {"reason": "a page", "until": None}

    def test_the_age_of_a_password_is_not_offered(self, audited: Program) -> None:
        """It is a reminder; the last row is none of them."""
        rows = len([each for each in findings(audited) if not each.endswith("password-age")])
        assert rows < len(findings(audited))
        run = audited("--plain", "waive", "--until", "March", stdin=f"{rows + 1}\n".encode())
        assert run.code == 0
        assert f"{rows + 1}. None of these" in run.err
        assert set(findings(audited).values()) == {None}


class TestPassword:
    @pytest.mark.parametrize(
        ("options", "state"),
        [
            (["--changed", "today"], "fresh"),
            (["--changed", "hier"], "fresh"),
            (["--changed", "January 2026"], "due"),
            (["--passkey"], "exempt"),
            (["--via", "gl"], "exempt"),
            (["--via", "gitlab"], "exempt"),
            (["--off"], "fresh"),
        ],
        ids=" ".join,
    )
    def test_one_statement(self, audited: Program, options: list[str], state: str) -> None:
        """By the account's id or what it is called."""
        run = audited("password", "my instagram", *options)
        assert (run.code, run.out) == (0, "")
        assert passwords(audited)["insta"] == state

    def test_reminded_again(self, audited: Program) -> None:
        """As of the others."""
        audited("password", "insta", "--off")
        assert audited("password", "insta", "--rule").code == 0
        assert passwords(audited)["insta"] == "due"

    def test_a_year_is_refused_with_the_reason(self, audited: Program) -> None:
        """And taken where the password may wait."""
        assert "second step" in refused(audited, 3, "password", "insta", "--year").err
        more = "version: 1\naccounts: [{id: insta, network: instagram}]\nanswers:\n  insta:\n"
        answers = audited.file("more.yaml", f"{more}    instagram.password: random\n")
        assert audited("audit", "--answers", answers).code == 0
        assert audited("password", "insta", "--year").code == 0
        assert passwords(audited)["insta"] == "fresh"

    def test_what_does_not_go(self, audited: Program) -> None:
        """The future, nonsense, two things at once, a circle, nobody."""
        assert (
            "in the past, or today" in refused(audited, 3, "password", "insta", "--changed", "2027-01-01").err
        )
        refused(audited, 2, "password", "insta", "--changed", "whenever")
        refused(audited, 2, "password", "insta", "--passkey", "--off")
        refused(audited, 3, "password", "insta", "--via", "insta")
        assert MARKER not in refused(audited, 2, "password", MARKER, "--off").err

    def test_before_there_is_an_account(self, program: Program) -> None:
        """There is none to choose from, and nothing to go through."""
        assert program("store", "init").code == 0
        assert "hygiene account add" in refused(program, 3, "--plain", "password", "--off").err
        assert "no reminder has been reached" in program("--plain", "password").err
        assert "Nothing is left to do." in program("--plain", "fix").err
        assert "Nothing to do." in program("--plain", "done").err

    def test_those_that_are_due_one_by_one(self, audited: Program) -> None:
        """The end of the input is a stop, and what was said is kept."""
        run = audited("--plain", "password", stdin=b"2\n")
        assert run.code == 0, run.err
        assert passwords(audited)["insta"] == "fresh"
        assert "no reminder has been reached" in audited("--plain", "password").err

    def test_one_that_is_named_or_chosen(self, audited: Program) -> None:
        """The same choices; with an option the account is asked for."""
        assert audited("--plain", "password", "insta", stdin=b"4\n").code == 0
        assert passwords(audited)["insta"] == "exempt"
        assert audited("--plain", "password", "--changed", "today", stdin=b"2\n").code == 0
        assert passwords(audited)["tw"] == "fresh"


class TestFix:
    def test_findings_one_by_one(self, audited: Program) -> None:
        """Asked again, answered, left; the rest is for another time."""
        run = audited("--plain", "fix", stdin=b"3\n1\n7\n5\nchanging soon\n1\n")
        assert (run.code, run.out) == (0, "")
        assert "1 of 3. Make your account private: my Instagram" in run.err
        assert "2 findings settled. 1 finding is still open." in run.err
        left = findings(audited)
        assert PRIVATE not in left
        assert left["insta/instagram.two-factor"] == {"reason": "changing soon", "until": "2027-11-22"}

    def test_what_is_marked_done_and_bad_again_was_good_in_between(self, audited: Program) -> None:
        """The record tells a finding that came back from one that was never mended."""
        audited("done", PRIVATE)
        audited("--plain", "--on", "2027-11-22", "audit", "--answers", audited.file("again.yaml", AGAIN))
        said = [
            (each["on"], each["answer"])
            for each in audited("store", "export").json["statements"]
            if each["kind"] == "answer" and each["check"] == "instagram.private-account"
        ]
        assert said == [("2026-11-22", "no"), ("2026-11-22", "yes"), ("2027-11-22", "no")]


GARDEN = """\
format: 1
id: my-garden
version: "2026.11"
title: My garden club
checks:
  - id: shed
    title: Paint the shed
    question: What colour is the shed?
    risk: It looks old.
    severity: critical
    choices:
      red: {text: Red}
      green: {text: Green, good: [work]}
    minutes: 5
    steps: [Paint it.]
"""

AGAIN = """\
version: 1
accounts: [{id: insta, network: instagram}]
answers: {insta: {instagram.private-account: "no"}}
"""


class TestRemove:
    def test_everything_about_it_goes(self, audited: Program) -> None:
        """It is said what still holds it."""
        run = audited("account", "remove", "my instagram", "--yes")
        assert (run.code, run.out) == (0, "")
        assert "copy beside the store" in run.err
        assert "my Instagram" not in audited("store", "export").out
        assert audited("account", "list").out == "tw: on X\ngl: GitLab\n"
        refused(audited, 2, "account", "close", "insta")

    def test_without_a_terminal_the_yes_has_to_be_written(self, audited: Program) -> None:
        """As for erasing."""
        assert "--yes" in refused(audited, 2, "account", "remove", "insta").err

    def test_a_backup_does_not_bring_it_back(self, audited: Program) -> None:
        """Joined, it has nothing new; in its place, it is the store of its day."""
        assert audited("store", "backup", "b.hygiene").code == 0
        audited("account", "remove", "insta", "--yes")
        assert audited("store", "restore", "b.hygiene").code == 0
        assert "insta" not in audited("account", "list").out

    def test_a_removal_by_mistake_is_undone(self, audited: Program) -> None:
        """By going back to the copy beside the store, as the guide says."""
        audited("account", "remove", "insta", "--yes")
        assert audited("store", "restore", "--previous", "--replace").code == 0
        assert PRIVATE in findings(audited)

    def test_a_copy_beside_it_is_not_offered_for_ever(self, audited: Program) -> None:
        """Of what it holds nothing is missing."""
        copy = audited.home / "answers (conflict).hygiene"
        copy.write_bytes((audited.home / "answers.hygiene").read_bytes())
        audited("account", "remove", "insta", "--yes")
        assert "another copy of your store and holds more" not in audited("status").err


def test_no_name_and_no_answer_in_an_error(program: Program) -> None:
    """Whatever was typed."""
    answers = f"""\
version: 1
accounts:
  - {{id: insta, network: instagram, label: "{MARKER}"}}
  - {{id: other, network: x, label: "{MARKER}"}}
answers:
  insta:
    instagram.private-account: {{answer: "no", note: "{MARKER}"}}
    instagram.password-age: 2026-03
"""
    assert program("audit", "--answers", program.file("a.yaml", answers)).code == 0
    for arguments in (
        ["done", MARKER],
        ["done", "private"],
        ["waive", MARKER],
        ["waive", "--end", PRIVATE],
        ["password", MARKER, "--off"],
        ["password", "insta", "--via", MARKER],
        ["password", "insta", "--year"],
        ["account", "remove", MARKER, "--yes"],
    ):
        run = program(*arguments)
        assert run.code in (2, 3), run.err
        assert MARKER not in run.out + run.err
