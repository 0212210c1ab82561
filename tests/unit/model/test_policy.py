"""Three layers of rules, the later one wins, and the person sees who decided."""

import pytest
from tests.builders import DEFAULT

from hygiene.model.checklist import Severity
from hygiene.model.policy import WEIGHTS, Decided, Layer, Policy, Rules

TEAM = Rules(
    Layer.ORGANISATION,
    "Atelier Nord",
    password_months=6,
    severities={"x.sessions": Severity.LOW, "x.apps": Severity.HIGH},
    dropped=frozenset({"x.exit"}),
)
PERSON = Rules(
    Layer.PERSON,
    password_months=0,
    severities={"x.apps": Severity.INFO},
    dropped=frozenset({"habits.voice"}),
)


@pytest.mark.parametrize(
    ("layers", "expected"),
    [
        ((DEFAULT,), Decided(3, DEFAULT)),
        ((DEFAULT, TEAM), Decided(6, TEAM)),
        ((DEFAULT, TEAM, PERSON), Decided(0, PERSON)),
        ((DEFAULT, PERSON), Decided(0, PERSON)),
        ((DEFAULT, TEAM, Rules(Layer.PERSON)), Decided(6, TEAM)),
    ],
)
def test_the_highest_layer_that_speaks_decides(layers: tuple[Rules, ...], expected: Decided) -> None:
    """Default, organisation, person: a layer that says nothing leaves the lower one in force; 0 is a word."""
    assert Policy(layers).password_months == expected


def test_each_rule_is_decided_by_itself() -> None:
    """An organisation that sets one period does not decide the other."""
    assert Policy((DEFAULT, TEAM)).audit_months == Decided(12, DEFAULT)


def test_a_policy_without_a_default_is_refused() -> None:
    """Nothing is made up where no layer sets a period."""
    with pytest.raises(ValueError, match="audit_months"):
        _ = Policy((TEAM,)).audit_months


@pytest.mark.parametrize(
    ("check", "expected"),
    [("x.sessions", Severity.LOW), ("x.apps", Severity.INFO), ("x.exit", Severity.CRITICAL)],
)
def test_severities_come_from_the_highest_layer_that_names_the_check(check: str, expected: Severity) -> None:
    """A check that no layer names keeps its checklist's severity."""
    assert Policy((DEFAULT, TEAM, PERSON)).severity(check, Severity.CRITICAL) == expected


@pytest.mark.parametrize(
    ("check", "expected"), [("x.exit", False), ("habits.voice", False), ("x.apps", True)]
)
def test_any_layer_may_drop_a_check(check: str, expected: bool) -> None:  # noqa: FBT001 - a table
    """What one layer drops, no higher one brings back."""
    assert Policy((DEFAULT, TEAM, PERSON)).applies(check) is expected


def test_the_published_weights() -> None:
    """The weights that the user guide prints: a change here changes everybody's score."""
    assert [(severity.word, weight) for severity, weight in WEIGHTS.items()] == [
        ("info", 0),
        ("low", 1),
        ("medium", 3),
        ("high", 6),
        ("critical", 10),
    ]
