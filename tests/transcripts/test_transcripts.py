"""What a person reads and types when something went wrong, from end to end, in every language."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.cli.conftest import ANSWERS, PASSPHRASE, TODAY
from tests.contract.test_keystore import environment_in, needs_secret_service, unlocked_keyring
from tests.transcripts.replay import Computers

LANGUAGES = pytest.mark.parametrize("language", ["en", "fr"])


def computers(folder: Path, language: str, passphrase_file: str = "", **own: Mapping[str, str]) -> Computers:
    """Return computers with an answers file each; `own` is the environment of somebody at each of them.

    With the name of a passphrase file nobody types the passphrase, and nobody is asked for it.
    """
    environments = {}
    for name, variables in own.items():
        (folder / name).mkdir()
        (folder / name / "answers.yaml").write_text(ANSWERS, encoding="utf-8")
        of_others = {each: value for each, value in variables.items() if not each.startswith("HYGIENE_")}
        environments[name] = of_others | {
            "HYGIENE_HOME": "home",  # short, so that lines break at the same places everywhere
            "HYGIENE_LANG": language,
            "HYGIENE_TODAY": TODAY,
            "LANG": "C.UTF-8",
            "ACCESSIBLE": "1",
        }
        if passphrase_file:
            environments[name]["HYGIENE_PASSPHRASE_FILE"] = passphrase_file
            (folder / name / passphrase_file).write_text(f"{PASSPHRASE}\n", encoding="utf-8")
            (folder / name / passphrase_file).chmod(0o600)
    return Computers(folder, environments)


def replayed(name: str, language: str, on: Computers) -> None:
    """Compare a transcript with what happens now; with HYGIENE_WRITE_GOLDENS=1 write it anew."""
    path = Path(__file__).parent / f"{name}.{language}.txt"
    now = on.replay(path.read_text(encoding="utf-8"))
    if os.environ.get("HYGIENE_WRITE_GOLDENS"):
        path.write_text(now, encoding="utf-8")
    assert now == path.read_text(encoding="utf-8")


def exported(path: Path) -> list[Any]:
    content = json.loads(path.read_text(encoding="utf-8"))
    assert content["schema"] == "hygiene.export/1"
    statements = content["statements"]
    assert isinstance(statements, list)
    return statements


def answers(statements: list[Any]) -> int:
    return sum(each["kind"] == "answer" for each in statements)


@needs_secret_service
@LANGUAGES
def test_everything_lost_but_the_backup_and_the_code(tmp_path: Path, language: str) -> None:
    """Computer, keyring and passphrase are gone: on another computer every answer is back."""
    keyring = tmp_path / "keyring"
    keyring.mkdir()
    with unlocked_keyring(keyring) as unlocked:
        two = computers(tmp_path, language, first=unlocked, second=environment_in(tmp_path))
        replayed("lost-everything", language, two)
    before, after = (exported(two[name] / "export.json") for name in ("first", "second"))
    assert after[: len(before)] == before
    assert answers(after) == answers(before) == 5


@LANGUAGES
def test_a_forgotten_passphrase(tmp_path: Path, language: str) -> None:
    """Begun afresh, the old store stays; when its passphrase comes back, so do its answers."""
    one = computers(tmp_path, language, desk=environment_in(tmp_path))
    replayed("forgotten", language, one)
    assert answers(exported(one["desk"] / "export.json")) == 5
    assert len(list((one["desk"] / "home").glob("answers-set-aside-*.hygiene"))) == 2


@LANGUAGES
def test_a_damaged_store(tmp_path: Path, language: str) -> None:
    """The copy beside it takes its place, the damaged one is kept, and every answer is there."""
    one = computers(tmp_path, language, desk=environment_in(tmp_path))
    replayed("damaged", language, one)
    assert answers(exported(one["desk"] / "export.json")) == 5
    damaged = one["desk"] / "home" / "answers-set-aside-1.hygiene"
    assert damaged.stat().st_size == 20000


@LANGUAGES
def test_a_damaged_store_erased(tmp_path: Path, language: str) -> None:
    """Whatever was said on the way to naming the reports, nothing is left."""
    one = computers(tmp_path, language, desk=environment_in(tmp_path))
    replayed("erased", language, one)
    assert not (one["desk"] / "home").exists()


@LANGUAGES
def test_acting_on_findings(tmp_path: Path, language: str) -> None:
    """Mended, renewed, accepted: it is in the record; of what was removed nothing is."""
    one = computers(tmp_path, language, desk=environment_in(tmp_path))
    replayed("fix", language, one)
    said = exported(one["desk"] / "export.json")
    assert not [each for each in said if each.get("account") == "tw" and each["kind"] != "account-removed"]
    assert [each["until"] for each in said if each["kind"] == "waived"] == ["2027-03-31"]
    assert [each["reminder"] for each in said if each["kind"] == "password-reminded"] == ["off"]


@LANGUAGES
def test_three_years(tmp_path: Path, language: str) -> None:
    """Reminded on the right days; a list changes, a habit slips, a job ends, and all of it is told apart."""
    one = computers(tmp_path, language, "passphrase", desk=environment_in(tmp_path))
    for file in (Path(__file__).parent / "three-years").iterdir():
        shutil.copy(file, one["desk"])
    replayed("three-years", language, one)
    assert (one["desk"] / "home" / "due").read_text(encoding="ascii") == "2028-02-03\n"


def test_what_is_hidden_and_what_is_shown_is_part_of_it(tmp_path: Path) -> None:
    """A transcript that says otherwise is not what happens."""
    one = computers(tmp_path, "en", desk=environment_in(tmp_path))
    script = (
        "[desk] $ stty -echo; printf 'Secret: '; read a; stty echo; echo; printf 'Seen: '; read b; exit 3\n"
    )
    assert one.replay(f"{script}⟨one⟩\n▸two\n\n# The end.\n") == (
        f"{script}Secret: ⟨one⟩\nSeen: ▸two\n(exit 3)\n\n# The end.\n"
    )
    assert one.replay(f"{script}▸one\n⟨two⟩\n") == f"{script}Secret: ▸\nSeen: ⟨two⟩two\n(exit 3)\n"


@needs_secret_service
@LANGUAGES
def test_at_an_employers(tmp_path: Path, language: str) -> None:
    """Its administrators are named before anything is stored, and again before its keyring is used."""
    keyring = tmp_path / "keyring"
    keyring.mkdir()
    with unlocked_keyring(keyring) as unlocked:
        replayed("employer", language, computers(tmp_path, language, desk=unlocked))
