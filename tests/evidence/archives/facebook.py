"""Facebook archives: flat and nested folders, both shapes of label lists, French labels, HTML."""

from __future__ import annotations

from datetime import date
from typing import Any

from tests.evidence.archives.sample import (
    MARKER,
    TODAY,
    ArchiveSample,
    Members,
    as_json,
    facts,
    mojibake,
    seconds,
)

SECURITY = "security_and_login_information/"
PROFILE = "personal_information/profile_information/profile_information.json"
PASSWORD = "personal_information/facebook_accounts_center/your_account_password_information.json"
PRIVACY = "preferences/preferences/privacy_settings.json"
APPS = "apps_and_websites_off_of_facebook/"


def profile(*current: str, previous: tuple[str, ...] = ()) -> dict[str, Any]:
    emails = {
        "emails": list(current),
        "previous_emails": list(previous),
        "pending_emails": [],
        "ad_account_emails": [],
    }
    phone = {"phone_type": "Mobile", "phone_number": "+33600000000", "verified": True}
    return {
        "profile_v2": {
            "name": {"full_name": "Marker Planted", "first_name": "Marker", "last_name": "Planted"},
            "emails": emails,
            "phone_numbers": [phone],
            "username": "marker.user",
            "registration_timestamp": seconds(date(2009, 3, 1)),
        }
    }


def labelled(*values: dict[str, Any]) -> dict[str, Any]:
    """One entry of labels; its own time is when the archive was made, and tells nothing else."""
    return {"timestamp": seconds(TODAY), "media": [], "label_values": list(values), "fbid": "100"}


def changed(label: str, day: date) -> dict[str, Any]:
    return {"label": label, "timestamp_value": seconds(day)}


def records(*events: tuple[str, date]) -> dict[str, Any]:
    return {"admin_records_v2": [_record(event, day) for event, day in events]}


def _record(event: str, day: date) -> dict[str, Any]:
    session = {"created_timestamp": seconds(day), "ip_address": "192.0.2.9", "user_agent": "Browser"}
    return {"event": event, "session": session, "extra_info": {}}


def activity(*actions: tuple[str, date]) -> dict[str, Any]:
    return {"account_activity_v2": [_action(action, day) for action, day in actions]}


def _action(action: str, day: date) -> dict[str, Any]:
    return {"action": action, "timestamp": seconds(day), "ip_address": "192.0.2.9", "city": "Lyon"}


def audience(label: str, value: str) -> dict[str, Any]:
    """Audience settings between two others that look alike."""
    return labelled(
        {
            "title": "Your activity",
            "dict": [
                {"label": "Who can send you friend requests?", "value": "Everyone"},
                {"label": label, "value": value},
                {"label": "Who can see your friends list?", "value": "Public"},
            ],
        }
    )


def sessions(count: int) -> dict[str, Any]:
    one = {"created_timestamp": seconds(date(2026, 9, 1)), "device": "Phone", "session_type": "1"}
    return {"active_sessions_v2": [one] * count}


def apps(*categories: str | None) -> dict[str, Any]:
    return {"installed_apps_v2": [_app(number, each) for number, each in enumerate(categories)]}


def _app(number: int, category: str | None) -> dict[str, Any]:
    app = {"name": f"App {number}", "added_timestamp": seconds(date(2020, 1, 1))}
    return app if category is None else app | {"category": category}


def english() -> Members:
    root = "facebook-marker-2026-11-20-a1b2c3d4/"
    state = {"ent_field_name": "State", "label": "State", "value": "Enabled"}
    since = {"ent_field_name": "EnabledTime"} | changed("Enabled time", date(2022, 2, 2))
    return {
        root + PROFILE: as_json(profile("one@gmail.com", previous=(MARKER,))),
        root + PASSWORD: as_json(labelled(changed("Last password change", date(2026, 7, 19)))),
        root + SECURITY + "record_details.json": as_json(records(("Password Change", date(2026, 3, 2)))),
        root + SECURITY + "account_activity.json": as_json(
            activity(("Password Change", date(2026, 5, 5)), ("Login", date(2026, 11, 20)))
        ),
        root + SECURITY + "two-factor_authentication.json": as_json(labelled(state, since)),
        root + SECURITY + "where_you're_logged_in.json": as_json(sessions(2)),
        root + APPS + "connected_apps_and_websites.json": as_json(
            apps("active", "expired", "inactive", None, "removed", "active")
        ),
        root + PRIVACY: as_json(audience("Who can see your future posts?", "Friends")),
    }


def older_layout() -> Members:
    """A later event that is not known to be a change of password, and no app that is active."""
    return {
        "profile_information/profile_information.json": as_json(profile("one@orange.fr", MARKER)),
        SECURITY + "record_details.json": as_json(
            records(
                ("Email change", date(2026, 6, 6)),
                ("Password Change", date(2024, 10, 3)),
                ("Password Change", date(2019, 4, 4)),
            )
        ),
        SECURITY + "account_activity.json": as_json(
            mojibake(activity(("Passwortänderung", date(2026, 2, 2))))
        ),
        SECURITY + "where_you_re_logged_in.json": as_json(sessions(1)),
        APPS + "apps_and_websites.json": as_json(apps("expired", "removed")),
    }


def french(label: str, value: str, second_step: str) -> Members:
    """Labels as Meta writes them, and the list shape of a file that elsewhere is one entry."""
    password = changed("Dernière modification du mot de passe", date(2026, 1, 31))
    return {
        PROFILE: as_json(profile(MARKER)),
        PASSWORD.replace("your_account_password_information", "you_account_password"): as_json(
            mojibake([labelled(password)])
        ),
        SECURITY + "account_activity.json": as_json(activity(("Password Change", date(2025, 12, 31)))),
        SECURITY + "two-factor_authentication.json": as_json(
            labelled({"label": "État", "value": second_step})
        ),
        PRIVACY: as_json(mojibake(audience(label, value))),
    }


def some_audience(label: str, value: str) -> Members:
    return {PROFILE: as_json(profile(MARKER)), PRIVACY: as_json(audience(label, value))}


def wrong_types() -> Members:
    return {
        PROFILE: as_json({"profile_v2": [{"emails": MARKER}]}),
        PASSWORD: as_json(labelled({"label": "Changed", "timestamp_value": "1754000000"})),
        SECURITY + "record_details.json": as_json({"admin_records_v2": {"event": "Password Change"}}),
        SECURITY + "account_activity.json": as_json(
            {"account_activity_v2": ["Password Change", {"action": "Password Change", "timestamp": None}]}
        ),
        SECURITY + "two-factor_authentication.json": as_json({"label_values": {"value": "Enabled"}}),
        SECURITY + "where_you're_logged_in.json": as_json({"active_sessions_v2": "none"}),
        APPS + "connected_apps_and_websites.json": as_json({"installed_apps_v2": {"name": "App"}}),
        PRIVACY: as_json(labelled({"dict": {"label": "Who can see your future posts?", "value": "Friends"}})),
    }


def impossible_days() -> Members:
    return {
        PROFILE: as_json(profile("", previous=(MARKER,))),
        PASSWORD: as_json(labelled(changed("Changed", date(2031, 1, 1)))),
        SECURITY + "record_details.json": as_json(records(("Password Change", date(2003, 12, 31)))),
        SECURITY + "no-data.txt": b"You have no data here.",
        "preferences/preferences/no-data.txt": b"You have no data here.",
    }


def pages() -> Members:
    page = f"<html><head><title>Your profile</title></head><body>{MARKER}</body></html>".encode()
    return {
        "start_here.html": page,
        PROFILE.replace(".json", ".html"): page,
        SECURITY + "account_activity.html": page,
        "your_facebook_activity/messages/your_messages.html": page,
    }


def _sample(name: str, members: Members, words: dict[str, str | int | date], **more: Any) -> ArchiveSample:
    return ArchiveSample(f"facebook {name}", "facebook", members, TODAY, facts(words), **more)


def _audience(label: str, value: str, word: str | None) -> ArchiveSample:
    words: dict[str, str | int | date] = {} if word is None else {"future-posts": word}
    return _sample(
        f"audience {label} {value}", some_audience(label, value), {"attached-to": "elsewhere"} | words
    )


FUTURE = "Who can see your future posts?"
FUTURS = "Qui peut voir vos futures publications{}?"

SAMPLES = (
    _sample(
        "english",
        english(),
        {
            "attached-to": "public",
            "password-changed": date(2026, 7, 19),
            "second-step": "on",
            "sessions": 2,
            "connected-apps": 3,
            "future-posts": "friends",
        },
    ),
    _sample(
        "older layout",
        older_layout(),
        {"attached-to": "mixed", "password-changed": date(2024, 10, 3), "sessions": 1, "connected-apps": 0},
    ),
    _sample(
        "french with a no-break space",
        french(FUTURS.format("\u00a0"), "Amis de leurs amis", "disabled"),
        {
            "attached-to": "elsewhere",
            "password-changed": date(2026, 1, 31),
            "second-step": "off",
            "future-posts": "friends-of-friends",
        },
    ),
    _sample(
        "french with a space",
        french(FUTURS.format(" "), "Moi uniquement", "Activée"),
        {"attached-to": "elsewhere", "password-changed": date(2026, 1, 31), "future-posts": "me"},
    ),
    _audience(FUTURE, "Public", "public"),
    _audience(FUTURE, "Only me", "me"),
    _audience(FUTURS.format(" "), "Amis", "friends"),
    _audience(FUTURE, "Friends of friends", "friends-of-friends"),
    _audience(FUTURE, "Friends except Marker", None),
    _audience("Kto widzi Twoje posty?", "Public", None),
    _sample("only the profile", {PROFILE: as_json(profile("one@me.com", MARKER))}, {"attached-to": "mixed"}),
    _sample("wrong types", wrong_types(), {}),
    _sample("impossible days", impossible_days(), {}),
    _sample("pages", pages(), {}, refused=True),
)
