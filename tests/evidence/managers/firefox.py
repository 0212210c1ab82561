"""Firefox: the CSV of about:logins and `logins.json` of a profile; times in milliseconds since 1970."""

from __future__ import annotations

import base64
from datetime import UTC, date, datetime, timedelta
from typing import Any

from tests.evidence.managers.files import encoded, object_text, table
from tests.evidence.sample import (
    MARKED,
    MARKER_PASSWORD,
    MARKER_USER,
    TODAY,
    ExpectedLogin,
    Sample,
    just_after_midnight,
    just_before_midnight,
    milliseconds,
    on,
    until,
)

_HEADER = "url,username,password,httpRealm,formActionOrigin,guid,timeCreated,timeLastUsed,timePasswordChanged"
_CREATED, _USED, _CHANGED = date(2019, 2, 3), date(2026, 10, 9), date(2023, 5, 6)
_EARLY, _LATE = just_after_midnight(_CHANGED), just_before_midnight(_CHANGED)
_TOMORROW, _TOO_LATE = TODAY + timedelta(days=1), TODAY + timedelta(days=2)
_FIRST = date(2004, 1, 1)
_IMPORTED = date(2021, 7, 8)


def _row(address: str, user: str, password: str, *times: object) -> tuple[str, ...]:
    return (address, user, password, "", address, "{00000000-0000-4000-8000-000000000001}", *map(str, times))


def _times(created: date | datetime, used: date | datetime, changed: date | datetime) -> tuple[int, int, int]:
    return milliseconds(created), milliseconds(used), milliseconds(changed)


def _csv(*rows: tuple[str, ...]) -> bytes:
    return table(_HEADER, rows, quoted=True, end="\r\n")


_MARKED_ROW = _row(*MARKED[:3], *_times(_CREATED, _USED, _CHANGED))
_MARKED_LOGIN = MARKED._replace(changed=on(_CHANGED), last_used=_USED)
_USUAL = _csv(
    _MARKED_ROW,
    _row("https://early.example", "ada", 'a "quoted", one', *_times(_CREATED, _USED, _EARLY)),
    _row("https://late.example", "ada", "two\nlines", *_times(_CREATED, _USED, _LATE)),
    _row("https://never-used.example", "zoë", "ünïcode", milliseconds(_CREATED), 0, milliseconds(_CHANGED)),
    _row("https://no-times.example", "ada", MARKER_PASSWORD, "", "", ""),
    _row("", "", "nobody", *_times(_CREATED, _USED, _CHANGED)),
)
_USUAL_LOGINS = (
    _MARKED_LOGIN,
    ExpectedLogin("https://early.example", "ada", 'a "quoted", one', on(_CHANGED), last_used=_USED),
    ExpectedLogin("https://late.example", "ada", "two\nlines", on(_CHANGED), last_used=_USED),
    ExpectedLogin("https://never-used.example", "zoë", "ünïcode", on(_CHANGED)),
    ExpectedLogin("https://no-times.example", "ada", MARKER_PASSWORD),
)
_STRANGE_TIMES = _csv(
    _MARKED_ROW,
    _row("https://zero.example", "a", "p1", 0, 0, 0),
    _row("https://first.example", "b", "p2", *_times(_FIRST, _USED, just_after_midnight(_FIRST))),
    _row(
        "https://ancient.example", "c", "p3", *_times(_FIRST, _USED, just_before_midnight(date(2003, 12, 31)))
    ),
    _row("https://tomorrow.example", "d", "p4", *_times(_CREATED, _USED, _TOMORROW)),
    _row("https://future.example", "e", "p5", *_times(_CREATED, _TOO_LATE, _TOO_LATE)),
    _row("https://words.example", "f", "p6", "yesterday", "NaN", "-1"),
    _row("https://huge.example", "g", "p7", "9" * 40, "9" * 40, "9" * 40),
)
_STRANGE_LOGINS = (
    _MARKED_LOGIN,
    ExpectedLogin("https://zero.example", "a", "p1"),
    ExpectedLogin("https://first.example", "b", "p2", on(_FIRST), last_used=_USED),
    ExpectedLogin("https://ancient.example", "c", "p3", last_used=_USED),
    ExpectedLogin("https://tomorrow.example", "d", "p4", on(_TOMORROW), last_used=_USED),
    ExpectedLogin("https://future.example", "e", "p5"),
    ExpectedLogin("https://words.example", "f", "p6"),
    ExpectedLogin("https://huge.example", "g", "p7"),
)


def _alike(count: int) -> tuple[tuple[str, ...], ...]:
    """Rows as an import from another browser leaves them: each with one moment, all within a second."""
    moments = [milliseconds(_IMPORTED) + number for number in range(count)]
    rows = [_row(f"https://s{moment % 100}.example", "ada", "p", *[moment] * 3) for moment in moments]
    return (_row(*MARKED[:3], *[moments[0]] * 3), *rows[1:])


def _alike_logins(count: int, *, imported: bool) -> tuple[ExpectedLogin, ...]:
    changed = until(_IMPORTED) if imported else on(_IMPORTED)
    others = [ExpectedLogin(f"https://s{number}.example", "ada", "p", changed) for number in range(1, count)]
    return tuple(login._replace(changed=changed, last_used=_IMPORTED) for login in (MARKED, *others))


_WITHOUT_TIMES = table(
    "url,username,password,httpRealm,formActionOrigin,guid,timePasswordChanged",
    [(*MARKED[:3], "", "", "{g}", str(milliseconds(_CHANGED)))],
)
_NEW = [_CHANGED + timedelta(days=number) for number in range(3)]
_USED_SINCE = _csv(*(_row(*MARKED[:3], *_times(day, _USED, day)) for day in _NEW))
_USED_SINCE_LOGINS = tuple(MARKED._replace(changed=on(day), last_used=_USED) for day in _NEW)
_OF_AN_EXTENSION = table("hostname,username,password", [MARKED[:3]], quoted=True)


def _login(number: int, hostname: str, **changes: Any) -> dict[str, Any]:
    secret = base64.b64encode(f"{MARKER_USER}{MARKER_PASSWORD}".encode()).decode()
    kept = {
        "id": number,
        "hostname": hostname,
        "httpRealm": None,
        "formSubmitURL": hostname,
        "usernameField": "user",
        "passwordField": "pass",
        "encryptedUsername": secret,
        "encryptedPassword": secret,
        "guid": f"{{00000000-0000-4000-8000-00000000000{number}}}",
        "encType": 1,
        "timeCreated": milliseconds(_CREATED),
        "timeLastUsed": milliseconds(_USED),
        "timePasswordChanged": milliseconds(_EARLY),
        "timesUsed": 7,
        "syncCounter": 0,
        "everSynced": True,
        "encryptedUnknownFields": None,
    }
    return {**kept, **changes}


def _profile(*logins: Any) -> bytes:
    return object_text(
        {
            "nextId": 9,
            "logins": list(logins),
            "potentiallyVulnerablePasswords": [],
            "dismissedBreachAlertsByLoginGUID": {},
            "version": 3,
        }
    )


_TOMBSTONE = {"guid": "{gone}", "id": 5, "deleted": True, "syncCounter": 1, "everSynced": True}
_PROFILE = _profile(
    _login(1, "https://planted.example"),
    _login(2, "https://späte.example", timePasswordChanged=milliseconds(_LATE), timeLastUsed=0),
    _login(3, "https://future.example", timePasswordChanged=milliseconds(datetime(2090, 1, 1, tzinfo=UTC))),
    _login(4, "https://untimed.example", timeCreated=None, timeLastUsed=None, timePasswordChanged=None),
    _TOMBSTONE,
    {**_login(6, "https://gone.example"), "deleted": True},
)
_PROFILE_LOGINS = (
    ExpectedLogin("https://planted.example", "", "", on(_CHANGED), last_used=_USED),
    ExpectedLogin("https://späte.example", "", "", on(_CHANGED)),
    ExpectedLogin("https://future.example", "", "", None, last_used=_USED),
    ExpectedLogin("https://untimed.example", ""),
)
_BROKEN = _PROFILE[: len(_PROFILE) // 2]

SAMPLES = (
    Sample("firefox, usual", "firefox-csv", _USUAL, _USUAL_LOGINS),
    Sample("firefox, with a byte order mark", "firefox-csv", encoded(_USUAL, "utf-8-sig"), _USUAL_LOGINS),
    Sample("firefox, times that cannot be", "firefox-csv", _STRANGE_TIMES, _STRANGE_LOGINS),
    Sample(
        "firefox, imported from another browser",
        "firefox-csv",
        _csv(*_alike(4)),
        _alike_logins(4, imported=True),
        remarked=True,
    ),
    Sample("firefox, two new logins", "firefox-csv", _csv(*_alike(2)), _alike_logins(2, imported=False)),
    Sample(
        "firefox, new logins and one that is older",
        "firefox-csv",
        _csv(*_alike(4), _row("https://old.example", "ada", "o", *_times(_CREATED, _USED, _CHANGED))),
        (
            *_alike_logins(4, imported=False),
            ExpectedLogin("https://old.example", "ada", "o", on(_CHANGED), last_used=_USED),
        ),
    ),
    Sample("firefox, fewer columns", "firefox-csv", _WITHOUT_TIMES, (MARKED._replace(changed=on(_CHANGED)),)),
    Sample("firefox, new logins that were used since", "firefox-csv", _USED_SINCE, _USED_SINCE_LOGINS),
    Sample("firefox, by an extension", "firefox-csv", _OF_AN_EXTENSION, (MARKED,)),
    Sample("firefox, no logins kept", "firefox-csv", _csv()),
    Sample("firefox profile, usual", "firefox-json", _PROFILE, _PROFILE_LOGINS),
    Sample("firefox profile, no logins kept", "firefox-json", _profile()),
    Sample("firefox profile, cut off", "firefox-json", _BROKEN, refused=True),
)
