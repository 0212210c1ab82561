"""Checks, and how they are found."""

import pytest
from tests.builders import OWNER_EMAIL, SETUP, catalogue, check, checklist, choice, core_check

from hygiene.model.account import Purpose
from hygiene.model.checklist import Check, Confidence, Remediation, Severity

INSTAGRAM = checklist(
    "instagram", core_check("instagram", "two-factor"), check("instagram.map"), network="instagram"
)
MINE = checklist("my-list", check("my-list.extra"), network="instagram")
HABITS = checklist("habits", check("habits.voice"))
LISTS = catalogue(INSTAGRAM, MINE, HABITS)


@pytest.mark.parametrize(
    ("purpose", "expected"),
    [(Purpose.PERSONAL, "personal"), (Purpose.WORK, "work"), (Purpose.SHARED, "work")],
)
def test_the_recommended_choice_depends_on_the_purpose(purpose: Purpose, expected: str) -> None:
    """The first choice that is good for an account of that purpose."""
    recommended = check("x.owner-email", choices=OWNER_EMAIL).recommended(purpose)
    assert recommended == next(each for each in OWNER_EMAIL if each.id == expected)


def test_the_first_good_choice_is_the_recommended_one() -> None:
    """Of two good ones the earlier; where none is good, none."""
    two = check("x.two-factor", choices=(choice("none"), choice("app", good=True), choice("key", good=True)))
    assert two.recommended(Purpose.PERSONAL) == two.choice("app")
    assert check("x.apps", choices=(choice("games"),)).recommended(Purpose.PERSONAL) is None


def test_a_choice_is_found_by_its_id() -> None:
    """A retired or mistyped one is None."""
    assert check("x.a").choice("no") == choice("no")
    assert check("x.a").choice("nope") is None


def test_core_questions_are_grouped_across_networks() -> None:
    """Two networks' `two-factor` share a screen; a network's own check stands alone."""
    assert core_check("x", "two-factor").group == core_check("instagram", "two-factor").group == "two-factor"
    assert check("x.apps").group == "x.apps"


@pytest.mark.parametrize(
    ("network", "expected"), [("instagram", ("instagram", "my-list")), (None, ("habits",)), ("x", ())]
)
def test_checklists_are_found_by_network(network: str | None, expected: tuple[str, ...]) -> None:
    """A person's own list stands beside the bundled one; None is the person."""
    assert tuple(each.id for each in LISTS.for_network(network)) == expected


@pytest.mark.parametrize(
    ("check_id", "expected"),
    [
        ("instagram.map", INSTAGRAM.checks[1]),
        ("my-list.extra", MINE.checks[0]),
        ("setup.purpose", SETUP["setup.purpose"]),
        ("instagram.gone", None),
        ("nowhere.map", None),
        ("setup.gone", None),
    ],
)
def test_a_check_is_found_by_its_id(check_id: str, expected: Check | None) -> None:
    """In its checklist, or among the questions before the first check."""
    assert LISTS.check(check_id) == expected


@pytest.mark.parametrize(
    ("sourced", "verified", "confidence", "expected"),
    [
        ("2026-03", None, Confidence.HIGH, False),
        (None, "2026-03-17", Confidence.MEDIUM, False),
        (None, None, Confidence.HIGH, True),
        ("2026-03", "2026-03-17", Confidence.LOW, True),
    ],
)
def test_menu_names_are_uncertain_without_a_date_or_with_low_confidence(
    sourced: str | None,
    verified: str | None,
    confidence: Confidence,
    expected: bool,  # noqa: FBT001 - a table
) -> None:
    """The report warns where both dates are missing or confidence is low."""
    remediation = Remediation(5, sourced=sourced, verified=verified, confidence=confidence)
    assert remediation.is_uncertain is expected


def test_severities_are_ordered() -> None:
    """From information to what cannot wait."""
    assert [each.word for each in sorted(Severity)] == ["info", "low", "medium", "high", "critical"]
