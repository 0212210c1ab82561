"""Questions that are hard to answer: those that deny, and those that ask two things.

They are found by words, for English and French. What stands in a subordinate clause denies nothing
(“people you do not know”), and neither does what is quoted from a screen.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from msgspec import Struct

from hygiene.catalog.lint.manuscript import Manuscript, Remark, warning
from hygiene.catalog.lint.texts import texts_of
from hygiene.language import N_


class _Words(Struct, frozen=True):
    """How a language denies, subordinates and adds a second question."""

    denies: re.Pattern[str]
    subordinate: re.Pattern[str]
    second: re.Pattern[str]


_APOSTROPHE = "['’]"
_LANGUAGES: Mapping[str, _Words] = {
    "en": _Words(
        re.compile(
            rf"(?<!or )\b(not|no)\b|n{_APOSTROPHE}t\b"
            r"|\b(cannot|never|neither|without|nobody|no one|none|nothing|nowhere)\b"
        ),
        re.compile(
            r"(^(if|when|once|while|since|after|before|as long as)\b[^,]*,"
            r"|(?<!^)\b(if|when|whenever|once|who|whom|whose|that|which|what|where|whether|because"
            r"|(people|anyone|someone|those|strangers|things|something|anything) (you|they|he|she)) [^,?]*)"
        ),
        re.compile(r"\band,? (if so,? )?(do|does|did|is|are|was|were|have|has|can|could|will|would) \w+"),
    ),
    "fr": _Words(
        re.compile(
            rf"\b(ne |n{_APOSTROPHE})[^?]*\b(pas|jamais|plus|aucune?|rien|personne|guère|nulle part)\b"
            rf"|\b(aucune?|rien|personne)\b[^?]* (ne |n{_APOSTROPHE})|\bsans\b"
        ),
        re.compile(
            rf"(^(si|quand|lorsque|une fois|depuis|après|avant|tant que|s{_APOSTROPHE}ils?)\b[^,]*,"
            rf"|(?<!^)\b(si|quand|lorsque|qui|que|dont|où|lesquel\w+|parce que) [^,?]*"
            rf"|(?<!^)\b(qu|s|lorsqu){_APOSTROPHE}[^,?]*)"
        ),
        re.compile(
            r"\bet(, si (oui|c’est le cas),)? "
            r"(est-ce|(l’|les |y |en |vous )*[\w]+-(t-)?(vous|ils?|elles?|on|ce)\b)"
        ),
    ),
}
_ASIDE = re.compile(r"[“«][^”»]*[”»]|\([^)]*\)")
_EST_CE_QUE = re.compile(r"\best-ce qu(e |['’])", re.IGNORECASE)


def remarks(manuscript: Manuscript) -> Iterator[Remark]:
    """Yield the questions that deny or ask two things."""
    for text in texts_of(manuscript):
        if text.kind in ("question", "group_question"):
            for language, lines in text.by_language.items():
                if is_denial(lines[0], language):
                    yield warning(text.place(language), N_("the question denies: ask for the thing itself"))
                if is_double(lines[0], language):
                    yield warning(text.place(language), N_("two questions in one: ask one fact at a time"))


def is_denial(question: str, language: str) -> bool:
    """Return whether a “yes” would mean that something is not so."""
    words = _LANGUAGES.get(language)
    if words is None:
        return False
    main = _EST_CE_QUE.sub("", _ASIDE.sub("", question)).strip().lower()
    return words.denies.search(words.subordinate.sub(" ", main)) is not None


def is_double(question: str, language: str) -> bool:
    """Return whether a question asks two things that may have two answers."""
    words = _LANGUAGES.get(language)
    plain = _ASIDE.sub("", question).lower()
    return plain.count("?") > 1 or (words is not None and words.second.search(plain) is not None)
