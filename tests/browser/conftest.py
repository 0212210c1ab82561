"""Real pages, and faults planted in one of them to show that a tool sees them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.browser.browser import missing_tools
from tests.browser.written import write_pages

PAGES = (
    "demo.en",
    "demo.fr",
    "first.en",
    "first.fr",
    "second-year.en",
    "second-year.fr",
    "counts.en",
    "statement.fr",
    "charter.en",
    "charter.fr",
    "charter-draft.en",
)


@pytest.fixture(scope="session", autouse=True)
def browser() -> None:
    """What is missing on CI fails there, since nobody reads what was skipped."""
    missing = missing_tools()
    if missing and os.environ.get("CI"):
        pytest.fail(f"the browser tests need {', '.join(missing)}")
    if missing:
        pytest.skip(f"no browser tests: they need {', '.join(missing)} (CONTRIBUTING.md)")


@pytest.fixture(scope="session")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with every page."""
    folder = tmp_path_factory.mktemp("pages")
    write_pages(folder)
    return folder


@pytest.fixture(params=PAGES)
def page(request: pytest.FixtureRequest, pages: Path) -> Path:
    """Each page in turn."""
    return pages / f"{request.param}.html"


@pytest.fixture
def faulty(pages: Path, tmp_path: Path) -> Path:
    """A report with one fault for each thing that the tools are there to notice."""
    faults = {
        '<html lang="en">': "<html>",
        "<main>": '<main><p class="wide">As wide as a desk: <a class="bare" href="#">unseen</a></p>'
        '<h4 tabindex="5">A heading with two levels left out</h4>'
        '<p class="pale">Grey on grey.</p><img src="x.png"><script>console.log("here")</script>'
        '<img id="in-dark" src="x.png"><img id="in-print" src="x.png"><img id="in-narrow" src="x.png">',
        "</style>": ".pale { color: #999; background: #888 } .wide { width: 90rem } "
        ".bare:focus-visible { outline: none } @page { size: letter } "
        "#in-dark, #in-print, #in-narrow { display: none } "
        "@media (prefers-color-scheme: dark) { #in-dark { display: block } } "
        "@media print { #in-print { display: block } } "
        "@media (width <= 320px) { #in-narrow { display: block } }</style>",
    }
    text = (pages / "demo.en.html").read_text(encoding="utf-8")
    for sound, fault in faults.items():
        assert sound in text, sound
        text = text.replace(sound, fault, 1)
    path = tmp_path / "faulty.html"
    path.write_text(text, encoding="utf-8")
    return path


@pytest.fixture
def unguarded(faulty: Path) -> Path:
    """The same without its policy, so that what it loads and runs is loaded and run."""
    text = faulty.read_text(encoding="utf-8")
    path = faulty.with_name("unguarded.html")
    path.write_text(text.replace("Content-Security-Policy", "no-policy"), encoding="utf-8")
    return path
