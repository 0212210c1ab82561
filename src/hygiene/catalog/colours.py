"""Colours of an organisation: only those that people can read on the page.

The contrast ratio is that of WCAG 2.2 (“relative luminance” and “contrast ratio”); success criterion 1.4.3
asks for 4.5 : 1 for words.
"""

from __future__ import annotations

import re
from math import floor
from typing import Final

LEAST_CONTRAST: Final = 4.5
GROUNDS: Final = ("#ffffff", "#fcfbf8", "#f4f2ec")
"""The light grounds of a page: paper, and `--paper` and `--panel` of `report_templates/style.css`."""

COLOUR: Final = re.compile(r"#[0-9A-Fa-f]{6}")
_WEIGHTS: Final = (0.2126, 0.7152, 0.0722)  # of red, green and blue


def contrast(first: str, second: str) -> float:
    """Return the contrast ratio of two colours written as `#rrggbb`, from 1 to 21."""
    darker, lighter = sorted((_luminance(first), _luminance(second)))
    return (lighter + 0.05) / (darker + 0.05)


def least_contrast(colour: str) -> float:
    """Return the contrast on the ground where the colour is hardest to read, cut off to two decimals.

    Cut off and not rounded, so that what falls short is never said to reach what is asked for.
    """
    return floor(100 * min(contrast(colour, ground) for ground in GROUNDS)) / 100


def _luminance(colour: str) -> float:
    parts = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return sum(weight * _linear(part) for weight, part in zip(_WEIGHTS, parts, strict=True))


def _linear(part: float) -> float:
    return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004 - sRGB's own
