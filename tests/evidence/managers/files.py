"""The bytes of CSV, JSON and ZIP files as products write them."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from tests.evidence.sample import MADE

Row = Sequence[str]


def table(header: str | Row, rows: Iterable[Row] = (), *, quoted: bool = False, end: str = "\n") -> bytes:
    """A CSV file in UTF-8; a header of "" is none."""
    written = io.StringIO()
    writer = csv.writer(written, quoting=csv.QUOTE_ALL if quoted else csv.QUOTE_MINIMAL, lineterminator=end)
    if header:
        writer.writerow(header.split(",") if isinstance(header, str) else header)
    writer.writerows(rows)
    return written.getvalue().encode()


def encoded(data: bytes, encoding: str) -> bytes:
    """The same text in another encoding, for instance `utf-8-sig` or `utf-16` (with byte order marks)."""
    return data.decode().encode(encoding)


def object_text(value: Any) -> bytes:
    return json.dumps(value, indent=2).encode()


def zipped(members: Mapping[str, bytes], day: date = MADE) -> bytes:
    """A ZIP whose members were all written on that day."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members.items():
            archive.writestr(zipfile.ZipInfo(name, (day.year, day.month, day.day, 11, 0, 0)), data)
    return whole.getvalue()
