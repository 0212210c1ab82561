"""The members of a gzip'd tar (POSIX.1-2024, pax; GNU long names).

The standard library's tarfile reads headers of any size into memory, so that only its parser of one header
block is used; the stream is walked here.
"""

from __future__ import annotations

import gzip
import io
import sys
import tarfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, suppress
from datetime import date
from functools import partial
from typing import Final

from msgspec import Struct

from hygiene.language import N_
from hygiene.safety.members import (
    Budget,
    Listing,
    Member,
    Members,
    Readable,
    Source,
    day_of,
    find_name,
    newest,
)
from hygiene.safety.refusals import (
    FOREIGN,
    MEBIBYTE,
    Limits,
    damaged,
    oddly_packed,
    told,
    too_large,
    too_many,
)

_BLOCK: Final = 512  # bytes
_PIECE: Final = 128 * _BLOCK
_LARGEST_HEADER: Final = MEBIBYTE
_ORDINARY: Final = frozenset({tarfile.REGTYPE, tarfile.AREGTYPE, tarfile.CONTTYPE})
_WITHOUT_DATA: Final = frozenset(
    {tarfile.LNKTYPE, tarfile.SYMTYPE, tarfile.CHRTYPE, tarfile.BLKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE}
)
_PAX: Final = frozenset({tarfile.XHDTYPE, tarfile.SOLARIS_XHDTYPE})
_AHEAD: Final = _PAX | {tarfile.XGLTYPE, tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK}
_NAMES: Final = ("utf-8", "surrogateescape")
_PATH: Final = b"path"
_SIZE: Final = b"size"


class _Entry(Struct, frozen=True):
    """One regular file in the tar: its name as written, its size in bytes, and when it was changed."""

    name: str
    size: int
    mtime: float


class _Walk:
    """The unpacked bytes, read once from the beginning to the end.

    Attributes:
        position: bytes read so far.
        room: bytes of members that may still be kept in memory.
    """

    def __init__(self, stream: gzip.GzipFile, most: int, limits: Limits) -> None:
        self._stream = stream
        self._most = most
        self._limits = limits
        self._headers = 3 * limits.members + 1  # a member may bring two more, and one ends them all
        self.position = 0
        self.room = limits.kept_bytes

    def header(self) -> bytes:
        """Return the next header; an empty one at the end, which some programs do not mark."""
        self._headers -= 1
        if self._headers < 0:
            raise too_many(self._limits.members)
        return self._read(_BLOCK)

    def take(self, size: int) -> bytes:
        """Return exactly so many bytes."""
        data = self._read(size)
        if len(data) < size:
            raise damaged()
        return data

    def skip(self, size: int) -> None:
        """Pass over so many bytes."""
        while size > 0:
            size -= len(self.take(min(size, _PIECE)))

    def pad(self) -> None:
        """Go to the beginning of the next block."""
        self.skip(-self.position % _BLOCK)

    def finish(self) -> None:
        """Read what is left, so that the checksum at the end is looked at."""
        while self._read(_PIECE):
            pass

    def _read(self, size: int) -> bytes:
        data = self._stream.read(size)
        self.position += len(data)
        if self.position > self._most:
            raise too_large(N_("unpacked, this is more than {most} MiB"), self._most)
        return data


class _Stretch:
    """One member in a stream of its own."""

    def __init__(self, source: Source, start: int, size: int) -> None:
        with ExitStack() as opened:
            file = opened.enter_context(source.reopen())
            self._stream = opened.enter_context(gzip.GzipFile(fileobj=file))
            self._stream.seek(start)
            self._opened = opened.pop_all()
        self._left = size

    def read(self, size: int, /) -> bytes:
        data = self._stream.read(min(size, self._left))
        self._left -= len(data)
        return data

    def close(self) -> None:
        self._opened.close()


def is_tar(source: Source) -> bool:
    """Return whether a file begins with the header of a tar."""
    with source.reopen() as file, gzip.GzipFile(fileobj=file) as stream, suppress(*FOREIGN):
        _parsed(stream.read(_BLOCK))
        return True
    return False


def list_tar(source: Source, limits: Limits, budget: Budget) -> Listing:
    """Return what lies in a gzip'd tar; small members stay in memory, others are unpacked again when read.

    Raises:
        RefusedArchiveError: damaged, too large, or with a name that leads out of the archive.
    """
    most = max(limits.total_bytes, limits.ratio * source.size)
    members = Members(limits)
    days: set[date | None] = set()
    with told(), source.reopen() as file, gzip.GzipFile(fileobj=file) as stream:
        walk = _Walk(stream, most, limits)
        for entry in _entries(walk):
            name = find_name(entry.name, limits)
            raw = _passed(walk, entry, source, limits.small_bytes)
            days.add(day_of(entry.mtime))
            if name:
                members.add(name, Member(raw, budget, entry.size))
        walk.finish()
    return Listing("tar", members, newest(days, source.day))


def _passed(walk: _Walk, entry: _Entry, source: Source, small: int) -> Callable[[], Readable]:
    """Pass over a member, and return what opens it."""
    if entry.size <= min(small, walk.room):
        walk.room -= entry.size
        return partial(io.BytesIO, walk.take(entry.size))
    start = walk.position
    walk.skip(entry.size)
    return partial(_Stretch, source, start, entry.size)


def _entries(walk: _Walk) -> Iterator[_Entry]:
    """Give the regular files one after the other; who takes one passes over its bytes before the next."""
    said: dict[bytes, bytes] = {}
    while (block := walk.header()).strip(b"\0"):
        info = _parsed(block)
        if info.type in _AHEAD:
            said |= _said_ahead(info.type, walk.take(_checked(info.size, _LARGEST_HEADER)))
        else:
            size = _checked(int(said.get(_SIZE, info.size)), sys.maxsize)
            if info.type in _ORDINARY:
                name = said[_PATH].decode(*_NAMES) if _PATH in said else info.name
                yield _Entry(name, size, info.mtime)
            elif info.type == tarfile.GNUTYPE_SPARSE:
                raise oddly_packed()
            elif info.type not in _WITHOUT_DATA:
                walk.skip(size)
            said = {}
        walk.pad()


def _parsed(block: bytes) -> tarfile.TarInfo:
    return tarfile.TarInfo.frombuf(block, *_NAMES)


def _checked(size: int, most: int) -> int:
    if not 0 <= size <= most:
        raise damaged()
    return size


def _said_ahead(kind: bytes, body: bytes) -> Mapping[bytes, bytes]:
    """Return what a header says of the member that follows it."""
    if kind in _PAX:
        return dict(_records(body))
    if kind == tarfile.GNUTYPE_LONGNAME:
        return {_PATH: body.partition(b"\0")[0]}
    return {}


def _records(body: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Give the pairs of a pax header, each written as `LENGTH KEY=VALUE` and a line feed."""
    at = 0
    while at < len(body):
        space = body.index(b" ", at)
        end = at + int(body[at:space])
        if not space < end <= len(body):
            raise damaged()
        key, _, value = body[space + 1 : end - 1].partition(b"=")
        yield key, value
        at = end
