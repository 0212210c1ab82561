from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene.engine.passwords import age_of
from hygiene.model.finding import Password, Waiver
from hygiene.model.record import Dated, Reminder
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.report import Report, make_report


def _dates(report: Report) -> list[tuple[str, list[tuple[str, list[str]]]]]:
    return [
        (each.day, [(str(topic.title), [str(name) for name in topic.accounts]) for topic in each.topics])
        for each in report.dates
    ]


def _made(occasion: Occasion, *results: object, passwords: tuple[Password, ...] = ()) -> Report:
    assessment = replace(sample.assessment(()), results=results, passwords=passwords)
    return make_report(assessment, sample.CATALOGUE, sample.POLICY, occasion, "en")


def test_the_nearest_comes_first() -> None:
    on_x = Password(sample.ON_X, age_of(sample.INTERVALS["tw"], 3, sample.DAY), sample.INTERVALS["tw"])
    accepted = replace(
        sample.result("insta", sample.PRIVATE, sample.FAIL), waiver=Waiver("", date(2027, 3, 1))
    )
    seen = replace(
        sample.result("tw", replace(sample.SESSIONS, within_months=6), sample.PASS),
        answer=Dated(sample.month(2026, 10, 31)),
    )
    report = _made(sample.OCCASION, accepted, seen, passwords=(on_x,))
    assert _dates(report) == [
        ("31 January 2027", [("Password reminder", ["my X account"])]),
        ("1 March 2027", [("Make your account private", ["Instagram"])]),
        ("30 April 2027", [("Look through the devices", ["my X account"])]),
        ("22 November 2027", [("The next audit", [])]),
    ]


def test_what_falls_on_one_day_stands_together() -> None:
    passwords = tuple(
        Password(account, age_of(sample.INTERVALS["tw"], 3, sample.DAY), sample.INTERVALS["tw"])
        for account in (sample.ON_X, sample.INSTAGRAM)
    )
    assert _dates(_made(Occasion(), passwords=passwords)) == [
        ("31 January 2027", [("Password reminder", ["my X account", "Instagram"])])
    ]


def test_what_has_passed_or_was_switched_off_has_no_date() -> None:
    off = Password(
        sample.ON_X,
        age_of(sample.INTERVALS["tw"], 3, sample.DAY),
        sample.INTERVALS["tw"],
        reminder=Reminder.OFF,
    )
    due = Password(
        sample.INSTAGRAM, age_of(sample.INTERVALS["insta"], 3, sample.DAY), sample.INTERVALS["insta"]
    )
    ended = replace(sample.result("insta", sample.PRIVATE, sample.FAIL), waiver=Waiver("", date(2026, 3, 1)))
    for_good = replace(sample.result("club", sample.PRIVATE, sample.FAIL), waiver=Waiver("", None))
    assert _dates(_made(Occasion(), ended, for_good, passwords=(off, due))) == []


def test_an_earlier_audit_names_the_next_one_only() -> None:
    passwords = (
        Password(sample.ON_X, age_of(sample.INTERVALS["tw"], 3, sample.DAY), sample.INTERVALS["tw"]),
    )
    occasion = replace(sample.OCCASION, made_on=sample.DAY)
    assert _dates(_made(occasion, passwords=passwords)) == [("22 November 2027", [("The next audit", [])])]
