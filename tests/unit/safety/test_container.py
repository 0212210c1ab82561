from __future__ import annotations

import pytest
from msgspec.structs import replace
from tests.unit.safety.stores import CHEAP, DRAFT, SEALED, SLOTS, STORE_ID

from hygiene.errors import AlteredError, ExitCode, NotDoneError
from hygiene.safety.container import (
    CEILING,
    MAGIC,
    RECOMMENDED,
    Costs,
    DamagedError,
    Header,
    SlotType,
    parse_header,
    passphrase_salt_and_costs,
    render_header,
)

HEADER = Header(STORE_ID, 7, SLOTS, bytes(32))
RENDERED = render_header(HEADER)
FIRST_SLOT = 66


def test_header_is_read_as_it_was_written() -> None:
    """Parsing gives back the header and its length, whatever follows."""
    assert parse_header(RENDERED + b"payload") == (HEADER, len(RENDERED))
    assert passphrase_salt_and_costs(HEADER.slots[0])[1] == CHEAP


def test_layout_is_the_documented_one() -> None:
    """The offsets of docs/store-format.md hold: other programs read them."""
    assert RENDERED[:9] == bytes.fromhex("89 48 59 47 49 45 4E 45 01")
    assert RENDERED[9:25] == STORE_ID
    assert RENDERED[25:33] == (7).to_bytes(8)
    assert RENDERED[33:65] == bytes(32)
    assert RENDERED[65] == 3
    assert len(RENDERED) == FIRST_SLOT + 99 + 71 + 71
    assert RENDERED[FIRST_SLOT : FIRST_SLOT + 8] == SLOTS[0].id
    assert RENDERED[FIRST_SLOT + 8 : FIRST_SLOT + 11] == bytes([1, 0, 28])


@pytest.mark.parametrize("data", [b"PK\x03\x04", b"\x89HYGIENX\x01", b"x" * 1000])
def test_another_file_is_no_store(data: bytes) -> None:
    """A file with another beginning is not called damaged: it is somebody's other file."""
    with pytest.raises(NotDoneError, match="not a hygiene store") as caught:
        parse_header(data)
    assert caught.value.exit_code is ExitCode.NOT_DONE


def test_newer_version_is_told() -> None:
    """A store of a later format asks for a newer program and is not called damaged."""
    with pytest.raises(NotDoneError, match=r"newer hygiene \(format 2\)") as caught:
        parse_header(MAGIC + b"\x02")
    assert not isinstance(caught.value, AlteredError)
    assert "install the newest" in caught.value.hint


def test_every_cut_in_the_header_is_damage() -> None:
    """A header that breaks off anywhere is damaged, also after no byte at all."""
    for length in range(len(RENDERED)):
        with pytest.raises(DamagedError) as caught:
            parse_header(RENDERED[:length])
        assert caught.value.exit_code is ExitCode.NOT_VERIFIED


@pytest.mark.parametrize(
    ("offset", "value"),
    [
        pytest.param(8, 0, id="version-0"),
        pytest.param(65, 0, id="no-slots"),
        pytest.param(65, 17, id="too-many-slots"),
        pytest.param(FIRST_SLOT + 8, 0, id="slot-type-0"),
        pytest.param(FIRST_SLOT + 8, 4, id="slot-type-4"),
        pytest.param(FIRST_SLOT + 8, 2, id="keyring-with-parameters"),
        pytest.param(FIRST_SLOT + 10, 27, id="short-parameters"),
        pytest.param(FIRST_SLOT + 9, 255, id="parameters-beyond-the-end"),
    ],
)
def test_malformed_header_is_damage(offset: int, value: int) -> None:
    """A field that no writer would write is refused before anything is derived."""
    changed = bytearray(RENDERED + bytes(20_000))
    changed[offset] = value
    with pytest.raises(DamagedError):
        parse_header(bytes(changed))


def test_two_slots_with_one_id_are_damage() -> None:
    """Slot ids are what slots are told apart by."""
    twins = (SLOTS[1], replace(SLOTS[2], id=SLOTS[1].id))
    with pytest.raises(DamagedError):
        parse_header(render_header(replace(HEADER, slots=twins)))


def test_sixteen_slots_are_read_and_no_more() -> None:
    """A made-up file cannot ask for hundreds of key derivations."""
    many = tuple(replace(SLOTS[1], id=bytes([number] * 8)) for number in range(17))
    header = replace(HEADER, slots=many[:16])
    assert parse_header(render_header(header))[0] == header
    with pytest.raises(DamagedError):
        parse_header(render_header(replace(HEADER, slots=many)))


@pytest.mark.parametrize(
    "wrong",
    [
        replace(HEADER, store_id=b"short"),
        replace(HEADER, salt=b"short"),
        replace(HEADER, counter=-1),
        replace(HEADER, counter=2**64),
        replace(HEADER, slots=(replace(SLOTS[0], id=b"short"),)),
        replace(HEADER, slots=(replace(SLOTS[0], nonce=b"short"),)),
        replace(HEADER, slots=(replace(SLOTS[0], wrapped=b"short"),)),
    ],
    ids=["store-id", "salt", "counter-below", "counter-above", "slot-id", "nonce", "wrapped"],
)
def test_wrong_field_is_not_written(wrong: Header) -> None:
    """A field of the wrong length is the caller's error, not a strange file."""
    with pytest.raises(ValueError, match=r"bytes|64-bit"):
        render_header(wrong)


@pytest.mark.parametrize(
    ("costs", "acceptable"),
    [
        (RECOMMENDED, True),
        (CEILING, True),
        (Costs(8, 1, 1), True),
        (Costs(7, 1, 1), False),
        (Costs(8, 0, 1), False),
        (Costs(8, 1, 0), False),
        (Costs(CEILING.memory + 1, 1, 1), False),
        (Costs(1024, CEILING.passes + 1, 1), False),
        (Costs(1024, 1, CEILING.lanes + 1), False),
    ],
)
def test_costs_have_a_floor_and_a_ceiling(costs: Costs, *, acceptable: bool) -> None:
    """Costs are accepted up to the ceiling and not where Argon2 itself is undefined."""
    assert costs.is_acceptable is acceptable


def test_recommended_costs_are_those_agreed() -> None:
    """64 MiB, 3 passes, 4 lanes; nothing above 1 GiB, 10 and 16."""
    assert Costs(65_536, 3, 4) == RECOMMENDED
    assert Costs(1_048_576, 10, 16) == CEILING


def test_drafts_and_headers_keep_what_they_are_given() -> None:
    """A parsed header can serve as the draft of the next save."""
    header, _ = parse_header(SEALED)
    assert (header.store_id, header.counter, header.slots) == (DRAFT.store_id, DRAFT.counter, DRAFT.slots)
    assert [slot.type for slot in header.slots] == list(SlotType)
