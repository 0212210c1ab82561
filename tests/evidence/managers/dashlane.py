"""Dashlane: a ZIP of CSV files, one with the logins; before it, one CSV without a header. No dates."""

from __future__ import annotations

from tests.evidence.managers.files import table, zipped
from tests.evidence.sample import APP, MADE, MARKED, TOTP, ExpectedLogin, Sample

_HEADER = "username,username2,username3,title,password,note,url,category,otpSecret"
_HARD = 'a "quoted",\nlong ünïcode'
_ROWS = [
    (
        MARKED.user,
        "another@mail.example",
        "",
        "Planted",
        MARKED.password,
        "",
        MARKED.address,
        "Social",
        "GEZDGNBVGY3TQOJQ",
    ),
    ("ada", "", "", "Hard", _HARD, "two\nlines", "https://hard.example", "", ""),
    ("no address", "", "", "Nowhere", "p", "", "", "", ""),
    ("", "", "", "Nobody", "a password alone", "", "", "", ""),
]
_LOGINS = (
    MARKED._replace(second_step=APP),
    ExpectedLogin("https://hard.example", "ada", _HARD),
    ExpectedLogin("", "no address", "p"),
)
_OTHERS = {
    "ids.csv": table("type,number,name,issue_date,expiration_date,place_of_issue,state"),
    "payments.csv": table(
        "type,account_name,account_holder,cc_number,code,expiration_month,expiration_year,routing_number,note,name",
        [("payment_card", "A card", "Ada", "4111111111111111", "123", "01", "2030", "", "", "A card")],
    ),
    "personalInfo.csv": table(
        "type,title,first_name,last_name,login,email,item_name,phone_number,address,city,url",
        [("email", "", "", "", "", "ada@mail.example", "Mail", "", "", "", "")],
    ),
    "securenotes.csv": table("title,note", [("A note", "several\nlines")]),
}
_ALL = {"credentials.csv": table(_HEADER, _ROWS), **_OTHERS}
_WITH_ADDRESS = table(
    _HEADER.replace("otpSecret", "otpUrl"), [(*row[:-1], TOTP if row[-1] else "") for row in _ROWS]
)
_LEGACY = table(
    "",
    [
        ("Planted", MARKED.address, MARKED.user, MARKED.password, ""),
        ("Hard", "https://hard.example/", "ada", _HARD, "a note"),
        ("Plain", "https://plain.example/", "eve", "p", ""),
    ],
    quoted=True,
)
_LEGACY_LOGINS = (
    MARKED,
    ExpectedLogin("https://hard.example/", "ada", _HARD),
    ExpectedLogin("https://plain.example/", "eve", "p"),
)

SAMPLES = (
    Sample("dashlane, usual", "dashlane-csv", zipped(_ALL), _LOGINS, made_on=MADE),
    Sample("dashlane, unpacked", "dashlane-csv", _ALL, _LOGINS),
    Sample("dashlane, the logins alone", "dashlane-csv", _WITH_ADDRESS, _LOGINS),
    Sample("dashlane, without a header", "dashlane-csv", _LEGACY, _LEGACY_LOGINS),
)
