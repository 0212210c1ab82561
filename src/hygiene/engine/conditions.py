"""`when:`, a small closed language: `CHECK is A|B`, `and`, `or`, `not`, parentheses. Never evaluated as code.

    condition := clause {"or" clause}
    clause    := term {"and" term}
    term      := "not" term | "(" condition ")" | NAME "is" VALUE {"|" VALUE}

An answer that is not known yet makes a condition undecided (None), by the three-valued logic of Kleene.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from hygiene.model.checklist import Condition, Every, Is, Not, Some

_TOKEN = re.compile(r"\s*([()|]|[.\w][\w.-]*)")
_WORDS = frozenset({"and", "or", "not", "is", "(", ")", "|"})
_DEEPEST = 20

Lookup = Callable[[str], str | None]


class ConditionSyntaxError(ValueError):
    """The text is not in the language of `when:`; the message says what was met."""


def parse_condition(text: str) -> Condition:
    """Return the condition that a text describes.

    Raises:
        ConditionSyntaxError: it is not in the language, or nested deeper than 20.
    """
    parser = _Parser(_tokens(text))
    condition = parser.condition()
    parser.expect_end()
    return condition


def names_in(condition: Condition) -> Iterator[str]:
    """Yield every name that a condition asks about."""
    match condition:
        case Is(name):
            yield name
        case Not(operand):
            yield from names_in(operand)
        case _:
            for operand in condition.operands:
                yield from names_in(operand)


def decide(condition: Condition, lookup: Lookup) -> bool | None:
    """Return whether a condition holds; None when it rests on something that is not known.

    Args:
        condition: what must hold.
        lookup: gives the value of a name, None where it is not known.
    """
    match condition:
        case Is(name, values):
            value = lookup(name)
            return None if value is None else value in values
        case Not(operand):
            inner = decide(operand, lookup)
            return None if inner is None else not inner
        case Every(operands):
            return _all(tuple(decide(operand, lookup) for operand in operands))
        case _:
            nothing_holds = _all(tuple(_negate(decide(operand, lookup)) for operand in condition.operands))
            return _negate(nothing_holds)


def _negate(value: bool | None) -> bool | None:  # noqa: FBT001 - a truth value of three
    return None if value is None else not value


def _all(values: tuple[bool | None, ...]) -> bool | None:
    if False in values:
        return False
    return None if None in values else True


def _tokens(text: str) -> tuple[str, ...]:
    tokens: list[str] = []
    position, end = 0, len(text.rstrip())
    while position < end:
        match = _TOKEN.match(text, position)
        if not match:
            raise ConditionSyntaxError(text[position:].strip()[:1])
        tokens.append(match[1])
        position = match.end()
    return tuple(tokens)


class _Parser:
    """Reads the tokens from left to right, one function a rule of the grammar."""

    def __init__(self, tokens: tuple[str, ...]) -> None:
        self._tokens = tokens
        self._position = 0
        self._depth = 0

    def condition(self) -> Condition:
        operands = [self._clause()]
        while self._accept("or"):
            operands.append(self._clause())
        return operands[0] if len(operands) == 1 else Some(tuple(operands))

    def expect_end(self) -> None:
        if self._position < len(self._tokens):
            raise ConditionSyntaxError(self._tokens[self._position])

    def _clause(self) -> Condition:
        operands = [self._term()]
        while self._accept("and"):
            operands.append(self._term())
        return operands[0] if len(operands) == 1 else Every(tuple(operands))

    def _term(self) -> Condition:
        self._depth += 1
        if self._depth > _DEEPEST:
            raise ConditionSyntaxError("(")
        try:
            return self._nested() if self._peek() in ("not", "(") else self._is()
        finally:
            self._depth -= 1

    def _nested(self) -> Condition:
        if self._accept("not"):
            return Not(self._term())
        self._expect("(")
        inner = self.condition()
        self._expect(")")
        return inner

    def _is(self) -> Condition:
        name = self._word()
        self._expect("is")
        values = [self._word()]
        while self._accept("|"):
            values.append(self._word())
        return Is(name, tuple(values))

    def _peek(self) -> str:
        return self._tokens[self._position] if self._position < len(self._tokens) else ""

    def _accept(self, token: str) -> bool:
        if self._peek() != token:
            return False
        self._position += 1
        return True

    def _expect(self, token: str) -> None:
        if not self._accept(token):
            raise ConditionSyntaxError(self._peek())

    def _word(self) -> str:
        token = self._peek()
        if not token or token in _WORDS:
            raise ConditionSyntaxError(token)
        self._position += 1
        return token
