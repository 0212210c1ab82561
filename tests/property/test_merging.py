"""Two copies of a store are joined by the ids of their statements."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.property.answers import statements

from hygiene.model.record import Statement
from hygiene.store.encoding import encode
from hygiene.store.file import merged

Copy = dict[bytes, Statement]


def copy_of(said: Iterable[Statement]) -> Copy:
    return {encode(each): each for each in sorted(said, key=lambda each: (each.seq, each.id))}


copies = st.lists(statements, max_size=12, unique_by=lambda each: each.id).map(copy_of)


@given(copies)
def test_merging_with_itself_changes_nothing(one: Copy) -> None:
    """Idempotent."""
    assert list(merged(one, one).items()) == list(one.items())


@given(copies, copies)
def test_merging_does_not_depend_on_the_side(one: Copy, other: Copy) -> None:
    """Commutative, in content and order."""
    assert list(merged(one, other).items()) == list(merged(other, one).items())


@given(copies, copies, copies)
def test_merging_does_not_depend_on_the_order(one: Copy, two: Copy, three: Copy) -> None:
    """Associative, in content and order."""
    assert list(merged(merged(one, two), three).items()) == list(merged(one, merged(two, three)).items())


@given(copies, copies)
def test_nothing_is_lost_and_no_id_stands_twice(one: Copy, other: Copy) -> None:
    """Every id of either copy is in the union exactly once, written as one of them wrote it."""
    union = merged(one, other)
    ids = [each.id for each in union.values()]
    assert sorted(ids) == sorted({each.id for each in (*one.values(), *other.values())})
    assert union.items() <= {**one, **other}.items()
    places = [(each.seq, each.id) for each in union.values()]
    assert places == sorted(places)


@given(statements, st.integers(1, 40))
def test_of_two_forms_of_a_statement_the_smaller_line_stays(said: Statement, seq: int) -> None:
    """So that all copies agree, whichever they saw first."""
    one, other = copy_of([said]), copy_of([replace(said, seq=seq)])
    assert list(merged(one, other)) == [min([*one, *other])]
