"""The published schema is current, and every JSON that is kept as an example fits it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from runpy import run_path
from typing import Any

import pytest
from jsonschema import Draft202012Validator, ValidationError

ROOT = Path(__file__).resolve().parents[3]
GOLDEN = ROOT / "tests" / "golden" / "reporting"
PUBLISHED = (ROOT / "docs" / "output.schema.json").read_text(encoding="utf-8")
SCHEMA = json.loads(PUBLISHED)
KEPT = sorted(path.name for path in GOLDEN.glob("*.json"))


def values(text: str) -> Iterator[Any]:
    """The JSON values that stand one after the other."""
    decoder, place = json.JSONDecoder(), 0
    while place < len(text):
        value, place = decoder.raw_decode(text, place)
        place += len(text[place:]) - len(text[place:].lstrip())
        yield value


def outputs() -> Iterator[Any]:
    for name in KEPT:
        for value in values((GOLDEN / name).read_text(encoding="utf-8")):
            if "schema" in value:
                yield value


def test_it_is_what_its_generator_makes() -> None:
    assert run_path(str(ROOT / "docs" / "generate_json_schema.py"))["render_schema"]() == PUBLISHED


def test_it_is_a_schema() -> None:
    Draft202012Validator.check_schema(SCHEMA)


def test_every_kept_example_fits() -> None:
    validator = Draft202012Validator(SCHEMA, format_checker=Draft202012Validator.FORMAT_CHECKER)
    seen = set()
    for value in outputs():
        validator.validate(value)
        seen.add(value["schema"])
    assert {"hygiene.report/1", "hygiene.status/1", "hygiene.due/1", "hygiene.history/1"} <= seen


@pytest.mark.parametrize("key", ["score", "outcomes", "findings", "passwords", "accounts"])
def test_a_report_without_a_key_does_not_fit(key: str) -> None:
    report: Mapping[str, Any] = json.loads((GOLDEN / "report.json").read_text(encoding="utf-8"))
    short = {name: value for name, value in report.items() if name != key}
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(short)


def test_a_word_that_is_not_one_of_them_does_not_fit() -> None:
    text = (GOLDEN / "report.json").read_text(encoding="utf-8").replace('"critical",', '"awful",')
    with pytest.raises(ValidationError):
        Draft202012Validator(SCHEMA).validate(json.loads(text))
