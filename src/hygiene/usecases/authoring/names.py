"""Ids made of an author's own words, of the form that checklists ask for."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

from hygiene.catalog.check_fields import ID, RESERVED_CHOICES
from hygiene.catalog.cursor import NULL
from hygiene.model.record import PASSKEY

LONGEST = 32
"""Characters of an id, as `catalog.check_fields.ID` has it."""

NOT_CHOICES = RESERVED_CHOICES | {PASSKEY.id}

_NEITHER_LETTER_NOR_DIGIT = re.compile(r"[^a-z0-9]+")


def name_of(words: str, prefix: str = "", otherwise: str = "list") -> str:
    """Return words as an id: “Qui a la clé ?” is `qui-a-la-cle`.

    Args:
        words: in any language.
        prefix: what the id begins with.
        otherwise: what it is called where no letter of the words is a Latin one.
    """
    plain = unicodedata.normalize("NFKD", words.casefold()).encode("ascii", "ignore").decode()
    name = _NEITHER_LETTER_NOR_DIGIT.sub("-", plain).strip("-")
    if name in NULL:
        name = otherwise
    if not prefix and not name[0].isalpha():
        name = f"{otherwise}-{name}"
    return prefix + _shortened(name, LONGEST - len(prefix))


def free_name(words: str, taken: Collection[str], otherwise: str) -> str:
    """Return words as an id that is not taken: a number makes it another one."""
    name = name_of(words, otherwise=otherwise)
    if name not in taken:
        return name
    numbered = (f"{_shortened(name, LONGEST - 1 - len(str(n)))}-{n}" for n in count(2))
    return next(each for each in numbered if each not in taken)


def _shortened(name: str, most: int) -> str:
    """Return as many whole words of a name as there is room for; of a first one that is longer, a part."""
    if len(name) <= most:
        return name
    return name[: most + 1].rpartition("-")[0] or name[:most]


def is_name(words: str) -> bool:
    """Return whether words are an id as they stand."""
    return ID.fullmatch(words) is not None
