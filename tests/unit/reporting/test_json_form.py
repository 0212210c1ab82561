from __future__ import annotations

import json
from collections.abc import Callable

from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene.engine.passwords import age_of
from hygiene.model.finding import Password
from hygiene.reporting import json_form
from hygiene.reporting.occasion import Due, Occasion

Golden = Callable[[str, str], None]


def test_the_report_is_the_agreed_json(golden: Golden) -> None:
    value = json_form.report_json(sample.assessment(), sample.OCCASION, "en")
    golden("report.json", json_form.to_text(value))


def test_the_report_speaks_the_language_asked_for(golden: Golden) -> None:
    value = json_form.report_json(sample.assessment(), sample.OCCASION, "fr")
    golden("report.fr.json", json_form.to_text(value))


def test_the_other_commands_have_their_own_shapes(golden: Golden, due: Due) -> None:
    values = [
        json_form.status_json(sample.assessment(), due),
        json_form.due_json(due),
        json_form.accounts_json(sample.ACCOUNTS),
        json_form.checklists_json(sample.LISTS.values(), "fr"),
    ]
    golden("other.json", "".join(map(json_form.to_text, values)))


def test_findings_are_those_of_the_report() -> None:
    report = json_form.report_json(sample.assessment(), sample.OCCASION, "en")
    alone = json_form.findings_json(sample.assessment(), "en")
    assert alone == {"schema": "hygiene.findings/1", "findings": report["findings"]}


def test_a_report_before_any_audit_has_none() -> None:
    value = json_form.report_json(sample.assessment(()), Occasion(), "en")
    assert value["audit"] is None
    assert value["next_audit_on"] is None
    assert value["score"] == {"value": None, "answered": 0, "applicable": 0}


def test_an_address_that_may_not_be_linked_to_is_left_out() -> None:
    text = json_form.to_text(json_form.report_json(sample.assessment(), sample.OCCASION, "en"))
    assert "javascript:alert" not in text
    assert "evil@" not in text


def test_a_password_never_changed_is_due_without_dates() -> None:
    age = age_of(None, 3, sample.DAY, never=True)
    password = Password(sample.INSTAGRAM, age, never=True)
    report = json_form.report_json(replace(sample.assessment(), passwords=(password,)), sample.OCCASION, "en")
    nothing = {"not_before": None, "not_after": None, "due_on": None, "as_of": None}
    assert report["passwords"] == [{"account": "insta", "state": "due", **nothing}]
    (line,) = json.loads(json_form.to_text(json_form.due_json(Due(sample.DAY, (password,)))))["passwords"]
    assert line == {"account": "insta", "state": "due", "due_on": None, "age_months": None}


def test_never_audited_is_due_without_dates() -> None:
    value = json_form.due_json(Due(sample.DAY))
    assert value["audit"] == {"last_on": None, "due_on": None, "due": True}
