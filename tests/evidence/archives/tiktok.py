"""TikTok archives: one JSON file whose sections were renamed twice, and its variant in plain text."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.archives.sample import MARKER, TODAY, ArchiveSample, Members, as_json, facts

SUGGEST = "Suggest your account to "


def settings(**changes: Any) -> dict[str, Any]:
    """Settings of which none says anything, changed as told; `_` stands for a space."""
    base: dict[str, Any] = {
        "Allow DownLoad": "Default",
        "Allow Others to Find Me": "Default",
        "App Language": "fr",
        "Content Preferences": {"Video Languages Preferences": None},
        "Filter Comments": "Off",
        "Personalized Ads": "Enabled",
        "Private Account": "Default",
        "Push Notification": {"New Fans": "Default"},
        SUGGEST + "Facebook friends": "Default",
        SUGGEST + "contacts": "Default",
        SUGGEST + "people who open or send links to you": "Default",
        "Web Language": "N/A",
        "Who Can Post Comments": "Everyone",
        "Who Can Send Me Message": "Default",
    }
    return {"App": 1, "SettingsMap": base | {key.replace("_", " "): value for key, value in changes.items()}}


def suggested(*values: str) -> dict[str, str]:
    kinds = ("Facebook friends", "contacts", "people who open or send links to you")
    return {SUGGEST + kind: value for kind, value in zip(kinds, values, strict=True)}


def profile(email: Any) -> dict[str, Any]:
    platform = {"Description": "", "Name": MARKER, "Platform": "Google", "Profile Photo": "None"}
    person = {"emailAddress": email, "telephoneNumber": "None", "userName": "planted_marker"}
    return {"App": 1, "ProfileMap": person | {"PlatformInfo": [platform], "likesReceived": "None"}}


def logins() -> dict[str, Any]:
    login = {"Date": "2026-11-01 10:00:00 UTC", "IP": "192.0.2.1", "DeviceModel": "Phone"}
    return {"LoginHistoryList": [login]}


def of_2023(email: Any, **changes: Any) -> dict[str, Any]:
    return {
        "Activity": {
            "Login History": logins(),
            "Most Recent Location Data": {"LocationData": {"LastRegion": "N/A"}},
            "Video Browsing History": {"VideoList": None},
        },
        "App Settings": {"Block": {"App": 1, "BlockList": None}, "Settings": settings(**changes)},
        "Comment": {"Comments": {"App": 1, "CommentsList": None}},
        "Direct Messages": {"Chat History": {"ChatHistory": {}}},
        "Profile": {"Profile Information": profile(email)},
        "Video": {"Videos": {"VideoList": []}},
    }


def of_2025(email: Any, **changes: Any) -> dict[str, Any]:
    return {
        "App Settings": {"Block List": {"App": 1, "BlockList": []}, "Settings": settings(**changes)},
        "Comment": {"Comments": {"CommentsList": []}},
        "Direct Message": {"Direct Messages": {"ChatHistory": {}}},
        "Post": {"Posts": {"VideoList": []}},
        "Profile": {"Profile Info": profile(email)},
        "Your Activity": {"Login History": logins(), "Watch History": {"VideoList": []}},
    }


def of_2026(email: Any, **changes: Any) -> dict[str, Any]:
    """Profile and settings share one section."""
    shared = {
        "Profile Info": profile(email),
        "Settings": settings(**changes),
        "Block List": {"BlockList": []},
    }
    return {
        "Profile And Settings": shared,
        "Your Activity": {"Login History": logins()},
        "Likes and Favorites": {"Like List": {"ItemFavoriteList": []}},
    }


def bare(content: Any) -> Members:
    return {"user_data_tiktok.json": as_json(content)}


def texts() -> Members:
    profile = f"Username: {MARKER}\nEmail: {MARKER}\n"
    return {
        "TikTok/Profile and Settings/Profile Information.txt": profile.encode(),
        "TikTok/Profile and Settings/Settings.txt": b"Private Account: Off\n\nAllow DownLoad: On\n",
        "TikTok/Your Activity/Login History.txt": b"Date: 2026-11-01 10:00:00 UTC\nIP: 192.0.2.1\n",
        "TikTok/Your Activity/Watch History.txt": b"You have no data in this section\n",
        "TikTok/Comment/Comments.txt": b"You have no data in this section\n",
    }


def older_texts() -> Members:
    return {
        "Activity/Video Browsing History.txt": b"Date: 2023-01-01 10:00:00\nVideo Link: https://example.org/\n",
        "Activity/Like List.txt": b"Date: 2023-01-01 10:00:00\n",
        "App Settings/Settings.txt": b"Private Account: Disabled\n",
        "Profile/Profile Information.txt": f"Username: {MARKER}\n".encode(),
        "Video/Videos.txt": b"Date: 2023-01-01 10:00:00\n",
    }


def _sample(name: str, members: Members, words: dict[str, str | int | date], **more: Any) -> ArchiveSample:
    return ArchiveSample(f"tiktok {name}", "tiktok", members, TODAY, facts(words), **more)


_STRICT: dict[str, Any] = {
    "Private_Account": "Enabled",
    "Allow_Others_to_Find_Me": "Disabled",
    "Allow_DownLoad": "Disabled",
    "Who_Can_Send_Me_Message": "Friends",
}
_OPEN: dict[str, Any] = {
    "Private_Account": "off",
    "Allow_Others_to_Find_Me": "ON",
    "Allow_DownLoad": "enabled",
    "Who_Can_Send_Me_Message": "everyone",
}
_OPEN_WORDS: dict[str, str | int | date] = {
    "private": "no",
    "discoverable": "yes",
    "downloads": "yes",
    "messages-from": "everyone",
    "suggested": "yes",
}
_LISTS: dict[str, Any] = {key: ["Enabled"] for key in (*_STRICT, SUGGEST + "contacts")}

SAMPLES = (
    _sample(
        "of 2023",
        {
            "user_data.json": as_json(
                of_2023("one@gmail.com", **_STRICT, **suggested("Disabled", "disabled", "Off"))
            )
        },
        {
            "attached-to": "public",
            "private": "yes",
            "discoverable": "no",
            "downloads": "no",
            "messages-from": "friends",
            "suggested": "no",
        },
    ),
    _sample(
        "of 2025",
        {
            "TikTok/user_data_tiktok.json": as_json(
                of_2025(MARKER, **_OPEN, **suggested("Off", "On", "Default"))
            )
        },
        {"attached-to": "elsewhere"} | _OPEN_WORDS,
    ),
    _sample(
        "of 2026",
        bare(of_2026("one@laposte.net", **_OPEN, **suggested("enabled", "off", "off"))),
        {"attached-to": "public"} | _OPEN_WORDS,
    ),
    _sample("all by default", bare(of_2025("None")), {}),
    _sample("some by default", bare(of_2023("N/A", **suggested("Off", "Default", "Off"))), {}),
    _sample(
        "messages from nobody",
        bare(of_2023(None, Who_Can_Send_Me_Message="Myself")),
        {"messages-from": "nobody"},
    ),
    _sample("other words", bare(of_2023("", Who_Can_Send_Me_Message="Sometimes", Private_Account="N/A")), {}),
    _sample("no settings", bare(of_2023(MARKER) | {"App Settings": None}), {"attached-to": "elsewhere"}),
    _sample("wrong types", bare(of_2025([MARKER], **_LISTS)), {}),
    _sample("plain text", texts(), {}, refused=True),
    _sample("older plain text", older_texts(), {}, refused=True),
)
