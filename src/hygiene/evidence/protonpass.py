"""Proton Pass's JSON export, in a ZIP as `Proton Pass/data.json`, or encrypted as `data.pgp`.

It tells when an item was last modified, in seconds; any edit counts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from hygiene.evidence.candidates import Candidate
from hygiene.evidence.json_text import at, mapping, sequence, text
from hygiene.evidence.logins import OF_DATED_PASSWORDS, Login, export_of, marked, steps_of, within
from hygiene.evidence.reading import Desk, Reader, UnreadableExportError
from hygiene.evidence.times import export_day
from hygiene.evidence.vault_json import document, member, recogniser
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle

_TRASHED = 2
_ARMOUR = b"-----BEGIN PGP MESSAGE-----"
_ENCRYPTED_NAME = "data.pgp"


def _fits(candidate: Candidate) -> bool:
    top = candidate.keys[0]
    return _is_encrypted(candidate) or ("vaults" in top and bool({"userId", "encrypted", "version"} & top))


def _is_encrypted(candidate: Candidate) -> bool:
    """Return whether it is the encrypted export. It says nothing of its maker, so the name may."""
    name = candidate.name.rpartition("/")[2].casefold()
    return name == _ENCRYPTED_NAME or candidate.head.lstrip().startswith(_ARMOUR)


def _read(bundle: Bundle, desk: Desk) -> Export:
    if _is_encrypted(member(bundle, _fits)):
        raise UnreadableExportError(
            N_("this Proton Pass export is encrypted"),
            hint=N_("export it once more in the format JSON, and delete that file afterwards"),
        )
    made_on = export_day(None, bundle.made_on, desk.today)
    vaults = mapping(mapping(document(bundle, _fits)).get("vaults")).values()
    items = (mapping(item) for vault in vaults for item in sequence(at(vault, "items")))
    return export_of(READER.id, made_on, _logins(items, desk, made_on))


def _logins(items: Iterator[Mapping[str, object]], desk: Desk, latest: date) -> Iterator[Login]:
    for item in items:
        if at(item, "data", "type") == "login" and item.get("state") != _TRASHED:
            login = _login(mapping(at(item, "data", "content")), desk)
            times = item.get("createTime"), item.get("modifyTime")
            yield within(login, *times, latest) if login.mark else login  # else with a passkey alone


def _login(content: Mapping[str, object], desk: Desk) -> Login:
    # Before version 1.18 there was one name, which could be either.
    names = (text(content.get(key)).strip() for key in ("itemUsername", "itemEmail", "username"))
    addresses = (text(each).strip() for each in sequence(content.get("urls")))
    return Login(
        next(filter(None, addresses), ""),
        next(filter(None, names), ""),
        marked(text(content.get("password")), desk),
        steps_of(app=content.get("totpUri"), passkey=sequence(content.get("passkeys"))),
    )


READER = Reader(
    "protonpass-json",
    "Proton Pass",
    OF_DATED_PASSWORDS,
    N_("In the web app: Settings › Export, in the format JSON."),
    recogniser(_fits),
    _read,
)
