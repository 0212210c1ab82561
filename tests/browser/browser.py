"""The tools that look at a page: one look at a time, each in a browser and a profile of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
SECONDS = 120


def find_chromium() -> str | None:
    """Debian's name first; other systems call it otherwise."""
    names = ("chromium", "chromium-browser", "google-chrome")
    return next(filter(None, map(shutil.which, names)), None)


def missing_tools() -> list[str]:
    """Return what a look needs and this machine lacks, in words that say what to install."""
    here = {
        "Chromium": find_chromium(),
        "Node.js": shutil.which("node"),
        "pdfinfo (poppler-utils)": shutil.which("pdfinfo"),
        "`npm ci` in tests/browser": (HERE / "node_modules" / "axe-core").is_dir(),
    }
    return [name for name, found in here.items() if not found]


def look(what: str, page: Path) -> Any:
    """Return what look.mjs found on a page."""
    chromium = find_chromium()
    assert chromium, "asked for only where Chromium is"
    found = subprocess.run(
        ["node", HERE / "look.mjs", what, page.as_uri()],
        capture_output=True,
        text=True,
        env=os.environ | {"CHROMIUM": chromium},
        timeout=SECONDS,
        check=False,
    )
    assert found.returncode == 0, found.stderr
    return json.loads(found.stdout)


def validate(page: Path) -> list[str]:
    """Return what html-validate says of a page's markup."""
    program = HERE / "node_modules" / ".bin" / "html-validate"
    settings = HERE / "htmlvalidate.json"
    found = subprocess.run(
        [program, "--config", settings, "--formatter", "json", page],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    files = json.loads(found.stdout)
    return [f"{m['ruleId']}: line {m['line']}: {m['message']}" for file in files for m in file["messages"]]


def print_to_pdf(page: Path, folder: Path) -> Path:
    """Return the PDF that Chromium prints a page to, as a reader's browser does."""
    chromium = find_chromium()
    assert chromium, "asked for only where Chromium is"
    pdf = folder / page.with_suffix(".pdf").name
    options = [
        "--headless",
        "--disable-gpu",
        "--no-pdf-header-footer",
        f"--user-data-dir={folder / 'profile'}",
    ]
    if os.geteuid() == 0:
        options.append("--no-sandbox")  # Chromium's sandbox refuses to start as root
    subprocess.run(
        [chromium, *options, f"--print-to-pdf={pdf}", page.as_uri()],
        capture_output=True,
        timeout=SECONDS,
        check=True,
    )
    return pdf


def pdf_facts(pdf: Path) -> dict[str, str]:
    """Return what pdfinfo says of a PDF: {"Tagged": "yes", …}."""
    lines = _pdfinfo(pdf).splitlines()
    return {name: value.strip() for name, value in (line.split(":", 1) for line in lines if ":" in line)}


def pdf_headings(pdf: Path) -> list[str]:
    """Return the levels of the headings in a PDF's structure, in order: ["H1", "H2", …]."""
    words = (line.split() for line in _pdfinfo(pdf, "-struct").splitlines())
    levels = {f"H{level}" for level in range(1, 7)}
    return [line[0] for line in words if line and line[0] in levels]


def _pdfinfo(pdf: Path, *options: str) -> str:
    found = subprocess.run(["pdfinfo", *options, pdf], capture_output=True, text=True, check=True)
    return found.stdout
