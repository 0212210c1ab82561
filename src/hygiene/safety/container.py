"""The syntax of a sealed store: header, key slots and the costs that a slot names. No cryptography here.

The layout is documented byte by byte in docs/store-format.md. Numbers are unsigned and big-endian.
"""

from __future__ import annotations

import struct
from enum import IntEnum
from typing import Final

from msgspec import Struct

from hygiene.errors import AlteredError, NotDoneError
from hygiene.language import N_

# The first byte is no text in any encoding in use, so that the file is never taken for text.
MAGIC: Final = b"\x89HYGIENE"
VERSION: Final = 1
STORE_ID_BYTES: Final = 16
SALT_BYTES: Final = 32
SLOT_ID_BYTES: Final = 8
NONCE_BYTES: Final = 12
WRAPPED_BYTES: Final = 48
ARGON2_SALT_BYTES: Final = 16
COUNTER_LIMIT: Final = 2**64
# Bounds what a made-up file can ask for: each passphrase slot costs a key derivation.
MAX_SLOTS: Final = 16

_SLOT_START: Final = struct.Struct(f">{SLOT_ID_BYTES}sBH")
_HEADER_START: Final = struct.Struct(f">{len(MAGIC)}sB{STORE_ID_BYTES}sQ{SALT_BYTES}sB")
_PASSPHRASE_PARAMS: Final = struct.Struct(f">{ARGON2_SALT_BYTES}sIII")
LONGEST_HEADER: Final = _HEADER_START.size + MAX_SLOTS * (
    _SLOT_START.size + _PASSPHRASE_PARAMS.size + NONCE_BYTES + WRAPPED_BYTES
)


class DamagedError(AlteredError):
    """The file begins like a store and then does not keep to the format: cut off, overwritten or altered."""

    def __init__(self) -> None:
        super().__init__(
            N_("the store is damaged: it breaks off or does not keep to its format"),
            hint=N_("`hygiene store restore FILE --replace` puts a backup in its place; this file is kept"),
        )


class SlotType(IntEnum):
    """What opens a slot."""

    PASSPHRASE = 1
    KEYRING = 2
    RECOVERY = 3


class Costs(Struct, frozen=True):
    """What deriving a key from a passphrase costs, in the terms of Argon2id (RFC 9106 section 3.1).

    Attributes:
        memory: KiB of memory (m), at least 8 for each lane.
        passes: times that the memory is gone over (t).
        lanes: parallel lanes (p).
    """

    memory: int = 64 * 1024
    passes: int = 3
    lanes: int = 4

    @property
    def is_acceptable(self) -> bool:
        """Whether they are possible at all and below what any honest store asks for."""
        return (
            1 <= self.lanes <= CEILING.lanes
            and 1 <= self.passes <= CEILING.passes
            and 8 * self.lanes <= self.memory <= CEILING.memory
        )


# RFC 9106 section 4, the second recommended option: 64 MiB, 3 passes, 4 lanes.
RECOMMENDED: Final = Costs()
CEILING: Final = Costs(memory=1024 * 1024, passes=10, lanes=16)


class Slot(Struct, frozen=True):
    """The store key, wrapped for one secret.

    Attributes:
        id: 8 random bytes.
        type: what kind of secret opens it.
        params: for a passphrase, the salt and the costs; otherwise nothing.
        nonce: 12 random bytes of the wrapping.
        wrapped: the 32-byte store key, encrypted, and the 16-byte tag.
    """

    id: bytes
    type: SlotType
    params: bytes
    nonce: bytes
    wrapped: bytes


class Draft(Struct, frozen=True):
    """What a header says before a save gives it a fresh salt.

    Attributes:
        store_id: 16 random bytes, the same for the life of a store.
        counter: the number of this save; it only grows.
        slots: each opens the same store key.
    """

    store_id: bytes
    counter: int
    slots: tuple[Slot, ...]


class Header(Draft, frozen=True):
    """All that stands before the payload.

    Attributes:
        salt: 32 random bytes of this save.
    """

    salt: bytes


def passphrase_params(salt: bytes, costs: Costs) -> bytes:
    """Return the parameters of a passphrase slot as bytes."""
    return _PASSPHRASE_PARAMS.pack(salt, costs.memory, costs.passes, costs.lanes)


def passphrase_salt_and_costs(slot: Slot) -> tuple[bytes, Costs]:
    """Return what the parameters of a passphrase slot say. The costs may be beyond all reason."""
    salt, memory, passes, lanes = _PASSPHRASE_PARAMS.unpack(slot.params)
    return salt, Costs(memory, passes, lanes)


def render_header(header: Header) -> bytes:
    """Return the header as bytes, which are also the payload's associated data.

    Raises:
        ValueError: a field has a wrong length or is out of range.
    """
    if len(header.store_id) != STORE_ID_BYTES or len(header.salt) != SALT_BYTES:
        raise ValueError("a store id has 16 bytes and a salt 32")
    if not 0 <= header.counter < COUNTER_LIMIT:
        raise ValueError("the save counter is a 64-bit number")
    start = _HEADER_START.pack(
        MAGIC, VERSION, header.store_id, header.counter, header.salt, len(header.slots)
    )
    return start + b"".join(_render_slot(slot) for slot in header.slots)


def slot_associated_data(store_id: bytes, slot_id: bytes, slot_type: SlotType, params: bytes) -> bytes:
    """Return what a slot's wrapping is bound to: its store and itself, not the other slots.

    So a slot survives changes of its neighbours, and opens in no other store.
    """
    return MAGIC + bytes([VERSION]) + store_id + slot_id + bytes([slot_type]) + params


def parse_header(data: bytes) -> tuple[Header, int]:
    """Return the header of a sealed store and how many bytes it takes.

    What it says is not verified before the payload is unsealed with the key that a slot gave.

    Raises:
        NotDoneError: this is something else than a store, or a newer program made it.
        DamagedError: it begins like one and is cut off or malformed.
    """
    _check_magic_and_version(data)
    if len(data) < _HEADER_START.size:
        raise DamagedError
    _magic, _version, store_id, counter, salt, count = _HEADER_START.unpack_from(data)
    if not 1 <= count <= MAX_SLOTS:
        raise DamagedError
    slots = []
    position = _HEADER_START.size
    for _ in range(count):
        slot, position = _parse_slot(data, position)
        slots.append(slot)
    if len({slot.id for slot in slots}) != count:
        raise DamagedError
    return Header(store_id, counter, tuple(slots), salt), position


def _check_magic_and_version(data: bytes) -> None:
    if not data.startswith(MAGIC):
        # An empty or cut-off file is what a full disk leaves behind, not somebody's other file.
        if MAGIC.startswith(data):
            raise DamagedError
        raise NotDoneError(
            N_("this file is not a hygiene store"), hint=N_("check that this is the right file")
        )
    version = data[len(MAGIC) : len(MAGIC) + 1]
    if not version or version == b"\x00":
        raise DamagedError
    if version[0] > VERSION:
        raise NotDoneError(
            N_("the store was made by a newer hygiene (format {version})"),
            hint=N_("install the newest hygiene on this computer; the store was left as it is"),
            version=version[0],
        )


def _render_slot(slot: Slot) -> bytes:
    if (len(slot.id), len(slot.nonce), len(slot.wrapped)) != (SLOT_ID_BYTES, NONCE_BYTES, WRAPPED_BYTES):
        raise ValueError("a slot id has 8 bytes, a nonce 12 and a wrapped key 48")
    return _SLOT_START.pack(slot.id, slot.type, len(slot.params)) + slot.params + slot.nonce + slot.wrapped


def _parse_slot(data: bytes, position: int) -> tuple[Slot, int]:
    start = position + _SLOT_START.size
    if start > len(data):
        raise DamagedError
    slot_id, type_number, length = _SLOT_START.unpack_from(data, position)
    nonce_at = start + length
    wrapped_at = nonce_at + NONCE_BYTES
    end = wrapped_at + WRAPPED_BYTES
    if end > len(data) or type_number not in set(SlotType):
        raise DamagedError
    slot_type = SlotType(type_number)
    if length != (_PASSPHRASE_PARAMS.size if slot_type is SlotType.PASSPHRASE else 0):
        raise DamagedError
    slot = Slot(slot_id, slot_type, data[start:nonce_at], data[nonce_at:wrapped_at], data[wrapped_at:end])
    return slot, end
