"""CSV of Apple, LastPass, NordPass, RoboForm, Zoho Vault, Synology C2 Password and SafeInCloud: no dates."""

from __future__ import annotations

from tests.evidence.managers.files import encoded, table, zipped
from tests.evidence.sample import APP, MADE, MARKED, TOTP, ExpectedLogin, Sample

_HARD = 'a "quoted",\nlong ünïcode'
_HARD_LOGIN = ExpectedLogin("https://hard.example", "ada", _HARD)
_WITH_APP = MARKED._replace(second_step=APP)

_APPLE = table(
    "Title,URL,Username,Password,Notes,OTPAuth",
    [
        ("planted.example", *MARKED[:3], "", TOTP),
        ("hard.example", *_HARD_LOGIN[:3], "two\nlines", ""),
        ("nobody", "", "", "a password alone", "", ""),
    ],
)
_APPLE_OLD = table("Title,Url,Username,Password,OTPAuth", [("planted.example", *MARKED[:3], "")])
_SAFARI = zipped(
    {
        "Favoris.html": b"<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<HTML><TITLE>Favoris</TITLE></HTML>\n",
        "Historique.json": b'{"metadata": {"browser_name": "Safari"}, "history": []}',
        "Cartes.json": b'{"metadata": {"browser_name": "Safari"}, "payment_cards": []}',
        "Mots de passe.csv": _APPLE,
    }
)

_LASTPASS = table(
    "url,username,password,totp,extra,name,grouping,fav",
    [
        (*MARKED[:3], "GEZDGNBVGY3TQOJQ", "", "Planted", "Social", "0"),
        (*_HARD_LOGIN[:3], "", "two\nlines", "Hard", "", "1"),
        ("https://plain.example", "eve", "M&copy&ltd", "", "", "Plain", "", "0"),
        ("http://sn", "", "", "", "NoteType:Server\nPassword:x", "A note", "", "0"),
    ],
)
_LASTPASS_LOGINS = (_WITH_APP, _HARD_LOGIN, ExpectedLogin("https://plain.example", "eve", "M&copy&ltd"))
_LASTPASS_OLD = table(
    "url,username,password,extra,name,grouping,fav",
    [
        (*MARKED[:3], "", "Planted", "", "0"),
        ("https://hard.example/?a=1&amp;b=2", "ada", "a&lt;b&gt;&amp;&quot;c", "", "R&amp;D", "", "0"),
        ("http://sn", "", "", "text", "A note", "", "0"),
    ],
    end="\r\n",
)
_LASTPASS_OLD_LOGINS = (MARKED, ExpectedLogin("https://hard.example/?a=1&b=2", "ada", 'a<b>&"c'))

_NORD_OLD = (
    "name,url,username,password,note,cardholdername,cardnumber,cvc,expirydate,zipcode,folder,"
    "full_name,phone_number,email,address1,address2,city,country,state"
)
_NORD = f"{_NORD_OLD.replace('url,', 'url,additional_urls,')},type,custom_fields"


def _cells(header: str, **values: str) -> list[str]:
    return [values.get(column, "") for column in header.split(",")]


_MARKED_CELLS = {
    "name": "Planted",
    "url": MARKED.address,
    "username": MARKED.user,
    "password": MARKED.password,
}
_HARD_CELLS = {
    "name": "Hard",
    "url": _HARD_LOGIN.address,
    "username": "ada",
    "password": _HARD,
    "note": "two\nlines",
}
_NORDPASS = table(
    _NORD,
    [
        _cells(_NORD, **_MARKED_CELLS, type="password", additional_urls='["https://second.example"]'),
        _cells(
            _NORD, **_HARD_CELLS, type="password", custom_fields='[{"type":"text","label":"a","value":"b"}]'
        ),
        _cells(_NORD, name="Social", type="folder"),
        _cells(_NORD, name="A note", note="text", type="note"),
        _cells(_NORD, name="A card", cardholdername="Ada", cardnumber="4111111111111111", type="credit_card"),
        _cells(_NORD, name="Me", full_name="Ada", email="ada@mail.example", type="identity"),
    ],
)
_NORDPASS_OLD = table(
    _NORD_OLD, [_cells(_NORD_OLD, **_MARKED_CELLS), _cells(_NORD_OLD, **_HARD_CELLS, folder="Social")]
)

_ROBOFORM = table(
    "Name,Url,MatchUrl,Login,Pwd,Note,Folder,RfFieldsV2",
    [
        (
            "Planted",
            MARKED.address,
            "https://planted.example",
            *MARKED[1:3],
            "",
            "/Social",
            "User,,user,txt,x",
            "Pwd,,p,pwd,x",
        )
    ],
) + table(
    "",
    [
        ("Hard", "https://hard.example", "", "ada", _HARD, "two\nlines", ""),
        ("A note", "", "", "", "", "text", ""),
    ],
)
_ROBOFORM_OLD = table(
    "Name,Url,Login,Pwd,Note,Folder,Rf_fields",
    [
        ("Planted", *MARKED[:3], "", "/Social", "User$:txt:x", "Password$:pwd:x"),
        ("Hard", *_HARD_LOGIN[:3], "", ""),
    ],
)


def _secret(user: str, password: str) -> str:
    return f"SecretType:Web Account\nUser Name:{user}\nPassword:{password}\n"


_ZOHO_HEADER = (
    "Password Name,Description,Password URL,SecretData,Notes,CustomData,Tags,Classification,Favorite,"
    "TOTP,Folder Name"
)
_ZOHO = table(
    _ZOHO_HEADER,
    [
        ("Planted", "", MARKED.address, _secret(*MARKED[1:3]), "", "", "", "P", "0", TOTP, "Social"),
        (
            "Hard",
            "",
            "https://hard.example",
            _secret("ada", "with: colon, ü"),
            "text",
            "pin:1\n",
            "",
            "E",
            "0",
            "",
            "",
        ),
        ("A note", "", "", _secret("", ""), "text", "", "", "P", "0", "", ""),
    ],
    quoted=True,
)
_ZOHO_LOGINS = (_WITH_APP, ExpectedLogin("https://hard.example", "ada", "with: colon, ü"))
_ZOHO_OLD = table(
    "Secret Name,Description,Secret URL,SecretData,Notes,CustomData,Tags,Classification,Favorite,ChamberName",
    [("Planted", "", MARKED.address, _secret(*MARKED[1:3]), "", "", "", "P", "0", "Social", "")],
)
_SYNOLOGY = table(
    "Display_Name,Login_Username,Login_Password,Login_URLs,Login_TOTP,Notes,Favorite",
    [
        ("Planted", *MARKED[1:3], MARKED.address, TOTP, "", ""),
        ("Hard", "ada", _HARD, "https://hard.example", "", "two\nlines", "1"),
        ("A note", "", "", "", "", "text", ""),
    ],
)
_SAFEINCLOUD = table(
    "Title,Login,Password,URL,Notes",
    [
        ("Planted", *MARKED[1:3], MARKED.address, ""),
        ("Hard", "ada", _HARD, "https://hard.example", "two\nlines"),
    ],
    quoted=True,
)

SAMPLES = (
    Sample("apple, usual", "apple-csv", _APPLE, (_WITH_APP, _HARD_LOGIN)),
    Sample("apple, before there were notes", "apple-csv", _APPLE_OLD, (MARKED,)),
    Sample(
        "apple, among Safari's browsing data", "apple-csv", _SAFARI, (_WITH_APP, _HARD_LOGIN), made_on=MADE
    ),
    Sample("lastpass, usual", "lastpass-csv", _LASTPASS, _LASTPASS_LOGINS),
    Sample(
        "lastpass, before one-time codes, escaped for HTML",
        "lastpass-csv",
        _LASTPASS_OLD,
        _LASTPASS_OLD_LOGINS,
    ),
    Sample("nordpass, usual", "nordpass-csv", _NORDPASS, (MARKED, _HARD_LOGIN)),
    Sample("nordpass, before there were types", "nordpass-csv", _NORDPASS_OLD, (MARKED, _HARD_LOGIN)),
    Sample("roboform, usual", "roboform-csv", _ROBOFORM, (MARKED, _HARD_LOGIN)),
    Sample(
        "roboform, with a byte order mark",
        "roboform-csv",
        encoded(_ROBOFORM, "utf-8-sig"),
        (MARKED, _HARD_LOGIN),
    ),
    Sample("roboform, before second addresses", "roboform-csv", _ROBOFORM_OLD, (MARKED, _HARD_LOGIN)),
    Sample("zoho, usual", "zoho-csv", encoded(_ZOHO, "utf-8-sig"), _ZOHO_LOGINS),
    Sample(
        "zoho, another name of the code",
        "zoho-csv",
        encoded(_ZOHO.replace(b'"TOTP"', b'"login_totp"'), "utf-8-sig"),
        _ZOHO_LOGINS,
    ),
    Sample("zoho, older", "zoho-csv", encoded(_ZOHO_OLD, "utf-8-sig"), (MARKED,)),
    Sample("synology, usual", "synology-csv", encoded(_SYNOLOGY, "utf-8-sig"), (_WITH_APP, _HARD_LOGIN)),
    Sample("safeincloud, usual", "safeincloud-csv", _SAFEINCLOUD, (MARKED, _HARD_LOGIN)),
)
