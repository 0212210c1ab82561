"""X archives: JavaScript files since 2019, several parts, the manifest's own day."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from tests.evidence.archives.sample import MARKER, TODAY, ArchiveSample, Members, facts

MADE_ON = date(2026, 11, 18)
USER = "planted_marker"


def part(name: str, entries: Any, number: int = 0) -> bytes:
    return f"window.YTD.{name}.part{number} = {json.dumps(entries, indent=2)}".encode()


def manifest(*, partial: bool = False) -> bytes:
    generated = f"{MADE_ON}T23:30:00.000Z"
    archive = {"sizeBytes": "1000", "generationDate": generated, "isPartialArchive": partial}
    user = {"accountId": "42", "userName": USER, "displayName": MARKER}
    kinds = {"account": {"files": [{"fileName": "data/account.js", "globalName": "YTD.account.part0"}]}}
    return (
        b"window.__THAR_CONFIG = "
        + json.dumps({"userInfo": user, "archiveInfo": archive, "dataTypes": kinds}, indent=2).encode()
    )


def account(email: Any = "one@gmail.com", **more: str) -> bytes:
    base = {
        "email": email,
        "createdVia": "web",
        "username": USER,
        "accountId": "42",
        "createdAt": "2011-02-03T04:05:06.000Z",
        "accountDisplayName": MARKER,
    }
    return part("account", [{"account": base | more}])


def apps(*names: str, number: int = 0) -> bytes:
    one = {"permissions": ["read", "write"], "approvedAt": "2020-01-01T00:00:00.000Z", "id": "7"}
    return part(
        "connected_application", [{"connectedApplication": one | {"name": name}} for name in names], number
    )


def tokens(count: int) -> bytes:
    token = {
        "clientApplicationId": "1",
        "token": "x",
        "createdAt": "2026-01-01T00:00:00.000Z",
        "lastSeenAt": "2026-11-17T00:00:00.000Z",
        "clientApplicationName": "X for Web",
    }
    return part("device_token", [{"deviceToken": token}] * count)


def devices(**kinds: str) -> bytes:
    one = {
        "udid": "",
        "createdDate": "2021.10.20",
        "updatedDate": "2021.10.20",
        "phoneNumber": "+33600000000",
    }
    return part(
        "ni_devices", [{"niDeviceResponse": {key: one | {"deviceType": kind}}} for key, kind in kinds.items()]
    )


def protected(*changes: tuple[str, str]) -> bytes:
    entries = [{"protectedHistory": {"protectedAt": at, "action": action}} for at, action in changes]
    return part("protected_history", entries)


def whole() -> Members:
    """Everything, in two parts, beside the page that shows it."""
    change = {"changedAt": "2015-05-05T00:00:00.000Z", "changedFrom": MARKER, "changedTo": "one@gmail.com"}
    return {
        "Your archive.html": f"<html><title>{MARKER}</title></html>".encode(),
        "data/manifest.js": manifest(),
        "data/account.js": account(),
        "data/email-address-change.js": part(
            "email_address_change", [{"emailAddressChange": {"emailChange": change}}]
        ),
        "data/phone-number.js": part("phone_number", [{"device": {"phoneNumber": "+33600000000"}}]),
        "data/connected-application.js": apps("One", "Two"),
        "data/connected-application-part1.js": apps("Three", number=1),
        "data/device-token.js": tokens(4),
        "data/ni-devices.js": devices(messagingDevice="Auth"),
        "data/protected-history.js": protected(("2026-10-02T00:00:00.000Z", "Protect")),
        "data/tweets.js": part("tweets", [{"tweet": {"full_text": f"Ask {MARKER}"}}]),
    }


def of_2019() -> Members:
    """No manifest, no folder, a phone number in the account, and nothing in the history."""
    return {
        "account.js": account(MARKER, phoneNumber="+33600000000"),
        "connected-application.js": apps("One"),
        "ni-devices.js": devices(messagingDevice="Full", pushDevice="Auth"),
        "protected-history.js": protected(),
        "tweet.js": part("tweet", [{"full_text": "Hello", "id_str": "1"}]),
    }


def unprotected() -> Members:
    """The newest change is not the last one in the file."""
    return {
        "data/manifest.js": manifest(partial=True),
        "data/account.js": account(""),
        "data/connected-application.js": apps(),
        "data/device-token.js": tokens(0),
        "data/ni-devices.js": part("ni_devices", []),
        "data/protected-history.js": protected(
            ("2026-09-09T09:09:09.000Z", "Unprotected"), ("2026-07-07T07:07:07.000Z", "Protected")
        ),
    }


def other_action() -> Members:
    return {
        "data/account.js": account(),
        "data/protected-history.js": protected(("2026-09-09T09:09:09.000Z", "Reviewed")),
    }


def wrong_types() -> Members:
    return {
        "data/manifest.js": b'window.__THAR_CONFIG = {"userInfo": [], "archiveInfo": {"generationDate": 7}}',
        "data/account.js": part("account", [{"account": [MARKER]}]),
        "data/connected-application.js": part("connected_application", {"connectedApplication": {}}),
        "data/device-token.js": part("device_token", "none"),
        "data/ni-devices.js": part("ni_devices", [{"niDeviceResponse": {"messagingDevice": ["Auth"]}}, None]),
        "data/protected-history.js": part("protected_history", [{"protectedHistory": {"action": True}}]),
    }


def _sample(name: str, members: Members, words: dict[str, str | int | date], **more: Any) -> ArchiveSample:
    return ArchiveSample(f"x {name}", "x", members, TODAY, facts(words), **more)


SAMPLES = (
    _sample(
        "whole",
        whole(),
        {
            "attached-to": "public",
            "connected-apps": 3,
            "sessions": 4,
            "private": "yes",
            "second-step": "on",
        },
        user=USER,
        made_on=MADE_ON,
    ),
    _sample("of 2019", of_2019(), {"attached-to": "elsewhere", "connected-apps": 1}, user=USER),
    _sample(
        "unprotected",
        unprotected(),
        {"connected-apps": 0, "sessions": 0, "private": "no"},
        user=USER,
        made_on=MADE_ON,
    ),
    _sample("other action", other_action(), {"attached-to": "public"}, user=USER),
    _sample(
        "only the account", {"data/account.js": account(MARKER)}, {"attached-to": "elsewhere"}, user=USER
    ),
    _sample("wrong types", wrong_types(), {}),
)
