"""A finding in the words of a terminal: as a row to choose, and with its steps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hygiene.engine.state import State
from hygiene.language import _, ngettext
from hygiene.model.finding import Result
from hygiene.model.record import COMPUTER, EMPLOYERS
from hygiene.reporting.actions import Action, Way, actions_of
from hygiene.reporting.words import PLATFORMS, Voice, say_level, say_minutes
from hygiene.usecases.desk import Desk

_PLATFORM = "platform"
_PHONES = ("ios", "android")


def voice_of(desk: Desk, state: State, language: str) -> Voice:
    """Return what says accounts and texts in a language."""
    return Voice(language, desk.day, desk.catalogue, state.accounts)


def say_row(finding: Result, voice: Voice) -> str:
    """Return “Make your account private (high severity, 2 min): my Instagram”."""
    (action,) = actions_of([finding], voice)
    account = voice.account(finding.account)
    words = _("{title} ({level}, {minutes}): {accounts}") if account else _("{title} ({level}, {minutes})")
    return words.format(
        title=action.title,
        level=say_level(action.severity),
        minutes=say_minutes(action.minutes),
        accounts=account,
    )


def say_finding(action: Action, state: State) -> str:
    """Return a single finding with what was answered, why it matters and how to mend it, a line each."""
    return "\n".join(_lines(action, state))


def say_left(count: int) -> str:
    """Return how many findings are open."""
    if not count:
        return _("Nothing is left to do.")
    return ngettext("{n} finding is still open.", "{n} findings are still open.", count).format(n=count)


def _lines(action: Action, state: State) -> Iterator[str]:
    (stop,) = action.stops
    (place,) = stop.places
    yield f"{action.title}{_(': ')}{place.account}" if place.account else str(action.title)
    yield f"{_sentence(say_level(place.severity))}, {say_minutes(place.minutes)}."
    yield from map(str, filter(lambda words: words.text, [place.answered]))
    if place.note:
        yield _("Your note: {note}").format(note=place.note)
    if place.is_unknown:
        yield _("You did not know: the first step is to find out.")
    yield _("Why: {risk}").format(risk=action.risk)
    for way in _fitting(stop.guide.ways, state):
        yield from _way(way)
    if stop.guide.is_uncertain and stop.guide.ways:
        yield _("Menu names may differ.")


def _way(way: Way) -> Iterator[str]:
    if way.platform:
        yield _("{platform}:").format(platform=way.platform)
    for number, line in enumerate(way.lines, start=1):
        yield f"  {number}. {line}"


def _fitting(ways: Iterable[Way], state: State) -> tuple[Way, ...]:
    """Return the ways without those for the phone that the person has not; the phone first at an employer's.

    Those who administer that computer can read what is opened there.
    """
    own = state.settings.get(_PLATFORM, "")
    others = {_(PLATFORMS[each]) for each in _PHONES if own in _PHONES and each != own}
    ways = list(ways)
    fitting = [way for way in ways if way.platform not in others] or ways
    phones = {_(PLATFORMS[each]) for each in _PHONES}
    if state.settings.get(COMPUTER) == EMPLOYERS:
        fitting.sort(key=lambda way: way.platform not in phones)
    return tuple(fitting)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
