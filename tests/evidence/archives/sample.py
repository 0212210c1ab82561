"""A network archive written here from nothing, what it proves, and the forms in which people hold one."""

from __future__ import annotations

import io
import json
import os
import tarfile
import zipfile
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any, NamedTuple

from hygiene.model.dates import Interval
from hygiene.model.evidence import Fact

TODAY = date(2026, 11, 22)
MARKER = "marker.user@planted.example"
"""Planted in every sample. It lies with no provider of personal mailboxes."""

Members = dict[str, bytes]


class ArchiveSample(NamedTuple):
    """One archive.

    Attributes:
        reader: the id of the reader, which is the network's.
        members: what is in it by name, with the folders that the network itself makes.
        facts: exactly those of the one account in it.
        user: as the reader should show it; empty where that is the reader's own affair.
        made_on: the day that the archive itself tells; None where it tells none.
        refused: whether it is of a kind that cannot be read, and must be asked for anew.
    """

    name: str
    reader: str
    members: Members
    today: date
    facts: frozenset[Fact]
    user: str = ""
    made_on: date | None = None
    refused: bool = False


def facts(words: Mapping[str, str | int | date]) -> frozenset[Fact]:
    """Return the facts of those names; a day is the exact day of a change."""
    return frozenset(Fact(name, _value(value)) for name, value in words.items())


def _value(value: str | int | date) -> str | int | Interval:
    return Interval(value, value) if isinstance(value, date) else value


def seconds(day: date, clock: str = "23:59:30") -> int:
    """Return the seconds since 1970 of a time in UTC; by default one that is the next day further east."""
    return int(datetime.combine(day, time.fromisoformat(clock), UTC).timestamp())


def as_json(value: Any) -> bytes:
    return json.dumps(value, indent=2).encode()


def mojibake(value: Any) -> Any:
    """Return JSON as Meta writes it: every byte of UTF-8 is escaped as if it were a character; keys, too."""
    match value:
        case str():
            return value.encode().decode("latin-1")
        case list():
            return [mojibake(each) for each in value]
        case dict():
            return {mojibake(key): mojibake(each) for key, each in value.items()}
        case _:
            return value


def csv_lines(*lines: str, end: str = "\n") -> bytes:
    return "".join(line + end for line in lines).encode()


def zipped(members: Mapping[str, bytes], day: date = TODAY) -> bytes:
    """Return a ZIP whose members are all of that day."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            information = zipfile.ZipInfo(name, (day.year, day.month, day.day, 12, 0, 0))
            archive.writestr(information, content, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def tarred(members: Mapping[str, bytes], day: date = TODAY) -> bytes:
    """Return a tar.gz whose members are all of that day."""
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w:gz") as archive:
        for name, content in members.items():
            information = tarfile.TarInfo(name)
            information.size, information.mtime = len(content), seconds(day, "12:00:00")
            archive.addfile(information, io.BytesIO(content))
    return buffer.getvalue()


def rewrapped(members: Mapping[str, bytes]) -> Members:
    """Return the members as a Mac zips a folder that was unpacked and looked at."""
    inside = {f"Downloaded archive/{name}": content for name, content in members.items()}
    litter = {
        "Downloaded archive/.DS_Store": b"\x00\x00\x00\x01Bud1",
        **{f"__MACOSX/Downloaded archive/._{Path(name).name}": b"\x00\x05\x16\x07" for name in members},
    }
    return litter | inside


def unpacked(members: Mapping[str, bytes], folder: Path, day: date = TODAY) -> Path:
    """Write the members below a new folder, all of that day, and return it."""
    noon = seconds(day, "12:00:00")
    for name, content in members.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        os.utime(path, (noon, noon))
    return folder
