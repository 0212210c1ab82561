"""No command but `update`, `trust add` and `publish` opens a connection, whatever is set up."""

from __future__ import annotations

import ast
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn

import pytest
from tests.cli.acme import LIST, POLICY, Acme, added, set_clock, trusted_server
from tests.cli.conftest import ANSWERS, Program
from tests.cli.test_evidence import LOGINS
from tests.cli.test_remind import CRONTAB

from hygiene import language
from hygiene.cli.commands import COMMANDS

if TYPE_CHECKING:
    import click

MAY_CONNECT = frozenset({"trust add", "update", "publish"})
SOURCE = Path(__file__).resolve().parents[2] / "src" / "hygiene"
NETWORKING = frozenset({"socket", "ssl", "urllib3", "http", "requests", "httpx", "aiohttp", "ftplib"})

# By command, as people write them; what stands in braces is a file, `< ` what they type.
CASES: Mapping[str, tuple[str, ...]] = {
    "audit": ("--answers {answers}", "--plain --new < q", "--plain --full instagram < q"),
    "answers": ("new instagram x", "export"),
    "report": (
        "",
        "--format json",
        "--format md --redact names",
        "-o report.html",
        "-o statement.html --statement",
    ),
    "status": ("", "--format json"),
    "findings": ("", "--format json", "--fail-on critical"),
    "due": ("", "--format json"),
    "history": ("", "--format json"),
    "compare": ("2026",),
    "fix": ("--plain < q",),
    "done": ("insta/instagram.private-account",),
    "waive": ("two-factor --reason agreed --until 2027-01-01", "two-factor --end"),
    "password": ("insta --changed today", "insta --off", "insta --rule", "--plain < q"),
    "remind": (
        "install --dry-run",
        "install --yes",
        "status",
        "run",
        "calendar -o due.ics",
        "hook bash",
        "remove",
    ),
    "leaving": ("", "--format json", "-o leaving.md --format md"),
    "evidence": ("formats", "import --dry-run {logins}", "import --yes --add-all --weak {logins}"),
    "account": (
        "list --format json",
        "add reddit --label mine --purpose personal",
        "rename tw friends",
        "close tw",
        "remove tw --yes",
    ),
    "settings": ("", "password-months 6", "organisation-lists off", "organisation-lists on", "language fr"),
    "store": (
        "status",
        "backup backup.hygiene",
        "restore backup.hygiene",
        "export",
        "passphrase --new-passphrase-file {new}",
        "recovery --passphrase-file {new} --recovery-file code",
        "rotate --passphrase-file {new} --recovery-file code2",
        "keyring --passphrase-file {new}",
        "erase --yes",
        "init",
    ),
    "checklist": (
        "list --format json",
        "show instagram",
        "lint {list} --source acme",
        "new own.yaml --plain < q",
        "preview {list} --answers invented -o preview.html",
        "diff {list} {list}",
    ),
    "trust": ("list", "list --format json", "remove acme"),
    "update": ("--offline",),
    "charter": ("--lists {lists} --format md -o charter.md", "--format html -o charter.html"),
    "demo": ("-o demo.html",),
    "doctor": ("",),
}

NOT_DONE = frozenset({"run", "keyring --passphrase-file {new}", "new own.yaml --plain < q", "remove acme"})
"""There is no desktop and no keyring, the replies end, and one home has no source."""


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Homes that were prepared once; each test takes a copy."""
    return tmp_path_factory.mktemp("homes")


@pytest.fixture(params=["no-source", "a-source"])
def prepared(
    request: pytest.FixtureRequest, program: Program, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> Program:
    """The program after an audit; where it has a source, that one is on the web, and away since."""
    set_clock(monkeypatch)
    home = kept / request.param
    if not home.exists():
        if request.param == "a-source":
            with trusted_server(program.folder, monkeypatch) as server:
                added(program, Acme(server))
        assert program("audit", "--answers", program.file("answers.yaml", ANSWERS)).code == 0
        shutil.copytree(program.home, home)
    shutil.copytree(home, program.home, dirs_exist_ok=True)
    return program


@pytest.fixture
def tried(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every try to reach another computer, also one whose failure the program passes over.

    Sockets of this computer alone stay open: the keyring and notifications are reached by them.
    """
    found: list[str] = []

    def refuse(name: str) -> Any:
        def refused(*arguments: object, **_: object) -> NoReturn:
            found.append(f"{name}: {arguments}")
            raise ConnectionRefusedError(name)

        return refused

    def guarded(name: str) -> Any:
        original, refused = getattr(socket.socket, name), refuse(name)

        def connect(self: socket.socket, *arguments: Any) -> Any:
            is_local = self.family == socket.AF_UNIX
            return original(self, *arguments) if is_local else refused(*arguments)

        return connect

    for name in ("connect", "connect_ex", "sendto"):
        monkeypatch.setattr(socket.socket, name, guarded(name))
    for name in ("create_connection", "getaddrinfo", "gethostbyname"):
        monkeypatch.setattr(socket, name, refuse(name))
    return found


@pytest.fixture
def no_programs(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    """No program of the machine, which could do more than is seen here, but a crontab."""
    tools = program.folder / "tools"
    tools.mkdir()
    (tools / "crontab").write_text(CRONTAB)
    (tools / "crontab").chmod(0o700)
    monkeypatch.setenv("PATH", str(tools))


def files(program: Program) -> dict[str, str]:
    lists = program.folder / "lists"
    lists.mkdir()
    (lists / "policy.yaml").write_text(POLICY)
    (lists / "acme-phones.yaml").write_text(LIST)
    return {
        "answers": program.file("answers.yaml", ANSWERS),
        "logins": program.file("logins.csv", LOGINS),
        "new": program.file("new", "five other words for it\n"),
        "list": str(lists / "acme-phones.yaml"),
        "lists": str(lists),
    }


def leaves(command: click.Command, path: str = "") -> Iterator[str]:
    """Every command that does something, by its full name."""
    import click

    if not isinstance(command, click.Group):
        yield path
        return
    for name in command.list_commands(click.Context(command)):
        below = command.get_command(click.Context(command), name)
        assert below
        yield from leaves(below, f"{path} {name}".strip())


def test_every_command_is_tried() -> None:
    """A new one is either tried below or named among those that may connect."""
    language.lend_to_click()  # before Click is imported, or it speaks English to the tests after this one
    from hygiene.cli.app import _root

    tried = [f"{name} {case}" for name, cases in CASES.items() for case in cases]
    commands = [
        each for each in leaves(_root()) if each not in MAY_CONNECT and not each.startswith("publish")
    ]
    assert [each for each in commands if not any(f"{case} ".startswith(f"{each} ") for case in tried)] == []
    assert CASES.keys() <= COMMANDS.keys()


@pytest.mark.usefixtures("no_programs")
@pytest.mark.parametrize("command", CASES)
def test_no_connection(prepared: Program, tried: list[str], command: str) -> None:
    """Each does its work, and reaches nobody."""
    named, failed = files(prepared), []
    for case in CASES[command]:
        words, _, replies = case.partition(" < ")
        arguments = [each.format(**named) for each in words.split()]
        run = prepared(command, *arguments, stdin=f"{replies}\n".encode() if replies else b"")
        if run.code not in ({0, 3, 10} if case in NOT_DONE else {0, 10}):
            failed.append((case, run.code, run.err))
    assert tried == []
    assert failed == []


@pytest.mark.parametrize("prepared", ["a-source"], indirect=True)
def test_the_guard_works(prepared: Program, tried: list[str]) -> None:
    """An update and a new source do try to connect, and take its failure as an absent network."""
    run = prepared("update")
    assert (run.code, bool(tried)) == (3, True)
    assert "cannot be reached" in run.err
    tried.clear()
    assert prepared("trust", "add", "https://lists.acme.example/acme", "--plain").code == 3
    assert tried


def test_one_module_alone_knows_the_network() -> None:
    """Whatever else wants to reach another computer has to go through it."""
    found = {}
    for path in sorted(SOURCE.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            if any(each.partition(".")[0] in NETWORKING or each == "urllib.request" for each in names):
                found[str(path.relative_to(SOURCE))] = True
    assert list(found) == [
        "distribution/addresses.py",
        "distribution/web.py",
    ]  # the first turns paths into names


class TestLight:
    """Hardly anybody has an organisation's lists, and nobody waits for what they do not have."""

    CODE = (
        "import sys; from hygiene.cli.run import run; code = run([{command!r}])\n"
        "heavy = ('tuf', 'urllib3', 'securesystemslib', 'hygiene.distribution', "
        "'hygiene.usecases.organisations', 'hygiene.usecases.sources')\n"
        "print(code, sorted(each for each in heavy if each in sys.modules), file=sys.stderr)"
    )

    def loaded_by(self, program: Program, command: str) -> str:
        run = subprocess.run(
            [sys.executable, "-c", self.CODE.format(command=command)],
            env=program.environment | {"XDG_CONFIG_DIRS": str(program.folder)},
            capture_output=True,
            text=True,
            check=True,
        )
        return run.stderr.splitlines()[-1]

    @pytest.mark.parametrize("prepared", ["no-source"], indirect=True)
    @pytest.mark.parametrize("command", ["status", "findings", "due"])
    def test_without_a_source_nothing_of_it_is_loaded(self, prepared: Program, command: str) -> None:
        assert self.loaded_by(prepared, command) in {"0 []", "10 []"}

    @pytest.mark.parametrize("prepared", ["a-source"], indirect=True)
    def test_with_one_no_signature_is_looked_at(self, prepared: Program) -> None:
        """Its lists are read from their packed form."""
        said = self.loaded_by(prepared, "status")
        assert said == "0 ['hygiene.distribution', 'hygiene.usecases.organisations']"
