"""Moments in every notation that exports use, and the days that are believed."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.evidence.times import day_of, export_day, moment_of

LATEST = date(2026, 11, 23)
MOMENT = datetime(2021, 9, 24, 12, 35, 41, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        1632486941,
        1632486941.0,
        "1632486941",
        1632486941_000,
        "1632486941000",
        1632486941_000_000,
        13276960541_000_000,
        "2021-09-24T12:35:41Z",
        "2021-09-24T12:35:41.000Z",
        "2021-09-24T12:35:41",
        "2021-09-24 12:35:41 UTC",
        "2021-09-24T14:35:41+02:00",
        " 2021-09-24T12:35:41Z ",
    ],
    ids=repr,
)
def test_a_moment_is_read_in_every_unit_and_zone(written: object) -> None:
    assert moment_of(written) == MOMENT


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("Fri Sep 24 12:35:41 UTC 2021", date(2021, 9, 24)),
        ("Fri Sep  3 12:35:41 GMT 2021", date(2021, 9, 3)),
        ("2021.10.20", date(2021, 10, 20)),
        ("12/22/19, 10:06 AM", date(2019, 12, 22)),
        ("2/1/2019", date(2019, 2, 1)),
        ("2021-09-24", date(2021, 9, 24)),
        ("2021-05-06T23:30:00-02:00", date(2021, 5, 7)),
    ],
)
def test_a_day_is_that_of_utc_and_american_dates_begin_with_the_month(written: str, day: date) -> None:
    assert day_of(written, LATEST) == day


@pytest.mark.parametrize(
    "written",
    [
        *(None, True, 0, -1, "", "0", "never", "N/A", [], {}, b"2021-09-24"),
        *(float("nan"), float("inf"), 10**400, "9" * 17, "2021-02-30", "2021.13.01", "13/13/13"),
        *("Fri Foo 24 12:35:41 UTC 2021", "0001-01-01T00:00:00+10:00"),
    ],
    ids=lambda written: repr(written)[:20],
)
def test_what_is_no_moment_is_none_and_raises_nothing(written: object) -> None:
    assert day_of(written, LATEST) is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2003-12-31T23:59:59Z", None),
        ("2004-01-01T00:00:00Z", date(2004, 1, 1)),
        ("2026-11-24T23:59:59Z", date(2026, 11, 24)),
        ("2026-11-25T00:00:00Z", None),
        (19981231, None),
    ],
)
def test_only_days_between_2004_and_the_day_after_the_export_are_believed(
    written: object, day: date | None
) -> None:
    assert day_of(written, LATEST) == day


def test_truth_is_no_number() -> None:
    assert moment_of(True) is None


@given(st.one_of(st.text(), st.integers(), st.floats(), st.booleans(), st.none(), st.lists(st.text())))
def test_nothing_that_a_file_can_hold_raises(value: object) -> None:
    day = day_of(value, LATEST)
    assert day is None or date(2004, 1, 1) <= day <= date(2026, 11, 24)


@pytest.mark.parametrize(
    ("written", "file", "expected"),
    [
        (date(2026, 5, 1), date(2026, 6, 1), date(2026, 5, 1)),
        (None, date(2026, 6, 1), date(2026, 6, 1)),
        (None, None, LATEST),
        (date(2027, 1, 1), date(2026, 6, 1), date(2026, 6, 1)),
        (None, date(1980, 1, 1), LATEST),
        (None, date(2027, 1, 1), LATEST),
    ],
)
def test_an_export_was_made_when_it_says_or_its_file_does_but_never_after_today(
    written: date | None, file: date | None, expected: date
) -> None:
    assert export_day(written, file, LATEST) == expected
