"""ACME and what it hands out: lists that this version reads, on a share or a web server, and the clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import pytest
from tests.attacks.publisher import NOW, Publisher, new_key
from tests.attacks.transports import FolderTransport, Transport, WebTransport, served
from tests.cli.conftest import Program, Run

from hygiene.distribution.source import TYPED_GROUPS, fingerprint_of, grouped

PHONES = """\
format: 1
id: acme-phones
version: "2026.11"
title: {{en: "Phones at ACME", fr: "Téléphones chez ACME"}}
checks:
  - id: screen-lock
    title: {{en: "Lock the screen", fr: "Verrouiller l’écran"}}
    question: {{en: "{question}", fr: "L’écran se verrouille-t-il ?"}}
    risk: {{en: "Whoever finds the phone reads everything on it.", fr: "Qui le trouve lit tout."}}
    severity: high
    choices: yes-no
    good: "yes"
    minutes: 2
    steps: {{en: ["Open the settings of the phone."], fr: ["Ouvrez les réglages."]}}
    sourced: 2026-10
    confidence: medium
"""
QUESTION = "Does the screen of your phone lock by itself?"
OTHER_QUESTION = "Does the screen lock within a minute?"
LIST = PHONES.format(question=QUESTION)
CHANGED = PHONES.format(question=OTHER_QUESTION).replace("high", "high\n    revision: 2")
OF_LATER_VERSION = LIST.replace("acme-phones", "acme-later").replace("format: 1", "format: 9")
BADGES = LIST.replace("acme-phones", "acme-badges").replace("Phones at ACME", "Badges at ACME")
POLICY = "format: 1\nsource: acme\norganisation: ACME\npassword_months: 6\ncontact: it@acme.example\n"
LISTS = {"acme-phones.yaml": LIST, "policy.yaml": POLICY}
BETA = {
    name.replace("acme", "beta"): text.replace("acme", "beta").replace("ACME", "Beta")
    for name, text in LISTS.items()
}

OWN_ANSWERS = """\
version: 1
accounts:
  - {id: insta, network: instagram, label: "my Instagram", purpose: personal}
answers:
  insta:
    instagram.password-age: 2026-07
"""
ANSWERS = OWN_ANSWERS + '  you:\n    acme-phones.screen-lock: "no"\n'


class Acme:
    """A publisher with lists of `LISTS`, and the place where it puts them.

    Attributes:
        publisher: its keys and its files.
        transport: where employees fetch them.
    """

    def __init__(self, transport: Transport, files: Mapping[str, str] = LISTS, **fields: object) -> None:
        self.publisher = Publisher()
        self.transport = transport
        self.release(files, **fields)

    @property
    def address(self) -> str:
        return self.transport.address

    @property
    def groups(self) -> list[str]:
        """The fingerprint of the newest root, as its own pages show it."""
        return grouped(fingerprint_of(self.publisher.newest_root)).split()

    @property
    def typed(self) -> bytes:
        """What an employee types of it."""
        return " ".join(self.groups[-TYPED_GROUPS:]).encode() + b"\n"

    def release(self, files: Mapping[str, str] = LISTS, **fields: object) -> None:
        self.publisher.release(files, **fields)
        self.put()

    def put(self) -> None:
        self.transport.put(self.publisher.files)

    def rotated(self) -> bytes:
        """Put a new key in the place of the spare one, and return the root that says so."""
        publisher, new = self.publisher, new_key()
        publisher.rotate("root", publisher.spare, new, (publisher.alice, publisher.bob))
        publisher.spare = new
        self.put()
        return publisher.newest_root


def on_a_share(
    program: Program, name: str = "share", files: Mapping[str, str] = LISTS, **fields: object
) -> Acme:
    """A publisher whose lists lie in a folder beside the program's home."""
    folder = program.folder / name
    folder.mkdir()
    return Acme(FolderTransport(folder), files, **fields)


def added(program: Program, acme: Acme) -> Run:
    """Agree to the publisher's keys, in plain lines."""
    run = program("trust", "add", acme.address, "--plain", stdin=acme.typed)
    assert run.code == 0, run.err
    return run


def audited_with(program: Program, answers: str = ANSWERS) -> Run:
    """Audit by an answers file."""
    return program("audit", "--answers", program.file("answers.yaml", answers))


def in_use(program: Program) -> list[tuple[str, str, str]]:
    """The checklists of organisations that an audit of now begins with: id, trust, publisher."""
    run = program("audit", "--new", "--answers", program.file("own.yaml", OWN_ANSWERS))
    assert run.code == 0, run.err
    lists = program("report", "--format", "json").json["audit"]["checklists"]
    return [(each["id"], each["trust"], each["publisher"]) for each in lists if each["trust"] != "bundled"]


def password_state(program: Program) -> str:
    """What follows of the password of `ANSWERS`, changed in July, on the 22nd of November."""
    run = program("due", "--format", "json")
    assert run.code in {0, 10}, run.err
    return str(run.json["passwords"][0]["state"])


def set_clock(monkeypatch: pytest.MonkeyPatch, moment: datetime = NOW) -> None:
    """What is signed expires by this time."""
    monkeypatch.setattr("hygiene.cli.services.now", lambda: moment)


def sources_of(program: Program) -> dict[str, dict[str, object]]:
    """The sources that `trust list` shows, by name."""
    run = program("trust", "list", "--format", "json")
    assert run.code == 0
    return {each["name"]: each for each in run.json["sources"]}


def one_line(words: str) -> str:
    """What was wrapped at the width of a terminal, on one line."""
    return " ".join(words.split())


def kept_of(program: Program) -> Mapping[str, bytes]:
    """What each file of the sources holds; locks say nothing."""
    folder = program.home / "sources"
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and "lock" not in path.name)
    return {str(path.relative_to(folder)): path.read_bytes() for path in paths}


@contextmanager
def trusted_server(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[WebTransport]:
    """A web server whose certificate this computer trusts as its system's, whatever proxy the machine has."""
    with served(folder) as transport:
        monkeypatch.setenv("SSL_CERT_FILE", str(transport.ca_file))
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        yield transport
