"""A signing key: an Ed25519 seed (RFC 8032) sealed by a passphrase, short enough to be printed.

The 32-byte seed is wrapped by the key slots of `safety.sealing`: Argon2id for a passphrase, ChaCha20-Poly1305
around it, and a slot for the system keyring where the person wants one. PKCS#8 as the cryptography library
writes it stretches a passphrase with PBKDF2 and does not authenticate what it encrypts, so it was not taken.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

import msgspec
from msgspec import Struct

from hygiene.errors import AlteredError, LockedError, NotDoneError
from hygiene.language import N_
from hygiene.safety.container import (
    RECOMMENDED,
    SALT_BYTES,
    STORE_ID_BYTES,
    Costs,
    Header,
    Slot,
    parse_header,
    render_header,
)
from hygiene.safety.sealing import open_slot, wrap_key
from hygiene.safety.secrets import Secret, Unspoken

if TYPE_CHECKING:
    from securesystemslib.signer import CryptoSigner, SSlibKey

FORMAT = 1
LARGEST_KEY_FILE = 16 * 1024  # bytes
_LINE = 64
_PUBLIC = re.compile(r"[0-9a-f]{64}")


class PrivateKey(Unspoken, frozen=True):
    """A key that can sign.

    Attributes:
        seed: 32 random bytes.
    """

    seed: bytes

    @property
    def public(self) -> str:
        """The public half, as 64 hexadecimal digits."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw().hex()

    def signer(self) -> CryptoSigner:
        """Return what signs metadata with it."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
        from securesystemslib.signer import CryptoSigner

        return CryptoSigner(Ed25519PrivateKey.from_private_bytes(self.seed))


class SealedKey(Struct, frozen=True):
    """What a key file holds.

    Attributes:
        source: the name of the source that it signs for.
        holder: whose it is: a person's name, `spare` or `freshness`.
        public: the public half.
        sealed: the slots, as a sealed store has them (docs/store-format.md) without its payload; base64 in
            lines that can be printed, and typed in again.
    """

    format: int
    source: str
    holder: str
    public: str
    sealed: tuple[str, ...]

    @property
    def slots(self) -> tuple[Slot, ...]:
        """What opens it.

        Raises:
            AlteredError: it was damaged.
        """
        return _header(self).slots


def tuf_key(public: str) -> SSlibKey:
    """Return a public half as metadata names it, with its key id."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
    from securesystemslib.signer import SSlibKey

    return SSlibKey.from_crypto(Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)))


def keyid_of(public: str) -> str:
    """Return the key id of a public half: 64 hexadecimal digits."""
    return tuf_key(public).keyid


def wrap(key: PrivateKey, secret: Secret, costs: Costs = RECOMMENDED) -> Slot:
    """Return a slot that the secret opens, for the file of this key only."""
    return wrap_key(key.seed, secret, container_id(key.public), costs=costs)


def render_key(source: str, holder: str, key: PrivateKey, slots: Iterable[Slot]) -> bytes:
    """Return the key file: JSON, some ten lines."""
    public = key.public
    # No payload follows, so that neither the salt nor the counter of a store means anything here.
    data = render_header(Header(container_id(public), 0, tuple(slots), bytes(SALT_BYTES)))
    text = base64.b64encode(data).decode()
    lines = tuple(text[start : start + _LINE] for start in range(0, len(text), _LINE))
    sealed = SealedKey(FORMAT, source, holder, public, lines)
    return msgspec.json.format(msgspec.json.encode(sealed), indent=1) + b"\n"


def parse_key(data: bytes) -> SealedKey:
    """Return what a key file holds; what opens it is not tried.

    Raises:
        NotDoneError: it is no key file, or of a later format.
        AlteredError: it is one, and damaged.
    """
    try:
        key = msgspec.json.decode(data, type=SealedKey)
    except (msgspec.DecodeError, UnicodeDecodeError):
        raise NotDoneError(
            N_("this file is not a key of hygiene's"), hint=N_("check that this is the right file")
        ) from None
    if key.format != FORMAT:
        raise NotDoneError(
            N_("this key was made by a newer hygiene"), hint=N_("install the newest hygiene on this computer")
        )
    if not _PUBLIC.fullmatch(key.public):
        raise _damaged()
    _header(key)
    return key


def open_key(key: SealedKey, secret: Secret) -> PrivateKey:
    """Return the key that the secret opens.

    Raises:
        LockedError: it is not its secret.
        AlteredError: the file was damaged, or is another key than it says.
        NotDoneError: this computer cannot derive a key from a passphrase.
    """
    try:
        opened = PrivateKey(open_slot(_header(key), secret).store_key)
    except LockedError:
        raise LockedError(
            N_("the key “{holder}” did not open: this is not its passphrase"),
            hint=N_("try again; nothing was changed"),
            holder=key.holder,
        ) from None
    if opened.public != key.public:
        raise _damaged()
    return opened


def container_id(public: str) -> bytes:
    """Return what the slots are bound to: they open for this key only."""
    return hashlib.sha256(bytes.fromhex(public)).digest()[:STORE_ID_BYTES]


def _header(key: SealedKey) -> Header:
    try:
        data = base64.b64decode("".join(key.sealed), validate=True)
        header, length = parse_header(data)
    except (binascii.Error, ValueError, NotDoneError, AlteredError):
        raise _damaged() from None
    # What a store would have there is nothing here, and no slot protects it.
    is_bare = (header.counter, header.salt) == (0, bytes(SALT_BYTES))
    if length != len(data) or header.store_id != container_id(key.public) or not is_bare:
        raise _damaged()
    return header


def _damaged() -> AlteredError:
    return AlteredError(
        N_("this key file is damaged"),
        hint=N_("take it from a backup; where there is none, `hygiene publish doctor` says what still signs"),
    )
