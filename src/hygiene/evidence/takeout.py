"""The archive of Google Takeout: names are in the language of the account, columns and keys in English.

A page at the top, `archive_browser.html`, says which folder is which.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from html import unescape

from hygiene.evidence.json_text import json_value, mapping
from hygiene.evidence.network_export import NEVER_DATED, count, export_of, word
from hygiene.evidence.network_files import basename, ending, lone, parent
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.subscriber_page import SUBSCRIBER_PAGE, is_subscriber_page, subscriber_page
from hygiene.evidence.table_files import has_columns, table
from hygiene.evidence.times import export_day
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle

NETWORK = "google"

_TOP = "takeout/"
_BROWSER = "archive_browser.html"
_BROWSER_BYTES = 4 * 1024 * 1024
_FOLDER = re.compile(r'data-english-name="(?P<english>[^"<>]*)"\s+data-folder-name="(?P<folder>[^"<>]*)"')

# In English, French, German, Spanish, Portuguese, Italian and Dutch.
_SETTINGS_NAMES = (
    "settings.json",
    "paramètres.json",
    "einstellungen.json",
    "configuración.json",
    "configurações.json",
    "impostazioni.json",
    "instellingen.json",
)
_SETTINGS_FOLDER = "LOCATION_HISTORY"
_SETTINGS_BYTES = 64 * 1024
_SWITCHES = ("timelineEnabled", "historyEnabled")  # the newer name first
_SWITCH_MARKS = tuple(f'"{each}"'.encode() for each in _SWITCHES)
_SETTINGS_MARKS = (b'"deviceSettings"', b'"retentionWindowDays"')
_A_SEASON = 92  # days: the shortest time that Google offers is three months

# So begin the names of tables of devices, in the same languages; they are looked at first.
_DEVICES_NAMES = ("devices", "appareils", "geräte", "dispositivos", "dispositivi", "apparaten")
_LOG_COLUMNS = frozenset({"gaia id"})
_DEVICES_COLUMNS = frozenset({"gaia id", "device type"})
_LOOKED_AT = 64  # files


def _recognises(bundle: Bundle) -> bool:
    if bundle.find(_BROWSER) or any(name[: len(_TOP)].casefold() == _TOP for name in bundle.names):
        return True
    finders = (_subscriber_pages, _settings, _logs)
    return any(next(finder(bundle), None) for finder in finders)


def _read(bundle: Bundle, desk: Desk) -> Export:
    pages = [subscriber_page(bundle, name) for name in _subscriber_pages(bundle)]
    facts = (
        word("recovery", _recovery([page.has_recovery for page in pages])),
        word("timeline", _timeline(bundle)),
        count("sessions", _devices(bundle)),
    )
    made_on = export_day(None, bundle.made_on, desk.today)
    user = next((page.address for page in pages if page.address), "")
    return export_of(NETWORK, made_on, user, facts, (NEVER_DATED,))


def _subscriber_pages(bundle: Bundle) -> Iterator[str]:
    single = lone(bundle)
    names = [single] if single and is_subscriber_page(bundle, single) else ending(bundle, SUBSCRIBER_PAGE)
    return iter(names)


def _recovery(means: list[bool | None]) -> str | None:
    if True in means:
        return "some"
    return "none" if False in means else None


def _settings(bundle: Bundle) -> Iterator[str]:
    """Yield the settings of the timeline, by what is in them: Chrome too has a file of that name."""
    single = lone(bundle)
    names = [single] if single else [name for each in _SETTINGS_NAMES for name in bundle.find(each)]
    names += [name for name in _in_folder(bundle, _SETTINGS_FOLDER, ".json") if name not in names]
    for name in names[:_LOOKED_AT]:
        head = bundle.head(name, _SETTINGS_BYTES)
        is_called_so = basename(name) in _SETTINGS_NAMES
        if any(mark in head for mark in _SWITCH_MARKS) and (
            is_called_so or any(m in head for m in _SETTINGS_MARKS)
        ):
            yield name


def _timeline(bundle: Bundle) -> str | None:
    words = (_kept(json_value(bundle.read(name))) for name in _settings(bundle))
    return next(filter(None, words), None)


def _kept(settings: object) -> str | None:
    """Return whether one's movements are recorded, and kept for a season or longer."""
    values = mapping(settings)
    switches = (values.get(name) for name in _SWITCHES)
    is_on = next((each for each in switches if isinstance(each, bool)), None)
    days = values.get("retentionWindowDays")
    if not is_on:
        return None if is_on is None else "off"
    if not isinstance(days, int) or isinstance(days, bool):
        return None
    return "short" if 0 < days <= _A_SEASON else "long"  # 0: kept until it is deleted by hand


def _logs(bundle: Bundle) -> Iterator[str]:
    """Yield the tables of sign-ins and devices, known by their columns."""
    likely_first = sorted(
        ending(bundle, ".csv"), key=lambda name: not basename(name).startswith(_DEVICES_NAMES)
    )
    names = [lone(bundle)] if lone(bundle) else likely_first[:_LOOKED_AT]
    return (name for name in names if has_columns(bundle, name, _LOG_COLUMNS))


def _devices(bundle: Bundle) -> int | None:
    names = [name for name in _logs(bundle) if has_columns(bundle, name, _DEVICES_COLUMNS)]
    return max((sum(1 for _ in table(bundle, name, _DEVICES_COLUMNS)) for name in names), default=None)


def _in_folder(bundle: Bundle, english: str, ending: str) -> list[str]:
    """Return the members right in a product's folder, whatever that is called in the account's language."""
    folders = {
        _plain(match["folder"])
        for page in bundle.find(_BROWSER)
        for match in _FOLDER.finditer(bundle.head(page, _BROWSER_BYTES).decode(errors="replace"))
        if match["english"] == english
    }
    return [name for name in bundle.names if folders and parent(name) in folders and name.endswith(ending)]


def _plain(folder: str) -> str:
    return " ".join(unicodedata.normalize("NFC", unescape(folder)).split()).casefold()


READER = Reader(
    id=NETWORK,
    product="Google",
    proves=("recovery", "timeline", "sessions"),
    how=N_(
        "Open takeout.google.com; Google Account, Access log activity and Timeline are enough of the list."
    ),
    recognises=_recognises,
    read=_read,
)
