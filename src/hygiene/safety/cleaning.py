"""Text from outside, made harmless before it reaches a terminal or a page.

Escape sequences, right-to-left overrides and invisible characters can hide or rewrite what a person reads.
They are replaced once, where text is loaded, so that no printer has to think of it. The categories are those
of the Unicode Character Database, UAX #44 section 5.7.1.
"""

from __future__ import annotations

import unicodedata

REPLACEMENT = "\ufffd"

_UNCLEAN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
# Both are written by honest people: one joins emoji, the other says where a word may break.
_ZERO_WIDTH_JOINER = "\u200d"
_SOFT_HYPHEN = "\u00ad"
_ALLOWED = frozenset({_ZERO_WIDTH_JOINER, _SOFT_HYPHEN})


def clean(text: str, *, multiline: bool = False) -> str:
    """Return the text with every control, format, surrogate, private or unassigned character as U+FFFD.

    Args:
        text: anything that came from a file, a person, a path or the environment.
        multiline: keep line feeds. A carriage return or a tab is never kept.
    """
    if text.isprintable():
        return text
    return "".join(REPLACEMENT if _is_unclean(char, multiline=multiline) else char for char in text)


def find_unclean(text: str, *, multiline: bool = False) -> int | None:
    """Return the index of the first character that `clean` would replace, or None."""
    if text.isprintable():
        return None
    return next((index for index, char in enumerate(text) if _is_unclean(char, multiline=multiline)), None)


def _is_unclean(char: str, *, multiline: bool) -> bool:
    if char in _ALLOWED or (multiline and char == "\n"):
        return False
    return unicodedata.category(char) in _UNCLEAN_CATEGORIES
