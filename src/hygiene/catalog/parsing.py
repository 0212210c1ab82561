"""A checklist file: YAML bytes to a `Checklist`, every problem at once. See docs/checklist-format.md."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from hygiene.catalog.check_fields import (
    CHECK_KEYS,
    CORE_KEYS,
    ID,
    REMEDIATION_KEYS,
    read,
    read_check,
    read_remediation,
    read_revision,
    read_severity,
    read_words,
)
from hygiene.catalog.cursor import Cursor
from hygiene.catalog.problems import Problems
from hygiene.catalog.tree import parse_tree
from hygiene.engine.conditions import names_in
from hygiene.language import N_
from hygiene.model.checklist import Check, Checklist, Condition, Every, Is, Kind, Not, Some, Trust
from hygiene.model.text import Text, same

FORMAT = 1
RESERVED_LISTS = frozenset(
    [
        "habits",
        "mailbox",
        "work-mailbox",
        "phone",
        "passwords",
        "facebook",
        "instagram",
        "x",
        "linkedin",
        "google",
        "microsoft",
        "apple",
        "tiktok",
        "whatsapp",
        "snapchat",
        "reddit",
        "discord",
        "telegram",
        "signal",
        "mastodon",
        "bluesky",
        "threads",
        "pinterest",
        "github",
        "amazon",
        "paypal",
        "other",
        "setup",
        "you",
    ]
)

_VERSION = re.compile(r"\d{4}\.\d{1,2}(\.\d+)?")
_CHECK_ID = re.compile(r"[a-z][a-z0-9-]{0,31}\.[a-z][a-z0-9-]{0,47}")
_FILE_KEYS = frozenset(
    {"format", "id", "version", "language", "title", "network", "domains", "sources", "core", "checks"}
)


class Origin(Struct, frozen=True):
    """Where a checklist comes from, and the name that its id must carry.

    Attributes:
        prefix: `my-` for a person's own file; empty for bundled ones.
    """

    trust: Trust
    publisher: str
    prefix: str = ""


BUNDLED = Origin(Trust.BUNDLED, "hygiene")
OWN_FILE = Origin(Trust.FILE, "", "my-")


def parse_checklist(data: bytes, file: str, core: Mapping[str, Check], origin: Origin) -> Checklist:
    """Return the checklist in a file.

    Args:
        data: the file's bytes.
        file: what to call it in problems.
        core: the shared core questions, by name.
        origin: where it comes from.

    Raises:
        FaultyFileError: with everything that is wrong in it.
    """
    problems = Problems(file)
    checklist = read_checklist(data, problems, core, origin)
    problems.raise_if_any()
    return checklist


def read_checklist(data: bytes, problems: Problems, core: Mapping[str, Check], origin: Origin) -> Checklist:
    """As `parse_checklist`, but noting the problems and going on as far as it can.

    Raises:
        FaultyFileError: the file is not even YAML.
    """
    root = Cursor(parse_tree(data, problems.file), "", problems)
    fields = root.fields(_FILE_KEYS, frozenset({"format", "id", "version", "title"}))
    read(fields, "format", lambda each: each.number(FORMAT, FORMAT), FORMAT)
    language = read(fields, "language", Cursor.words, "en")
    list_id = _list_id(fields, origin)
    own = _read_checks(fields.get("checks"), list_id, language)
    instances = tuple(_instances(fields.get("core"), list_id, language, core))
    for check in own:
        if any(check.id == each.id for each in instances):
            root.problem(N_("the id “{id}” stands here twice"), id=check.id)
    checks = (*instances, *own)
    if not checks:
        root.problem(N_("no checks"))
    _report_unknown_names(checks, root)
    return Checklist(
        id=list_id,
        version=read(fields, "version", lambda each: each.matching(_VERSION, "2026.11"), ""),
        language=language,
        title=read(fields, "title", lambda each: each.text(language), same(list_id)),
        checks=checks,
        network=read(fields, "network", lambda each: each.matching(ID, "instagram"), None),
        domains=read(fields, "domains", read_words, ()),
        sources=read(fields, "sources", read_words, ()),
        publisher=origin.publisher,
        trust=origin.trust,
        digest=f"sha256:{hashlib.sha256(data).hexdigest()}",
    )


def parse_core(data: bytes, file: str) -> Mapping[str, Check]:
    """Return the shared core questions by name; they have no steps of their own.

    Raises:
        FaultyFileError: with everything that is wrong in it.
    """
    return {check.id: check for check in _parse_shared(data, file, "")}


def parse_setup(data: bytes, file: str) -> Mapping[str, Check]:
    """Return the questions before the first check, by id (`setup.networks`).

    Raises:
        FaultyFileError: with everything that is wrong in it.
    """
    return {check.id: check for check in _parse_shared(data, file, "setup")}


def _parse_shared(data: bytes, file: str, list_id: str) -> tuple[Check, ...]:
    problems = Problems(file)
    root = Cursor(parse_tree(data, file), "", problems)
    fields = root.fields(frozenset({"format", "language", "checks"}), frozenset({"checks", "language"}))
    language = fields["language"].words() if "language" in fields else "en"
    checks = _read_checks(fields.get("checks"), list_id, language, shared=True)
    problems.raise_if_any()
    return checks


def _list_id(fields: Mapping[str, Cursor], origin: Origin) -> str:
    if "id" not in fields:
        return ""
    cursor = fields["id"]
    list_id = cursor.matching(ID, "instagram")
    if not list_id.startswith(origin.prefix):
        cursor.problem(N_("the id must begin with “{prefix}”"), prefix=origin.prefix)
    elif origin is not BUNDLED and list_id in RESERVED_LISTS:
        cursor.problem(N_("“{id}” is reserved"), id=list_id)
    return list_id


def _read_checks(
    cursor: Cursor | None, list_id: str, language: str, *, shared: bool = False
) -> tuple[Check, ...]:
    if cursor is None:
        return ()
    checks: dict[str, Check] = {}
    for item in cursor.items():
        fields = item.fields(CORE_KEYS if shared else CHECK_KEYS)
        check = read_check(item, fields, language)
        if not shared:
            _report_undecidable(check, item)
        if list_id:
            check = replace(check, id=f"{list_id}.{check.id}")
        if check.id in checks:
            item.problem(N_("the id “{id}” stands here twice"), id=check.id)
        checks[check.id] = check
    return tuple(checks.values())


def _report_undecidable(check: Check, item: Cursor) -> None:
    """What shared questions may leave open, a checklist may not: no answer would decide such a check."""
    if check.kind is Kind.TEXT:
        item.problem(N_("“{value}” is not one of {allowed}"), value="text", allowed="choice, many, date")
    if check.kind is Kind.DATE and check.within_months is None:
        item.problem(N_("“{key}” is missing"), key="within")
    if check.kind is Kind.MANY and not check.choices:
        item.problem(N_("“{key}” is missing"), key="choices")


def _instances(
    cursor: Cursor | None, list_id: str, language: str, core: Mapping[str, Check]
) -> Iterator[Check]:
    """Yield the core questions that this network takes up, in the order in which they are written once."""
    if cursor is None:
        return
    entries = cursor.entries()
    for name, entry in entries.items():
        if name not in core:
            entry.problem(N_("“{value}” is not one of {allowed}"), value=name, allowed=", ".join(core))
    for name, question in core.items():
        if name in entries:
            yield _instance(entries[name], question, list_id, language)


def _instance(entry: Cursor, question: Check, list_id: str, language: str) -> Check:
    fields = entry.fields(REMEDIATION_KEYS | {"severity", "question", "risk", "revision"})

    def text(each: Cursor) -> Text:
        return each.text(language)

    return replace(
        question,
        id=f"{list_id}.{question.id}",
        core_id=question.id,
        severity=read(fields, "severity", read_severity, question.severity),
        question=read(fields, "question", text, question.question),
        risk=read(fields, "risk", text, question.risk),
        revision=read(fields, "revision", read_revision, question.revision),
        when=_anchored(question.when, list_id) if question.when else None,
        remediation=read_remediation(fields, language),
    )


def _anchored(condition: Condition, list_id: str) -> Condition:
    """Return the condition with `.two-factor` meaning the check of this checklist."""
    match condition:
        case Is(name, values):
            return Is(f"{list_id}{name}" if name.startswith(".") else name, values)
        case Not(operand):
            return Not(_anchored(operand, list_id))
        case Every(operands):
            return Every(tuple(_anchored(operand, list_id) for operand in operands))
        case _:
            return Some(tuple(_anchored(operand, list_id) for operand in condition.operands))


def _report_unknown_names(checks: tuple[Check, ...], root: Cursor) -> None:
    """A condition may name a check of this file or of another, but never a word that is neither."""
    ids = {check.id for check in checks}
    lists = {check.id.partition(".")[0] for check in checks}
    for check in checks:
        for name in names_in(check.when) if check.when else ():
            elsewhere = _CHECK_ID.fullmatch(name) and name.partition(".")[0] not in lists
            if name not in ids and name not in ("purpose", "platform") and not elsewhere:
                root.problem(
                    N_("the condition of {check} names “{name}”, which is not known"),
                    check=check.id,
                    name=name,
                )
