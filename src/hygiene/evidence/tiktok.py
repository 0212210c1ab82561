"""The archive that TikTok makes, in JSON: one file, in English whatever the language of the account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import msgspec

from hygiene.evidence.json_text import LARGEST, at, json_value, mapping, text
from hygiene.evidence.mailboxes import attached_to
from hygiene.evidence.network_export import NEVER_DATED, export_of, word
from hygiene.evidence.network_files import basename, lone
from hygiene.evidence.reading import Desk, Reader, UnreadableExportError
from hygiene.evidence.times import export_day
from hygiene.language import N_
from hygiene.model.evidence import ATTACHED_TO, PRIVATE, Export
from hygiene.safety.archives import Bundle

NETWORK = "tiktok"

_FILES = ("user_data.json", "user_data_tiktok.json")
_TEXT_FILES = ("user_data.txt", "user_data_tiktok.txt")
# What the files of an archive in the other format are called; two of them are enough.
_TEXTS = (
    "Ad Interests.txt",
    "Browsing History.txt",
    "Follower.txt",
    "Like List.txt",
    "Login History.txt",
    "Most Recent Location Data.txt",
    "Off TikTok Activity.txt",
    "Profile Info.txt",
    "Profile Information.txt",
    "Settings.txt",
    "Share History.txt",
    "Watch History.txt",
)
# A section begins the file. Sections were renamed over the years, and new ones came.
_SECTION = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*\{\s*\"(?:Your )?(?:Activity|Ads and data|App Settings|Comment|Direct Messages?|"
    rb"Likes and Favorites|Location Reviews?|Post|Profile(?: And Settings)?|TikTok Live|"
    rb"Tik ?Tok Shop(?:ping)?|Video|Income Plus|Fundraiser)\"\s*:",
    re.IGNORECASE,
)
_SETTINGS, _PROFILE = "SettingsMap", "ProfileMap"
_MAPS = (_SETTINGS.encode(), _PROFILE.encode())

_SWITCH = {"enabled": "yes", "on": "yes", "disabled": "no", "off": "no"}
_WHO = {
    "everyone": "everyone",
    "friends": "friends",
    "myself": "nobody",
    "only me": "nobody",
    "no one": "nobody",
    "nobody": "nobody",
    "off": "nobody",
}
_SUGGEST = "suggest your account to"


def _recognises(bundle: Bundle) -> bool:
    return bool(_json_files(bundle)) or _is_text(bundle)


def _json_files(bundle: Bundle) -> list[str]:
    single = lone(bundle)
    if single and basename(single) not in _FILES:
        return [single] if _begins(bundle, single) and _holds_maps(bundle, single) else []
    return [name for each in _FILES for name in bundle.find(each) if _begins(bundle, name)]


def _begins(bundle: Bundle, name: str) -> bool:
    return _SECTION.match(bundle.head(name)) is not None


def _holds_maps(bundle: Bundle, name: str) -> bool:
    data = bundle.head(name, LARGEST)
    return any(each in data for each in _MAPS)


def _is_text(bundle: Bundle) -> bool:
    if any(bundle.find(name) for name in _TEXT_FILES):
        return True
    return sum(bool(bundle.find(name)) for name in _TEXTS) > 1


def _read(bundle: Bundle, desk: Desk) -> Export:
    names = _json_files(bundle)
    if not names:
        raise UnreadableExportError(
            N_("this archive was made as text files (TXT), which cannot be read here"),
            hint=N_("ask for it once more under “Download your data”, with the format JSON instead of TXT"),
        )
    maps = [each for name in names for each in _maps(bundle.read(name, LARGEST))]
    profile = _merged(maps, _PROFILE)
    settings = _merged(maps, _SETTINGS)
    facts = (
        word(ATTACHED_TO, attached_to([profile.get("emailaddress", "")])),
        word(PRIVATE, _SWITCH.get(settings.get("private account", ""))),
        word("discoverable", _SWITCH.get(settings.get("allow others to find me", ""))),
        word("suggested", _suggested(settings)),
        word("messages-from", _WHO.get(settings.get("who can send me message", ""))),
        word("downloads", _SWITCH.get(settings.get("allow download", ""))),
    )
    made_on = export_day(None, bundle.made_on, desk.today)
    return export_of(NETWORK, made_on, profile.get("username", ""), facts, (NEVER_DATED,))


def _maps(data: bytes) -> Iterator[Mapping[str, object]]:
    """Yield the parts of sections, of which some hold a map; the long lists of videos are not decoded."""
    for section in _sections(data):
        for part in mapping(section).values():
            yield mapping(part)


def _sections(data: bytes) -> Iterator[object]:
    try:
        sections = msgspec.json.decode(data.removeprefix(b"\xef\xbb\xbf"), type=dict[str, msgspec.Raw])
    except (ValueError, RecursionError):  # says in its own way what is wrong with it, or reads it after all
        yield from mapping(json_value(data)).values()
        return
    for raw in map(bytes, sections.values()):
        if any(each in raw for each in _MAPS):
            yield json_value(raw)


def _merged(parts: list[Mapping[str, object]], name: str) -> dict[str, str]:
    """Return the texts in all maps of a name, by key in small letters; settings in small letters too."""
    merged: dict[str, str] = {}
    for part in parts:
        for key, value in mapping(at(part, name)).items():
            merged[key.strip().casefold()] = (
                text(value).strip().casefold() if name == _SETTINGS else text(value)
            )
    return merged


def _suggested(settings: Mapping[str, str]) -> str | None:
    """Return whether TikTok suggests the account to anybody; None unless that is sure."""
    words = [_SWITCH.get(value) for key, value in settings.items() if key.startswith(_SUGGEST)]
    if "yes" in words:
        return "yes"
    return "no" if words and set(words) == {"no"} else None


READER = Reader(
    id=NETWORK,
    product="TikTok",
    proves=(ATTACHED_TO, PRIVATE, "discoverable", "suggested", "messages-from", "downloads"),
    how=N_(
        "In the app, open Profile › menu (☰) › Settings and privacy › Account › Download your data, and "
        "choose all data and the format JSON."
    ),
    recognises=_recognises,
    read=_read,
)
