"""An older file in the place of the store is noticed where the keyring opens it, and only then.

Against a real Secret Service: each computer has a session of its own, and the program runs as a process.
"""

from __future__ import annotations

import io
import subprocess
import sys
from base64 import b64decode
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack
from dataclasses import dataclass
from pathlib import Path

import pexpect
import pytest
from tests.cli.conftest import ANSWERS, PASSPHRASE, TODAY, Run
from tests.cli.refusal import everything_in
from tests.contract.test_keystore import needs_secret_service, run, secret_tool, unlocked_keyring

from hygiene.safety.container import SlotType, parse_header

pytestmark = needs_secret_service

OLDER = "These answers are older than those last used on this computer"
CONFLICT = "answers (conflicted copy).hygiene"
PROMPT = r": \Z"
FORGET_LATER_SAVES = """
from hygiene.safety.keyring_slot import Item, SystemKeyring
SystemKeyring().put(bytes.fromhex("{slot_id}"), (1).to_bytes(8), Item.COUNTER)
"""


@dataclass
class Computer:
    """Where somebody signs in and finds their keyring unlocked; `environment` leads to it."""

    folder: Path
    environment: dict[str, str]

    @property
    def store(self) -> Path:
        return self.folder / "home" / "answers.hygiene"

    @property
    def slot_id(self) -> str:
        slots = parse_header(self.store.read_bytes())[0].slots
        return next(slot.id.hex() for slot in slots if slot.type is SlotType.KEYRING)

    @property
    def saves(self) -> int:
        return parse_header(self.store.read_bytes())[0].counter

    def __call__(self, *arguments: str) -> Run:
        """Run a command without a terminal."""
        done = subprocess.run(
            [sys.executable, "-m", "hygiene", *arguments],
            capture_output=True,
            text=True,
            check=False,
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            timeout=60,
        )
        return Run(done.returncode, done.stdout, " ".join(done.stderr.split()))

    def at_terminal(self, *arguments: str, typed: Sequence[str] = ()) -> Run:
        """Run a command at a terminal and type a line at each prompt; what is read is in `out`."""
        child: pexpect.spawn[str] = pexpect.spawn(
            sys.executable,
            ["-m", "hygiene", *arguments],
            cwd=str(self.folder),
            env={**self.environment, "ACCESSIBLE": "1"},
            dimensions=(24, 80),
            encoding="utf-8",
            timeout=60,
        )
        child.logfile_read = read = io.StringIO()
        pending = iter(typed)
        while child.expect([PROMPT, pexpect.EOF]) == 0:
            child.sendline(next(pending))
        child.close()
        assert list(pending) == []
        return Run(child.exitstatus or 0, " ".join(read.getvalue().split()), "")

    def kept(self, item: str) -> bytes:
        """Return what the keyring holds, as another program sees it."""
        name = ("service", "hygiene", "username", f"{self.slot_id}/{item}")
        return secret_tool(self.environment, "lookup", *name)


NewComputer = Callable[[str], Computer]


@pytest.fixture
def new_computer(tmp_path: Path) -> Iterator[NewComputer]:
    """Makes computers that share one synced folder."""
    passphrase = tmp_path / "passphrase"
    passphrase.write_text(PASSPHRASE, encoding="utf-8")
    passphrase.chmod(0o600)
    (tmp_path / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    with ExitStack() as stack:

        def sign_in(name: str) -> Computer:
            (tmp_path / name).mkdir()
            session: AbstractContextManager[dict[str, str]] = unlocked_keyring(tmp_path / name)
            inherited = stack.enter_context(session).items()
            environment = {name: value for name, value in inherited if not name.startswith("HYGIENE_")} | {
                "HYGIENE_HOME": str(tmp_path / "home"),
                "HYGIENE_TODAY": TODAY,
                "LANG": "C.UTF-8",
            }
            return Computer(tmp_path, environment)

        yield sign_in


@pytest.fixture
def computer(new_computer: NewComputer) -> Computer:
    """A computer whose keyring opens the store, which also has a passphrase and a recovery code."""
    made = new_computer("desk")
    opening = ("--passphrase-file", "passphrase")
    for command in (("init", "--recovery-file", "code"), ("keyring",)):
        assert made("store", *command, *opening).code == 0
    assert made("settings", "password-months", "6").code == 0
    return made


def put_back(computer: Computer) -> None:
    """Put the file of some saves ago in the place of the store."""
    older = computer.store.read_bytes()
    for months in ("12", "24"):
        assert computer("settings", "password-months", months).code == 0
    computer.store.write_bytes(older)


def assert_no_alarm(computer: Computer) -> None:
    """Neither a script nor a person is told or asked anything."""
    done = computer("status")
    assert (done.code, done.err) == (0, "")
    done = computer.at_terminal("status")
    assert done.code == 0
    assert OLDER not in done.out


def test_an_older_file_is_told_and_a_no_leaves_it_alone(computer: Computer) -> None:
    """Exit 3, the saves are named, and no file changes, however often it is asked."""
    put_back(computer)
    before = everything_in(computer.folder / "home")
    for _ in range(2):
        done = computer.at_terminal("settings", "password-months", typed=["no"])
        assert done.code == 3
        assert done.out.count(OLDER) == 1
        assert f"(This is save {computer.saves}; the last one was {computer.saves + 2}.)" in done.out
        assert "the older answers were left alone" in done.out
        assert everything_in(computer.folder / "home") == before


def test_a_yes_is_remembered(computer: Computer) -> None:
    """It goes on with the older file, which is never called old again, nor are the saves after it."""
    put_back(computer)
    done = computer.at_terminal("settings", "password-months", typed=["yes"])
    assert done.code == 0
    assert done.out.endswith(" 6")
    assert_no_alarm(computer)
    assert computer("settings", "password-months", "3").code == 0
    assert_no_alarm(computer)


def test_an_empty_line_is_a_no(computer: Computer) -> None:
    """Somebody who only presses Enter accepts nothing."""
    put_back(computer)
    assert computer.at_terminal("status", typed=[""]).code == 3


def test_a_script_is_told_and_accepts_nothing(computer: Computer) -> None:
    """It has its answer, on stderr stands why to look, and a person is still asked afterwards."""
    put_back(computer)
    for _ in range(2):
        done = computer("settings", "password-months")
        assert (done.code, done.out) == (0, "6\n")
        assert done.err.count(OLDER) == 1
    assert computer.at_terminal("status", typed=["no"]).code == 3


def test_a_script_that_saves_accepts_nothing(computer: Computer) -> None:
    """However often it saves, a person is asked afterwards."""
    put_back(computer)
    for months in ("3", "6", "4"):
        assert computer("settings", "password-months", months).code == 0
    assert computer.at_terminal("status", typed=["no"]).code == 3
    assert computer.at_terminal("status", typed=["yes"]).code == 0
    assert_no_alarm(computer)


def test_a_passphrase_does_not_compare(computer: Computer) -> None:
    """Who names a passphrase file uses no keyring, and has no counter to compare with."""
    put_back(computer)
    done = computer("status", "--passphrase-file", "passphrase")
    assert (done.code, done.err) == (0, "")


def test_killed_between_file_and_keyring(computer: Computer) -> None:
    """The file is ahead of the counter, which means nothing and is made up for."""
    run(FORGET_LATER_SAVES.format(slot_id=computer.slot_id), computer.environment)
    assert computer.kept("counter") == b"AAAAAAAAAAE="
    assert_no_alarm(computer)
    put_back(computer)
    assert OLDER in computer("status").err


def test_a_counter_tidied_away(computer: Computer) -> None:
    """Somebody who removes the entry from the keyring is not frightened; it is made anew."""
    name = ("service", "hygiene", "username", f"{computer.slot_id}/counter")
    secret_tool(computer.environment, "clear", *name)
    assert computer.kept("counter") == b""
    assert_no_alarm(computer)
    assert computer.kept("counter") != b""


def test_no_command_frightens_the_next(computer: Computer) -> None:
    """Whatever writes the store, the keyring's counter follows it."""
    for command in (
        "audit --answers answers.yaml",
        "account add x --label other",
        "settings audit-months 6",
        "store backup kept.hygiene",
        "store export -o export.json",
        "report -o report.html",
        "store passphrase --new-passphrase-file passphrase",
        "store recovery --recovery-file code-2",
        "store rotate --recovery-file code-3 --passphrase-file passphrase",
        "store keyring --passphrase-file passphrase",
        "store recovery --remove",
        "settings audit-months 12",
    ):
        done = computer(*command.split())
        assert done.code == 0, done.err
        assert OLDER not in done.err
        is_by_keyring = "--passphrase-file" not in command
        assert not is_by_keyring or int.from_bytes(b64decode(computer.kept("counter"))) == computer.saves
        assert_no_alarm(computer)


@pytest.mark.parametrize("source", ["kept.hygiene", "--previous"])
def test_going_back_on_purpose(computer: Computer, source: str) -> None:
    """`store restore --replace` puts an older content in place, and the file counts on."""
    assert computer("store", "backup", "kept.hygiene").code == 0
    for months in ("12", "24"):
        assert computer("settings", "password-months", months).code == 0
    saves, opening = computer.saves, ("--passphrase-file", "passphrase")
    done = computer("store", "restore", source, "--replace", *opening)
    assert done.code == 0, done.err
    assert computer.saves > saves
    assert computer("store", "keyring", *opening).code == 0  # a backup is for another computer's
    assert_no_alarm(computer)


def test_going_back_after_damage(computer: Computer) -> None:
    """A yes to the copy beside a damaged store is no reason for an alarm, whatever the last command saved."""
    previous = computer.store.with_name("answers.hygiene.previous")
    before = computer.store.read_bytes()
    for months in ("12", "24", "36"):
        assert computer("settings", "password-months", months).code == 0
    previous.write_bytes(before)  # as one long audit would have left it
    computer.store.write_bytes(computer.store.read_bytes()[:-1])
    done = computer.at_terminal("settings", "password-months", typed=["yes"])
    assert done.code == 0
    assert done.out.endswith(" 6")
    assert_no_alarm(computer)


def test_a_second_computer(computer: Computer, new_computer: NewComputer) -> None:
    """In turns, each with a keyring of its own: the other one's saves are newer, never older."""
    laptop = new_computer("laptop")
    assert laptop("store", "keyring", "--passphrase-file", "passphrase").code == 0
    for each, months in ((laptop, "3"), (computer, "6"), (computer, "9"), (laptop, "12"), (laptop, "15")):
        done = each("settings", "password-months", months)
        assert (done.code, done.err) == (0, "")
    assert_no_alarm(laptop)
    assert_no_alarm(computer)


def test_a_newer_branch_beside_it(computer: Computer) -> None:
    """Where a synced folder moved the newer file aside, that is told, and nobody is accused."""
    put_aside_by_sync(computer)
    done = computer("settings", "password-months")
    assert (done.code, done.out) == (0, "6\n")
    assert CONFLICT in done.err
    assert OLDER not in done.err


@pytest.mark.parametrize(("reply", "months"), [("yes", "12"), ("no", "6")])
def test_a_newer_branch_is_offered(computer: Computer, reply: str, months: str) -> None:
    """A yes joins it and a no does not; neither leads to an alarm, now or later."""
    put_aside_by_sync(computer)
    done = computer.at_terminal("settings", "password-months", typed=[reply])
    assert done.code == 0
    assert OLDER not in done.out
    assert done.out.endswith(f" {months}")
    (computer.folder / "home" / CONFLICT).unlink()
    assert_no_alarm(computer)


@pytest.mark.parametrize("command", ["keyring --remove", "erase --yes"])
def test_nothing_stays_in_the_keyring(computer: Computer, command: str) -> None:
    """Neither key nor counter, once it opens the store no more."""
    content = computer.store.read_bytes()
    assert computer.kept("key") != b""
    assert computer.kept("counter") != b""
    done = computer("store", *command.split())
    assert done.code == 0, done.err
    computer.store.parent.mkdir(exist_ok=True)
    computer.store.write_bytes(content)  # for its name in the keyring
    assert (computer.kept("key"), computer.kept("counter")) == (b"", b"")


def put_aside_by_sync(computer: Computer) -> None:
    """Move the newer file to the name that a synced folder gives it, and put the older one in its place."""
    older = computer.store.read_bytes()
    assert computer("settings", "password-months", "12").code == 0
    computer.store.rename(computer.store.with_name(CONFLICT))
    computer.store.write_bytes(older)
