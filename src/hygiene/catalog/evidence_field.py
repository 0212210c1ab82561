"""The field `evidence:` of a check: which answer each fact of an export gives, or leaves open."""

from __future__ import annotations

from collections.abc import Mapping

from hygiene.catalog.cursor import Cursor
from hygiene.language import N_
from hygiene.model.checklist import Choice, Kind
from hygiene.model.evidence import COUNTS, DATES, FACTS

DATE, SHOWN = "date", "shown"
"""What stands beside a fact that is the date asked for, and beside one that only helps to look."""

PLAIN = {**dict.fromkeys(DATES, DATE), **dict.fromkeys(COUNTS, SHOWN)}

Evidence = Mapping[str, Mapping[str, tuple[str, ...]]]


def read_evidence(cursor: Cursor, kind: Kind, choices: tuple[Choice, ...]) -> Evidence:
    """Return, by fact, the choices that each of its words leaves open; what cannot be is a problem."""
    return {name: _fact(name, entry, kind, choices) for name, entry in cursor.entries().items()}


def _fact(
    name: str, cursor: Cursor, kind: Kind, choices: tuple[Choice, ...]
) -> Mapping[str, tuple[str, ...]]:
    if name in FACTS:
        if kind is not Kind.CHOICE:
            cursor.problem(N_("only a check of kind “choice” is answered by this fact"))
        entries = cursor.entries()
        for word in entries.keys() - FACTS[name]:
            _not_one_of(entries[word], word, sorted(FACTS[name]))
        return {word: _open(entry, choices) for word, entry in entries.items()}
    if name not in PLAIN:
        _not_one_of(cursor, name, sorted({*FACTS, *PLAIN}))
    elif name in DATES and kind is not Kind.DATE:
        cursor.problem(N_("only a check of kind “date” is answered by this fact"))
    elif cursor.words() != PLAIN[name]:
        _not_one_of(cursor, cursor.words(), [PLAIN[name]])
    return {}


def _open(cursor: Cursor, choices: tuple[Choice, ...]) -> tuple[str, ...]:
    """Return the choices that a word leaves open: one answers the check, several only contradict others."""
    is_one = isinstance(cursor.node.content, str)
    places = (cursor,) if is_one else tuple(cursor.items())
    allowed = [choice.id for choice in choices]
    for place in places:
        if place.words() not in allowed:
            _not_one_of(place, place.words(), allowed)
    if not places:
        cursor.problem(N_("must be a choice, or a list of choices"))
    return tuple(place.words() for place in places)


def _not_one_of(cursor: Cursor, value: str, allowed: list[str]) -> None:
    cursor.problem(N_("“{value}” is not one of {allowed}"), value=value, allowed=", ".join(allowed) or "-")
