"""The languages of the interface: which one, and how a message is translated.

Messages are English in the code (`_("…")`, `N_("…")` where they are only named, `ngettext`) and translated
by the standard library's gettext from `locale/LANG.po`. French takes 0 and 1 as singular.
"""

from __future__ import annotations

import gettext as _gettext
import os
from collections.abc import Callable, Mapping
from pathlib import Path

DOMAIN = "hygiene"
SOURCE_LANGUAGE = "en"


class _Current:
    """The language of this process, chosen once before any command is loaded."""

    code = SOURCE_LANGUAGE
    catalogue: _gettext.NullTranslations = _gettext.NullTranslations()


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a marked, untranslated message
    """Mark a message for translation and return it as it is."""
    return message


def _(message: str) -> str:
    """Return the message in the current language."""
    return _Current.catalogue.gettext(message) if message else ""


def ngettext(singular: str, plural: str, number: int) -> str:
    """Return the form that the current language uses for this number."""
    return _Current.catalogue.ngettext(singular, plural, number)
