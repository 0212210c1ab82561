"""The archive that X makes: scripts, each of which sets one variable to a JSON array."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import count as counting

from hygiene.evidence.json_text import at, json_value, text
from hygiene.evidence.mailboxes import attached_to
from hygiene.evidence.network_export import NEVER_DATED, count, export_of, word, yes_or_no
from hygiene.evidence.network_files import lone
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.times import accepted, day_of, export_day, moment_of
from hygiene.language import N_
from hygiene.model.evidence import ATTACHED_TO, PRIVATE, SECOND_STEP, Export, Remark
from hygiene.safety.archives import Bundle

NETWORK = "x"

# “window.YTD.device_token.part0 = [ … ]”, of which the name is what counts; nothing is evaluated.
_VARIABLE = re.compile(rb"(?:\xef\xbb\xbf)?\s*window\.YTD\.(?P<name>\w+)\.part\d+\s*=")
_MANIFEST = re.compile(rb"(?:\xef\xbb\xbf)?\s*window\.__THAR_CONFIG\s*=")
_HEAD_BYTES = 256

_ACCOUNT = "account"
_APPS = "connected_application"
_SESSIONS = "device_token"
_PHONES = "ni_devices"
_PROTECTION = "protected_history"
_VARIABLES = (_ACCOUNT, _APPS, _SESSIONS, _PHONES, _PROTECTION)

_FOR_SIGNING_IN = "auth"  # a phone that serves as the second step, and gets no messages
_HALF_A_YEAR = Remark(
    N_("The archive does not say whether your posts are protected now: please look at it yourself.")
)


def _recognises(bundle: Bundle) -> bool:
    manifests = (bundle.head(name, _HEAD_BYTES) for name in bundle.find("manifest.js"))
    if any(map(_MANIFEST.match, manifests)):
        return True
    return any(next(_members(bundle, variable), None) for variable in _VARIABLES)


def _members(bundle: Bundle, variable: str) -> Iterator[str]:
    """Yield the members that set a variable, in one part or several: `account.js`, `account-part1.js`."""
    stem = variable.replace("_", "-")
    for name in [lone(bundle)] if lone(bundle) else _called(bundle, stem):
        match = _VARIABLE.match(bundle.head(name, _HEAD_BYTES))
        if match and match["name"].decode() == variable:
            yield name


def _called(bundle: Bundle, stem: str) -> Iterator[str]:
    yield from bundle.find(f"{stem}.js")
    for number in counting():
        found = bundle.find(f"{stem}-part{number}.js")
        yield from found
        if number and not found:
            return


def _read(bundle: Bundle, desk: Desk) -> Export:
    made_on = export_day(_generated_on(bundle, desk.today), bundle.made_on, desk.today)
    accounts = _items(bundle, _ACCOUNT) or []
    private = yes_or_no(PRIVATE, _is_protected(bundle, made_on))
    facts = (
        word(ATTACHED_TO, attached_to(text(at(each, "account", "email")) for each in accounts)),
        private,
        word(SECOND_STEP, "on" if _has_phone_for_codes(bundle) else None),
        count("connected-apps", _number(bundle, _APPS)),
        count("sessions", _number(bundle, _SESSIONS)),
    )
    user = next((text(at(each, "account", "username")) for each in accounts), "")
    remarks = (NEVER_DATED,) if private else (NEVER_DATED, _HALF_A_YEAR)
    return export_of(NETWORK, made_on, user, facts, remarks)


def _items(bundle: Bundle, variable: str) -> list[object] | None:
    """Return what the parts of an array hold; None where there is no such array."""
    arrays = [_assigned(bundle.read(name)) for name in _members(bundle, variable)]
    lists = [array for array in arrays if isinstance(array, list)]
    return [item for array in lists for item in array] if lists else None


def _assigned(script: bytes) -> object:
    return json_value(script.partition(b"=")[2].rstrip(b" \r\n\t;"))


def _number(bundle: Bundle, variable: str) -> int | None:
    items = _items(bundle, variable)
    return None if items is None else len(items)


def _generated_on(bundle: Bundle, today: date) -> date | None:
    for name in bundle.find("manifest.js"):
        manifest = _assigned(bundle.read(name))
        if day := day_of(text(at(manifest, "archiveInfo", "generationDate")), today):
            return day
    return None


def _is_protected(bundle: Bundle, latest: date) -> bool | None:
    """Return what was done last, in the half year that the archive knows of; None where nothing was."""
    changes = [at(item, "protectedHistory") for item in _items(bundle, _PROTECTION) or ()]
    dated = [
        (moment, text(at(change, "action")).strip().casefold())
        for change in changes
        if (moment := moment_of(text(at(change, "protectedAt")))) and accepted(moment.date(), latest)
    ]
    action = max(dated, default=(None, ""))[1]
    if action.startswith("unprotect"):
        return False
    return True if action.startswith("protect") else None


def _has_phone_for_codes(bundle: Bundle) -> bool:
    phones = _items(bundle, _PHONES) or ()
    kinds = (text(at(each, "niDeviceResponse", "messagingDevice", "deviceType")) for each in phones)
    return any(kind.casefold() == _FOR_SIGNING_IN for kind in kinds)


READER = Reader(
    id=NETWORK,
    product="X (Twitter)",
    proves=(ATTACHED_TO, PRIVATE, SECOND_STEP, "connected-apps", "sessions"),
    how=N_("Open Settings and privacy › Your account › Download an archive of your data."),
    recognises=_recognises,
    read=_read,
)
