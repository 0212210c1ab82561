"""KeePass' XML: entries with their history, references, second steps, a recycle bin and templates."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tests.evidence.managers.keepass_document import Database, Entry, Version, document, reference
from tests.evidence.sample import (
    APP,
    MARKED,
    PASSKEY,
    TOTP,
    ExpectedLogin,
    Sample,
    just_after_midnight,
    just_before_midnight,
    noon,
    on,
    until,
)

from hygiene.model.dates import Interval

_CREATED, _CHANGED, _EDITED = date(2019, 6, 16), date(2023, 5, 6), date(2025, 8, 30)
_EARLY, _LATE = just_after_midnight(_CHANGED), just_before_midnight(_CHANGED)


def _kept(address: str, *versions: tuple[date | datetime | timedelta, str], **changes: object) -> Entry:
    return Entry(address, "ada", tuple(Version(*version) for version in versions))._replace(**changes)  # type: ignore[arg-type]


def _years(first: int, count: int, password: str) -> tuple[tuple[date, str], ...]:
    return tuple((date(first + year, 2, 3), password) for year in range(count))


_KEY = {
    "KPEX_PASSKEY_CREDENTIAL_ID": "bm8gcmVhbCBpZA",
    "KPEX_PASSKEY_PRIVATE_KEY_PEM": "-----BEGIN PRIVATE KEY-----\nnone\n-----END PRIVATE KEY-----",
    "KPEX_PASSKEY_RELYING_PARTY": "passkey.example",
    "KPEX_PASSKEY_USERNAME": "ada",
    "KPEX_PASSKEY_USER_HANDLE": "bm8gaGFuZGxl",
}
_HARD = 'ünï<c>&"quoted"\nline'
_AGAIN = "back again"
_OLD = Version(_CREATED, "the old one")
_WANTED = Entry(
    MARKED.address, MARKED.user, (_OLD, Version(_EARLY, MARKED.password)), fields={"otp": TOTP}, key=7
)
_SECOND_AFTER = timedelta(seconds=1)
_NOBODY = Entry("", "", (Version(_CREATED, "a password alone"),))
_TRASHED = (
    _kept("https://trashed.example", (_CREATED, "p")),
    _kept("https://nested.example", (_CREATED, "p")),
)
_TEMPLATE = (_kept("https://template.example", (_CREATED, "p")),)

USUAL = Database(
    (
        _WANTED,
        _kept(
            "https://edited.example", (_CREATED, "old"), (_LATE, _HARD), (noon(_EDITED), _HARD), expires=True
        ),
        _kept("https://never.example", (_SECOND_AFTER, "p1"), (_EDITED, "p1"), fields={"otp": ""}),
        _kept("https://new.example", (_CREATED, "p2"), fields={"TimeOtp-Secret-Base32": "GEZDGNBVGY3TQOJQ"}),
        _kept("https://no-history.example", (_EDITED, "p3"), fields={"TimeOtp-Secret": "secret"}),
        _kept("https://cut-history.example", *_years(2021, 5, "p4")),
        _kept("https://again.example", (_CREATED, _AGAIN), (_CHANGED, "other"), (_EDITED, _AGAIN)),
        _kept(
            "https://unsorted.example",
            (_CHANGED, "now"),
            (_CREATED, "old"),
            (_EDITED, "now"),
        ),
        _NOBODY,
    ),
    (
        _kept("https://passkey.example", (_CREATED, ""), fields=_KEY),
        _kept("https://both.example", (_CREATED, "p5"), fields={**_KEY, "otp": TOTP}),
        _kept("https://reference.example", (_EDITED, reference("P", 7)), user=reference("U", 7)),
        _kept("", (_CREATED, "p6"), user="no address"),
    ),
    _TRASHED,
    _TEMPLATE,
)
USUAL_LOGINS = (
    MARKED._replace(changed=on(_CHANGED), second_step=APP),
    ExpectedLogin("https://edited.example", "ada", _HARD, on(_CHANGED)),
    ExpectedLogin("https://never.example", "ada", "p1", on(_CREATED)),
    ExpectedLogin("https://new.example", "ada", "p2", on(_CREATED), APP),
    ExpectedLogin("https://no-history.example", "ada", "p3", Interval(_CREATED, _EDITED), APP),
    ExpectedLogin("https://cut-history.example", "ada", "p4", Interval(_CREATED, date(2021, 2, 3))),
    ExpectedLogin("https://again.example", "ada", _AGAIN, on(_EDITED)),
    ExpectedLogin("https://unsorted.example", "ada", "now", on(_CHANGED)),
    ExpectedLogin("https://passkey.example", "ada", "", None, PASSKEY),
    ExpectedLogin("https://both.example", "ada", "p5", on(_CREATED), APP | PASSKEY),
    ExpectedLogin("https://reference.example", MARKED.user, "", on(_CHANGED)),
    ExpectedLogin("", "no address", "p6", on(_CREATED)),
)
STRANGE = Database(
    (
        _WANTED,
        _kept("https://itself.example", (_CREATED, reference("P", 8)), key=8),
        _kept("https://nowhere.example", (_CREATED, reference("P", 9))),
        _kept("https://nonsense.example", (_CREATED, "{REF:P@I:nonsense}")),
        _kept("https://upside.example", (_CHANGED, "p"), created=_EDITED),
        _kept("https://ancient.example", (date(2003, 12, 31), "p"), created=date(2003, 12, 31)),
        _kept("https://future.example", (date(2090, 1, 1), "p"), created=date(2090, 1, 1)),
    )
)
STRANGE_LOGINS = (
    USUAL_LOGINS[0],
    ExpectedLogin("https://itself.example", "ada"),
    ExpectedLogin("https://nowhere.example", "ada"),
    ExpectedLogin("https://nonsense.example", "ada"),
    ExpectedLogin("https://upside.example", "ada", "p", until(_CHANGED)),
    ExpectedLogin("https://ancient.example", "ada", "p"),
    ExpectedLogin("https://future.example", "ada", "p"),
)
_XML = document(USUAL)
_ENTITIES = b'<!DOCTYPE KeePassFile [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;">]>\n'
_WITH_ENTITIES = _XML.replace(b"<KeePassFile>", _ENTITIES + b"<KeePassFile>").replace(b"Planted", b"&b;")

SAMPLES = (
    Sample("keepass xml, usual", "keepass-xml", _XML, USUAL_LOGINS),
    Sample("keepass xml, with a byte order mark", "keepass-xml", b"\xef\xbb\xbf" + _XML, USUAL_LOGINS),
    Sample(
        "keepass xml, references and times that cannot be", "keepass-xml", document(STRANGE), STRANGE_LOGINS
    ),
    Sample("keepass xml, no entries", "keepass-xml", document(Database())),
    Sample("keepass xml, with entities", "keepass-xml", _WITH_ENTITIES, refused=True),
    Sample("keepass xml, cut off", "keepass-xml", _XML[: len(_XML) // 2], refused=True),
)
