"""Bitwarden's JSON: items with dates since 2023, and a password history of at most five entries."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.managers.bitwarden_items import (
    CREATED,
    KEY,
    MILLISECONDS,
    REVISED,
    history,
    item,
    login_part,
    one_by_one,
    undated,
    vault,
)
from tests.evidence.managers.files import object_text, zipped
from tests.evidence.sample import (
    APP,
    MADE,
    MARKED,
    PASSKEY,
    TOTP,
    ExpectedLogin,
    Sample,
    iso,
    just_after_midnight,
    just_before_midnight,
    on,
    until,
)

from hygiene.model.dates import Interval

_CHANGED, _LATER = date(2023, 5, 6), date(2024, 7, 8)
_EARLY, _LATE = just_after_midnight(_CHANGED), just_before_midnight(_CHANGED)
_BETWEEN = Interval(CREATED, REVISED)
_HIDDEN = [{"name": "PIN", "value": "2222", "type": 1}, {"name": "Old", "value": "text", "type": 0}]
_GENUINE = (("first", date(2022, 1, 2)), ("second", _EARLY), ("when?", None))
_MARKED = item(login_part(*MARKED[:3], keys=[KEY], totp=TOTP), passwordHistory=history(*_GENUINE))
_OTHERS = (
    item(None, type=2, secureNote={"type": 0}),
    item(login_part("https://once-a-login.example", "ada", "p"), type=2, secureNote={"type": 0}),
    item(None, type=3, card={"number": "4111111111111111", "code": "123"}),
    item(None, type=4, identity={"username": "ada", "email": "ada@mail.example"}),
    item(None, type=5, sshKey={"publicKey": "ssh-ed25519 AAAA"}),
    item(login_part("https://deleted.example", "ada", "p"), deletedDate=iso(REVISED, MILLISECONDS)),
    item(login_part("", "", "a password alone")),
    item(None),
)
_USUAL = one_by_one(
    _MARKED,
    item(login_part("https://unchanged.example", "ada", 'sûr, "et" l\'ong\n'), passwordHistory=[]),
    item(
        login_part("https://hidden.example", "ada", "p1"),
        fields=_HIDDEN,
        passwordHistory=history(("PIN: 1111", _LATER), ("before", _LATE)),
    ),
    item(
        login_part("https://only-hidden.example", "ada", "p2"),
        fields=_HIDDEN,
        passwordHistory=history(("PIN: 1111", _LATER)),
    ),
    item(
        login_part("https://not-hidden.example", "ada", "p3"),
        fields=_HIDDEN,
        passwordHistory=history(("Old: 1111", _LATER), ("PIN", _CHANGED)),
    ),
    item(login_part("https://passkey.example", "ada", None, keys=[KEY])),
    item(
        login_part("androidapp://com.planted.app", "ada", MARKED.password),
        organizationId="o",
        collectionIds=["c"],
    ),
    item({"uris": [], "username": "no address", "password": "p4", "totp": ""}),
    item(
        {"uris": None, "username": "no addresses", "password": "p5", "totp": None, "fido2Credentials": None}
    ),
    item({**login_part("", "eve", "p6"), "uris": [{"match": None, "uri": None}]}, creationDate=""),
    *_OTHERS,
)
_USUAL_LOGINS = (
    MARKED._replace(changed=on(_CHANGED), second_step=APP | PASSKEY),
    ExpectedLogin("https://unchanged.example", "ada", 'sûr, "et" l\'ong\n', _BETWEEN),
    ExpectedLogin("https://hidden.example", "ada", "p1", on(_CHANGED)),
    ExpectedLogin("https://only-hidden.example", "ada", "p2", _BETWEEN),
    ExpectedLogin("https://not-hidden.example", "ada", "p3", on(_LATER)),
    ExpectedLogin("https://passkey.example", "ada", "", None, PASSKEY),
    ExpectedLogin("androidapp://com.planted.app", "ada", MARKED.password, _BETWEEN),
    ExpectedLogin("", "no address", "p4", _BETWEEN),
    ExpectedLogin("", "no addresses", "p5", _BETWEEN),
    ExpectedLogin("", "eve", "p6", until(REVISED)),
)
_OLD = {
    "folders": [],
    "items": [undated(_MARKED), undated(item(login_part("https://forum.example", "ada", "p")))],
}
_OLD_LOGINS = (
    MARKED._replace(second_step=APP | PASSKEY),
    ExpectedLogin("https://forum.example", "ada", "p"),
)
_ORGANISATION = {
    "encrypted": False,
    "collections": [{"id": "c", "organizationId": "o", "name": "Everyone", "externalId": None}],
    "items": [item(login_part(*MARKED[:3]), organizationId="o", collectionIds=["c"])],
}


def _alike(count: int, **last: Any) -> dict[str, Any]:
    """A vault whose items were all created within one minute, save for what the last one says."""
    created = {"creationDate": iso(CREATED, ".123Z")}
    logins = [
        login_part(*MARKED[:3]),
        *(login_part(f"https://s{n}.example", "ada", "p") for n in range(1, count)),
    ]
    items = [item(login, **created) for login in logins]
    return vault(*items[:-1], {**items[-1], **last})


def _alike_logins(count: int, changed: Interval) -> tuple[ExpectedLogin, ...]:
    others = (ExpectedLogin(f"https://s{n}.example", "ada", "p") for n in range(1, count))
    return tuple(login._replace(changed=changed) for login in (MARKED, *others))


_CHANGED_SINCE = _alike(6, passwordHistory=history(("before", _LATER)))
_CHANGED_SINCE_LOGINS = (
    *_alike_logins(5, until(REVISED)),
    ExpectedLogin("https://s5.example", "ada", "p", on(_LATER)),
)
_ADDED = _alike(6, creationDate=iso(date(2022, 2, 2), MILLISECONDS))
_ADDED_LOGINS = (
    *_alike_logins(5, until(REVISED)),
    ExpectedLogin("https://s5.example", "ada", "p", Interval(date(2022, 2, 2), REVISED)),
)
_ONE_LATER = _alike(5, creationDate=iso(date(2022, 2, 2), MILLISECONDS))
_ONE_LATER_LOGINS = (
    *_alike_logins(4, _BETWEEN),
    ExpectedLogin("https://s4.example", "ada", "p", Interval(date(2022, 2, 2), REVISED)),
)
_STRANGE = vault(
    item(login_part(*MARKED[:3]), creationDate="2003-12-31T23:59:59Z", revisionDate="2099-01-01T00:00:00Z"),
    item(login_part("https://words.example", "ada", "p"), creationDate="yesterday", revisionDate=17),
    item(
        login_part("https://upside.example", "ada", "p"), creationDate=iso(REVISED), revisionDate=iso(CREATED)
    ),
    item(
        login_part("https://offset.example", "ada", "p"), passwordHistory=history(("x", None), ("y", _LATE))
    ),
    item("no login at all"),
    {"type": 1, "login": {"uris": "no list", "username": ["no text"], "password": 5}},
    "no item at all",
    None,
)
_STRANGE_LOGINS = (
    MARKED,
    ExpectedLogin("https://words.example", "ada", "p"),
    ExpectedLogin("https://upside.example", "ada", "p", until(CREATED)),
    ExpectedLogin("https://offset.example", "ada", "p", on(_CHANGED)),
)
_SECRET = "2.c2VhbGVk|c2VhbGVk|c2VhbGVk"
_WITH_PASSPHRASE = {
    "encrypted": True,
    "passwordProtected": True,
    "salt": "c2FsdA==",
    "kdfType": 0,
    "kdfIterations": 600000,
    "encKeyValidation_DO_NOT_EDIT": _SECRET,
    "data": _SECRET,
}
_OF_THE_ACCOUNT = {
    "encrypted": True,
    "encKeyValidation_DO_NOT_EDIT": _SECRET,
    "folders": [],
    "items": [item(login_part(_SECRET, _SECRET, _SECRET), name=_SECRET)],
}
_CUT = object_text(_USUAL)[:3000]
_ZIP = zipped({"data.json": object_text(_USUAL), "attachments/0001/photo.jpg": b"\xff\xd8\xff no photo"})

SAMPLES = (
    Sample("bitwarden, usual", "bitwarden-json", object_text(_USUAL), _USUAL_LOGINS),
    Sample("bitwarden, with attachments", "bitwarden-json", _ZIP, _USUAL_LOGINS, made_on=MADE),
    Sample(
        "bitwarden, with a byte order mark",
        "bitwarden-json",
        b"\xef\xbb\xbf" + object_text(_OLD),
        _OLD_LOGINS,
    ),
    Sample("bitwarden, before there were dates", "bitwarden-json", object_text(_OLD), _OLD_LOGINS),
    Sample(
        "bitwarden, an organisation's",
        "bitwarden-json",
        object_text(_ORGANISATION),
        (MARKED._replace(changed=_BETWEEN),),
    ),
    Sample(
        "bitwarden, imported from elsewhere",
        "bitwarden-json",
        object_text(_alike(5)),
        _alike_logins(5, until(REVISED)),
    ),
    Sample(
        "bitwarden, imported, and one changed since",
        "bitwarden-json",
        object_text(_CHANGED_SINCE),
        _CHANGED_SINCE_LOGINS,
    ),
    Sample("bitwarden, imported, and one added since", "bitwarden-json", object_text(_ADDED), _ADDED_LOGINS),
    Sample("bitwarden, four new items", "bitwarden-json", object_text(_alike(4)), _alike_logins(4, _BETWEEN)),
    Sample(
        "bitwarden, four new items and one added later",
        "bitwarden-json",
        object_text(_ONE_LATER),
        _ONE_LATER_LOGINS,
    ),
    Sample(
        "bitwarden, dates and values that cannot be", "bitwarden-json", object_text(_STRANGE), _STRANGE_LOGINS
    ),
    Sample("bitwarden, no items kept", "bitwarden-json", object_text(vault())),
    Sample("bitwarden, with a passphrase", "bitwarden-json", object_text(_WITH_PASSPHRASE), refused=True),
    Sample("bitwarden, for one account", "bitwarden-json", object_text(_OF_THE_ACCOUNT), refused=True),
    Sample("bitwarden, cut off", "bitwarden-json", _CUT, refused=True),
)
