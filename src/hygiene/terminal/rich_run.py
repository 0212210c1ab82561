"""One page on the terminal, run until the person has done something; the terminal is always left sane."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from prompt_toolkit.application import Application
from prompt_toolkit.input import Input
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import Layout
from prompt_toolkit.layout.containers import Container
from prompt_toolkit.output import ColorDepth, Output
from prompt_toolkit.styles import Style

from hygiene.terminal.pages import Act, Key, Page, Pressed
from hygiene.terminal.rich_paint import STYLES

STYLE = Style.from_dict(STYLES)
ESCAPE_SECONDS = 0.1

_ENDING = (signal.SIGTERM, signal.SIGHUP)


class Stage:
    """The terminal that pages are drawn on.

    Args:
        input_: what is typed.
        output: what is drawn.
        has_colour: whether colours may be used besides words and marks.
    """

    def __init__(self, input_: Input, output: Output, *, has_colour: bool) -> None:
        self.input = input_
        self.output = output
        self.depth = ColorDepth.DEPTH_4_BIT if has_colour else ColorDepth.DEPTH_1_BIT

    def run(self, root: Container, keys: KeyBindings, page: Page) -> Act:
        """Draw until a key ends it. A signal to end, or a terminal that is gone, is the wish to stop."""
        try:
            with _handlers_kept():
                app = self._application(root, _with_leaving(keys, page))
                return app.run(pre_run=lambda: _stop_on_signals(app))
        except (EOFError, OSError):
            return Pressed(Key.STOP)

    def _application(self, root: Container, keys: KeyBindings) -> Application[Act]:
        app: Application[Act] = Application(
            layout=Layout(root),
            key_bindings=keys,
            style=STYLE,
            color_depth=self.depth,
            erase_when_done=True,
            input=self.input,
            output=self.output,
        )
        app.ttimeoutlen = app.timeoutlen = ESCAPE_SECONDS
        return app


def _with_leaving(keys: KeyBindings, page: Page) -> KeyBindings:
    """Add the keys that work everywhere: Escape is back, Ctrl-C and Ctrl-D are stop."""

    def stop(event: KeyPressEvent) -> None:
        event.app.exit(result=Pressed(Key.STOP))

    for name in ("c-c", "c-d", "<sigint>"):
        keys.add(name)(stop)

    @keys.add("escape", eager=True)
    def _(event: KeyPressEvent) -> None:
        if page.key(Key.BACK.value):
            event.app.exit(result=Pressed(Key.BACK))

    return keys


def _stop_on_signals(app: Application[Act]) -> None:
    def stop() -> None:
        if app.future and not app.future.done():
            app.exit(result=Pressed(Key.STOP))

    if _in_main_thread():
        for number in _ENDING:
            asyncio.get_running_loop().add_signal_handler(number, stop)


@contextmanager
def _handlers_kept() -> Iterator[None]:
    """Put the handlers back that asyncio replaces."""
    kept: list[tuple[signal.Signals, Callable[..., object] | int | None]] = []
    if _in_main_thread():
        kept = [(number, signal.getsignal(number)) for number in _ENDING]
    try:
        yield
    finally:
        for number, handler in kept:
            signal.signal(number, handler)


def _in_main_thread() -> bool:
    return threading.current_thread() is threading.main_thread()
