"""The archive that Snapchat makes (“My Data”), in JSON, in English whatever the language of the account."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from hygiene.evidence.json_text import at, sequence, text
from hygiene.evidence.mailboxes import attached_to, is_address
from hygiene.evidence.network_export import changed, count, export_of, not_dated, word
from hygiene.evidence.network_files import Source, any_there, documents
from hygiene.evidence.reading import Desk, Reader, UnreadableExportError
from hygiene.evidence.times import accepted, export_day, moment_of
from hygiene.language import N_
from hygiene.model.evidence import ATTACHED_TO, PASSWORD_CHANGED, SECOND_STEP, Export
from hygiene.safety.archives import Bundle

NETWORK = "snapchat"

_SECOND_STEPS = ("Two-Factor Authentication", "Tow-Factor Authentication")  # both were written
_ACCOUNT = Source(("account.json",), (b'"Basic Information"',))
_BITMOJI = Source(("bitmoji.json",), (b'"Basic Information"',))
_APPS = Source(("connected_apps.json",), (b'"Permissions"',), is_unique=False)
_HISTORY = Source(
    ("account_history.json",),
    (
        b'"Password Change"',
        b'-Factor Authentication"',
        b'"Email Change"',
        b'"Mobile Number Change"',
        b'"Display Name Change"',
        b'"Download My Data Reports"',
    ),
)
_TELLING = (_ACCOUNT, _BITMOJI, _APPS, _HISTORY)
_TWINS = ("account.html", "account_history.html", "snap_history.html")
_HTML = "html"

_WORD = re.compile(r"[a-z]+")
_METHODS = {"sms": "sms", "otp": "app", "totp": "app", "app": "app", "authenticator": "app"}


def _recognises(bundle: Bundle) -> bool:
    return any_there(bundle, _TELLING) or any(bundle.find(name, _HTML) for name in _TWINS)


def _read(bundle: Bundle, desk: Desk) -> Export:
    if not any_there(bundle, _TELLING):
        raise UnreadableExportError(
            N_("this archive was made as web pages only, which cannot be read here"),
            hint=N_("ask for it once more under “My Data”, with “Export JSON Files” switched on"),
        )
    made_on = export_day(None, bundle.made_on, desk.today)
    history = list(documents(bundle, _HISTORY))
    facts = (
        changed((text(at(each, "Date")) for each in _events(history, "Password Change")), made_on),
        word(SECOND_STEP, _second_step(history, made_on)),
        word(ATTACHED_TO, attached_to(_addresses(bundle, history, made_on))),
        count("connected-apps", _apps(bundle)),
    )
    names = (text(at(each, "Basic Information", "Username")) for each in documents(bundle, _ACCOUNT))
    return export_of(NETWORK, made_on, next(filter(None, names), ""), facts, not_dated(facts))


def _events(history: Sequence[object], *kinds: str) -> Iterator[object]:
    for document in history:
        for kind in kinds:
            yield from sequence(at(document, kind))


def _by_time(events: Iterator[object], name: str, latest: date) -> list[str]:
    """Return a text of each event that has a plausible date, the newest last."""
    dated = [
        (moment, text(at(event, name)))
        for event in events
        if (moment := moment_of(text(at(event, "Date")))) and accepted(moment.date(), latest)
    ]
    return [words for _moment, words in sorted(dated, key=lambda pair: pair[0])]


def _second_step(history: Sequence[object], latest: date) -> str | None:
    """Return the second step that was switched on last and not off; None after an event that is not clear."""
    is_on: dict[str, bool] = {}
    for event in _by_time(_events(history, *_SECOND_STEPS), "Event", latest):
        words = _WORD.findall(event.casefold())
        methods = {_METHODS[each] for each in words if each in _METHODS}
        if "disabled" in words:
            is_on |= dict.fromkeys(methods or is_on or {""}, False)
        elif "enabled" in words and len(methods) == 1:
            method = methods.pop()
            is_on.pop(method, None)  # the newest comes last
            is_on[method] = True
        else:
            is_on = {}
    used = [method for method, switch in is_on.items() if switch]
    return used[-1] if used else ("off" if is_on else None)


def _addresses(bundle: Bundle, history: Sequence[object], latest: date) -> list[str]:
    """Return the address that was set last, else the one that came to Bitmoji when the account was linked."""
    newest = next(reversed(_by_time(_events(history, "Email Change"), "Email Address", latest)), "")
    if is_address(newest):
        return [newest]
    return [text(at(each, "Basic Information", "Email")) for each in documents(bundle, _BITMOJI)]


def _apps(bundle: Bundle) -> int | None:
    """Return how many apps may use the account: each is listed once for every permission."""
    lists = [at(each, "Permissions") for each in documents(bundle, _APPS)]
    if not any(isinstance(each, list) for each in lists):
        return None
    return len({text(at(item, "App")) for each in lists for item in sequence(each)} - {""})


READER = Reader(
    id=NETWORK,
    product="Snapchat",
    proves=(PASSWORD_CHANGED, SECOND_STEP, ATTACHED_TO, "connected-apps"),
    how=N_("Open accounts.snapchat.com › My Data, switch Export JSON Files on, and send the request."),
    recognises=_recognises,
    read=_read,
)
