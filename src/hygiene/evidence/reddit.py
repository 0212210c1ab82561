"""The archive that Reddit makes: CSV files side by side, in English."""

from __future__ import annotations

from collections.abc import Mapping

from hygiene.evidence.mailboxes import attached_to
from hygiene.evidence.network_export import NEVER_DATED, count, export_of, word, yes_or_no
from hygiene.evidence.network_files import lone
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.table_files import column, has_columns, table
from hygiene.evidence.times import export_day
from hygiene.language import N_
from hygiene.model.evidence import ATTACHED_TO, Export
from hygiene.safety.archives import Bundle

NETWORK = "reddit"

_STATISTICS, _PREFERENCES, _IDENTITIES = "statistics.csv", "user_preferences.csv", "linked_identities.csv"
_COLUMNS = {
    _STATISTICS: frozenset({"statistic", "value"}),
    _PREFERENCES: frozenset({"preference", "value"}),
    _IDENTITIES: frozenset({"issuer id", "subject id"}),
}
_ADDRESS = ("email", "e-mail", "email address", "e-mail address")
_HIDDEN = {"true": False, "false": True}  # from search engines


def _recognises(bundle: Bundle) -> bool:
    return any(_tables(bundle, name) for name in _COLUMNS)


def _tables(bundle: Bundle, called: str) -> list[str]:
    single = lone(bundle)
    names = [single] if single else bundle.find(called)
    return [name for name in names if has_columns(bundle, name, _COLUMNS[called])]


def _read(bundle: Bundle, desk: Desk) -> Export:
    statistics = _pairs(bundle, _STATISTICS, "statistic")
    preferences = _pairs(bundle, _PREFERENCES, "preference")
    hidden = preferences.get("hide from robots", "").casefold()
    facts = (
        word(ATTACHED_TO, attached_to(statistics.get(each, "") for each in _ADDRESS)),
        yes_or_no("search-engines", _HIDDEN.get(hidden)),
        count("connected-apps", _identities(bundle)),
    )
    made_on = export_day(None, bundle.made_on, desk.today)
    return export_of(NETWORK, made_on, statistics.get("account name", ""), facts, (NEVER_DATED,))


def _pairs(bundle: Bundle, called: str, key: str) -> Mapping[str, str]:
    rows = (row for name in _tables(bundle, called) for row in table(bundle, name, _COLUMNS[called]))
    return {column(row.get(key, "")): row.get("value", "") for row in rows}


def _identities(bundle: Bundle) -> int | None:
    """Return how many accounts elsewhere one can sign in with; None where the file is missing."""
    names = _tables(bundle, _IDENTITIES)
    columns = _COLUMNS[_IDENTITIES]
    return max((sum(1 for _ in table(bundle, name, columns)) for name in names), default=None)


READER = Reader(
    id=NETWORK,
    product="Reddit",
    proves=(ATTACHED_TO, "search-engines", "connected-apps"),
    how=N_("Open reddit.com/settings/data-request, choose the whole time, and send the request."),
    recognises=_recognises,
    read=_read,
)
