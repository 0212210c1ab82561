"""Snapchat archives: two forms of times, a misspelt key, a twin in HTML of every file."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.archives.sample import MARKER, TODAY, ArchiveSample, Members, as_json, facts

SECOND_STEP = "Two-Factor Authentication"


def account() -> dict[str, Any]:
    login = {"IP": "192.0.2.1", "Country": "FR", "Created": "2026-11-01 10:00:00 UTC", "Status": "success"}
    person = {"Username": "planted_marker", "Name": MARKER, "Creation Date": "2015-01-01 10:00:00 UTC"}
    return {
        "Basic Information": person,
        "Device Information": {"Make": "Maker"},
        "Device History": [],
        "Login History": [login],
    }


def history(passwords: list[Any], steps: list[tuple[str, str]], key: str = SECOND_STEP) -> dict[str, Any]:
    return {
        "Display Name Change": [{"Date": "2026-11-02 10:00:00 UTC", "Display Name": MARKER}],
        "Email Change": [],
        "Mobile Number Change": [{"Date": "2016-01-01 10:00:00 UTC", "Mobile Number": "+33600000000"}],
        "Password Change": [{"Date": each} for each in passwords],
        key: [{"Date": day, "Event": event} for day, event in steps],
        "Download My Data Reports": [{"Date": "2026-11-20 10:00:00 UTC", "Email Address": MARKER}],
    }


def apps(*names: str) -> dict[str, Any]:
    permissions = [{"App": name, "Time": "2026-01-01 10:00:00 UTC", "Type": "LOGIN"} for name in names]
    return {"Login": [], "Permissions": permissions, "Connections": []}


def bitmoji(email: Any) -> dict[str, Any]:
    return {"Basic Information": {"First Name": "", "Email": email, "Phone Number": ""}}


def recent() -> Members:
    """The newest entry is not the first one; an app has two permissions."""
    changes = ["2025-04-01 10:00:00 UTC", "2026-03-17 23:59:59 UTC", "2019-04-01 10:00:00 UTC"]
    steps = [("2024-01-01 10:00:00 UTC", "OTP enabled"), ("2026-03-18 10:00:00 UTC", "SMS enabled")]
    emails = [
        {"Date": "2016-01-01 10:00:00 UTC", "Email Address": "old@gmail.com"},
        {"Date": "2022-01-01 10:00:00 UTC", "Email Address": MARKER},
        {"Date": "2019-01-01 10:00:00 UTC", "Email Address": "older@gmail.com"},
    ]
    root = "mydata~1732300000000/"
    return {
        root + "index.html": b"<html><body>My data</body></html>",
        root + "html/account_history.html": f"<html><body>{MARKER}</body></html>".encode(),
        root + "json/account.json": as_json(account()),
        root + "json/account_history.json": as_json(history(changes, steps) | {"Email Change": emails}),
        root + "json/connected_apps.json": as_json(apps("Bitmoji", "Game", "Bitmoji")),
        root + "json/bitmoji.json": as_json(bitmoji("one@gmail.com")),
    }


def older() -> Members:
    """Times as C writes them, the key misspelt, and the address of Bitmoji as the only one."""
    changes = ["Wed Aug 19 12:00:00 UTC 2020", "Mon Jan 04 12:00:00 UTC 2021"]
    steps = [
        ("Tue Jan 05 12:00:00 UTC 2021", "TOTP enabled"),
        ("Wed Jan 06 12:00:00 UTC 2016", "SMS disabled"),
    ]
    return {
        "json/account.json": as_json(account()),
        "json/account_history.json": as_json(history(changes, steps, "Tow-Factor Authentication")),
        "json/connected_apps.json": as_json(apps()),
        "json/bitmoji.json": as_json(bitmoji("one@yahoo.co.uk")),
    }


def second_step(*steps: tuple[str, str]) -> Members:
    """Events of the second step only."""
    return {
        "json/account.json": as_json(account()),
        "json/account_history.json": as_json(history([], list(steps))),
    }


def wrong_types() -> Members:
    changes = {"Email Change": {"Email Address": MARKER}, SECOND_STEP: "SMS enabled"}
    return {
        "json/account.json": as_json(account()),
        "json/account_history.json": as_json(history([1773755030, None, ["2026-03-17"]], []) | changes),
        "json/connected_apps.json": as_json({"Permissions": {"App": "Game"}}),
        "json/bitmoji.json": as_json(bitmoji(7)),
    }


def impossible_days() -> Members:
    changes = ["2031-01-01 10:00:00 UTC", "2003-12-31 10:00:00 UTC", "yesterday", ""]
    return {
        "json/account.json": as_json(account()),
        "json/account_history.json": as_json(history(changes, [])),
    }


def pages() -> Members:
    page = f"<html><body><h1>Account history</h1>{MARKER}</body></html>".encode()
    root = "mydata~1732300000000/"
    return {
        root + "index.html": page,
        root + "html/account.html": page,
        root + "html/account_history.html": page,
        root + "html/snap_history.html": page,
    }


def _sample(name: str, members: Members, words: dict[str, str | int | date], **more: Any) -> ArchiveSample:
    return ArchiveSample(f"snapchat {name}", "snapchat", members, TODAY, facts(words), **more)


_LAST, _FIRST = "2026-03-18 10:00:00 UTC", "2024-01-01 10:00:00 UTC"

SAMPLES = (
    _sample(
        "recent",
        recent(),
        {
            "attached-to": "elsewhere",
            "password-changed": date(2026, 3, 17),
            "second-step": "sms",
            "connected-apps": 2,
        },
    ),
    _sample(
        "older",
        older(),
        {
            "attached-to": "public",
            "password-changed": date(2021, 1, 4),
            "second-step": "app",
            "connected-apps": 0,
        },
    ),
    _sample(
        "second step off",
        second_step((_LAST, "SMS disabled"), (_FIRST, "SMS enabled")),
        {"second-step": "off"},
    ),
    _sample(
        "second step by an app", second_step((_LAST, "Authenticator App Enabled")), {"second-step": "app"}
    ),
    _sample("second step in other words", second_step((_LAST, "Recovery code made")), {}),
    _sample("wrong types", wrong_types(), {}),
    _sample("impossible days", impossible_days(), {}),
    _sample("pages", pages(), {}, refused=True),
)
