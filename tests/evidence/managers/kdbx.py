"""KDBX 3 and 4, written with pykeepass' description of the container; their keys are quick to derive."""

from __future__ import annotations

import io
import struct
from base64 import b64encode
from datetime import UTC, datetime
from functools import partial

from construct import Container  # type: ignore[import-untyped]
from lxml import etree  # type: ignore[import-untyped]
from pykeepass.kdbx_parsing.kdbx import KDBX  # type: ignore[import-untyped]
from pykeepass.kdbx_parsing.kdbx4 import kdf_uuids  # type: ignore[import-untyped]
from tests.evidence.managers.keepass import STRANGE, STRANGE_LOGINS, USUAL, USUAL_LOGINS
from tests.evidence.managers.keepass_document import Clock, Database, document
from tests.evidence.sample import Sample, iso

_SIGNATURES = {"sig1": b"\x03\xd9\xa2\x9a", "sig2": b"\x67\xfb\x4b\xb5"}
_END = b"\r\n\r\n"
_PASSPHRASE = "öpen sesame"
_WRONG = "öpen barley"
_YEAR_ONE = datetime(1, 1, 1, tzinfo=UTC)


def _since_year_one(moment: datetime) -> str:
    """KDBX 4: whole seconds, eight bytes, in base64."""
    return b64encode(struct.pack("<Q", int((moment - _YEAR_ONE).total_seconds()))).decode()


def _dynamic(**fields: object) -> Container:
    whole = {
        "cipher_id": "aes256",
        "compression_flags": Container(compression=True),
        "master_seed": bytes(range(32)),
        "encryption_iv": bytes(range(16)),
        **fields,
        "end": _END,
    }
    return Container({name: Container(id=name, data=data) for name, data in whole.items()})


def _file(major: int, dynamic: Container, payload: Container, passphrase: str) -> bytes:
    header = Container(
        **_SIGNATURES, sig_check=None, minor_version=1, major_version=major, dynamic_header=dynamic
    )
    whole = Container(header=Container(value=header), body=Container(payload=payload))
    keys = {"password": passphrase, "keyfile": None, "transformed_key": None, "decrypt": True}
    return bytes(KDBX.build(whole, **keys))


def _tree(database: Database, clock: Clock) -> object:
    data = document(database, clock, "Protected")
    return etree.parse(io.BytesIO(data), etree.XMLParser(resolve_entities=False))


def version_3(database: Database, passphrase: str = _PASSPHRASE) -> bytes:
    """AES rounds as key derivation, Salsa20 for protected values, times as text."""
    dynamic = _dynamic(
        transform_seed=bytes(range(32, 64)),
        transform_rounds=5,
        protected_stream_key=bytes(range(64, 96)),
        stream_start_bytes=bytes(range(96, 128)),
        protected_stream_id="salsa20",
    )
    start = dynamic.stream_start_bytes.data
    return _file(3, dynamic, Container(cred_check=start, xml=_tree(database, iso)), passphrase)


def _argon2() -> Container:
    """One pass over 64 KiB."""
    values: dict[str, tuple[int, object]] = {
        "$UUID": (0x42, kdf_uuids["argon2"]),
        "S": (0x42, bytes(range(32))),
        "P": (0x04, 1),
        "M": (0x05, 64 * 1024),
        "I": (0x05, 1),
        "V": (0x04, 0x13),
    }
    items = {
        key: Container(type=kind, key=key, value=value, next_byte=1) for key, (kind, value) in values.items()
    }
    items["V"].next_byte = 0
    return Container(version=b"\x00\x01", dict=Container(items))


def version_4(database: Database, passphrase: str = _PASSPHRASE) -> bytes:
    """Argon2 as key derivation, ChaCha20 for protected values, times as numbers."""
    inner = Container(
        protected_stream_id=Container(type="protected_stream_id", data="chacha20"),
        protected_stream_key=Container(type="protected_stream_key", data=bytes(range(64))),
        end=Container(type="end", data=b""),
        binary=[],
    )
    payload = Container(inner_header=inner, xml=_tree(database, _since_year_one))
    return _file(4, _dynamic(kdf_parameters=_argon2()), payload, passphrase)


_THREE, _FOUR = version_3(USUAL), version_4(USUAL)
_ONE = bytes.fromhex("03d9a29a65fb4bb5") + bytes(200)
_UNKNOWN = _FOUR[:10] + struct.pack("<H", 9) + _FOUR[12:]

_sample = partial(Sample, reader="kdbx", secret=_PASSPHRASE)

SAMPLES = (
    _sample("kdbx 4, usual", data=_FOUR, expected=USUAL_LOGINS),
    _sample("kdbx 3, usual", data=_THREE, expected=USUAL_LOGINS),
    _sample("kdbx 4, references and times that cannot be", data=version_4(STRANGE), expected=STRANGE_LOGINS),
    _sample("kdbx 3, references and times that cannot be", data=version_3(STRANGE), expected=STRANGE_LOGINS),
    _sample("kdbx 4, no entries", data=version_4(Database())),
    _sample("kdbx 4, the wrong passphrase", data=_FOUR, secret=_WRONG, refused=True),
    _sample("kdbx 3, the wrong passphrase", data=_THREE, secret=_WRONG, refused=True),
    _sample("kdbx 4, nobody to ask", data=_FOUR, secret=None, refused=True),
    _sample("kdbx 4, cut off", data=_FOUR[: len(_FOUR) // 2], refused=True),
    _sample("kdbx 3, cut off", data=_THREE[: len(_THREE) // 2], refused=True),
    _sample("kdbx 4, damaged", data=_FOUR[:-100] + bytes(100), refused=True),
    _sample("keepass 1", data=_ONE, refused=True),
    _sample("kdbx, a version that nobody knows", data=_UNKNOWN, refused=True),
)
