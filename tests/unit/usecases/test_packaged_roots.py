"""An organisation's package carries its root: found by its entry point, read as data."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from hygiene.distribution.source import ROOT_BYTES
from hygiene.errors import HygieneError
from hygiene.usecases.packaged_roots import packaged_roots


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An installed package `acme_lists`, as pip leaves it."""
    about = tmp_path / "acme_lists-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: acme-lists\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[hygiene.trust]\nacme = acme_lists\n")
    module = tmp_path / "acme_lists"
    module.mkdir()
    (module / "__init__.py").write_text("")
    (module / "root.json").write_bytes(b"{}")
    (module / "address").write_text("https://lists.acme.example/\n")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.delitem(sys.modules, "acme_lists", raising=False)
    return module


def found() -> tuple[list[tuple[str, str, bytes]], list[HygieneError]]:
    problems: list[HygieneError] = []
    return list(packaged_roots(problems)), problems


def test_without_such_a_package_there_is_none() -> None:
    assert found() == ([], [])


def test_it_is_found_by_its_entry_point(package: Path) -> None:
    assert package.exists()
    assert found() == ([("acme", "https://lists.acme.example/", b"{}")], [])


@pytest.mark.parametrize("spoil", ["no root", "no address", "no text", "too large", "no module"])
def test_what_is_not_as_it_should_be_is_named(package: Path, spoil: str) -> None:
    match spoil:
        case "no root":
            (package / "root.json").unlink()
        case "no address":
            (package / "address").unlink()
        case "no text":
            (package / "address").write_bytes(b"\xff")
        case "too large":
            (package / "root.json").write_bytes(b" " * (ROOT_BYTES + 1))
        case _:
            (package.parent / "acme_lists-1.dist-info" / "entry_points.txt").write_text(
                "[hygiene.trust]\nacme = not_there\n"
            )
    roots, problems = found()
    assert roots == []
    assert ["“acme”" in str(problem) for problem in problems] == [True]
