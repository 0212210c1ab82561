"""Nothing that axe-core or pa11y complains of, in light, in dark, in print and at 320 px."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.browser.browser import look

VIEWS = ("light", "dark", "print", "narrow")
HTML_CODESNIFFER = (
    "WCAG2AA.Principle1.Guideline1_1.1_1_1.H37",
    "WCAG2AA.Principle1.Guideline1_4.1_4_3.G18.Fail",
    "WCAG2AA.Principle3.Guideline3_1.3_1_1.H57.2",
)
SOUND: dict[str, list[str]] = {view: [] for view in VIEWS}


@pytest.mark.parametrize("tool", ["axe", "pa11y"])
def test_nothing_to_complain_of(tool: str, page: Path) -> None:
    assert look(tool, page) == SOUND


@pytest.mark.parametrize(
    ("tool", "planted"),
    [
        ("axe", {"html-has-lang", "heading-order", "image-alt", "color-contrast", "tabindex"}),
        ("pa11y", {"html-has-lang", "image-alt", "color-contrast", *HTML_CODESNIFFER}),
    ],
)
def test_planted_faults_are_seen(tool: str, planted: set[str], faulty: Path) -> None:
    """The control: no language, an image without words, pale text, a skipped heading, a stolen tab order.

    An image that one view alone shows is seen there and nowhere else: each view was really looked at.
    """
    found = look(tool, faulty)
    seen = {view: {each.split(": ")[0] for each in found[view]} for view in VIEWS}
    assert {view: planted - seen[view] for view in VIEWS} == {view: set() for view in VIEWS}
    for view in VIEWS[1:]:
        assert [each for each in VIEWS if f"image-alt: #in-{view}:" in " ".join(found[each])] == [view]
