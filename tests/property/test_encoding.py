"""The written form of a record."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.property.answers import statements

from hygiene.errors import AlteredError, HygieneError
from hygiene.model.record import Statement
from hygiene.store.encoding import decode_payload, encode, encode_payload


@given(st.lists(statements, max_size=8))
def test_what_is_written_is_read_back(said: list[Statement]) -> None:
    """Any statement, whatever the person wrote in it, in the order written."""
    lines = [encode(each) for each in said]
    read = decode_payload(encode_payload(lines))
    assert list(read.values()) == list(dict(zip(lines, said, strict=True)).values())
    assert [encode(each) for each in read.values()] == list(read)


@given(statements)
def test_a_statement_is_one_line_of_utf_8(said: Statement) -> None:
    """No line break in it, whatever it holds."""
    line = encode(said)
    assert b"\n" not in line
    assert line.decode("utf-8").encode() == line


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)


@given(st.lists(statements, min_size=1, max_size=3), st.data())
def test_a_damaged_line_is_refused_as_such(said: list[Statement], data: st.DataObject) -> None:
    """Bytes changed anywhere either still make statements or are refused, never anything else."""
    payload = bytearray(encode_payload(map(encode, said)))
    for place in data.draw(st.lists(st.integers(0, len(payload) - 1), min_size=1, max_size=4)):
        payload[place] = data.draw(st.integers(0, 255))
    try:
        read = decode_payload(bytes(payload))
    except HygieneError:
        return
    assert all(isinstance(each, Statement) for each in read.values())


@given(json_values)
def test_any_other_json_is_refused_as_altered(value: object) -> None:
    """Not even a line of another program gets through, as long as it is no statement."""
    import json

    line = json.dumps(value).encode()
    try:
        decode_payload(encode_payload([line]))
    except AlteredError:
        return
    raise AssertionError(line)
