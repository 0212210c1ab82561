"""Checklists as JSON, the form in which the wheel carries them: no YAML is read to show a status.

The packed form is written when the wheel is built and read by the same version only, so it has no schema of
its own and is not validated again.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from hygiene.model.account import Network, Purpose
from hygiene.model.checklist import (
    Check,
    Checklist,
    Choice,
    Condition,
    Confidence,
    Every,
    Is,
    Kind,
    Not,
    Remediation,
    Severity,
    Some,
    Steps,
    Trust,
)
from hygiene.model.text import Text

Packed = Any


def pack_checklist(checklist: Checklist) -> Packed:
    """Return a checklist as plain JSON values."""
    return {
        "id": checklist.id,
        "version": checklist.version,
        "language": checklist.language,
        "title": _pack_text(checklist.title),
        "checks": [pack_check(check) for check in checklist.checks],
        "network": checklist.network,
        "domains": checklist.domains,
        "sources": checklist.sources,
        "publisher": checklist.publisher,
        "trust": checklist.trust,
        "digest": checklist.digest,
    }


def unpack_checklist(packed: Packed) -> Checklist:
    """Return the checklist that was packed."""
    return Checklist(
        **packed
        | {
            "title": _text(packed["title"]),
            "checks": tuple(map(unpack_check, packed["checks"])),
            "domains": tuple(packed["domains"]),
            "sources": tuple(packed["sources"]),
            "trust": Trust(packed["trust"]),
        }
    )


def pack_check(check: Check) -> Packed:
    """Return a check as plain JSON values; what is at its default is left out."""
    remediation = check.remediation
    packed = {
        "id": check.id,
        "title": _pack_text(check.title),
        "question": _pack_text(check.question),
        "risk": _pack_text(check.risk),
        "severity": int(check.severity),
        "remediation": {
            "minutes": remediation.minutes,
            "steps": [
                [each.platform, [_pack_text(line) for line in each.lines]] for each in remediation.steps
            ],
            "settings_url": remediation.settings_url,
            "help_url": remediation.help_url,
            "sourced": remediation.sourced,
            "verified": remediation.verified,
            "confidence": remediation.confidence,
        },
        "kind": check.kind,
        "choices": [_pack_choice(choice) for choice in check.choices],
        "group_question": _pack_text(check.group_question) if check.group_question else None,
        "done": _pack_text(check.done) if check.done else None,
        "core_id": check.core_id,
        "revision": check.revision,
        "core": check.core,
        "look": check.look,
        "within_months": check.within_months,
        "when": _pack_condition(check.when) if check.when else None,
        "for_person_only": check.for_person_only,
        "replaces": check.replaces,
        "sources": check.sources,
    }
    return {key: value for key, value in packed.items() if not _is_default(value)}


def unpack_check(packed: Packed) -> Check:
    """Return the check that was packed."""
    fields = dict(packed)
    remediation = fields["remediation"]
    steps = tuple(Steps(platform, tuple(map(_text, lines))) for platform, lines in remediation["steps"])
    fields["remediation"] = Remediation(
        **remediation | {"steps": steps, "confidence": Confidence(remediation["confidence"])}
    )
    for name in ("title", "question", "risk", "group_question", "done"):
        if name in fields:
            fields[name] = _text(fields[name])
    for name in ("replaces", "sources"):
        if name in fields:
            fields[name] = tuple(fields[name])
    fields["severity"] = Severity(fields["severity"])
    fields["kind"] = Kind(fields["kind"])
    fields["choices"] = tuple(map(_choice, fields.get("choices", ())))
    if "when" in fields:
        fields["when"] = _condition(fields["when"])
    return Check(**fields)


def pack_network(network: Network) -> Packed:
    """Return an entry of the register as plain JSON values."""
    return [network.id, _pack_text(network.name), network.domains, network.purpose]


def unpack_network(packed: Packed) -> Network:
    """Return the entry that was packed."""
    network_id, name, domains, purpose = packed
    return Network(network_id, _text(name), tuple(domains), Purpose(purpose) if purpose else None)


def _is_default(value: Packed) -> bool:
    return value is None or value is False or value in ((), [])


def _pack_text(text: Text) -> Packed:
    return [text.language, dict(text.by_language)]


def _text(packed: Packed) -> Text:
    return Text(packed[0], packed[1])


def _pack_choice(choice: Choice) -> Packed:
    severity = None if choice.severity is None else int(choice.severity)
    return [choice.id, _pack_text(choice.text), sorted(choice.good), severity]


def _choice(packed: Packed) -> Choice:
    choice_id, text, good, severity = packed
    return Choice(
        choice_id,
        _text(text),
        frozenset(map(Purpose, good)),
        None if severity is None else Severity(severity),
    )


def _pack_condition(condition: Condition) -> Packed:
    match condition:
        case Is(name, values):
            return {"is": [name, *values]}
        case Not(operand):
            return {"not": _pack_condition(operand)}
        case Every(operands):
            return {"every": [_pack_condition(operand) for operand in operands]}
        case _:
            return {"some": [_pack_condition(operand) for operand in condition.operands]}


def _condition(packed: Mapping[str, Packed]) -> Condition:
    ((kind, content),) = packed.items()
    match kind:
        case "is":
            return Is(content[0], tuple(content[1:]))
        case "not":
            return Not(_condition(content))
        case "every":
            return Every(tuple(map(_condition, content)))
        case _:
            return Some(tuple(map(_condition, content)))
