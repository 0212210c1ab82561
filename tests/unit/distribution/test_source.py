from __future__ import annotations

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from hygiene.distribution.failures import DamagedCopyError, SourceNameError, TooNewError
from hygiene.distribution.source import (
    Source,
    check_name,
    fingerprint_of,
    grouped,
    load_source,
    load_sources,
    tail,
    write_source,
)
from hygiene.safety.files import MissingFileError

ACME = Source(
    name="acme",
    address="https://lists.acme.example",
    fingerprint="0" * 64,
    managed=False,
    added_on=date(2026, 11, 22),
    verified_on=date(2026, 11, 23),
    latest_seen=datetime(2026, 11, 23, 9, 30, tzinfo=UTC),
    title="ACME",
    contact="security@acme.example",
)


class TestNames:
    @pytest.mark.parametrize("name", ["ac", "acme", "a1", "a" * 16])
    def test_small_letters_and_digits_will_do(self, name: str) -> None:
        assert check_name(name) == name

    @pytest.mark.parametrize(
        "name", ["", "a", "Acme", "1a", "ac-me", "ac_me", "a" * 17, "a.b", "../x", "acmé", "ac\n"]
    )
    def test_nothing_else_does(self, name: str) -> None:
        """Neither what could be a path nor what a list's id could not begin with."""
        with pytest.raises(SourceNameError, match="cannot have this name"):
            check_name(name)

    @pytest.mark.parametrize("name", ["my", "hygiene", "github"])
    def test_one_that_is_taken_does_not(self, name: str) -> None:
        with pytest.raises(SourceNameError, match=f"the name “{name}” is taken"):
            check_name(name, reserved={"github"})


def test_a_fingerprint_is_sixteen_groups_of_which_a_person_types_four() -> None:
    """The SHA-256 of no bytes, as published everywhere."""
    fingerprint = fingerprint_of(b"")
    assert grouped(fingerprint) == (
        "e3b0 c442 98fc 1c14 9afb f4c8 996f b924 27ae 41e4 649b 934c a495 991b 7852 b855"
    )
    assert tail(fingerprint) == "a495 991b 7852 b855"


class TestFiles:
    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        """The folder of all sources, with acme in it."""
        (tmp_path / "acme").mkdir()
        write_source(tmp_path / "acme", ACME)
        return tmp_path

    def change(self, folder: Path, old: bytes, new: bytes) -> None:
        path = folder / "acme" / "source.json"
        assert old in path.read_bytes()
        path.write_bytes(path.read_bytes().replace(old, new))

    def test_a_source_comes_back_as_it_was(self, folder: Path) -> None:
        assert load_source(folder, "acme") == ACME

    def test_one_that_is_not_there_is_missing(self, folder: Path) -> None:
        with pytest.raises(MissingFileError):
            load_source(folder, "other")

    @pytest.mark.parametrize(
        ("old", "new"),
        [
            (b"{", b"["),
            (b'"acme"', b'"other"'),
            (b'"name"', b'"nome"'),
            (b"2026-11-22", b"yesterday"),
            (b"ACME", b"\xff"),
        ],
    )
    def test_one_that_was_changed_is_told_and_the_rest_is_there(
        self, folder: Path, old: bytes, new: bytes
    ) -> None:
        (folder / "best").mkdir()
        write_source(
            folder / "best", Source("best", "/srv", "1" * 64, managed=True, added_on=date(2026, 1, 1))
        )
        self.change(folder, old, new)
        sources, problems = load_sources(folder)
        assert [source.name for source in sources] == ["best"]
        (problem,) = problems
        assert isinstance(problem, DamagedCopyError)
        assert str(problem) == "what this computer keeps of “acme” was changed or is damaged"

    def test_one_of_a_later_hygiene_is_told(self, folder: Path) -> None:
        """Whatever else stands in it by then."""
        self.change(folder, b'"format":1', b'"format":2')
        self.change(folder, b'"address"', b'"addresses"')
        with pytest.raises(TooNewError, match=re.escape("“acme” needs a newer hygiene than this one")):
            load_source(folder, "acme")

    def test_other_folders_are_no_sources(self, folder: Path) -> None:
        for name in (".new", "NOT", "empty"):
            (folder / name).mkdir()
        write_source(folder / ".new", ACME)
        write_source(folder / "NOT", ACME)
        assert load_sources(folder) == ((ACME,), ())

    def test_without_any_there_are_none(self, tmp_path: Path) -> None:
        assert load_sources(tmp_path / "sources") == ((), ())
