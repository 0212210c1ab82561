"""The age of a password, and of other dated checks, against a period."""

from datetime import date

import pytest

from hygiene.engine.passwords import PasswordAge, PasswordState, age_of
from hygiene.model.dates import Interval

DUE, FRESH, UNCERTAIN = PasswordState.DUE, PasswordState.FRESH, PasswordState.UNCERTAIN
MARCH = Interval(date(2026, 3, 1), date(2026, 3, 31))
LAST_YEAR = Interval(date(2025, 1, 1), date(2025, 12, 31))


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2026, 3, 31), PasswordAge(FRESH, date(2026, 6, 30), 0)),
        (date(2026, 6, 1), PasswordAge(FRESH, date(2026, 6, 30), 2)),
        (date(2026, 6, 2), PasswordAge(UNCERTAIN, date(2026, 6, 30), 2)),
        (date(2026, 6, 30), PasswordAge(UNCERTAIN, date(2026, 6, 30), 3)),
        (date(2026, 7, 1), PasswordAge(DUE, date(2026, 6, 30), 3)),
    ],
)
def test_boundaries(day: date, expected: PasswordAge) -> None:
    """“March 2026” is fresh up to 1 June, uncertain up to 30 June, and due the day after."""
    assert age_of(MARCH, 3, day) == expected


@pytest.mark.parametrize(
    ("changed", "months", "due_on"),
    [
        (date(2025, 11, 30), 3, date(2026, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2026, 2, 28), 6, date(2026, 8, 28)),
        (date(2024, 2, 29), 12, date(2025, 2, 28)),
    ],
)
def test_month_ends(changed: date, months: int, due_on: date) -> None:
    """The period is in calendar months, clamped to the month's end; an exact day is never uncertain."""
    exact = Interval(changed, changed)
    assert age_of(exact, months, due_on).due_on == due_on
    assert age_of(exact, months, due_on).state is FRESH
    assert age_of(exact, months, date.fromordinal(due_on.toordinal() + 1)).state is DUE


@pytest.mark.parametrize(
    ("interval", "day", "expected"),
    [
        (None, date(2026, 11, 22), PasswordAge(PasswordState.UNKNOWN)),
        (
            Interval(None, date(2026, 11, 22)),
            date(2026, 11, 22),
            PasswordAge(UNCERTAIN, date(2027, 2, 22), 0),
        ),
        (Interval(None, date(2026, 11, 22)), date(2027, 2, 22), PasswordAge(UNCERTAIN, date(2027, 2, 22), 3)),
        (Interval(None, date(2026, 11, 22)), date(2027, 2, 23), PasswordAge(DUE, date(2027, 2, 22), 3)),
        (Interval(date(2026, 3, 1), None), date(2026, 6, 1), PasswordAge(FRESH)),
        (Interval(date(2026, 3, 1), None), date(2026, 6, 2), PasswordAge(UNCERTAIN)),
        (Interval(None, None), date(2026, 6, 2), PasswordAge(UNCERTAIN)),
        (MARCH, date(2026, 2, 1), PasswordAge(FRESH, date(2026, 6, 30), 0)),
    ],
)
def test_unknown_ends(interval: Interval | None, day: date, expected: PasswordAge) -> None:
    """Never asked is unknown; without an earlier end it is uncertain until due, without a later never due."""
    assert age_of(interval, 3, day) == expected


@pytest.mark.parametrize(
    ("opened", "day", "expected"),
    [
        (None, date(2026, 6, 1), PasswordAge(DUE)),
        (Interval(None, date(2026, 5, 1)), date(2026, 6, 1), PasswordAge(DUE, None, 1)),
        (Interval(None, date(2026, 5, 1)), date(2026, 9, 1), PasswordAge(DUE, date(2026, 8, 1), 4)),
        (MARCH, date(2026, 6, 1), PasswordAge(FRESH, date(2026, 6, 30), 2)),
        (MARCH, date(2026, 6, 30), PasswordAge(UNCERTAIN, date(2026, 6, 30), 3)),
        (MARCH, date(2026, 7, 1), PasswordAge(DUE, date(2026, 6, 30), 3)),
    ],
)
def test_never_changed(opened: Interval | None, day: date, expected: PasswordAge) -> None:
    """A password never changed is due, unless the account was opened within the period."""
    assert age_of(opened, 3, day, never=True) == expected


@pytest.mark.parametrize(
    ("as_of", "state"),
    [(None, DUE), (date(2026, 7, 20), DUE), (date(2026, 7, 13), DUE), (date(2026, 7, 12), UNCERTAIN)],
)
def test_old_export(as_of: date | None, state: PasswordState) -> None:
    """What rests on an export older than 7 days is uncertain rather than due."""
    assert age_of(MARCH, 3, date(2026, 7, 20), as_of=as_of).state is state


def test_old_export_of_something_fresh() -> None:
    """An old export leaves what is fresh fresh: a later change would only make it fresher."""
    assert age_of(MARCH, 3, date(2026, 6, 1), as_of=date(2026, 4, 1)).state is FRESH


def test_exempt() -> None:
    """A passkey, or signing in with another account, leaves nothing to change, whatever else was said."""
    assert age_of(MARCH, 3, date(2030, 1, 1), exempt=True) == PasswordAge(PasswordState.EXEMPT)
    assert age_of(None, 3, date(2030, 1, 1), exempt=True, never=True) == PasswordAge(PasswordState.EXEMPT)


def test_other_periods() -> None:
    """A dated check uses the same rule with its own period; without a period nothing falls due."""
    assert age_of(LAST_YEAR, 6, date(2026, 7, 1)) == PasswordAge(DUE, date(2026, 6, 30), 6)
    assert age_of(LAST_YEAR, 12, date(2026, 7, 1)) == PasswordAge(UNCERTAIN, date(2026, 12, 31), 6)
    assert age_of(LAST_YEAR, 0, date(2036, 7, 1)) == PasswordAge(FRESH, None, 126)
    assert age_of(None, 0, date(2036, 7, 1), never=True) == PasswordAge(FRESH)
