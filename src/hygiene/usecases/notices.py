"""Which organisations' notices a person has not seen yet, as they are now."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from hygiene.model.record import SettingChosen
from hygiene.reporting.notice import notice_digest, notice_text
from hygiene.safety.cleaning import clean
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import Desk, state_of
from hygiene.usecases.settings import ORGANISATIONS

ORGANISATIONS_OFF = SettingChosen(ORGANISATIONS, "off")


class Notice(Struct, frozen=True):
    """A notice to show.

    Attributes:
        name: the organisation's.
        shown: the statement that it was shown, so that it comes again only when it has changed.
    """

    name: str
    words: str
    shown: SettingChosen


def notices_due(store: OpenStore, desk: Desk, language: str) -> Iterator[Notice]:
    """Yield the notices that the person has not seen."""
    settings = state_of(store).settings
    for each in desk.organisations:
        shown = SettingChosen(f"notice-{each.source}", notice_digest(each))
        if settings.get(shown.key) != shown.value:
            yield Notice(clean(each.name), notice_text(each, language).rstrip(), shown)
