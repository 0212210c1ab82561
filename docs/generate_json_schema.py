"""Write `output.schema.json`, the JSON Schema of everything that hygiene prints as JSON.

    python docs/generate_json_schema.py

Words that may be one of several come from the program's own enumerations. A program that reads the JSON may
meet further keys, so that the schema allows them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path
from typing import Any

from hygiene.engine.leaving import Deed, Stretch
from hygiene.model.account import Purpose
from hygiene.model.checklist import Severity, Trust
from hygiene.model.finding import PasswordState
from hygiene.model.record import Outcome, Scope
from hygiene.reporting.checklist_diff import Effect, Reason
from hygiene.reporting.redaction import Redaction

Schema = dict[str, Any]

FILE = Path(__file__).parent / "output.schema.json"

TEXT: Schema = {"type": "string"}
YES_NO: Schema = {"type": "boolean"}
COUNT: Schema = {"type": "integer", "minimum": 0}
DAY: Schema = {"type": "string", "format": "date", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
LINK: Schema = {"type": "string", "format": "uri", "pattern": "^https://"}
SEVERITIES = [severity.word for severity in sorted(Severity, reverse=True)]


def render_schema() -> str:
    """Return the schema as the text of its file."""
    return json.dumps(output_schema(), indent=2, ensure_ascii=False) + "\n"


def output_schema() -> Schema:
    """Return the schema: an output is one of those that its key `schema` names."""
    outputs = _outputs()
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "What hygiene prints as JSON",
        "description": "Names and meanings stay within a version; keys may be added. Days are YYYY-MM-DD.",
        "oneOf": [{"$ref": f"#/$defs/{name}"} for name in outputs],
        "$defs": {name: _output(name, keys) for name, keys in outputs.items()} | _parts(),
    }


def _output(name: str, keys: Schema) -> Schema:
    return _keys(schema={"const": f"hygiene.{name}/1"}, **keys)


def _outputs() -> dict[str, Schema]:
    return {
        "report": _report(),
        "findings": {"findings": _list(_ref("finding"))},
        "due": _due(),
        "status": _status(),
        "history": {"audits": _list(_ref("past_audit"))},
        "compare": {"from": DAY, "to": DAY, "from_audit": TEXT, "to_audit": _or_null(TEXT), **_changed()},
        "accounts": {"accounts": _list(_ref("account"))},
        "checklists": {"checklists": _list(_ref("checklist"))},
        "lint": {"problems": _list(_ref("problem"))},
        "checklist-diff": {"old": _ref("version"), "new": _ref("version"), "changes": _list(_ref("change"))},
        "trust": {"sources": _list(_ref("source"))},
        "leaving": {
            "last_day": DAY,
            "tied": YES_NO,
            "phases": _list(_ref("phase")),
            "not_checked": _list(TEXT),
        },
    }


def _report() -> Schema:
    return {
        "generated_on": DAY,
        "language": TEXT,
        "redacted": _one_of(Redaction),
        "audit": _or_null(_ref("audit")),
        "score": _ref("score"),
        "outcomes": _ref("outcomes"),
        "open": _ref("open"),
        "accounts": _list(_ref("account")),
        "findings": _list(_ref("finding")),
        "passwords": _list(_ref("password")),
        "password_states": _keys(**{state.value: COUNT for state in PasswordState}),
        "changes": _or_null(_keys(since=DAY, **_changed())),
        "next_audit_on": _or_null(DAY),
    }


def _due() -> Schema:
    password = _keys(
        account=TEXT, state=_one_of(PasswordState), due_on=_or_null(DAY), age_months=_or_null(COUNT)
    )
    return {
        "on": DAY,
        "passwords": _list(password),
        "audit": _keys(last_on=_or_null(DAY), due_on=_or_null(DAY), due=YES_NO),
        "waivers": _list(_keys(id=TEXT, until=DAY)),
        "checks": _list(_keys(id=TEXT, since=DAY)),
    }


def _status() -> Schema:
    return {
        "on": DAY,
        "score": _ref("score"),
        "outcomes": _ref("outcomes"),
        "open": _ref("open"),
        "due": _keys(passwords=COUNT, audit=YES_NO, waivers=COUNT),
        "next_audit_on": _or_null(DAY),
    }


def _changed() -> Schema:
    return dict.fromkeys(("regressed", "fixed", "added", "retired", "unchanged", "closed"), _list(TEXT))


def _parts() -> dict[str, Schema]:
    return {
        "score": _keys(
            value=_or_null({"type": "integer", "minimum": 0, "maximum": 100}),
            answered=COUNT,
            applicable=COUNT,
        ),
        "outcomes": _keys(**{outcome.value: COUNT for outcome in Outcome}),
        "open": _keys(**dict.fromkeys(SEVERITIES, COUNT)),
        "audit": _keys(**_dates(), checklists=_list(_ref("checklist_used"))),
        "past_audit": _keys(**_dates(), score=_ref("score"), outcomes=_ref("outcomes")),
        "checklist_used": _keys(id=TEXT, version=TEXT, digest=TEXT, publisher=TEXT, trust=TEXT),
        "checklist": _keys(
            id=TEXT,
            version=TEXT,
            title=TEXT,
            network=_or_null(TEXT),
            checks=COUNT,
            publisher=TEXT,
            trust=_one_of(Trust),
        ),
        "version": _keys(id=TEXT, version=TEXT, checks=COUNT),
        "change": _change(),
        "source": _source(),
        "account": _account(),
        "finding": _finding(),
        "password": _password(),
        "phase": _phase(),
        "problem": _keys(
            file=TEXT, line=COUNT, field=TEXT, reason=TEXT, level={"enum": ["error", "warning"]}
        ),
    }


def _dates() -> Schema:
    return {"id": TEXT, "started_on": DAY, "finished_on": _or_null(DAY), "scope": _one_of(Scope)}


def _change() -> Schema:
    return _keys(
        effect=_one_of(Effect),
        reason=_one_of(Reason),
        **dict.fromkeys(("check", "before", "choice", "title"), _or_null(TEXT)),
        fields=_list(TEXT),
        words=TEXT,
    )


def _source() -> Schema:
    return _keys(
        name=TEXT,
        title=TEXT,
        address=TEXT,
        fingerprint={"type": "string", "pattern": "^[0-9a-f]{64}$"},
        managed=YES_NO,
        released_on=_or_null(DAY),
        verified_on=_or_null(DAY),
        expired_on=_or_null(DAY),
    )


def _account() -> Schema:
    return _keys(
        id={"type": "string", "pattern": "^[a-z][a-z0-9-]{0,31}$"},
        network=TEXT,
        domain=_or_null(TEXT),
        label=TEXT,
        purpose=_or_null(_one_of(Purpose)),
        closed_on=_or_null(DAY),
    )


def _finding() -> Schema:
    return _keys(
        id={"type": "string", "description": "ACCOUNT/CHECK; the account `you` is the person"},
        account=TEXT,
        network=_or_null(TEXT),
        check=TEXT,
        outcome={"enum": [Outcome.FAIL.value, Outcome.UNKNOWN.value]},
        severity={"enum": SEVERITIES},
        title=TEXT,
        risk=TEXT,
        steps=_list(TEXT),
        settings_url=_or_null(LINK),
        help_url=_or_null(LINK),
        minutes=COUNT,
        answer={"type": ["string", "array", "null"], "items": TEXT},
        answered_on=_or_null(DAY),
        source=_or_null(TEXT),
        as_of=_or_null(DAY),
        waiver=_or_null(_keys(reason=TEXT, until=_or_null(DAY))),
    )


def _password() -> Schema:
    return _keys(
        account=TEXT,
        not_before=_or_null(DAY),
        not_after=_or_null(DAY),
        due_on=_or_null(DAY),
        state=_one_of(PasswordState),
        as_of=_or_null(DAY),
    )


def _phase() -> Schema:
    task = _keys(
        deed=_one_of(Deed),
        severity={"enum": SEVERITIES},
        known=YES_NO,
        accounts=_list(TEXT),
        checks=_list(TEXT),
    )
    return _keys(when=_one_of(Stretch), by=DAY, late=YES_NO, tasks=_list(task))


def _keys(**properties: Schema) -> Schema:
    return {"type": "object", "required": list(properties), "properties": properties}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _or_null(schema: Schema) -> Schema:
    return {"anyOf": [schema, {"type": "null"}]}


def _one_of(words: Iterable[StrEnum]) -> Schema:
    return {"enum": [word.value for word in words]}


def _ref(name: str) -> Schema:
    return {"$ref": f"#/$defs/{name}"}


if __name__ == "__main__":
    FILE.write_text(render_schema(), encoding="utf-8")
