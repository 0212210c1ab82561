"""A page loads nothing, runs nothing, fits a narrow window and large text, and is worked by the keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.browser.browser import look


def test_it_loads_itself_and_runs_nothing(page: Path) -> None:
    """One request, no script, and nothing that the page's own policy had to refuse."""
    assert look("loading", page) == {"requests": [page.as_uri()], "scripts": [], "messages": []}


def test_the_policy_refuses_a_planted_script(faulty: Path) -> None:
    """The control: the script does not run, the changed style and the image are refused, and it is said."""
    found = look("loading", faulty)
    assert found["scripts"] == []
    for refused in ("script", "style", "image"):
        assert any(
            refused in message and "Content Security Policy" in message for message in found["messages"]
        )


def test_a_request_and_a_script_are_noticed(unguarded: Path) -> None:
    """The control: without the policy the same page asks for its image, and its script runs."""
    found = look("loading", unguarded)
    assert unguarded.with_name("x.png").as_uri() in found["requests"]
    assert found["scripts"]
    assert found["messages"]


def test_tab_follows_the_page(page: Path) -> None:
    """Every link and every fold, in the document's order, each with a focus that can be seen."""
    found = look("keyboard", page)
    assert found["reached"] == found["expected"]
    assert found["unseen"] == []


def test_a_stolen_order_and_a_hidden_focus_are_noticed(unguarded: Path) -> None:
    """The control."""
    found = look("keyboard", unguarded)
    assert found["reached"] != found["expected"]
    assert any("unseen" in each for each in found["unseen"])


@pytest.mark.parametrize("size", ["fit", "fit-large"])
def test_nothing_sticks_out(size: str, page: Path) -> None:
    """No scrolling sideways and nothing cut off: at 320 px, and with text twice as large."""
    found = look(size, page)
    assert found["beyond"] == []
    assert found["cut"] == []
    assert found["scrollWidth"] <= found["clientWidth"]


def test_large_text_is_twice_as_large(pages: Path) -> None:
    """What the reader has set in the browser reaches the page's text: 16 px is what browsers come with."""
    found = look("fit-large", pages / "demo.en.html")
    assert float(found["fontSize"].removesuffix("px")) >= 2 * 16


@pytest.mark.parametrize("size", ["fit", "fit-large"])
def test_what_sticks_out_is_noticed(size: str, unguarded: Path) -> None:
    """The control."""
    found = look(size, unguarded)
    assert found["scrollWidth"] > found["clientWidth"]
    assert any("As wide as a desk" in each for each in found["beyond"])
