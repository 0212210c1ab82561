"""The fields of one check in a checklist file."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import TypeVar

from hygiene.catalog.cursor import Cursor
from hygiene.catalog.evidence_field import read_evidence
from hygiene.engine.conditions import ConditionSyntaxError, parse_condition
from hygiene.language import N_
from hygiene.model.account import Purpose
from hygiene.model.checklist import (
    Check,
    Choice,
    Condition,
    Confidence,
    Kind,
    Remediation,
    Severity,
    Steps,
)
from hygiene.model.record import NonAnswer
from hygiene.model.text import Text, same

T = TypeVar("T")
D = TypeVar("D")

ID = re.compile(r"[a-z][a-z0-9-]{0,31}")
PLATFORMS = ("web", "ios", "android")

CHECK_ID = re.compile(r"[a-z][a-z0-9-]{0,31}\.[a-z][a-z0-9-]{0,47}")
MONTH = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])")
DAY = re.compile(r"[0-9]{4}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])")
# `passkey` is an answer of its own only where a date is asked: there, no choice stands beside it.
RESERVED_CHOICES = frozenset({*(str(each) for each in NonAnswer), "never"})
SEVERITIES = {severity.word: severity for severity in Severity}
WAYS_TO_ANSWER = ("memory", "look")
AUDIENCES = ("personal", "any")
MINUTES = (1, 600)
WITHIN = (1, 120)
REVISION = (1, 9999)

REMEDIATION_KEYS = frozenset({"minutes", "steps", "settings", "help", "sourced", "verified", "confidence"})
CORE_KEYS = REMEDIATION_KEYS | frozenset(
    [
        "id",
        "title",
        "question",
        "group_question",
        "done",
        "said",
        "evidence",
        "risk",
        "severity",
        "core",
        "answer",
        "when",
        "choices",
        "good",
        "kind",
        "within",
        "revision",
    ]
)
CHECK_KEYS = CORE_KEYS | {"replaces", "audience", "sources"}
REQUIRED_KEYS = frozenset({"id", "title", "question", "risk", "severity"})
CHOICE_KEYS = frozenset({"text", "good", "severity"})
REQUIRED_CHOICE_KEYS = frozenset({"text"})

YES_NO = {
    "yes": Text("en", {"en": "Yes", "fr": "Oui"}),
    "no": Text("en", {"en": "No", "fr": "Non"}),
}


def read_check(cursor: Cursor, fields: Mapping[str, Cursor], language: str) -> Check:
    """Return a check from its fields; what is wrong or missing is noted and replaced."""
    for key in sorted(REQUIRED_KEYS - fields.keys()):
        cursor.problem(N_("“{key}” is missing"), key=key)

    def text(each: Cursor) -> Text:
        return each.text(language)

    nothing = same("")
    kind = read(fields, "kind", lambda each: each.one_of(Kind, Kind.CHOICE), Kind.CHOICE)
    choices = _choices(cursor, fields, language, kind)
    return Check(
        id=read(fields, "id", lambda each: each.matching(ID, "private-account"), ""),
        title=read(fields, "title", text, nothing),
        question=read(fields, "question", text, nothing),
        risk=read(fields, "risk", text, nothing),
        group_question=read(fields, "group_question", text, None),
        done=read(fields, "done", text, None),
        severity=read(fields, "severity", read_severity, Severity.INFO),
        kind=kind,
        choices=choices,
        said=read(fields, "said", lambda each: _said(each, choices, language), {}),
        remediation=read_remediation(fields, language),
        revision=read(fields, "revision", read_revision, 1),
        core=read(fields, "core", Cursor.flag, default=False),
        look=read(fields, "answer", _looks, default=False),
        within_months=read(fields, "within", lambda each: each.number(*WITHIN), None),
        when=read(fields, "when", _condition, None),
        for_person_only=read(fields, "audience", _is_personal, default=False),
        replaces=read(fields, "replaces", read_check_ids, ()),
        sources=read(fields, "sources", read_words, ()),
        evidence=read(fields, "evidence", lambda each: read_evidence(each, kind, choices), {}),
    )


def read_remediation(fields: Mapping[str, Cursor], language: str) -> Remediation:
    """Return how a finding is mended, from the fields of a check or of a core instance."""
    return Remediation(
        minutes=read(fields, "minutes", lambda each: each.number(*MINUTES), 1),
        steps=read(fields, "steps", lambda each: _steps(each, language), ()),
        settings_url=read(fields, "settings", Cursor.link, None),
        help_url=read(fields, "help", Cursor.link, None),
        sourced=read(fields, "sourced", lambda each: _date(each, MONTH, "2026-03"), None),
        verified=read(fields, "verified", lambda each: _date(each, DAY, "2026-03-17"), None),
        confidence=read(
            fields, "confidence", lambda each: each.one_of(Confidence, Confidence.LOW), Confidence.LOW
        ),
    )


def read(fields: Mapping[str, Cursor], name: str, reader: Callable[[Cursor], T], default: D) -> T | D:
    """Return what a reader makes of a field, or the default where the field is not there."""
    return reader(fields[name]) if name in fields else default


def read_severity(cursor: Cursor) -> Severity:
    """Return a severity by its name."""
    return cursor.one_of(Severity, Severity.INFO, SEVERITIES)


def read_revision(cursor: Cursor) -> int:
    """Return a revision, counted from 1."""
    return cursor.number(*REVISION)


def read_check_ids(cursor: Cursor) -> tuple[str, ...]:
    """Return a list of whole ids of checks."""
    return tuple(item.matching(CHECK_ID, "instagram.private-account") for item in cursor.items())


def read_words(cursor: Cursor) -> tuple[str, ...]:
    """Return a list of plain words."""
    return tuple(item.words() for item in cursor.items())


def _choices(check: Cursor, fields: Mapping[str, Cursor], language: str, kind: Kind) -> tuple[Choice, ...]:
    cursor = fields.get("choices")
    if cursor is None:
        if kind is Kind.CHOICE:
            check.problem(N_("“{key}” is missing"), key="choices")
        return ()
    if kind is Kind.DATE:
        cursor.problem(N_("a date has no choices"))
        return ()
    if cursor.node.content == "yes-no":
        return _yes_no(check, read(fields, "good", Cursor.words, ""))
    choices = tuple(_choice(name, entry, language) for name, entry in cursor.entries().items())
    if kind is Kind.CHOICE and not any(choice.good for choice in choices):
        cursor.problem(N_("no choice is good"))
    return choices


def _yes_no(check: Cursor, good: str) -> tuple[Choice, ...]:
    if good not in YES_NO:
        check.problem(N_("“{key}” is missing"), key="good: yes / no")
    everyone = frozenset(Purpose)
    return tuple(
        Choice(word, text, everyone if word == good else frozenset()) for word, text in YES_NO.items()
    )


def _choice(name: str, cursor: Cursor, language: str) -> Choice:
    if name in RESERVED_CHOICES or not ID.fullmatch(name):
        cursor.problem(N_("“{id}” cannot be the id of a choice"), id=name)
    fields = cursor.fields(CHOICE_KEYS, REQUIRED_CHOICE_KEYS)
    return Choice(
        name,
        read(fields, "text", lambda each: each.text(language), same(name)),
        read(fields, "good", _purposes, frozenset()),
        read(fields, "severity", read_severity, None),
    )


def _said(cursor: Cursor, choices: tuple[Choice, ...], language: str) -> Mapping[str, Text]:
    entries = cursor.entries()
    allowed = [choice.id for choice in choices]
    for name in entries.keys() - allowed:
        entries[name].problem(
            N_("“{value}” is not one of {allowed}"), value=name, allowed=", ".join(allowed) or "-"
        )
    return {name: entry.text(language) for name, entry in entries.items()}


def _purposes(cursor: Cursor) -> frozenset[Purpose]:
    if isinstance(cursor.node.content, str):
        return frozenset(Purpose) if cursor.flag() else frozenset()
    return frozenset(item.one_of(Purpose, Purpose.PERSONAL) for item in cursor.items())


def _steps(cursor: Cursor, language: str) -> tuple[Steps, ...]:
    content = cursor.node.content
    if isinstance(content, Mapping) and content.keys() & set(PLATFORMS):
        fields = cursor.fields(frozenset(PLATFORMS))
        return tuple(
            Steps(name, entry.texts(language)) for name, entry in fields.items() if name in PLATFORMS
        )
    return (Steps(None, cursor.texts(language)),)


def _condition(cursor: Cursor) -> Condition | None:
    words = cursor.words()
    try:
        return parse_condition(words)
    except ConditionSyntaxError as error:
        cursor.problem(N_("the condition is not understood near “{near}”"), near=str(error) or words[-10:])
        return None


def _looks(cursor: Cursor) -> bool:
    return _among(cursor, WAYS_TO_ANSWER) == "look"


def _is_personal(cursor: Cursor) -> bool:
    return _among(cursor, AUDIENCES) == "personal"


def _among(cursor: Cursor, allowed: tuple[str, ...]) -> str:
    words = cursor.words()
    if words not in allowed:
        cursor.problem(N_("“{value}” is not one of {allowed}"), value=words, allowed=", ".join(allowed))
    return words


def _date(cursor: Cursor, pattern: re.Pattern[str], example: str) -> str | None:
    return None if cursor.is_null else cursor.matching(pattern, example) or None
