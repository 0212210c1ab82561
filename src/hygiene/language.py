"""The language of the interface: which one, and how a message is translated.

Messages are English in the code (`_("…")`, `N_("…")` where they are only named, `ngettext`) and translated
by the standard library's gettext from `locale/LANG/LC_MESSAGES/hygiene.mo`, made from the `.po` beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import gettext

DOMAIN = "hygiene"
SOURCE_LANGUAGE = "en"
_VARIABLES = ("HYGIENE_LANG", "LC_ALL", "LC_MESSAGES", "LANG")


class _Current:
    """The language of this process, chosen once before any command is loaded; English needs no catalogue."""

    code: str = SOURCE_LANGUAGE
    catalogue: gettext.NullTranslations | None = None


def N_(message: str) -> str:  # noqa: N802 - gettext's own name for a message that is marked, not translated
    """Mark a message for translation and return it as it is."""
    return message


def _(message: str) -> str:
    """Return the message in the current language."""
    return _Current.catalogue.gettext(message) if _Current.catalogue and message else message


def ngettext(msgid1: str, msgid2: str, n: int) -> str:
    """Return the singular or the plural form, as the current language uses it for this number."""
    if _Current.catalogue:
        return _Current.catalogue.ngettext(msgid1, msgid2, n)
    return msgid1 if n == 1 else msgid2


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
    _Current.catalogue = None if code == SOURCE_LANGUAGE else _load(code, folder)


def lend_to_click() -> None:
    """Let Click's own words (“Usage:”, “No such option”) come from our catalogue.

    Click takes these two functions when it is imported, so this comes before that.
    """
    import gettext

    gettext.gettext, gettext.ngettext = _, ngettext


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


def _load(code: str, folder: Path) -> gettext.NullTranslations | None:
    # Imported here, since most of those who speak English never need it.
    import gettext

    compiled = folder / code / "LC_MESSAGES" / f"{DOMAIN}.mo"
    source = compiled.with_suffix(".po")
    if source.exists() and not (compiled.exists() and compiled.stat().st_mtime >= source.stat().st_mtime):
        return _from_source(source)
    return gettext.translation(DOMAIN, folder, [code], fallback=True)


def _from_source(source: Path) -> gettext.NullTranslations | None:
    """Read the messages of a checkout, where no build has compiled them."""
    import gettext
    from io import BytesIO

    try:
        from babel.messages.mofile import write_mo
        from babel.messages.pofile import read_po
    except ImportError:  # a checkout without the development tools speaks English
        return None
    compiled = BytesIO()
    with source.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
