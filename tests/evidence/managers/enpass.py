"""Enpass: JSON in which every field has its own times in seconds, and a CSV of pairs of labels and values."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.managers.files import object_text, table
from tests.evidence.sample import (
    APP,
    MARKED,
    TOTP,
    ExpectedLogin,
    Sample,
    just_after_midnight,
    just_before_midnight,
    on,
    seconds,
)

_CHANGED, _EDITED = date(2023, 5, 6), date(2025, 8, 30)
_EARLY, _LATE = seconds(just_after_midnight(_CHANGED)), seconds(just_before_midnight(_CHANGED))
_LAST = seconds(_EDITED)
_HARD = 'a "quoted",\nlong ünïcode'


def _field(kind: str, value: str, changed: int = _LAST, **changes: Any) -> dict[str, Any]:
    kept = {
        "deleted": 0,
        "label": kind.title(),
        "order": 1,
        "sensitive": int(kind == "password"),
        "type": kind,
        "uid": 10,
        "updated_at": _LAST,
        "value": value,
        "value_updated_at": changed,
    }
    return {**kept, **changes}


def _item(address: str, user: str, *fields: dict[str, Any], **changes: Any) -> dict[str, Any]:
    kept = {
        "archived": 0,
        "category": "login",
        "createdAt": seconds(date(2019, 1, 2)),
        "favorite": 0,
        "fields": [
            _field("username", user),
            *fields,
            _field("url", address),
            _field("url", "https://second.example", label="Second"),
            _field("section", ""),
            _field("text", "an answer", label="Security answer", sensitive=1),
        ],
        "note": "",
        "subtitle": "",
        "template_type": "login.default",
        "title": "A title",
        "trashed": 0,
        "updated_at": _LAST,
        "uuid": "00000000-0000-4000-8000-000000000001",
    }
    return {**kept, **changes}


_EMPTY_URL = [_field("username", ""), _field("password", "a password alone"), _field("url", "")]
_JSON = object_text(
    {
        "folders": [{"icon": "1008", "parent_uuid": "", "title": "Social", "uuid": "f"}],
        "items": [
            _item(
                MARKED.address, MARKED.user, _field("password", MARKED.password, _EARLY), _field("totp", TOTP)
            ),
            _item("https://late.example", "ada", _field("password", _HARD, _LATE), _field("totp", "")),
            _item(
                "https://mail.example",
                "",
                _field("email", "ada@mail.example"),
                _field("password", "p1", _EARLY),
            ),
            _item(
                "https://deleted.example",
                "ada",
                _field("password", "deleted", _LAST, deleted=1),
                _field("password", "p2", _EARLY),
            ),
            _item("https://empty.example", "ada", _field("password", "", _EARLY)),
            _item("https://trashed.example", "ada", _field("password", "p"), trashed=1),
            _item("", "", fields=_EMPTY_URL),
            {key: value for key, value in _item("", "", title="No fields").items() if key != "fields"},
            _item("", "", category="note", fields=[], template_type="note.default"),
            _item("", "", category="creditcard", fields=[_field("ccNumber", "4111111111111111")]),
        ],
    }
)
_LOGINS = (
    MARKED._replace(changed=on(_CHANGED), second_step=APP),
    ExpectedLogin("https://late.example", "ada", _HARD, on(_CHANGED)),
    ExpectedLogin("https://mail.example", "ada@mail.example", "p1", on(_CHANGED)),
    ExpectedLogin("https://deleted.example", "ada", "p2", on(_CHANGED)),
    ExpectedLogin("https://empty.example", "ada"),
)
_CSV = table(
    ("Title", "Field", "Value", "Field", "Value", ".........", "Note"),
    [
        (
            "Planted",
            "Username",
            MARKED.user,
            "E-mail",
            "",
            "*Password",
            MARKED.password,
            "Website",
            MARKED.address,
            "TOTP",
            TOTP,
            "",
        ),
        ("Hard", "Username", "ada", "*Password", _HARD, "Website", "https://hard.example", "a note"),
        ("Card", "Cardholder", "Ada", "Number", "4111111111111111", "Expiry date", "01/30", ""),
        ("A note", "several\nlines"),
    ],
    quoted=True,
)
_WITHOUT_HEADER = _CSV[_CSV.index(b"\n") + 1 :]
_CSV_LOGINS = (MARKED._replace(second_step=APP), ExpectedLogin("https://hard.example", "ada", _HARD))

SAMPLES = (
    Sample("enpass, usual", "enpass-json", _JSON, _LOGINS),
    Sample("enpass csv, usual", "enpass-csv", _CSV, _CSV_LOGINS),
    Sample("enpass csv, without a header", "enpass-csv", _WITHOUT_HEADER, _CSV_LOGINS),
)
