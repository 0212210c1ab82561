"""The members of an archive or a folder: what they may be called, and how much of them is read.

An archive comes from outside, and what it says of itself is not believed: bytes are counted as they come out.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Protocol

from msgspec import Struct

from hygiene.language import N_
from hygiene.safety.cleaning import clean
from hygiene.safety.refusals import Limits, RefusedArchiveError, damaged, told, too_large, too_many

# No service whose exports are read is older: what bears an earlier day bears none (a ZIP's zero is 1980).
_EARLIEST: Final = date(2004, 1, 1)
_ONE_DAY: Final = timedelta(days=1)
_SPACES: Final = {ord("\u00a0"): " ", ord("\u202f"): " "}
_DRIVE: Final = re.compile(r"[A-Za-z]:")
_ONCE_MORE: Final = N_("download your export once more, from the service’s own pages")
_LEFT_BY_SYSTEMS: Final = frozenset({".ds_store", "thumbs.db", "desktop.ini"})


Opened = io.FileIO | io.BytesIO


class Readable(Protocol):
    """As much of a file as is needed here."""

    def read(self, size: int, /) -> bytes:
        """Return at most so many bytes; none at the end."""

    def close(self) -> None:
        """Let go of it."""


class Budget:
    """What may still be unpacked from one archive, in bytes."""

    def __init__(self, limits: Limits) -> None:
        self._most = self._left = limits.total_bytes

    def spend(self, size: int) -> None:
        """Take so many bytes from it.

        Raises:
            RefusedArchiveError: there is less left.
        """
        self._left -= size
        if self._left < 0:
            raise too_large(N_("unpacked, this is more than {most} MiB"), self._most)


class Member(Struct, frozen=True, gc=False):  # one of many, and never part of a circle
    """One file in an archive or a folder.

    Attributes:
        raw: opens it, unbounded; may raise whatever a library raises.
        budget: what is read is taken from it.
        size: bytes, as the archive says; None where nothing does.
    """

    raw: Callable[[], Readable]
    budget: Budget
    size: int | None = None


class Members(dict[str, Member]):
    """Members by name; none gets lost, and there are never more than allowed."""

    def __init__(self, limits: Limits) -> None:
        super().__init__()
        self._most = limits.members
        self._namesakes = Counter[str]()

    def add(self, name: str, member: Member) -> None:
        """Put a member in; a namesake goes into a folder `(2)`, so that its own name stays.

        Raises:
            RefusedArchiveError: there are too many.
        """
        free = name
        while free in self:
            self._namesakes[name] += 1
            free = f"({self._namesakes[name] + 1})/{name}"
        if len(self) >= self._most:
            raise too_many(self._most)
        self[free] = member


class Source(Struct, frozen=True):
    """A file that can be read from its beginning again and again.

    Attributes:
        reopen: opens it; may raise an OSError.
        size: bytes.
        day: when it was saved; None where nothing tells.
    """

    reopen: Callable[[], Opened]
    size: int
    day: date | None = None


class Listing(Struct, frozen=True):
    """What lies in one archive, folder or file.

    Attributes:
        label: its kind: `zip`, `tar`, `folder`, `file` or `parts`.
        members: by name, files only.
        made_on: when it was made, as far as that can be told.
        close: ends the reading.
    """

    label: str
    members: Mapping[str, Member]
    made_on: date | None = None
    close: Callable[[], None] = lambda: None


class _Bounded(io.RawIOBase):
    """A member's bytes, up to a limit and within the archive's budget."""

    def __init__(self, raw: Readable, member: Member, at_most: int) -> None:
        super().__init__()
        self._raw = raw
        self._member = member
        self._at_most = at_most
        self._count = 0

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        with told():
            data = self._raw.read(len(into))
        if not data and self._member.size not in (None, self._count):
            raise damaged()
        self._count += len(data)
        if self._count > self._at_most:
            raise too_large(N_("a file is larger than {most} MiB"), self._at_most)
        self._member.budget.spend(len(data))
        into[: len(data)] = data
        return len(data)

    def close(self) -> None:
        self._raw.close()
        super().close()


def bounded(member: Member, at_most: int) -> io.BufferedReader:
    """Return a member's bytes as a stream that refuses to give more than `at_most`.

    Raises:
        RefusedArchiveError: now or while reading: too large, damaged or encrypted.
    """
    with told():
        raw = member.raw()
    return io.BufferedReader(_Bounded(raw, member, at_most))


def shown_name(name: str) -> str:
    """Return a name as it is compared and shown: composed, with plain spaces, without control characters."""
    if name.isascii() and name.isprintable():
        return name
    return clean(unicodedata.normalize("NFC", name).translate(_SPACES))


def is_left_by_system(name: str) -> bool:
    """Return whether a file manager left this file there by itself."""
    *folders, last = name.split("/")
    return last.startswith("._") or last.casefold() in _LEFT_BY_SYSTEMS or "__MACOSX" in folders


def find_name(written: str, limits: Limits) -> str | None:
    """Return the name that a member of an archive bears here; none for a folder or what a system left.

    Raises:
        RefusedArchiveError: it could lead out of a folder, as no service writes it, or is too long.
    """
    leads_out = written.startswith("/") or "\\" in written or "\0" in written or ".." in written.split("/")
    if leads_out or _DRIVE.match(written):
        raise RefusedArchiveError(
            N_("this archive holds names that could lead out of its folder, for example with “..”"),
            hint=_ONCE_MORE,
        )
    if len(written) > limits.name_length:
        raise RefusedArchiveError(
            N_("a name in this archive is longer than {most} characters"),
            hint=_ONCE_MORE,
            most=limits.name_length,
        )
    name = shown_name(written)
    if "//" in name or "./" in name:  # as tar programs write them
        folders, _, last = name.rpartition("/")
        name = "/".join([*(part for part in folders.split("/") if part not in {"", "."}), last])
    return name if not name.endswith("/") and not is_left_by_system(name) else None


def day_of(seconds: float) -> date | None:
    """Return the local day of a time since 1970, or None where that is no plausible day."""
    with suppress(ValueError, OverflowError, OSError):
        day = datetime.fromtimestamp(seconds, tz=UTC).astimezone().date()
        return day if day >= _EARLIEST else None
    return None


def newest(days: Iterable[date | None], file_day: date | None) -> date | None:
    """Return the newest plausible day of members, else the file's: no member is newer than its archive.

    Args:
        days: of the members.
        file_day: of the archive itself. One day more is accepted: a ZIP's days know no time zone.
    """
    plausible = (day for day in days if day and day >= _EARLIEST)
    return max((day for day in plausible if not file_day or day - _ONE_DAY <= file_day), default=file_day)
