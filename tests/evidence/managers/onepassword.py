"""1Password: 1PUX (a ZIP; times in seconds, at times in milliseconds) and the CSV of several versions."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.managers.files import object_text, table, zipped
from tests.evidence.sample import (
    APP,
    MADE,
    MARKED,
    TOTP,
    ExpectedLogin,
    Sample,
    just_after_midnight,
    just_before_midnight,
    milliseconds,
    on,
    seconds,
    until,
)

from hygiene.model.dates import Interval

_EXPORTED, _AFTER = date(2026, 11, 3), date(2026, 11, 6)
_CREATED, _CHANGED, _UPDATED = date(2018, 3, 4), date(2023, 5, 6), date(2025, 9, 10)
_BETWEEN = Interval(_CREATED, _UPDATED)
_EARLY, _LATE = seconds(just_after_midnight(_CHANGED)), milliseconds(just_before_midnight(_CHANGED))
_FIRST = seconds(date(2020, 1, 1))


def _field(value: Any, designation: str = "", name: str = "") -> dict[str, Any]:
    return {"value": value, "id": "", "name": name, "fieldType": "T", "designation": designation}


def _section(**value: str) -> dict[str, Any]:
    return {
        "title": "Security",
        "name": "Section_0",
        "fields": [{"title": "a field", "id": "TOTP_0", "value": value, "guarded": False}],
    }


def _details(user: str, password: str, history: Any = (), sections: Any = ()) -> dict[str, Any]:
    return {
        "loginFields": [
            _field({"checked": True}, name="remember"),
            _field(user, "username"),
            _field(password, "password"),
        ],
        "notesPlain": "a note",
        "sections": list(sections),
        "passwordHistory": [{"value": value, "time": time} for value, time in history],
    }


def _item(address: str, details: dict[str, Any], **changes: Any) -> dict[str, Any]:
    kept = {
        "uuid": "abcdefghijklmnopqrstuvwxyz",
        "favIndex": 0,
        "createdAt": seconds(_CREATED),
        "updatedAt": seconds(_UPDATED),
        "state": "active",
        "categoryUuid": "001",
        "details": details,
        "overview": {
            "subtitle": "",
            "title": "A title",
            "url": address,
            "urls": [{"label": "", "url": url} for url in (address, "https://second.example") if address],
            "ps": 90,
            "pbe": 86.1,
            "tags": [],
            "watchtowerExclusions": None,
        },
    }
    return {**kept, **changes}


def _data(*items: Any) -> bytes:
    vault = {"attrs": {"uuid": "v", "desc": "", "name": "Private", "type": "P"}, "items": list(items)}
    attributes = {
        "accountName": "Ada",
        "email": "ada@mail.example",
        "domain": "https://my.1password.example/",
    }
    return object_text({"accounts": [{"attrs": attributes, "vaults": [vault]}]})


def _attributes(time: int | None) -> bytes:
    version = {"version": 3, "description": "1Password Unencrypted Export", "createdAt": ""}
    return object_text({**version, "timestamp": time} if time else version)


def _pux(data: bytes, time: int | None = seconds(_EXPORTED)) -> bytes:
    return zipped(
        {"export.attributes": _attributes(time), "export.data": data, "files/abc__photo.jpg": b"\xff\xd8"}
    )


_ALONE = {"password": "only ä password", "passwordHistory": [], "sections": [], "notesPlain": ""}
_MARKED_DETAILS = _details(
    MARKED.user,
    MARKED.password,
    (("first", _FIRST), ("second", _EARLY)),
    (_section(concealed="x"), _section(totp=TOTP)),
)
_USUAL = _data(
    _item(MARKED.address, _MARKED_DETAILS),
    _item("https://late.example", _details("ada", "p1", (("second", _LATE), ("first", 1000 * _FIRST)))),
    _item("https://unchanged.example", _details("ada", 'a "quoted", one\n', sections=(_section(totp=""),))),
    _item("https://alone.example", _ALONE, categoryUuid="005"),
    _item("", _details("no address", "p2")),
    _item("https://zero.example", _details("ada", "p3", (("first", 0),)), createdAt=0, updatedAt=0),
    _item(
        "https://future.example",
        _details("ada", "p4"),
        updatedAt=seconds(_AFTER),
        createdAt=1,
    ),
    _item("https://archived.example", _details("ada", "p"), state="archived"),
    _item("https://trashed.example", _details("ada", "p"), trashed=True),
    _item("https://note.example", {"notesPlain": "p"}, categoryUuid="003"),
    _item("https://card.example", _details("ada", "p"), categoryUuid="002"),
    _item("https://identity.example", _details("ada", "p"), categoryUuid="004"),
    _item("", _details("", "a password alone")),
    "no item at all",
)
_USUAL_LOGINS = (
    MARKED._replace(changed=on(_CHANGED), second_step=APP),
    ExpectedLogin("https://late.example", "ada", "p1", on(_CHANGED)),
    ExpectedLogin("https://unchanged.example", "ada", 'a "quoted", one\n', _BETWEEN),
    ExpectedLogin("https://alone.example", "", "only ä password", _BETWEEN),
    ExpectedLogin("", "no address", "p2", _BETWEEN),
    ExpectedLogin("https://zero.example", "ada", "p3"),
    ExpectedLogin("https://future.example", "ada", "p4"),
)
_UNDATED_LOGINS = (*_USUAL_LOGINS[:-1], _USUAL_LOGINS[-1]._replace(changed=until(_AFTER)))


def _wrapped(item: dict[str, Any], **changes: Any) -> dict[str, Any]:
    """An item of the first versions: within another, and without a state or dates."""
    missing = {"state", "createdAt", "updatedAt"}
    return {"item": {**{key: value for key, value in item.items() if key not in missing}, **changes}}


_OLD = _data(
    _wrapped(_item(MARKED.address, _details(*MARKED[1:3])), trashed=False),
    _wrapped(_item("https://forum.example", _details("ada", "p", (("first", _EARLY),)))),
    _wrapped(_item("https://trashed.example", _details("ada", "p")), trashed=True),
    {"file": {"attrs": {"uuid": "f", "name": "photo.jpg", "type": ""}, "path": "f__photo.jpg"}},
)
_OLD_LOGINS = (MARKED, ExpectedLogin("https://forum.example", "ada", "p", on(_CHANGED)))
_ROW = {"Title": "Planted", "Url": MARKED.address, "Username": MARKED.user, "Password": MARKED.password}
_EIGHT = table(
    "Title,Url,Username,Password,OTPAuth,Favorite,Archived,Tags,Notes",
    [
        (*_ROW.values(), TOTP, "false", "false", "tag;other", "a note"),
        ("Forum", "https://forum.example", "ada", 'a "quoted", one', "", "true", "false", "", "two\nlines"),
        ("Archived", "https://archived.example", "ada", "p", "", "false", "true", "", ""),
        ("A note", "", "", "", "", "false", "false", "", "a note"),
    ],
    quoted=True,
)
_EIGHT_LOGINS = (
    MARKED._replace(second_step=APP),
    ExpectedLogin("https://forum.example", "ada", 'a "quoted", one'),
)
_FOUR = table(
    "title,notes,username,password,url",
    [("Planted", "a note", MARKED.user, MARKED.password, MARKED.address), ("A note", "text", "", "", "")],
)
_SEVEN_COLUMNS = (
    ",address,ainfo,autosubmit,email,master-password,Notes,Password,scope,section:name,"
    "Type,Title,URL,Username,uuid"
)
_SEVEN_ROW = {**_ROW, "URL": MARKED.address, "ainfo": MARKED.user, "Type": "Login", "scope": "Default"}
_SEVEN = table(_SEVEN_COLUMNS, [[_SEVEN_ROW.get(column, "") for column in _SEVEN_COLUMNS.split(",")]])

SAMPLES = (
    Sample("1pux, usual", "1pux", _pux(_USUAL), _USUAL_LOGINS, made_on=_EXPORTED),
    Sample("1pux, without its own date", "1pux", _pux(_USUAL, None), _UNDATED_LOGINS, made_on=MADE),
    Sample("1pux, the first versions", "1pux", _pux(_OLD), _OLD_LOGINS, made_on=_EXPORTED),
    Sample("1pux, no items kept", "1pux", _pux(_data()), made_on=_EXPORTED),
    Sample("1pux, cut off", "1pux", _pux(_USUAL[:4000]), refused=True),
    Sample(
        "1pux, unpacked",
        "1pux",
        {"export.attributes": _attributes(seconds(_EXPORTED)), "export.data": _USUAL},
        _USUAL_LOGINS,
        made_on=_EXPORTED,
    ),
    Sample("1password csv, version 8", "1password-csv", _EIGHT, _EIGHT_LOGINS),
    Sample("1password csv, version 4", "1password-csv", _FOUR, (MARKED,)),
    Sample("1password csv, version 7", "1password-csv", _SEVEN, (MARKED,)),
)
