"""The program, run in this process with a home, a clock and a language of its own."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from hygiene.cli import run as command_line

PASSPHRASE = "quatre mots pas plus"
TODAY = "2026-11-22"

ANSWERS = """\
version: 1
accounts:
  - {id: insta, network: instagram, label: "my Instagram", purpose: personal}
  - {id: tw, network: x, label: "on X", purpose: personal}
  - {id: gl, network: other, domain: gitlab.com, label: "GitLab", purpose: work}
answers:
  you:
    habits.home-address: "no"
  insta:
    instagram.owner-email: personal
    instagram.private-account: "no"
    instagram.password-age: 2026-03
    instagram.two-factor: {answer: sms, note: "changing in January"}
"""


@dataclass(frozen=True)
class Run:
    """What one command did."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@dataclass
class Program:
    """The command line, with everything it may touch below one folder."""

    folder: Path
    environment: dict[str, str]
    capture: Callable[[], tuple[str, str]]
    monkeypatch: pytest.MonkeyPatch

    @property
    def home(self) -> Path:
        return self.folder / "home"

    def __call__(self, *arguments: str, stdin: bytes = b"", **environment: str) -> Run:
        replies = io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8")
        self.monkeypatch.setattr(sys, "stdin", replies)
        self.monkeypatch.chdir(self.folder)
        self.capture()
        code = command_line.run(arguments, self.environment | environment)
        out, err = self.capture()
        return Run(code, out, err)

    def file(self, name: str, text: str) -> str:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return str(path)


@pytest.fixture
def program(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Program:
    environment: Mapping[str, str] = {
        "HYGIENE_HOME": str(tmp_path / "home"),
        "HYGIENE_TODAY": TODAY,
        "HYGIENE_NO_KEYRING": "1",
        "LANG": "en_GB.UTF-8",
    }
    made = Program(tmp_path, dict(environment), capsys.readouterr, monkeypatch)
    made.environment["HYGIENE_PASSPHRASE_FILE"] = made.file("passphrase", PASSPHRASE + "\n")
    return made


@pytest.fixture
def audited(program: Program) -> Program:
    """The program after an audit by answers file."""
    run = program("audit", "--answers", program.file("answers.yaml", ANSWERS))
    assert run.code == 0, run.err
    return program
