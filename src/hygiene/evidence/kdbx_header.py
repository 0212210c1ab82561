"""How much work and memory a KeePass database asks for before its passphrase can be tried.

The outer header of KDBX is not encrypted, so whoever can write to the file can ask for any amount
(https://keepass.info/help/kb/kdbx.html).
"""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping
from typing import Final

MEMORY: Final = 1024**3
"""Bytes that Argon2 may take; KeePass and KeePassXC begin with 64 MiB."""

WORK: Final = 64 * 1024**3
"""Bytes that Argon2 may write in all passes: a minute or so."""

LANES: Final = 64
"""Threads that Argon2 may start."""

ROUNDS: Final = 100_000_000
"""Rounds of the older derivation by AES: two minutes or so, since they are counted in Python here."""

_BEFORE_FIELDS: Final = 12  # bytes: two signatures and the version
_MAJOR: Final = struct.Struct("<10xH")
_KDBX3: Final = 3
_END, _ROUNDS, _DERIVATION = 0, 6, 11  # fields
_SHORT: Final = struct.Struct("<H")
_LENGTH: Final = struct.Struct("<I")


def is_affordable(data: bytes) -> bool:
    """Return whether a database opens within the limits above; False also where its header is damaged."""
    try:
        is_older = _MAJOR.unpack_from(data)[0] <= _KDBX3
        fields = dict(_fields(data, _SHORT if is_older else _LENGTH))
        asked = {b"R": fields[_ROUNDS]} if is_older else dict(_entries(fields[_DERIVATION]))
    except (struct.error, KeyError):
        return False
    memory, passes, lanes, rounds = (_number(asked, name) for name in (b"M", b"I", b"P", b"R"))
    return memory <= MEMORY and memory * passes <= WORK and lanes <= LANES and rounds <= ROUNDS


def _fields(data: bytes, length: struct.Struct) -> Iterator[tuple[int, bytes]]:
    """Yield the fields of the header: a byte that names it, its length, its value."""
    at, kind = _BEFORE_FIELDS, -1
    while kind != _END:
        kind = data[at] if at < len(data) else _END
        (size,) = length.unpack_from(data, at + 1)
        at += 1 + length.size + size
        yield kind, data[at - size : at]


def _entries(dictionary: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield the entries of a dictionary of variants: a type, a name and a value, each with its length."""
    at = 2  # after the version
    while at < len(dictionary) and dictionary[at]:
        parts = []
        at += 1
        for _part in ("name", "value"):
            (size,) = _LENGTH.unpack_from(dictionary, at)
            at += _LENGTH.size + size
            parts.append(dictionary[at - size : at])
        yield parts[0], parts[1]


def _number(asked: Mapping[bytes, bytes], name: bytes) -> int:
    return int.from_bytes(asked.get(name, b""), "little")
