"""The archive that Discord makes (“Request all of my data”): one file tells of the account."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date, datetime

from hygiene.evidence.json_text import at, json_value, mapping, sequence, text
from hygiene.evidence.mailboxes import attached_to
from hygiene.evidence.network_export import NEVER_DATED, count, export_of, lengths, word
from hygiene.evidence.network_files import lone
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.times import accepted, export_day, moment_of
from hygiene.language import N_
from hygiene.model.evidence import ATTACHED_TO, SECOND_STEP, Export
from hygiene.safety.archives import Bundle

NETWORK = "discord"

_ACCOUNT = "user.json"
_NEEDED = (b'"id"', b'"username"')
# One of them stands near the beginning too, and in no other network's file.
_TELLING = re.compile(
    rb'"(?:discriminator|global_name|avatar_hash|has_mobile|needs_email_verification|premium_until|'
    rb'user_sessions|is_mfa)"'
)
_LOOKED_AT = 8


def _recognises(bundle: Bundle) -> bool:
    return bool(_account_files(bundle))


def _account_files(bundle: Bundle) -> list[str]:
    """Return the files that may be the account's, those in fewer folders first.

    The account's folder is called in the language of the account, and activities have files of the same name,
    in folders of their own.
    """
    single = lone(bundle)
    names = [single] if single else bundle.find(_ACCOUNT)
    upper = sorted(names, key=lambda name: (name.count("/"), name))[:_LOOKED_AT]
    return [name for name in upper if _begins(bundle, name)]


def _begins(bundle: Bundle, name: str) -> bool:
    head = bundle.head(name)
    return all(each in head for each in _NEEDED) and _TELLING.search(head) is not None


def _read(bundle: Bundle, desk: Desk) -> Export:
    account = _account(bundle)
    made_on = export_day(None, bundle.made_on, desk.today)
    facts = (
        word(ATTACHED_TO, attached_to([text(at(account, "email"))])),
        word(SECOND_STEP, _second_step(account, made_on)),
        count("connected-apps", lengths([at(account, "connections")])),
        count("sessions", lengths([at(account, "user_sessions")])),
    )
    return export_of(NETWORK, made_on, text(at(account, "username")), facts, (NEVER_DATED,))


def _account(bundle: Bundle) -> Mapping[str, object]:
    read = (mapping(json_value(bundle.read(name))) for name in _account_files(bundle))
    return next((each for each in read if "id" in each and "username" in each), {})


def _second_step(account: Mapping[str, object], latest: date) -> str | None:
    """Return `on` where the last sign-in took a second step; one that took none proves nothing."""
    dated = [
        (moment, each.get("is_mfa") is True)
        for each in map(_data, sequence(account.get("user_sessions")))
        if (moment := _begun(each)) and accepted(moment.date(), latest)
    ]
    return "on" if dated and max(dated)[1] else None


def _data(session: object) -> Mapping[str, object]:
    """Return what a session says of itself: in some archives that lies one level down."""
    return mapping(at(session, "user_data")) or mapping(session)


def _begun(session: Mapping[str, object]) -> datetime | None:
    times = (text(session.get(name)) for name in ("creation_time", "approx_last_used_time"))
    return next(filter(None, map(moment_of, times)), None)


READER = Reader(
    id=NETWORK,
    product="Discord",
    proves=(ATTACHED_TO, SECOND_STEP, "connected-apps", "sessions"),
    how=N_("Open User Settings (⚙, by your name) › Data & Privacy › Request all of my data."),
    recognises=_recognises,
    read=_read,
)
