"""A real audit and report from the installed wheel; what start-up imports; what the wheel holds."""

from __future__ import annotations

import json
import re
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.packaging.conftest import Installed

ANSWERS = """\
version: 1
accounts:
  - {id: insta, network: instagram}
answers:
  you: {habits.home-address: "yes"}
  insta: {instagram.private-account: "no", instagram.password-age: 2026-03}
"""

BANNED = (
    "asyncio",
    "babel",
    "importlib.metadata",
    "jinja2",
    "keyring",
    "prompt_toolkit",
    "pydantic",
    "rich",
    "yaml",
)


@pytest.fixture(scope="session")
def audited(installed: Installed) -> Installed:
    (installed.folder / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
    run = installed.hygiene("audit", "--answers", "answers.yaml")
    assert run.returncode == 0, run.stderr
    return installed


def test_the_wheel_carries_its_data(wheel: Path) -> None:
    """Packed checklists, compiled French and the report's templates; no YAML checklist, no source message."""
    names = zipfile.ZipFile(wheel).namelist()
    assert "hygiene/_data/checklists/packed.json" in names
    assert "hygiene/_data/locale/fr/LC_MESSAGES/hygiene.mo" in names
    assert "hygiene/_data/report_templates/report.html.j2" in names
    assert {"hygiene/_data/reference_data/close.json", "hygiene/_data/reference_data/NOTICE"} <= {*names}
    assert not any(name.endswith(".po") for name in names)
    assert "hygiene/_data/checklists/instagram.yaml" not in names


def test_both_commands_are_the_same_program(installed: Installed) -> None:
    """`hygiene` and `hygiene-audit`."""
    programs = [installed.python.with_name(name) for name in ("hygiene", "hygiene-audit")]
    runs = [
        subprocess.run([each, "--version"], capture_output=True, text=True, check=True) for each in programs
    ]
    assert [run.stdout for run in runs] == ["hygiene 0.1.0\n"] * 2


def test_a_real_audit_and_report_away_from_the_checkout(audited: Installed) -> None:
    """Findings as JSON, the page, and French, all from the wheel's own data."""
    report = json.loads(audited.hygiene("report", "--format", "json").stdout)
    assert {"you/habits.home-address", "insta/instagram.private-account"} <= {
        each["id"] for each in report["findings"]
    }
    assert audited.hygiene("report", "-o", "report.html", "--lang", "fr").returncode == 0
    page = (audited.folder / "report.html").read_text(encoding="utf-8")
    assert 'lang="fr"' in page
    assert "Passer votre compte en privé" in page
    assert audited.hygiene("--help", LANG="fr_FR.UTF-8").stdout.startswith("Utilisation")


@pytest.mark.parametrize("command", ["status", "due", "findings"])
def test_start_up_imports_nothing_heavy(audited: Installed, command: str) -> None:
    """What costs more than the command itself is not imported."""
    run = audited.run(
        "-X",
        "importtime",
        "-m",
        "hygiene",
        command,
        HYGIENE_HOME=str(audited.folder / "home"),
        HYGIENE_PASSPHRASE_FILE=str(audited.folder / "passphrase"),
        HYGIENE_NO_KEYRING="1",
    )
    assert run.returncode in (0, 10), run.stderr
    imported = set(re.findall(r"\|\s+([\w.]+)$", run.stderr, re.MULTILINE))
    assert "hygiene.engine.assess" in imported
    assert sorted(name for name in imported if name.startswith(BANNED)) == []


def test_version_imports_no_library(installed: Installed) -> None:
    """`--version` answers before Typer is loaded."""
    run = installed.run("-X", "importtime", "-m", "hygiene", "--version")
    assert run.stdout == "hygiene 0.1.0\n"
    assert "typer" not in run.stderr
    assert "gettext" not in run.stderr
