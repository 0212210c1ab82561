"""What is made of the logins of a password manager: which dates hold, and who is left out."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.evidence import logins
from hygiene.evidence.firefox import if_imported, with_times
from hygiene.evidence.logins import IMPORTED, Login, between, exactly, export_of, within
from hygiene.evidence.reading import UnreadableExportError
from hygiene.model.dates import Interval
from hygiene.model.evidence import Export, Found

TODAY = date(2026, 11, 23)
CREATED = datetime(2025, 3, 4, 5, 6, 7, tzinfo=UTC)
DAY = CREATED.date()


def _export(*kept: Login) -> Export:
    return export_of("some-csv", TODAY, kept)


def _changed(found: Found) -> object:
    return found.facts[0].value if found.facts else None


def _in_a_minute(count: int) -> list[Login]:
    moments = [CREATED.replace(second=second).isoformat() for second in range(count)]
    return [within(Login("https://a.example"), moment, TODAY.isoformat(), TODAY) for moment in moments]


def test_five_logins_of_one_minute_were_imported_and_four_were_not() -> None:
    typed, imported = _export(*_in_a_minute(4)), _export(*_in_a_minute(5))
    assert {*map(_changed, typed.accounts)} == {Interval(DAY, TODAY)}
    assert typed.remarks == ()
    assert {*map(_changed, imported.accounts)} == {Interval(None, TODAY)}
    assert imported.remarks == (IMPORTED,)


def test_a_login_beside_an_import_keeps_its_own_day() -> None:
    own = within(Login("https://own.example"), "2024-01-02T03:04:05Z", "2024-05-06T07:08:09Z", TODAY)
    export = _export(*_in_a_minute(5), own)
    assert _changed(export.accounts[-1]) == Interval(date(2024, 1, 2), date(2024, 5, 6))


def test_logins_without_a_date_of_change_are_no_import() -> None:
    assert (
        _export(*(within(each, CREATED.isoformat(), None, TODAY) for each in [Login("a")] * 9)).remarks == ()
    )


def test_a_login_that_says_neither_where_nor_who_is_left_out() -> None:
    export = _export(Login(), Login("https://a.example"), Login(user="ada"))
    assert [(each.address, each.user) for each in export.accounts] == [("https://a.example", ""), ("", "ada")]


def test_what_a_terminal_would_obey_is_replaced() -> None:
    (found,) = _export(Login("https://a.example/\x1b[2J", "ada\u202e")).accounts
    assert (found.address, found.user) == ("https://a.example/\ufffd[2J", "ada\ufffd")


def test_more_logins_than_in_any_export_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logins, "MOST", 3)
    assert len(_export(*[Login("a")] * 3).accounts) == 3
    with pytest.raises(UnreadableExportError, match="3 logins"):
        _export(*[Login("a")] * 4)


days = st.one_of(st.none(), st.dates())


@given(days, days)
def test_an_interval_needs_its_end_and_does_not_end_before_it(first: date | None, last: date | None) -> None:
    interval = between(first, last)
    assert (interval is None) == (last is None)
    if interval and first and last:
        assert interval == Interval(first if first <= last else None, last)


def _from_firefox(*times: object) -> Login:
    return with_times(Login("https://a.example"), times, TODAY)


NEW = _from_firefox(1700000000000, 1700000000000, 1700000000000)
USED = _from_firefox(1600000000000, 1600000000000, 1700000000000)
RENEWED = _from_firefox(1500000000000, 1600000000000, 1600000000000)


def test_three_logins_that_were_never_used_came_into_firefox_by_an_import() -> None:
    loose, remarks = if_imported([NEW] * 3)
    assert {login.changed for login in loose} == {between(None, date(2023, 11, 14))}
    assert remarks == (IMPORTED,)


@pytest.mark.parametrize("kept", [[NEW] * 2, [NEW, NEW, USED], [NEW, NEW, RENEWED]])
def test_one_that_was_used_or_renewed_shows_that_firefox_has_its_own_dates(kept: list[Login]) -> None:
    same, remarks = if_imported(kept)
    assert list(same) == kept
    assert remarks == ()


def test_many_in_one_minute_were_imported_even_where_some_were_used_since() -> None:
    (*_, own), remarks = (export := _export(*[USED] * 5, RENEWED)).accounts, export.remarks
    assert _changed(export.accounts[0]) == between(None, date(2020, 9, 13))
    assert _changed(own) == exactly(date(2020, 9, 13))
    assert remarks == (IMPORTED,)


def test_firefox_tells_when_a_login_was_last_used() -> None:
    assert USED.last_used == date(2023, 11, 14)
