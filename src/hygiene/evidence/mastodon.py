"""The archive that a Mastodon server makes: the account as an actor of ActivityPub (W3C, 2018)."""

from __future__ import annotations

from urllib.parse import urlsplit

from hygiene.evidence.json_text import at, mapping, text
from hygiene.evidence.network_export import NEVER_DATED, export_of, yes_or_no
from hygiene.evidence.network_files import Source, documents, is_there
from hygiene.evidence.reading import Desk, Reader
from hygiene.evidence.times import export_day
from hygiene.language import N_
from hygiene.model.evidence import PRIVATE, Export
from hygiene.safety.archives import Bundle

NETWORK = "mastodon"

_ACTOR = Source(("actor.json",), (b'"manuallyApprovesFollowers"',))


def _recognises(bundle: Bundle) -> bool:
    return is_there(bundle, _ACTOR)


def _read(bundle: Bundle, desk: Desk) -> Export:
    actor = next((each for each in documents(bundle, _ACTOR) if mapping(each)), {})
    facts = (
        yes_or_no(PRIVATE, at(actor, "manuallyApprovesFollowers")),
        yes_or_no("discoverable", at(actor, "discoverable")),
    )
    made_on = export_day(None, bundle.made_on, desk.today)
    return export_of(NETWORK, made_on, _user(actor), facts, (NEVER_DATED,))


def _user(actor: object) -> str:
    name = text(at(actor, "preferredUsername"))
    try:
        host = urlsplit(text(at(actor, "id"))).hostname
    except ValueError:  # brackets that hold no address of IPv6
        host = None
    return f"{name}@{host}" if name and host else name


READER = Reader(
    id=NETWORK,
    product="Mastodon",
    proves=(PRIVATE, "discoverable"),
    how=N_("Open Preferences › Import and export, and request your archive (once every 7 days)."),
    recognises=_recognises,
    read=_read,
)
