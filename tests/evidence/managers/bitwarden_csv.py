"""Bitwarden's CSV: logins and notes, no dates; several addresses in one cell, with commas between them."""

from __future__ import annotations

from tests.evidence.managers.files import encoded, table
from tests.evidence.sample import APP, MARKED, TOTP, ExpectedLogin, Sample

_HEADER = "folder,favorite,type,name,notes,fields,reprompt,login_uri,login_username,login_password,login_totp"
_TWO = "https://two.example/in,https://second.example"
_HARD = 'a "quoted",\nlong ünïcode'
_ROWS = [
    ("Social", "1", "login", "Planted", "", "", "0", *MARKED[:3], TOTP),
    ("", "", "login", "Two", "a note", "PIN: 1234\nOld: 5", "0", _TWO, "ada", _HARD, ""),
    ("", "", "login", "App", "", "", "0", "androidapp://com.planted.app", "ada", MARKED.password, ""),
    ("", "", "login", "Nowhere", "", "", "0", "", "no address", "p", ""),
    ("", "", "note", "A note", "several\nlines", "", "0", "", "", "", ""),
    ("", "", "login", "Nobody", "", "", "0", "", "", "a password alone", ""),
]
_LOGINS = (
    MARKED._replace(second_step=APP),
    ExpectedLogin("https://two.example/in", "ada", _HARD),
    ExpectedLogin("androidapp://com.planted.app", "ada", MARKED.password),
    ExpectedLogin("", "no address", "p"),
)
_OLD = table(_HEADER.replace("reprompt,", ""), [(*row[:6], *row[7:]) for row in _ROWS])
_ORGANISATION = table(
    _HEADER.replace("folder,favorite", "collections"),
    [("Everyone,Some", *row[2:]) for row in _ROWS],
    end="\r\n",
)
_USUAL = table(_HEADER, _ROWS)

SAMPLES = (
    Sample("bitwarden csv, usual", "bitwarden-csv", _USUAL, _LOGINS),
    Sample("bitwarden csv, UTF-16", "bitwarden-csv", encoded(_USUAL, "utf-16"), _LOGINS),
    Sample("bitwarden csv, before the repeated question", "bitwarden-csv", _OLD, _LOGINS),
    Sample("bitwarden csv, an organisation's", "bitwarden-csv", _ORGANISATION, _LOGINS),
    Sample("bitwarden csv, no items kept", "bitwarden-csv", table(_HEADER)),
)
