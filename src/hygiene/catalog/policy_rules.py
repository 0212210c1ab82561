"""The part of an organisation's `policy.yaml` that changes what is asked, and how often."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from hygiene.catalog.check_fields import CHECK_ID, read, read_severity
from hygiene.catalog.cursor import Cursor
from hygiene.catalog.list_names import NO_LISTS
from hygiene.catalog.problems import Level
from hygiene.engine.ages import PASSWORD_AGE
from hygiene.language import N_
from hygiene.model.checklist import Catalogue, Severity
from hygiene.model.policy import Layer, Rules

KEPT_LIST: Final = "habits"
"""No policy takes its checks away."""

PASSWORD_MONTHS: Final = (0, 120)  # 0 is never
AUDIT_MONTHS: Final = (1, 120)


class Surroundings(Struct, frozen=True):
    """What a policy is read with.

    Attributes:
        known: the checklists that come with the program.
        source: the name that the organisation's lists begin with; None to take the file's word for it.
        files: the other files beside it, by name.
    """

    known: Catalogue
    source: str | None
    files: Mapping[str, bytes]


def read_rules(fields: Mapping[str, Cursor], name: str, around: Surroundings) -> Rules:
    """Return the organisation's layer of the policy, from the fields of the file.

    Only checks that come with the program and the organisation's own are in it: what it says of another
    one's lists, or of a person's, has no effect.
    """
    return Rules(
        Layer.ORGANISATION,
        set_by=name,
        password_months=read(fields, "password_months", lambda each: each.number(*PASSWORD_MONTHS), None),
        audit_months=read(fields, "audit_months", lambda each: each.number(*AUDIT_MONTHS), None),
        severities=read(fields, "severities", lambda each: _severities(each, around), {}),
        dropped=read(fields, "drop", lambda each: _dropped(each, around), frozenset()),
    )


def _severities(cursor: Cursor, around: Surroundings) -> Mapping[str, Severity]:
    severities = {}
    for check_id, entry in cursor.entries().items():
        severity = read_severity(entry)
        check = around.known.check(check_id)
        if _is_in_reach(check_id, entry, around):
            severities[check_id] = severity
        if check and check.for_person_only:
            entry.problem(N_("this question is for the person alone: an organisation cannot weigh it"))
        if check and check.core_id == PASSWORD_AGE and severity > Severity.LOW:
            entry.problem(N_("the age of a password never weighs more than “low”"))
    return severities


def _dropped(cursor: Cursor, around: Surroundings) -> frozenset[str]:
    dropped = set()
    for item in cursor.items():
        check_id = item.words()
        if check_id.partition(".")[0] == KEPT_LIST:
            item.problem(N_("the questions about habits stay for everyone: none of them can be left out"))
        elif _is_in_reach(check_id, item, around):
            dropped.add(check_id)
    return frozenset(dropped)


def _is_in_reach(check_id: str, cursor: Cursor, around: Surroundings) -> bool:
    """Return whether it is a check that comes with the program, or one of the organisation's own."""
    if not CHECK_ID.fullmatch(check_id):
        cursor.problem(
            N_("“{value}” is not of the form {example}"), value=check_id, example="instagram.private-account"
        )
        return False
    is_own = bool(around.source) and check_id.startswith(f"{around.source}-")
    is_bundled = check_id.partition(".")[0] not in NO_LISTS and around.known.check(check_id) is not None
    if not (is_own or is_bundled):
        reason = N_("“{id}” is neither a check of this version nor one of your lists: it is passed over")
        cursor.problem(reason, Level.WARNING, id=check_id)
    return is_own or is_bundled
