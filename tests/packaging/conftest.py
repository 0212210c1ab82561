"""The wheel, built from this checkout and installed into an environment of its own, away from it."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Installed:
    """An environment with nothing but the wheel and what it needs."""

    python: Path
    folder: Path
    wheel: Path

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [self.python, *arguments],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={"PATH": os.defpath, "HOME": str(self.folder), "LANG": "C.UTF-8", **environment},
            check=False,
        )

    def hygiene(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        return self.run(
            "-m",
            "hygiene",
            *arguments,
            HYGIENE_HOME=str(self.folder / "home"),
            HYGIENE_PASSPHRASE_FILE=str(self.folder / "passphrase"),
            HYGIENE_NO_KEYRING="1",
            HYGIENE_TODAY="2026-11-22",
            **environment,
        )


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--outdir", folder, ROOT],
        check=True,
        capture_output=True,
    )
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("away")
    venv.create(folder / "env", with_pip=True)
    python = folder / "env" / "bin" / "python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", wheel], check=True, capture_output=True)
    passphrase = folder / "passphrase"
    passphrase.write_text("quatre mots pas plus\n", encoding="utf-8")
    passphrase.chmod(0o600)
    return Installed(python, folder, wheel)
