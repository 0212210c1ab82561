from __future__ import annotations

import pytest

from hygiene.errors import ExitCode, UsageError
from hygiene.terminal.choose import Rendering, choose_rendering


def choose(
    *,
    accessible: str = "",
    plain: bool = False,
    setting: bool = False,
    term: str = "xterm",
    is_terminal: bool = True,
) -> Rendering:
    return choose_rendering(
        accessible=accessible, plain=plain, setting=setting, term=term, is_terminal=is_terminal
    )


def test_a_usual_terminal_is_drawn_on() -> None:
    assert choose() is Rendering.RICH


@pytest.mark.parametrize("accessible", ["1", "true", "yes"])
def test_the_variable_accessible_asks_for_plain_lines(accessible: str) -> None:
    assert choose(accessible=accessible) is Rendering.PLAIN


@pytest.mark.parametrize("accessible", ["", "0", "false", "False", " "])
def test_it_may_be_switched_off(accessible: str) -> None:
    assert choose(accessible=accessible) is Rendering.RICH


def test_the_option_and_the_setting_ask_for_plain_lines() -> None:
    assert choose(plain=True) is Rendering.PLAIN
    assert choose(setting=True) is Rendering.PLAIN


@pytest.mark.parametrize("term", ["", "dumb", "unknown"])
def test_a_simple_terminal_gets_plain_lines(term: str) -> None:
    assert choose(term=term) is Rendering.PLAIN


def test_a_pipe_gets_plain_lines_only_on_request() -> None:
    assert choose(plain=True, is_terminal=False) is Rendering.PLAIN
    for refused in ({}, {"accessible": "1"}, {"setting": True}):
        with pytest.raises(UsageError) as caught:
            choose(is_terminal=False, **refused)
        assert caught.value.exit_code is ExitCode.USAGE
        assert "--answers" in caught.value.hint
        assert "--plain" in caught.value.hint
