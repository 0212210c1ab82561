from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.unit.safety.stores import CHEAP, SEALED, SECRETS, SLOTS, STORE_KEY

from hygiene.errors import AlteredError, HygieneError, LockedError, NotDoneError
from hygiene.safety import container, sealing
from hygiene.safety.container import Draft
from hygiene.safety.secrets import KeyringKey, Passphrase, RecoveryCode, Secret

KINDS = ["passphrase", "keyring", "recovery"]
START = container.parse_header(SEALED)[1]
SLOT_ENDS = list(itertools.accumulate((66, 99, 71, 71)))

passphrases = st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(Passphrase)
keyring_keys = st.binary(min_size=32, max_size=32).map(KeyringKey)
codes = st.binary(min_size=16, max_size=16).map(RecoveryCode)


def open_store(sealed: bytes, secret: Secret) -> bytes:
    header, _ = container.parse_header(sealed)
    return sealing.unseal(sealed, sealing.unwrap_key(header, secret))


@given(
    data=st.binary(max_size=40_000),
    key=st.binary(min_size=32, max_size=32),
    store_id=st.binary(min_size=16, max_size=16),
    counter=st.integers(0, 2**64 - 1),
    secrets=st.tuples(passphrases, keyring_keys, codes),
)
def test_unsealing_undoes_sealing(
    data: bytes, key: bytes, store_id: bytes, counter: int, secrets: tuple[Secret, ...]
) -> None:
    """For any data, key and secrets, each secret opens the store and the data come back."""
    slots = tuple(sealing.wrap_key(key, secret, store_id, costs=CHEAP) for secret in secrets)
    sealed = sealing.seal(data, key, Draft(store_id, counter, slots))
    header, _ = container.parse_header(sealed)
    assert (header.store_id, header.counter, header.slots) == (store_id, counter, slots)
    for secret in secrets:
        assert open_store(sealed, secret) == data


@given(st.binary(max_size=400))
def test_any_bytes_are_parsed_or_refused(data: bytes) -> None:
    """No file makes the parser fail in any other way than with an error in words."""
    for candidate in (data, SEALED[:9] + data, SEALED[:65] + data):
        try:
            header, start = container.parse_header(candidate)
        except HygieneError as error:
            assert error.hint  # noqa: PT017 - either outcome is right
        else:
            assert container.render_header(header) == candidate[:start]


def expected_refusal(index: int, kind: int) -> tuple[type[HygieneError], ...]:
    """What a changed byte at this place must lead to for the owner of this kind of secret."""
    if index < len(container.MAGIC) + 1:
        return (NotDoneError, AlteredError)
    if index < 25:
        return (LockedError,)
    if SLOT_ENDS[kind] <= index < SLOT_ENDS[kind + 1]:
        # Its own slot: shut, or no slot any more where type or length changed.
        return (LockedError, AlteredError)
    # Salt, counter, payload and above all the slots of others: the secret opens, the payload does not. Fewer
    # slots than there were may hide the own one.
    return (LockedError, AlteredError) if index == 65 else (AlteredError,)


@pytest.mark.parametrize("kind", range(3), ids=KINDS)
@pytest.mark.parametrize("change", [0x01, 0x80, 0xFF], ids=hex)
def test_every_changed_byte_is_refused(kind: int, change: int) -> None:
    """No byte of a store can change without the owner of any secret being told."""
    # The payload is refused in the same way for everybody: once is enough.
    for index in range(len(SEALED) if kind == 1 else START):
        changed = bytearray(SEALED)
        changed[index] ^= change
        with pytest.raises(expected_refusal(index, kind)):
            open_store(bytes(changed), SECRETS[kind])


def test_every_cut_is_refused() -> None:
    """A store that breaks off after any number of bytes is refused as damaged."""
    for length in range(len(SEALED)):
        with pytest.raises(AlteredError):
            open_store(SEALED[:length], SECRETS[1])


@given(st.binary(min_size=1, max_size=20_000))
def test_nothing_can_be_appended(extra: bytes) -> None:
    """Bytes after the payload are refused."""
    with pytest.raises(AlteredError):
        open_store(SEALED + extra, SECRETS[1])


@given(st.permutations(range(3)))
def test_slots_cannot_change_places(order: list[int]) -> None:
    """Another order of the same slots is another header."""
    header, _ = container.parse_header(SEALED)
    moved = container.Header(
        header.store_id, header.counter, tuple(SLOTS[index] for index in order), header.salt
    )
    sealed = container.render_header(moved) + SEALED[START:]
    if order == [0, 1, 2]:
        assert sealing.unseal(sealed, STORE_KEY) == b"data"
        return
    with pytest.raises(AlteredError):
        sealing.unseal(sealed, STORE_KEY)
