"""`audit --answers`, from the first run on."""

import json

import pytest
from tests.cli.conftest import ANSWERS, PASSPHRASE, Program


def test_the_first_audit_makes_the_store_and_finishes(program: Program) -> None:
    """With a passphrase file nothing is asked, and the audit counts as finished on the day."""
    run = program("audit", "--answers", program.file("a.yaml", ANSWERS))
    assert run.code == 0
    report = program("report", "--format", "json").json
    assert report["audit"]["finished_on"] == "2026-11-22"
    assert report["next_audit_on"] == "2027-11-22"
    assert [each["id"] for each in report["findings"]] == [
        "insta/instagram.private-account",
        "insta/instagram.password-age",
        "insta/instagram.two-factor",
    ]


def test_answers_are_what_the_report_says(audited: Program) -> None:
    """Outcome, severity, note-free answer and source of a finding come from the file."""
    findings = {each["id"]: each for each in audited("findings", "--format", "json").json["findings"]}
    finding = findings["insta/instagram.private-account"]
    assert (finding["outcome"], finding["severity"], finding["answer"], finding["source"]) == (
        "fail",
        "high",
        "no",
        "file",
    )
    assert finding["settings_url"] == "https://www.instagram.com/accounts/who_can_see_your_content/"
    assert findings["insta/instagram.two-factor"]["severity"] == "low"


def test_the_same_file_again_adds_nothing(audited: Program) -> None:
    """Taking the same answers in on the same day leaves the sealed file as it is."""
    store = audited.home / "answers.hygiene"
    before = store.read_bytes()
    assert audited("audit", "--answers", "answers.yaml").code == 0
    assert store.read_bytes() == before


def test_answers_come_from_standard_input(program: Program) -> None:
    """`-` reads the file from standard input, JSON as well as YAML."""
    written = {"version": 1, "answers": {"you": {"habits.home-address": "yes"}}}
    run = program("audit", "--answers", "-", stdin=json.dumps(written).encode())
    assert run.code == 0
    findings = program("findings", "--format", "json").json["findings"]
    assert [each["id"] for each in findings] == ["you/habits.home-address"]
    assert findings[0]["network"] is None


FAULTS = {
    "unknown account": ("  nobody:\n    habits.home-address: yes\n", "you, "),
    "unknown check": ("  you:\n    habits.home: yes\n", "habits.home-address"),
    "unknown choice": ("  you:\n    habits.home-address: 12 rue Secrète\n", "yes, no"),
    "a check of another network": ("  insta:\n    x.two-factor: app\n", "instagram.exit"),
    "a date in the future": ("  insta:\n    instagram.password-age: 2031-01\n", "future"),
    "not a date": ("  insta:\n    instagram.password-age: sometime\n", "2026-03"),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_a_faulty_file_stores_nothing(program: Program, fault: str) -> None:
    """It names file and line and what is allowed, exits with 3, and even the good answers are not kept."""
    lines, allowed = FAULTS[fault]
    head = "version: 1\naccounts:\n  - {id: insta, network: instagram}\nanswers:\n"
    run = program("audit", "--answers", program.file("bad.yaml", head + lines))
    assert run.code == 3
    assert "bad.yaml:6:" in run.err
    assert allowed in run.err
    assert "hygiene: hint:" in run.err
    assert not any(secret in run.err for secret in ("Secrète", "2031-01", "sometime"))
    assert not program.home.exists()


def test_an_id_on_another_network_is_refused(audited: Program) -> None:
    """An account id stands for one account for ever."""
    other = audited.file("b.yaml", "version: 1\naccounts:\n  - {id: insta, network: x}\n")
    run = audited("audit", "--answers", other)
    assert run.code == 3
    assert "instagram" in run.err


def test_export_gives_the_same_report_elsewhere(audited: Program) -> None:
    """What is exported and taken in by a new store gives the same findings, score and passwords."""
    before = audited("report", "--format", "json").json
    exported = audited("answers", "export")
    assert "no longer encrypted" in exported.err
    audited.environment["HYGIENE_HOME"] = str(audited.folder / "elsewhere")
    assert audited("audit", "--answers", audited.file("exported.yaml", exported.out)).code == 0
    after = audited("report", "--format", "json").json
    for key in ("score", "outcomes", "accounts", "findings", "passwords"):
        assert after[key] == before[key], key


def test_a_blank_can_be_filled_in(program: Program) -> None:
    """A blank for a network names its checks and choices, and is itself a valid file that answers nothing."""
    blank = program("answers", "new", "instagram").out
    assert "# instagram.private-account: yes | no" in blank
    assert program("audit", "--answers", program.file("blank.yaml", blank)).code == 0
    assert program("account", "list").out.startswith("instagram: Instagram")


def test_the_file_is_said_to_stay_readable(program: Program) -> None:
    """The person is reminded that the answers file itself is not sealed."""
    run = program("audit", "--answers", program.file("a.yaml", ANSWERS))
    assert "still readable by anyone who has it" in run.err


def test_both_languages_give_the_same_findings(audited: Program) -> None:
    """Only the words differ between English and French."""
    english = audited("report", "--format", "json").json
    french = audited("--lang", "fr", "report", "--format", "json").json
    assert french["language"] == "fr"
    keys = ("id", "outcome", "severity", "answer", "minutes", "settings_url")
    assert [{key: each[key] for key in keys} for each in french["findings"]] == [
        {key: each[key] for key in keys} for each in english["findings"]
    ]
    assert french["findings"][0]["title"] != english["findings"][0]["title"]
    assert (french["score"], french["passwords"]) == (english["score"], english["passwords"])


def test_the_passphrase_is_nowhere(audited: Program) -> None:
    """Neither the passphrase nor an answer's note is in any file below the home."""
    for path in audited.home.rglob("*"):
        if path.is_file():
            assert PASSPHRASE.encode() not in path.read_bytes()
            assert b"January" not in path.read_bytes()
