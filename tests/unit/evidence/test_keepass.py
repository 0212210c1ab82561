"""A KeePass document from outside is walked within bounds."""

from __future__ import annotations

from datetime import date
from time import process_time

import pytest

from hygiene.evidence.keepass_xml import READER
from hygiene.evidence.reading import Desk, UnreadableExportError
from hygiene.model.evidence import Found, Mark
from hygiene.safety.archives import bundle_of

DESK = Desk(date(2026, 11, 23), lambda password: Mark(password.encode()))


def _entry(inside: str = "", **fields: str) -> str:
    strings = "".join(
        f"<String><Key>{key}</Key><Value>{value}</Value></String>" for key, value in fields.items()
    )
    return f"<Entry>{inside}{strings}</Entry>"


def _read(groups: str) -> tuple[Found, ...]:
    document = f'<?xml version="1.0"?><KeePassFile><Root>{groups}</Root></KeePassFile>'
    with bundle_of(document.encode()) as bundle:
        assert READER.recognises(bundle)
        return READER.read(bundle, DESK).accounts


def test_a_document_that_is_nested_too_deeply_is_refused() -> None:
    def nested(depth: int) -> str:
        return "<Group>" * depth + _entry(URL="https://a.example") + "</Group>" * depth

    assert [found.address for found in _read(nested(150))] == ["https://a.example"]
    with pytest.raises(UnreadableExportError):
        _read(nested(250))


@pytest.mark.parametrize("opening", ['<Group a="', "<!-- "])
def test_a_tag_or_a_comment_without_end_is_refused_before_it_takes_long(opening: str) -> None:
    """What is not complete is read again with each piece: a hundred megabytes took minutes."""
    before = process_time()
    with pytest.raises(UnreadableExportError):
        _read(opening + "x" * 30_000_000)
    assert process_time() - before < 1


def test_a_long_text_is_read() -> None:
    assert len(_read(f"<Group>{_entry(URL='https://a.example', Notes='x' * 3_000_000)}</Group>")) == 1


def test_an_entry_with_more_elements_than_any_is_refused() -> None:
    with pytest.raises(UnreadableExportError):
        _read("<Group>" + _entry("<a/>" * 100_001) + "</Group>")


def test_an_empty_identifier_of_the_bin_hides_nothing() -> None:
    """KeePass writes 16 zero bytes for “none”."""
    nobody = "AAAAAAAAAAAAAAAAAAAAAA=="
    meta = f"<Meta><RecycleBinUUID>{nobody}</RecycleBinUUID></Meta>"
    group = f"<Group><UUID>{nobody}</UUID>{_entry(URL='https://a.example')}</Group>"
    assert len(_read(meta + group)) == 1


def test_a_value_that_is_still_encrypted_is_no_password() -> None:
    sealed = '<String><Key>Password</Key><Value Protected="True">c2VhbGVk</Value></String>'
    (found,) = _read(f"<Group>{_entry(sealed, URL='https://a.example')}</Group>")
    assert found.mark is None


def test_references_in_a_circle_end() -> None:
    one = _entry("<UUID>AAAAAAAAAAAAAAAAAAAAAQ==</UUID>", URL="{REF:A@I:00000000000000000000000000000002}")
    two = _entry("<UUID>AAAAAAAAAAAAAAAAAAAAAg==</UUID>", URL="{REF:A@I:00000000000000000000000000000001}")
    assert len(_read(f"<Group>{one}{two}</Group>")) == 2


def test_a_reference_to_a_password_never_stands_in_for_a_name() -> None:
    fields = {"UserName": "ada", "Password": "Zx9-MARKER-pass-7Qv"}
    target = _entry("<UUID>AAAAAAAAAAAAAAAAAAAAAQ==</UUID>", **fields)
    curious = _entry(URL="https://b.example", UserName="{REF:P@I:00000000000000000000000000000001}")
    assert [found.user for found in _read(f"<Group>{target}{curious}</Group>")] == ["ada", ""]
