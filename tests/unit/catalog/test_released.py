"""The record of a release: sorted, stable, without a word of the texts."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.unit.catalog.lint.desk import OUR_CORE, OURS, check

from hygiene.catalog.lint.files import list_files, read_drafts
from hygiene.catalog.problems import FaultyFileError
from hygiene.catalog.released import Release, ReleasedCheck, make_release, parse_release, render_release


def release(folder: Path, text: str = OURS) -> Release:
    (folder / "_core.yaml").write_text(OUR_CORE, encoding="utf-8")
    (folder / "acme.yaml").write_text(text, encoding="utf-8")
    return make_release(read_drafts(folder, folder), Release())


def test_what_is_recorded(tmp_path: Path) -> None:
    """Of each check what its answers rest on; of each text a short hash by language."""
    text = OURS.replace("checks:", "core: {two-factor: {minutes: 1}}\nchecks:")
    lists = release(tmp_path, text).lists
    assert list(lists) == ["_core", "acme"] or set(lists) == {"_core", "acme"}
    own = lists["acme"].checks["a"]
    everyone = ("personal", "shared", "work")
    assert (own.revision, own.kind, own.core, own.choices) == (
        1,
        "choice",
        False,
        {"no": everyone, "yes": ()},
    )
    assert own.texts.keys() == {"title", "question", "risk", "steps"}
    assert own.texts["title"]["en"] == own.texts["title"]["fr"] != own.texts["question"]["en"]
    assert lists["acme"].checks["two-factor"] == ReleasedCheck(core_id="two-factor")
    assert lists["acme"].version == "2026.11"
    assert lists["_core"].checks["two-factor"].choices == {"app": everyone, "none": ()}


def test_it_is_read_as_it_is_written(tmp_path: Path) -> None:
    """And a second release of the same lists changes nothing, whatever their order."""
    first = release(tmp_path, OURS + check("b"))
    written = render_release(first)
    assert parse_release(written.encode(), "r.json") == first
    assert render_release(make_release(read_drafts(tmp_path, tmp_path), first)) == written
    turned = OURS.partition("checks:\n")
    again = release(tmp_path, f"{turned[0]}checks:\n{check('b')}{turned[2]}")
    assert render_release(again) == written


def test_it_holds_no_text(tmp_path: Path) -> None:
    """A line for each check, and nothing that could be read in it."""
    written = render_release(release(tmp_path, OURS.replace("{en: T, fr: T}", "{en: Blackbird, fr: Merle}")))
    assert "Blackbird" not in written
    assert sum(line.startswith('  "') for line in written.splitlines()) == 3


def test_an_empty_release() -> None:
    """Before anything was written."""
    assert parse_release(render_release(Release()).encode(), "r.json") == Release()


@pytest.mark.parametrize(
    "record", ["", "[]", '{"lists": 5}', '{"colour": 1}', '{"lists": {"a": {"checks": []}}}']
)
def test_what_is_no_record(record: str) -> None:
    """Refused, with the reason."""
    with pytest.raises(FaultyFileError, match="not a record of a release"):
        parse_release(record.encode(), "r.json")


def test_which_files_are_released(tmp_path: Path) -> None:
    """The lists and the questions that they share; not the register, the policy or what is asked before."""
    for name in ("_core", "_setup", "_networks", "_policy", "b", "a"):
        (tmp_path / f"{name}.yaml").touch()
    assert [file.stem for file in list_files(tmp_path)] == ["_core", "a", "b"]
