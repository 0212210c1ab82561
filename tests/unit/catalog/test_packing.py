"""Checklists as JSON: the forms that a wheel carries, one by one."""

from __future__ import annotations

import json

import pytest
from tests.builders import check, checklist, choice

from hygiene.catalog.packing import pack_check, pack_checklist, unpack_check, unpack_checklist
from hygiene.model.account import Purpose
from hygiene.model.checklist import Condition, Every, Is, Not, Severity, Some

A, B = Is("x.a", ("yes",)), Is("purpose", ("work", "shared"))


@pytest.mark.parametrize(
    ("condition", "packed"),
    [
        (A, {"is": ["x.a", "yes"]}),
        (B, {"is": ["purpose", "work", "shared"]}),
        (Not(A), {"not": {"is": ["x.a", "yes"]}}),
        (Every((A, B)), {"every": [{"is": ["x.a", "yes"]}, {"is": ["purpose", "work", "shared"]}]}),
        (Some((A, Not(A))), {"some": [{"is": ["x.a", "yes"]}, {"not": {"is": ["x.a", "yes"]}}]}),
    ],
)
def test_every_form_of_condition(condition: Condition, packed: object) -> None:
    """Written as one key that names the form, read back as it was."""
    what = check("x.b", when=condition)
    assert pack_check(what)["when"] == packed
    assert unpack_check(json.loads(json.dumps(pack_check(what)))).when == condition


def test_what_is_at_its_default_is_left_out() -> None:
    """The packed form is read on every start."""
    assert set(pack_check(check("x.a"))) == {
        "id",
        "title",
        "question",
        "risk",
        "severity",
        "remediation",
        "kind",
        "choices",
        "revision",
    }


def test_a_severity_of_nothing_but_information_is_not_left_out() -> None:
    """Its number is 0, which is not the absence of one."""
    choices = (choice("a", good=[Purpose.WORK]), choice("b", severity=Severity.INFO))
    what = checklist("x", check("x.a", severity=Severity.INFO, choices=choices), network="x")
    assert unpack_checklist(json.loads(json.dumps(pack_checklist(what)))) == what
