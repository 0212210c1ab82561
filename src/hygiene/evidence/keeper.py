"""Keeper's JSON export: records with the moment of their last change, in seconds; any edit counts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

from hygiene.evidence.candidates import Candidate
from hygiene.evidence.json_text import mapping, text
from hygiene.evidence.logins import OF_DATED_PASSWORDS, Login, export_of, marked, steps_of, within
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.times import export_day
from hygiene.evidence.vault_json import recogniser, vault
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle

_NO_LOGINS = frozenset(
    {
        "encryptedNotes",
        "bankCard",
        "ssnCard",
        "passport",
        "driverLicense",
        "contact",
        "address",
        "wifiCredentials",
        "sshKeys",
        "softwareLicense",
        "birthCertificate",
        "file",
        "photo",
    }
)
_TELLING = frozenset({"login", "login_url", "$type", "last_modified", "custom_fields"})
_ONE_TIME_CODE, _PASSKEY = "$oneTimeCode", "$passkey"  # a label or a number may follow


def _fits(candidate: Candidate) -> bool:
    top, _, inside = candidate.keys
    return "records" in top and ("shared_folders" in top or bool(_TELLING & inside))


def _read(bundle: Bundle, desk: Desk) -> Export:
    made_on = export_day(None, bundle.made_on, desk.today)
    records = map(mapping, vault(bundle, _fits, "records")[1])
    return export_of(READER.id, made_on, _logins(records, desk, made_on))


def _logins(records: Iterator[Mapping[str, object]], desk: Desk, latest: date) -> Iterator[Login]:
    for record in records:
        if text(record.get("$type")) not in _NO_LOGINS:
            login = _login(record, desk)
            yield within(login, None, record.get("last_modified"), latest) if login.mark else login


def _login(record: Mapping[str, object], desk: Desk) -> Login:
    fields = mapping(record.get("custom_fields"))
    return Login(
        text(record.get("login_url")).strip(),
        text(record.get("login")).strip(),
        marked(text(record.get("password")), desk),
        steps_of(app=_has(fields, _ONE_TIME_CODE), passkey=_has(fields, _PASSKEY)),
    )


def _has(fields: Mapping[str, object], name: str) -> bool:
    return any(value and label.partition(":")[0] == name for label, value in fields.items())


READER = Reader(
    "keeper-json",
    "Keeper",
    OF_DATED_PASSWORDS,
    N_("In the web vault: Settings › Export, in the format JSON."),
    recogniser(_fits),
    _read,
)
