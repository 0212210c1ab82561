"""The closed language of `when:`."""

import pytest

from hygiene.engine.conditions import ConditionSyntaxError, decide, names_in, parse_condition
from hygiene.model.checklist import Condition, Every, Is, Not, Some

A, B, C = Is("x.a", ("yes",)), Is("x.b", ("yes",)), Is("x.c", ("yes",))
A_IS, B_IS, C_IS = "x.a is yes", "x.b is yes", "x.c is yes"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (A_IS, A),
        ("  x.a   is\n yes ", A),
        (".two-factor is app|sms", Is(".two-factor", ("app", "sms"))),
        ("purpose is work | shared", Is("purpose", ("work", "shared"))),
        (f"not {A_IS}", Not(A)),
        (f"not not {A_IS}", Not(Not(A))),
        (f"({A_IS})", A),
        (f"{A_IS} and {B_IS} and {C_IS}", Every((A, B, C))),
        (f"{A_IS} or {B_IS} or {C_IS}", Some((A, B, C))),
        (f"{A_IS} or {B_IS} and {C_IS}", Some((A, Every((B, C))))),
        (f"({A_IS} or {B_IS}) and {C_IS}", Every((Some((A, B)), C))),
        (f"not {A_IS} and {B_IS}", Every((Not(A), B))),
        (f"not ({A_IS} and {B_IS})", Not(Every((A, B)))),
    ],
)
def test_the_grammar(text: str, expected: Condition) -> None:
    """“not” binds closer than “and”, “and” closer than “or”; spaces and line ends do not matter."""
    assert parse_condition(text) == expected


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("", ""),
        ("   ", ""),
        ("x.a", ""),
        ("x.a is", ""),
        ("x.a is yes|", ""),
        ("x.a yes", "yes"),
        ("is yes", "is"),
        ("x.a is and", "and"),
        ("x.a is yes or", ""),
        ("x.a is yes x.b is yes", "x.b"),
        ("(x.a is yes", ""),
        ("x.a is yes)", ")"),
        ("not", ""),
        ("x.a == yes", "="),
        ("x.a is 'yes'", "'"),
        ("x.a is yes; import os", ";"),
        ("__import__('os') is yes", "'"),
        ("x.a() is yes", "("),
    ],
)
def test_anything_else_is_refused_with_what_was_met(text: str, near: str) -> None:
    """The error names the first thing that does not belong; empty at the end of the text."""
    with pytest.raises(ConditionSyntaxError) as caught:
        parse_condition(text)
    assert str(caught.value) == near


@pytest.mark.parametrize("opening", ["(", "not "])
def test_nesting_is_limited(opening: str) -> None:
    """Nineteen deep is read, twenty is not: no file can exhaust the stack."""
    closing = ")" if opening == "(" else ""
    assert list(names_in(parse_condition(opening * 19 + A_IS + closing * 19))) == ["x.a"]
    for depth in (20, 100_000):
        with pytest.raises(ConditionSyntaxError):
            parse_condition(opening * depth + A_IS + closing * depth)


def test_a_long_row_is_not_a_deep_one() -> None:
    """The limit is on nesting only."""
    row = " and ".join([A_IS] * 500)
    assert parse_condition(row) == Every((A,) * 500)
    with pytest.raises(ConditionSyntaxError):
        parse_condition(f"{row} and {'(' * 20}{A_IS}{')' * 20}")


def test_every_name_is_found() -> None:
    """Wherever it stands, in the order of the text."""
    condition = parse_condition(f"not ({A_IS} or {B_IS}) and (purpose is work or not {C_IS})")
    assert list(names_in(condition)) == ["x.a", "x.b", "purpose", "x.c"]


@pytest.mark.parametrize(
    ("text", "values", "expected"),
    [
        (A_IS, {"x.a": "yes"}, True),
        (A_IS, {"x.a": "no"}, False),
        (A_IS, {}, None),
        ("x.a is yes|maybe", {"x.a": "maybe"}, True),
        (f"not {A_IS}", {"x.a": "yes"}, False),
        (f"not {A_IS}", {"x.a": "no"}, True),
        (f"not {A_IS}", {}, None),
    ],
)
def test_one_name(text: str, values: dict[str, str], expected: bool | None) -> None:  # noqa: FBT001 - a table
    """Known and among the values, known and not, or not known yet."""
    assert decide(parse_condition(text), values.get) is expected


T, F, U = "yes", "no", None
KLEENE = [
    # a, b, and, or
    (T, T, True, True),
    (T, F, False, True),
    (T, U, None, True),
    (F, T, False, True),
    (F, F, False, False),
    (F, U, False, None),
    (U, T, None, True),
    (U, F, False, None),
    (U, U, None, None),
]


@pytest.mark.parametrize(("first", "second", "both", "either"), KLEENE)
def test_three_valued_logic(
    first: str | None,
    second: str | None,
    both: bool | None,  # noqa: FBT001 - a table
    either: bool | None,  # noqa: FBT001 - a table
) -> None:
    """Kleene's tables: what is not known leaves undecided only what rests on it."""
    values = {"x.a": first, "x.b": second}
    assert decide(parse_condition(f"{A_IS} and {B_IS}"), values.get) is both
    assert decide(parse_condition(f"{A_IS} or {B_IS}"), values.get) is either
