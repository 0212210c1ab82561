from __future__ import annotations

import ast
import hashlib
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.vectors import generate, reader

from hygiene.errors import HygieneError
from hygiene.safety import container, sealing
from hygiene.safety.secrets import KeyringKey, Passphrase, RecoveryCode, Secret, parse_recovery_code
from hygiene.store.encoding import SCHEMA
from hygiene.store.file import open_store, read_store

INDEX: list[dict[str, Any]] = json.loads((generate.FOLDER / "index.json").read_text())
READER = Path(reader.__file__)

every_vector = pytest.mark.parametrize("vector", INDEX, ids=lambda vector: vector["name"])


def parse_secret(kind: str, value: str) -> Secret:
    if kind == "passphrase":
        return Passphrase(value)
    return (
        RecoveryCode(parse_recovery_code(value)) if kind == "recovery" else KeyringKey(bytes.fromhex(value))
    )


def verdict_of(error: HygieneError) -> str:
    if isinstance(error, container.DamagedError):
        return "damaged"
    if isinstance(error, sealing.CostsError):
        return "refused-costs"
    names = {"LockedError": "locked", "AlteredError": "altered"}
    return names.get(type(error).__name__) or ("newer" if "newer" in error.message else "not-a-store")


def test_generating_again_gives_the_same_bytes() -> None:
    """The vectors are what the generator writes, to the byte, and nothing else lies there."""
    files = generate.render_files()
    assert sorted(path.name for path in generate.FOLDER.iterdir()) == sorted(files)
    assert json.loads(files.pop("index.json")) == INDEX
    for name, data in files.items():
        assert (generate.FOLDER / name).read_bytes() == data, name


@pytest.mark.parametrize("number", range(1, SCHEMA + 1))
def test_a_store_of_every_schema_opens(number: int) -> None:
    """With all that it held, by every secret, and with the second reader."""
    path = generate.RECORDS / f"schema-{number}.hygiene"
    assert path.read_bytes() == generate.render_records()[path.name]
    golden = generate.SCHEMAS[number].read_bytes()
    for secret in generate.SECRETS:
        opened = open_store(path, read_store(path), secret)
        assert sorted(opened.statements) == sorted(golden.split(b"\n")[1:])
    assert reader.read(path.read_bytes(), "passphrase", generate.WORDS) == golden


@every_vector
def test_hygiene_gives_the_verdict(vector: dict[str, Any]) -> None:
    """Every vector opens, or is refused with the verdict and the exit code of its entry."""
    sealed = (generate.FOLDER / vector["file"]).read_bytes()
    secret = parse_secret(**vector["secret"])
    try:
        header, _ = container.parse_header(sealed)
        data = sealing.unseal(sealed, sealing.unwrap_key(header, secret))
    except HygieneError as error:
        assert (verdict_of(error), int(error.exit_code)) == (vector["verdict"], vector["exit_code"])  # noqa: PT017
    else:
        assert vector["verdict"] == "ok"
        assert hashlib.sha256(data).hexdigest() == vector["sha256"]


@every_vector
def test_the_second_reader_agrees(vector: dict[str, Any]) -> None:
    """A reader that was written from the documentation alone comes to the same verdict and the same data."""
    sealed = (generate.FOLDER / vector["file"]).read_bytes()
    try:
        data = reader.read(sealed, vector["secret"]["kind"], vector["secret"]["value"])
    except reader.Verdict as verdict:
        assert str(verdict) == vector["verdict"]  # noqa: PT017
    else:
        assert vector["verdict"] == "ok"
        assert hashlib.sha256(data).hexdigest() == vector["sha256"]


def test_the_second_reader_is_independent() -> None:
    """It imports nothing of hygiene and runs by itself, as the documentation promises."""
    imported = {
        name
        for node in ast.walk(ast.parse(READER.read_text()))
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert not {name for name in imported if name.startswith(("hygiene", "tests"))}
    done = subprocess.run(
        [
            sys.executable,
            READER,
            generate.FOLDER / "passphrase.hygiene",
            "recovery",
            generate.WRITTEN_RECOVERY,
        ],
        capture_output=True,
        check=True,
    )
    assert done.stdout == generate.DATA


def test_the_second_reader_notices_a_mistyped_code() -> None:
    """The check characters of the recovery code are documented well enough to be computed."""
    code = generate.WRITTEN_RECOVERY
    assert reader.recovery_bytes(code) == generate.RECOVERY
    for wrong in (code[:-1] + "F", code[:-1]):
        with pytest.raises(ValueError, match=r"mistyped|28"):
            reader.recovery_bytes(wrong)
