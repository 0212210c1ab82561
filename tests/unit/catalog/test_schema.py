"""The JSON Schema says what the parser says, as far as a schema can see."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator
from tests.unit.catalog import yaml_core

from hygiene import resources
from hygiene.catalog.check_fields import CHECK_KEYS, CHOICE_KEYS
from hygiene.catalog.parsing import (
    BUNDLED,
    FILE_KEYS,
    INSTANCE_KEYS,
    OWN_FILE,
    Origin,
    parse_checklist,
    parse_core,
)
from hygiene.catalog.problems import FaultyFileError, Problem
from hygiene.catalog.schema import checklist_schema, render_schema

FOLDER = resources.bundled("checklists")
LISTS = sorted(FOLDER.glob("[a-z]*.yaml"))
CORE = parse_core((FOLDER / "_core.yaml").read_bytes(), "_core.yaml")
SCHEMA = checklist_schema(CORE)
VALIDATOR = Draft202012Validator(SCHEMA)
SHIPPED = {file.stem: yaml_core.load(file.read_text(encoding="utf-8")) for file in LISTS}

# What a schema cannot see, by the words with which the parser says it.
UNSEEN = (
    "the id “{id}” stands here twice",
    "the condition of {check} names “{name}”, which is not known",
    "the condition is not understood near “{near}”",
    "{tag} has {found} steps, {language} has {expected}",
    "the text in the file's language ({language}) is missing",
)


def plain() -> dict[str, Any]:
    """A shipped list with a check of each kind put before its own."""
    data: dict[str, Any] = deepcopy(SHIPPED["instagram"])
    data["core"] = {key: data["core"][key] for key in ("password", "two-factor")}
    check = {"title": "T", "question": "Q?", "risk": "R", "severity": "low", "minutes": 3, "steps": ["Do."]}
    data["checks"] = [
        {**check, "id": "c", "choices": {"a": {"text": "A", "good": True}, "b": {"text": "B"}}},
        {**check, "id": "y", "choices": "yes-no", "good": "no"},
        {**check, "id": "d", "kind": "date", "within": 6},
        {**check, "id": "m", "kind": "many", "choices": {"a": {"text": "A"}}},
        *data["checks"][:2],
    ]
    return data


def own() -> dict[str, Any]:
    """The same as a person's own file, which takes up no core question."""
    return {key: value for key, value in plain().items() if key != "core"} | {"id": "my-list"}


def problems(data: Any, origin: Origin) -> tuple[Problem, ...]:
    """What the parser says of a file; JSON is YAML, and keeps numbers, booleans and null apart from text."""
    try:
        parse_checklist(json.dumps(data).encode(), "f.yaml", CORE if origin is BUNDLED else {}, origin)
    except FaultyFileError as error:
        return error.problems
    return ()


def is_seen(problem: Problem) -> bool:
    """Whether a schema could say it too; under `said` and `evidence` it does not know the choices."""
    names_a_choice = ".said." in problem.field or ".evidence." in problem.field
    return problem.reason not in UNSEEN and not names_a_choice


def is_valid(data: Any) -> bool:
    return bool(VALIDATOR.is_valid(data))


def changed(data: dict[str, Any], place: str, change: Callable[[Any, Any], None]) -> dict[str, Any]:
    """The file with a change at a place such as `checks.0.title`."""
    *way, last = [int(step) if step.isdigit() else step for step in place.split(".")]
    inside: Any = data
    for step in way:
        inside = inside[step]
    change(inside, last)
    return data


def put(place: str, value: Any, base: Callable[[], dict[str, Any]] = plain) -> dict[str, Any]:
    return changed(base(), place, lambda inside, key: inside.__setitem__(key, value))


def drop(place: str, base: Callable[[], dict[str, Any]] = plain) -> dict[str, Any]:
    return changed(base(), place, lambda inside, key: inside.__delitem__(key))


def each(place: str, *values: Any) -> dict[str, dict[str, Any]]:
    """The file with each of these values at a place, by name."""
    return {f"{place} {value!r:.40}": put(place, value) for value in values}


LONG_HOST = f"https://{'a.' * 127}com/"
BROKEN = {
    **{f"no {key}": drop(key) for key in ("format", "id", "version", "title")},
    **{f"no {key} in a check": drop(f"checks.0.{key}") for key in ("id", "title", "question", "risk")},
    "no severity": drop("checks.0.severity"),
    "no choices": drop("checks.0.choices"),
    "no choices of many": drop("checks.3.choices"),
    "no months of a date": drop("checks.2.within"),
    "no good word": drop("checks.1.good"),
    "no text of a choice": drop("checks.0.choices.a.text"),
    "no good choice": drop("checks.0.choices.a.good"),
    "no checks at all": {key: value for key, value in plain().items() if key not in ("core", "checks")},
    "no checks of one's own": put("checks", [], own),
    "unknown key": put("colour", "red"),
    "unknown key of a check": put("checks.0.colour", "red"),
    "unknown key of a choice": put("checks.0.choices.a.colour", "red"),
    "unknown key of a core question": put("core.password.title", "T"),
    "unknown core question": put("core.colour", {}),
    "core question of one's own": put("core", {"password": {}}, own),
    **each("format", 2, "two", None, True),
    **each("id", "you", "setup", "Instagram", "", None, 5),
    "long id of one's own": put("id", "my-" + "x" * 30, own),
    **each("version", "1.0", 2026, "2026", "11.2026", None, []),
    **each("language", "English", 5, None, ""),
    **each("title", "", " ", None, [], {}, {"EN": "T"}, [["T"]]),
    **each("network", "Insta gram", None, 7, []),
    **each("domains", "instagram.com", ["https://instagram.com"], ["instagram"], [5], {}),
    "sources as a text": put("sources", "a book"),
    "checks as a map": put("checks", {"a": 1}),
    "a check that is a text": put("checks.0", "a"),
    **each("checks.0.id", "A", "a b", "a.b", "", None, 5),
    **each("checks.0.severity", "dire", "High", None, 3, []),
    **each("checks.0.kind", "text", "host", "poem", None, True),
    **each("checks.0.core", "yes", 1, None),
    **each("checks.0.answer", "both", None),
    **each("checks.0.audience", "work", None),
    **each("checks.0.revision", 0, 10_000, -1, "one", None, 1.5),
    **each("checks.0.minutes", 0, 601, "soon", "0", None, [3]),
    **each("checks.2.within", 0, 121, "half a year", None),
    **each("checks.0.when", 5, None, True, []),
    **each("checks.0.replaces", "x.y", ["y"], ["X.y"], [None]),
    **each("checks.0.choices", "no-yes", [], {}, None, ["a"]),
    **{
        f"choice {name!r}": put(f"checks.0.choices.{name}", {"text": "T"})
        for name in ("unknown", "later", "not-applicable", "never", "A", "a b", "")
    },
    "a choice that is a text": put("checks.0.choices.b", "B"),
    "good purpose that is none": put("checks.0.choices.b.good", ["fun"]),
    "good that is neither": put("checks.0.choices.b.good", "yes"),
    "good for nobody": put("checks.0.choices.a.good", []),
    "a good word that is none": put("checks.1.good", "maybe"),
    "a date with choices": put("checks.2.choices", "yes-no"),
    "severity of a choice": put("checks.0.choices.b.severity", "dire"),
    **each(
        "checks.0.steps", "Do.", None, {}, {"windows-phone": 1}, {"en": "Do."}, {"en": []}, [None], [["Do."]]
    ),
    "steps for a strange platform": put("checks.0.steps", {"web": ["Do."], "tv": ["Do."]}),
    "steps for a platform, none": put("checks.0.steps", {"web": None}),
    **each(
        "checks.0.settings",
        "http://x.org",
        "x.org",
        "https://",
        "https://me@x.org/",
        5,
        [],
        "https://a b.org",
        LONG_HOST,
    ),
    **each("checks.0.sourced", "2026", 2026, "2026-13", "May"),
    **each("checks.0.verified", "2026-03", "2026-03-32", 20260301),
    **each("checks.0.confidence", "sure", None),
}

# Broken too, and a schema says nothing: see docs/checklist-format.md.
UNSEEN_VARIANTS = {
    "an id twice": put("checks.1.id", "c"),
    "the id of a core question that is taken up": put("checks.0.id", "password"),
    "a condition on a check that is not there": put("checks.0.when", "instagram.nothing is yes"),
    "a condition that is none": put("checks.0.when", "yes or"),
    "unequal numbers of steps": put("checks.0.steps", {"en": ["A.", "B."], "fr": ["A."]}),
    "no text in the file's language": put("checks.0.title", {"fr": "T"}),
    "what was said of a choice that is not there": put("checks.0.said", {"z": "Z"}),
    "a blank text in the file's language": put("checks.0.title", {"en": "", "fr": "T"}),
}

GOOD = {
    "as it is": plain(),
    "of one's own": own(),
    "numbers as text": put("checks.0.minutes", "3"),
    "a flag as text": put("checks.0.core", "true"),
    "a text that is a number": put("checks.0.title", 2026),
    "a text that is true": put("checks.0.choices.b.text", True),
    "a version that is a number": put("version", 2026.11),
    "no language": drop("language"),
    "no domains": put("domains", None),
    "a core question with nothing of its own": put("core.password", None),
    "no link": put("checks.0.settings", None),
    "a link with a placeholder": put("checks.0.settings", "https://www.{marketplace}/a?b=1#c"),
    "steps for platforms": put("checks.0.steps", {"web": {"en": ["A."]}, "ios": ["A."]}),
    "a source that is a year": put("checks.0.sources", [2026]),
    "good for some": put("checks.0.choices.a.good", ["work", "shared"]),
    "a missing translation": put("checks.0.title", {"en": "T", "fr": None}),
    "what was said": put("checks.0.said", {"a": "I said a."}),
    "no month": put("checks.0.sourced", None),
}


def origin_of(data: dict[str, Any]) -> Origin:
    return OWN_FILE if str(data.get("id", "")).startswith("my-") else BUNDLED


@pytest.mark.parametrize("file", LISTS, ids=lambda file: file.stem)
def test_every_shipped_list_is_valid(file: Path) -> None:
    """As an editor reads it."""
    assert [each.message for each in VALIDATOR.iter_errors(SHIPPED[file.stem])] == []


def test_the_shipped_schema_is_what_the_generator_makes() -> None:
    """`python tools/write_schema.py` writes it."""
    assert (FOLDER / "checklist.schema.json").read_text(encoding="utf-8") == render_schema(CORE)


def test_it_is_a_schema() -> None:
    """Of the draft that it names."""
    Draft202012Validator.check_schema(SCHEMA)


def test_it_knows_every_key_of_the_parser_and_explains_it() -> None:
    """No list of keys beside the parser's."""
    definitions = SCHEMA["$defs"]
    for schema, keys in (
        (SCHEMA, FILE_KEYS),
        (definitions["check"], CHECK_KEYS),
        (definitions["instance"], INSTANCE_KEYS),
        (definitions["choice"], CHOICE_KEYS),
    ):
        assert schema["properties"].keys() == keys
        assert all(each["description"].endswith(tuple(".1s")) for each in schema["properties"].values())
    assert definitions["core"]["properties"].keys() == CORE.keys()


@pytest.mark.parametrize("data", BROKEN.values(), ids=BROKEN)
def test_both_refuse(data: dict[str, Any]) -> None:
    """A file that is broken, in one of many ways."""
    assert problems(data, origin_of(data)) != ()
    assert not is_valid(data)


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_both_accept(data: dict[str, Any]) -> None:
    """Unusual, and right."""
    assert problems(data, origin_of(data)) == ()
    assert [each.message for each in VALIDATOR.iter_errors(data)] == []


@pytest.mark.parametrize("data", UNSEEN_VARIANTS.values(), ids=UNSEEN_VARIANTS)
def test_what_a_schema_cannot_see(data: dict[str, Any]) -> None:
    """Only the parser, and so `lint`, refuses these."""
    found = problems(data, BUNDLED)
    assert found
    assert not any(map(is_seen, found))
    assert is_valid(data)


def test_enough_variants() -> None:
    """The tables above are no handful."""
    assert len(BROKEN) >= 60


def places(data: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every place of a file as a container and a key or index."""
    if isinstance(data, dict | list):
        for key, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield data, key
            yield from places(value)


VALUES: tuple[Any, ...] = (
    None,
    True,
    0,
    3,
    -1,
    1000,
    "",
    " ",
    "a",
    "a b",
    "yes",
    "2026-03",
    [],
    ["a"],
    {},
    {"a": "b"},
)


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(SHIPPED)), st.data())
def test_they_agree_on_any_one_change(name: str, draw: st.DataObject) -> None:
    """Something removed, added, or replaced by something else, anywhere in a shipped file."""
    data = deepcopy(SHIPPED[name])
    inside, key = draw.draw(st.sampled_from(list(places(data))), label="where")
    assume(
        (inside, key) != (data, "id")
    )  # only the schema tells apart which ids are ours and which one's own
    what = draw.draw(st.sampled_from(("remove", "add", "replace")), label="what")
    if what == "remove":
        del inside[key]
    elif what == "add" and isinstance(inside, dict):
        inside["added-key"] = draw.draw(st.sampled_from(VALUES), label="value")
    else:
        inside[key] = draw.draw(st.sampled_from(VALUES), label="value")
    found = problems(data, BUNDLED)
    if is_valid(data):
        assert [str(each) for each in found if is_seen(each)] == []
    else:
        assert found != ()
