"""Rows of CSV as programs write it, within bounds."""

from __future__ import annotations

import io
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hygiene.evidence.csv_rows import LONGEST_FIELD, LONGEST_ROW, first_rows, rows_of
from hygiene.evidence.reading import UnreadableExportError


def _rows(data: bytes, **options: str) -> list[list[str]]:
    return list(rows_of(io.BytesIO(data), **options))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_every_encoding_and_line_end_is_read(encoding: str, end: str) -> None:
    data = f'a,b{end}é,"with ""quotes"", and{end}more"{end}{end}'.encode(encoding)
    assert _rows(data) == [["a", "b"], ["é", f'with "quotes", and{end}more']]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_cells_are_divided_by_what_the_first_line_has_most_of(delimiter: str) -> None:
    data = delimiter.join(("a", "b", "c")) + "\n" + delimiter.join(("1", '"2,;2"', "3"))
    assert _rows(data.encode()) == [["a", "b", "c"], ["1", "2,;2", "3"]]


def test_a_given_delimiter_counts_more_than_the_first_line() -> None:
    assert _rows(b"a,b,c;d\n", delimiter=";") == [["a,b,c", "d"]]


def test_a_backslash_escapes_only_where_the_product_does_so() -> None:
    assert _rows(rb'"a\"b","c\\d"', escape="\\") == [['a"b', "c\\d"]]
    assert _rows(rb'"a\b"') == [[r"a\b"]]


def test_what_is_not_text_is_replaced_and_nul_is_left_out() -> None:
    assert _rows(b"a,b\n\xff,x\0y\n") == [["a", "b"], ["\ufffd", "xy"]]
    assert _rows("é,b".encode("utf-16")[:-1]) == [["é", "\ufffd"]]


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\xef\xbb\xbf", b"\xff\xfe", b",,\n"])
def test_a_file_without_content_has_no_rows(data: bytes) -> None:
    assert _rows(data) == []


class _Endless(io.RawIOBase):
    """A file of one character that never ends."""

    def __init__(self, piece: bytes) -> None:
        super().__init__()
        self._piece = piece
        self.taken = 0

    def readable(self) -> bool:
        return True

    def readinto(self, into: Any) -> int:
        data = self._piece * (len(into) // len(self._piece))
        into[: len(data)] = data
        self.taken += len(data)
        return len(data)


@pytest.mark.parametrize(
    "piece",
    [b"x", b'"x\n","y\n",', b"\0"],
    ids=["one line", "one row over many lines", "nothing but NUL"],
)
def test_a_row_that_does_not_end_is_refused_after_a_bounded_read(piece: bytes) -> None:
    stream = _Endless(piece)
    with pytest.raises(UnreadableExportError) as refusal:
        next(rows_of(io.BufferedReader(stream)))
    assert refusal.value.hint
    assert stream.taken < 2 * LONGEST_ROW


def test_a_cell_may_be_long_but_not_longer_than_any_in_an_export() -> None:
    assert _rows(b"a\n" + b"x" * LONGEST_FIELD)[1] == ["x" * LONGEST_FIELD]
    with pytest.raises(UnreadableExportError):
        _rows(b"a\n" + b"x" * (LONGEST_FIELD + 1))


def test_many_rows_are_no_long_row() -> None:
    line = b"x" * 1000 + b"\n"
    assert len(_rows(line * (LONGEST_ROW // 1000 + 1))) == LONGEST_ROW // 1000 + 1


def test_an_error_says_nothing_of_the_content() -> None:
    with pytest.raises(UnreadableExportError) as refusal:
        _rows(b'"Zx9-MARKER-pass-7Qv' + b"x" * LONGEST_FIELD)
    assert "MARKER" not in f"{refusal.value}{refusal.value.hint}{refusal.value.values}"
    assert refusal.value.__suppress_context__


@given(st.binary())
def test_the_first_rows_of_anything_raise_nothing(head: bytes) -> None:
    assert len(first_rows(head, 3)) <= 3


def test_the_first_rows_end_where_the_beginning_is_cut_off() -> None:
    assert first_rows(b'a,b\n1,2\n3,"', 9) == [["a", "b"], ["1", "2"], ["3", ""]]
