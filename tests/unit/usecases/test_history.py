"""Looking back: which audit is meant, what a report compares with, what came back."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.builders import POLICY, catalogue, check, checklist

from hygiene.errors import NotDoneError, UsageError
from hygiene.model.record import AccountAdded, AnswerGiven, AuditStarted, Chosen, Event, Scope
from hygiene.safety.container import Costs
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import Passphrase
from hygiene.store.file import OpenStore, create_store
from hygiene.usecases.audit import finish
from hygiene.usecases.desk import Desk, state_of
from hygiene.usecases.history import compare_audits, find_audit, list_audits, look_back, render_comparison
from hygiene.usecases.report import matter_of, render_report

FIRST, SECOND, THIRD = date(2025, 11, 22), date(2026, 11, 20), date(2027, 11, 20)
LISTS = catalogue(
    checklist("instagram", check("instagram.private"), check("instagram.tags"), network="instagram")
)
GOOD, BAD = Chosen("yes"), Chosen("no")


@pytest.fixture
def empty(tmp_path: Path) -> OpenStore:
    key, store_id = os.urandom(32), os.urandom(16)
    slot = wrap_key(key, Passphrase("x" * 12), store_id, costs=Costs(memory=8, passes=1, lanes=1))
    return create_store(tmp_path / "answers.hygiene", key, store_id, (slot,))


def desk(day: date) -> Desk:
    return Desk(LISTS, POLICY, day, lambda: os.urandom(8).hex())


def said(store: OpenStore, day: date, *events: Event) -> OpenStore:
    return desk(day).say(store, *events)


def private(answer: Chosen) -> AnswerGiven:
    return AnswerGiven("insta", "instagram.private", answer)


def audited(store: OpenStore, name: str, day: date, *events: Event) -> OpenStore:
    return finish(said(store, day, AuditStarted(name, Scope.DEFAULT), *events), desk(day))


@pytest.fixture
def one(empty: OpenStore) -> OpenStore:
    """After a first audit, with one thing to do."""
    return audited(empty, "ab12first", FIRST, AccountAdded("insta", "instagram"), private(BAD))


@pytest.fixture
def two(one: OpenStore) -> OpenStore:
    return audited(one, "ab34second", SECOND, private(GOOD))


def test_nothing_to_look_back_to_is_said(empty: OpenStore) -> None:
    begun = said(empty, FIRST, AuditStarted("a", Scope.DEFAULT))
    for store in (empty, begun):
        with pytest.raises(NotDoneError, match="no audit has been finished yet"):
            compare_audits(store, desk(FIRST), ())
        with pytest.raises(NotDoneError):
            compare_audits(store, desk(FIRST), ("2025",))


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("ab12first", "ab12first"),
        ("ab1", "ab12first"),
        ("2025", "ab12first"),
        ("2026-11", "ab34second"),
        ("2026-11-20", "ab34second"),
    ],
)
def test_an_audit_is_named_by_its_id_or_its_day(two: OpenStore, name: str, found: str) -> None:
    assert find_audit(state_of(two), name).id == found


@pytest.mark.parametrize("name", ["2024", "", "zz", "2025-13"])
def test_an_unknown_audit_is_refused(two: OpenStore, name: str) -> None:
    with pytest.raises(UsageError, match="no finished audit is called"):
        find_audit(state_of(two), name)


def test_what_fits_several_audits_is_refused_and_names_them(two: OpenStore) -> None:
    for name in ("ab", "20"):
        with pytest.raises(UsageError, match=r"2025-11-22 \[ab12firs\], 2026-11-20 \[ab34seco\]"):
            find_audit(state_of(two), name)


def test_a_day_comes_before_the_beginning_of_an_id(two: OpenStore) -> None:
    store = audited(two, "2026beef", THIRD)
    assert find_audit(state_of(store), "2026").id == "ab34second"
    assert find_audit(state_of(store), "2026beef").id == "2026beef"


def test_an_audit_that_is_not_finished_has_nothing_to_show(two: OpenStore) -> None:
    begun = said(two, THIRD, AuditStarted("open", Scope.DEFAULT))
    with pytest.raises(UsageError):
        find_audit(state_of(begun), "open")
    assert [past.audit.finished_on for past in list_audits(begun)] == [FIRST, SECOND, None]


def test_without_a_name_the_last_audit_before_today_is_meant(two: OpenStore) -> None:
    """On the day of an audit that is the one before it; there may be only that of today."""
    assert compare_audits(two, desk(SECOND), ()).before.id == "ab12first"
    assert compare_audits(two, desk(THIRD), ()).before.id == "ab34second"


def test_the_only_audit_is_compared_even_on_its_day(one: OpenStore) -> None:
    found = compare_audits(one, desk(FIRST), ())
    assert found.before.id == "ab12first"
    assert (found.changes.is_nothing, found.further) == (True, None)


def test_where_nothing_changed_the_audit_before_is_offered(two: OpenStore) -> None:
    found = compare_audits(two, desk(THIRD), ())
    assert found.further is not None
    assert found.further.id == "ab12first"
    assert compare_audits(two, desk(THIRD), ("2026",)).further is None


def test_what_was_done_and_is_bad_again_came_back(one: OpenStore) -> None:
    """It failed in the audit, was put right in spring, and is bad today."""
    spring, summer = date(2026, 4, 1), date(2026, 7, 1)
    done = said(one, spring, private(GOOD))
    fixed = compare_audits(done, desk(spring), ()).changes
    assert [each.id for each in fixed.fixed] == ["insta/instagram.private"]
    again = said(done, summer, private(BAD))
    changes = compare_audits(again, desk(summer), ()).changes
    assert [each.id for each in changes.regressed] == ["insta/instagram.private"]
    assert changes.unchanged == ()
    second = audited(again, "ab34second", SECOND)
    between = compare_audits(second, desk(THIRD), ("2025", "2026")).changes
    assert [each.id for each in between.regressed] == ["insta/instagram.private"]
    since = compare_audits(second, desk(THIRD), ("2026",)).changes
    assert [each.id for each in since.unchanged] == ["insta/instagram.private"]


def test_two_audits_are_compared_in_the_order_given(two: OpenStore) -> None:
    forth = compare_audits(two, desk(THIRD), ("2025", "2026"))
    back = compare_audits(two, desk(THIRD), ("2026", "2025"))
    assert [each.id for each in forth.changes.fixed] == ["insta/instagram.private"]
    assert [each.id for each in back.changes.regressed] == ["insta/instagram.private"]
    assert render_comparison(forth, desk(THIRD), "en").startswith(
        "From the audit of 22 November 2025 to that of 20 November 2026\n\nWhat is settled (1)\n"
    )


def test_what_is_said_after_an_audit_does_not_change_it(two: OpenStore) -> None:
    later = said(two, THIRD, private(BAD))
    assert compare_audits(later, desk(THIRD), ("2025", "2026")).changes.fixed
    assert [past.score.value for past in list_audits(later)] == [0, 100]


def test_the_first_report_has_nothing_to_compare_with(one: OpenStore) -> None:
    """From the next day on it says what has been done since."""
    assert matter_of(one, desk(FIRST))[1].changes is None
    done = said(one, SECOND, private(GOOD))
    changes = matter_of(done, desk(SECOND))[1].changes
    assert changes is not None
    assert changes.since == FIRST
    assert len(changes.fixed) == 1


def test_a_report_compares_with_the_audit_before_its_own(two: OpenStore) -> None:
    """On its day and afterwards, and while a further one is running with the last one finished."""
    for day in (SECOND, THIRD):
        changes = matter_of(two, desk(day))[1].changes
        assert changes is not None
        assert (changes.since, len(changes.fixed)) == (FIRST, 1)
    begun = said(two, THIRD, AuditStarted("third", Scope.DEFAULT))
    changes = matter_of(begun, desk(THIRD))[1].changes
    assert changes is not None
    assert changes.since == SECOND


def test_an_old_audit_is_shown_as_it_was(two: OpenStore) -> None:
    later = said(two, THIRD, private(BAD))
    assessment, occasion = matter_of(later, desk(THIRD), "2026")
    assert [each.id for each in assessment.findings] == []
    assert (assessment.day, assessment.score.value) == (SECOND, 100)
    assert (occasion.made_on, occasion.is_past) == (THIRD, True)
    assert [past.audit.id for past in occasion.history] == ["ab12first", "ab34second"]
    assert occasion.changes is not None
    assert occasion.changes.since == FIRST
    _first, earliest = look_back(later, desk(THIRD), find_audit(state_of(later), "2025"))
    assert (earliest.changes, len(earliest.history)) == (None, 1)


def test_an_old_report_is_written_in_every_form(two: OpenStore) -> None:
    matter = matter_of(two, desk(THIRD), "2025")
    for form in ("html", "md"):
        assert "as it was judged then" in render_report(matter, desk(THIRD), form, "en")
    assert '"generated_on": "2027-11-20"' in render_report(matter, desk(THIRD), "json", "en")


def test_a_list_that_lost_a_check_shows_it_as_retired(two: OpenStore) -> None:
    fewer = catalogue(checklist("instagram", check("instagram.tags"), network="instagram"))
    found = compare_audits(two, replace(desk(THIRD), catalogue=fewer), ())
    assert [each.id for each in found.changes.retired] == ["insta/instagram.private"]
    assert "- Mend instagram.private: Instagram" in render_comparison(found, desk(THIRD), "en")
