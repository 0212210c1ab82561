"""A text in several languages."""

import pytest

from hygiene.model.text import Text, same

BOTH = Text("en", {"en": "Your {network} account", "fr": "Votre compte {network}"})
ONLY_FRENCH = Text("fr", {"fr": "Boîte mail"})


@pytest.mark.parametrize(
    ("text", "language", "words", "spoken"),
    [
        (BOTH, "en", "Your {network} account", "en"),
        (BOTH, "fr", "Votre compte {network}", "fr"),
        (BOTH, "de", "Your {network} account", "en"),
        (ONLY_FRENCH, "en", "Boîte mail", "fr"),
        (same("X"), "fr", "X", "en"),
    ],
)
def test_a_missing_translation_falls_back_and_says_so(
    text: Text, language: str, words: str, spoken: str
) -> None:
    """A reader gets their language where it is written, else the author's, marked as such."""
    assert text.to(language) == words
    assert text.language_for(language) == spoken


def test_a_placeholder_is_filled_language_by_language() -> None:
    """A name that has a translation is used in each; one that has none is used everywhere."""
    mailbox = Text("en", {"en": "Mailbox", "fr": "Boîte mail"})
    assert BOTH.filled("network", mailbox).by_language == {
        "en": "Your Mailbox account",
        "fr": "Votre compte Boîte mail",
    }
    assert BOTH.filled("network", same("X")).to("fr") == "Votre compte X"
    assert BOTH.filled("domain", same("X")) == BOTH


def test_a_filled_name_is_not_filled_again() -> None:
    """Braces in a person's own name for an account stay what they are."""
    assert BOTH.filled("network", same("{network}")).to("en") == "Your {network} account"
