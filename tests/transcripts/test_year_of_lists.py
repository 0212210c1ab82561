"""A year with lists from a security team of two, and three employees who get them in three ways.

In the transcript a comment that begins with a day moves the clock of every computer to it. Every computer has
its own folder; `team` in it is the folder that the publishers share, `everyone` the share for all employees,
`web` what the web server offers. What is random or differs from machine to machine has a name of the same
length, so that lines break at the same places: fingerprints are `f1-a f1-b …`, with a letter for each group,
the beginnings of keys `k1-a k1-b …`, the web server lists.acme.test.
"""

from __future__ import annotations

import re
import shlex
import shutil
import string
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pexpect
import pytest
from msgspec.structs import replace
from tests.attacks.transports import WebTransport, served
from tests.cli.conftest import PASSPHRASE
from tests.contract.test_keystore import environment_in
from tests.transcripts.replay import Computers, Step
from tests.transcripts.test_transcripts import LANGUAGES, replayed
from tests.unit.safety.administered import administered_folder

INPUTS = Path(__file__).parent / "year-of-lists"
PUBLISHERS = ("alice", "bob", "carol", "job", "thief")
EMPLOYEES = ("chloe", "david", "emma")
SHARED = ("team", "everyone", "web")

_SOCKET = "hygiene"
_DAY = re.compile(r"# (\d{4}-\d{2}-\d{2})\b")
_GROUP = r"\b[0-9a-f]{4}\b"
_FINGERPRINT = re.compile(rf"^{_GROUP}(?: {_GROUP}){{15}}$", re.MULTILINE)
_KEY = re.compile(rf"\({_GROUP}(?:\s+{_GROUP}){{3}}\)")
_SHOWN = (slice(16), slice(12), slice(12, 16))  # of a fingerprint: all, its beginning, what is typed of it
_FOLDER, _ADMINISTERED, _SERVER = "/srv/computers", "/etc/xdg", "lists.acme.test"
_SIGN_IN = (200, {"Content-Type": "text/html"}, b"<!doctype html><title>Sign in to go online</title>")


class Year(Computers):
    """Computers whose clock moves, and a web server that offers what lies in the folder `web`.

    Args:
        folder: holds a folder for each computer.
        environments: of each; the day in it changes.
        web: the server.
        places: what is in this run in the place of a folder or an address of the transcript.
    """

    def __init__(
        self,
        folder: Path,
        environments: Mapping[str, dict[str, str]],
        web: WebTransport,
        places: Mapping[str, str],
    ) -> None:
        super().__init__(folder, environments)
        asking = shlex.join([sys.executable, "-IS", str(INPUTS / "ask.py"), str(folder / _SOCKET)])
        self._hygiene = f'hygiene() {{ {asking} "$@"; }}\n'
        self._computers, self._web, self._places = environments, web, places
        self._named: dict[tuple[str, ...], str] = {}

    def _done(self, step: Step) -> str:
        if day := _DAY.match(step.head):
            for environment in self._computers.values():
                environment["HYGIENE_TODAY"] = day[1]
        self._offer()
        command = step.command
        for name, place in self._places.items():
            command = command.replace(name, place)
        return super()._done(replace(step, command=command and f"{self._hygiene}{command}"))

    def _offer(self) -> None:
        """Let the web server offer what its folder holds; a page to sign in on, if `sign-in` is in it."""
        web = self["web"]
        files = {path.relative_to(web).as_posix(): path for path in web.rglob("*") if path.is_file()}
        is_closed = "sign-in" in files
        self._web.answers = {"*": _SIGN_IN} if is_closed else {}
        self._web.put({} if is_closed else {name: path.read_bytes() for name, path in files.items()})

    def _type(self, child: pexpect.spawn[str], typed: re.Match[str] | None) -> str:
        child.delaybeforesend = None  # what is hidden is hidden before it is asked for
        return super()._type(child, typed)

    def _with_names(self, read: str) -> str:
        for name, place in self._places.items():
            read = read.replace(place, name)
        for found in _FINGERPRINT.findall(read):
            self._name_groups("f", tuple(found.split()))
        for found in _KEY.findall(read):
            self._name_groups("k", tuple(found.strip("()").split()))
        for groups, letter in self._named.items():
            for shown in _SHOWN if len(groups) > 4 else (slice(4),):
                read = _renamed(read, groups[shown], _letters(letter, len(groups))[shown])
        return super()._with_names(read)

    def _name_groups(self, kind: str, groups: tuple[str, ...]) -> None:
        if groups in self._named:
            return
        name = f"{kind}{1 + sum(each.startswith(kind) for each in self._named.values())}"
        self._named[groups] = name
        typed = _SHOWN[-1]
        self._names[" ".join(_letters(name, len(groups))[typed])] = " ".join(groups[typed])


def _letters(name: str, count: int) -> list[str]:
    """Return a name for each group: `f1-a f1-b …`."""
    return [f"{name}-{letter}" for letter in string.ascii_lowercase[:count]]


def _renamed(read: str, groups: Sequence[str], names: Sequence[str]) -> str:
    """Return what was read with the names in the place of the groups, also where a line ends among them."""
    for found in set(re.findall(r"\s+".join(groups), read)):
        now = found
        for group, name in zip(groups, names, strict=True):
            now = now.replace(group, name, 1)
        read = read.replace(found, now)
    return read


@pytest.fixture
def year(tmp_path: Path, language: str) -> Iterator[Year]:
    """The computers of all, at the beginning of the year."""
    with ExitStack() as stack:
        top = Path(tempfile.mkdtemp(prefix="y", dir="/tmp"))  # its length is always the same
        stack.callback(shutil.rmtree, top)
        administered = stack.enter_context(administered_folder())
        web = stack.enter_context(served(tmp_path))
        server = web.address.removeprefix("https://").removesuffix("/lists")
        assert (len(str(top)), len(server)) == (len(_FOLDER), len(_SERVER))
        environments = {}
        for name in (*PUBLISHERS, *EMPLOYEES, *SHARED, "administrators"):
            environments[name] = _computer(top / name, language, tmp_path)
        environments["david"]["XDG_CONFIG_DIRS"] = str(administered)
        environments["chloe"]["SSL_CERT_FILE"] = str(web.ca_file)
        places = {_FOLDER: str(top), _ADMINISTERED: str(administered), _SERVER: server}
        stack.enter_context(_desk(top / _SOCKET))
        yield Year(top, environments, web, places)


@contextmanager
def _desk(place: Path) -> Iterator[None]:
    """Let somebody wait at this place who does the commands."""
    script = [sys.executable, str(INPUTS / "desk.py"), str(place)]
    # Without a terminal of its own, so that a passphrase is asked for on the one of the command.
    with subprocess.Popen(script, env=environment_in(place.parent), start_new_session=True) as desk:
        try:
            while not place.exists() and desk.poll() is None:
                time.sleep(0.01)
            yield
        finally:
            desk.terminate()


def _computer(folder: Path, language: str, elsewhere: Path) -> dict[str, str]:
    """Make the folder of a computer with what lies in it, and return its environment."""
    folder.mkdir()
    for name in SHARED:
        (folder / name).symlink_to(folder.parent / name)
    shutil.copytree(INPUTS, folder, dirs_exist_ok=True)
    (folder / "passphrase").write_text(f"{PASSPHRASE}\n", encoding="utf-8")
    (folder / "passphrase").chmod(0o600)
    return environment_in(elsewhere) | {
        "HYGIENE_HOME": "home",
        "HYGIENE_LANG": language,
        "HYGIENE_NO_KEYRING": "1",
        "HYGIENE_PASSPHRASE_FILE": "passphrase" if folder.name in EMPLOYEES else "",
        "XDG_CONFIG_DIRS": str(elsewhere / "config"),
        "LANG": "C.UTF-8",
        "ACCESSIBLE": "1",
    }


@LANGUAGES
def test_a_year_of_lists(year: Year, language: str) -> None:
    """Whatever happens, employees have the publishers' newest lists that reached them, and nobody else's."""
    replayed("year-of-lists", language, year)
    homes = {name: year[name] / "home" for name in EMPLOYEES}
    kept = {name: list((home / "sources").glob("*/targets/*")) for name, home in homes.items()}
    assert {name: len(lists) for name, lists in kept.items()} == {"chloe": 0, "david": 1, "emma": 1}
    assert all(b"acme-helpdesk" not in path.read_bytes() for lists in kept.values() for path in lists)
    forged = (year["thief"] / "acme" / "repository" / "targets").iterdir()
    assert any(b"acme-helpdesk" in path.read_bytes() for path in forged)
