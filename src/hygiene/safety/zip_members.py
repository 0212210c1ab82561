"""The members of a ZIP, as APPNOTE.TXT 6.3.10 describes it; the standard library parses, within bounds."""

from __future__ import annotations

import io
import stat
import struct
import zipfile
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from functools import cached_property, partial
from typing import Final

from hygiene.language import N_
from hygiene.safety.members import (
    Budget,
    Listing,
    Member,
    Members,
    Opened,
    Readable,
    find_name,
    newest,
)
from hygiene.safety.refusals import (
    Limits,
    damaged,
    locked_archive,
    oddly_packed,
    told,
    too_large,
    too_many,
)

_ENTRY: Final = b"PK\x01\x02"  # begins every entry of the table of contents
_LARGEST_END: Final = 128 * 1024  # bytes: the end record, and a comment of at most 64 KiB
_ENTRY_HEADER: Final = 46  # bytes, without name, extra field and comment
_LENGTHS: Final = struct.Struct("<28x3H")  # of those three
_LARGEST_EXTRA: Final = 4096  # bytes: services write fewer than a hundred, and zipfile's time is quadratic
_LOCAL_HEADER: Final = 30  # bytes, without name and extra field
_ENCRYPTED: Final = 1  # bit of the flags
# Python's bzip2 and LZMA unpack a piece of any size at once; services write neither.
_METHODS: Final = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})


class _Guarded(io.BufferedReader):
    """A file of which zipfile reads neither too much at once nor a table of contents with too many entries.

    The figures in the end record may lie, and zipfile does not use all of them: what it really reads counts.
    """

    limits: Limits | None = None  # only while the table of contents is read

    def read(self, size: int | None = -1, /) -> bytes:
        if not self.limits:
            return super().read(size)
        most = self.limits.directory_bytes
        if size is not None and size > most:
            raise too_large(N_("the archive’s table of contents is larger than {most} MiB"), most)
        data = super().read(_LARGEST_END if size is None or size < 0 else size)
        if data.startswith(_ENTRY):
            _check_entries(data, self.limits)
        return data


class _Archive:
    """An open ZIP, and what the members need of it."""

    def __init__(self, file: zipfile.ZipFile) -> None:
        self._file = file

    def raw(self, info: zipfile.ZipInfo) -> Readable:
        """Open a member, if it is neither encrypted, oddly packed nor interleaved with another."""
        if info.flag_bits & _ENCRYPTED:
            raise locked_archive()
        if info.compress_type not in _METHODS:
            raise oddly_packed()
        if self._overlaps(info):
            raise damaged()
        return self._file.open(info)

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(info.header_offset for info in self._file.infolist())

    def _overlaps(self, info: zipfile.ZipInfo) -> bool:
        """Return whether another member begins within this one: a small file that unpacks to a huge one.

        Python looks at that itself from 3.11.8 on; see Fifield, A better zip bomb (WOOT 2019).
        """
        place = bisect_right(self._starts, info.header_offset)
        if place - bisect_left(self._starts, info.header_offset) > 1:
            return True
        end = info.header_offset + _LOCAL_HEADER + len(info.orig_filename) + info.compress_size
        return place < len(self._starts) and self._starts[place] < end


def list_zip(file: Opened, limits: Limits, budget: Budget, file_day: date | None) -> Listing:
    """Return what lies in a ZIP. The file stays open until the listing is closed.

    Raises:
        RefusedArchiveError: damaged, too large, or with a name that leads out of the archive.
    """
    archive = _opened(file, limits)
    infos = archive.infolist()
    members = _members(infos, _Archive(archive).raw, limits, budget)
    return Listing("zip", members, _made_on(infos, file_day), file.close)


def _opened(file: Opened, limits: Limits) -> zipfile.ZipFile:
    guarded = _Guarded(file)
    guarded.limits = limits
    with told():
        archive = zipfile.ZipFile(guarded)
    guarded.limits = None
    return archive


def _check_entries(directory: bytes, limits: Limits) -> None:
    """Refuse a table of contents with too many entries, or with one that takes long to read."""
    at = count = 0
    while at + _ENTRY_HEADER <= len(directory):
        name, extra, comment = _LENGTHS.unpack_from(directory, at)
        at += _ENTRY_HEADER + name + extra + comment
        count += 1
        if count > limits.members:
            raise too_many(limits.members)
        if extra > _LARGEST_EXTRA:
            raise damaged()


def _members(
    infos: Iterable[zipfile.ZipInfo],
    raw: Callable[[zipfile.ZipInfo], Readable],
    limits: Limits,
    budget: Budget,
) -> Members:
    members = Members(limits)
    for info in infos:
        # The original name: Python cuts the other one off at a NUL.
        name = find_name(info.orig_filename, limits)
        if name and not stat.S_ISLNK(info.external_attr >> 16):
            members.add(name, Member(partial(raw, info), budget, info.file_size))
    return members


def _made_on(infos: Iterable[zipfile.ZipInfo], file_day: date | None) -> date | None:
    return newest(map(_day, {info.date_time[:3] for info in infos}), file_day)


def _day(parts: tuple[int, int, int]) -> date | None:
    with suppress(ValueError):
        return date(*parts)
    return None
