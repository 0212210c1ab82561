"""An author's lines, asked until each of them is one that lint would let stand."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterator

from msgspec import Struct

from hygiene.catalog.cursor import LINK, NULL
from hygiene.catalog.lint.texts import LONGEST, PLACEHOLDERS
from hygiene.catalog.lint.wording import is_denial, is_double
from hygiene.engine.questions import Terminal
from hygiene.language import _
from hygiene.reporting.links import safe_url
from hygiene.safety.cleaning import find_unclean

_FRENCH = "fr"
_SPACES = re.compile(r"[ \t]+")
_PLACEHOLDER = re.compile(r"\{([^{}]*)\}")
# Keyboards have no key for the no-break spaces of French, narrow before the first three.
_BEFORE_NARROW, _BEFORE_WIDE, _AFTER_WIDE = re.compile(r" ([?!;])"), re.compile(r" ([:»])"), re.compile(r"« ")


class Pen(Struct, frozen=True):
    """Asks for lines.

    Attributes:
        language: of the author's texts.
    """

    terminal: Terminal
    language: str

    def text(
        self, message: str, kind: str, taken: Collection[str] = (), *, may_be_empty: bool = False
    ) -> str:
        """Return a text.

        Args:
            message: what is asked for.
            kind: what it will be, one of `LONGEST`.
            taken: texts that stand already where no two may read the same.
            may_be_empty: an empty line is a reply too.
        """

        def fault(words: str) -> str:
            return "" if may_be_empty and not words else _fault(words, kind, taken)

        return self._written(message, fault)

    def question(self, message: str) -> str:
        """Return a question; one that is hard to answer is put to its author once more."""
        while True:
            words = self.text(message, "question")
            remark = _remark(words, self.language)
            if remark:
                self.terminal.show(_("A remark: {reason}.").format(reason=remark))
            if not remark or self.terminal.confirm(_("Keep it as it is?"), default=False):
                return words

    def texts(self, message: str, kind: str, most: int) -> Iterator[str]:
        """Yield texts that differ until an empty line, or until there are enough."""
        met: list[str] = []
        while len(met) < most and (words := self.text(message, kind, met, may_be_empty=True)):
            met.append(words)
            yield words

    def link(self, message: str) -> str:
        """Return an https address, or nothing."""
        again = _("an address such as https://example.org/settings is wanted")
        return self._written(message, lambda words: "" if not words or _is_link(words) else again)

    def number(self, message: str, lowest: int, highest: int) -> int:
        """Return a whole number between two bounds."""
        wanted = _("a whole number from {lowest} to {highest} is wanted")
        again = wanted.format(lowest=lowest, highest=highest)

        def fault(words: str) -> str:
            is_number = words.isascii() and words.isdigit() and len(words) <= len(str(highest))
            return "" if is_number and lowest <= int(words) <= highest else again

        return int(self._written(message, fault))

    def _written(self, message: str, fault: Callable[[str], str]) -> str:
        """Ask until there is nothing against what was written."""
        while True:
            words = _tidy(self.terminal.line(message), self.language)
            reason = fault(words)
            if not reason:
                return words
            self.terminal.show(_("Please write it once more: {reason}.").format(reason=reason))


def _fault(words: str, kind: str, taken: Collection[str]) -> str:
    """Return what lint would call an error, or nothing."""
    unknown = [name for name in _PLACEHOLDER.findall(words) if name not in PLACEHOLDERS]
    if words in NULL:  # which YAML takes for nothing
        return _("something has to stand here")
    if find_unclean(words) is not None:
        return _("it holds a character that nobody can see")
    if len(words) > LONGEST[kind]:
        return _("{found} characters, {limit} at most").format(found=len(words), limit=LONGEST[kind])
    if kind == "title" and words.endswith("?"):
        return _("a title says what to do: it is not a question")
    if unknown:
        return _("the placeholder {name} is not known here").format(name=f"{{{unknown[0]}}}")
    if words.casefold() in (each.casefold() for each in taken):
        return _("another one reads the same")
    return ""


def _remark(question: str, language: str) -> str:
    """Return what lint would warn of, or nothing."""
    if is_denial(question, language):
        return _("the question denies: ask for the thing itself")
    return _("two questions in one: ask one fact at a time") if is_double(question, language) else ""


def _is_link(words: str) -> bool:
    """Return whether it is an address that the parser takes, and that a report would show."""
    return LINK.fullmatch(words) is not None and safe_url(words) is not None


def _tidy(words: str, language: str) -> str:
    words = _SPACES.sub(" ", words).strip()
    if language != _FRENCH:
        return words
    words = _BEFORE_NARROW.sub("\u202f\\1", words)
    return _AFTER_WIDE.sub("«\u00a0", _BEFORE_WIDE.sub("\u00a0\\1", words))
