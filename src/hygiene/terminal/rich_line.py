"""A page with one line to write on, shown or, for a secret, not."""

from __future__ import annotations

from prompt_toolkit.buffer import Buffer
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import BufferControl, FormattedTextControl, HSplit, VSplit, Window
from prompt_toolkit.layout.processors import Processor, Transformation, TransformationInput

from hygiene.language import _
from hygiene.terminal.pages import Act, Key, Page, Pressed, Wrote, tidy
from hygiene.terminal.rich_list import joined
from hygiene.terminal.rich_paint import MARGIN, View, paint_foot, paint_head, width_of
from hygiene.terminal.rich_run import Stage


class _Unseen(Processor):
    """Shows nothing of what is typed, not even how long it is."""

    def apply_transformation(self, transformation_input: TransformationInput) -> Transformation:
        """Return no text at all."""
        del transformation_input
        return Transformation([], source_to_display=lambda _at: 0, display_to_source=lambda _at: 0)


class LinePage:
    """One page with a line to write on.

    Args:
        page: what is on it.
        stage: where it is drawn.
        is_secret: show nothing of what is typed.
    """

    def __init__(self, page: Page, stage: Stage, *, is_secret: bool = False) -> None:
        self._page = page
        self._stage = stage
        self._is_secret = is_secret
        self._view = View(0, set(), page.message)
        text = page.text if page.is_amended else ""
        self._buffer = Buffer(document=Document(text, len(text)), multiline=False)

    def run(self) -> Act:
        """Draw the page until the line is written."""
        typed = BufferControl(self._buffer, input_processors=[_Unseen()] if self._is_secret else [])
        mark = FormattedTextControl([("", " " * MARGIN), ("class:mark", "› ")])
        root = HSplit(
            [
                Window(FormattedTextControl(self._above), dont_extend_height=True),
                VSplit([Window(mark, width=MARGIN + 2), Window(typed, height=1)], height=1),
                Window(FormattedTextControl(self._below), dont_extend_height=True),
            ]
        )
        return self._stage.run(root, self._keys(), self._page)

    def _above(self) -> FormattedText:
        return joined(paint_head(self._page, width_of(self._stage.output.get_size())))

    def _below(self) -> FormattedText:
        return joined(paint_foot(self._page, self._view, width_of(self._stage.output.get_size())))

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("enter", eager=True)
        def _(event: KeyPressEvent) -> None:
            act = self._written(self._buffer.text)
            if act:
                event.app.exit(result=act)

        return keys

    def _written(self, text: str) -> Act | None:
        if self._page.is_literal:
            return Wrote(text)
        line = tidy(text)
        key = self._page.key(line)
        if key is Key.WHY:
            self._view.is_why_open = not self._view.is_why_open
            self._buffer.reset()
            return None
        if key:
            return Pressed(key)
        if line or self._page.may_be_empty:
            return Wrote(line)
        if self._page.kept and not self._page.is_amended:
            return Wrote(self._page.text)
        self._view.message = _("Please write something, or use one of the letters.")
        return None
