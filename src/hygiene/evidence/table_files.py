"""The CSV files in a network's archive, as rows by column name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import islice

from hygiene.evidence.csv_rows import first_rows, rows_of
from hygiene.safety.archives import Bundle

_PREAMBLE = 8  # rows before the header: some files begin with notes


def column(name: str) -> str:
    """Return the name of a column as it is compared: small letters, single spaces."""
    return " ".join(name.replace("_", " ").casefold().split())


def has_columns(bundle: Bundle, name: str, columns: frozenset[str]) -> bool:
    """Return whether a member is a table with all these columns, folded by `column`."""
    rows = first_rows(bundle.head(name), _PREAMBLE)
    return any(columns <= set(map(column, row)) for row in rows)


def table(bundle: Bundle, name: str, columns: frozenset[str]) -> Iterator[Mapping[str, str]]:
    """Yield the rows of a member under the header that has all these columns; none where no row is one.

    Raises:
        UnreadableExportError: a line is longer than any in an export.
        RefusedArchiveError: the member is too large, damaged or encrypted.
    """
    with bundle.open(name) as stream:
        rows = rows_of(stream)
        header = next((row for row in islice(rows, _PREAMBLE) if columns <= set(map(column, row))), None)
        if header:
            folded = list(map(column, header))
            yield from (dict(zip(folded, map(str.strip, row), strict=False)) for row in rows)
