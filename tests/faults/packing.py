"""Archives made by hand, byte by byte, because honest programs refuse to write such ones."""

from __future__ import annotations

import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

STORED, DEFLATED = 0, 8
GIBIBYTE = 1024**3
_LARGE = 0xFFFFFFFF  # the figure stands in the ZIP64 field
_PIECE = 64 * 1024 * 1024


class Entry(NamedTuple):
    """One member: what lies in it, and what is said of it where that is a lie."""

    name: bytes
    packed: bytes = b"{}"
    method: int = STORED
    flags: int = 0
    size: int | None = None
    crc: int | None = None
    mode: int = 0
    day: tuple[int, int, int] = (2026, 3, 11)
    extra: bytes = b""
    starts_at: int | None = None

    @property
    def said(self) -> bytes:
        """What both headers say, from the flags to the packed size."""
        year, month, day = self.day
        dos_day = (year - 1980) << 9 | month << 5 | day
        crc = zlib.crc32(self.packed) if self.crc is None else self.crc
        size = len(self.packed) if self.size is None else self.size
        packed = len(self.packed)
        if size >= _LARGE:
            size = packed = _LARGE
        return struct.pack("<5H3L", 45, self.flags, self.method, 0, dos_day, crc, packed, size)

    @property
    def fields(self) -> bytes:
        if self.size is None or self.size < _LARGE:
            return self.extra
        return struct.pack("<2H2Q", 1, 16, self.size, len(self.packed)) + self.extra


def packed_zip(entries: Sequence[Entry], directory_size: int | None = None) -> bytes:
    """A ZIP (APPNOTE.TXT 4.3), whatever its entries say."""
    body, directory = bytearray(), bytearray()
    for each in entries:
        start = len(body) if each.starts_at is None else each.starts_at
        lengths = struct.pack("<2H", len(each.name), len(each.fields))
        if each.starts_at is None:
            body += b"PK\3\4" + each.said + lengths + each.name + each.fields + each.packed
        about = struct.pack("<3H2L", 0, 0, 0, each.mode << 16, start)
        directory += (
            b"PK\1\2" + struct.pack("<H", 3 << 8) + each.said + lengths + about + each.name + each.fields
        )
    size = len(directory) if directory_size is None else directory_size
    count = min(len(entries), 0xFFFF)
    return bytes(body + directory) + b"PK\5\6" + struct.pack("<4H2LH", 0, 0, count, count, size, len(body), 0)


def plain_zip(members: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A ZIP as the standard library writes it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        for name, data in members.items():
            archive.writestr(name, data)
    return file.getvalue()


def deflated(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


def deflated_zeros(size: int) -> bytes:
    """A multiple of 64 MiB of zeros; one piece is packed, and then repeated."""
    packer = zlib.compressobj(wbits=-15)
    piece = packer.compress(bytes(_PIECE)) + packer.flush(zlib.Z_FULL_FLUSH)
    return piece * (size // _PIECE) + deflated(b"")


def packed_tar(
    members: Mapping[str, bytes], others: Sequence[tarfile.TarInfo] = (), form: int = tarfile.GNU_FORMAT
) -> bytes:
    """A tar as the standard library writes it, packed; the others have no content."""
    file = io.BytesIO()
    with tarfile.open(fileobj=file, mode="w", format=form) as archive:
        for name, data in members.items():
            about = tarfile.TarInfo(name)
            about.size, about.mtime = len(data), 1_773_230_400  # noon of 2026-03-11, UTC
            archive.addfile(about, io.BytesIO(data))
        for each in others:
            archive.addfile(each)
    return packed(file.getvalue())


def tar_header(name: str, kind: bytes = tarfile.REGTYPE, size: int = 0) -> bytes:
    """One block; what follows it may be anything."""
    about = tarfile.TarInfo(name)
    about.type, about.size = kind, size
    return about.tobuf(tarfile.GNU_FORMAT)


def packed(data: bytes) -> bytes:
    """The same bytes whenever it is called: they name tests, which every process must call alike."""
    return gzip.compress(data, compresslevel=1, mtime=0)
