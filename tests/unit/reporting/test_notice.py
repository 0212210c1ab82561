"""The notice before the first audit with an organisation's lists."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from hygiene.model.checklist import Trust
from hygiene.model.organisation import Colours, Organisation
from hygiene.model.text import Text, same
from hygiene.reporting.notice import notice_digest, notice_text, opening_text

ACME = Organisation(
    "acme",
    "ACME",
    Trust.SOURCE,
    "security@acme.example",
    Text("en", {"en": "Welcome.", "fr": "Bienvenue."}),
    Text("en", {"en": "Ask Ann.", "fr": "Demandez à Ann."}),
    b"a picture",
    Colours("#123456", "#123456"),
    ("acme-phones",),
)


def test_in_english() -> None:
    """Who issued it, that it is voluntary, where answers stay, what is sent, how to delete."""
    assert notice_text(ACME, "en") == (
        "Before you begin with the lists of ACME\n"
        "They come from ACME, and carry its signature.\n"
        "Using them is voluntary: you may leave questions out, or stop, whenever you like.\n"
        "Your answers stay on this computer, encrypted.\n"
        "Nothing is sent back: ACME gets no answer, no score and no list of your accounts.\n"
        "When lists are fetched, the computer that offers them can notice it, as with any web page;"
        " it learns nothing of your answers.\n"
        "To delete everything that hygiene keeps: `hygiene store erase`.\n"
        "ACME adds:\n"
        "Ask Ann.\n"
        "If you have a question: security@acme.example\n"
    )


def test_installed_by_the_administrators() -> None:
    """Nothing is fetched then, so that nothing is said of it; nobody is named whom it did not name."""
    text = notice_text(Organisation("acme", "ACME", Trust.MANAGED), "en")
    assert "the administrators of this computer installed them" in text
    assert "fetched" not in text
    assert "question:" not in text
    assert "adds" not in text
    assert len(text.splitlines()) == 6
    assert "signature" in notice_text(ACME, "en")


def test_words_in_another_language_are_marked() -> None:
    """As everywhere; the name of the language stands behind them."""
    text = notice_text(ACME, "fr")
    assert "Demandez à Ann.\n" in text
    english = replace(ACME, notice=Text("en", {"en": "First.\n\nSecond."}))
    assert "First.\nSecond. [en]\n" in notice_text(english, "fr")


def test_hidden_characters_do_no_harm() -> None:
    """A value may come from elsewhere than the parser."""
    hostile = replace(ACME, name="A\x1b[2J", contact="b\u202ec", notice=same("d\re\x1b[2Jf"))
    text = notice_text(hostile, "en")
    assert text.isprintable() is False  # the ends of lines
    assert text.replace("\n", "").isprintable()


def test_its_digest_changes_with_what_it_says_and_with_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    """In every language at once; a new logo or a new list is no reason to show it again."""
    first = notice_digest(ACME)
    same_notice = [
        replace(ACME, logo=None, colours=None, lists=(), opening=None),
        replace(ACME, notice=Text("en", {"fr": "Demandez à Ann.", "en": "Ask Ann."})),
    ]
    assert {notice_digest(each) for each in same_notice} == {first}
    others = [
        replace(ACME, name="A"),
        replace(ACME, source="a1"),
        replace(ACME, contact=""),
        replace(ACME, trust=Trust.MANAGED),
        replace(ACME, notice=None),
        replace(ACME, notice=Text("en", {"en": "Ask Ann.", "fr": "Demandez Ann."})),
    ]
    digests = {notice_digest(each) for each in others}
    monkeypatch.setattr("hygiene.reporting.notice.EDITION", 2)
    assert len(digests | {first, notice_digest(ACME)}) == len(others) + 2


def test_the_opening_words() -> None:
    """With the name of who says them; nothing where there are none."""
    assert opening_text(ACME, "fr") == "ACME says: Bienvenue.\n"
    assert opening_text(replace(ACME, opening=None), "en") == ""
