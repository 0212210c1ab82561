"""The file of a new list: where it may be written, what it holds, and ids made of words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from hygiene import resources
from hygiene.catalog.check_fields import ID
from hygiene.catalog.cursor import NULL
from hygiene.catalog.parsing import OWN_FILE, parse_checklist
from hygiene.catalog.problems import FaultyFileError
from hygiene.errors import NotDoneError
from hygiene.model.checklist import Severity
from hygiene.safety.cleaning import find_unclean
from hygiene.usecases.authoring.file import NewCheck, NewChoice, NewList, render_list
from hygiene.usecases.authoring.lists import load_list
from hygiene.usecases.authoring.names import LONGEST, free_name, name_of
from hygiene.usecases.authoring.place import write_new

DAY = date(2026, 11, 22)
BUNDLED = resources.bundled("checklists")


def test_a_file_that_came_up_meanwhile_is_not_written_over(tmp_path: Path) -> None:
    path = tmp_path / "a.yaml"
    path.write_text("somebody else’s")
    with pytest.raises(NotDoneError, match="is there already"):
        write_new(path, "mine")
    assert path.read_text() == "somebody else’s"


def test_a_file_that_cannot_be_finished_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_path: Path, _data: bytes) -> None:
        raise NotDoneError("full", hint="")

    monkeypatch.setattr("hygiene.usecases.authoring.place.write_atomically", full)
    with pytest.raises(NotDoneError, match="full"):
        write_new(tmp_path / "a.yaml", "mine")
    assert list(tmp_path.iterdir()) == []


PRINTABLE = st.characters(exclude_categories=("Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"))
LINES = st.text(PRINTABLE, min_size=1).filter(
    lambda words: words.strip() == words and words not in NULL and find_unclean(words) is None
)


@given(question=LINES, title=LINES, answers=st.lists(LINES, min_size=2, max_size=4, unique=True))
def test_whatever_is_written_is_read_back(question: str, title: str, answers: list[str]) -> None:
    """Quotes, colons, hashes, emoji and all."""
    choices = tuple(NewChoice(f"c{place}", text, place == 0) for place, text in enumerate(answers))
    made = NewCheck("a", question, title, title, Severity.LOW, choices=choices, steps=tuple(answers))
    text = render_list(NewList("my-a", DAY, "en", title, None, (), (made, replace(made, id="b"))))
    first, second = parse_checklist(text.encode(), "f", {}, OWN_FILE).checks
    assert first.question.to("en") == second.question.to("en") == question
    assert first.title.to("en") == first.risk.to("en") == title
    assert [each.text.to("en") for each in first.choices] == answers
    assert [line.to("en") for line in first.remediation.steps[0].lines] == answers


@given(words=st.text(), prefix=st.sampled_from(["", "my-", "acme-"]))
def test_every_name_is_an_id(words: str, prefix: str) -> None:
    name = name_of(words, prefix)
    assert ID.fullmatch(name)
    assert name.startswith(prefix)


@given(words=st.lists(st.text(max_size=40), max_size=30))
def test_names_are_never_given_twice(words: list[str]) -> None:
    taken: set[str] = {"unknown", "null"}
    for each in words:
        name = free_name(each, taken, "choice")
        assert ID.fullmatch(name)
        assert name not in taken
        assert name != "null"  # the parser takes it for nothing
        taken.add(name)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Qui a la clé ?", "qui-a-la-cle"),
        ("2-factor", "list-2-factor"),
        ("Ключ", "list"),
        ("null", "list"),
        ("Look through the devices that are signed in", "look-through-the-devices-that"),
        ("x" * 50, "x" * LONGEST),
    ],
)
def test_a_name_is_made_of_whole_words(words: str, name: str) -> None:
    assert name_of(words) == name


def test_a_long_word_leaves_room_for_the_prefix() -> None:
    assert name_of("x" * 50, "my-") == "my-" + "x" * (LONGEST - 3)


def test_a_copy_of_our_own_list_is_one_of_its_versions_only(tmp_path: Path) -> None:
    """Elsewhere nobody's file may take the name."""
    copy = tmp_path / "copy.yaml"
    copy.write_bytes((BUNDLED / "signal.yaml").read_bytes())
    ours = load_list(BUNDLED / "signal.yaml", BUNDLED)
    assert load_list(copy, BUNDLED, is_any_version=True).checks == ours.checks
    with pytest.raises(FaultyFileError, match="must begin with “my-”"):
        load_list(copy, BUNDLED)
