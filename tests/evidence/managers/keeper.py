"""Keeper: JSON with the time of the last edit in seconds, and a CSV without a header."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.managers.files import encoded, object_text, table
from tests.evidence.sample import (
    APP,
    MARKED,
    TOTP,
    ExpectedLogin,
    Sample,
    just_before_midnight,
    seconds,
    until,
)

_EDITED = date(2025, 8, 30)
_LAST = seconds(just_before_midnight(_EDITED))
_HARD = 'a "quoted",\nlong ünïcode'


def _record(address: str, user: str, password: str, **changes: Any) -> dict[str, Any]:
    kept = {
        "title": "A title",
        "uid": "bm8gcmVhbCBpZA",
        "login": user,
        "password": password,
        "login_url": address,
        "notes": "",
        "$type": "login",
        "last_modified": _LAST,
        "custom_fields": {"Account ID": "1234"},
        "folders": [{"folder": "Réseaux\\Social"}],
    }
    return {key: value for key, value in {**kept, **changes}.items() if value is not None}


_CARD = {"$paymentCard": {"cardNumber": "4111111111111111", "cardSecurityCode": "123"}}
_RECORDS = [
    _record(*MARKED[:3], custom_fields={"$oneTimeCode": TOTP}),
    _record("https://hard.example", "ada", _HARD, custom_fields=None, folders=None),
    _record("https://untimed.example", "ada", "p1", last_modified=None),
    _record("https://untyped.example", "ada", "p2", **{"$type": None}),
    _record("https://no-password.example", "ada", "", last_modified=None),
    {"title": "Home", "password": "wifi", "$type": "wifiCredentials", "last_modified": _LAST},
    {"title": "Card", "$type": "bankCard", "last_modified": _LAST, "custom_fields": _CARD},
    {"title": "Note", "$type": "encryptedNotes", "notes": "text", "last_modified": _LAST},
    {"title": "File", "$type": "file", "last_modified": _LAST},
]
_LOGINS = (
    MARKED._replace(changed=until(_EDITED), second_step=APP),
    ExpectedLogin("https://hard.example", "ada", _HARD, until(_EDITED)),
    ExpectedLogin("https://untimed.example", "ada", "p1"),
    ExpectedLogin("https://untyped.example", "ada", "p2", until(_EDITED)),
    ExpectedLogin("https://no-password.example", "ada"),
)
_JSON = object_text(
    {"shared_folders": [{"path": "Shared", "uid": "s", "permissions": []}], "records": _RECORDS}
)
_CSV = table(
    "",
    [
        ("Social", "Planted", *MARKED[1:3], MARKED.address, "a note", "", "TFC:Keeper", TOTP),
        (
            "Réseaux\\Social",
            "Hard",
            "ada",
            _HARD,
            "https://hard.example/",
            "",
            "Shared",
            "Account ID",
            "1234",
        ),
        ("", "Plain", "eve", "p", "https://plain.example/", "", ""),
    ],
    quoted=True,
)
_CSV_LOGINS = (
    MARKED._replace(second_step=APP),
    ExpectedLogin("https://hard.example/", "ada", _HARD),
    ExpectedLogin("https://plain.example/", "eve", "p"),
)

SAMPLES = (
    Sample("keeper, usual", "keeper-json", _JSON, _LOGINS),
    Sample("keeper csv, usual", "keeper-csv", _CSV, _CSV_LOGINS),
    Sample("keeper csv, with a byte order mark", "keeper-csv", encoded(_CSV, "utf-8-sig"), _CSV_LOGINS),
)
