"""A checklist file: YAML bytes to a `Checklist`, every problem at once. See docs/checklist-format.md."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct
from msgspec.structs import replace

from hygiene.catalog.check_fields import (
    CHECK_ID,
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
from hygiene.catalog.cursor import LANGUAGE, Cursor
from hygiene.catalog.list_names import NO_LISTS, RESERVED_LISTS
from hygiene.catalog.problems import Problems
from hygiene.catalog.tree import parse_tree
from hygiene.engine.conditions import names_in
from hygiene.language import N_
from hygiene.model.checklist import Check, Checklist, Condition, Every, Is, Kind, Not, Some, Trust
from hygiene.model.text import Text, same

FORMAT = 1
VERSION = re.compile(r"[0-9]{4}\.[0-9]{1,2}(\.[0-9]+)?")
DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")
FILE_KEYS = frozenset(
    {"format", "id", "version", "language", "title", "network", "domains", "sources", "core", "checks"}
)
REQUIRED_FILE_KEYS = frozenset({"format", "id", "version", "title"})
SHARED_KEYS = frozenset({"format", "language", "checks"})
REQUIRED_SHARED_KEYS = frozenset({"checks", "language"})
KINDS = (Kind.CHOICE, Kind.MANY, Kind.DATE)
"""The forms of question that a checklist may ask; the others belong to the questions before it."""
SETUP_LIST = "setup"
INSTANCE_KEYS = REMEDIATION_KEYS | {"severity", "question", "risk", "revision"}


class Placed(Struct, frozen=True):
    """A check, and the place of the file where it stands."""

    check: Check
    at: Cursor


class Draft(Struct, frozen=True):
    """A checklist as far as it could be read, for those who remark on it."""

    root: Cursor
    checklist: Checklist
    placed: tuple[Placed, ...]


class Origin(Struct, frozen=True):
    """Where a checklist comes from, and the name that its id must carry.

    Attributes:
        publisher: who is named as its author; the organisation's name for a source or a managed folder.
        prefix: `my-` for a person's own file, `acme-` for those of a source; empty for bundled ones.
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
    draft = read_draft(Cursor(parse_tree(data, file), "", problems), core, origin)
    problems.raise_if_any()
    return digested(draft.checklist, data)


def digested(checklist: Checklist, data: bytes) -> Checklist:
    """Return a checklist that says which bytes it was read from."""
    return replace(checklist, digest=f"sha256:{hashlib.sha256(data).hexdigest()}")


def read_draft(root: Cursor, core: Mapping[str, Check], origin: Origin) -> Draft:
    """As `parse_checklist`, from a file's tree, but noting the problems and going on as far as it can."""
    fields = root.fields(FILE_KEYS, REQUIRED_FILE_KEYS)
    read(fields, "format", lambda each: each.number(FORMAT, FORMAT), FORMAT)
    language = read(fields, "language", read_language, "en")
    list_id = _list_id(fields, origin)
    placed = (
        *_instances(_core(fields, origin), list_id, language, core),
        *_read_checks(fields.get("checks"), list_id, language),
    )
    if not placed:
        root.problem(N_("no checks"))
    _report_twins(placed)
    _report_unknown_names(placed)
    checklist = Checklist(
        id=list_id,
        version=read(fields, "version", lambda each: each.matching(VERSION, "2026.11"), ""),
        language=language,
        title=read(fields, "title", lambda each: each.text(language), same(list_id)),
        checks=tuple(each.check for each in placed),
        network=read(fields, "network", lambda each: each.matching(ID, "instagram"), None),
        domains=read(fields, "domains", _domains, ()),
        sources=read(fields, "sources", read_words, ()),
        publisher=origin.publisher,
        trust=origin.trust,
    )
    return Draft(root, checklist, placed)


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
    return {check.id: check for check in _parse_shared(data, file, SETUP_LIST)}


def _parse_shared(data: bytes, file: str, list_id: str) -> tuple[Check, ...]:
    problems = Problems(file)
    draft = read_shared(Cursor(parse_tree(data, file), "", problems), list_id)
    problems.raise_if_any()
    return draft.checklist.checks


def read_shared(root: Cursor, list_id: str) -> Draft:
    """Return the questions of `_core.yaml` or `_setup.yaml`, noting the problems and going on."""
    fields = root.fields(SHARED_KEYS, REQUIRED_SHARED_KEYS)
    language = read(fields, "language", read_language, "en")
    placed = _read_checks(fields.get("checks"), list_id, language, shared=True)
    _report_twins(placed)
    checks = tuple(each.check for each in placed)
    return Draft(root, Checklist(list_id, "", language, same(list_id), checks), placed)


def read_language(cursor: Cursor) -> str:
    """Return a language code."""
    return cursor.matching(LANGUAGE, "en")


def _domains(cursor: Cursor) -> tuple[str, ...]:
    return tuple(item.matching(DOMAIN, "instagram.com") for item in cursor.items())


def _list_id(fields: Mapping[str, Cursor], origin: Origin) -> str:
    if "id" not in fields:
        return ""
    cursor = fields["id"]
    list_id = cursor.matching(ID, "instagram")
    if not list_id.startswith(origin.prefix):
        cursor.problem(N_("the id must begin with “{prefix}”"), prefix=origin.prefix)
    elif list_id in NO_LISTS or (origin is not BUNDLED and list_id in RESERVED_LISTS):
        cursor.problem(N_("“{id}” is reserved"), id=list_id)
    return list_id


def _read_checks(
    cursor: Cursor | None, list_id: str, language: str, *, shared: bool = False
) -> tuple[Placed, ...]:
    placed = []
    for item in cursor.items() if cursor else ():
        check = read_check(item, item.fields(CORE_KEYS if shared else CHECK_KEYS), language)
        if not shared:
            _report_undecidable(check, item)
        placed.append(Placed(replace(check, id=f"{list_id}.{check.id}") if list_id else check, item))
    return tuple(placed)


def _report_twins(placed: Iterable[Placed]) -> None:
    met: set[str] = set()
    for each in placed:
        if each.check.id in met:
            each.at.problem(N_("the id “{id}” stands here twice"), id=each.check.id)
        met.add(each.check.id)


def _report_undecidable(check: Check, item: Cursor) -> None:
    """What shared questions may leave open, a checklist may not: no answer would decide such a check."""
    if check.kind not in KINDS:
        allowed = ", ".join(KINDS)
        item.problem(N_("“{value}” is not one of {allowed}"), value=check.kind.value, allowed=allowed)
    if check.kind is Kind.DATE and check.within_months is None:
        item.problem(N_("“{key}” is missing"), key="within")
    if check.kind is Kind.MANY and not check.choices:
        item.problem(N_("“{key}” is missing"), key="choices")


def _core(fields: Mapping[str, Cursor], origin: Origin) -> Cursor | None:
    cursor = fields.get("core")
    if origin is BUNDLED or cursor is None or not cursor.entries():
        return cursor
    cursor.problem(N_("only the lists that come with the program hold core questions"))
    return None


def _instances(
    cursor: Cursor | None, list_id: str, language: str, core: Mapping[str, Check]
) -> Iterator[Placed]:
    """Yield the core questions that this network takes up, in the order in which they are written once."""
    if cursor is None:
        return
    entries = cursor.entries()
    for name, entry in entries.items():
        if name not in core:
            entry.problem(N_("“{value}” is not one of {allowed}"), value=name, allowed=", ".join(core))
    for name, question in core.items():
        if name in entries:
            yield Placed(_instance(entries[name], question, list_id, language), entries[name])


def _instance(entry: Cursor, question: Check, list_id: str, language: str) -> Check:
    fields = entry.fields(INSTANCE_KEYS)

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


def _report_unknown_names(placed: Iterable[Placed]) -> None:
    """A condition may name a check of this file or of another, but never a word that is neither."""
    ids = {each.check.id for each in placed}
    lists = {check_id.partition(".")[0] for check_id in ids}
    for check, at in ((each.check, each.at) for each in placed):
        for name in names_in(check.when) if check.when else ():
            elsewhere = CHECK_ID.fullmatch(name) and name.partition(".")[0] not in lists
            if name not in ids and name not in ("purpose", "platform") and not elsewhere:
                (at.entries().get("when") or at).problem(
                    N_("the condition of {check} names “{name}”, which is not known"),
                    check=check.id,
                    name=name,
                )
