"""Which renderer fits this terminal and this person."""

from __future__ import annotations

from enum import Enum

from hygiene.errors import UsageError
from hygiene.language import N_

_OFF = ("", "0", "false")
_SIMPLE_TERMINALS = ("", "dumb", "unknown")


class Rendering(Enum):
    """The two renderers."""

    PLAIN = "plain"
    RICH = "rich"


def choose_rendering(
    *, accessible: str, plain: bool, setting: bool, term: str, is_terminal: bool
) -> Rendering:
    """Return the renderer to use.

    Args:
        accessible: the variable `ACCESSIBLE`, or an empty text.
        plain: `--plain` was given.
        setting: the person's own setting.
        term: the variable `TERM`, or an empty text.
        is_terminal: both what is typed and what is asked go through a terminal.

    Raises:
        UsageError: there is no terminal, and `--plain` was not given.
    """
    if plain:
        return Rendering.PLAIN
    if not is_terminal:
        raise UsageError(
            N_("no audit was performed: there is no terminal to ask the questions on"),
            hint=N_("give the answers in a file with --answers, or use --plain to read replies from a pipe"),
        )
    is_plain = setting or accessible.strip().lower() not in _OFF or term.lower() in _SIMPLE_TERMINALS
    return Rendering.PLAIN if is_plain else Rendering.RICH
