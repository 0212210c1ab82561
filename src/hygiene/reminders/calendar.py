"""A calendar file (RFC 5545): all-day events with an alarm, for calendars that others may read too.

It holds days and neutral words, no account. Every event keeps its name (UID) from one file to the next, so
that a calendar moves it instead of doubling it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from msgspec import Struct

LONGEST_LINE = 75
"""Octets of a line without its break (RFC 5545, 3.1)."""

_ONE_DAY = timedelta(days=1)
_LAST_DAY_OF_EVERY_MONTH = 28


class Event(Struct, frozen=True):
    """An all-day event.

    Attributes:
        uid: the same for the same event in every file.
        summary: what stands in the calendar, and in the alarm at nine.
        every_months: it comes again after that many months; None for once.
    """

    uid: str
    on: date
    summary: str
    description: str
    every_months: int | None = None


def render_calendar(events: Iterable[Event], made_on: date, sequence: int) -> bytes:
    """Return the calendar file.

    Args:
        events: in the order of the file.
        made_on: the day of its making.
        sequence: higher in every later file, so that a calendar knows the newer one.
    """
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//hygiene//reminders//EN"]
    for event in events:
        lines += _event(event, made_on, sequence)
    lines.append("END:VCALENDAR")
    return b"".join(map(_folded, lines))


def _event(event: Event, made_on: date, sequence: int) -> Iterator[str]:
    on = event.on
    if event.every_months and on.day > _LAST_DAY_OF_EVERY_MONTH:
        on = on.replace(day=_LAST_DAY_OF_EVERY_MONTH)  # a rule passes over months without that day
    yield "BEGIN:VEVENT"
    yield f"UID:{event.uid}"
    yield f"DTSTAMP:{made_on:%Y%m%d}T000000Z"
    yield f"SEQUENCE:{sequence}"
    yield f"DTSTART;VALUE=DATE:{on:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{on + _ONE_DAY:%Y%m%d}"
    if event.every_months:
        yield f"RRULE:{_rule(event.every_months)}"
    yield f"SUMMARY:{_escaped(event.summary)}"
    yield f"DESCRIPTION:{_escaped(event.description)}"
    yield "TRANSP:TRANSPARENT"
    yield "CLASS:PRIVATE"
    # Some calendars lose what stands behind an alarm, so it comes last.
    yield "BEGIN:VALARM"
    yield "ACTION:DISPLAY"
    yield f"DESCRIPTION:{_escaped(event.summary)}"
    yield "TRIGGER:PT9H"
    yield "END:VALARM"
    yield "END:VEVENT"


def _rule(months: int) -> str:
    years, rest = divmod(months, 12)
    if rest:
        return f"FREQ=MONTHLY;INTERVAL={months}"
    return "FREQ=YEARLY" if years == 1 else f"FREQ=YEARLY;INTERVAL={years}"


def _escaped(text: str) -> str:
    """Return a text value (RFC 5545, 3.3.11)."""
    for mark in ("\\", ";", ","):
        text = text.replace(mark, f"\\{mark}")
    return text.replace("\n", "\\n")


def _folded(line: str) -> bytes:
    """Return the line and its break, folded at 75 octets and never within a character."""
    rows, row = [], b""
    for character in line:
        encoded = character.encode()
        if len(row) + len(encoded) > LONGEST_LINE:
            rows.append(row)
            row = b" "
        row += encoded
    return b"\r\n".join([*rows, row]) + b"\r\n"
