"""The CSV exports of password managers and browsers: what tells each, and which column is what.

Chrome, Edge, Brave and Opera write the same header; its products cannot be told apart.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from xml.sax.saxutils import unescape

from msgspec import Struct

Column = str | int
"""A column by its header in small letters, or by its place where there is none; -1 is the last one."""


class Product(Struct, frozen=True):
    """One kind of CSV file. Of several columns for one thing, the first that is not empty counts.

    Attributes:
        id: of its reader.
        telling: sets of columns; a header with all of one set is of this product.
        address: where the login is for.
        user: its user name or e-mail address.
        password: the password.
        app: the secret of one-time codes.
        kind: the column that says what a row is, if there is one.
        logins: what that column says of a login.
        archived: the column that says `true` of what was put away.
        changed: when the password was changed.
        modified: when anything of the login was changed.
        created: when the login was created.
        used: when it was last used.
        escape: stands before a quotation mark in a cell instead of a second one.
        lists_addresses: whether several addresses stand in one cell, divided by commas.
        prepare: makes of a row the one whose columns are named here.
    """

    id: str
    telling: tuple[frozenset[str], ...] = ()
    address: tuple[Column, ...] = ("url",)
    user: tuple[Column, ...] = ("username",)
    password: tuple[Column, ...] = ("password",)
    app: tuple[Column, ...] = ()
    kind: Column | None = None
    logins: frozenset[str] = frozenset({"login"})
    archived: Column | None = None
    changed: Column | None = None
    modified: Column | None = None
    created: Column | None = None
    used: Column | None = None
    escape: str = ""
    lists_addresses: bool = False
    prepare: Callable[[list[str]], list[str]] | None = None


def _unescaped(row: list[str]) -> list[str]:
    """Return a row without the HTML escapes of LastPass's web vault: only these five, as in a password."""
    return [unescape(cell, {"&quot;": '"', "&#39;": "'", "&#039;": "'"}) for cell in row]


def _with_secret_data(row: list[str]) -> list[str]:
    """Return a row of Zoho with the user name and the password that are lines of one cell as its last two."""
    data = next((cell for cell in row if cell.startswith("SecretType:")), "")
    lines = dict(line.partition(":")[::2] for line in data.splitlines())
    return [*row, lines.get("User Name", ""), lines.get("Password", "")]


def _with_one_time_code(row: list[str]) -> list[str]:
    """Return a row of Keeper with one of the name-value pairs at its end, `TFC:Keeper`, as its last."""
    pairs = dict(zip(row[7::2], row[8::2], strict=False))
    return [*row, pairs.get("TFC:Keeper", "")]


ENPASS_LABELS = ("url", "website", "username", "e-mail", "email", "password", "totp", "one-time code")


def enpass_pairs(row: Sequence[str]) -> dict[str, str]:
    """Return what a row of Enpass holds by its labels: a title, then label and value in turn, then a note.

    A label of something secret begins with a star. Of two values with one label, the first counts.
    """
    labels = [cell.strip().lstrip("*").lower() for cell in row[1::2]]
    return dict(reversed([pair for pair in zip(labels, row[2::2], strict=False) if pair[1]]))


def _by_label(row: list[str]) -> list[str]:
    pairs = enpass_pairs(row)
    return [pairs.get(label, "") for label in ENPASS_LABELS]


def _sets(*columns: str) -> tuple[frozenset[str], ...]:
    return tuple(frozenset(each.split(",")) for each in columns)


_LOGIN = "title,url,username,password"

ENPASS = Product(
    "enpass-csv",
    _sets("title,field,value"),
    address=(0, 1),
    user=(2, 3, 4),
    password=(5,),
    app=(6, 7),
    prepare=_by_label,
)

# In this order: what comes earlier tells more.
PRODUCTS = (
    Product(
        "firefox-csv",
        _sets("url,password,timepasswordchanged", "hostname,username,password"),
        address=("url", "hostname"),
        changed="timepasswordchanged",
        created="timecreated",
        used="timelastused",
    ),
    Product(
        "bitwarden-csv",
        _sets("login_uri,login_username,login_password"),
        address=("login_uri",),
        user=("login_username",),
        password=("login_password",),
        app=("login_totp",),
        kind="type",
        lists_addresses=True,
    ),
    Product(
        "synology-csv",
        _sets("login_urls,login_username,login_password"),
        address=("login_urls",),
        user=("login_username",),
        password=("login_password",),
        app=("login_totp",),
        lists_addresses=True,
    ),
    Product(
        "protonpass-csv",
        _sets("url,password,createtime,modifytime"),
        user=("username", "email"),
        app=("totp",),
        kind="type",
        modified="modifytime",
        created="createtime",
        lists_addresses=True,
    ),
    Product(
        "keepassxc-csv",
        _sets(f"group,{_LOGIN}"),
        app=("totp",),
        modified="last modified",
        created="created",
    ),
    Product(
        "keepass-csv",
        _sets("account,login name,password,web site"),
        address=("web site",),
        user=("login name",),
        escape="\\",
    ),
    Product(
        "lastpass-csv",
        _sets("url,username,password,extra,name,grouping", "url,username,password,grouping,fav"),
        app=("totp",),
        prepare=_unescaped,
    ),
    Product(
        "dashlane-csv",
        _sets("username,username2,password,url"),
        user=("username", "username2", "username3"),
        app=("otpurl", "otpsecret"),
    ),
    Product(
        "nordpass-csv",
        _sets("name,url,username,password,cardholdername"),
        kind="type",
        logins=frozenset({"password"}),
    ),
    ENPASS,
    Product("roboform-csv", _sets("name,url,login,pwd"), user=("login",), password=("pwd",)),
    Product(
        "zoho-csv",
        _sets("password name,secretdata", "secret name,secretdata"),
        address=("password url", "secret url"),
        user=(-2,),
        password=(-1,),
        app=("login_totp", "totp"),
        prepare=_with_secret_data,
    ),
    Product(
        "zoho-csv",
        _sets("secret name,secret url,notes"),
        address=("secret url",),
        user=(3,),  # its columns have no header
        password=(4,),
    ),
    Product(
        "1password-csv",
        _sets(*(f"{_LOGIN},{each}" for each in ("archived", "favorite", "tags", "scope", "ainfo", "uuid"))),
        app=("otpauth",),
        archived="archived",
    ),
    Product("apple-csv", _sets(f"{_LOGIN},otpauth"), app=("otpauth",)),
    Product("1password-csv", _sets(f"{_LOGIN},notes")),
    Product("apple-csv", _sets(_LOGIN)),
    Product(
        "enpass-csv",
        _sets("title,username,email,password,website", "title,username,e-mail,password,website"),
        address=("website", "url"),
        user=("username", "email", "e-mail"),
        app=("totp", "one-time code"),
    ),
    Product(
        "safeincloud-csv",
        _sets("title,login,password,url", "title,login,password,website"),
        address=("url", "website"),
        user=("login",),
        app=("otp", "one-time password", "totp"),
    ),
    Product("chrome-csv", _sets("name,url,username,password")),
)

# Never with a header, and told by their shape, as is Enpass's where it has none.
KEEPER = Product("keeper-csv", address=(4,), user=(2,), password=(3,), app=(-1,), prepare=_with_one_time_code)
DASHLANE = Product("dashlane-csv", address=(1,), user=(2,), password=(-2,))
