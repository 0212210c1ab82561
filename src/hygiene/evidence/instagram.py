"""The archive that Instagram makes (“Export your information”), in JSON, in the layouts since 2021."""

from __future__ import annotations

from collections.abc import Iterable

from hygiene.evidence.mailboxes import attached_to, is_address
from hygiene.evidence.meta import (
    Entry,
    all_entries,
    html_twins,
    is_html,
    labelled,
    list_under,
    made_as_html,
    only_moments,
    switch,
    truth,
)
from hygiene.evidence.network_export import changed, count, export_of, lengths, not_dated, word, yes_or_no
from hygiene.evidence.network_files import Source, any_there, documents, has_folder
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.times import export_day
from hygiene.language import N_
from hygiene.model.evidence import ATTACHED_TO, PASSWORD_CHANGED, PRIVATE, SECOND_STEP, Export
from hygiene.safety.archives import Bundle

NETWORK = "instagram"

_PROFILE = Source(
    ("personal_information.json",), (b'"profile_user',), ("personal_information", "account_information")
)
_PASSWORDS = Source(("password_change_activity.json",), (b'"account_history_password_change',))
_SECOND_STEP = Source(("two-factor_authentication.json",), (b'"devices_two_factor_authentication',))
_DEVICES = Source(("devices.json",), (b'"devices_devices',), ("device_information",))
_INSIGHTS = Source(("instagram_profile_information.json",), (b'"profile_account_insights',))
_APPS = Source(
    ("active_apps.json", "active_apps_and_websites.json"),
    (b'"apps_and_websites_active',),
    ("apps_and_websites",),
)
_LOGINS = Source(("login_activity.json",), (b'"account_history_login',))
_PRIVACY = Source(
    ("profile_privacy_changes.json", "account_privacy_changes.json"), (b'"account_history_account_privacy',)
)
_TELLING = (_PROFILE, _PASSWORDS, _SECOND_STEP, _DEVICES, _INSIGHTS, _APPS, _LOGINS, _PRIVACY)
_TWINS = html_twins((_PASSWORDS, _INSIGHTS, _PROFILE, _PRIVACY))

# Labels as found in archives in these languages, folded; Dutch ones of the first two are not known.
_PRIVATE_LABELS = frozenset(
    {"private account", "compte privé", "privates konto", "cuenta privada", "account privato"}
)
_ADDRESS_LABELS = frozenset(
    {"email", "email address", "adresse e-mail", "e-mail-adresse", "correo electrónico", "indirizzo e-mail"}
)
_USER_LABELS = frozenset(
    {"username", "nom d'utilisateur", "benutzername", "nombre de usuario", "nome utente"}
)
_CONTACT_LABELS = frozenset({"contact syncing"})
_TRUTH = {"true": True, "false": False}


def _recognises(bundle: Bundle) -> bool:
    return any_there(bundle, _TELLING) or _is_html(bundle) or has_folder(bundle, "your_instagram_activity")


def _is_html(bundle: Bundle) -> bool:
    return is_html(bundle, _TWINS, "instagram", "facebook")


def _read(bundle: Bundle, desk: Desk) -> Export:
    if not any_there(bundle, _TELLING) and _is_html(bundle):
        raise made_as_html()
    made_on = export_day(None, bundle.made_on, desk.today)
    profile = _entries(bundle, _PROFILE, "profile_user")
    facts = (
        word(ATTACHED_TO, attached_to(_addresses(profile))),
        yes_or_no(PRIVATE, truth(labelled(profile, _PRIVATE_LABELS), _TRUTH)),
        changed(only_moments(documents(bundle, _PASSWORDS), "account_history_password"), made_on),
        word(SECOND_STEP, switch(_entries(bundle, _SECOND_STEP, "devices_two_factor"))),
        yes_or_no("contact-upload", _syncs_contacts(bundle)),
        count("connected-apps", lengths(list_under(each, "apps_and") for each in documents(bundle, _APPS))),
        count("sessions", lengths(list_under(each, "devices") for each in documents(bundle, _DEVICES))),
    )
    user = next(labelled(profile, _USER_LABELS), "")
    return export_of(NETWORK, made_on, user, facts, not_dated(facts))


def _entries(bundle: Bundle, source: Source, key: str) -> list[Entry]:
    return all_entries(documents(bundle, source), key)


def _addresses(profile: Iterable[Entry]) -> list[str]:
    """Return the addresses with a known label, else the only value that is an address."""
    found = [value for value in labelled(profile, _ADDRESS_LABELS) if is_address(value)]
    others = {entry.value for entry in profile if is_address(entry.value)}
    return found or (list(others) if len(others) == 1 else [])


def _syncs_contacts(bundle: Bundle) -> bool | None:
    insights = _entries(bundle, _INSIGHTS, "profile_account_insights")
    return truth(labelled(insights, _CONTACT_LABELS), _TRUTH)


READER = Reader(
    id=NETWORK,
    product="Instagram",
    proves=(
        ATTACHED_TO,
        PRIVATE,
        PASSWORD_CHANGED,
        SECOND_STEP,
        "contact-upload",
        "connected-apps",
        "sessions",
    ),
    how=N_(
        "Open Settings and privacy › Accounts Center › Your information and permissions › Export your "
        "information, and choose all time and the format JSON."
    ),
    recognises=_recognises,
    read=_read,
)
