"""A text in several languages, with an honest fall-back."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct


class Text(Struct, frozen=True):
    """What an author wrote, by language.

    Attributes:
        language: the language that every text of the file has.
        by_language: the texts; holds at least `language`.
    """

    language: str
    by_language: Mapping[str, str]

    def to(self, language: str) -> str:
        """Return the text in a language, else in the one it was written in."""
        return self.by_language.get(language, self.by_language[self.language])

    def language_for(self, language: str) -> str:
        """Return the language in which `to` answers, so that a page can mark a fall-back."""
        return language if language in self.by_language else self.language

    def filled(self, placeholder: str, value: Text) -> Text:
        """Return this text with `{placeholder}` replaced, language by language."""
        mark = f"{{{placeholder}}}"
        return Text(
            self.language,
            {tag: words.replace(mark, value.to(tag)) for tag, words in self.by_language.items()},
        )


def same(words: str) -> Text:
    """Return a text that reads the same in every language, such as a brand's name."""
    return Text("en", {"en": words})
