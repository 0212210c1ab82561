"""Instagram archives: both shapes of its JSON, its layouts since 2021, and labels in six languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
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

PERSONAL = "personal_information/personal_information/personal_information.json"
SYNCING = "personal_information/personal_information/instagram_profile_information.json"
DEVICES = "personal_information/device_information/devices.json"
SECOND_STEP = "personal_information/device_information/two-factor_authentication.json"
PASSWORDS = "security_and_login_information/login_and_profile_creation/password_change_activity.json"
LOGINS = "security_and_login_information/login_and_profile_creation/login_activity.json"
APPS = "apps_and_websites_off_of_instagram/apps_and_websites/"
CONTACTS = "connections/contacts/synced_contacts.json"


def mapped(key: str, *entries: Mapping[str, str | int]) -> dict[str, Any]:
    """The older shape: labels to values, and a whole number is a time."""
    return {key: [{"title": "", "media_map_data": {}, "string_map_data": _map(entry)} for entry in entries]}


def _map(entry: Mapping[str, str | int]) -> dict[str, dict[str, Any]]:
    return {label: _cell(value) for label, value in entry.items()}


def _cell(value: str | int) -> dict[str, Any]:
    if isinstance(value, int):
        return {"href": "", "value": "", "timestamp": value}
    return {"href": "", "value": value, "timestamp": 0}


def listed(*values: dict[str, Any]) -> list[dict[str, Any]]:
    """The newer shape; the first time is when the entry was written, not what it tells."""
    return [{"timestamp": seconds(TODAY), "media": [], "label_values": list(values), "fbid": "1784"}]


def profile(entry: Mapping[str, str | int]) -> dict[str, Any]:
    return mapped(
        "profile_user", {"Username": "planted.marker", "Bio": "Pictures with @camera.shop", **entry}
    )


def password_changes(label: str, *times: int) -> dict[str, Any]:
    return mapped("account_history_password_change_history", *({label: each} for each in times))


def contacts() -> dict[str, Any]:
    return mapped("contacts_contact_info", {"First Name": "Marker", "Contact Information": MARKER})


def english() -> Members:
    """The layout since April 2024, with everything that is read; a phone number is confirmed, too."""
    private = {"Email": "one@gmail.com", "Phone Confirmed": "False", "Private Account": "True"}
    times = [seconds(date(2023, 1, 5)), seconds(date(2026, 8, 14)), seconds(date(2025, 2, 2))]
    login = {"title": "2026-11-20T08:00:00+00:00", "string_map_data": {"IP Address": {"value": "192.0.2.7"}}}
    return {
        PERSONAL: as_json(profile(private)),
        SYNCING: as_json(mapped("profile_account_insights", {"Contact Syncing": "False", "First Login": 5})),
        PASSWORDS: as_json(password_changes("Time", *times)),
        LOGINS: as_json({"account_history_login_history": [login]}),
        DEVICES: as_json(mapped("devices_devices", {"User Agent": "A"}, {"User Agent": "B"})),
        SECOND_STEP: as_json(mapped("devices_two_factor_authentication", {"Status": "Enabled"})),
        APPS + "active_apps.json": as_json(mapped("apps_and_websites_active_apps", {"Added on": 1}, {}, {})),
        APPS + "expired_apps.json": as_json(mapped("apps_and_websites_expired_apps", {"Added on": 1})),
        CONTACTS: as_json(contacts()),
    }


def localised(email: dict[str, str | int], private: dict[str, str | int], time: str) -> Members:
    changes = password_changes(time, seconds(date(2026, 5, 1)), seconds(date(2024, 5, 1)))
    return {
        PERSONAL: as_json(mojibake(profile(email | private))),
        PASSWORDS: as_json(mojibake(changes)),
        CONTACTS: as_json(contacts()),
    }


def layout_of_2021() -> Members:
    """Other folders, a wrapper, a small letter in the label, and “expired” misspelt."""
    root = "planted.marker_20210901/"
    private = {"Email address": MARKER, "Private account": "False"}
    return {
        root + "account_information/personal_information.json": as_json(profile(private)),
        root + "login_and_account_creation/password_change_activity.json": as_json(
            password_changes("Time", seconds(date(2021, 8, 30)))
        ),
        root + "device_information/devices.json": as_json(mapped("devices_devices", {"User Agent": "A"})),
        root + "apps_and_websites/expired_pps.json": as_json(mapped("apps_and_websites_expired_apps", {})),
    }


def listed_second_step(state: dict[str, Any]) -> Members:
    return {
        PERSONAL: as_json(profile({"Email": MARKER})),
        SECOND_STEP: as_json(listed(state, {"label": "Phone number", "value": "+33 6 00 00 00 00"})),
    }


def only_passwords() -> Members:
    """Times that cannot be: 1970, none, and after the archive; of the others, the last day that may be."""
    days = [seconds(TODAY + timedelta(1), "00:00:05"), seconds(date(2031, 1, 1)), seconds(date(2003, 12, 31))]
    return {PASSWORDS: as_json(password_changes("Time", 0, 20261101, *days) | {"note": MARKER})}


def impossible_passwords() -> Members:
    changes = password_changes("Time", 0, 20261101, seconds(date(2031, 1, 1)))
    return {PASSWORDS: as_json(changes | {"note": MARKER})}


def wrong_types() -> Members:
    return {
        PERSONAL: as_json({"profile_user": [{"string_map_data": [MARKER, "Private Account", "True"]}]}),
        PASSWORDS: as_json(
            {
                "account_history_password_change_history": [
                    {"string_map_data": {"Time": {"timestamp": "1754000000"}}},
                    7,
                ]
            }
        ),
        DEVICES: as_json({"devices_devices": {"User Agent": "A"}}),
        SECOND_STEP: as_json({"devices_two_factor_authentication": "Enabled"}),
        SYNCING: as_json({"profile_account_insights": [None]}),
        APPS + "active_apps.json": as_json({"apps_and_websites_active_apps": None}),
    }


def empty_categories() -> Members:
    return {
        PERSONAL: as_json(profile({"Email": "", "Phone Confirmed": "True"})),
        "security_and_login_information/login_and_profile_creation/no-data.txt": b"You have no data here.",
        "personal_information/device_information/no-data.txt": b"You have no data here.",
        CONTACTS: as_json(contacts()),
    }


def pages() -> Members:
    """The default of the request: HTML."""
    page = f"<html><head><title>Personal information</title></head><body>{MARKER}</body></html>".encode()
    return {
        "start_here.html": page,
        PERSONAL.replace(".json", ".html"): page,
        PASSWORDS.replace(".json", ".html"): page,
        "your_instagram_activity/messages/chats.html": page,
    }


def _sample(name: str, members: Members, words: dict[str, str | int | date], **more: Any) -> ArchiveSample:
    return ArchiveSample(f"instagram {name}", "instagram", members, TODAY, facts(words), **more)


_CHANGED: dict[str, str | int | date] = {"password-changed": date(2026, 5, 1)}

SAMPLES = (
    _sample(
        "english",
        english(),
        {
            "attached-to": "public",
            "private": "yes",
            "password-changed": date(2026, 8, 14),
            "second-step": "on",
            "contact-upload": "no",
            "connected-apps": 3,
            "sessions": 2,
        },
    ),
    _sample(
        "french",
        localised({"Adresse e-mail": MARKER, "Nom d’utilisateur": "é"}, {"Compte privé": "False"}, "Heure"),
        {"attached-to": "elsewhere", "private": "no"} | _CHANGED,
    ),
    _sample(
        "german",
        localised({"E-Mail-Adresse": "einer@web.de"}, {"Privates Konto": "True"}, "Zeit"),
        {"attached-to": "public", "private": "yes"} | _CHANGED,
    ),
    _sample(
        "spanish",
        localised({"Correo electrónico": "una@hotmail.es"}, {"Cuenta privada": "False"}, "Fecha y hora"),
        {"attached-to": "public", "private": "no"} | _CHANGED,
    ),
    _sample(
        "italian",
        localised(
            {"Indirizzo e-mail": MARKER, "Phone Confirmed": "False"}, {"Account privato": "True"}, "Orario"
        ),
        {"attached-to": "elsewhere", "private": "yes"} | _CHANGED,
    ),
    _sample(
        "dutch times",
        localised({"Email": "iemand@gmx.net"}, {"Private Account": "True"}, "Tijd"),
        {"attached-to": "public", "private": "yes"} | _CHANGED,
    ),
    _sample("unknown label", localised({}, {"Cont privat": "True"}, "Oră"), _CHANGED),
    _sample(
        "layout of 2021",
        layout_of_2021(),
        {"attached-to": "elsewhere", "private": "no", "password-changed": date(2021, 8, 30), "sessions": 1},
    ),
    _sample(
        "second step off",
        listed_second_step({"ent_field_name": "State", "label": "State", "value": "DISABLED"}),
        {"attached-to": "elsewhere", "second-step": "off"},
    ),
    _sample(
        "second step in other words",
        listed_second_step({"label": "Zustand", "value": "Eingerichtet"}),
        {"attached-to": "elsewhere"},
    ),
    _sample("only passwords", only_passwords(), {"password-changed": TODAY + timedelta(1)}),
    _sample("impossible passwords", impossible_passwords(), {}),
    _sample("wrong types", wrong_types(), {}),
    _sample("empty categories", empty_categories(), {}),
    _sample("pages", pages(), {}, refused=True),
)
