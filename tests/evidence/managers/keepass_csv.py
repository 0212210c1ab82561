"""The CSV of KeePassXC (with the moments of creation and of the last edit) and of KeePass (without)."""

from __future__ import annotations

from datetime import date

from tests.evidence.managers.files import encoded, table
from tests.evidence.sample import (
    APP,
    MARKED,
    TOTP,
    ExpectedLogin,
    Sample,
    iso,
    just_after_midnight,
    just_before_midnight,
    until,
)

from hygiene.model.dates import Interval

_HEADER = (
    "Group",
    "Title",
    "Username",
    "Password",
    "URL",
    "Notes",
    "TOTP",
    "Icon",
    "Last Modified",
    "Created",
)
_CREATED, _EDITED = date(2019, 6, 16), date(2025, 8, 30)
_FIRST, _LAST = iso(just_after_midnight(_CREATED)), iso(just_before_midnight(_EDITED))
_BETWEEN = Interval(_CREATED, _EDITED)
_HARD = 'a "quoted",\nlong ünïcode \\'


def _row(
    address: str, user: str, password: str, totp: str = "", edited: str = _LAST, created: str = _FIRST
) -> list[str]:
    return ["Root/Réseaux", "A title", user, password, address, "two\nlines", totp, "0", edited, created]


_ROWS = [
    _row(*MARKED[:3], TOTP),
    _row("https://hard.example", "ada", _HARD),
    _row("https://untimed.example", "ada", "p1", "", "", ""),
    _row("https://edited.example", "ada", "p2", "", _LAST, ""),
    _row("https://upside.example", "ada", "p3", "", _FIRST, _LAST),
    _row("https://ancient.example", "ada", "p4", "", "1970-01-01T00:00:00Z", "1970-01-01T00:00:00Z"),
    _row("", "", "a password alone"),
]
_LOGINS = (
    MARKED._replace(changed=_BETWEEN, second_step=APP),
    ExpectedLogin("https://hard.example", "ada", _HARD, _BETWEEN),
    ExpectedLogin("https://untimed.example", "ada", "p1"),
    ExpectedLogin("https://edited.example", "ada", "p2", until(_EDITED)),
    ExpectedLogin("https://upside.example", "ada", "p3", until(_CREATED)),
    ExpectedLogin("https://ancient.example", "ada", "p4"),
)
_USUAL = table(_HEADER, _ROWS, quoted=True)
_OLD = table(_HEADER[:6], [row[:6] for row in _ROWS], quoted=True)
_OLD_LOGINS = tuple(ExpectedLogin(*login[:3]) for login in _LOGINS)

# KeePass writes a quotation mark within a cell as \" and a backslash as \\ (its help: “File Format: CSV”).
_KEEPASS = (
    '"Account","Login Name","Password","Web Site","Comments"\r\n'
    f'"Planted","{MARKED.user}","{MARKED.password}","{MARKED.address}","two\r\nlines"\r\n'
    '"Hard","ada","a \\"quoted\\", back\\\\slash ü","https://hard.example",""\r\n'
    '"A note","","","","text"\r\n'
).encode()
_KEEPASS_LOGINS = (MARKED, ExpectedLogin("https://hard.example", "ada", 'a "quoted", back\\slash ü'))

SAMPLES = (
    Sample("keepassxc csv, usual", "keepassxc-csv", _USUAL, _LOGINS),
    Sample("keepassxc csv, with a byte order mark", "keepassxc-csv", encoded(_USUAL, "utf-8-sig"), _LOGINS),
    Sample("keepassxc csv, before there were dates", "keepassxc-csv", _OLD, _OLD_LOGINS),
    Sample("keepassxc csv, no entries", "keepassxc-csv", table(_HEADER, quoted=True)),
    Sample("keepass csv, usual", "keepass-csv", _KEEPASS, _KEEPASS_LOGINS),
)
