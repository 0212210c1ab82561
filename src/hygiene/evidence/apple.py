"""The archive that Apple makes (privacy.apple.com): CSV files, most of them in archives inside."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from hygiene.evidence.csv_rows import first_rows
from hygiene.evidence.network_export import changed, count, export_of, not_dated
from hygiene.evidence.network_files import basename, lone
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.table_files import column, table
from hygiene.evidence.times import export_day
from hygiene.language import N_
from hygiene.model.evidence import PASSWORD_CHANGED, Export
from hygiene.safety.archives import Bundle

NETWORK = "apple"

_ACCOUNT = ("apple id account information.csv", "apple account information.csv")
_DEVICES = ("apple id device information.csv", "apple account device information.csv")
_TELLING: dict[tuple[str, ...], str] = {_ACCOUNT: "apple id number", _DEVICES: "device added date"}  # columns
_OWNER = ("apple id", "apple account", "email", "email address", "primary email")

_WORD = re.compile(r"[a-z]+")
_CHANGE = frozenset({"change", "changed", "update", "updated"})


def _recognises(bundle: Bundle) -> bool:
    return bool(_tables(bundle, _ACCOUNT) or _tables(bundle, _DEVICES))


def _tables(bundle: Bundle, called: tuple[str, ...]) -> list[str]:
    """Return the tables of that name; one on its own may have another, and is known by a column."""
    single = lone(bundle)
    if single and basename(single) not in (*_ACCOUNT, *_DEVICES):
        return [single] if _TELLING[called] in _header(bundle, single) else []
    return [name for each in called for name in bundle.find(each) if _header(bundle, name)]


def _header(bundle: Bundle, name: str) -> list[str]:
    return [column(cell) for row in first_rows(bundle.head(name), 1) for cell in row]


def _read(bundle: Bundle, desk: Desk) -> Export:
    made_on = export_day(None, bundle.made_on, desk.today)
    account = [row for name in _tables(bundle, _ACCOUNT) for row in table(bundle, name, frozenset())]
    facts = (
        changed(_password_changes(account), made_on),
        count("sessions", _devices(bundle)),
    )
    user = next((row[each] for row in account for each in _OWNER if row.get(each)), "")
    return export_of(NETWORK, made_on, user, facts, not_dated(facts))


def _password_changes(rows: list[Mapping[str, str]]) -> Iterator[str]:
    """Yield what stands in columns such as “Last Password Change Date”, however they are spelt this year."""
    for row in rows:
        for name, value in row.items():
            words = set(_WORD.findall(name))
            if "password" in words and words & _CHANGE:
                yield value


def _devices(bundle: Bundle) -> int | None:
    tables = (table(bundle, name, frozenset()) for name in _tables(bundle, _DEVICES))
    return max((sum(1 for _ in rows) for rows in tables), default=None)


READER = Reader(
    id=NETWORK,
    product="Apple",
    proves=(PASSWORD_CHANGED, "sessions"),
    how=N_(
        "On privacy.apple.com choose Request a copy of your data, and tick Apple Account and device "
        "information."
    ),
    recognises=_recognises,
    read=_read,
)
