"""The archive that Facebook makes (“Export your information”), in JSON, in older and newer layouts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hygiene.evidence.json_text import at, mapping, sequence, text
from hygiene.evidence.mailboxes import attached_to
from hygiene.evidence.meta import (
    all_entries,
    folded,
    html_twins,
    is_html,
    list_under,
    made_as_html,
    only,
    only_moments,
    records,
    seconds,
    switch,
    unmangled,
)
from hygiene.evidence.network_export import changed, count, export_of, lengths, not_dated, word
from hygiene.evidence.network_files import Source, any_there, documents, has_folder
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.times import export_day
from hygiene.language import N_
from hygiene.model.evidence import ATTACHED_TO, PASSWORD_CHANGED, SECOND_STEP, Export
from hygiene.safety.archives import Bundle

NETWORK = "facebook"

_LABELS = (b'"label_values"',)
_PROFILE = Source(("profile_information.json",), (b'"profile_v2',), ("profile_information",))
_PASSWORD = Source(
    ("your_account_password_information.json", "you_account_password.json"), _LABELS, is_unique=False
)
_RECORDS = Source(("record_details.json",), (b'"admin_records',))
_ACTIVITY = Source(("account_activity.json",), (b'"account_activity',))
# Instagram has files of this name too, deeper down.
_SECOND_STEP = Source(
    ("two-factor_authentication.json",), _LABELS, ("security_and_login_information",), is_unique=False
)
_SESSIONS = Source(
    ("where_you're_logged_in.json", "where_you_re_logged_in.json", "where_you’re_logged_in.json"),
    (b'"active_sessions',),
)
_APPS = Source(("connected_apps_and_websites.json", "apps_and_websites.json"), (b'"installed_apps',))
_AUDIENCES = Source(("privacy_settings.json",), _LABELS, ("preferences",), is_unique=False)
_TELLING = (_PROFILE, _PASSWORD, _RECORDS, _ACTIVITY, _SECOND_STEP, _SESSIONS, _APPS, _AUDIENCES)
_TWINS = html_twins((_PASSWORD, _RECORDS, _SESSIONS, _PROFILE))

_A_CHANGE = "password change"  # the words for it in other languages are not known
_ACTIVE = "active"
# The label is the question on the page of settings, folded; so are the words for who may see it.
_FUTURE_POSTS = frozenset({"who can see your future posts", "qui peut voir vos futures publications"})
_WHO = {
    "public": "public",
    "friends": "friends",
    "amis": "friends",
    "only me": "me",
    "moi uniquement": "me",
    "friends of friends": "friends-of-friends",
    "amis de leurs amis": "friends-of-friends",
}


def _recognises(bundle: Bundle) -> bool:
    return any_there(bundle, _TELLING) or _is_html(bundle) or has_folder(bundle, "your_facebook_activity")


def _is_html(bundle: Bundle) -> bool:
    return is_html(bundle, _TWINS, "facebook", "instagram")


def _read(bundle: Bundle, desk: Desk) -> Export:
    if not any_there(bundle, _TELLING) and _is_html(bundle):
        raise made_as_html()
    made_on = export_day(None, bundle.made_on, desk.today)
    profiles = [at(document, "profile_v2") for document in documents(bundle, _PROFILE)]
    addresses = [address for profile in profiles for address in _addresses(profile)]
    facts = (
        word(ATTACHED_TO, attached_to(addresses)),
        changed(map(seconds, _password_changes(bundle)), made_on),
        word(SECOND_STEP, switch(all_entries(documents(bundle, _SECOND_STEP)))),
        count(
            "sessions", lengths(list_under(each, "active_sessions") for each in documents(bundle, _SESSIONS))
        ),
        count("connected-apps", lengths(map(_active_apps, documents(bundle, _APPS)))),
        word("future-posts", _future_posts(bundle)),
    )
    names = (unmangled(text(at(profile, "username"))) for profile in profiles)
    return export_of(NETWORK, made_on, next(filter(None, [*names, *addresses]), ""), facts, not_dated(facts))


def _addresses(profile: object) -> Iterable[str]:
    """Return the addresses in use; earlier ones and those of advertisers are kept apart in the file."""
    return [unmangled(text(each)) for each in sequence(at(profile, "emails", "emails"))]


def _password_changes(bundle: Bundle) -> Iterator[object]:
    yield from only_moments(documents(bundle, _PASSWORD))
    for document in documents(bundle, _RECORDS):
        for record in records(document, "admin_records"):
            if folded(text(at(record, "event"))) == _A_CHANGE:
                yield at(record, "session", "created_timestamp")
    for document in documents(bundle, _ACTIVITY):
        for record in records(document, "account_activity"):
            if folded(text(at(record, "action"))) == _A_CHANGE:
                yield at(record, "timestamp")


def _active_apps(document: object) -> object:
    apps = list_under(document, "installed_apps")
    if not isinstance(apps, list):
        return None
    return [app for app in apps if mapping(app).get("category", _ACTIVE) == _ACTIVE]


def _future_posts(bundle: Bundle) -> str | None:
    entries = all_entries(documents(bundle, _AUDIENCES))
    return only(_WHO.get(folded(entry.value)) for entry in entries if entry.label in _FUTURE_POSTS)


READER = Reader(
    id=NETWORK,
    product="Facebook",
    proves=(ATTACHED_TO, PASSWORD_CHANGED, SECOND_STEP, "sessions", "connected-apps", "future-posts"),
    how=N_(
        "Open Settings & privacy › Settings › Accounts Center › Your information and permissions › "
        "Export your information, and choose all time and the format JSON."
    ),
    recognises=_recognises,
    read=_read,
)
