"""The language of the interface: which one, and how a message is translated.

Messages are English in the code (`_("…")`, `N_("…")` where they are only named, `ngettext`) and translated
by the standard library's gettext from `locale/LANG/LC_MESSAGES/hygiene.mo`, made from the `.po` beside it.
"""

from __future__ import annotations

import gettext
from collections.abc import Mapping
from pathlib import Path

DOMAIN = "hygiene"
SOURCE_LANGUAGE = "en"
_VARIABLES = ("HYGIENE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


class _Current:
    """The language of this process, chosen once before any command is loaded."""

    code: str = SOURCE_LANGUAGE
    catalogue: gettext.NullTranslations = gettext.NullTranslations()


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a message that is marked, not translated
    """Mark a message for translation and return it as it is."""
    return message


def _(message: str) -> str:
    """Return the message in the current language."""
    return _Current.catalogue.gettext(message) if message else ""


def ngettext(msgid1: str, msgid2: str, n: int) -> str:
    """Return the singular or the plural form, as the current language uses it for this number."""
    return _Current.catalogue.ngettext(msgid1, msgid2, n)


def current_language() -> str:
    """Return the code of the language in use, such as `fr`."""
    return _Current.code


def use(code: str, folder: Path) -> None:
    """Speak a language from now on; one that has no catalogue leaves the messages in English.

    Args:
        code: a language code, such as `fr`.
        folder: holds `CODE/LC_MESSAGES/hygiene.mo`.
    """
    _Current.code = code
    _Current.catalogue = _load(code, folder)


def wanted_language(environment: Mapping[str, str], system: str | None = None) -> str:
    """Return the language that the environment asks for (`fr_FR.UTF-8` -> `fr`), else the system's.

    Args:
        environment: `HYGIENE_LANG`, then `LC_ALL`, `LC_MESSAGES` and `LANG` are looked at (POSIX, 8.2).
        system: what the operating system says where these variables are not used.
    """
    for name in _VARIABLES:
        if environment.get(name):
            return language_of(environment[name])
    return language_of(system) if system else SOURCE_LANGUAGE


def language_of(tag: str) -> str:
    """Return the language of a locale's name (`fr_CA.UTF-8`, `fr-CA` -> `fr`; `C`, `POSIX` -> `en`)."""
    code = tag.replace("-", "_").partition(".")[0].partition("_")[0].lower()
    return SOURCE_LANGUAGE if code in ("c", "posix", "") else code


def _load(code: str, folder: Path) -> gettext.NullTranslations:
    compiled = folder / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    source = compiled.with_suffix(".po")
    if source.exists() and not (compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime):
        return _from_source(source)
    return gettext.translation(DOMAIN, folder, [code], fallback=True)


def _from_source(source: Path) -> gettext.NullTranslations:
    """Read the messages of a checkout, where no build has compiled them."""
    try:
        from io import BytesIO

        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ImportError:  # a checkout without the development tools speaks English
        return gettext.NullTranslations()
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
