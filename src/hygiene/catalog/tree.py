"""YAML as a tree of texts with line numbers.

Every scalar is text until a field asks for something else, so `no` stays a word, `2026-03` a month, and the
surprises of YAML 1.1 cannot happen. Duplicate keys, aliases, tags and files above 1 MiB are refused.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import yaml

from hygiene.catalog.problems import FaultyFileError, Problems
from hygiene.language import N_

LARGEST_FILE = 1024 * 1024  # bytes
_DEEPEST = 30

_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)


@dataclass(frozen=True, slots=True)
class Node:
    """One place in the file.

    Attributes:
        content: a text, a list of nodes, or a map from key to node.
        line: counted from 1.
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
    root = _compose(data, problems)
    tree = _Builder(problems).build(root, "", 0) if root is not None else None
    if tree is None:
        problems.add(1, "", N_("the file is empty"))
    problems.raise_if_any()
    assert tree is not None  # noqa: S101 - an empty file has just been refused
    return tree


def _compose(data: bytes, problems: Problems) -> yaml.Node | None:
    try:
        root: yaml.Node | None = yaml.compose(data.decode("utf-8"), Loader=_Loader)
    except UnicodeDecodeError as error:
        problems.add(data[: error.start].count(b"\n") + 1, "", N_("not UTF-8 text"))
    except yaml.reader.ReaderError as error:
        line = data.decode("utf-8")[: error.position].count("\n") + 1
        problems.add(line, "", N_("a control character"))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark else 1
        problems.add(line, "", N_("not YAML: {detail}"), detail=error.problem or error.context or "?")
    except yaml.YAMLError:
        problems.add(1, "", N_("not YAML"))
    except RecursionError:
        problems.add(1, "", N_("nested too deeply"))
    if problems.found:
        raise FaultyFileError(problems.found)
    return root


class _Builder:
    """Turns the composed nodes into ours and refuses what checklists do not need."""

    def __init__(self, problems: Problems) -> None:
        self._problems = problems
        self._seen: set[int] = set()

    def build(self, node: yaml.Node, where: str, depth: int) -> Node | None:
        line = node.start_mark.line + 1
        if id(node) in self._seen:
            self._problems.add(line, where, N_("aliases are not accepted: write it out"))
            return None
        self._seen.add(id(node))
        if depth > _DEEPEST:
            self._problems.add(line, where, N_("nested too deeply"))
            return None
        match node:
            case yaml.ScalarNode():
                return Node(str(node.value), line)
            case yaml.SequenceNode():
                items = (
                    self.build(item, f"{where}[{place}]", depth + 1) for place, item in enumerate(node.value)
                )
                return Node(tuple(item for item in items if item), line)
            case _:
                return self._mapping(node, where, depth)

    def _mapping(self, node: yaml.Node, where: str, depth: int) -> Node:
        content: dict[str, Node] = {}
        lines: dict[str, int] = {}
        for key, value in self._pairs(node):
            line = key.start_mark.line + 1
            inside = f"{where}.{key.value}" if where else str(key.value)
            if not isinstance(key, yaml.ScalarNode):
                self._problems.add(line, where, N_("a key must be a plain word"))
            elif key.value in content:
                self._problems.add(line, inside, N_("the key stands here twice"))
            elif built := self.build(value, inside, depth + 1):
                content[key.value] = built
                lines[key.value] = line
        return Node(content, node.start_mark.line + 1, lines)

    @staticmethod
    def _pairs(node: yaml.Node) -> Iterator[tuple[yaml.Node, yaml.Node]]:
        return iter(node.value)
