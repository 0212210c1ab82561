"""Laws of reading files that someone wrote."""

from __future__ import annotations

import json
from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from hygiene.catalog.problems import FaultyFileError
from hygiene.catalog.tree import Node, parse_tree

# What JSON may hold as it is; line breaks of other scripts are folded by YAML.
words = st.text(st.characters(codec="utf-8", categories=["L", "M", "N", "P", "S"]), max_size=12)
values = st.recursive(
    words,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(words, inner, max_size=3),
    max_leaves=8,
)
pieces = st.lists(
    st.sampled_from(
        [
            "a",
            ":",
            " ",
            "\n",
            "- ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "&x ",
            "*x",
            "!t ",
            '"',
            "'",
            "|",
            "\t",
            "\\ud83d",
            "\ufeff",
        ]
    )
)


def plain(node: Node) -> object:
    match node.content:
        case str():
            return node.content
        case tuple():
            return [plain(each) for each in node.content]
        case _:
            return {key: plain(value) for key, value in node.content.items()}


@given(values, st.booleans(), st.sampled_from([None, 2, "\t"]))
def test_json_is_read_as_json(value: object, escaped: bool, indent: int | str | None) -> None:  # noqa: FBT001 - drawn
    """However it was written: on one line or many, its letters escaped or not."""
    data = json.dumps(value, ensure_ascii=escaped, indent=indent).encode()
    assert plain(parse_tree(data, "a.json")) == value


@given(st.one_of(st.binary(max_size=200), st.text().map(str.encode), pieces.map("".join).map(str.encode)))
def test_any_bytes_are_a_tree_or_problems(data: bytes) -> None:
    """Whatever lies in a file, nothing else is raised."""
    with suppress(FaultyFileError):
        parse_tree(data, "f.yaml")
