"""A KeePass database as XML: what KeePass exports in clear, and what lies within a KDBX file."""

from __future__ import annotations

import uuid
from base64 import b64encode
from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from typing import NamedTuple
from xml.etree.ElementTree import Element, SubElement, tostring

from tests.evidence.sample import iso, noon

Clock = Callable[[datetime], str]
"""How a format writes a moment."""

_CREATED = date(2019, 6, 16)
_EXPIRY = noon(date(2027, 1, 1))


class Version(NamedTuple):
    """An entry as it was saved once: at a moment, at noon of a day, or some time after its creation."""

    saved: date | datetime | timedelta
    password: str


class Entry(NamedTuple):
    """An entry with all its versions, the current one last."""

    address: str
    user: str
    versions: tuple[Version, ...]
    created: date = _CREATED
    minute: int = 0
    fields: Mapping[str, str] = {}
    key: int = 0
    expires: bool = False


class Database(NamedTuple):
    entries: tuple[Entry, ...] = ()
    subgroup: tuple[Entry, ...] = ()
    trashed: tuple[Entry, ...] = ()
    templates: tuple[Entry, ...] = ()


_ROOT, _SUBGROUP, _BIN, _NESTED, _TEMPLATES = range(101, 106)


def identifier(number: int) -> str:
    return b64encode(uuid.UUID(int=number).bytes).decode()


def reference(wanted: str, number: int) -> str:
    """A field reference to an entry, as KeePass writes it."""
    return f"{{REF:{wanted}@I:{uuid.UUID(int=number).hex.upper()}}}"


def _leaf(parent: Element, tag: str, text: str) -> None:
    SubElement(parent, tag).text = text


def _times(
    parent: Element, created: datetime, saved: datetime, clock: Clock, *, expires: bool = False
) -> None:
    times = SubElement(parent, "Times")
    moments = (("CreationTime", created), ("LastModificationTime", saved), ("LastAccessTime", saved))
    for tag, moment in (*moments, ("ExpiryTime", _EXPIRY)):
        _leaf(times, tag, clock(moment))
    _leaf(times, "Expires", str(expires))


def _moment(entry: Entry, saved: date | datetime | timedelta) -> datetime:
    after_noon = timedelta(minutes=entry.minute)
    if isinstance(saved, timedelta):
        return noon(entry.created) + after_noon + saved
    return saved if isinstance(saved, datetime) else noon(saved) + after_noon


def _entry(parent: Element, entry: Entry, version: Version, clock: Clock, protected: str) -> Element:
    made = SubElement(parent, "Entry")
    _leaf(made, "UUID", identifier(entry.key))
    created, saved = _moment(entry, timedelta()), _moment(entry, version.saved)
    _times(made, created, saved, clock, expires=entry.expires)
    plain = {
        "Title": "A title",
        "URL": entry.address,
        "UserName": entry.user,
        "Notes": "two\nlines",
        **entry.fields,
    }
    for key, value in {**plain, "Password": version.password}.items():
        string = SubElement(made, "String")
        _leaf(string, "Key", key)
        SubElement(string, "Value", {protected: "True"} if key == "Password" else {}).text = value
    return made


def _group(parent: Element, number: int, name: str, clock: Clock) -> Element:
    group = SubElement(parent, "Group")
    _leaf(group, "UUID", identifier(number))
    _leaf(group, "Name", name)
    _times(group, noon(_CREATED), noon(_CREATED), clock)
    return group


def _fill(group: Element, entries: tuple[Entry, ...], clock: Clock, protected: str) -> None:
    """Write entries as they were typed in, each in a minute of its own."""
    for number, entry in enumerate(entries, start=1):
        whole = entry._replace(key=entry.key or 1000 + 100 * len(group) + number, minute=number)
        *older, current = whole.versions
        history = SubElement(_entry(group, whole, current, clock, protected), "History")
        for version in older:
            _entry(history, whole, version, clock, protected)


def document(database: Database, clock: Clock = iso, protected: str = "ProtectInMemory") -> bytes:
    """Return the XML; `protected` is the attribute on values that programs keep encrypted in memory."""
    root = Element("KeePassFile")
    meta = SubElement(root, "Meta")
    _leaf(meta, "Generator", "KeePass")
    _leaf(meta, "DatabaseName", "Planted")
    _leaf(meta, "RecycleBinEnabled", "True")
    _leaf(meta, "RecycleBinUUID", identifier(_BIN))
    _leaf(meta, "EntryTemplatesGroup", identifier(_TEMPLATES))
    _leaf(meta, "HistoryMaxItems", "10")
    top = _group(SubElement(root, "Root"), _ROOT, "Passwords", clock)
    _fill(top, database.entries, clock, protected)
    _fill(_group(top, _SUBGROUP, "Réseaux", clock), database.subgroup, clock, protected)
    bin_ = _group(top, _BIN, "Corbeille", clock)
    _fill(bin_, database.trashed[:1], clock, protected)
    _fill(_group(bin_, _NESTED, "Within", clock), database.trashed[1:], clock, protected)
    _fill(_group(top, _TEMPLATES, "Modèles", clock), database.templates, clock, protected)
    return b'<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n' + bytes(tostring(root, "utf-8"))
