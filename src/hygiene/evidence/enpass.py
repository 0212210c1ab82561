"""Enpass's JSON export: every field of an item has the moment at which its value was changed, in seconds."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from msgspec.structs import replace

from hygiene.evidence.candidates import Candidate
from hygiene.evidence.json_text import mapping, sequence, text
from hygiene.evidence.logins import (
    OF_DATED_PASSWORDS,
    Login,
    between,
    exactly,
    export_of,
    marked,
    steps_of,
)
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.times import day_of, export_day, moment_of
from hygiene.evidence.vault_json import recogniser, vault
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle

_NO_LOGINS = frozenset({"note", "creditcard", "identity", "license", "travel", "finance"})
_TELLING = frozenset({"template_type", "subtitle", "auto_submit"})

Field = Mapping[str, object]


def _fits(candidate: Candidate) -> bool:
    top, _, inside = candidate.keys
    is_folder = "parent_uuid" in inside
    return "items" in top and "encrypted" not in top and (is_folder or bool(_TELLING & inside))


def _read(bundle: Bundle, desk: Desk) -> Export:
    made_on = export_day(None, bundle.made_on, desk.today)
    items = map(mapping, vault(bundle, _fits, "items")[1])
    return export_of(READER.id, made_on, _logins(items, desk, made_on))


def _logins(items: Iterator[Mapping[str, object]], desk: Desk, latest: date) -> Iterator[Login]:
    for item in items:
        kind = text(item.get("category")) or text(item.get("template_type")).partition(".")[0]
        if kind not in _NO_LOGINS and not item.get("trashed") and not item.get("archived"):
            fields = [mapping(each) for each in sequence(item.get("fields"))]
            yield _login([each for each in fields if not each.get("deleted")], item, desk, latest)


def _login(fields: Sequence[Field], item: Mapping[str, object], desk: Desk, latest: date) -> Login:
    password = _first(fields, "password")
    login = Login(
        _value(_first(fields, "url")).strip(),
        (_value(_first(fields, "username")) or _value(_first(fields, "email"))).strip(),
        marked(_value(password), desk),
        steps_of(app=_value(_first(fields, "totp"))),
    )
    return _dated(login, password, item, latest) if password else login


def _dated(login: Login, password: Field, item: Mapping[str, object], latest: date) -> Login:
    changed = moment_of(password.get("value_updated_at"))
    if changed is None:
        return replace(login, changed=between(None, day_of(password.get("updated_at"), latest)))
    is_new = changed == moment_of(item.get("createdAt"))
    return replace(
        login,
        changed=exactly(day_of(password.get("value_updated_at"), latest)),
        made_at=changed if is_new else None,
    )


def _first(fields: Sequence[Field], kind: str) -> Field:
    """Return the first filled field of that kind; none is an empty one."""
    return next((each for each in fields if each.get("type") == kind and _value(each)), {})


def _value(field: Field) -> str:
    return text(field.get("value"))


READER = Reader(
    "enpass-json",
    "Enpass",
    OF_DATED_PASSWORDS,
    N_("In the app on a computer: File › Export, in the format .json."),
    recogniser(_fits),
    _read,
)
