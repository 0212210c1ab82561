"""JSON from outside becomes a value or a refusal, and walking it never raises."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.evidence import json_text
from hygiene.evidence.json_text import at, json_value, keys_by_depth, mapping, sequence, text
from hygiene.evidence.reading import UnreadableExportError

DOCUMENT = '{"a": ["é", 1, null]}'
VALUE = {"a": ["é", 1, None]}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_it_is_read_in_every_encoding_that_programs_save(encoding: str) -> None:
    assert json_value(DOCUMENT.encode(encoding)) == VALUE


def test_half_a_surrogate_pair_is_read_as_a_question_mark_and_can_be_written_again() -> None:
    value = json_value(rb'{"a": "x\ud83dy", "b": "\ud83d\ude00"}')
    assert value == {"a": "x?y", "b": "😀"}
    assert json.dumps(value, ensure_ascii=False).encode()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"{",
        b'{"a": "' + b"x" * 100,
        b"\xff\xfe{",
        b'{"a": "\xff"}',
        b'{"a": NaN}',
        b"<html></html>",
        b"[" * 200_000,
        b'{"a":' * 200_000,
        b"[" + b"9" * 100_000 + b"]",
    ],
    ids=lambda data: repr(data[:8]),
)
def test_what_is_no_json_or_too_deep_is_refused_with_a_hint(data: bytes) -> None:
    with pytest.raises(UnreadableExportError) as refusal:
        json_value(data)
    assert refusal.value.hint


def test_a_document_is_refused_by_its_size_before_it_is_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_text, "LARGEST", 1024 * 1024)
    assert json_value(b" " * (1024 * 1024 - 2) + b"{}") == {}
    with pytest.raises(UnreadableExportError, match="1 MB"):
        json_value(b" " * (1024 * 1024 - 1) + b"{}")


def test_an_error_says_nothing_of_the_content() -> None:
    with pytest.raises(UnreadableExportError) as refusal:
        json_value(b'{"password": "Zx9-MARKER-pass-7Qv", "user": marker.user@planted.example}')
    error = refusal.value
    said = f"{error}{error.hint}{error.values}{error.__cause__}"
    assert "MARKER" not in said
    assert "marker.user" not in said
    assert error.__suppress_context__


JSON = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text()),
    lambda inner: st.one_of(st.lists(inner), st.dictionaries(st.text(), inner)),
)


@given(JSON)
def test_a_value_of_any_type_is_walked_without_an_error(value: object) -> None:
    assert mapping(value) == (value if isinstance(value, dict) else {})
    assert list(sequence(value)) == (value if isinstance(value, list) else [])
    assert text(value) == (value if isinstance(value, str) else "")
    assert at(value) is value
    assert at({"a": {"b": value}}, "a", "b") is value
    assert at(value, "a", "b", "c") is None or isinstance(value, dict)


def _keys(head: bytes, deepest: int) -> list[set[str]]:
    return [set(keys) for keys in keys_by_depth(head, deepest)]


def test_the_keys_of_a_beginning_are_told_by_their_depth() -> None:
    whole = b'{"items": [{"id": 1, "a": {"deep": 2}}, {"k\\"ey": "not: {a key"}], "last": {}}'
    assert _keys(whole, 3) == [{"items", "last"}, set(), {"id", "a", 'k\\"ey'}]
    assert _keys(whole[:30], 3) == [{"items"}, set(), {"id", "a"}]
    assert _keys(whole.decode().encode("utf-16"), 1) == [{"items", "last"}]


@pytest.mark.parametrize("head", [b"", b"name,url\n{x", b'"a": 1', b"}}}{", b"\x00\xff" * 50, b'{"a'])
def test_what_is_no_json_has_no_keys(head: bytes) -> None:
    assert keys_by_depth(head, 2) == (frozenset(), frozenset())
