"""A second reader of stores, written from docs/store-format.md alone; it imports nothing of hygiene.

    python tests/vectors/reader.py FILE passphrase|recovery|keyring SECRET

prints the verdict on the error stream and the data on the standard output. A keyring key is given in
hexadecimal digits.
"""

from __future__ import annotations

import hashlib
import hmac
import struct
import sys
import unicodedata
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

MAGIC = bytes.fromhex("8948594749454e45")
STEP = 16384
TYPES = {"passphrase": 1, "keyring": 2, "recovery": 3}
ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


class Verdict(Exception):  # noqa: N818 - a verdict is an outcome of reading
    """Anything but `ok`: not-a-store, newer, damaged, locked, refused-costs, altered."""


def hkdf(material: bytes, salt: bytes, info: bytes) -> bytes:
    """RFC 5869 for one block of output, with the standard library only."""
    extracted = hmac.digest(salt, material, hashlib.sha256)
    return hmac.digest(extracted, info + b"\x01", hashlib.sha256)


def recovery_bytes(code: str) -> bytes:
    """Turn a written recovery code into its 16 bytes."""
    kept = [char for char in code if char != " " and not unicodedata.category(char).startswith("Pd")]
    values = [ALPHABET.index({"I": "1", "L": "1", "O": "0"}.get(char.upper(), char.upper())) for char in kept]
    if len(values) != 28:
        raise ValueError("a recovery code has 28 characters")
    number = 0
    for value in values[:26]:
        number = number * 32 + value
    if values[26] * 32 + values[27] != number % 1021:
        raise ValueError("mistyped")
    return number.to_bytes(16, "big")


def secret_bytes(kind: str, secret: str) -> bytes:
    """Turn a secret as it is written into what the key derivation takes."""
    if kind == "passphrase":
        return unicodedata.normalize("NFC", secret).encode("utf-8")
    return recovery_bytes(secret) if kind == "recovery" else bytes.fromhex(secret)


def split_slots(data: bytes) -> tuple[list[dict[str, bytes]], int]:
    """Return the slots and the length of the header."""
    count = data[65]
    if not 1 <= count <= 16:
        raise Verdict("damaged")
    slots = []
    at = 66
    for _ in range(count):
        if len(data) < at + 11:
            raise Verdict("damaged")
        size = int.from_bytes(data[at + 9 : at + 11], "big")
        parts = {"id": 8, "type": 1, "size": 2, "params": size, "nonce": 12, "wrapped": 48}
        slot = {}
        for name, length in parts.items():
            slot[name] = data[at : at + length]
            at += length
        kind = slot["type"][0]
        if at > len(data) or kind not in TYPES.values() or size != (28 if kind == TYPES["passphrase"] else 0):
            raise Verdict("damaged")
        slots.append(slot)
    if len({slot["id"] for slot in slots}) != count:
        raise Verdict("damaged")
    return slots, at


def wrapping_key(kind: str, material: bytes, slot: dict[str, bytes], store_id: bytes) -> bytes | None:
    """Return the key of a slot, or None where its costs are out of bounds."""
    if kind != "passphrase":
        return hkdf(material, slot["id"], f"hygiene/store/1/slot/{kind}".encode() + store_id)
    salt, memory, passes, lanes = struct.unpack(">16sIII", slot["params"])
    if not (1 <= passes <= 10 and 1 <= lanes <= 16 and 8 * lanes <= memory <= 1048576):
        return None
    derivation = Argon2id(salt=salt, length=32, memory_cost=memory, iterations=passes, lanes=lanes)
    return derivation.derive(material)


def store_key(slots: list[dict[str, bytes]], kind: str, material: bytes, store_id: bytes) -> bytes:
    """Open the first slot that opens."""
    left_out = False
    for slot in slots:
        if slot["type"][0] != TYPES[kind]:
            continue
        key = wrapping_key(kind, material, slot, store_id)
        if key is None:
            left_out = True
            continue
        bound = MAGIC + b"\x01" + store_id + slot["id"] + slot["type"] + slot["params"]
        try:
            return ChaCha20Poly1305(key).decrypt(slot["nonce"], slot["wrapped"], bound)
        except InvalidTag:
            continue
    raise Verdict("refused-costs" if left_out else "locked")


def open_payload(data: bytes, start: int, key: bytes) -> bytes:
    """Open what follows the header and strip its padding."""
    size = len(data) - start - 16
    if size < STEP or size % STEP:
        raise Verdict("damaged")
    payload_key = hkdf(key, data[33:65], b"hygiene/store/1/payload" + data[9:25])
    try:
        padded = ChaCha20Poly1305(payload_key).decrypt(bytes(12), data[start:], data[:start])
    except InvalidTag:
        raise Verdict("altered") from None
    length = int.from_bytes(padded[:8], "big")
    needed = (8 + length + STEP - 1) // STEP * STEP
    if needed != len(padded) or padded[8 + length :].strip(b"\x00"):
        raise Verdict("altered")
    return padded[8 : 8 + length]


def read(data: bytes, kind: str, secret: str) -> bytes:
    """Return the data of a store, or raise the verdict."""
    if data[:8] != MAGIC[: len(data)]:
        raise Verdict("not-a-store")
    if len(data) > 8 and data[8] > 1:
        raise Verdict("newer")
    if len(data) < 66 or data[8] == 0:
        raise Verdict("damaged")
    slots, start = split_slots(data)
    store_id = data[9:25]
    key = store_key(slots, kind, secret_bytes(kind, secret), store_id)
    return open_payload(data, start, key)


if __name__ == "__main__":
    try:
        sys.stdout.buffer.write(read(Path(sys.argv[1]).read_bytes(), sys.argv[2], sys.argv[3]))
        sys.stderr.write("ok\n")
    except Verdict as verdict:
        sys.exit(str(verdict))
