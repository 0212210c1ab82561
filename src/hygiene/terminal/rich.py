"""The rich renderer: one question at a time, drawn with prompt_toolkit, erased when it is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date

from msgspec import Struct
from prompt_toolkit import print_formatted_text
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.input import Input, create_input
from prompt_toolkit.output import Output, create_output
from prompt_toolkit.output.vt100 import Vt100_Output

from hygiene.engine.questions import Progress, Question, Reply
from hygiene.language import _
from hygiene.terminal.asking import Asking
from hygiene.terminal.lines import paragraphs
from hygiene.terminal.pages import Act, Manner, Page, Picked, Row, Wrote, tidy
from hygiene.terminal.rich_line import LinePage
from hygiene.terminal.rich_list import ListPage
from hygiene.terminal.rich_paint import Line, trace, width_of
from hygiene.terminal.rich_run import STYLE, Stage
from hygiene.terminal.words import Speaker


class Device(Struct, frozen=True):
    """The terminal to draw on.

    Attributes:
        has_colour: False where the person asked for none (`NO_COLOR`).
        input: None for the process's own.
        output: None for the process's own, whichever of its streams is a terminal.
    """

    has_colour: bool = True
    input: Input | None = None
    output: Output | None = None


class RichScreen:
    """A `Screen` that draws.

    Args:
        stage: where it draws.
    """

    def __init__(self, stage: Stage) -> None:
        self._stage = stage

    @property
    def width(self) -> int:
        """How wide a line of text may be now."""
        return width_of(self._stage.output.get_size())

    def put(self, page: Page) -> Act:
        """Draw the page until the person has done something; then erase it."""
        drawn = LinePage if page.manner is Manner.WRITE else ListPage
        return drawn(page, self._stage).run()

    def put_secret(self, page: Page) -> Act:
        """Draw a page whose line is not shown while it is typed."""
        return LinePage(page, self._stage, is_secret=True).run()

    def leave(self, asked: str, answer: str, *, is_done: bool = True) -> None:
        """Leave one short line of what was answered, or put off."""
        self.print(trace(asked, answer, self.width, is_done=is_done))

    def print(self, line: Line) -> None:
        """Write a line that stays; in a terminal that has been closed nobody would read it."""
        with suppress(OSError):
            print_formatted_text(
                FormattedText(line), style=STYLE, output=self._stage.output, color_depth=self._stage.depth
            )


class RichTerminal:
    """A `Terminal` with a real cursor, arrows and single keys.

    Args:
        language: of the content.
        day: today.
        open_page: opens an address in the browser, and tells whether it could.
        device: the terminal.
    """

    def __init__(
        self, language: str, day: date, open_page: Callable[[str], bool], device: Device | None = None
    ) -> None:
        device = device or Device()
        output = device.output or create_output(always_prefer_tty=True)
        if isinstance(output, Vt100_Output):
            # Where the cursor stands is not needed, and on a slow line the reply would be taken for keys.
            output.enable_cpr = False
        typed = device.input or create_input(always_prefer_tty=True)
        stage = Stage(typed, output, has_colour=device.has_colour)
        self._screen = RichScreen(stage)
        self._asking = Asking(self._screen, Speaker(language, day), open_page)

    def ask(self, question: Question, progress: Progress) -> Reply:
        """Put the question and return the reply."""
        return self._asking.ask(question, progress)

    def show(self, message: str) -> None:
        """Say something that needs no reply."""
        self._asking.forget_leaving()
        for line in ("", *paragraphs(message, self._screen.width)):
            self._screen.print([("", f" {line}")] if line else [("", "")])

    def confirm(self, message: str, *, default: bool) -> bool:
        """Ask for a yes or a no.

        Raises:
            KeyboardInterrupt: the person wants to stop.
        """
        rows = tuple(Row(words, letter=words[0].lower()) for words in (_("Yes"), _("No")))
        return self._picked(message, rows, cursor=0 if default else 1) == 0

    def choose(self, message: str, choices: Sequence[str]) -> int:
        """Ask for one of several; return its place, from 0. The first one is where Enter leads.

        Raises:
            KeyboardInterrupt: the person wants to stop.
        """
        return self._picked(message, tuple(Row(tidy(words)) for words in choices))

    def secret(self, message: str) -> str:
        """Ask for something that is not shown while it is typed.

        Raises:
            KeyboardInterrupt: the person wants to stop.
        """
        page = Page(Manner.WRITE, tidy(message), hint=_("Nothing shows while you type."), is_literal=True)
        return self._written(self._screen.put_secret, page)

    def line(self, message: str) -> str:
        """Ask for a line, spaces around it taken off. It may be a code: nothing of it stays on the screen.

        Raises:
            KeyboardInterrupt: the person wants to stop.
        """
        written = self._written(self._screen.put, Page(Manner.WRITE, tidy(message), is_literal=True))
        return " ".join(written.splitlines()).strip()

    def _picked(self, message: str, rows: tuple[Row, ...], *, cursor: int = 0) -> int:
        self._asking.forget_leaving()
        page = Page(Manner.PICK, tidy(message), rows, cursor=cursor)
        act = self._screen.put(page)
        if not isinstance(act, Picked):
            raise KeyboardInterrupt
        self._screen.leave(page.question, rows[act.row].words)
        return act.row

    def _written(self, put: Callable[[Page], Act], page: Page) -> str:
        self._asking.forget_leaving()
        act = put(page)
        if not isinstance(act, Wrote):
            raise KeyboardInterrupt
        return act.words
