"""Laws of `when:`."""

from __future__ import annotations

from contextlib import suppress

from hypothesis import given
from hypothesis import strategies as st

from hygiene.engine.conditions import ConditionSyntaxError, decide, names_in, parse_condition
from hygiene.model.checklist import Condition, Every, Is, Not, Some

names = st.sampled_from(["x.a", "x.b", ".two-factor", "purpose"])
values = st.sampled_from(["yes", "no", "work"])
tokens = st.one_of(st.sampled_from(["and", "or", "not", "is", "(", ")", "|", " ", "\n"]), names, values)
conditions: st.SearchStrategy[Condition] = st.recursive(
    st.builds(Is, names, st.lists(values, min_size=1, max_size=3).map(tuple)),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Every(tuple(each))),
        st.lists(inner, min_size=2, max_size=3).map(lambda each: Some(tuple(each))),
    ),
    max_leaves=8,
)
known = st.dictionaries(names, values)


def written(condition: Condition) -> str:
    """The condition as an author would write it, every part in parentheses."""
    match condition:
        case Is(name, allowed):
            return f"{name} is {'|'.join(allowed)}"
        case Not(operand):
            return f"not ({written(operand)})"
        case Every(operands):
            return " and ".join(f"({written(each)})" for each in operands)
        case Some(operands):
            return " or ".join(f"({written(each)})" for each in operands)


@given(st.one_of(st.text(), st.lists(tokens).map(" ".join), st.lists(tokens).map("".join)))
def test_any_text_is_a_condition_or_a_syntax_error(text: str) -> None:
    """Whatever an author writes, the parser raises nothing else."""
    with suppress(ConditionSyntaxError):
        list(names_in(parse_condition(text)))


@given(conditions)
def test_what_is_written_is_read_back(condition: Condition) -> None:
    """Any condition that is not nested too deeply."""
    assert parse_condition(written(condition)) == condition


@given(conditions, known)
def test_not_is_its_own_inverse(condition: Condition, answers: dict[str, str]) -> None:
    """And undecided stays undecided."""
    decided = decide(condition, answers.get)
    assert decide(Not(Not(condition)), answers.get) is decided
    assert (decide(Not(condition), answers.get) is None) is (decided is None)


@given(conditions, known, known)
def test_more_answers_never_change_what_is_decided(
    condition: Condition, answers: dict[str, str], more: dict[str, str]
) -> None:
    """Only what was undecided can still go either way."""
    decided = decide(condition, answers.get)
    if decided is not None:
        assert decide(condition, {**more, **answers}.get) is decided


@given(conditions)
def test_with_all_answers_everything_is_decided(condition: Condition) -> None:
    """Nothing rests on a name that is not in the condition."""
    answers = dict.fromkeys(names_in(condition), "yes")
    assert decide(condition, answers.get) is not None
