"""The texts of a checklist file as they are written, in every language, each with its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from hygiene.catalog.check_fields import PLATFORMS
from hygiene.catalog.cursor import Cursor
from hygiene.catalog.parsing import Draft
from hygiene.catalog.tree import Node

_TEXTS = ("title", "question", "group_question", "done", "risk")


class Written(Struct, frozen=True):
    """One text, or one list of steps.

    Attributes:
        name: what it is within its check, such as `question`, `choices.yes`, `steps.ios`.
        where: its place in the file.
        by_language: its lines, by language; blank ones left out.
        is_translated: whether it is a map from language to text.
    """

    name: str
    where: str
    by_language: Mapping[str, tuple[str, ...]]
    is_translated: bool

    @property
    def kind(self) -> str:
        """What it is: `title`, `question`, `choices`, `said` or `steps`, say."""
        return self.name.partition(".")[0]

    def place(self, language: str, line: int | None = None) -> str:
        """Return the place of the text in a language, or of one of its steps, counted from 0."""
        where = f"{self.where}.{language}" if self.is_translated else self.where
        return where if line is None or self.kind != "steps" else f"{where}[{line}]"

    def missing(self, language: str) -> str:
        """Return the place where the text in a language ought to stand."""
        return f"{self.where}.{language}"


def title_of(draft: Draft) -> Iterator[Written]:
    """Yield the title of the file, if it has one."""
    content = draft.root.node.content
    if isinstance(content, Mapping) and "title" in content:
        yield _written("title", "title", content["title"], draft.checklist.language)


def texts_at(check: Cursor, language: str) -> Iterator[Written]:
    """Yield the texts that stand at a check, or at a core question that a network takes up."""
    content = check.node.content
    if not isinstance(content, Mapping):
        return
    for name in _TEXTS:
        if name in content:
            yield _written(name, f"{check.field}.{name}", content[name], language)
    for choice, text in choices_at(check).items():
        yield _written(f"choices.{choice}", f"{check.field}.choices.{choice}.text", text, language)
    said = content["said"].content if "said" in content else {}
    for choice, text in said.items() if isinstance(said, Mapping) else ():
        yield _written(f"said.{choice}", f"{check.field}.said.{choice}", text, language)
    for name, steps in _steps(content.get("steps")):
        yield _written(name, f"{check.field}.{name}", steps, language)


def words_at(check: Cursor, name: str) -> str:
    """Return a field that is one text for all languages, such as a link; empty where there is none."""
    content = check.node.content
    words = content[name].content if isinstance(content, Mapping) and name in content else ""
    return words.strip() if isinstance(words, str) else ""


def choices_at(check: Cursor) -> Mapping[str, Node]:
    """Return the texts of the choices that are written at a check, by choice."""
    content = check.node.content
    choices = content["choices"].content if isinstance(content, Mapping) and "choices" in content else {}
    return {
        choice: node.content["text"]
        for choice, node in (choices.items() if isinstance(choices, Mapping) else ())
        if isinstance(node.content, Mapping) and "text" in node.content
    }


def _steps(node: Node | None) -> Iterator[tuple[str, Node]]:
    if node is None:
        return
    content = node.content
    if isinstance(content, Mapping) and content.keys() & set(PLATFORMS):
        yield from ((f"steps.{name}", each) for name, each in content.items())
    else:
        yield "steps", node


def _written(name: str, where: str, node: Node, language: str) -> Written:
    content = node.content
    is_translated = isinstance(content, Mapping)
    texts = content if isinstance(content, Mapping) else {language: node}
    return Written(
        name, where, {tag: _lines(each) for tag, each in texts.items() if _lines(each)}, is_translated
    )


def _lines(node: Node) -> tuple[str, ...]:
    """Return the lines of a text or of a list of texts."""
    items = node.content if isinstance(node.content, tuple) else (node,)
    return tuple(
        item.content.strip() for item in items if isinstance(item.content, str) and item.content.strip()
    )
