"""Bitwarden's JSON export, plain, also in a ZIP with attachments.

The history of an item holds its former passwords with the moment at which each was replaced, so that the
newest one is the last change; the export has no date of change beside it. A change of a hidden field is noted
there too, as `NAME: VALUE`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from msgspec.structs import replace

from hygiene.evidence.candidates import Candidate
from hygiene.evidence.json_text import at, mapping, sequence, text
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
from hygiene.evidence.vault_json import recogniser, vault
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle

_LOGIN, _HIDDEN_FIELD = 1, 1
_LISTS = frozenset({"items", "folders", "collections"})
_OF_ITEMS = frozenset({"organizationId", "folderId", "login", "collectionIds", "revisionDate"})


def _fits(candidate: Candidate) -> bool:
    top, _, inside = candidate.keys
    if "vaults" in top or "encrypted" not in top:  # Proton Pass; exports of early years
        return "vaults" not in top and bool(_LISTS & top and _OF_ITEMS & inside)
    return bool(top & (_LISTS | {"data", "passwordProtected", "encKeyValidation_DO_NOT_EDIT"}))


def _read(bundle: Bundle, desk: Desk) -> Export:
    head, items = vault(bundle, _fits, "items")
    if head.get("encrypted"):
        raise UnreadableExportError(
            N_("this Bitwarden export is encrypted"),
            hint=N_("export it once more in the format .json, and delete that file afterwards"),
        )
    made_on = export_day(None, bundle.made_on, desk.today)
    return export_of(READER.id, made_on, _logins(map(mapping, items), desk, made_on))


def _logins(items: Iterator[Mapping[str, object]], desk: Desk, latest: date) -> Iterator[Login]:
    for item in items:
        if item.get("type") == _LOGIN and not item.get("deletedDate"):
            yield _dated(_login(mapping(item.get("login")), desk), item, latest)


def _login(login: Mapping[str, object], desk: Desk) -> Login:
    addresses = (text(at(each, "uri")).strip() for each in sequence(login.get("uris")))
    return Login(
        next(filter(None, addresses), ""),
        text(login.get("username")).strip(),
        marked(text(login.get("password")), desk),
        steps_of(app=login.get("totp"), passkey=sequence(login.get("fido2Credentials"))),
    )


def _dated(login: Login, item: Mapping[str, object], latest: date) -> Login:
    if login.mark is None:  # with a passkey alone
        return login
    if changed := _last_change(item, latest):
        return replace(login, changed=exactly(changed))
    return within(login, item.get("creationDate"), item.get("revisionDate"), latest)


def _last_change(item: Mapping[str, object], latest: date) -> date | None:
    """Return the newest day on which a password was replaced; None where the history has none."""
    hidden = tuple(
        f"{name}: "
        for field in sequence(item.get("fields"))
        if at(field, "type") == _HIDDEN_FIELD and (name := text(at(field, "name")))
    )
    days = (
        day_of(at(entry, "lastUsedDate"), latest)
        for entry in sequence(item.get("passwordHistory"))
        if not text(at(entry, "password")).startswith(hidden)
    )
    return max(filter(None, days), default=None)


READER = Reader(
    "bitwarden-json",
    "Bitwarden",
    OF_DATED_PASSWORDS,
    N_("In the web app: Tools › Export, in the format .json, not encrypted."),
    recogniser(_fits),
    _read,
)
