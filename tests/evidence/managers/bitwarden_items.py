"""The parts of Bitwarden's JSON: a login, an item and a vault."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.sample import iso

CREATED, REVISED = date(2021, 3, 4), date(2025, 9, 10)
MILLISECONDS = ".870Z"
KEY = {
    "credentialId": "00000000-0000-4000-8000-00000000000a",
    "keyType": "public-key",
    "keyAlgorithm": "ECDSA",
    "keyCurve": "P-256",
    "keyValue": "bm8gcmVhbCBrZXk",
    "rpId": "planted.example",
    "userHandle": "bm8gaGFuZGxl",
    "userName": "ada",
    "counter": "0",
    "rpName": "planted.example",
    "userDisplayName": "ada",
    "discoverable": "true",
    "creationDate": iso(CREATED, MILLISECONDS),
}


def history(*entries: tuple[str, Any]) -> list[dict[str, Any]]:
    return [
        {"lastUsedDate": iso(moment, MILLISECONDS) if moment else None, "password": password}
        for password, moment in entries
    ]


def login_part(address: str, user: str, password: str | None, **more: Any) -> dict[str, Any]:
    addresses = [{"match": None, "uri": address}, {"match": 1, "uri": "https://second.example"}]
    return {
        "fido2Credentials": more.get("keys", []),
        "uris": addresses if address else [],
        "username": user,
        "password": password,
        "totp": more.get("totp"),
    }


def item(login: Any, **changes: Any) -> dict[str, Any]:
    kept = {
        "passwordHistory": None,
        "revisionDate": iso(REVISED, MILLISECONDS),
        "creationDate": iso(CREATED, MILLISECONDS),
        "deletedDate": None,
        "archivedDate": None,
        "id": "00000000-0000-4000-8000-000000000001",
        "organizationId": None,
        "folderId": None,
        "type": 1,
        "reprompt": 0,
        "name": "A name",
        "notes": None,
        "favorite": False,
        "fields": [],
        "login": login,
        "collectionIds": None,
    }
    return {**kept, **changes}


def undated(whole: dict[str, Any]) -> dict[str, Any]:
    dates = {"passwordHistory", "revisionDate", "creationDate", "deletedDate", "archivedDate"}
    return {key: value for key, value in whole.items() if key not in dates}


def vault(*items: Any) -> dict[str, Any]:
    return {"encrypted": False, "folders": [{"id": "f", "name": "Folder"}], "items": list(items)}


def one_by_one(*items: dict[str, Any]) -> dict[str, Any]:
    """A vault whose items were typed in, each in a minute of its own."""
    minutes = ("T12:00", *(f"T12:{minute:02}" for minute in range(1, len(items))))
    created = (
        str(each["creationDate"]).replace("T12:00", minute)
        for each, minute in zip(items, minutes, strict=True)
    )
    return vault(*({**each, "creationDate": moment} for each, moment in zip(items, created, strict=True)))
