"""Firefox: the dates of its logins, and `logins.json` in its profile, with names and passwords encrypted.

Firefox sets all three times of a login to the moment of an import from another browser.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from msgspec.structs import replace

from hygiene.evidence.candidates import Candidate
from hygiene.evidence.json_text import mapping, sequence, text
from hygiene.evidence.logins import IMPORTED, Login, exactly, export_of, listed, loosened
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.times import day_within, export_day, moment_of
from hygiene.evidence.vault_json import document, recogniser
from hygiene.language import N_
from hygiene.model.evidence import PASSWORD_CHANGED, Export, Remark
from hygiene.safety.archives import Bundle

_FEWEST = 3  # logins that were never used since they were created may be a coincidence below that
_TIMES = ("timeCreated", "timePasswordChanged", "timeLastUsed")
_OWN_ACCOUNT = "chrome://"  # the browser's own account for synchronising


def with_times(login: Login, times: Sequence[object], latest: date) -> Login:
    """Return a login with Firefox's times, in milliseconds since 1970.

    Args:
        login: the rest of it.
        times: when it was created, when its password was changed (exactly), and when it was last used.
        latest: the day of the export.
    """
    created, changed, used = map(moment_of, times)
    is_new = created is not None and created == changed
    return replace(
        login,
        changed=exactly(day_within(changed, latest)),
        made_at=created if is_new else None,
        last_used=day_within(used, latest),
        is_untouched=is_new and used == created,
    )


def if_imported(logins: Iterable[Login]) -> tuple[Sequence[Login], tuple[Remark, ...]]:
    """Return logins, and a remark where none was ever used or changed since it was created.

    They were imported then, and only the latest day of a change is known.
    """
    kept = listed(logins)
    if len(kept) < _FEWEST or not all(login.is_untouched for login in kept):
        return kept, ()
    return tuple(replace(loosened(login), made_at=None) for login in kept), (IMPORTED,)


def _fits(candidate: Candidate) -> bool:
    top, _, inside = candidate.keys
    return "logins" in top and (
        {"hostname", "encryptedPassword"} <= inside
        or {"nextId", "version"} <= top
        or "potentiallyVulnerablePasswords" in top
    )


def _read(bundle: Bundle, desk: Desk) -> Export:
    made_on = export_day(None, bundle.made_on, desk.today)
    entries = sequence(mapping(document(bundle, _fits)).get("logins"))
    logins, remarks = if_imported(_logins(entries, made_on))
    return export_of(READER.id, made_on, logins, remarks)


def _logins(entries: Iterable[object], latest: date) -> Iterator[Login]:
    for entry in map(mapping, entries):
        address = text(entry.get("hostname"))
        if entry.get("deleted") is not True and address and not address.startswith(_OWN_ACCOUNT):
            yield with_times(Login(address), [entry.get(key) for key in _TIMES], latest)


READER = Reader(
    "firefox-json",
    "Firefox",
    (PASSWORD_CHANGED,),
    N_("Open about:support, then the profile folder: logins.json in it tells dates and no passwords."),
    recogniser(_fits),
    _read,
)
