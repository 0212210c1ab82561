"""What got worse, what is fixed, new, retired or as it was."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest
from msgspec.structs import replace
from tests.builders import both, catalogue, check, checklist, choice, dated, days, many

from hygiene.engine.assess import score_of
from hygiene.engine.compare import compare, find_returns
from hygiene.engine.past import Checks, checks_of
from hygiene.model.account import YOU, Account, Purpose
from hygiene.model.checklist import Check, Severity
from hygiene.model.finding import Assessment, Changes, Result, Waiver
from hygiene.model.record import (
    Answer,
    AnswerGiven,
    Chosen,
    ChosenMany,
    Dated,
    NonAnswer,
    Outcome,
    Record,
    Scope,
    Statement,
)

LAST_YEAR, TODAY = date(2025, 11, 22), date(2026, 11, 22)
INSTA = Account("insta", "instagram", purpose=Purpose.PERSONAL)
PRIVATE = check("instagram.private", replaces=("instagram.hidden",))
APPS = many("instagram.apps", choice("tools", good=True), choice("games"))
SEEN = dated("instagram.seen", 12)
LISTS = catalogue(
    checklist("instagram", PRIVATE, APPS, SEEN, network="instagram"),
    checklist("habits", check("habits.voice")),
)
CHECKS: Checks = checks_of(LISTS, Record())
OLD = check("instagram.hidden")
GONE = check("instagram.gone")

PASS, FAIL, UNKNOWN = Outcome.PASS, Outcome.FAIL, Outcome.UNKNOWN
NOT_CHECKED, NOT_APPLICABLE = Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE


def result(outcome: Outcome, what: Check = PRIVATE, account: str = "insta") -> Result:
    return Result(account, what, outcome, what.severity, 6)


def seen(day: date, *results: Result, accounts: tuple[Account, ...] = (INSTA,)) -> Assessment:
    return Assessment(day, Scope.DEFAULT, results, (), score_of(results), (), accounts, ())


def changed(
    then: Result | None, now: Result | None, came_back: frozenset[tuple[str, str]] = frozenset()
) -> Changes:
    before, after = (seen(day, *filter(None, [each])) for day, each in ((LAST_YEAR, then), (TODAY, now)))
    return compare(before, after, CHECKS, came_back)


def ids(changes: Changes) -> Mapping[str, list[str]]:
    kinds = ("regressed", "fixed", "added", "retired", "unchanged")
    said = {kind: [each.id for each in getattr(changes, kind)] for kind in kinds}
    return {kind: found for kind, found in said.items() if found}


@pytest.mark.parametrize(
    ("then", "now", "kind"),
    [
        (PASS, FAIL, "regressed"),
        (PASS, UNKNOWN, "regressed"),
        (FAIL, PASS, "fixed"),
        (UNKNOWN, PASS, "fixed"),
        (FAIL, FAIL, "unchanged"),
        (FAIL, UNKNOWN, "unchanged"),
        (UNKNOWN, FAIL, "unchanged"),
        (NOT_CHECKED, FAIL, "added"),
        (NOT_APPLICABLE, UNKNOWN, "added"),
        (PASS, PASS, None),
        (PASS, NOT_CHECKED, None),
        (FAIL, NOT_APPLICABLE, None),
        (FAIL, NOT_CHECKED, None),
        (NOT_CHECKED, PASS, None),
    ],
)
def test_what_a_check_came_to_decides(then: Outcome, now: Outcome, kind: str | None) -> None:
    expected = {kind: ["insta/instagram.private"]} if kind else {}
    assert ids(changed(result(then), result(now))) == expected


def test_what_was_not_there_is_new() -> None:
    assert ids(changed(None, result(FAIL))) == {"added": ["insta/instagram.private"]}
    assert ids(changed(None, result(PASS))) == {}


def test_a_renamed_check_is_the_same_one() -> None:
    assert ids(changed(result(PASS, OLD), result(FAIL))) == {"regressed": ["insta/instagram.private"]}
    assert ids(changed(result(FAIL, OLD), result(PASS))) == {"fixed": ["insta/instagram.private"]}


@pytest.mark.parametrize("outcome", [PASS, FAIL, UNKNOWN])
def test_a_check_that_no_list_has_any_more_is_retired(outcome: Outcome) -> None:
    assert ids(changed(result(outcome, GONE), None)) == {"retired": ["insta/instagram.gone"]}


@pytest.mark.parametrize("outcome", [NOT_CHECKED, NOT_APPLICABLE])
def test_what_was_never_answered_does_not_retire(outcome: Outcome) -> None:
    assert ids(changed(result(outcome, GONE), None)) == {}


def test_a_check_out_of_scope_is_not_retired() -> None:
    """The list still has it; it was only not asked this time."""
    assert ids(changed(result(FAIL), None)) == {}


def test_an_account_that_was_closed_says_so_and_nothing_else() -> None:
    closed = replace(INSTA, closed_on=date(2026, 3, 1))
    before = seen(LAST_YEAR, result(FAIL), result(PASS, GONE))
    after = seen(TODAY, result(PASS), accounts=(closed,))
    changes = compare(before, after, CHECKS)
    assert ids(changes) == {}
    assert changes.closed == (closed,)
    assert not changes.is_nothing
    earlier = compare(seen(LAST_YEAR, accounts=(closed,)), after, CHECKS)
    assert earlier.closed == ()
    assert earlier.is_nothing


def test_an_account_that_was_removed_is_not_spoken_of() -> None:
    changes = compare(seen(LAST_YEAR, result(FAIL, GONE)), seen(TODAY, accounts=()), CHECKS)
    assert (ids(changes), changes.closed) == ({}, ())


def test_what_is_accepted_is_neither_worse_nor_new() -> None:
    accepted = replace(result(FAIL), waiver=Waiver("so be it", None))
    for then in (PASS, FAIL, NOT_CHECKED):
        assert ids(changed(result(then), accepted)) == {}


def test_what_came_back_is_worse() -> None:
    """It was bad at both ends, and good in between."""
    key = frozenset({("insta", "instagram.private")})
    assert ids(changed(result(FAIL), result(FAIL), key)) == {"regressed": ["insta/instagram.private"]}
    assert ids(changed(result(FAIL, OLD), result(UNKNOWN), key)) == {"regressed": ["insta/instagram.private"]}
    assert ids(changed(result(FAIL), result(PASS), key)) == {"fixed": ["insta/instagram.private"]}


def test_the_worst_comes_first_and_the_days_are_kept() -> None:
    low = check("instagram.low", severity=Severity.LOW)
    before = seen(LAST_YEAR, result(PASS, low), result(PASS), result(PASS, account=YOU))
    after = seen(TODAY, result(FAIL, low), result(FAIL), result(FAIL, account=YOU))
    changes = compare(before, after, CHECKS)
    assert [each.id for each in changes.regressed] == [
        "insta/instagram.private",
        "you/instagram.private",
        "insta/instagram.low",
    ]
    assert (changes.since, changes.until) == (LAST_YEAR, TODAY)


# What came back, from the answers.

MARCH, MAY = date(2026, 3, 1), date(2026, 5, 1)


def returns(*said: tuple[date, str, Answer], first: int = 0, last: int = 99) -> frozenset[tuple[str, str]]:
    statements = (
        Statement(f"s{seq}", seq, on, AnswerGiven("insta", check_id, answer))
        for seq, (on, check_id, answer) in enumerate(said, start=1)
    )
    return find_returns(Record(tuple(statements)), first, last, CHECKS, {"insta": INSTA})


GOOD, BAD = Chosen("yes"), Chosen("no")


@pytest.mark.parametrize("bad", [BAD, NonAnswer.UNKNOWN])
def test_good_on_one_day_and_bad_on_a_later_one(bad: Answer) -> None:
    said = (MARCH, "instagram.private", GOOD), (MAY, "instagram.private", bad)
    assert returns(*said) == {("insta", "instagram.private")}


def test_an_answer_put_right_on_the_same_day_was_a_slip() -> None:
    assert returns((MARCH, "instagram.private", GOOD), (MARCH, "instagram.private", BAD)) == frozenset()


def test_bad_and_then_good_did_not_come_back() -> None:
    assert returns((MARCH, "instagram.private", BAD), (MAY, "instagram.private", GOOD)) == frozenset()


def test_only_what_was_said_in_between_counts() -> None:
    said = (MARCH, "instagram.private", GOOD), (MAY, "instagram.private", BAD)
    assert returns(*said, first=1) == frozenset()
    assert returns(*said, last=1) == frozenset()
    assert returns(*said, last=2) != frozenset()


def test_an_answer_under_the_old_name_counts() -> None:
    said = (MARCH, "instagram.hidden", GOOD), (MAY, "instagram.private", BAD)
    assert returns(*said) == {("insta", "instagram.private")}


def test_several_choices_are_good_if_all_of_them_are() -> None:
    good, bad = ChosenMany(("tools",)), ChosenMany(("tools", "games"))
    assert returns((MARCH, "instagram.apps", good), (MAY, "instagram.apps", bad)) == {
        ("insta", "instagram.apps")
    }
    assert returns((MARCH, "instagram.apps", bad), (MAY, "instagram.apps", bad)) == frozenset()
    strange = ChosenMany(("unheard",))
    assert returns((MARCH, "instagram.apps", strange), (MAY, "instagram.apps", bad)) == frozenset()


def test_a_date_that_grew_old_was_not_answered_badly() -> None:
    said = Dated(days(MARCH))
    assert returns((MARCH, "instagram.seen", said), (MAY, "instagram.seen", said)) == frozenset()


def test_an_answer_to_nothing_that_is_known_is_left_alone() -> None:
    assert returns((MARCH, "instagram.gone", GOOD), (MAY, "instagram.gone", BAD)) == frozenset()


def test_the_title_of_a_text_is_its_own() -> None:
    """The builders' texts have two languages; a comparison passes them on as they are."""
    assert changed(result(PASS), result(FAIL)).regressed[0].check.title == both("Mend instagram.private")
