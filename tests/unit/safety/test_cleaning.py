from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.safety.cleaning import REPLACEMENT, clean, find_unclean


@pytest.mark.parametrize(
    "char",
    [
        pytest.param("\x1b", id="escape"),
        pytest.param("\x07", id="bell"),
        pytest.param("\x00", id="nul"),
        pytest.param("\r", id="carriage-return"),
        pytest.param("\t", id="tab"),
        pytest.param("\x7f", id="delete"),
        pytest.param("\x9b", id="c1-csi"),
        pytest.param("\u202e", id="right-to-left-override"),
        pytest.param("\u2066", id="left-to-right-isolate"),
        pytest.param("\u200b", id="zero-width-space"),
        pytest.param("\ufeff", id="byte-order-mark"),
        pytest.param("\U000e0041", id="tag"),
        pytest.param("\u2028", id="line-separator"),
        pytest.param("\u2029", id="paragraph-separator"),
        pytest.param("\ud800", id="surrogate"),
        pytest.param("\ue000", id="private-use"),
        pytest.param("\U000e0080", id="unassigned"),
    ],
)
def test_harmful_characters_are_replaced(char: str) -> None:
    """What could steer a terminal or hide in a line becomes U+FFFD, in both kinds of text."""
    assert clean(f"a{char}b") == f"a{REPLACEMENT}b"
    assert clean(f"a{char}b", multiline=True) == f"a{REPLACEMENT}b"
    assert find_unclean(f"a{char}b") == 1


@pytest.mark.parametrize(
    "text", ["« é – »", "10\u202f000\u00a0€", "👩\u200d💻", "co\u00adopération", "", "e\u0301"]
)
def test_honest_text_is_kept(text: str) -> None:
    """French spaces, dashes, soft hyphens, accents and joined emoji stay as they are."""
    assert clean(text) == text
    assert find_unclean(text) is None


def test_line_feeds_are_kept_where_lines_are_expected() -> None:
    """A line feed is text in a note and an attack in a name."""
    assert clean("a\nb", multiline=True) == "a\nb"
    assert find_unclean("a\nb", multiline=True) is None
    assert clean("a\nb") == f"a{REPLACEMENT}b"
    assert find_unclean("a\nb") == 1


@given(st.text(st.characters()), st.booleans())
def test_cleaning_is_thorough_and_keeps_length(text: str, multiline: bool) -> None:  # noqa: FBT001
    """Cleaned text has nothing left to clean, and changes exactly where something was found."""
    cleaned = clean(text, multiline=multiline)
    assert find_unclean(cleaned, multiline=multiline) is None
    assert len(cleaned) == len(text)
    assert (cleaned == text) == (find_unclean(text, multiline=multiline) is None)
