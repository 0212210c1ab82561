"""Every message is in every language, whole, with the same placeholders and good typography."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
KEYWORDS = {"_": None, "N_": None, "gettext": None, "ngettext": (1, 2)}
LOCALES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/hygiene.po"))

# French puts a no-break space, narrow or not, before these and inside guillemets.
BARE_SPACE = re.compile(r" [?!;:»]|« |[^\s\u00a0\u202f][?!;»](?=\s|$)")


def messages_in_use() -> set[str]:
    with (ROOT / "locale" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)  # type: ignore[no-untyped-call]  # Babel's own
    found = extract_from_dir(str(ROOT), methods, options, KEYWORDS, ())
    return {message if isinstance(message, str) else message[0] for _, _, message, _, _ in found}


def catalogue(file: Path) -> Catalog:
    with file.open("rb") as source:
        return read_po(source)


def translated(file: Path) -> Iterator[Message]:
    return (message for message in catalogue(file) if message.id)


def placeholders(text: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(text) if field}


def forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


@pytest.mark.parametrize("file", LOCALES, ids=lambda file: file.parts[-3])
def test_every_message_in_use_is_translated(file: Path) -> None:
    """Nothing is missing, nothing is fuzzy, and nothing stands there that nobody says any more."""
    known = {
        message.id if isinstance(message.id, str) else message.id[0]
        for message in translated(file)
        if all(forms(message)) and not message.fuzzy
    }
    in_use = messages_in_use()
    assert sorted(in_use - known) == []
    assert sorted(known - in_use) == []


@pytest.mark.parametrize("file", LOCALES, ids=lambda file: file.parts[-3])
def test_a_translation_has_the_same_placeholders(file: Path) -> None:
    """Each of its forms has those of the singular or of the plural."""
    faults = []
    for message in translated(file):
        sources = [message.id] if isinstance(message.id, str) else list(message.id)
        expected = set().union(*map(placeholders, sources))
        faults += [text for text in forms(message) if placeholders(text) - expected]
        if isinstance(message.id, str):
            faults += [text for text in forms(message) if placeholders(text) != expected]
    assert faults == []


def test_french_has_its_spaces() -> None:
    """A no-break space before : ; ? ! and inside « »."""
    french = ROOT / "locale" / "fr" / "LC_MESSAGES" / "hygiene.po"
    texts = [text for message in translated(french) for text in forms(message)]
    assert [text for text in texts if BARE_SPACE.search(text)] == []


def test_french_checklists_have_their_spaces() -> None:
    """The same in what is asked and advised."""
    from hygiene.catalog.loading import load_sources

    lists, _ = load_sources(ROOT / "checklists")
    checks = [check for each in lists.checklists.values() for check in each.checks]
    texts = [
        text.by_language["fr"]
        for check in [*checks, *lists.setup.values()]
        for text in (
            check.title,
            check.question,
            check.risk,
            *(choice.text for choice in check.choices),
            *(line for steps in check.remediation.steps for line in steps.lines),
        )
    ]
    assert [text for text in texts if BARE_SPACE.search(text)] == []
