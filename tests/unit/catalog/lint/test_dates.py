"""How old a source is, and the last click through."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import BUNDLED, GOOD, lint

OLD = "{} is more than a year ago: look the steps up again"


@pytest.mark.parametrize(
    ("sourced", "verified", "expected"),
    [
        ("2025-11", "null", None),
        ("2025-10", "null", f"warning:17: checks[0].sourced: {OLD.format('2025-10')}"),
        ("null", "2025-11-22", None),
        ("null", "2025-11-21", f"warning:18: checks[0].verified: {OLD.format('2025-11-21')}"),
        ("2019-06", "2026-11-22", None),
        ("2026-01", "2019-06-30", None),
        ("2019-06", "2020-01-01", f"warning:18: checks[0].verified: {OLD.format('2020-01-01')}"),
        ("null", "null", None),
        ("2026-11", "null", None),
        ("2026-12", "null", "error:17: checks[0].sourced: in the future"),
        ("null", "2026-11-23", "error:18: checks[0].verified: in the future"),
        ("null", "2026-02-30", "error:18: checks[0].verified: there is no such day: 2026-02-30"),
    ],
)
def test_dates(tmp_path: Path, sourced: str, verified: str, expected: str | None) -> None:
    """A year back is not yet old; the newer of the two counts; nothing happens in the future."""
    text = f"{GOOD}    sourced: {sourced}\n    verified: {verified}\n"
    assert lint(tmp_path, text) == ([expected] if expected else [])


def test_a_year_before_a_leap_day(tmp_path: Path) -> None:
    """There was no 29 February."""
    text = f"{GOOD}    verified: 2027-02-28\n"
    assert len(lint(tmp_path, text, BUNDLED, day=date(2028, 2, 29))) == 1
    assert lint(tmp_path, text, BUNDLED, day=date(2028, 2, 28)) == []


def test_a_core_question_has_dates_too(tmp_path: Path) -> None:
    """A form that the parser refuses is refused once."""
    assert lint(tmp_path, f"{GOOD}    sourced: May\n") == [
        "error:17: checks[0].sourced: “May” is not of the form 2026-03"
    ]
