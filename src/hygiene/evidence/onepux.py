"""1Password's 1PUX export: a ZIP with `export.attributes` and `export.data`, both JSON.

See “About the 1Password Unencrypted Export format”, support.1password.com/1pux-format. That the time in the
history of passwords is the moment at which one was replaced is inferred from programs that import it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import date

from msgspec.structs import replace

from hygiene.evidence.candidates import Candidate
from hygiene.evidence.json_text import at, json_value, mapping, sequence, text
from hygiene.evidence.logins import (
    OF_DATED_PASSWORDS,
    Login,
    exactly,
    export_of,
    marked,
    steps_of,
    within,
)
from hygiene.evidence.reading import Desk, Reader, UnreadableExportError
from hygiene.evidence.times import day_of, export_day
from hygiene.evidence.vault_json import document, recogniser
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle

_CATEGORIES = frozenset({"001", "005"})  # a login; a password on its own
_PUT_AWAY = frozenset({"archived", "trashed"})
_ATTRIBUTES = "export.attributes"


def _fits(candidate: Candidate) -> bool:
    top, _, inside = candidate.keys
    return "accounts" in top and "vaults" in inside


def _read(bundle: Bundle, desk: Desk) -> Export:
    made_on = export_day(_written_on(bundle, desk.today), bundle.made_on, desk.today)
    accounts = sequence(mapping(document(bundle, _fits)).get("accounts"))
    vaults = (vault for account in accounts for vault in sequence(at(account, "vaults")))
    items = (mapping(item) for vault in vaults for item in sequence(at(vault, "items")))
    return export_of(READER.id, made_on, _logins(items, desk, made_on))


def _written_on(bundle: Bundle, today: date) -> date | None:
    """Return the day that the export itself tells."""
    for name in bundle.find(_ATTRIBUTES)[:1]:
        with suppress(UnreadableExportError):
            attributes = json_value(bundle.read(name))
            return day_of(at(attributes, "createdAt") or at(attributes, "timestamp"), today)
    return None


def _logins(items: Iterator[Mapping[str, object]], desk: Desk, latest: date) -> Iterator[Login]:
    for each in items:
        item = mapping(each.get("item")) or each  # as earlier exports wrap them
        is_kept = text(item.get("state")) not in _PUT_AWAY and not item.get("trashed")
        if is_kept and text(item.get("categoryUuid")) in _CATEGORIES:
            yield _dated(_login(item, desk), item, latest)


def _login(item: Mapping[str, object], desk: Desk) -> Login:
    details = mapping(item.get("details"))
    password = _field(details, "password") or text(details.get("password"))
    return Login(
        _address(item.get("overview")),
        _field(details, "username").strip(),
        marked(password, desk),
        steps_of(app=_has_one_time_codes(details)),
    )


def _field(details: Mapping[str, object], designation: str) -> str:
    """Return the first filled field of a login with that meaning; its value may be wrapped by its type."""
    for field in sequence(details.get("loginFields")):
        value = at(field, "value")
        words = text(value) or next((text(each) for each in mapping(value).values()), "")
        if at(field, "designation") == designation and words:
            return words
    return ""


def _address(overview: object) -> str:
    addresses = (at(overview, "url"), *(at(each, "url") for each in sequence(at(overview, "urls"))))
    return next((text(each).strip() for each in addresses if text(each).strip()), "")


def _has_one_time_codes(details: Mapping[str, object]) -> bool:
    return any(
        at(field, "value", "totp")
        for section in sequence(details.get("sections"))
        for field in sequence(at(section, "fields"))
    )


def _dated(login: Login, item: Mapping[str, object], latest: date) -> Login:
    if login.mark is None:  # with a passkey alone
        return login
    history = sequence(at(item, "details", "passwordHistory"))
    days = filter(None, (day_of(at(entry, "time"), latest) for entry in history))
    if changed := max(days, default=None):
        return replace(login, changed=exactly(changed))
    return within(login, item.get("createdAt"), item.get("updatedAt"), latest)


READER = Reader(
    "1pux",
    "1Password",
    OF_DATED_PASSWORDS,
    N_("In the app on a computer: File › Export, in the format 1PUX."),
    recogniser(_fits),
    _read,
)
