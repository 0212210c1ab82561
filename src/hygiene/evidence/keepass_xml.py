"""KeePass's XML export, which `keepassxc-cli export --format xml` writes as well; read piece by piece."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO
from xml.parsers.expat import XMLParserType

from hygiene.evidence.candidates import Candidate
from hygiene.evidence.json_text import encoding_of
from hygiene.evidence.keepass import Element, logins_of
from hygiene.evidence.logins import OF_DATED_PASSWORDS, export_of
from hygiene.evidence.reading import Desk, Reader, UnreadableExportError
from hygiene.evidence.times import export_day
from hygiene.evidence.vault_json import member, recogniser
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle

_ROOT = "<KeePassFile"
_LONGEST_TAG = 1024 * 1024  # bytes
_LARGEST = 256 * 1024 * 1024  # bytes; attachments are in it


def _fits(candidate: Candidate) -> bool:
    words = candidate.head.decode(encoding_of(candidate.head) or "utf-8", errors="replace").lstrip()
    return words.startswith("<") and _ROOT in words


def _read(bundle: Bundle, desk: Desk) -> Export:
    made_on = export_day(None, bundle.made_on, desk.today)
    with bundle.open(member(bundle, _fits).name, _LARGEST) as stream:
        return export_of(READER.id, made_on, logins_of(_events(stream), desk, made_on))


def _events(stream: BinaryIO) -> Iterator[tuple[str, Element]]:
    """Yield the start and the end of every element.

    Raises:
        UnreadableExportError: it is no XML, or has what KeePass never writes: a document type, entities, or a
            tag of a megabyte.
    """
    from defusedxml.ElementTree import DefusedXMLParser, ParseError, iterparse

    parser = DefusedXMLParser(forbid_dtd=True)
    try:
        yield from iterparse(_Pieces(stream, parser.parser), ("start", "end"), parser)
    except (ParseError, ValueError, LookupError):  # defusedxml's own are ValueErrors
        raise UnreadableExportError(
            N_("this KeePass file is not as KeePass writes it"),
            hint=N_("export it once more from KeePass or KeePassXC"),
        ) from None


class _Pieces:
    """A stream of XML without a single tag or comment that is longer than any that KeePass writes.

    Expat reads one that is not complete from its beginning again with each piece (before 2.6, of 2024).
    """

    def __init__(self, stream: BinaryIO, parser: XMLParserType) -> None:
        self._stream = stream
        self._parser = parser
        self._given = 0

    def read(self, size: int = -1, /) -> bytes:
        if self._given - self._parser.CurrentByteIndex > _LONGEST_TAG:
            raise ValueError("longer than any")
        data = self._stream.read(size)
        self._given += len(data)
        return data


READER = Reader(
    "keepass-xml",
    "KeePass, KeePassXC",
    OF_DATED_PASSWORDS,
    N_("File › Export, in the format “KeePass XML (2.x)”, or `keepassxc-cli export --format xml`."),
    recogniser(_fits),
    _read,
)
