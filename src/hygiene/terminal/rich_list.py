"""A page with rows: the cursor moves, a row is chosen or ticked."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.layout import FormattedTextControl, Window

from hygiene.language import _
from hygiene.terminal.pages import Act, Key, Manner, Page, Picked, Pressed, Ticked
from hygiene.terminal.rich_paint import Line, View, paint_list
from hygiene.terminal.rich_run import Stage

PAGE_STEP = 10


class ListPage:
    """One page with rows on the stage.

    Args:
        page: what is on it.
        stage: where it is drawn.
    """

    def __init__(self, page: Page, stage: Stage) -> None:
        self._page = page
        self._stage = stage
        self._view = View(page.cursor, set(page.ticked), page.message)
        self._asked_none = False
        self._is_refused = False

    def run(self) -> Act:
        """Draw the page until something is done."""
        control = FormattedTextControl(self._painted, focusable=True, show_cursor=True)
        window = Window(control, wrap_lines=False, dont_extend_height=True)
        return self._stage.run(window, self._keys(), self._page)

    def _painted(self) -> FormattedText:
        return joined(paint_list(self._page, self._view, self._stage.output.get_size()))

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()
        last = len(self._page.rows) - 1
        moves = {
            **dict.fromkeys(("up", "k"), lambda at: max(0, at - 1)),
            **dict.fromkeys(("down", "j", "tab"), lambda at: min(last, at + 1)),
            "pageup": lambda at: max(0, at - PAGE_STEP),
            "pagedown": lambda at: min(last, at + PAGE_STEP),
            "home": lambda _at: 0,
            "end": lambda _at: last,
        }
        for name, move in moves.items():
            keys.add(name)(self._mover(move))
        keys.add("enter")(self._ender(self._entered))
        keys.add("space")(self._ender(self._touched))
        keys.add(",")(self._ender(self._comma))
        for digit in "0123456789":
            keys.add(digit)(self._ender(partial(self._typed, digit)))
        for at, row in enumerate(self._page.rows):
            for letter in {row.letter, row.letter.upper()} - {""}:
                keys.add(letter)(self._ender(partial(Picked, at)))
        for key in self._page.all_keys:
            for letter in {key.value, key.value.upper()}:
                keys.add(letter)(self._ender(partial(self._pressed, key)))
        return keys

    def _mover(self, move: Callable[[int], int]) -> Callable[[KeyPressEvent], None]:
        def moved(_event: KeyPressEvent) -> None:
            self._quiet()
            self._view.cursor = move(self._view.cursor)

        return moved

    def _ender(self, act: Callable[[], Act | None]) -> Callable[[KeyPressEvent], None]:
        def ended(event: KeyPressEvent) -> None:
            done = act()
            if done:
                event.app.exit(result=done)

        return ended

    def _quiet(self) -> None:
        self._view.message, self._view.digits = "", ""
        self._asked_none = self._is_refused = False

    def _pressed(self, key: Key) -> Act | None:
        if key is not Key.WHY:
            return Pressed(key, self._view.cursor, frozenset(self._view.ticked))
        self._view.is_why_open = not self._view.is_why_open
        return None

    def _entered(self) -> Act | None:
        """Take the row; where rows are ticked, take those, and be sure before taking none."""
        if self._is_refused:
            self._quiet()
            return None
        if self._page.manner is Manner.PICK or self._page.rows[self._view.cursor].leads_on:
            return Picked(self._view.cursor)
        if self._view.digits:
            self._view.ticked.add(self._view.cursor)
        if self._view.ticked or self._asked_none or self._page.may_be_empty:
            return Ticked(frozenset(self._view.ticked))
        self._quiet()
        self._asked_none = True
        self._view.message = _("None of these? Enter again if so; Space ticks a line.")
        return None

    def _touched(self) -> Act | None:
        """Choose or tick the row under the cursor."""
        self._quiet()
        if self._page.manner is Manner.PICK or self._page.rows[self._view.cursor].leads_on:
            return Picked(self._view.cursor)
        self._view.ticked ^= {self._view.cursor}
        return None

    def _typed(self, digit: str) -> Act | None:
        """Go to the row of a number; tick it as soon as no longer number can be meant."""
        rows = len(self._page.rows)
        if self._page.manner is Manner.TICK and digit == "0" and not self._view.digits:
            return Ticked(frozenset())
        typed = next((each for each in (self._view.digits + digit, digit) if 1 <= int(each) <= rows), "")
        self._quiet()
        if not typed:
            # The Enter that follows a number which is not there must not take another row.
            self._is_refused = True
            self._view.message = _("There is no {number} here.").format(number=digit)
            return None
        self._view.cursor = int(typed) - 1
        if self._page.manner is Manner.TICK and int(typed) * 10 > rows:
            return self._touched()
        self._view.digits = typed
        if self._page.manner is Manner.TICK:
            self._view.message = _("{number}: Space ticks it; or go on typing the number.").format(
                number=typed
            )
        return None

    def _comma(self) -> Act | None:
        """End a number, so that “1,3” does here what it does in plain lines."""
        return self._touched() if self._page.manner is Manner.TICK and self._view.digits else None


def joined(lines: list[Line]) -> FormattedText:
    """Return lines as one text."""
    return FormattedText([fragment for line in lines for fragment in (*line, ("", "\n"))][:-1])
