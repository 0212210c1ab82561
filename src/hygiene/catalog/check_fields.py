"""The fields of one check in a checklist file."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hygiene.catalog.cursor import Cursor
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

ID = re.compile(r"[a-z][a-z0-9-]{0,31}")
PLATFORMS = ("web", "ios", "android")

_CHOICE_ID = re.compile(r"[a-z][a-z0-9-]{0,31}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")
_DAY = re.compile(r"\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])")
_RESERVED_CHOICES = frozenset({*(str(each) for each in NonAnswer), "never", "passkey"})
_SEVERITIES = {severity.word: severity for severity in Severity}

REMEDIATION_KEYS = frozenset({"minutes", "steps", "settings", "help", "sourced", "verified", "confidence"})
CORE_KEYS = REMEDIATION_KEYS | frozenset(
    [
        "id",
        "title",
        "question",
        "group_question",
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

_YES_NO = {
    "yes": Text("en", {"en": "Yes", "fr": "Oui"}),
    "no": Text("en", {"en": "No", "fr": "Non"}),
}


def read_check(cursor: Cursor, fields: Mapping[str, Cursor], language: str) -> Check:
    """Return a check from its fields; what is wrong or missing is noted and replaced."""
    for key in sorted({"id", "title", "question", "risk", "severity"} - fields.keys()):
        cursor.problem(N_("“{key}” is missing"), key=key)
    texts = {
        name: fields[name].text(language) if name in fields else same("")
        for name in ("title", "question", "risk")
    }
    kind = fields["kind"].one_of(Kind, Kind.CHOICE) if "kind" in fields else Kind.CHOICE
    return Check(
        id=fields["id"].matching(ID, "private-account") if "id" in fields else "",
        title=texts["title"],
        question=texts["question"],
        risk=texts["risk"],
        group_question=fields["group_question"].text(language) if "group_question" in fields else None,
        severity=_severity(fields.get("severity")) or Severity.INFO,
        kind=kind,
        choices=_choices(cursor, fields, language, kind),
        remediation=read_remediation(fields, language),
        revision=fields["revision"].number(1, 9999) if "revision" in fields else 1,
        core="core" in fields and fields["core"].flag(),
        look="answer" in fields and _looks(fields["answer"]),
        within_months=fields["within"].number(1, 120) if "within" in fields else None,
        when=_condition(fields.get("when")),
        for_person_only="audience" in fields and _is_personal(fields["audience"]),
        replaces=_list(fields.get("replaces")),
        sources=_list(fields.get("sources")),
    )


def read_remediation(fields: Mapping[str, Cursor], language: str) -> Remediation:
    """Return how a finding is mended, from the fields of a check or of a core instance."""
    confidence = fields["confidence"].one_of(Confidence, Confidence.LOW) if "confidence" in fields else None
    return Remediation(
        minutes=fields["minutes"].number(1, 600) if "minutes" in fields else 1,
        steps=_steps(fields.get("steps"), language),
        settings_url=fields["settings"].link() if "settings" in fields else None,
        help_url=fields["help"].link() if "help" in fields else None,
        sourced=_date(fields.get("sourced"), _MONTH, "2026-03"),
        verified=_date(fields.get("verified"), _DAY, "2026-03-17"),
        confidence=confidence or Confidence.LOW,
    )


def _choices(check: Cursor, fields: Mapping[str, Cursor], language: str, kind: Kind) -> tuple[Choice, ...]:
    cursor = fields.get("choices")
    if kind is Kind.DATE:
        if cursor:
            cursor.problem(N_("a date has no choices"))
        return ()
    if cursor is None:
        if kind is Kind.CHOICE:
            check.problem(N_("“{key}” is missing"), key="choices")
        return ()
    if cursor.node.content == "yes-no":
        good = fields["good"].words() if "good" in fields else ""
        if good not in _YES_NO:
            check.problem(N_("“{key}” is missing"), key="good: yes / no")
        everyone = frozenset(Purpose)
        return tuple(
            Choice(word, text, everyone if word == good else frozenset()) for word, text in _YES_NO.items()
        )
    choices = tuple(_choice(name, entry, language) for name, entry in cursor.entries().items())
    if kind is Kind.CHOICE and not any(choice.good for choice in choices):
        cursor.problem(N_("no choice is good"))
    return choices


def _choice(name: str, cursor: Cursor, language: str) -> Choice:
    reserved = name in _RESERVED_CHOICES and name != "passkey"
    if reserved or not _CHOICE_ID.fullmatch(name):
        cursor.problem(N_("“{id}” cannot be the id of a choice"), id=name)
    fields = cursor.fields(frozenset({"text", "good", "severity"}), frozenset({"text"}))
    return Choice(
        name,
        fields["text"].text(language) if "text" in fields else same(name),
        _purposes(fields["good"]) if "good" in fields else frozenset(),
        _severity(fields.get("severity")),
    )


def _purposes(cursor: Cursor) -> frozenset[Purpose]:
    if isinstance(cursor.node.content, str):
        return frozenset(Purpose) if cursor.flag() else frozenset()
    return frozenset(item.one_of(Purpose, Purpose.PERSONAL) for item in cursor.items())


def _severity(cursor: Cursor | None) -> Severity | None:
    return cursor.one_of(Severity, Severity.INFO, _SEVERITIES) if cursor else None


def _steps(cursor: Cursor | None, language: str) -> tuple[Steps, ...]:
    if cursor is None:
        return ()
    content = cursor.node.content
    if isinstance(content, Mapping) and content.keys() & set(PLATFORMS):
        fields = cursor.fields(frozenset(PLATFORMS))
        return tuple(
            Steps(name, entry.texts(language)) for name, entry in fields.items() if name in PLATFORMS
        )
    return (Steps(None, cursor.texts(language)),)


def _condition(cursor: Cursor | None) -> Condition | None:
    if cursor is None:
        return None
    words = cursor.words()
    try:
        return parse_condition(words)
    except ConditionSyntaxError as error:
        cursor.problem(N_("the condition is not understood near “{near}”"), near=str(error) or words[-10:])
        return None


def _looks(cursor: Cursor) -> bool:
    words = cursor.words()
    if words not in ("memory", "look"):
        cursor.problem(N_("“{value}” is not one of {allowed}"), value=words, allowed="memory, look")
    return words == "look"


def _is_personal(cursor: Cursor) -> bool:
    words = cursor.words()
    if words not in ("personal", "any"):
        cursor.problem(N_("“{value}” is not one of {allowed}"), value=words, allowed="personal, any")
    return words == "personal"


def _date(cursor: Cursor | None, pattern: re.Pattern[str], example: str) -> str | None:
    if cursor is None or cursor.is_null:
        return None
    return cursor.matching(pattern, example) or None


def _list(cursor: Cursor | None) -> tuple[str, ...]:
    return tuple(item.words() for item in cursor.items()) if cursor else ()
