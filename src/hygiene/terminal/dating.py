"""An exact date, asked in words, said back as it was understood, and confirmed."""

from __future__ import annotations

from msgspec.structs import replace

from hygiene.engine.dates import FutureDateError, parse_interval
from hygiene.language import _
from hygiene.model.record import Dated
from hygiene.terminal.pages import Key, Manner, Page, Pressed, Screen, Wrote
from hygiene.terminal.words import Speaker, short_keys


def ask_date(screen: Screen, speaker: Speaker, around: Page, words: str) -> Dated | Key:
    """Ask until the words are a date in the past and the person has agreed to it; or return the key to leave.

    Args:
        screen: draws the page.
        speaker: says the date back.
        around: the page of the question.
        words: what was written already, or nothing.
    """
    page = Page(
        Manner.WRITE,
        around.question,
        heading=around.heading,
        subject=around.subject,
        keys=short_keys(),
        hint=_("For example: March 2026, 17/03/2026, 2024, 6 months ago."),
    )
    understood: Dated | None = None
    if words:
        understood, page = _read(page, words, speaker)
    while True:
        act = screen.put(page)
        if isinstance(act, Pressed):
            return act.key
        if not isinstance(act, Wrote):  # pragma: no cover - a page to write on has no rows
            raise TypeError(act)
        if understood and act.words == page.text:
            return understood
        understood, page = _read(page, act.words, speaker)


def _read(page: Page, words: str, speaker: Speaker) -> tuple[Dated | None, Page]:
    """Return the date and the page that says it back, or the page that asks again."""
    try:
        interval = parse_interval(words, speaker.day)
    except FutureDateError:
        future = _("That day has not come yet. When was it, roughly?")
        return None, replace(page, text="", kept="", message=future)
    if interval is None:
        again = _("I did not understand “{words}”. A month is enough.").format(words=words)
        return None, replace(page, text="", kept="", message=again)
    when = speaker.interval(interval)
    return Dated(interval), replace(
        page,
        text=words,
        kept=when,
        message=_("Understood as: {when}. Enter if that is right, or write another date.").format(when=when),
    )
