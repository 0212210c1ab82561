"""YAML as a tree of texts with line numbers."""

import time

import pytest
from tests.unit.catalog.said import problems

from hygiene.catalog.tree import LARGEST_FILE, Node, parse_tree

ALIASES = "aliases are not accepted: write it out"
TAGS = "tags are not accepted: every value is text"
KEY = "a key must be a plain word"


def read(data: bytes) -> object:
    """The file as plain values."""
    return plain(parse_tree(data, "f.yaml"))


def plain(node: Node) -> object:
    match node.content:
        case str():
            return node.content
        case tuple():
            return [plain(each) for each in node.content]
        case _:
            return {key: plain(value) for key, value in node.content.items()}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"no: yes", {"no": "yes"}),
        (b"sourced: 2026-03", {"sourced": "2026-03"}),
        (b"a: [1, 1.0, 0x1f, 010, 1e3, .inf]", {"a": ["1", "1.0", "0x1f", "010", "1e3", ".inf"]}),
        (b"a: null\nb: ~\nc:\nd: ''", {"a": "null", "b": "~", "c": "", "d": ""}),
        (b"a: true\nb: off\nc: 2026-03-17 10:00:00", {"a": "true", "b": "off", "c": "2026-03-17 10:00:00"}),
        (b"<<: {a: 1}", {"<<": {"a": "1"}}),
        (b"=: a", {"=": "a"}),
        ("é: « è »".encode(), {"é": "« è »"}),
        (b"\xef\xbb\xbfa: b", {"a": "b"}),
        (b'{"a": 1, "b": [true, null, "c\\u00e9"]}', {"a": "1", "b": ["true", "null", "cé"]}),
        (b'{"a": "\\ud83d\\ude00", "b": "\\\\ud83d\\\\ude00"}', {"a": "😀", "b": "\\ud83d\\ude00"}),
        (b"a: >\n  one\n  two\nb: |\n  one\n  two\n", {"a": "one two\n", "b": "one\ntwo\n"}),
        (b"--- # a comment\na: 1\n...\n", {"a": "1"}),
        (b"a: &name 1", {"a": "1"}),
        (b"[a, [], {}]", ["a", [], {}]),
    ],
)
def test_every_scalar_is_text(data: bytes, expected: object) -> None:
    """Words, months and numbers stay as they were written: none of YAML 1.1's surprises."""
    assert read(data) == expected


def test_every_place_knows_its_line() -> None:
    """Values, and the keys of a map, whose value may begin below."""
    tree = parse_tree(b"# a comment\na:\n  b: 1\n\nc:\n  - 2\n", "f.yaml")
    assert isinstance(tree.content, dict)
    assert tree.line == 2
    assert tree.key_lines == {"a": 2, "c": 5}
    assert {key: node.line for key, node in tree.content.items()} == {"a": 3, "c": 6}


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", ["f.yaml:1: the file is empty"]),
        (b"# nothing\n", ["f.yaml:1: the file is empty"]),
        (b"a: 1\n\xff: 2", ["f.yaml:2: not UTF-8 text"]),
        ("a: é".encode("utf-16"), ["f.yaml:1: not UTF-8 text"]),
        ("é: 1\nb: \x07".encode(), ["f.yaml:2: a control character"]),
        (b"a: 1\nb: \x1b[31mred", ["f.yaml:2: a control character"]),
        (b"a: b\x00", ["f.yaml:1: a control character"]),
        (b"a: {b: 1\n", ["f.yaml:1: not YAML: did not find expected ',' or '}'"]),
        (b'a: 1\nb: "c\nd: 2\n', ["f.yaml:2: not YAML: found unexpected end of stream"]),
        (b"a: {b: 1\nc: {", ["f.yaml:2: not YAML: did not find expected ',' or '}'"]),
        (b"a: 1\n  b: 2\n", ["f.yaml:2: not YAML: mapping values are not allowed in this context"]),
        (b"a: 1\na: 2\n", ["f.yaml:2: a: the key stands here twice"]),
        (b"x:\n  - a: 1\n    a: 2\n", ["f.yaml:3: x[0].a: the key stands here twice"]),
        (b"a: &x [1]\nb: *x\nc: [1, 2, *x]", [f"f.yaml:2: b: {ALIASES}", f"f.yaml:3: c[2]: {ALIASES}"]),
        (b"a: &x {b: *x}", [f"f.yaml:1: a.b: {ALIASES}"]),
        (b"*x : 1", [f"f.yaml:1: {ALIASES}", f"f.yaml:1: {KEY}"]),
        (b"a: !!python/object/apply:os.system [ls]", [f"f.yaml:1: a: {TAGS}"]),
        (b"a: !!int 5\nb: ! c", [f"f.yaml:1: a: {TAGS}", f"f.yaml:2: b: {TAGS}"]),
        (b"--- !!map {a: b}", [f"f.yaml:1: {TAGS}"]),
        (b"[a]: b\n{c: d}: e", [f"f.yaml:1: {KEY}", f"f.yaml:2: {KEY}"]),
        (b'"\\e[31m": 1', [f"f.yaml:1: {KEY}"]),
        (b'x: {"a\\u202eb": 1}', [f"f.yaml:1: x: {KEY}"]),
        (b"a: 1\n---\nb: 2\n", ["f.yaml:2: more than one document"]),
        (b"%YAML 3.0\n--- a", ["f.yaml:1: not YAML: found incompatible YAML document"]),
        (
            b"a: 1\na: 2\nb: *x\nc: [",
            [
                "f.yaml:2: a: the key stands here twice",
                f"f.yaml:3: b: {ALIASES}",
                "f.yaml:4: not YAML: did not find expected node content",
            ],
        ),
    ],
)
def test_what_checklists_do_not_need_is_refused(data: bytes, expected: list[str]) -> None:
    """With line and place, everything at once; nothing of a key or value that could harm a terminal."""
    assert problems(lambda: parse_tree(data, "f.yaml")) == expected


@pytest.mark.parametrize(
    ("data", "where"),
    [
        (b"[" * 32 + b"]" * 32, " [0]" + "[0]" * 30 + ":"),
        (b"[" * 500_000, " [0]" + "[0]" * 30 + ":"),
        (b"{a: " * 100_000, " a" + ".a" * 29 + ":"),
        (b"- " * 100_000, " [0]" + "[0]" * 30 + ":"),
        (b"? " * 100_000, ""),
    ],
    ids=["a little", "brackets", "braces", "dashes", "keys"],
)
def test_deep_nesting_is_refused(data: bytes, where: str) -> None:
    """Below the thirty-first level, before it can exhaust the stack."""
    assert problems(lambda: parse_tree(data, "f.yaml")) == [f"f.yaml:1:{where} nested too deeply"]
    assert read(b"[" * 31 + b"]" * 31)


def test_a_large_file_is_refused_before_it_is_read() -> None:
    """Ten MiB of aliases of aliases, too; one of exactly 1 MiB is read."""
    bomb = b"a: &a [x, x]\n" + b"".join(b"k%d: &k%d [*a, *a]\n" % (each, each) for each in range(10))
    began = time.monotonic()
    ten_mib = bomb + b"z: [" + b"*k9, " * (2 * 1024 * 1024) + b"]"
    assert problems(lambda: parse_tree(ten_mib, "f.yaml")) == ["f.yaml:1: larger than 1 MiB"]
    one_more = b"#" * (LARGEST_FILE - 4) + b"\na: b"
    assert problems(lambda: parse_tree(one_more, "f.yaml")) == ["f.yaml:1: larger than 1 MiB"]
    assert time.monotonic() - began < 1
    assert read(b"#" * (LARGEST_FILE - 5) + b"\na: b") == {"a": "b"}


def test_the_limit_is_1_mib() -> None:
    """To the byte."""
    assert LARGEST_FILE == 1_048_576


def test_aliases_are_not_followed() -> None:
    """A small file that would grow to a billion values is refused as quickly as any other."""
    lines = [b"a0: &a0 x"]
    lines += [b"a%d: &a%d [%s]" % (n, n, b",".join([b"*a%d" % (n - 1)] * 10)) for n in range(1, 10)]
    assert len(problems(lambda: parse_tree(b"\n".join(lines), "f.yaml"))) == 90
