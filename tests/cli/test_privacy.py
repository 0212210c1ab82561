"""No answer, label or note in errors, in unsealed files, or in output that did not ask for them."""

from tests.cli.conftest import Program

MARKER = "MARQUEUR-7391"
ANSWERS = f"""\
version: 1
accounts:
  - {{id: insta, network: instagram, label: "{MARKER}"}}
answers:
  insta:
    instagram.private-account: {{answer: "no", note: "{MARKER}"}}
"""


def test_a_marker_stays_where_it_belongs(program: Program) -> None:
    """Errors of every kind, the doctor and the files on disk never hold it; the report does."""
    assert program("audit", "--answers", program.file("a.yaml", ANSWERS)).code == 0
    runs = [
        program("doctor"),
        program("status", "--passphrase-file", program.file("wrong", "no\n")),
        program("account", "close", "nobody"),
        program("account", "add", "nowhere"),
        program("audit"),
        program("audit", "--answers", "missing.yaml"),
        program("due", "--format", "xml"),
    ]
    assert all(MARKER not in run.out + run.err for run in runs)
    assert MARKER in program("report", "--format", "json").out
    held = [path for path in program.home.rglob("*") if MARKER.encode() in path.read_bytes()]
    assert held == []


def test_files_are_for_their_owner_only(program: Program) -> None:
    """The home is 0700; the store and a report are 0600."""
    program("audit", "--answers", program.file("a.yaml", ANSWERS))
    program("report", "-o", str(program.folder / "report.html"))
    assert program.home.stat().st_mode & 0o777 == 0o700
    assert (program.home / "answers.hygiene").stat().st_mode & 0o777 == 0o600
    assert (program.folder / "report.html").stat().st_mode & 0o777 == 0o600


def test_the_audit_writes_no_report_unasked(program: Program) -> None:
    """Only the store appears."""
    before = set(program.folder.iterdir())
    program("audit", "--answers", program.file("a.yaml", ANSWERS))
    assert {path.name for path in set(program.folder.iterdir()) - before} == {"home", "a.yaml"}


def test_demo_stores_nothing(program: Program) -> None:
    """Neither a home nor a report, unless a file is named."""
    run = program("demo")
    assert run.code == 0
    assert "invented" in run.err
    assert not program.home.exists()
    assert program("demo", "-o", "demo.html").code == 0
    assert (program.folder / "demo.html").read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
