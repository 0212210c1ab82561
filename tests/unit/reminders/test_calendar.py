"""The calendar file, byte by byte (RFC 5545)."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from msgspec.structs import replace

from hygiene.reminders.calendar import LONGEST_LINE, Event, render_calendar

DAY = date(2026, 11, 22)
EVENT = Event("u@hygiene.invalid", date(2027, 11, 22), "Summary", "Description", 12)


def lines(event: Event) -> list[str]:
    return unfolded(render_calendar([event], DAY, 7)).split("\r\n")


def unfolded(data: bytes) -> str:
    return data.decode().replace("\r\n ", "")


def test_an_event_line_by_line() -> None:
    """All day, private, not busy; the alarm comes last."""
    assert lines(EVENT) == [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//hygiene//reminders//EN",
        "BEGIN:VEVENT",
        "UID:u@hygiene.invalid",
        "DTSTAMP:20261122T000000Z",
        "SEQUENCE:7",
        "DTSTART;VALUE=DATE:20271122",
        "DTEND;VALUE=DATE:20271123",
        "RRULE:FREQ=YEARLY",
        "SUMMARY:Summary",
        "DESCRIPTION:Description",
        "TRANSP:TRANSPARENT",
        "CLASS:PRIVATE",
        "BEGIN:VALARM",
        "ACTION:DISPLAY",
        "DESCRIPTION:Summary",
        "TRIGGER:PT9H",
        "END:VALARM",
        "END:VEVENT",
        "END:VCALENDAR",
        "",
    ]


@pytest.mark.parametrize(
    ("months", "rule"),
    [
        (12, "FREQ=YEARLY"),
        (24, "FREQ=YEARLY;INTERVAL=2"),
        (1, "FREQ=MONTHLY;INTERVAL=1"),
        (18, "FREQ=MONTHLY;INTERVAL=18"),
    ],
)
def test_the_rule_is_the_period(months: int, rule: str) -> None:
    """Whole years as years."""
    assert f"RRULE:{rule}" in lines(replace(EVENT, every_months=months))


def test_an_event_of_one_day_has_no_rule() -> None:
    """It comes once."""
    assert not [line for line in lines(replace(EVENT, every_months=None)) if line.startswith("RRULE")]


@pytest.mark.parametrize(
    ("on", "start"), [("2028-02-29", "20280228"), ("2027-01-31", "20270128"), ("2027-01-28", "20270128")]
)
def test_a_rule_begins_on_a_day_of_every_month(on: str, start: str) -> None:
    """Or a calendar would pass over three years out of four."""
    assert f"DTSTART;VALUE=DATE:{start}" in lines(replace(EVENT, on=date.fromisoformat(on)))
    once = replace(EVENT, on=date.fromisoformat(on), every_months=None)
    assert f"DTSTART;VALUE=DATE:{on.replace('-', '')}" in lines(once)


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"])))
def test_any_text_comes_back_from_lines_that_are_short_enough(text: str) -> None:
    """At most 75 octets each, no character cut, every line ended by CRLF; another reader agrees."""
    data = render_calendar([replace(EVENT, summary=text, description="é" * 200)], DAY, 1)
    rows = data.split(b"\r\n")
    assert all(len(row) <= LONGEST_LINE for row in rows)
    assert all(row.decode() or True for row in rows)  # decodes: nothing was cut within a character
    assert data.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in data.replace(b"\r\n", b"")
    (event,) = Calendar.from_ical(data).walk("VEVENT")
    assert str(event["SUMMARY"]) == text
    assert str(event["DESCRIPTION"]) == "é" * 200


def test_marks_of_the_format_are_escaped() -> None:
    """Backslash, semicolon, comma and line break."""
    assert "SUMMARY:a\\\\b\\;c\\,d\\ne" in lines(replace(EVENT, summary="a\\b;c,d\ne"))
