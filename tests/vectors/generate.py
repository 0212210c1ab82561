"""Write the vectors of docs/store-format.md and docs/record-format.md: `python -m tests.vectors.generate`.

Everything that is random in a real store comes from a counted hash here, so that the same bytes come out
again. The Argon2 costs are the smallest possible: these files protect nothing.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec.structs import replace

from hygiene.safety import container, sealing
from hygiene.safety.secrets import KeyringKey, Passphrase, RecoveryCode, Secret, render_recovery_code

if TYPE_CHECKING:
    from collections.abc import Callable

    from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

FOLDER = Path(__file__).parent / "store"
RECORDS = Path(__file__).parent / "records"
# One record of every schema that ever was; the last one is today's.
GOLDENS = Path(__file__).parents[1] / "golden"
SCHEMAS = {number: GOLDENS / f"record-{number}.jsonl" for number in (1, 2, 3)} | {4: GOLDENS / "record.jsonl"}
# é as e and a combining accent: a reader that forgets normalisation form C stays locked out.
WORDS = "four cafe\u0301s in March"
RECOVERY = bytes(range(16))
KEYRING = bytes(range(100, 132))
WRONG_KEYRING = bytes(range(101, 133))
WRITTEN_RECOVERY = render_recovery_code(RECOVERY)
DATA = '{"note": "déjà vu"}\n{"note": "\U0001f468\u200d\U0001f4bb"}\n'.encode()
COSTS = container.Costs(memory=32, passes=1, lanes=4)
SECRETS: tuple[Secret, ...] = (Passphrase(WORDS), KeyringKey(KEYRING), RecoveryCode(RECOVERY))


@dataclass(frozen=True, slots=True)
class Vector:
    """A file, the secret to try on it, and what must come of it."""

    name: str
    sealed: bytes
    kind: str
    secret: str
    verdict: str
    exit_code: int
    data: bytes = b""


def counted(seed: str) -> Callable[[int], bytes]:
    """Return a source of bytes that looks random and is always the same."""
    stream = hashlib.shake_256(seed.encode()).digest(4096)
    position = 0

    def take(count: int) -> bytes:
        nonlocal position
        position += count
        return stream[position - count : position]

    return take


def build_store(seed: str, data: bytes = DATA) -> tuple[bytes, bytes]:
    """Return a sealed store with three slots, and its key."""
    random = counted(seed)
    key, store_id = random(32), random(16)
    slots = tuple(sealing.wrap_key(key, secret, store_id, random=random, costs=COSTS) for secret in SECRETS)
    return sealing.seal(data, key, container.Draft(store_id, 7, slots), random=random), key


def flip(sealed: bytes, index: int) -> bytes:
    """Return a copy with one bit changed."""
    changed = bytearray(sealed)
    changed[index] ^= 1
    return bytes(changed)


def with_slots(sealed: bytes, key: bytes, slots: tuple[container.Slot, ...]) -> bytes:
    """Return a store of the same key whose header has other slots, sealed as `seal` would never do it."""
    header, start = container.parse_header(sealed)
    other = container.render_header(replace(header, slots=slots))
    plain = payload_cipher(sealed, key).decrypt(bytes(12), sealed[start:], sealed[:start])
    return other + payload_cipher(other, key).encrypt(bytes(12), plain, other)


def with_plaintext(sealed: bytes, key: bytes, plain: bytes) -> bytes:
    """Return the store with another padded plaintext, rightly sealed."""
    start = container.parse_header(sealed)[1]
    return sealed[:start] + payload_cipher(sealed, key).encrypt(bytes(12), plain, sealed[:start])


def payload_cipher(sealed: bytes, key: bytes) -> ChaCha20Poly1305:
    """Return the cipher of the payload of this store."""
    return sealing._payload_cipher(key, container.parse_header(sealed)[0])


def with_costs(slot: container.Slot, costs: container.Costs) -> container.Slot:
    """Return the slot with other costs written into its parameters."""
    return replace(slot, params=container.passphrase_params(slot.params[:16], costs))


def build_vectors() -> list[Vector]:
    """Return all vectors, in the order of the index."""
    sealed, key = build_store("first store")
    return [*_accepted(sealed), *_malformed(sealed), *_altered(sealed, key), *_locked(sealed, key)]


def _accepted(sealed: bytes) -> list[Vector]:
    spoken = WRITTEN_RECOVERY.replace("-", " ").replace("0", "o").replace("1", "l").lower()
    empty, _ = build_store("empty store", b"")
    full, _ = build_store("full step", bytes(16384 - 8))
    return [
        Vector("passphrase", sealed, "passphrase", WORDS, "ok", 0, DATA),
        Vector("recovery", sealed, "recovery", WRITTEN_RECOVERY, "ok", 0, DATA),
        Vector("recovery-as-typed", sealed, "recovery", spoken, "ok", 0, DATA),
        Vector("keyring", sealed, "keyring", KEYRING.hex(), "ok", 0, DATA),
        Vector("empty", empty, "keyring", KEYRING.hex(), "ok", 0),
        Vector("full-step", full, "keyring", KEYRING.hex(), "ok", 0, bytes(16384 - 8)),
    ]


def _malformed(sealed: bytes) -> list[Vector]:
    start = container.parse_header(sealed)[1]
    made_up: list[tuple[str, bytes, str, int]] = [
        ("not-a-store", b"PK\x03\x04 something else", "not-a-store", 3),
        ("no-bytes", b"", "damaged", 4),
        ("newer-version", sealed[:8] + b"\x02" + sealed[9:], "newer", 3),
        ("truncated-header", sealed[: start - 1], "damaged", 4),
        ("truncated-payload", sealed[:-1], "damaged", 4),
        ("no-payload", sealed[:start], "damaged", 4),
        ("no-slots", sealed[:65] + b"\x00" + sealed[66:], "damaged", 4),
        ("unknown-slot-type", sealed[:74] + b"\x04" + sealed[75:], "damaged", 4),
    ]
    return [
        Vector(name, data, "keyring", KEYRING.hex(), verdict, exit_code)
        for name, data, verdict, exit_code in made_up
    ]


def _altered(sealed: bytes, key: bytes) -> list[Vector]:
    start = container.parse_header(sealed)[1]
    plain = payload_cipher(sealed, key).decrypt(bytes(12), sealed[start:], sealed[:start])
    made_up = {
        "flipped-payload": flip(sealed, start + 100),
        "flipped-counter": flip(sealed, 32),
        "flipped-other-slot": flip(sealed, 66 + 98),
        "padding-not-zero": with_plaintext(sealed, key, plain[:-1] + b"\x01"),
        "padding-too-long": with_plaintext(sealed, key, plain + bytes(16384)),
        "length-beyond-end": with_plaintext(sealed, key, b"\xff" * 8 + plain[8:]),
    }
    return [Vector(name, data, "keyring", KEYRING.hex(), "altered", 4) for name, data in made_up.items()]


def _locked(sealed: bytes, key: bytes) -> list[Vector]:
    first, *others = container.parse_header(sealed)[0].slots
    other_slots = container.parse_header(build_store("second store")[0])[0].slots
    swapped = with_slots(sealed, key, other_slots)
    vectors = [
        Vector("wrong-passphrase", sealed, "passphrase", "four teas in March", "locked", 3),
        Vector("wrong-keyring", sealed, "keyring", WRONG_KEYRING.hex(), "locked", 3),
        Vector("flipped-own-slot", flip(sealed, 66 + 98), "passphrase", WORDS, "locked", 3),
        Vector("slot-from-another-store", swapped, "passphrase", WORDS, "locked", 3),
        Vector("slot-from-another-store-recovery", swapped, "recovery", WRITTEN_RECOVERY, "locked", 3),
    ]
    for name, costs in {
        "memory-above-ceiling": container.Costs(memory=1024 * 1024 + 1, passes=1, lanes=4),
        "passes-above-ceiling": container.Costs(memory=32, passes=11, lanes=4),
        "lanes-above-ceiling": container.Costs(memory=136, passes=1, lanes=17),
        "memory-below-lanes": container.Costs(memory=31, passes=1, lanes=4),
    }.items():
        costly = with_slots(sealed, key, (with_costs(first, costs), *others))
        vectors.append(Vector(name, costly, "passphrase", WORDS, "refused-costs", 3))
    return vectors


def render_files() -> dict[str, bytes]:
    """Return every file by name; vectors with the same bytes share one."""
    files: dict[str, bytes] = {}
    entries = []
    for vector in build_vectors():
        same = next((name for name, data in files.items() if data == vector.sealed), None)
        name = same or f"{vector.name}.hygiene"
        files[name] = vector.sealed
        entries.append(
            {
                "name": vector.name,
                "file": name,
                "secret": {"kind": vector.kind, "value": vector.secret},
                "verdict": vector.verdict,
                "exit_code": vector.exit_code,
                "sha256": hashlib.sha256(vector.data).hexdigest() if vector.verdict == "ok" else None,
            }
        )
    files["index.json"] = (json.dumps(entries, indent=2, ensure_ascii=True) + "\n").encode()
    return files


def render_records() -> dict[str, bytes]:
    """Return a sealed store of every schema by its file's name."""
    return {
        f"schema-{number}.hygiene": build_store(f"schema {number}", golden.read_bytes())[0]
        for number, golden in SCHEMAS.items()
    }


def write_files() -> None:
    """Write the folders anew."""
    for folder, files in ((FOLDER, render_files()), (RECORDS, render_records())):
        folder.mkdir(exist_ok=True)
        for old in folder.iterdir():
            old.unlink()
        for name, data in files.items():
            (folder / name).write_bytes(data)


if __name__ == "__main__":
    write_files()
