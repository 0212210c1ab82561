"""Pages as people have them: written by the program itself, in a home of its own."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

FIRST = """\
version: 1
accounts:
  - {id: insta, network: instagram}
answers:
  you: {habits.home-address: "yes"}
  insta: {instagram.private-account: "no", instagram.password-age: 2026-03}
"""

YEAR_BEFORE = """\
version: 1
accounts:
  - {id: insta, network: instagram, label: "my Instagram", purpose: personal}
  - {id: shop, network: instagram, label: "the shop’s Instagram", purpose: work}
  - {id: tw, network: x, label: "on X", purpose: personal}
answers:
  you: {habits.home-address: "no"}
  insta: {instagram.private-account: "yes", instagram.password-age: 2025-03, instagram.owner-email: personal}
  tw: {x.two-factor: none, x.owner-email: work}
"""

YEAR_AFTER = """\
version: 1
answers:
  you: {habits.home-address: "yes"}
  insta:
    instagram.private-account: "no"
    instagram.two-factor: {answer: sms, note: "a-word-that-is-wider-than-a-small-screen@example.org"}
  tw: {x.two-factor: app, x.owner-email: personal, x.password: reused}
"""

POLICY = """\
format: 1
source: acme
organisation: "ACME"
contact: "security@acme.example"
colours: {main: "#123456", accent: "#0b6e4f"}
charter: {signature: true}
"""

LANGUAGES = ("en", "fr")


class Home:
    """A home of hygiene below a folder, in which the clock says what it is told."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir()
        self.file("passphrase", "quatre mots pas plus\n")

    def file(self, name: str, text: str) -> Path:
        path = self.folder / name
        path.write_text(text, encoding="utf-8")
        path.chmod(0o600)
        return path

    def __call__(self, *arguments: str | Path, today: str = "2026-11-22") -> None:
        run = subprocess.run(
            [sys.executable, "-m", "hygiene", *arguments],
            capture_output=True,
            text=True,
            cwd=self.folder,
            env={
                "PATH": os.defpath,
                "HOME": str(self.folder),
                "LANG": "C.UTF-8",
                "HYGIENE_HOME": str(self.folder / "home"),
                "HYGIENE_PASSPHRASE_FILE": str(self.folder / "passphrase"),
                "HYGIENE_NO_KEYRING": "1",
                "HYGIENE_TODAY": today,
            },
            check=False,
        )
        assert run.returncode == 0, run.stderr


def write_pages(folder: Path) -> None:
    """Write every page that the tests look at, as NAME.LANGUAGE.html, into a folder."""
    first, second = Home(folder / "first"), Home(folder / "second")
    first("audit", "--answers", first.file("answers.yaml", FIRST))
    second("audit", "--answers", second.file("before.yaml", YEAR_BEFORE), today="2025-11-20")
    second("audit", "--answers", second.file("after.yaml", YEAR_AFTER))
    acme = folder / "acme"
    acme.mkdir()
    (acme / "policy.yaml").write_text(POLICY, encoding="utf-8")
    for language in LANGUAGES:
        first("--lang", language, "demo", "-o", folder / f"demo.{language}.html")
        first("--lang", language, "report", "-o", folder / f"first.{language}.html")
        second("--lang", language, "report", "-o", folder / f"second-year.{language}.html")
        first("--lang", language, "charter", "--lists", acme, "-o", folder / f"charter.{language}.html")
    first("charter", "-o", folder / "charter-draft.en.html")
    second("report", "--redact", "counts", "-o", folder / "counts.en.html")
    second("--lang", "fr", "report", "--statement", "--format", "html", "-o", folder / "statement.fr.html")
