"""Passwords of Chrome, Edge, Brave and Opera: `name,url,username,password`, later with `note`; no dates."""

from __future__ import annotations

import codecs

from tests.evidence.managers.files import encoded, table
from tests.evidence.sample import MARKED, ExpectedLogin, Sample

_HEADER = "name,url,username,password,note"
_ANDROID = "android://VGhpcyBpcyBubyByZWFsIGhhc2g=@com.planted.app/"
_HARD = 'comma, "quotes" and ; semicolon'
_LINES = "first line\nsecond line"
_UNICODE = "pâßwörd-日本-🔑"
_RARE = "  spaces around, =formula() "

_USUAL = table(
    _HEADER,
    [
        ("planted.example", MARKED.address, MARKED.user, MARKED.password, ""),
        (
            "shop.example",
            "https://shop.example/sign-in?next=%2F",
            "ada@mail.example",
            _HARD,
            "a note,\nof two lines",
        ),
        ("forum.example", "https://forum.example/", "ada", _LINES, ""),
        ("münchen.example", "https://münchen.example/", "zoë", _UNICODE, ""),
        ("com.planted.app", _ANDROID, "ada@mail.example", MARKED.password, ""),
        ("rare.example", "http://rare.example:8080/", "", _RARE, ""),
        ("", "", "", "neither an address nor a user", ""),
        ("", "https://no-password.example/", "ada", "", ""),
    ],
)
_USUAL_LOGINS = (
    MARKED,
    ExpectedLogin("https://shop.example/sign-in?next=%2F", "ada@mail.example", _HARD),
    ExpectedLogin("https://forum.example/", "ada", _LINES),
    ExpectedLogin("https://münchen.example/", "zoë", _UNICODE),
    ExpectedLogin(_ANDROID, "ada@mail.example", MARKED.password),
    ExpectedLogin("http://rare.example:8080/", "", _RARE),
    ExpectedLogin("https://no-password.example/", "ada"),
)
_WITHOUT_NOTE = table(
    "name,url,username,password",
    [
        ("planted.example", MARKED.address, MARKED.user, MARKED.password),
        ("forum.example", "https://forum.example/", "ada", _LINES),
    ],
    end="\r\n",
)
_WITHOUT_NOTE_LOGINS = (MARKED, ExpectedLogin("https://forum.example/", "ada", _LINES))
_BIG_ENDIAN = codecs.BOM_UTF16_BE + encoded(_WITHOUT_NOTE, "utf-16-be")
_REORDERED = table(
    "password,colour,username,note,url,name",
    [(MARKED.password, "blue", MARKED.user, "", MARKED.address, "planted.example")],
)
_SHORT_ROWS = (
    table(_HEADER, [("planted.example", MARKED.address, MARKED.user, MARKED.password)])
    + b"cut.example,https://cut.example/,ada\n\nlonger.example,https://longer.example/,eve,secret,,too,many\n"
)
_SHORT_LOGINS = (
    MARKED,
    ExpectedLogin("https://cut.example/", "ada"),
    ExpectedLogin("https://longer.example/", "eve", "secret"),
)
_QUOTED_UPPER = table(
    ("Name", "URL", "Username", "Password", "Note"),
    [("planted.example", MARKED.address, MARKED.user, MARKED.password, "")],
    quoted=True,
)
_SPREADSHEET = b"sep=;\r\n" + _WITHOUT_NOTE.replace(b",", b";")

SAMPLES = (
    Sample("chrome, usual", "chrome-csv", _USUAL, _USUAL_LOGINS),
    Sample(
        "chrome, usual, with a byte order mark", "chrome-csv", encoded(_USUAL, "utf-8-sig"), _USUAL_LOGINS
    ),
    Sample("chrome, before there were notes", "chrome-csv", _WITHOUT_NOTE, _WITHOUT_NOTE_LOGINS),
    Sample("chrome, UTF-16", "chrome-csv", encoded(_USUAL, "utf-16"), _USUAL_LOGINS),
    Sample("chrome, UTF-16 big-endian", "chrome-csv", _BIG_ENDIAN, _WITHOUT_NOTE_LOGINS),
    Sample("chrome, in another order with a new column", "chrome-csv", _REORDERED, (MARKED,)),
    Sample("chrome, rows of other lengths and an empty line", "chrome-csv", _SHORT_ROWS, _SHORT_LOGINS),
    Sample("chrome, header quoted and in capitals", "chrome-csv", _QUOTED_UPPER, (MARKED,)),
    Sample("chrome, saved by a spreadsheet", "chrome-csv", _SPREADSHEET, _WITHOUT_NOTE_LOGINS),
    Sample("chrome, no passwords kept", "chrome-csv", table(_HEADER)),
)
