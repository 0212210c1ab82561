"""Google Takeout: three languages of folder and file names, the page that tells which is which."""

from __future__ import annotations

import unicodedata
from datetime import date
from typing import Any

from tests.evidence.archives.sample import MARKER, TODAY, ArchiveSample, Members, as_json, csv_lines, facts

DEVICE_HEADER = (
    "Gaia ID,Device Type,Brand Name,Marketing Name,Device Model,OS,OS Version,Device Last Location"
)
ACTIVITY_HEADER = (
    "Gaia ID,Activity Timestamp,IP Address,Proxiedhost IP Address,Is Non-routable IP Address,"
    "User Agent String,Product Name"
)
FRENCH_DEVICES = "Activité du journal d'accès/Appareils _ liste des appareils (Nest, Pixel, iPh.csv"
SPANISH_ACTIVITIES = "Actividad de registro de accesos/Actividades_ una lista con los servicios de Google.csv"
SPANISH_DEVICES = "Actividad de registro de accesos/Dispositivos_ una lista con los dispositivos (por_.csv"


def subscriber(recovery: str = "", sms: str = "", *, section: bool = True, contact: str = MARKER) -> bytes:
    """The page of the account. The address for contact is the account's own, and no way back into it."""
    lines = (f"Contact e-Mail: {contact}", f"Recovery e-Mail: {recovery}", f"Recovery SMS: {sms}")
    back = f"<h2>ACCOUNT RECOVERY</h2>{_items(*lines)}" if section else ""
    page = (
        "<html><head><title>Google Subscriber Information</title></head><body>"
        "<h1>GOOGLE SUBSCRIBER INFORMATION</h1>"
        + _items(
            "Google Account ID: 100000000000",
            "Name: Marker Planted",
            "e-Mail: marker.planted@gmail.com",
            f"Alternate e-Mails: {MARKER}",
            "Created on: 2012-04-05 06:07:08 Z",
            "Status: Enabled",
        )
        + back
        + "<h2>PHONE NUMBERS</h2>"
        + _items("User Phone Numbers: +33600000000 [FR]")
        + "<h2>IP ACTIVITY</h2><table><tr><th>Timestamp</th><th>IP Address</th><th>Activity Type</th></tr>"
        "<tr><td>2026-11-01 10:00:00 Z</td><td>192.0.2.1</td><td>Login</td></tr></table></body></html>"
    )
    return page.encode()


def _items(*lines: str) -> str:
    return '<div class="section"><ul>' + "".join(f"<li>{line}</li>" for line in lines) + "</ul></div>"


def browser(*folders: tuple[str, str]) -> bytes:
    """The page that names every folder in English, too."""
    heads = "".join(
        f'<h1 class="data-folder-name" data-english-name="{english}" data-folder-name="{local}">{local}</h1>'
        for english, local in folders
    )
    return f"<!DOCTYPE html><html><head><title>Archive</title></head><body>{heads}</body></html>".encode()


def devices(count: int) -> bytes:
    row = '100000000000,Mobile,"Brand, Inc.",Phone,P-1,Android,16,2026-11-10 10:00:00 UTC'
    return csv_lines(DEVICE_HEADER, *[row] * count)


def activities() -> bytes:
    row = "100000000000,2026-11-11 02:49:39 UTC,192.0.2.1,,false,Browser,Gmail"
    return csv_lines(ACTIVITY_HEADER, *[row] * 5)


def history(**settings: Any) -> bytes:
    phone = {"deviceTag": 12, "devicePrettyName": "Phone", "reportingEnabled": True}
    times = {"createdTime": "2013-05-15T21:53:59.385Z", "modifiedTime": "2026-07-01T21:27:31.880Z"}
    return as_json(times | settings | {"deviceSettings": [phone]})


def english() -> Members:
    return {
        "Takeout/archive_browser.html": browser(
            ("LOCATION_HISTORY", "Location History (Timeline)"), ("GOOGLE_ACCOUNT", "Google Account")
        ),
        "Takeout/Google Account/marker.planted.SubscriberInfo.html": subscriber(MARKER),
        "Takeout/Access Log Activity/Activities - A list of Google services accessed by.csv": activities(),
        "Takeout/Access Log Activity/Devices - A list of devices (i.e. Nest, Pixel, iPh.csv": devices(3),
        "Takeout/Location History (Timeline)/Settings.json": history(
            timelineEnabled=True, retentionWindowDays=90
        ),
        "Takeout/My Activity/Maps/MyActivity.json": as_json([{"header": "Maps", "title": MARKER}]),
    }


def french() -> Members:
    """No-break spaces in names, accents taken apart as on a Mac, and another file of settings."""
    folder = "Historique des positions (Vos trajets)"
    members = {
        "Takeout/archive_browser.html": browser(
            ("LOCATION_HISTORY", folder),
            ("GOOGLE_ACCOUNT", "Compte Google"),
            ("PLAY_MOVIES", "Google Play\u00a0Films et TV"),
        ),
        "Takeout/Compte Google/marker.planted.SubscriberInfo.html": subscriber(sms="+33600000000 [FR]"),
        f"Takeout/{FRENCH_DEVICES}": devices(1),
        f"Takeout/{folder}/Paramètres.json": history(timelineEnabled=False),
        "Takeout/Chrome/Paramètres.json": as_json({"historyEnabled?": MARKER, "Preferences": []}),
        "Takeout/Google Play\u00a0Films et TV/Films.json": as_json([]),
    }
    return {unicodedata.normalize("NFD", name): content for name, content in members.items()}


def spanish() -> Members:
    """Without the page that tells; names cut off as they are."""
    return {
        "Takeout/Cuenta de Google/marker.planted.SubscriberInfo.html": subscriber(),
        f"Takeout/{SPANISH_ACTIVITIES}": activities(),
        f"Takeout/{SPANISH_DEVICES}": devices(2),
        "Takeout/Historial de ubicaciones/Configuración.json": history(
            historyEnabled=True, retentionWindowDays=0
        ),
        "Takeout/Perfil/Perfil.json": as_json({"displayName": MARKER}),
        "Takeout/Chrome/Configuración.json": as_json({"Preferences": []}),
    }


def with_history(**settings: Any) -> Members:
    return {
        "Takeout/archive_browser.html": browser(("LOCATION_HISTORY", "Location History")),
        "Takeout/Google Account/marker.planted.SubscriberInfo.html": subscriber(section=False),
        "Takeout/Location History/Settings.json": history(**settings),
    }


def nothing_known() -> Members:
    """Activities alone are no list of devices."""
    return {
        "Takeout/archive_browser.html": browser(("ACCESS_LOG_ACTIVITY", "Access Log Activity")),
        "Takeout/Access Log Activity/Activities - A list of Google services accessed by.csv": activities(),
        "Takeout/Profile/Profile.json": as_json({"emails": [{"value": MARKER}]}),
    }


def nothing_in_it() -> Members:
    return {
        "Takeout/archive_browser.html": browser(("ACCESS_LOG_ACTIVITY", "Access Log Activity")),
        "Takeout/Google Account/marker.planted.SubscriberInfo.html": subscriber(contact=""),
        "Takeout/Access Log Activity/Devices - A list of devices (i.e. Nest, Pixel, iPh.csv": devices(0),
    }


def _sample(name: str, members: Members, words: dict[str, str | int | date], **more: Any) -> ArchiveSample:
    return ArchiveSample(f"google {name}", "google", members, TODAY, facts(words), **more)


SAMPLES = (
    _sample("english", english(), {"recovery": "some", "timeline": "short", "sessions": 3}),
    _sample("french", french(), {"recovery": "some", "timeline": "off", "sessions": 1}),
    _sample("spanish", spanish(), {"recovery": "none", "timeline": "long", "sessions": 2}),
    _sample(
        "three months", with_history(timelineEnabled=True, retentionWindowDays=92), {"timeline": "short"}
    ),
    _sample("18 months", with_history(historyEnabled=True, retentionWindowDays=540), {"timeline": "long"}),
    _sample("93 days", with_history(timelineEnabled=True, retentionWindowDays=93), {"timeline": "long"}),
    _sample("history off", with_history(historyEnabled=False, retentionWindowDays=90), {"timeline": "off"}),
    _sample("for how long it is kept is unknown", with_history(historyEnabled=True), {}),
    _sample("wrong types", with_history(historyEnabled="false", retentionWindowDays="90"), {}),
    _sample("days as a text", with_history(historyEnabled=True, retentionWindowDays="90"), {}),
    _sample("nothing known", nothing_known(), {}),
    _sample("nothing in it", nothing_in_it(), {"recovery": "none", "sessions": 0}),
)
