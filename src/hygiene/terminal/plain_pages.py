"""Pages as numbered lines, and lines as what the person did."""

from __future__ import annotations

import re

from msgspec.structs import replace

from hygiene.language import _, ngettext
from hygiene.terminal.pages import Act, Key, Manner, Page, Picked, Pressed, Row, Ticked, Wrote, tidy
from hygiene.terminal.plain_stream import Lines

KEYS = "h"
NONE = "0"

_SEPARATORS = re.compile(r"[\s,;]+")


class PlainScreen:
    """A `Screen` of lines.

    Args:
        lines: written and read.
    """

    def __init__(self, lines: Lines) -> None:
        self._lines = lines
        self._said: list[Page] = []
        self._known_keys: set[Key] = set()

    def begin(self) -> None:
        """A new question: everything is said again."""
        self._said.clear()
        self._lines.say_line("")

    def put(self, page: Page) -> Act:
        """Say the page, or only what is new on it, and read lines until one of them does something."""
        if not (page.message and any(_is_same(page, said) for said in self._said)):
            self.say(page)
            self._said.append(page)
        self._say_all(page.message)
        while True:
            try:
                line = self._lines.read(_prompt(page))
            except KeyboardInterrupt:
                self._lines.say_line("")
                return Pressed(Key.STOP)
            if line is None:
                return Pressed(Key.STOP)
            act = self._act(page, tidy(line))
            if act:
                return act

    def leave(self, asked: str, answer: str, *, is_done: bool = True) -> None:
        """Say in one line what was answered, or put off; the question has just been read."""
        del asked, is_done
        self._lines.say(_("Noted: {answer}").format(answer=answer))

    def say(self, page: Page) -> None:
        """Say all of a page, and its letters where they are not known yet."""
        heading = ", ".join(page.heading)
        self._say_all(heading and f"{heading}.", page.subject, page.question, *page.details)
        if page.manner is Manner.TICK:
            self._lines.say(f"{NONE}. " + _("None of these"))
        for at, row in enumerate(page.rows):
            number = f"{at + 1}. "
            self._lines.say(number + _spoken(row, is_ticked=at in page.ticked), hang=" " * len(number))
        is_written = page.manner is Manner.WRITE
        if is_written:
            self._say_all(page.hint)
        # Said once, and again where a letter could be taken for a word: hearing them each time is tiring.
        if is_written or not self._known_keys.issuperset(page.all_keys):
            self._say_keys(page)

    def _say_all(self, *texts: str) -> None:
        for text in filter(None, texts):
            self._lines.say(text)

    def _say_keys(self, page: Page) -> None:
        is_short = page.manner is Manner.WRITE  # where a letter like h would be a word
        self._known_keys.update(page.all_keys)
        if page.keys:
            keys = ", ".join(f"{key} {does}" for key, does in page.all_keys.items())
            letters = _("Or one letter: {keys}.") if is_short else _("Or one letter: {keys}, h this list.")
            self._lines.say(letters.format(keys=keys))

    def _act(self, page: Page, line: str) -> Act | None:
        """Return what a line does; None: it was answered here, or not understood and said so."""
        key = page.key(line)
        if key is Key.WHY:
            self._say_all(page.why)
            return None
        if key:
            return Pressed(key, page.cursor, page.ticked)
        if page.manner is Manner.WRITE:
            return self._written(page, line)
        if line.lower() == KEYS:
            self._say_keys(page)
            return None
        if not line and page.kept:
            return Ticked(page.ticked) if page.manner is Manner.TICK else Picked(page.cursor)
        if not line and page.may_be_empty:
            return Ticked(frozenset())
        return self._numbered(page, line)

    def _written(self, page: Page, line: str) -> Act | None:
        if line or page.may_be_empty:
            return Wrote(line)
        if page.kept:
            return Wrote(page.text)
        self._say_all(_("Please write something, or use one of the letters."))
        return None

    def _numbered(self, page: Page, line: str) -> Act | None:
        rows = _rows(page, line)
        if rows is None:
            if page.takes_words and line:
                return Wrote(line)
            self._say_all(misunderstood(page))
            return None
        if page.manner is Manner.TICK:
            on = [row for row in rows if page.rows[row].leads_on]
            return Picked(on[0]) if on else Ticked(frozenset(rows))
        return Picked(rows[0])


def row_of(page: Page, line: str) -> int | None:
    """Return the row that a line names by its number; None where it names none."""
    rows = _rows(page, line)
    return rows[0] if rows else None


def _rows(page: Page, line: str) -> list[int] | None:
    """Return the rows that the numbers name; None where the line is not made of their numbers."""
    words = [word for word in _SEPARATORS.split(line.casefold().rstrip(".")) if word]
    if page.manner is Manner.TICK and words in ([NONE], [_("none").casefold()]):
        return []
    if not words or not all(word.isascii() and word.isdecimal() for word in words):
        return None
    rows = [int(word) - 1 for word in words]
    is_too_many = page.manner is Manner.PICK and len(rows) > 1
    return None if is_too_many or not all(0 <= row < len(page.rows) for row in rows) else rows


def _spoken(row: Row, *, is_ticked: bool) -> str:
    said = [row.words, row.mark, _("selected") if is_ticked else ""]
    return ", ".join(filter(None, said))


def misunderstood(page: Page) -> str:
    """Return what may be written where a line was not one of the numbers."""
    last = len(page.rows)
    if page.manner is Manner.TICK:
        again = _("Please write numbers from 1 to {last} with commas, such as 1,3, or 0 for none.")
        return again.format(last=last)
    again = ngettext("Please write {last}.", "Please write a number from 1 to {last}.", last)
    return " ".join(filter(None, (again.format(last=last), page.hint)))


def _prompt(page: Page) -> str:
    kept = _kept(page) if page.kept else ""
    prompt = _("{what} ({kept}):") if kept else _("{what}:")
    return prompt.format(what=_what(page), kept=kept)


def _what(page: Page) -> str:
    if page.manner is Manner.WRITE:
        return _("Write here")
    if page.manner is Manner.TICK:
        return _("Numbers, such as 1,3")
    return _("Number or date") if page.takes_words else _("Number")


def _kept(page: Page) -> str:
    """Return what an empty line keeps; its words have just been read, so a number will do."""
    if page.manner is Manner.PICK:
        return _("an empty line keeps {number}").format(number=page.cursor + 1)
    if page.manner is Manner.TICK:
        return _("an empty line keeps what is selected")
    return _("an empty line keeps: {answer}").format(answer=page.kept)


def _is_same(page: Page, other: Page) -> bool:
    """Return whether only what has just happened tells two pages apart."""
    alike = replace(other, message=page.message, cursor=page.cursor, ticked=page.ticked, details=page.details)
    return replace(alike, text=page.text, kept=page.kept) == page
