from __future__ import annotations

from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene.model.checklist import Check, Confidence
from hygiene.model.finding import Result
from hygiene.reporting.menus import say_freshness


def _finding(check: Check, **of_the_steps: object) -> Result:
    return sample.result(
        "insta", replace(check, remediation=replace(check.remediation, **of_the_steps)), sample.FAIL
    )


def test_menus_say_from_when_they_are_and_who_went_through_them() -> None:
    findings = (
        _finding(sample.PRIVATE, sourced="2025-10", confidence=Confidence.HIGH),
        _finding(sample.MAP, sourced="2026-08", verified="2026-09-01"),
        _finding(sample.APPS, sourced=None),
    )
    assert list(say_freshness(findings, "en")) == [
        "The steps name menus as they were published between October 2025 and August 2026.",
        "Gone through by hand: 1 of 3.",
        "Without a date, or not certain: 1; these say “Menu names may differ”.",
    ]


def test_menus_of_one_month_name_it_once() -> None:
    assert list(say_freshness([_finding(sample.MAP), _finding(sample.MAP)], "en")) == [
        "The steps name menus as they were published in August 2026.",
        "Gone through by hand: 0 of 1.",
    ]


def test_without_steps_there_is_nothing_to_say() -> None:
    assert list(say_freshness([_finding(sample.MAP, steps=())], "en")) == []
