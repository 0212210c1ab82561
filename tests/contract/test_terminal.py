from __future__ import annotations

import io
from contextlib import ExitStack
from typing import TYPE_CHECKING

from prompt_toolkit.input import create_pipe_input
from prompt_toolkit.output import DummyOutput
from tests.contract.terminal import Desk, Key, TerminalContract, Typed
from tests.contract.terminal_questions import DAY

from hygiene.terminal.plain import InputEndedError, PlainTerminal, Streams
from hygiene.terminal.rich import Device, RichTerminal

if TYPE_CHECKING:
    from collections.abc import Callable


def browser(opened: list[str], *, works: bool) -> Callable[[str], bool]:
    def open_page(url: str) -> bool:
        opened.append(url)
        return works

    return open_page


class TestPlainTerminal(TerminalContract):
    ended = InputEndedError

    def desk(self, *typed: Typed, has_browser: bool = True) -> Desk:
        lines = (each.letter if isinstance(each, Key) else each for each in typed)
        replies = io.StringIO("".join(f"{line}\n" for line in lines))
        opened: list[str] = []
        streams = Streams(replies, io.StringIO())
        terminal = PlainTerminal(streams, "en", DAY, browser(opened, works=has_browser))
        return Desk(terminal, opened)


class TestRichTerminal(TerminalContract):
    ended = KeyboardInterrupt
    _pipes: ExitStack

    def desk(self, *typed: Typed, has_browser: bool = True) -> Desk:
        self._pipes = getattr(self, "_pipes", ExitStack())
        pipe = self._pipes.enter_context(create_pipe_input())
        for each in typed:
            pipe.send_text(each.letter if isinstance(each, Key) else f"{each}\r")
        pipe.close()
        opened: list[str] = []
        device = Device(input=pipe, output=DummyOutput())
        return Desk(RichTerminal("en", DAY, browser(opened, works=has_browser), device), opened)

    def tear_down(self) -> None:
        getattr(self, "_pipes", ExitStack()).close()
