"""Every changed byte, every cut, every splice of two files has the verdict of docs/store-format.md."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from datetime import date
from functools import partial
from pathlib import Path

import pytest
from tests.unit.safety.stores import CHEAP, CODE, PHRASE, RING

from hygiene.errors import AlteredError, HygieneError, LockedError, NotDoneError
from hygiene.model.record import (
    AccountAdded,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    Chosen,
    Event,
    Scope,
    Statement,
)
from hygiene.safety.container import CEILING, MAGIC, Costs, DamagedError, Draft, Slot, parse_header
from hygiene.safety.sealing import PADDING_STEP, CostsError, seal, unseal, wrap_key
from hygiene.safety.secrets import Secret
from hygiene.store.encoding import decode_payload, encode, encode_payload
from hygiene.store.file import open_store

SECRETS: dict[str, Secret] = {"passphrase": PHRASE, "keyring": RING, "recovery": CODE}
KINDS = [*SECRETS]
# Where the slots of the three begin, and where the payload does.
SLOT_STARTS = [66, 165, 236]
PAYLOAD_START = 307
CHANGES = (0x01, 0x80, 0xFF)

DAMAGED, ALTERED, LOCKED = ("damaged", 4), ("altered", 4), ("locked", 3)
REFUSED_COSTS, NEWER, NO_STORE = ("refused costs", 3), ("newer", 3), ("not a store", 3)
OPEN = ("open", 0)
_VERDICTS = {
    DamagedError: "damaged",
    AlteredError: "altered",
    LockedError: "locked",
    CostsError: "refused costs",
}


def chance(seed: int) -> Callable[[int], bytes]:
    """The same bytes on every run: where two files agree by chance, they always do."""
    return random.Random(seed).randbytes  # noqa: S311 - a test must be able to repeat its keys


def slots_of(store_key: bytes, store_id: bytes, seed: int) -> tuple[Slot, ...]:
    wrap = partial(wrap_key, store_key, store_id=store_id, random=chance(seed), costs=CHEAP)
    return tuple(wrap(secret) for secret in SECRETS.values())


def audit(answers: int) -> list[bytes]:
    """The lines of a small record: two accounts, an audit with so many answers."""
    events: list[Event] = [
        AccountAdded("insta", "instagram", "été"),
        AccountAdded("tw", "x"),
        AuditStarted("a1", Scope.DEFAULT),
        *(
            AnswerGiven("insta", f"instagram.check-{n}", Chosen("yes"), "seen" * (n % 3))
            for n in range(answers)
        ),
        AuditFinished("a1"),
    ]
    return [encode(Statement(f"{n:016x}", n, date(2026, 11, 22), event)) for n, event in enumerate(events, 1)]


KEY, ID = bytes(range(32)), bytes(range(200, 216))
OTHER_KEY, OTHER_ID = bytes(range(1, 33)), bytes(range(100, 116))
DRAFT = Draft(ID, 7, slots_of(KEY, ID, 1))
PAYLOAD = encode_payload(audit(60))
SEALED = seal(PAYLOAD, KEY, DRAFT, random=chance(2))


def verdict_of(work: Callable[[], object]) -> tuple[str, int]:
    """What the work came to. An error of any other kind is not caught."""
    try:
        work()
    except HygieneError as error:
        assert error.hint  # noqa: PT017 - either outcome may be right
        name = _VERDICTS.get(type(error))
        if name is None:
            assert type(error) is NotDoneError  # noqa: PT017
            name = "newer" if "newer" in str(error) else "not a store"
        return name, int(error.exit_code)
    return OPEN


def opened_by(kind: str, sealed: bytes) -> tuple[str, int]:
    """As a person opens it."""
    return verdict_of(lambda: open_store(Path("store"), sealed, SECRETS[kind]))


def unsealed(sealed: bytes, store_key: bytes = KEY) -> tuple[str, int]:
    """As a run opens it that knows the key."""
    return verdict_of(lambda: decode_payload(unseal(sealed, store_key)))


def changed(index: int, change: int) -> bytes:
    return SEALED[:index] + bytes([SEALED[index] ^ change]) + SEALED[index + 1 :]


def broken_structure(index: int, value: int) -> tuple[str, int] | None:
    """The verdict where a byte of the header has a wrong value whatever the secret."""
    if index < len(MAGIC):
        return NO_STORE
    if index == len(MAGIC):
        return NEWER if value else DAMAGED
    if index == 65:
        # More slots than there are: what follows is no slot. None, or more than any store has: likewise.
        return DAMAGED if not 1 <= value < 3 else None
    for start, kind in zip(SLOT_STARTS, (1, 2, 3), strict=True):
        if index in {start + 9, start + 10}:
            return DAMAGED
        if index == start + 8:
            # Keyring and recovery slots are of one length, so that one may pass for the other.
            return None if {kind, value} == {2, 3} else DAMAGED
    return None


def own_slot(index: int, sealed: bytes) -> tuple[str, int]:
    """The verdict where a byte of the own slot was changed."""
    memory, passes, lanes = (int.from_bytes(sealed[at : at + 4]) for at in (93, 97, 101))
    is_asking_too_much = not Costs(memory, passes, lanes).is_acceptable
    return REFUSED_COSTS if 93 <= index < 105 and is_asking_too_much else LOCKED


def expected(index: int, sealed: bytes, kind: str) -> tuple[str, int]:
    """What docs/store-format.md says about a changed byte, for the owner of this kind of secret."""
    place = KINDS.index(kind)
    if broken := broken_structure(index, sealed[index]):
        return broken
    if len(MAGIC) < index < 25:
        return LOCKED
    if index == 65:
        # A slot less: the payload seems to begin earlier. Who owned a slot left out has none.
        return DAMAGED if place < sealed[index] else LOCKED
    if SLOT_STARTS[place] <= index < [*SLOT_STARTS, PAYLOAD_START][place + 1]:
        return own_slot(index, sealed)
    return ALTERED


def test_the_file_opens_with_each_secret_as_long_as_it_is_whole() -> None:
    """Else everything below would be refused for another reason."""
    assert [opened_by(kind, SEALED) for kind in SECRETS] == [OPEN] * 3
    assert unsealed(SEALED) == OPEN
    assert len(PAYLOAD) > 5000
    assert len(SEALED) == PAYLOAD_START + PADDING_STEP + 16
    assert parse_header(SEALED)[1] == PAYLOAD_START


@pytest.mark.parametrize("kind", KINDS)
def test_every_changed_byte_of_the_header_is_refused_to_each_secret(kind: str) -> None:
    """In the own slot: locked. In another one, the counter or the salt: altered."""
    tried = 0
    found: set[tuple[str, int]] = set()
    for index in range(PAYLOAD_START):
        for change in CHANGES:
            sealed = changed(index, change)
            verdict = opened_by(kind, sealed)
            assert verdict == expected(index, sealed, kind), (index, change)
            found.add(verdict)
            tried += 1
    assert tried == 307 * 3
    costs = {REFUSED_COSTS} if kind == "passphrase" else set()
    assert found == {NO_STORE, NEWER, DAMAGED, LOCKED, ALTERED} | costs


def test_every_changed_byte_is_refused_to_a_run_that_knows_the_key() -> None:
    """It reads the file again on every save, needs no slot, and slots are covered all the same."""
    tried = 0
    for index in range(len(SEALED)):
        for change in CHANGES[::2]:
            sealed = changed(index, change)
            refused = broken_structure(index, sealed[index]) if index < PAYLOAD_START else None
            fallen_apart = DAMAGED if index == 65 else ALTERED
            assert unsealed(sealed) == (refused or fallen_apart), (index, change)
            tried += 1
    assert tried == len(SEALED) * 2 == 33_414


def test_costs_up_to_the_ceiling_are_tried_and_one_more_is_not() -> None:
    """Every value of the three bytes that bound the passes and the lanes."""
    tried = []
    for at, ceiling in ((100, CEILING.passes), (104, CEILING.lanes)):
        for value in range(256):
            sealed = SEALED[:at] + bytes([value]) + SEALED[at + 1 :]
            # 8 KiB are enough for one lane only.
            acceptable = 1 if at == 104 else ceiling
            is_same = value == SEALED[at]
            verdict = OPEN if is_same else LOCKED if 1 <= value <= acceptable else REFUSED_COSTS
            assert opened_by("passphrase", sealed) == verdict, (at, value)
            tried.append(verdict)
    assert [tried.count(each) for each in (OPEN, LOCKED, REFUSED_COSTS)] == [2, 9, 501]


def test_every_cut_is_refused_as_damaged() -> None:
    """From no bytes to all but one, for every secret alike where the header is whole."""
    verdicts = [unsealed(SEALED[:length]) for length in range(len(SEALED))]
    assert verdicts == [DAMAGED] * len(SEALED)
    for kind in KINDS:
        lengths = [*range(PAYLOAD_START + 40), *range(PAYLOAD_START, len(SEALED), 101)]
        assert {opened_by(kind, SEALED[:length]) for length in lengths} == {DAMAGED}
    assert len(verdicts) == 16_707


def test_a_cut_by_whole_steps_is_refused_as_altered() -> None:
    """There the length alone says nothing: the tag does."""
    long = seal(encode_payload(audit(400)), KEY, DRAFT, random=chance(3))
    steps = (len(long) - PAYLOAD_START - 16) // PADDING_STEP
    assert unsealed(long) == OPEN
    cuts = [long[: -step * PADDING_STEP] for step in range(1, steps)]
    assert [unsealed(cut) for cut in cuts] == [ALTERED] * len(cuts)
    assert len(cuts) >= 2


@pytest.mark.parametrize("extra", [b"\0", b"\xff"])
def test_nothing_can_be_appended(extra: bytes) -> None:
    """Any number of bytes is damaged; a whole step altered."""
    lengths = [*range(1, 300), PADDING_STEP - 1, PADDING_STEP + 1, 2 * PADDING_STEP - 16]
    assert [unsealed(SEALED + extra * length) for length in lengths] == [DAMAGED] * 302
    assert [unsealed(SEALED + extra * PADDING_STEP * steps) for steps in (1, 2)] == [ALTERED] * 2
    assert opened_by("keyring", SEALED + extra) == DAMAGED


def spliced(one: bytes, other: bytes) -> Iterator[tuple[int, bytes]]:
    """The beginning of each with the end of the other, at every position."""
    for begin, end in ((one, other), (other, one)):
        for position in range(len(one) + 1):
            yield position, begin[:position] + end[position:]


def test_two_saves_of_one_store_cannot_be_spliced() -> None:
    """An older payload under a newer counter, or half of each: altered."""
    later = seal(encode_payload(audit(61)), KEY, Draft(ID, 8, DRAFT.slots), random=chance(4))
    assert len(later) == len(SEALED)
    whole = refused = 0
    for position, sealed in spliced(SEALED, later):
        if sealed in (SEALED, later):
            assert unsealed(sealed) == OPEN
            whole += 1
        else:
            assert unsealed(sealed) == ALTERED, position
            refused += 1
    # They begin alike, up to the last byte of the counter.
    assert (whole, refused) == (2 * (33 + 1), 2 * (len(SEALED) - 33))
    assert refused == 33_348


def test_two_stores_of_one_passphrase_cannot_be_spliced() -> None:
    """Not even by somebody who knows the passphrase of both: a slot opens in its own store only."""
    other = seal(PAYLOAD, OTHER_KEY, Draft(OTHER_ID, 7, slots_of(OTHER_KEY, OTHER_ID, 5)), random=chance(6))
    assert opened_by("passphrase", other) == OPEN
    assert len(other) == len(SEALED)
    whole = refused = 0
    for position, sealed in spliced(SEALED, other):
        verdict = opened_by("passphrase", sealed)
        if sealed in (SEALED, other):
            assert verdict == OPEN
            whole += 1
        else:
            assert verdict == (LOCKED if position < SLOT_STARTS[1] else ALTERED), position
            refused += 1
    # They begin alike: magic and version.
    assert (whole, refused) == (2 * (10 + 1), 2 * (len(SEALED) - 10))
    assert refused == 33_394
