"""PNG files made byte by byte, so that each of their parts can be spoilt."""

from __future__ import annotations

import struct
import zlib

from hygiene.catalog.png import SIGNATURE


def chunk(kind: bytes, content: bytes = b"", *, spoilt: int = 0) -> bytes:
    checksum = zlib.crc32(kind + content) ^ spoilt
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", checksum)


def header(width: int = 2, height: int = 2, rest: tuple[int, int, int, int, int] = (8, 2, 0, 0, 0)) -> bytes:
    """Without `rest`, a picture of red, green and blue in 8 bits each."""
    return chunk(b"IHDR", struct.pack(">II5B", width, height, *rest))


PIXELS = chunk(b"IDAT", zlib.compress(b"\0" * 14))
END = chunk(b"IEND")


def png(*parts: bytes) -> bytes:
    return SIGNATURE + b"".join(parts)


LOGO = png(header(), PIXELS, END)
