"""The scripts of `tools/`: the record of a release, and the schema."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from runpy import run_path

import pytest
from tests.unit.catalog.lint.desk import GOOD, check

from hygiene import resources
from hygiene.catalog.released import FILE, parse_release

TOOLS = Path(__file__).resolve().parents[3] / "tools"


@pytest.fixture
def release() -> Callable[[Path], int]:
    main: Callable[[list[str]], int] = run_path(str(TOOLS / "release_checklists.py"))["main"]
    return lambda folder: main([str(folder)])


def test_a_release_is_recorded(tmp_path: Path, release: Callable[[Path], int]) -> None:
    """Of any folder; what is gone at the next one is retired."""
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD + check("b", question="{en: B, fr: B}"), encoding="utf-8")
    assert release(tmp_path) == 0
    first = (tmp_path / FILE).read_bytes()
    assert release(tmp_path) == 0
    assert (tmp_path / FILE).read_bytes() == first
    file.write_text(GOOD, encoding="utf-8")
    assert release(tmp_path) == 0
    mine = parse_release((tmp_path / FILE).read_bytes(), FILE).lists["mine"]
    assert (list(mine.checks), mine.retired) == (["a"], ("b",))


def test_faulty_checklists_are_not_released(
    tmp_path: Path, release: Callable[[Path], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """The record stays as it was; so do ids, which are compared with it."""
    file = tmp_path / "mine.yaml"
    file.write_text(GOOD, encoding="utf-8")
    release(tmp_path)
    before = (tmp_path / FILE).read_bytes()
    file.write_text(GOOD.replace("en: Q,", "en: Why,"), encoding="utf-8")
    assert release(tmp_path) == 1
    assert "raise the revision" in capsys.readouterr().err
    assert (tmp_path / FILE).read_bytes() == before


def test_the_schema_is_written_from_what_the_parser_knows() -> None:
    """And lies beside the checklists."""
    schema = run_path(str(TOOLS / "write_schema.py"))
    assert Path(schema["SCHEMA"]) == resources.bundled("checklists") / "checklist.schema.json"
    assert schema["schema"]() == Path(schema["SCHEMA"]).read_text(encoding="utf-8")
