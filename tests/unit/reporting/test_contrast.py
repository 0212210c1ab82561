"""The palette by arithmetic: WCAG 2.2, 1.4.3 (text, 4.5) and 1.4.11 (graphics, 3), on screen and on paper."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TEXT = [(colour, ground) for ground in ("paper", "panel") for colour in ("ink", "soft", "link")] + [
    ("alarm", "paper"),
    ("score", "paper"),
]
GRAPHICS = [
    ("score", "paper"),
    ("score", "track"),
    ("due", "paper"),
    ("due", "track"),
    ("soft", "paper"),
    ("alarm", "paper"),
    ("ink", "paper"),
    ("link", "paper"),
]

_GROUND = {"paper", "track", "hair"}  # what shapes stand on, and lines that only divide


def _palettes(style: str) -> dict[str, dict[str, str]]:
    """Return the colours of each `:root`; the later ones replace what they name of the first."""
    blocks = re.findall(r":root\s*\{(.*?)\}", style, re.DOTALL)
    found = [dict(re.findall(r"--([a-z]+): (#[0-9a-f]{3,6})", block)) for block in blocks]
    light, dark, paper = found
    return {"light": light, "dark": light | dark, "print": light | paper}


def _luminance(colour: str) -> float:
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    channels = [int(digits[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    linear = [each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    dark, light = sorted((_luminance(one), _luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("medium", ["light", "dark", "print"])
def test_contrast(templates: Path, medium: str) -> None:
    palette = _palettes((templates / "style.css").read_text())[medium]
    for pairs, least in ((TEXT, 4.5), (GRAPHICS, 3)):
        for colour, ground in pairs:
            assert _contrast(palette[colour], palette[ground]) >= least, (colour, ground)


def _rules(style: str) -> list[tuple[str, str]]:
    """Return each rule's selector and its declarations, those inside of a medium too."""
    return re.findall(r"([^{};]+)\{([^{}]*)\}", re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL))


def test_lettering_in_charts_is_of_a_colour_that_was_measured(templates: Path) -> None:
    """No browser's checker can judge it, since it does not know what lies behind."""
    lettering = [
        found
        for selector, rule in _rules((templates / "style.css").read_text())
        if re.search(r"\btext\b|\.year", selector)
        for found in re.findall(r"fill: var\(--([a-z]+)\)", rule)
    ]
    assert set(lettering) == {"soft", "ink"}
    assert {(colour, "paper") for colour in lettering} <= set(TEXT)


def test_every_colour_of_a_word_or_a_shape_was_measured(templates: Path) -> None:
    style = re.sub(r":root\s*\{.*?\}", "", (templates / "style.css").read_text(), flags=re.DOTALL)
    words = set(re.findall(r"(?<![-a-z])color: var\(--([a-z]+)\)", style))
    assert {(colour, "paper") for colour in words} <= set(TEXT)
    shapes = set(re.findall(r"(?:fill|stroke): var\(--([a-z]+)\)", style)) - _GROUND
    assert {(colour, "paper") for colour in shapes} <= set(TEXT + GRAPHICS)


def test_the_arithmetic_itself() -> None:
    assert _contrast("#fff", "#000000") == pytest.approx(21)
    assert _contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_every_colour_comes_from_the_palette(templates: Path) -> None:
    style = (templates / "style.css").read_text()
    rules = re.sub(r":root\s*\{.*?\}", "", style, flags=re.DOTALL)
    assert not re.search(r"#[0-9a-f]{3,6}\b|rgb|hsl", rules)
    assert "url(" not in style
    assert "@import" not in style


def test_the_dark_screen_the_paper_and_the_narrow_screen_are_thought_of(templates: Path) -> None:
    style = (templates / "style.css").read_text()
    for query in ("prefers-color-scheme: dark", "@media print", "prefers-reduced-motion", "max-width: 30rem"):
        assert query in style
