"""Laws of the assessment."""

from __future__ import annotations

from datetime import date
from itertools import pairwise
from random import Random

from hypothesis import given
from hypothesis import strategies as st
from tests.builders import POLICY
from tests.property.answers import LISTS, past, statements

from hygiene.engine.assess import assess
from hygiene.engine.state import current_state
from hygiene.model.finding import Assessment
from hygiene.model.record import Outcome, Record, Scope, Statement

records = st.lists(statements, max_size=40, unique_by=lambda each: (each.seq, each.id)).map(tuple)
scopes = st.sampled_from(Scope)


def assessed(said: tuple[Statement, ...], day: date, scope: Scope) -> Assessment:
    return assess(current_state(Record(said)), LISTS, POLICY, day, scope)


@given(records, st.randoms(use_true_random=False), past, scopes)
def test_the_order_of_statements_does_not_matter(
    said: tuple[Statement, ...], shuffled: Random, day: date, scope: Scope
) -> None:
    """The same record gives the same assessment in whatever order its statements come."""
    other = list(said)
    shuffled.shuffle(other)
    assert assessed(tuple(other), day, scope) == assessed(said, day, scope)


@given(records, past, scopes)
def test_the_figures_agree_with_the_results(said: tuple[Statement, ...], day: date, scope: Scope) -> None:
    """Coverage counts what the outcomes say, and findings are exactly what fails and what nobody knows."""
    found = assessed(said, day, scope)
    not_asked, not_applicable = found.count(Outcome.NOT_CHECKED), found.count(Outcome.NOT_APPLICABLE)
    assert found.score.applicable == len(found.results) - not_applicable
    assert found.score.answered == found.score.applicable - not_asked
    assert found.score.value is None or 0 <= found.score.value <= 100
    assert {each.id for each in found.findings} == {each.id for each in found.results if each.is_finding}
    assert len({each.id for each in found.results}) == len(found.results)


@given(records, past)
def test_a_wider_scope_only_adds(said: tuple[Statement, ...], day: date) -> None:
    """What a core audit found, a default and a full one find too."""
    results = [{each.id: each for each in assessed(said, day, scope).results} for scope in Scope]
    for narrow, wide in pairwise(results):
        assert narrow.items() <= wide.items()
