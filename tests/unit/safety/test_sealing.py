from __future__ import annotations

import time
from typing import Any

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from msgspec.structs import replace
from tests.unit.safety.stores import (
    CHEAP,
    CODE,
    DRAFT,
    PHRASE,
    RING,
    SEALED,
    SECRETS,
    SLOTS,
    STORE_ID,
    STORE_KEY,
)

from hygiene.errors import AlteredError, ExitCode, LockedError, NotDoneError
from hygiene.safety import container, sealing
from hygiene.safety.container import Costs, DamagedError, Draft, Slot
from hygiene.safety.secrets import KeyringKey, Passphrase, RecoveryCode, Secret

HEADER, START = container.parse_header(SEALED)


def with_costs(slot: Slot, costs: Costs) -> Slot:
    return replace(slot, params=container.passphrase_params(slot.params[:16], costs))


class TestSlots:
    @pytest.mark.parametrize("secret", SECRETS, ids=["passphrase", "keyring", "recovery"])
    def test_each_secret_opens_its_slot(self, secret: Secret) -> None:
        """Passphrase, keyring key and recovery code all give the same store key."""
        assert sealing.unwrap_key(HEADER, secret) == STORE_KEY

    @pytest.mark.parametrize(
        "secret",
        [Passphrase("four teas in March"), KeyringKey(bytes(32)), RecoveryCode(bytes(16))],
        ids=["passphrase", "keyring", "recovery"],
    )
    def test_a_wrong_secret_is_locked(self, secret: Secret) -> None:
        """A wrong secret is told as such, with exit 3, and nothing of it is quoted."""
        with pytest.raises(LockedError, match="did not open") as caught:
            sealing.unwrap_key(HEADER, secret)
        assert caught.value.exit_code is ExitCode.NOT_DONE
        assert not isinstance(caught.value, sealing.CostsError)
        assert "recovery code" in caught.value.hint

    def test_no_slot_of_the_kind_is_locked(self) -> None:
        """Without a slot of its kind a secret opens nothing."""
        with pytest.raises(LockedError):
            sealing.unwrap_key(replace(HEADER, slots=SLOTS[:1]), CODE)

    def test_every_slot_of_the_kind_is_tried(self) -> None:
        """A second passphrase opens too, and it is said which slot did."""
        second = sealing.wrap_key(STORE_KEY, Passphrase("another"), STORE_ID, costs=CHEAP)
        opened = sealing.open_slot(replace(HEADER, slots=(*SLOTS, second)), Passphrase("another"))
        assert opened == sealing.Opened(second, STORE_KEY)
        assert str(STORE_KEY) not in repr(opened)

    def test_a_slot_opens_in_its_own_store_only(self) -> None:
        """A slot copied into another store stays shut, whatever its type."""
        elsewhere = replace(HEADER, store_id=bytes(16))
        for secret in SECRETS:
            with pytest.raises(LockedError):
                sealing.unwrap_key(elsewhere, secret)

    def test_a_slot_is_bound_to_its_store_apart_from_its_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """The wrapping refuses another store, id or type even where the derived key is the same."""
        monkeypatch.setattr(sealing, "_derived", lambda *_: bytes(32))
        slot = sealing.wrap_key(STORE_KEY, RING, STORE_ID)
        header = replace(HEADER, slots=(slot,))
        assert sealing.unwrap_key(header, RING) == STORE_KEY
        for other in (
            replace(header, store_id=bytes(16)),
            replace(header, slots=(replace(slot, id=bytes(8)),)),
        ):
            with pytest.raises(LockedError):
                sealing.unwrap_key(other, RING)
        as_recovery = replace(header, slots=(replace(slot, type=container.SlotType.RECOVERY),))
        with pytest.raises(LockedError):
            sealing.unwrap_key(as_recovery, CODE)

    def test_the_same_secret_is_wrapped_differently_each_time(self) -> None:
        """Nobody can see that two slots open with the same secret."""
        first, second = (sealing.wrap_key(STORE_KEY, RING, STORE_ID) for _ in range(2))
        assert first.id != second.id
        assert first.nonce != second.nonce
        assert first.wrapped != second.wrapped

    def test_costs_are_written_into_the_slot(self) -> None:
        """By default the recommended costs are used, and the slot says so."""
        slot = sealing.wrap_key(STORE_KEY, PHRASE, STORE_ID)
        assert container.passphrase_salt_and_costs(slot)[1] == Costs(65_536, 3, 4)
        assert sealing.unwrap_key(replace(HEADER, slots=(slot,)), PHRASE) == STORE_KEY

    @pytest.mark.parametrize(
        "costs", [Costs(1_048_577, 1, 1), Costs(8, 11, 1), Costs(1024, 1, 17), Costs(8, 0, 1)]
    )
    def test_costs_out_of_bounds_are_refused_before_deriving(
        self, costs: Costs, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """A made-up file cannot make the computer work or run out of memory."""

        def derive(**_: object) -> None:
            pytest.fail("derived")

        monkeypatch.setattr(sealing, "Argon2id", derive)
        header = replace(HEADER, slots=(with_costs(SLOTS[0], costs), *SLOTS[1:]))
        with pytest.raises(sealing.CostsError, match="more work") as caught:
            sealing.unwrap_key(header, PHRASE)
        assert caught.value.exit_code is ExitCode.NOT_DONE
        assert sealing.unwrap_key(header, RING) == STORE_KEY

    def test_a_costly_slot_does_not_shut_the_others(self) -> None:
        """The slots of honest costs are still tried."""
        header = replace(HEADER, slots=(with_costs(SLOTS[0], Costs(8, 11, 1)), *SLOTS))
        assert sealing.unwrap_key(header, PHRASE) == STORE_KEY

    def test_changed_costs_shut_the_slot(self) -> None:
        """The parameters are part of what a slot is bound to."""
        header = replace(HEADER, slots=(with_costs(SLOTS[0], Costs(8, 2, 1)),))
        with pytest.raises(LockedError):
            sealing.unwrap_key(header, PHRASE)

    def test_parameters_are_bound_even_where_the_key_is_the_same(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """The wrapping itself refuses other parameters."""
        monkeypatch.setattr(sealing, "_stretched", lambda *_: bytes(32))
        slot = sealing.wrap_key(STORE_KEY, PHRASE, STORE_ID, costs=CHEAP)
        with pytest.raises(LockedError):
            sealing.unwrap_key(replace(HEADER, slots=(with_costs(slot, Costs(8, 2, 1)),)), PHRASE)

    @pytest.mark.parametrize(
        ("costs", "expected"),
        [
            (Costs(), False),
            (Costs(65_535, 3, 4), True),
            (Costs(65_536, 2, 4), True),
            (Costs(131_072, 4, 1), False),
        ],
    )
    def test_weak_costs_are_worth_an_upgrade(self, costs: Costs, *, expected: bool) -> None:
        """Less memory or fewer passes than recommended: wrap anew when the passphrase is at hand."""
        assert sealing.needs_upgrade(with_costs(SLOTS[0], costs)) is expected

    def test_random_secrets_need_no_upgrade(self) -> None:
        """Keyring and recovery slots have no costs."""
        assert not any(sealing.needs_upgrade(slot) for slot in SLOTS[1:])

    @pytest.mark.parametrize(
        ("failure", "message"),
        [(MemoryError(), "not enough memory"), (UnsupportedAlgorithm("no"), "no Argon2id")],
        ids=["memory", "unsupported"],
    )
    def test_a_computer_that_cannot_derive_says_so(
        self, failure: Exception, message: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Neither a small memory nor an old library looks like a wrong passphrase."""

        def derive(**_: object) -> Any:
            raise failure

        monkeypatch.setattr(sealing, "Argon2id", derive)
        with pytest.raises(NotDoneError, match=message) as caught:
            sealing.unwrap_key(HEADER, PHRASE)
        assert not isinstance(caught.value, LockedError)

    @pytest.mark.parametrize(
        ("key", "store_id", "costs"),
        [
            (bytes(31), STORE_ID, CHEAP),
            (STORE_KEY, bytes(15), CHEAP),
            (STORE_KEY, STORE_ID, Costs(4, 1, 1)),
            (STORE_KEY, STORE_ID, Costs(2_000_000, 1, 1)),
        ],
    )
    def test_a_slot_that_nobody_could_open_is_not_made(
        self, key: bytes, store_id: bytes, costs: Costs
    ) -> None:
        """Wrong lengths and unacceptable costs are the caller's error."""
        with pytest.raises(ValueError, match=r"bytes|costs"):
            sealing.wrap_key(key, PHRASE, store_id, costs=costs)


class TestPayload:
    def test_unsealing_gives_the_data_back(self) -> None:
        """What was sealed comes out."""
        assert sealing.unseal(SEALED, STORE_KEY) == b"data"

    def test_every_save_looks_different(self) -> None:
        """The salt is new on every save, also when a parsed header serves as the draft."""
        again = sealing.seal(b"data", STORE_KEY, HEADER)
        assert container.parse_header(again)[0].salt != HEADER.salt
        assert again[START:] != SEALED[START:]

    @pytest.mark.parametrize(
        ("length", "steps"), [(0, 1), (16_376, 1), (16_377, 2), (32_760, 2), (32_761, 3)]
    )
    def test_size_grows_in_steps(self, length: int, steps: int) -> None:
        """The size of the file says no more than the number of 16 KiB steps."""
        sealed = sealing.seal(b"x" * length, STORE_KEY, DRAFT)
        assert len(sealed) == START + steps * 16_384 + 16
        assert sealing.unseal(sealed, STORE_KEY) == b"x" * length

    def test_another_key_is_refused_as_altered(self) -> None:
        """A slot opened, so the secret was right: what does not verify then was altered, exit 4."""
        with pytest.raises(AlteredError, match="altered") as caught:
            sealing.unseal(SEALED, bytes(32))
        assert caught.value.exit_code is ExitCode.NOT_VERIFIED

    @pytest.mark.parametrize("count", [0, 15, 16, 16_384, 16_384 + 15, 16_384 + 17])
    def test_a_payload_of_no_possible_size_is_damage(self, count: int) -> None:
        """Sizes that no writer makes are refused before decrypting."""
        with pytest.raises(DamagedError):
            sealing.unseal(SEALED[:START] + bytes(count), STORE_KEY)
        with pytest.raises(DamagedError):
            sealing.parse_whole(SEALED[:START] + bytes(count))

    def test_a_whole_one_has_a_header(self) -> None:
        """Nothing is verified: what it says may be made up."""
        assert sealing.parse_whole(SEALED) == (HEADER, START)
        assert sealing.parse_whole(SEALED[:-1] + bytes([SEALED[-1] ^ 1])) == (HEADER, START)

    @pytest.mark.parametrize(
        "plain",
        [
            pytest.param(bytes(8) + bytes(16_375) + b"\x01", id="padding-not-zero"),
            pytest.param(bytes(8) + bytes(16_376 + 16_384), id="padding-too-long"),
            pytest.param((16_377).to_bytes(8) + bytes(16_376), id="length-beyond-end"),
            pytest.param(b"\xff" * 16_384, id="length-absurd"),
        ],
    )
    def test_wrong_padding_is_refused(self, plain: bytes) -> None:
        """There is no room to hide bytes, and no second way to write the same data."""
        cipher = sealing._payload_cipher(STORE_KEY, HEADER)
        sealed = SEALED[:START] + cipher.encrypt(bytes(12), plain, SEALED[:START])
        with pytest.raises(AlteredError, match="altered"):
            sealing.unseal(sealed, STORE_KEY)

    def test_a_slot_added_by_somebody_else_is_refused(self) -> None:
        """A file whose slots changed without the store key does not verify."""
        foreign = sealing.wrap_key(bytes(32), Passphrase("mine"), STORE_ID, costs=CHEAP)
        header = container.render_header(replace(HEADER, slots=(*SLOTS, foreign)))
        with pytest.raises(AlteredError):
            sealing.unseal(header + SEALED[START:], STORE_KEY)

    @pytest.mark.parametrize(
        ("slots", "allowed"),
        [
            ((), False),
            (SLOTS[:1], True),
            (SLOTS[1:2], False),
            (SLOTS[2:], False),
            (SLOTS[1:], True),
            (SLOTS[:2], True),
            ((SLOTS[0], SLOTS[2]), True),
            (SLOTS, True),
            ((SLOTS[0], SLOTS[0]), False),
            (tuple(replace(SLOTS[0], id=bytes([n] * 8)) for n in range(17)), False),
        ],
        ids=["none", "p", "k", "r", "kr", "pk", "pr", "pkr", "twice", "seventeen"],
    )
    def test_nobody_is_locked_out_by_a_save(self, slots: tuple[Slot, ...], *, allowed: bool) -> None:
        """A passphrase opens a store, or a keyring and a recovery code together; never one of these alone."""
        self.check_rule(slots, allowed=allowed, backup=False)

    @pytest.mark.parametrize(
        ("slots", "allowed"),
        [((), False), (SLOTS[:1], True), (SLOTS[2:], True), (SLOTS[1:], False), (SLOTS, False)],
        ids=["none", "p", "r", "kr", "pkr"],
    )
    def test_a_backup_opens_on_another_computer(self, slots: tuple[Slot, ...], *, allowed: bool) -> None:
        """A backup has no keyring slot, and a recovery code is enough for it."""
        self.check_rule(slots, allowed=allowed, backup=True)

    def check_rule(self, slots: tuple[Slot, ...], *, allowed: bool, backup: bool) -> None:
        draft = Draft(STORE_ID, 1, slots)
        if allowed:
            sealed = sealing.seal(b"data", STORE_KEY, draft, backup=backup)
            assert sealing.unseal(sealed, STORE_KEY) == b"data"
            return
        with pytest.raises(ValueError, match=r"slots|backup|recovery|keyring"):
            sealing.seal(b"data", STORE_KEY, draft, backup=backup)

    def test_a_key_of_the_wrong_length_is_the_callers_error(self) -> None:
        """A short key would be refused as altered otherwise, and blame the file."""
        with pytest.raises(ValueError, match="32 bytes"):
            sealing.seal(b"", bytes(16), DRAFT)
        with pytest.raises(ValueError, match="32 bytes"):
            sealing.unseal(SEALED, bytes(16))

    def test_a_large_record_is_sealed_quickly(self) -> None:
        """600 kB are sealed and unsealed within milliseconds; the bound leaves room for a busy machine."""
        data = bytes(600_000)
        start = time.process_time()
        assert sealing.unseal(sealing.seal(data, STORE_KEY, DRAFT), STORE_KEY) == data
        assert time.process_time() - start < 0.1
