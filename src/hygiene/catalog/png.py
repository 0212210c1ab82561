"""A logo: a PNG file whose form is checked without unpacking its picture.

The form is that of the PNG specification, third edition (W3C, 2025): the signature in 5.2, chunks in 5.3,
the header in 11.2.1. What is not needed to see one still picture is left out: texts, places and times that
a camera or a program wrote down, colour profiles, and the further pictures of a moving one.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator, Sequence
from typing import Final

from msgspec import Struct

from hygiene.errors import NotDoneError
from hygiene.language import N_

LARGEST_PICTURE: Final = 100_000  # bytes
LONGEST_SIDE: Final = 1000  # pixels
SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"

_KEPT: Final = frozenset({b"IHDR", b"PLTE", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"IDAT", b"IEND"})
_CRITICAL: Final = frozenset({b"IHDR", b"PLTE", b"IDAT", b"IEND"})
_HEADER: Final = struct.Struct(">II5B")
# The depths that each type of colour may have (table 11.1): grey, red-green-blue, palette, and with alpha.
_DEPTHS: Final = {0: (1, 2, 4, 8, 16), 2: (8, 16), 3: (1, 2, 4, 8), 4: (8, 16), 6: (8, 16)}
_WITH_PALETTE: Final = 3
_AROUND: Final = 12  # bytes of a chunk beside its content: length, kind, checksum
_HINT: Final = N_("save the logo once more as PNG, at most 1000 pixels wide and high and 100 kB large")


class UnusablePictureError(NotDoneError):
    """A picture that is damaged, too large, or no PNG."""


class _Chunk(Struct, frozen=True):
    kind: bytes
    content: bytes
    raw: bytes


def read_png(data: bytes) -> bytes:
    """Return the picture of a PNG file, without all that a page does not need of it.

    Raises:
        UnusablePictureError: it is no PNG, is damaged, or is too large.
    """
    if len(data) > LARGEST_PICTURE:
        raise _unusable(N_("the picture is larger than {limit} kB"), limit=LARGEST_PICTURE // 1000)
    if not data.startswith(SIGNATURE):
        raise _unusable(N_("not a PNG picture"))
    chunks = tuple(_chunks(data))
    if not _is_whole([chunk.kind for chunk in chunks]):
        raise _damaged()
    _check_header(chunks)
    return SIGNATURE + b"".join(chunk.raw for chunk in chunks if chunk.kind in _KEPT)


def _chunks(data: bytes) -> Iterator[_Chunk]:
    place = len(SIGNATURE)
    while place < len(data):
        length = int.from_bytes(data[place : place + 4])
        raw = data[place : place + length + _AROUND]
        kind, content, checksum = raw[4:8], raw[8:-4], raw[-4:]
        if len(raw) != length + _AROUND or zlib.crc32(kind + content) != int.from_bytes(checksum):
            raise _damaged()
        yield _Chunk(kind, content, raw)
        place += len(raw)


def _is_whole(kinds: Sequence[bytes]) -> bool:
    """Return whether the chunks stand in an order that a reader of PNG must understand."""
    ends = kinds[:1] == [b"IHDR"] and kinds[-1:] == [b"IEND"]
    once = all(kinds.count(kind) == 1 for kind in (b"IHDR", b"IEND")) and kinds.count(b"PLTE") <= 1
    # A kind whose first letter is a capital must not be passed over (5.4).
    known = all(kind in _CRITICAL or kind[:1].islower() for kind in kinds)
    count = kinds.count(b"IDAT")
    together = count > 0 and set(kinds[(first := kinds.index(b"IDAT")) : first + count]) == {b"IDAT"}
    return ends and once and known and together


def _check_header(chunks: Sequence[_Chunk]) -> None:
    if len(chunks[0].content) != _HEADER.size:
        raise _damaged()
    width, height, depth, colour, packing, filtering, order = _HEADER.unpack(chunks[0].content)
    has_palette = any(chunk.kind == b"PLTE" for chunk in chunks)
    if depth not in _DEPTHS.get(colour, ()) or (packing, filtering) != (0, 0) or order > 1:
        raise _damaged()
    if not (width and height) or (colour == _WITH_PALETTE and not has_palette):
        raise _damaged()
    if max(width, height) > LONGEST_SIDE:
        raise _unusable(
            N_("the picture is {width} × {height} pixels, {limit} at most"),
            width=width,
            height=height,
            limit=LONGEST_SIDE,
        )


def _damaged() -> UnusablePictureError:
    return _unusable(N_("the picture is damaged"))


def _unusable(message: str, **values: object) -> UnusablePictureError:
    return UnusablePictureError(message, hint=_HINT, **values)
