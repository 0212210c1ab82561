"""Checks by what they are about: one line each, with the accounts that it concerns."""

from __future__ import annotations

from collections.abc import Iterable

from msgspec import Struct
from msgspec.structs import replace

from hygiene.language import _
from hygiene.model.finding import Result
from hygiene.reporting.words import Voice, Words
from hygiene.spoken_dates import say_date


class Topic(Struct, frozen=True):
    """One check, and the accounts it was or was not asked about; none where it is about the person."""

    title: Words
    accounts: tuple[Words, ...]

    @property
    def count(self) -> int:
        """How many answers that makes."""
        return max(1, len(self.accounts))


def topics_of(results: Iterable[Result], voice: Voice, *, as_done: bool = False) -> tuple[Topic, ...]:
    """Return results by check, those of a core question together, each where its first one stands.

    Args:
        results: what is listed.
        voice: the report's language.
        as_done: say what was achieved, not what is advised.
    """
    groups: dict[str, list[Result]] = {}
    for result in results:
        groups.setdefault(result.check.group, []).append(result)
    return tuple(
        Topic(
            voice.say((as_done and group[0].check.done) or group[0].check.title, group[0].account),
            tuple(name for name in (_name(result, voice) for result in group) if name),
        )
        for group in groups.values()
    )


def _name(result: Result, voice: Voice) -> Words | None:
    """Return the account of a result; with the day of the export where one said it, and not the person."""
    name = voice.account(result.account)
    if name is None or result.as_of is None:
        return name
    words = _("{account} (export of {day})")
    return replace(name, text=words.format(account=name, day=say_date(result.as_of, voice.language)))
