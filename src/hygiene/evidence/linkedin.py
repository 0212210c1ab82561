"""The archive that LinkedIn makes: CSV files, whose columns are in English in every language."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from hygiene.evidence.mailboxes import attached_to
from hygiene.evidence.network_export import NEVER_DATED, export_of, word
from hygiene.evidence.network_files import basename, ending, lone
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.table_files import has_columns, table
from hygiene.evidence.times import export_day
from hygiene.language import N_
from hygiene.model.evidence import ATTACHED_TO, Export
from hygiene.safety.archives import Bundle

NETWORK = "linkedin"

_ADDRESSES = "emailaddresses"
# By the letters of the file's name: spaces, underscores and numbers in it change.
_COLUMNS = {
    _ADDRESSES: frozenset({"email address", "confirmed", "primary"}),
    "connections": frozenset({"first name", "last name", "connected on"}),
    "logins": frozenset({"login date", "login type"}),
    "registration": frozenset({"registered at", "registration ip"}),
}
_CSV = ".csv"
_NO_LETTER = re.compile(r"[^a-z]")


def _recognises(bundle: Bundle) -> bool:
    return next(_tables(bundle, _COLUMNS), None) is not None


def _tables(bundle: Bundle, kinds: Collection[str]) -> Iterator[str]:
    """Yield the tables of these kinds, by their columns; a file on its own may have any name."""
    single = lone(bundle)
    named = [(single, kind) for kind in kinds] if single else _by_kind(bundle)
    return (name for name, kind in named if kind in kinds and has_columns(bundle, name, _COLUMNS[kind]))


def _by_kind(bundle: Bundle) -> list[tuple[str, str]]:
    return [(name, _NO_LETTER.sub("", basename(name)[: -len(_CSV)])) for name in ending(bundle, _CSV)]


def _read(bundle: Bundle, desk: Desk) -> Export:
    addresses = _confirmed_addresses(bundle)
    facts = (word(ATTACHED_TO, attached_to(addresses)),)
    made_on = export_day(None, bundle.made_on, desk.today)
    return export_of(NETWORK, made_on, next(iter(addresses), ""), facts, (NEVER_DATED,))


def _confirmed_addresses(bundle: Bundle) -> list[str]:
    """Return the addresses that mail goes to, the main one first."""
    columns = _COLUMNS[_ADDRESSES]
    rows = [row for name in _tables(bundle, (_ADDRESSES,)) for row in table(bundle, name, columns)]
    confirmed = [row for row in rows if row.get("confirmed", "").casefold() == "yes"]
    confirmed.sort(key=lambda row: row.get("primary", "").casefold() != "yes")
    return [row.get("email address", "") for row in confirmed]


READER = Reader(
    id=NETWORK,
    product="LinkedIn",
    proves=(ATTACHED_TO,),
    how=N_(
        "Open Me › Settings & Privacy › Data privacy › Get a copy of your data, and choose the larger "
        "archive."
    ),
    recognises=_recognises,
    read=_read,
)
