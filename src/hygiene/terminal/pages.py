"""What a renderer puts on the screen, and what the person does there; no answer or account is known here.

A page is words only, translated and cleaned: a renderer decides how they look, never what they say.
"""

from __future__ import annotations

from enum import Enum, StrEnum
from typing import Protocol

from msgspec import Struct

from hygiene.safety.cleaning import clean


class Key(StrEnum):
    """One grammar everywhere: a single key in a list, the whole line where words are written."""

    BACK = "b"
    SKIP = "s"
    STOP = "q"
    WHY = "?"
    OPEN = "o"
    NOTE = "n"
    UNKNOWN = "d"
    NOT_APPLICABLE = "x"


class Manner(Enum):
    """How a page is replied to."""

    PICK = "pick"
    TICK = "tick"
    WRITE = "write"


class Row(Struct, frozen=True):
    """One line to choose.

    Attributes:
        mark: says that it is the answer so far, such as “last time”, or empty.
        leads_on: cannot be ticked: choosing it leads further at once.
        letter: chooses it at once, where that is drawn.
    """

    words: str
    mark: str = ""
    leads_on: bool = False
    letter: str = ""


class Page(Struct, frozen=True):
    """Everything on the screen at one moment.

    Attributes:
        heading: how far the interview has come, in parts.
        subject: the accounts that the question is about.
        details: what was said so far.
        why: why it is asked; empty where there is nothing to tell.
        keys: what each key does here, in the order of showing.
        more: the keys that are needed less often.
        cursor: the row to begin on.
        text: the words so far.
        is_amended: they stand on the line to be changed, where that can be drawn.
        kept: what an empty line keeps, in words; empty where it keeps nothing.
        hint: what may be written, with examples.
        message: what has just happened.
        takes_words: in a list, words are an answer too (a date).
        may_be_empty: an empty line, or Enter with nothing ticked, is an answer.
        is_literal: what is written is taken as it is, be it one letter or nothing.
    """

    manner: Manner
    question: str
    rows: tuple[Row, ...] = ()
    heading: tuple[str, ...] = ()
    subject: str = ""
    details: tuple[str, ...] = ()
    why: str = ""
    keys: tuple[tuple[Key, str], ...] = ()
    more: tuple[tuple[Key, str], ...] = ()
    cursor: int = 0
    ticked: frozenset[int] = frozenset()
    text: str = ""
    is_amended: bool = False
    kept: str = ""
    hint: str = ""
    message: str = ""
    takes_words: bool = False
    may_be_empty: bool = False
    is_literal: bool = False

    def key(self, typed: str) -> Key | None:
        """Return the key that was typed, where this page has it."""
        return next((key for key in self.all_keys if key.value == typed.lower()), None)

    @property
    def all_keys(self) -> dict[Key, str]:
        """What each key does here, the rarer ones last."""
        return dict(self.keys + self.more)


class Picked(Struct, frozen=True):
    """One row was chosen."""

    row: int


class Ticked(Struct, frozen=True):
    """Those rows, or none of them."""

    rows: frozenset[int]


class Wrote(Struct, frozen=True):
    """A line of words; spaces tidied, except where the page takes it as it is."""

    words: str


class Pressed(Struct, frozen=True):
    """A key, and where the person stood."""

    key: Key
    cursor: int = 0
    ticked: frozenset[int] = frozenset()


Act = Picked | Ticked | Wrote | Pressed


class Screen(Protocol):
    """What the two renderers do. `?` never leaves `put`."""

    def put(self, page: Page) -> Act:
        """Show the page until the person has done something."""
        ...

    def leave(self, asked: str, answer: str, *, is_done: bool = True) -> None:
        """Leave one short line of what was answered, or put off."""
        ...


def tidy(words: str) -> str:
    """Return what was typed as one line with single spaces, harmless to print again."""
    return clean(" ".join(words.split()))
