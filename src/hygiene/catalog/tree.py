"""YAML as a tree of texts with line numbers.

Every scalar is text until a field asks for something else, so `no` stays a word, `2026-03` a month, and the
surprises of YAML 1.1 cannot happen. Duplicate keys, aliases, tags and files above 1 MiB are refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

import yaml
from msgspec import Struct, field

from hygiene.catalog.problems import Problems
from hygiene.language import N_
from hygiene.safety.cleaning import find_unclean

LARGEST_FILE = 1024 * 1024  # bytes
_DEEPEST = 30

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# JSON (RFC 8259 section 7) writes a character such as an emoji as two escapes, which YAML does not know.
_PAIR = re.compile(r"(?<!\\)((?:\\\\)*)\\u(d[89ab][0-9a-f]{2})\\u(d[c-f][0-9a-f]{2})", re.IGNORECASE)
# What YAML 1.2 calls non-printable (5.1), and its readers refuse.
_NOT_YAML = re.compile(r"[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Node(Struct, frozen=True):
    """One place in the file.

    Attributes:
        content: a text, a list of nodes, or a map from key to node.
        line: counted from 1.
        key_lines: of a map, where each key stands; its value may begin below.
    """

    content: str | tuple[Node, ...] | Mapping[str, Node]
    line: int
    key_lines: Mapping[str, int] = field(default_factory=dict)


def parse_tree(data: bytes, file: str) -> Node:
    """Return the tree of a YAML or JSON file.

    Args:
        data: the file's bytes.
        file: what to call it in problems.

    Raises:
        FaultyFileError: it is too large, is not UTF-8 or not YAML, or uses what is refused here.
    """
    problems = Problems(file)
    if len(data) > LARGEST_FILE:
        problems.add(1, "", N_("larger than 1 MiB"))
        problems.raise_if_any()
    tree = _read(data, problems)
    if tree is None and not problems.found:
        problems.add(1, "", N_("the file is empty"))
    problems.raise_if_any()
    assert tree is not None  # noqa: S101 - an empty file has just been refused
    return tree


def _read(data: bytes, problems: Problems) -> Node | None:
    """Return the tree, or None where reading had to end; a problem says why."""
    try:
        # Events rather than yaml.compose, which recurses in C and dies with the process on a deep nest.
        text = _PAIR.sub(_joined, data.decode())
        return _Builder(yaml.parse(text, Loader=_Loader), problems).document()
    except UnicodeDecodeError as error:
        problems.add(data[: error.start].count(b"\n") + 1, "", N_("not UTF-8 text"))
    except yaml.reader.ReaderError:
        problems.add(_line_of_control(data.decode()), "", N_("a control character"))
    except yaml.MarkedYAMLError as error:
        line = _line_of_error(error, len(data.splitlines()))
        problems.add(line, "", N_("not YAML: {detail}"), detail=error.problem or error.context or "?")
    except _TooDeep as error:
        problems.add(error.line, error.where, N_("nested too deeply"))
    return None


def _line_of_error(error: yaml.MarkedYAMLError, last: int) -> int:
    """Return where YAML was left; where that is the end of the file, what was opened and never closed."""
    mark = error.problem_mark or error.context_mark
    if mark and mark.line >= last:
        mark = error.context_mark or mark
    return min(int(mark.line) + 1, last) if mark else 1


def _joined(pair: re.Match[str]) -> str:
    high, low = int(pair[2], 16), int(pair[3], 16)
    return pair[1] + chr(0x10000 + ((high & 0x3FF) << 10) + (low & 0x3FF))


def _line_of_control(text: str) -> int:
    """Return the first line with a character that YAML refuses; the reader counts in bytes or characters."""
    return next((n for n, line in enumerate(text.split("\n"), 1) if _NOT_YAML.search(line)), 1)


class _TooDeep(Exception):  # noqa: N818 - never leaves this file
    def __init__(self, line: int, where: str) -> None:
        super().__init__()
        self.line = line
        self.where = where


class _Builder:
    """Turns the events of a file into our nodes and refuses what checklists do not need."""

    def __init__(self, events: Iterator[yaml.Event], problems: Problems) -> None:
        self._events = events
        self._problems = problems

    def document(self) -> Node | None:
        next(self._events)  # the stream begins
        if isinstance(next(self._events), yaml.StreamEndEvent):
            return None
        tree = self._node(next(self._events), "", 0)
        next(self._events)  # the document ends
        if not isinstance(more := next(self._events), yaml.StreamEndEvent):
            self._problems.add(_line(more), "", N_("more than one document"))
        return tree

    def _node(self, event: yaml.Event, where: str, depth: int) -> Node | None:
        line = _line(event)
        if depth > _DEEPEST:
            raise _TooDeep(line, where)
        if isinstance(event, yaml.AliasEvent):
            self._problems.add(line, where, N_("aliases are not accepted: write it out"))
            return None
        if getattr(event, "tag", None):
            self._problems.add(line, where, N_("tags are not accepted: every value is text"))
        match event:
            case yaml.ScalarEvent():
                return Node(event.value, line)
            case yaml.SequenceStartEvent():
                return Node(tuple(self._items(where, depth)), line)
            case _:
                return self._mapping(line, where, depth)

    def _items(self, where: str, depth: int) -> Iterator[Node]:
        place = 0
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            if built := self._node(event, f"{where}[{place}]", depth + 1):
                yield built
            place += 1

    def _mapping(self, line: int, where: str, depth: int) -> Node:
        content: dict[str, Node] = {}
        lines: dict[str, int] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            key = self._key(event, where, depth)
            inside = f"{where}.{key}" if where and key else key or where
            value = self._node(next(self._events), inside, depth + 1)
            if key is None:
                self._problems.add(_line(event), where, N_("a key must be a plain word"))
            elif key in content:
                self._problems.add(_line(event), inside, N_("the key stands here twice"))
            elif value:
                content[key] = value
                lines[key] = _line(event)
        return Node(content, line, lines)

    def _key(self, event: yaml.Event, where: str, depth: int) -> str | None:
        """Return a key that may be shown as it is; None for anything else."""
        node = self._node(event, where, depth + 1)
        words = node.content if node else None
        return words if isinstance(words, str) and find_unclean(words) is None else None


def _line(event: yaml.Event) -> int:
    mark = event.start_mark
    return int(mark.line) + 1 if mark else 1
