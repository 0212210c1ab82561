"""What a KeePass database asks for is looked at before it is given."""

from __future__ import annotations

import struct
from datetime import date

import pytest

from hygiene.evidence.kdbx import READER
from hygiene.evidence.kdbx_header import LANES, MEMORY, ROUNDS, WORK, is_affordable
from hygiene.evidence.reading import Desk, UnreadableExportError
from hygiene.model.evidence import Mark
from hygiene.safety.archives import bundle_of

_SIGNATURE = bytes.fromhex("03d9a29a67fb4bb5")
_MIB = 1024**2


def number(name: bytes, value: int) -> bytes:
    return b"\x05" + struct.pack("<I", len(name)) + name + struct.pack("<IQ", 8, value)


def newer(**asked: int) -> bytes:
    """KDBX 4: fields with four bytes of length, the derivation as a dictionary."""
    entries = b"".join(number(name.encode(), value) for name, value in asked.items())
    dictionary = b"\x00\x01" + entries + b"\x00"
    fields = ((4, b"s" * 32), (11, dictionary), (0, b"\r\n\r\n"))
    return (
        _SIGNATURE + struct.pack("<HH", 0, 4) + b"".join(struct.pack("<BI", k, len(v)) + v for k, v in fields)
    )


def older(rounds: int) -> bytes:
    """KDBX 3: two bytes of length."""
    fields = ((6, struct.pack("<Q", rounds)), (0, b"\r\n\r\n"))
    return (
        _SIGNATURE + struct.pack("<HH", 1, 3) + b"".join(struct.pack("<BH", k, len(v)) + v for k, v in fields)
    )


@pytest.mark.parametrize(
    "data",
    [
        newer(M=64 * _MIB, I=10, P=2),
        newer(M=MEMORY, I=WORK // MEMORY, P=LANES),
        newer(R=ROUNDS),
        older(60_000),
        older(ROUNDS),
    ],
)
def test_what_people_choose_is_given(data: bytes) -> None:
    assert is_affordable(data)


@pytest.mark.parametrize(
    "data",
    [
        newer(M=MEMORY + 1, I=1, P=1),
        newer(M=64 * _MIB, I=2**31, P=1),
        newer(M=_MIB, I=1, P=LANES + 1),
        newer(R=2**62),
        older(ROUNDS + 1),
        newer(R=1)[:-9],
        _SIGNATURE,
        b"",
        _SIGNATURE + struct.pack("<HH", 0, 4) + struct.pack("<BI", 0, 0),
    ],
)
def test_more_than_that_is_refused_and_so_is_a_damaged_header(data: bytes) -> None:
    assert not is_affordable(data)


def test_nobody_is_asked_for_the_passphrase_of_such_a_database() -> None:
    def ask(_name: str) -> str:
        raise AssertionError("asked")

    desk = Desk(date(2026, 11, 23), lambda password: Mark(password.encode()), ask)
    with bundle_of(newer(M=2**40, I=1, P=1)) as bundle, pytest.raises(UnreadableExportError, match="memory"):
        READER.read(bundle, desk)
