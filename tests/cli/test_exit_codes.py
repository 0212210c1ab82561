"""Exit codes and errors: what happened, then a hint, and never a traceback."""

import pytest
from tests.cli.conftest import ANSWERS, Program


def test_due_says_ten_when_a_password_is_due(audited: Program) -> None:
    """March plus three months has passed in November."""
    run = audited("due", "--format", "json")
    assert run.code == 10
    assert run.json["passwords"][0] == {
        "account": "insta",
        "state": "due",
        "due_on": "2026-06-30",
        "age_months": 7,
    }
    assert run.json["audit"] == {"last_on": "2026-11-22", "due_on": "2027-11-22", "due": False}


@pytest.mark.parametrize(("day", "state"), [("2026-06-30", "uncertain"), ("2026-07-01", "due")])
def test_due_from_the_day_after_the_last_fresh_one(program: Program, day: str, state: str) -> None:
    """The boundary is exact."""
    answers = (
        "version: 1\naccounts:\n  - {id: insta, network: instagram}\n"
        "answers:\n  insta:\n    instagram.password-age: 2026-03\n"
    )
    assert program("audit", "--answers", program.file("a.yaml", answers), "--on", "2026-04-01").code == 0
    assert program("due", "--format", "json", "--on", day).json["passwords"][0]["state"] == state


def test_findings_exit_with_ten_only_when_asked(audited: Program) -> None:
    """`--fail-on` sets the threshold; without it a finding is no failure."""
    assert audited("findings").code == 0
    assert audited("findings", "--fail-on", "high").code == 10
    assert audited("findings", "--fail-on", "critical").code == 0
    assert audited("report", "--format", "json", "--fail-on", "low").code == 10


USAGE = {
    "no such command": ("statsu",),
    "no such option": ("status", "--loud"),
    "a missing value": ("status", "--home"),
    "a bad day": ("status", "--on", "tomorrow"),
    "no such format": ("due", "--format", "xml"),
    "no such severity": ("findings", "--fail-on", "terrible"),
    "no such setting": ("settings", "colour"),
    "a bad value": ("settings", "password-months", "many"),
    "no such checklist": ("checklist", "show", "myspace"),
    "no such network": ("account", "add", "myspace"),
    "no domain": ("account", "add", "other"),
    "no server": ("account", "add", "mastodon", "--domain", "here"),
    "no such site": ("account", "add", "amazon", "--domain", "amazon.invalid"),
    "a domain too many": ("account", "add", "instagram", "--domain", "instagram.com"),
    "no such account": ("account", "close", "nobody"),
    "no terminal": ("audit",),
}


@pytest.mark.parametrize("case", USAGE)
def test_usage_errors_exit_with_two_and_a_hint(audited: Program, case: str) -> None:
    """Each says what is wrong on one line and what to do on the next; nothing goes to standard output."""
    run = audited(*USAGE[case])
    assert (run.code, run.out) == (2, "")
    first, second = run.err.splitlines()[:2]
    assert first.startswith("hygiene: error: ")
    assert second.startswith("hygiene: hint: ")
    assert "Traceback" not in run.err


def test_audit_without_a_terminal_names_the_ways(program: Program) -> None:
    """It refuses with 2 and names `--answers` and `--plain`."""
    run = program("audit")
    assert run.code == 2
    assert "--answers" in run.err
    assert "--plain" in run.err
    assert not program.home.exists()


def test_a_wrong_passphrase_is_three(audited: Program) -> None:
    """No slot opens: exit 3, and the store is as it was."""
    before = (audited.home / "answers.hygiene").read_bytes()
    run = audited("status", "--passphrase-file", audited.file("wrong", "not the one\n"))
    assert run.code == 3
    assert "hygiene: hint:" in run.err
    assert (audited.home / "answers.hygiene").read_bytes() == before


def test_an_altered_store_is_four(audited: Program) -> None:
    """The slot opens and the payload refuses."""
    store = audited.home / "answers.hygiene"
    data = bytearray(store.read_bytes())
    data[-1] ^= 1
    store.write_bytes(bytes(data))
    assert audited("status").code == 4


@pytest.mark.parametrize("length", [0, 7, 40, 300, 9000])
def test_a_truncated_store_is_refused(audited: Program, length: int) -> None:
    """Whatever is left of it: an error with a hint, never a traceback."""
    store = audited.home / "answers.hygiene"
    store.write_bytes(store.read_bytes()[:length])
    run = audited("status")
    assert run.code in (3, 4)
    assert "hygiene: hint:" in run.err
    assert "unexpected" not in run.err


def test_a_locked_store_without_a_way_in_is_three_at_once(audited: Program) -> None:
    """Without a terminal, a passphrase file or a keyring nothing is waited for."""
    audited.environment.pop("HYGIENE_PASSPHRASE_FILE")
    run = audited("status")
    assert run.code == 3
    assert "--passphrase-file" in run.err


def test_nothing_there_yet_says_how_to_begin(program: Program) -> None:
    """Commands that need answers name `hygiene audit`."""
    for command in ("status", "findings", "due", "report"):
        run = program(command)
        assert run.code == 3
        assert "hygiene audit" in run.err


def test_the_unexpected_is_one_line_without_values(audited: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """A fault of ours says where, not what: the values at hand may be answers."""

    def broken(*_: object) -> None:
        raise ValueError("SECRET-MARKER")

    monkeypatch.setattr("hygiene.usecases.desk.current_state", broken)
    run = audited("status")
    assert run.code == 1
    assert "SECRET-MARKER" not in run.err + run.out
    assert "ValueError at hygiene." in run.err


def test_audit_can_fail_on_a_severity(program: Program) -> None:
    """10 where something that bad is open, as `findings` has it."""
    answers = program.file("a.yaml", ANSWERS)
    assert program("audit", "--answers", answers, "--fail-on", "high").code == 10
    assert program("audit", "--answers", answers, "--fail-on", "critical").code == 0


def test_a_missing_passphrase_file_is_not_a_missing_store(audited: Program) -> None:
    """It names the file and does not say that there are no answers."""
    run = audited("status", "--passphrase-file", "/nonexistent/file")
    assert run.code == 3
    assert "/nonexistent/file" in run.err
    assert "no answers" not in run.err


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01", "20270301", "2027-W09-1", "2027-02-30"])
def test_a_day_is_one_of_our_time_written_in_one_way(audited: Program, day: str) -> None:
    """Anything else is a usage error, so that no date in the store is beyond the calendar."""
    assert audited("status", "--on", day).code == 2


@pytest.mark.parametrize("command", [("account", "list"), ("checklist", "list"), ("due",)])
def test_every_format_is_checked(audited: Program, command: tuple[str, ...]) -> None:
    """A format that is not there is a usage error everywhere."""
    assert audited(*command, "--format", "xml").code == 2


def test_a_recovery_file_for_a_store_that_is_there_is_said(audited: Program) -> None:
    """No code is made, and the person is told."""
    run = audited("status", "--recovery-file", "code.txt")
    assert run.code == 0
    assert "--recovery-file" in run.err
    assert not (audited.folder / "code.txt").exists()


def test_settings_show_what_is_in_force(audited: Program) -> None:
    """Chosen or not."""
    assert audited("settings", "password-months").out == "3\n"
    assert audited("settings", "language").out == "en\n"
