"""What a walk through findings or passwords works with: the desk, the terminal, the browser."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TypeVar

from msgspec import Struct

from hygiene.engine.dates import FutureDateError, parse_interval
from hygiene.engine.questions import Terminal
from hygiene.engine.state import State
from hygiene.language import _
from hygiene.model.dates import Interval
from hygiene.model.record import Event
from hygiene.reporting.links import host_of
from hygiene.reporting.words import Voice
from hygiene.spoken_dates import say_interval
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import Desk
from hygiene.usecases.finding_words import voice_of

Key = TypeVar("Key")


class Scene(Struct, frozen=True):
    """The same for a whole walk.

    Attributes:
        language: of the texts of checklists and of dates.
        open_page: opens an address in the browser, and tells whether it could.
    """

    desk: Desk
    terminal: Terminal
    language: str
    open_page: Callable[[str], bool]

    def voice(self, state: State) -> Voice:
        """Return what says accounts and texts."""
        return voice_of(self.desk, state, self.language)

    def sealed(self, store: OpenStore, event: Event) -> OpenStore:
        """Return the store after an event that is kept before anything else is asked."""
        return self.desk.seal(self.desk.say(store, event))

    def pick(self, question: str, options: Mapping[Key, str]) -> Key:
        """Ask for one of several; the first one is where Enter leads."""
        keys = tuple(options)
        return keys[self.terminal.choose(question, tuple(options.values()))]

    def open(self, url: str) -> None:
        """Open a page whose host was shown before, and say so."""
        opened = _("{host} is open in your browser.").format(host=host_of(url))
        lost = _("No browser answered. The address is {url}").format(url=url)
        self.terminal.show(opened if self.open_page(url) else lost)

    def ask_date(self, question: str) -> Interval | None:
        """Ask for a date in the past until it is understood and agreed to; None after an empty line."""
        while words := self.terminal.line(question):
            interval = self._understood(words)
            if interval:
                return interval
        return None

    def _understood(self, words: str) -> Interval | None:
        try:
            interval = parse_interval(words, self.desk.day)
        except FutureDateError:
            self.terminal.show(_("That day has not come yet. When was it, roughly?"))
            return None
        if interval is None:
            self.terminal.show(_("I did not understand “{words}”. A month is enough.").format(words=words))
            return None
        when = say_interval(interval, self.language, self.desk.day)
        question = _("Understood as: {when}. Is that right?").format(when=when)
        return interval if self.terminal.confirm(question, default=True) else None


def links_of(settings_url: str | None, help_url: str | None) -> tuple[tuple[str, str], ...]:
    """Return the pages that may be opened, each with a row that names its host."""
    settings, instructions = _("Open the settings on {host}"), _("Open the instructions on {host}")
    return tuple(
        (url, words.format(host=host_of(url)))
        for url, words in ((settings_url, settings), (help_url, instructions))
        if url
    )
