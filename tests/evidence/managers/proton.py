"""Proton Pass: a ZIP with JSON, or CSV; the times of creation and of the last edit in seconds."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.managers.files import object_text, table, zipped
from tests.evidence.sample import (
    APP,
    MADE,
    MARKED,
    PASSKEY,
    TOTP,
    ExpectedLogin,
    Sample,
    just_after_midnight,
    just_before_midnight,
    seconds,
)

from hygiene.model.dates import Interval

_CREATED, _EDITED = date(2023, 7, 12), date(2025, 8, 30)
_FIRST, _LAST = seconds(just_after_midnight(_CREATED)), seconds(just_before_midnight(_EDITED))
_BETWEEN = Interval(_CREATED, _EDITED)
_HARD = 'a "quoted",\nlong ünïcode'
_KEY = {
    "keyId": "bm8gcmVhbCBpZA",
    "content": "bm8gcmVhbCBrZXk",
    "domain": "passkey.example",
    "userName": "ada",
}


def _item(kind: str, content: dict[str, Any], **changes: Any) -> dict[str, Any]:
    kept = {
        "itemId": "bm8gcmVhbCBpZA==",
        "shareId": "bm8gcmVhbCBzaGFyZQ==",
        "data": {
            "metadata": {"name": "A name", "note": "", "itemUuid": "0a0b0c0d"},
            "extraFields": [],
            "type": kind,
            "content": content,
        },
        "state": 1,
        "aliasEmail": None,
        "contentFormatVersion": 6,
        "createTime": _FIRST,
        "modifyTime": _LAST,
        "pinned": False,
    }
    return {**kept, **changes}


def _login(address: str, user: str, password: str, **changes: Any) -> dict[str, Any]:
    urls = [address, "https://second.example/"] if address else []
    kept = {
        "itemEmail": "",
        "itemUsername": user,
        "password": password,
        "urls": urls,
        "totpUri": "",
        "passkeys": [],
    }
    return {**kept, **changes}


def _export(*items: Any, version: str = "1.31.0") -> bytes:
    vault = {"name": "Personal", "description": "", "display": {"color": 0, "icon": 0}, "items": list(items)}
    other = {"name": "Empty", "description": "", "items": []}
    return object_text(
        {
            "version": version,
            "userId": "someone",
            "encrypted": False,
            "vaults": {"vault-a": vault, "vault-b": other},
        }
    )


_USUAL = _export(
    _item("login", _login(*MARKED[:3], totpUri=TOTP, passkeys=[_KEY])),
    _item("login", _login("https://hard.example/", "", _HARD, itemEmail="ada@mail.example")),
    _item("login", _login("https://passkey.example/", "ada", "", passkeys=[_KEY])),
    _item("login", _login("", "no address", "p1")),
    _item("login", _login("https://untimed.example/", "ada", "p2"), createTime=0, modifyTime=0),
    _item("login", _login("https://trashed.example/", "ada", "p"), state=2),
    _item("login", _login("", "", "a password alone")),
    _item("note", {}),
    _item("alias", {}, aliasEmail="alias@planted.example"),
    _item("creditCard", {"cardholderName": "Ada", "number": "4111111111111111", "pin": "1234"}),
    _item(
        "identity", {"fullName": "Ada", "email": "ada@mail.example", "website": "https://identity.example"}
    ),
)
_LOGINS = (
    MARKED._replace(changed=_BETWEEN, second_step=APP | PASSKEY),
    ExpectedLogin("https://hard.example/", "ada@mail.example", _HARD, _BETWEEN),
    ExpectedLogin("https://passkey.example/", "ada", "", None, PASSKEY),
    ExpectedLogin("", "no address", "p1", _BETWEEN),
    ExpectedLogin("https://untimed.example/", "ada", "p2"),
)
_OLD_CONTENT = {"username": MARKED.user, "password": MARKED.password, "urls": [MARKED.address], "totpUri": ""}
_OLD = _export(_item("login", _OLD_CONTENT), version="1.12.3")
_ENCRYPTED = zipped(
    {"Proton Pass/data.pgp": b"-----BEGIN PGP MESSAGE-----\n\nc2VhbGVk\n-----END PGP MESSAGE-----\n"}
)

_HEADER = "type,name,url,email,username,password,note,totp,createTime,modifyTime,vault"
_TIMES = (str(_FIRST), str(_LAST))
_CARD = '{"cardholderName":"Ada","number":"4111111111111111"}'
_ROWS = [
    (
        "login",
        "Planted",
        f"{MARKED.address}, https://second.example/",
        "",
        *MARKED[1:3],
        "note",
        TOTP,
        *_TIMES,
        "Me",
    ),
    ("login", "Hard", "https://hard.example/", "ada@mail.example", "", _HARD, "", "", *_TIMES, "Me"),
    ("login", "Untimed", "https://untimed.example/", "", "ada", "p2", "", "", "", "", "Me"),
    ("note", "A note", "", "", "", "", "text", "", *_TIMES, "Me"),
    ("alias", "An alias", "", "alias@planted.example", "", "", "", "", *_TIMES, "Me"),
    ("creditCard", "A card", "", "", "", "", _CARD, "", *_TIMES, "Me"),
]
_CSV_LOGINS = (MARKED._replace(changed=_BETWEEN, second_step=APP), *_LOGINS[1:2], *_LOGINS[4:5])
_OLD_HEADER = "type,name,url,username,password,note,totp,createTime,modifyTime"
_OLD_ROWS = [(*row[:3], row[3] or row[4], *row[5:10]) for row in _ROWS]

SAMPLES = (
    Sample(
        "proton, usual", "protonpass-json", zipped({"Proton Pass/data.json": _USUAL}), _LOGINS, made_on=MADE
    ),
    Sample("proton, unpacked", "protonpass-json", _USUAL, _LOGINS),
    Sample(
        "proton, before addresses had a place", "protonpass-json", _OLD, (MARKED._replace(changed=_BETWEEN),)
    ),
    Sample("proton, encrypted", "protonpass-json", _ENCRYPTED, refused=True),
    Sample("proton csv, usual", "protonpass-csv", table(_HEADER, _ROWS), _CSV_LOGINS),
    Sample(
        "proton csv, before there were vaults", "protonpass-csv", table(_OLD_HEADER, _OLD_ROWS), _CSV_LOGINS
    ),
    Sample("proton csv, no items kept", "protonpass-csv", table(_HEADER)),
)
