"""The notice that people read once, before their first audit with an organisation's lists.

What it promises is ours and the same for every organisation; the organisation may only add words after it.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from typing import Final

from hygiene.language import N_, _
from hygiene.model.checklist import Trust
from hygiene.model.organisation import Organisation
from hygiene.model.text import Text
from hygiene.reporting.words import Words
from hygiene.safety.cleaning import clean

EDITION: Final = 1
"""Of our part of the notice; raised when what it says changes, so that people see it again."""

_ISSUED = {
    Trust.MANAGED: N_("They come from {name}; the administrators of this computer installed them."),
    Trust.SOURCE: N_("They come from {name}, and carry its signature."),
}


def notice_text(organisation: Organisation, language: str) -> str:
    """Return the notice, one paragraph a line.

    Args:
        organisation: who hands out the lists.
        language: of the organisation's own words; messages are in the language in use.
    """
    return "".join(f"{line}\n" for line in _lines(organisation, language))


def opening_text(organisation: Organisation, language: str) -> str:
    """Return the organisation's words before an audit, with its name before them; empty where it has none."""
    if organisation.opening is None:
        return ""
    name = clean(organisation.name)
    words = "\n".join(_said(organisation.opening, language))
    return _("{name} says: {words}").format(name=name, words=words) + "\n"


def notice_digest(organisation: Organisation) -> str:
    """Return `sha256:…` of all that the notice says, in any language: another one means, show it again."""
    notice = dict(organisation.notice.by_language) if organisation.notice else {}
    said = [EDITION, organisation.trust, organisation.source, organisation.name, organisation.contact, notice]
    return f"sha256:{hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()}"


def _lines(organisation: Organisation, language: str) -> Iterator[str]:
    name = clean(organisation.name)
    yield _("Before you begin with the lists of {name}").format(name=name)
    yield _(_ISSUED.get(organisation.trust, _ISSUED[Trust.SOURCE])).format(name=name)
    yield _("Using them is voluntary: you may leave questions out, or stop, whenever you like.")
    yield _("Your answers stay on this computer, encrypted.")
    yield _("Nothing is sent back: {name} gets no answer, no score and no list of your accounts.").format(
        name=name
    )
    if organisation.trust is Trust.SOURCE:
        yield _(
            "When lists are fetched, the computer that offers them can notice it, as with any web page;"
            " it learns nothing of your answers."
        )
    yield _("To delete everything that hygiene keeps: `hygiene store erase`.")
    if organisation.notice:
        yield _("{name} adds:").format(name=name)
        yield from _said(organisation.notice, language)
    if organisation.contact:
        yield _("If you have a question: {contact}").format(contact=clean(organisation.contact))


def _said(text: Text, language: str) -> Iterator[str]:
    """Yield an organisation's words, line by line; at their end, the language if it is another one."""
    spoken = text.language_for(language)
    fallback = None if spoken == language else spoken
    words = Words(clean(text.to(language), multiline=True), fallback)
    yield from (line for line in str(words).splitlines() if line.strip())
