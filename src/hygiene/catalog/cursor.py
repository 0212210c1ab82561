"""Reading a tree field by field: a value of the wrong form becomes a problem, and reading goes on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import TypeVar

from hygiene.catalog.problems import Level, Problems
from hygiene.catalog.tree import Node
from hygiene.language import N_
from hygiene.model.text import Text
from hygiene.safety.cleaning import find_unclean

NULL = frozenset({"", "null", "~"})
LANGUAGE = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
# A host of at most 253 characters (RFC 1035 section 2.3.4) that may hold placeholders; no user name.
LINK = re.compile(r"https://(?![^/?#:]{254})[A-Za-z0-9.{}-]+[A-Za-z0-9{}-](:[0-9]{1,5})?([/?#]\S*)?")

E = TypeVar("E", bound=Enum)


class Cursor:
    """One place of a file, and where to report what is wrong with it."""

    def __init__(self, node: Node, field: str, problems: Problems) -> None:
        self.node = node
        self.field = field
        self.problems = problems

    @property
    def is_null(self) -> bool:
        """Whether nothing stands here."""
        return isinstance(self.node.content, str) and self.node.content in NULL

    @property
    def is_blank(self) -> bool:
        """Whether no text stands here: nothing, or spaces alone."""
        return self.is_null or (isinstance(self.node.content, str) and not self.node.content.strip())

    def problem(self, reason: str, level: Level = Level.ERROR, **values: object) -> None:
        """Note a fault at this place."""
        self.problems.add(self.node.line, self.field, reason, level, **values)

    def fields(self, known: frozenset[str], required: frozenset[str] = frozenset()) -> Mapping[str, Cursor]:
        """Return the fields of a map; keys that nobody reads, and required ones that lack, are problems."""
        fields = self.entries()
        for key, cursor in fields.items():
            if key not in known:
                line = self.node.key_lines.get(key, cursor.node.line)
                self.problems.add(line, cursor.field, N_("unknown key"))
        for key in sorted(required - fields.keys()):
            self.problems.add(self.node.line, self._inside(key), N_("missing"))
        return fields

    def entries(self) -> Mapping[str, Cursor]:
        """Return the entries of a map whose keys are free."""
        content = self.node.content
        if self.is_null:
            return {}
        if not isinstance(content, Mapping):
            self.problem(N_("must be a map"))
            return {}
        return {key: Cursor(node, self._inside(key), self.problems) for key, node in content.items()}

    def items(self) -> Iterator[Cursor]:
        """Yield the places of a list."""
        content = self.node.content
        if not isinstance(content, tuple):
            if not self.is_null:
                self.problem(N_("must be a list"))
            return
        for place, node in enumerate(content):
            yield Cursor(node, f"{self.field}[{place}]", self.problems)

    def words(self) -> str:
        """Return a text without control or direction characters."""
        content = self.node.content
        if not isinstance(content, str):
            self.problem(N_("must be a text"))
            return ""
        if find_unclean(content, multiline=True) is not None:
            self.problem(N_("holds a control character or a hidden direction mark"))
            return ""
        return content.strip()

    def matching(self, pattern: re.Pattern[str], example: str) -> str:
        """Return a text of a certain form."""
        words = self.words()
        if self.is_blank or (words and not pattern.fullmatch(words)):
            self.problem(N_("“{value}” is not of the form {example}"), value=words, example=example)
        return words

    def one_of(self, kind: type[E], default: E, names: Mapping[str, E] | None = None) -> E:
        """Return a member of an enumeration by its value (or by `names`)."""
        members = names or {str(member.value): member for member in kind}
        words = self.words()
        if words not in members:
            self.problem(N_("“{value}” is not one of {allowed}"), value=words, allowed=", ".join(members))
        return members.get(words, default)

    def number(self, lowest: int, highest: int) -> int:
        """Return a whole number between two bounds."""
        words = self.words()
        if words.isascii() and words.isdigit() and len(words) <= len(str(highest)):
            number = int(words)
            if lowest <= number <= highest:
                return number
        self.problem(N_("must be a whole number from {lowest} to {highest}"), lowest=lowest, highest=highest)
        return lowest

    def flag(self) -> bool:
        """Return true or false, spelled so."""
        words = self.words()
        if words not in ("true", "false"):
            self.problem(N_("must be true or false"))
        return words == "true"

    def link(self) -> str | None:
        """Return an https address, or None for an empty one."""
        if self.is_null:
            return None
        words = self.words()
        if not LINK.fullmatch(words):
            self.problem(N_("must be an https address"))
            return None
        return words

    def text(self, language: str) -> Text:
        """Return a text in one language, or a map from language to text."""
        if isinstance(self.node.content, str):
            return Text(language, {language: self._line()})
        texts = {tag: cursor.words() for tag, cursor in self._by_language().items()}
        if not texts.get(language):
            self.problem(N_("the text in the file's language ({language}) is missing"), language=language)
            texts[language] = ""
        return Text(language, texts)

    def texts(self, language: str) -> tuple[Text, ...]:
        """Return a list of texts, or a map from language to lists of the same length."""
        if isinstance(self.node.content, tuple):
            return tuple(Text(language, {language: item._line()}) for item in self.items())  # noqa: SLF001
        columns = {
            tag: [item._line() for item in cursor.items()]  # noqa: SLF001 - another place of the same kind
            for tag, cursor in self._by_language().items()
        }
        if not columns.get(language):
            self.problem(N_("the text in the file's language ({language}) is missing"), language=language)
            return ()
        length = len(columns[language])
        for tag, lines in columns.items():
            if len(lines) != length:
                self.problem(
                    N_("{tag} has {found} steps, {language} has {expected}"),
                    tag=tag,
                    found=len(lines),
                    language=language,
                    expected=length,
                )
        whole = {tag: lines for tag, lines in columns.items() if len(lines) == length}
        return tuple(Text(language, {tag: whole[tag][place] for tag in whole}) for place in range(length))

    def _line(self) -> str:
        if self.is_blank:
            self.problem(N_("must be a text"))
        return self.words()

    def _by_language(self) -> Mapping[str, Cursor]:
        cursors = self.entries()
        for tag, cursor in cursors.items():
            if not LANGUAGE.fullmatch(tag):
                cursor.problem(N_("“{value}” is not a language code"), value=tag)
        return cursors

    def _inside(self, key: str) -> str:
        return f"{self.field}.{key}" if self.field else key
