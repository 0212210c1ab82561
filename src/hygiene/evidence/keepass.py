"""The entries of a KeePass database, from its XML: exported as such, or out of a KDBX file.

Every version in an entry's history has the moment at which it was saved, so that the password was changed
when the oldest version with the present one was. Expiry is not looked at.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from hygiene.evidence.logins import Login, between, exactly, listed, marked, steps_of
from hygiene.evidence.reading import Desk, UnreadableExportError
from hygiene.evidence.times import day_within, moment_of
from hygiene.language import N_

Element = Any  # the standard library's or lxml's

_DEEPEST, _LARGEST_ENTRY = 200, 100_000  # elements
_HIDDEN = frozenset({"RecycleBinUUID", "EntryTemplatesGroup"})
_NOBODY = "00" * 16
_BEGINNING = datetime(1, 1, 1, tzinfo=UTC)  # KDBX 4 counts seconds since then
# As KeePass and KeePassXC name them, and a plugin whose name KeePassXC took over.
_CODES = ("otp", "TimeOtp-Secret", "TOTP Seed")
_PASSKEY = "KPEX_PASSKEY_"
_REFERENCE = re.compile(r"\{REF:(?P<wanted>[TUPANI])@(?P<by>[TUPANIO]):(?P<text>[^}]*)\}", re.IGNORECASE)
_LONGEST_CHAIN = 5
_WHILE_TYPING = timedelta(minutes=1)  # an import creates and saves an entry at once


class _Entry(Struct, frozen=True):
    """One entry, in which references to other entries still stand; `password` only if it is one."""

    uuid: str
    title: str
    login: Login
    password: str = ""


def logins_of(
    events: Iterable[tuple[str, Element]], desk: Desk, latest: date, *, in_clear: bool = False
) -> Iterator[Login]:
    """Yield the logins of a database, without those in its recycle bin and its templates.

    Args:
        events: `start` and `end` of every element, in the order of the document.
        desk: takes the passwords.
        latest: the day of the export.
        in_clear: the values that are called protected have been decrypted, and the elements belong to others.
    """
    entries = listed(_entries(events, desk, latest, in_clear=in_clear))
    index = {key: entry for entry in reversed(entries) for key in _keys(entry)}
    return (_resolved(entry, index) for entry in entries)


def _entries(
    events: Iterable[tuple[str, Element]], desk: Desk, latest: date, *, in_clear: bool
) -> Iterator[_Entry]:
    walk = _Walk()
    for event, element in events:
        if event == "start":
            walk.start(element)
        elif walk.ends_entry(element):
            yield _entry(element, desk, latest, in_clear=in_clear)
        if event == "end" and not in_clear:
            walk.forget(element)


class _Walk:
    """Where in the document one stands, and which groups are left out."""

    def __init__(self) -> None:
        self._above: list[Element] = []
        self._hidden: set[str] = set()
        self._left_out = [False]  # each group that is open
        self._entry: Element = None
        self._size = 0  # elements in that entry

    def start(self, element: Element) -> None:
        if self._entry is not None:
            self._size += 1
        elif element.tag == "Entry":
            self._entry, self._size = element, 0
        elif element.tag == "Group":
            self._left_out.append(self._left_out[-1])
        self._above.append(element)
        if len(self._above) > _DEEPEST or self._size > _LARGEST_ENTRY:
            raise UnreadableExportError(
                N_("this KeePass file is not as KeePass writes it"),
                hint=N_("export it once more from KeePass or KeePassXC"),
            )

    def ends_entry(self, element: Element) -> bool:
        """Return whether an entry has been read that is not left out; its history is part of it."""
        self._above.pop()
        if self._entry is not None:
            if element is not self._entry:
                return False
            self._entry = None
            return not self._left_out[-1]
        if element.tag in _HIDDEN:
            self._hidden.add(_hexadecimal(element.text))
        elif element.tag == "Group":
            self._left_out.pop()
        elif element.tag == "UUID" and self._above and self._above[-1].tag == "Group":
            self._left_out[-1] |= _hexadecimal(element.text) in self._hidden - {_NOBODY}
        return False

    def forget(self, element: Element) -> None:
        """Let go of an element that has been read, since a database may be large."""
        if self._entry is None and self._above:
            self._above[-1].remove(element)


def _entry(element: Element, desk: Desk, latest: date, *, in_clear: bool) -> _Entry:
    values = _values(element, in_clear=in_clear)
    password = values.get("Password", "")
    is_reference = _REFERENCE.search(password) is not None
    login = Login(
        values.get("URL", "").strip(),
        values.get("UserName", "").strip(),
        None if is_reference else marked(password, desk),
        steps_of(
            app=any(key.startswith(_CODES) and value for key, value in values.items()),
            passkey=any(key.startswith(_PASSKEY) for key in values),
        ),
    )
    return _Entry(
        _hexadecimal(element.findtext("UUID")),
        values.get("Title", ""),
        login
        if is_reference or not password
        else _dated(login, element, password, latest, in_clear=in_clear),
        password if is_reference else "",
    )


def _values(element: Element, *, in_clear: bool) -> Mapping[str, str]:
    """Return the fields of an entry; one that is still encrypted is there and empty."""
    values = {}
    for field in element.findall("String"):
        value = field.find("Value")
        is_readable = value is not None and (in_clear or value.get("Protected") != "True")
        values[field.findtext("Key") or ""] = (value.text or "") if is_readable else ""
    return values


def _dated(login: Login, element: Element, password: str, latest: date, *, in_clear: bool) -> Login:
    """Return a login with the day of its change: exact where an older version has another password."""
    created = _moment(element.findtext("Times/CreationTime"))
    saved = _saved(element)
    versions = [
        (moment, _values(version, in_clear=in_clear).get("Password", ""))
        for version in element.findall("History/Entry")
        if (moment := _saved(version))
    ]
    for moment, former in sorted(versions, reverse=True):
        if former != password:
            return replace(login, changed=exactly(day_within(saved, latest)))
        saved = moment
    changed = between(day_within(created, latest), day_within(saved, latest))
    is_new = created and saved and saved - created < _WHILE_TYPING
    return replace(login, changed=changed, made_at=created if is_new else None)


def _saved(version: Element) -> datetime | None:
    return _moment(version.findtext("Times/LastModificationTime"))


def _moment(words: str | None) -> datetime | None:
    """Return a moment in KDBX 3's ISO 8601 or KDBX 4's base64."""
    words = (words or "").strip()
    if moment := moment_of(words):
        return moment
    with suppress(ValueError, OverflowError):
        return _BEGINNING + timedelta(seconds=int.from_bytes(base64.b64decode(words), "little"))
    return None


def _hexadecimal(words: str | None) -> str:
    """Return an identifier as references write it; `_NOBODY` for what is none."""
    with suppress(ValueError):
        return base64.b64decode(words or "").hex().upper() or _NOBODY
    return _NOBODY


def _keys(entry: _Entry) -> Iterator[tuple[str, str]]:
    yield "I", entry.uuid
    yield "T", entry.title
    yield "U", entry.login.user
    yield "A", entry.login.address


def _resolved(entry: _Entry, index: Mapping[tuple[str, str], _Entry]) -> Login:
    """Return a login in which references are replaced; a password that is one is not kept a second time."""
    login = entry.login
    if entry.password and (target := _target(_REFERENCE.search(entry.password), index)):
        login = replace(login, changed=target.login.changed, made_at=target.login.made_at)
    if "{" not in login.address + login.user:
        return login
    return replace(login, address=_filled(login.address, index), user=_filled(login.user, index))


def _filled(words: str, index: Mapping[tuple[str, str], _Entry]) -> str:
    def found(match: re.Match[str]) -> str:
        target = _target(match, index)
        wanted = dict(_keys(target)) if target else {}
        return wanted.get(match["wanted"].upper(), "")  # a password never stands in for a name

    for _ in range(_LONGEST_CHAIN):
        words = _REFERENCE.sub(found, words)
    return words


def _target(match: re.Match[str] | None, index: Mapping[tuple[str, str], _Entry]) -> _Entry | None:
    if match is None:
        return None
    by = match["by"].upper()
    return index.get((by, match["text"].upper() if by == "I" else match["text"]))
