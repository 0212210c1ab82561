"""The JSON Schema (draft 2020-12) of checklist files, for editors that help while somebody types.

It is made from the keys, patterns, bounds and words that the parser itself uses. Editors read YAML with the
core schema of YAML 1.2, where numbers, booleans and null arrive typed. What it cannot see is listed in
docs/checklist-format.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from typing import Any

from hygiene.catalog import schema_words
from hygiene.catalog.check_fields import (
    AUDIENCES,
    CHECK_ID,
    CHECK_KEYS,
    CHOICE_KEYS,
    DAY,
    ID,
    MINUTES,
    MONTH,
    PLATFORMS,
    REQUIRED_CHOICE_KEYS,
    REQUIRED_KEYS,
    RESERVED_CHOICES,
    REVISION,
    SEVERITIES,
    WAYS_TO_ANSWER,
    WITHIN,
    YES_NO,
)
from hygiene.catalog.cursor import LANGUAGE, LINK, NULL
from hygiene.catalog.evidence_field import PLAIN
from hygiene.catalog.list_names import NO_LISTS, RESERVED_LISTS
from hygiene.catalog.parsing import (
    DOMAIN,
    FILE_KEYS,
    FORMAT,
    INSTANCE_KEYS,
    KINDS,
    OWN_FILE,
    REQUIRED_FILE_KEYS,
    VERSION,
)
from hygiene.model.account import Purpose
from hygiene.model.checklist import Confidence
from hygiene.model.evidence import DATES, FACTS

Schema = dict[str, Any]

_TEXT = {"$ref": "#/$defs/text"}
_YES_NO = {"const": "yes-no"}


def render_schema(core: Iterable[str]) -> str:
    """Return the schema as the text of `checklist.schema.json`.

    Args:
        core: the names of the shared core questions.
    """
    return json.dumps(checklist_schema(core), indent=2, sort_keys=True, ensure_ascii=False) + "\n"


def checklist_schema(core: Iterable[str]) -> Schema:
    """Return the schema of a checklist, bundled or a person's own.

    Args:
        core: the names of the shared core questions.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "A checklist",
        "description": "All checks about one network or one subject. See docs/checklist-format.md.",
        **_map(_FILE, FILE_KEYS, schema_words.FILE, REQUIRED_FILE_KEYS),
        "allOf": [
            {"anyOf": [_filled("core", "minProperties"), _filled("checks", "minItems")]},
            _when("id", _is(_own_id()), {"properties": {"core": {"maxProperties": 0}}}),
        ],
        "$defs": _definitions(sorted(core)),
    }


def _definitions(core: list[str]) -> Schema:
    instance = _map(_CHECK, INSTANCE_KEYS, schema_words.CHECK)
    check = _map(_CHECK, CHECK_KEYS, schema_words.CHECK, REQUIRED_KEYS)
    return {
        "text": {"anyOf": [_scalar(), _by_language({"type": ["string", "number", "boolean", "null"]})]},
        "lines": {"anyOf": [_list(_scalar()), _by_language({**_list(_scalar()), "minItems": 1})]},
        "choice": _map(_CHOICE, CHOICE_KEYS, schema_words.CHOICE, REQUIRED_CHOICE_KEYS),
        "good": {"required": ["good"], "properties": {"good": _good()}},
        "proved": {"anyOf": [_scalar(), {**_list(_scalar()), "minItems": 1}]},
        "check": {**check, "allOf": _by_kind()},
        "core": _maybe(
            {
                "type": "object",
                "properties": {name: {"$ref": "#/$defs/instance"} for name in core},
                "additionalProperties": False,
            }
        ),
        "instance": _maybe(instance),
    }


def _by_kind() -> list[Schema]:
    """What each kind of question needs; without `kind` it is a choice."""
    choice = _kind(KINDS[0].value)
    # One that is good: not all are not good.
    some_good = {"not": {"additionalProperties": {"not": {"$ref": "#/$defs/good"}}}}
    return [
        {
            "if": choice,
            "then": {"required": ["choices"], "properties": {"choices": {"anyOf": [_YES_NO, some_good]}}},
        },
        _when("kind", {"const": "many"}, {"required": ["choices"]}),
        _when("kind", {"const": "date"}, {"required": ["within"], "properties": {"choices": False}}),
        _when("evidence", _naming(sorted(FACTS)), {"properties": {"kind": {"const": KINDS[0].value}}}),
        _when(
            "evidence",
            _naming(sorted(DATES)),
            {"properties": {"kind": {"const": "date"}}, "required": ["kind"]},
        ),
        _when("choices", _YES_NO, {"required": ["good"], "properties": {"good": {"enum": sorted(YES_NO)}}}),
    ]


def _map(
    fields: Mapping[str, Schema],
    keys: Iterable[str],
    words: Mapping[str, str],
    required: Iterable[str] = (),
) -> Schema:
    """Return the schema of a map whose keys the parser knows; one that lacks here is a KeyError."""
    return {
        "type": "object",
        "properties": {key: {**fields[key], "description": words[key]} for key in sorted(keys)},
        "required": sorted(required),
        "additionalProperties": False,
    }


def _when(field: str, is_so: Schema, then: Schema) -> Schema:
    return {"if": {"required": [field], "properties": {field: is_so}}, "then": then}


def _kind(name: str) -> Schema:
    return {"properties": {"kind": {"const": name}}}


def _naming(keys: Iterable[str]) -> Schema:
    return {"type": "object", "anyOf": [{"required": [key]} for key in keys]}


def _filled(field: str, how: str) -> Schema:
    kind = "object" if how == "minProperties" else "array"
    return {"required": [field], "properties": {field: {"type": kind, how: 1}}}


def _matching(pattern: re.Pattern[str]) -> Schema:
    """A text of a form; a truth value too where its word has that form."""
    kind: Any = ["string", "boolean"] if pattern.fullmatch("true") else "string"
    return {"type": kind, "pattern": _whole(pattern.pattern)}


def _whole(pattern: str) -> str:
    """Return the pattern for a whole text; the parser drops spaces around it."""
    return rf"^\s*(?:{pattern})\s*$"


def _is(pattern: str) -> Schema:
    return {"type": "string", "pattern": pattern}


def _own_id() -> str:
    return _whole(f"(?={OWN_FILE.prefix}){ID.pattern}")


def _one_of(words: Iterable[str]) -> Schema:
    return {"enum": list(words)}


def _scalar() -> Schema:
    """A text; what looks like a number, true or false to YAML is one too."""
    return {"type": ["string", "number", "boolean"], "pattern": r"\S"}


def _by_language(each: Schema) -> Schema:
    names = {"pattern": _whole(LANGUAGE.pattern), "not": _one_of(PLATFORMS)}
    return {"type": "object", "minProperties": 1, "propertyNames": names, "additionalProperties": each}


def _list(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def _maybe(schema: Schema) -> Schema:
    """The same, or nothing, in any of the ways in which nothing is written."""
    nothing = "|".join(sorted(NULL))
    return {**schema, "type": [schema["type"], "null", "string"], "pattern": f"^({nothing})$"}


def _number(lowest: int, highest: int) -> Schema:
    quoted = rf"(?!0+\s*$)[0-9]{{1,{len(str(highest))}}}"
    return {
        "anyOf": [
            {"type": "integer", "minimum": lowest, "maximum": highest},
            {"type": "string", "pattern": _whole(quoted)},
        ]
    }


def _good() -> Schema:
    return {"anyOf": [{"enum": [True, "true"]}, {"type": "array", "minItems": 1}]}


def _choices() -> Schema:
    names = {"pattern": _whole(ID.pattern), "not": _one_of(sorted(RESERVED_CHOICES))}
    return {
        "anyOf": [
            _YES_NO,
            {
                "type": "object",
                "minProperties": 1,
                "propertyNames": names,
                "additionalProperties": {"$ref": "#/$defs/choice"},
            },
        ]
    }


def _steps() -> Schema:
    lines = {"$ref": "#/$defs/lines"}
    platforms = {"type": "object", "minProperties": 1, "additionalProperties": False}
    return {"anyOf": [lines, {**platforms, "properties": dict.fromkeys(PLATFORMS, lines)}]}


def _or_null(pattern: re.Pattern[str]) -> Schema:
    return {"anyOf": [{"enum": [None, *sorted(NULL)]}, _matching(pattern)]}


def _evidence() -> Schema:
    """Facts by name; which choices a check has, only the parser knows."""
    words = {name: _proving(sorted(allowed)) for name, allowed in FACTS.items()}
    facts = {**words, **{name: _one_of([word]) for name, word in PLAIN.items()}}
    return _maybe(
        {"type": "object", "properties": dict(sorted(facts.items())), "additionalProperties": False}
    )


def _proving(words: list[str]) -> Schema:
    proved = {"$ref": "#/$defs/proved"}
    return _maybe({"type": "object", "propertyNames": _one_of(words), "additionalProperties": proved})


_WORDS = {"type": ["string", "number", "boolean", "null"]}
_SEVERITY = _one_of(SEVERITIES)
_FLAG: Schema = {"enum": [True, False, "true", "false"]}
_VERSION_NUMBER = {"type": "number", "minimum": 1000, "exclusiveMaximum": 10000, "not": {"type": "integer"}}

_FILE: Mapping[str, Schema] = {
    "format": {"enum": [FORMAT, str(FORMAT)]},
    "id": {"anyOf": [_one_of(sorted(RESERVED_LISTS - NO_LISTS)), _is(_own_id())]},
    "version": {"anyOf": [_matching(VERSION), _VERSION_NUMBER]},
    "language": _matching(LANGUAGE),
    "title": _TEXT,
    "network": _matching(ID),
    "domains": _maybe(_list(_matching(DOMAIN))),
    "sources": _maybe(_list(_WORDS)),
    "core": {"$ref": "#/$defs/core"},
    "checks": _maybe(_list({"$ref": "#/$defs/check"})),
}

_CHECK: Mapping[str, Schema] = {
    "id": _matching(ID),
    "revision": _number(*REVISION),
    "replaces": _maybe(_list(_matching(CHECK_ID))),
    "title": _TEXT,
    "question": _TEXT,
    "group_question": _TEXT,
    "done": _TEXT,
    "said": _maybe({"type": "object", "additionalProperties": _TEXT}),
    "evidence": _evidence(),
    "risk": _TEXT,
    "severity": _SEVERITY,
    "core": _FLAG,
    "answer": _one_of(WAYS_TO_ANSWER),
    "when": {"type": "string"},
    "audience": _one_of(AUDIENCES),
    "choices": _choices(),
    "good": {},
    "kind": _one_of(each.value for each in KINDS),
    "within": _number(*WITHIN),
    "minutes": _number(*MINUTES),
    "steps": _steps(),
    "settings": _or_null(LINK),
    "help": _or_null(LINK),
    "sourced": _or_null(MONTH),
    "verified": _or_null(DAY),
    "confidence": _one_of(each.value for each in Confidence),
    "sources": _maybe(_list(_WORDS)),
}

_CHOICE: Mapping[str, Schema] = {
    "text": _TEXT,
    "good": {"anyOf": [_FLAG, _list(_one_of(each.value for each in Purpose))]},
    "severity": _SEVERITY,
}
