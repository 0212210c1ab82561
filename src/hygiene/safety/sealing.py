"""Sealing and unsealing a store: pure functions over bytes, with randomness as an argument.

ChaCha20-Poly1305 is RFC 8439 section 2.8, HKDF-SHA256 RFC 5869 section 2, Argon2id RFC 9106 section 3.
The format is documented in docs/store-format.md, from which a second reader is written in tests/vectors.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import InvalidTag, UnsupportedAlgorithm
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from hygiene.errors import AlteredError, LockedError, NotDoneError
from hygiene.language import N_
from hygiene.safety import container
from hygiene.safety.container import DamagedError, Draft, Header, Slot, SlotType
from hygiene.safety.secrets import KeyringKey, Passphrase, RecoveryCode, Secret, Unspoken

if TYPE_CHECKING:
    from collections.abc import Callable

    Random = Callable[[int], bytes]

KEY_BYTES: Final = 32
TAG_BYTES: Final = 16
# The size of a store says how many steps of 16 KiB its answers take, and no more.
PADDING_STEP: Final = 16 * 1024

_LENGTH_BYTES: Final = 8
_PAYLOAD_INFO: Final = b"hygiene/store/1/payload"
_SLOT_INFO: Final = {
    SlotType.KEYRING: b"hygiene/store/1/slot/keyring",
    SlotType.RECOVERY: b"hygiene/store/1/slot/recovery",
}
_SLOT_TYPES: Final[dict[type, SlotType]] = {
    Passphrase: SlotType.PASSPHRASE,
    KeyringKey: SlotType.KEYRING,
    RecoveryCode: SlotType.RECOVERY,
}
# Safe because a payload key seals one payload only: its salt is drawn anew on every save.
_PAYLOAD_NONCE: Final = bytes(container.NONCE_BYTES)


class CostsError(LockedError):
    """A passphrase slot asks for more work than any honest store does; it was not tried."""


class Opened(Unspoken, frozen=True):
    """The slot that a secret opened, and the store key that it held."""

    slot: Slot
    store_key: bytes


def wrap_key(
    store_key: bytes,
    secret: Secret,
    store_id: bytes,
    *,
    random: Random = os.urandom,
    costs: container.Costs = container.RECOMMENDED,
) -> Slot:
    """Return a slot of this store that the secret opens.

    Args:
        store_key: the store's 32 random bytes.
        secret: decides the type of the slot.
        store_id: the only store in which the slot will open.
        random: returns that many random bytes; called for the slot id, a passphrase's salt, and the nonce.
        costs: of deriving a key from a passphrase; the other secrets are random and need none.

    Raises:
        ValueError: a wrong length, or costs that nobody would accept on reading.
        NotDoneError: this computer cannot derive a key from a passphrase at these costs.
    """
    _check_key(store_key)
    if len(store_id) != container.STORE_ID_BYTES:
        raise ValueError("a store id has 16 bytes")
    if not costs.is_acceptable:
        raise ValueError("no reader would accept these costs")
    slot_type = _SLOT_TYPES[type(secret)]
    slot_id = random(container.SLOT_ID_BYTES)
    params = b""
    if slot_type is SlotType.PASSPHRASE:
        params = container.passphrase_params(random(container.ARGON2_SALT_BYTES), costs)
    nonce = random(container.NONCE_BYTES)
    unwrapped = Slot(slot_id, slot_type, params, nonce, b"")
    associated = container.slot_associated_data(store_id, slot_id, slot_type, params)
    wrapped = _wrapping_cipher(unwrapped, secret, store_id).encrypt(nonce, store_key, associated)
    return Slot(slot_id, slot_type, params, nonce, wrapped)


def unwrap_key(header: Header, secret: Secret) -> bytes:
    """Return the store key that the secret opens. `open_slot` also says by which slot.

    Raises:
        LockedError: no slot of the secret's type opens: a wrong secret or a damaged slot.
        CostsError: likewise, and a slot was left out because of what it asks for.
        NotDoneError: this computer cannot derive a key from a passphrase.
    """
    return open_slot(header, secret).store_key


def open_slot(header: Header, secret: Secret) -> Opened:
    """Try every slot of the secret's type; return the one that opens, and the store key.

    Raises:
        LockedError: no slot of the secret's type opens: a wrong secret or a damaged slot.
        CostsError: likewise, and a slot was left out because of what it asks for.
        NotDoneError: this computer cannot derive a key from a passphrase.
    """
    too_costly = False
    for slot in header.slots:
        if slot.type is not _SLOT_TYPES[type(secret)]:
            continue
        # Before deriving: a made-up file must not be able to fill the memory or stop the machine.
        if (
            slot.type is SlotType.PASSPHRASE
            and not container.passphrase_salt_and_costs(slot)[1].is_acceptable
        ):
            too_costly = True
            continue
        associated = container.slot_associated_data(header.store_id, slot.id, slot.type, slot.params)
        try:
            store_key = _wrapping_cipher(slot, secret, header.store_id).decrypt(
                slot.nonce, slot.wrapped, associated
            )
        except InvalidTag:
            continue
        return Opened(slot, store_key)
    raise _locked(too_costly=too_costly)


def seal(
    data: bytes, store_key: bytes, draft: Draft, *, random: Random = os.urandom, backup: bool = False
) -> bytes:
    """Return the data as a sealed store.

    Args:
        data: the payload, of any length.
        store_key: the store's 32 random bytes, which the slots wrap.
        draft: store id, save counter and slots. A `Header` will do: its salt is not used again.
        random: called once, for the salt of this save.
        backup: a copy to be kept elsewhere: without keyring slots, and a recovery slot alone is enough.

    Raises:
        ValueError: a wrong length, or slots that would lock people out of their store.
    """
    _check_key(store_key)
    _check_slots(draft.slots, backup=backup)
    header = Header(draft.store_id, draft.counter, draft.slots, random(container.SALT_BYTES))
    associated = container.render_header(header)
    plain = len(data).to_bytes(_LENGTH_BYTES) + data
    padded = plain.ljust(_padded_length(len(data)), b"\x00")
    return associated + _payload_cipher(store_key, header).encrypt(_PAYLOAD_NONCE, padded, associated)


def unseal(sealed: bytes, store_key: bytes) -> bytes:
    """Return the data of a sealed store.

    Raises:
        AlteredError: the header or the payload is not what was sealed with this key.
        NotDoneError: this is something else than a store, or a newer program made it.
    """
    _check_key(store_key)
    header, start = parse_whole(sealed)
    try:
        padded = _payload_cipher(store_key, header).decrypt(_PAYLOAD_NONCE, sealed[start:], sealed[:start])
    except InvalidTag:
        raise _altered() from None
    length = int.from_bytes(padded[:_LENGTH_BYTES])
    end = _LENGTH_BYTES + length
    # Room for hidden bytes would let two files with the same answers differ unseen.
    if len(padded) != _padded_length(length) or any(padded[end:]):
        raise _altered()
    return padded[_LENGTH_BYTES:end]


def parse_whole(sealed: bytes) -> tuple[Header, int]:
    """Return the header of a sealed store that breaks off nowhere, and how many bytes it takes.

    What it says is not verified.

    Raises:
        NotDoneError: this is something else than a store, or a newer program made it.
        DamagedError: it is malformed, or its payload has a length that no store has.
    """
    header, start = container.parse_header(sealed)
    size = len(sealed) - start - TAG_BYTES
    if size < PADDING_STEP or size % PADDING_STEP:
        raise DamagedError
    return header, start


def needs_upgrade(slot: Slot, recommended: container.Costs = container.RECOMMENDED) -> bool:
    """Return whether a passphrase slot costs an attacker less than is recommended.

    Lanes do not count: fewer of them make the derivation slower for everybody, not cheaper.
    """
    if slot.type is not SlotType.PASSPHRASE:
        return False
    costs = container.passphrase_salt_and_costs(slot)[1]
    return costs.memory < recommended.memory or costs.passes < recommended.passes


def _check_key(store_key: bytes) -> None:
    if len(store_key) != KEY_BYTES:
        raise ValueError("a store key has 32 bytes")


def _check_slots(slots: tuple[Slot, ...], *, backup: bool) -> None:
    types = {slot.type for slot in slots}
    if len(slots) > container.MAX_SLOTS or len({slot.id for slot in slots}) != len(slots):
        raise ValueError("too many slots, or two with the same id")
    if backup:
        if not types or SlotType.KEYRING in types:
            raise ValueError("a backup opens by passphrase or recovery code, and by no keyring")
    elif not types - {SlotType.RECOVERY}:
        raise ValueError("beside recovery there is a passphrase or a keyring slot")
    elif types == {SlotType.KEYRING}:
        raise ValueError("the keyring is never the only way in")


def _wrapping_cipher(slot: Slot, secret: Secret, store_id: bytes) -> ChaCha20Poly1305:
    if slot.type is SlotType.PASSPHRASE:
        return ChaCha20Poly1305(_stretched(secret.material, slot))
    # The slot id as salt: the same secret gives another key in every slot.
    return ChaCha20Poly1305(_derived(secret.material, slot.id, _SLOT_INFO[slot.type] + store_id))


def _payload_cipher(store_key: bytes, header: Header) -> ChaCha20Poly1305:
    return ChaCha20Poly1305(_derived(store_key, header.salt, _PAYLOAD_INFO + header.store_id))


def _derived(material: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), KEY_BYTES, salt, info).derive(material)


def _stretched(material: bytes, slot: Slot) -> bytes:
    salt, costs = container.passphrase_salt_and_costs(slot)
    try:
        return Argon2id(
            salt=salt,
            length=KEY_BYTES,
            iterations=costs.passes,
            lanes=costs.lanes,
            memory_cost=costs.memory,
        ).derive(material)
    except MemoryError:
        raise NotDoneError(
            N_("not enough memory to check the passphrase: {mebibytes} MiB are needed"),
            hint=N_("close other programs, then try again"),
            mebibytes=costs.memory // 1024,
        ) from None
    except UnsupportedAlgorithm as error:
        raise NotDoneError(
            N_("the cryptography library of this computer has no Argon2id"),
            hint=N_("install hygiene with the cryptography library from the Python package index"),
        ) from error


def _padded_length(length: int) -> int:
    steps = -(-(_LENGTH_BYTES + length) // PADDING_STEP)
    return steps * PADDING_STEP


def _locked(*, too_costly: bool) -> LockedError:
    if too_costly:
        return CostsError(
            N_("the store asks for more work than hygiene accepts; the passphrase was not tried"),
            hint=N_(
                "it may have been altered; `hygiene store restore FILE --replace` puts a backup in its place"
            ),
        )
    return LockedError(
        N_("the store did not open: this is not its secret, or its key slot is damaged"),
        hint=N_("try again, or use the recovery code; it is accepted in place of the passphrase"),
    )


def _altered() -> AlteredError:
    return AlteredError(
        N_("the store was altered or is damaged"),
        hint=N_("`hygiene store restore FILE --replace` puts a backup in its place; this file is kept"),
    )
