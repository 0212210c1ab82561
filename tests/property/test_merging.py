"""Two copies of a store are joined by the ids of their statements."""

from __future__ import annotations

from collections.abc import Iterable

from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace
from tests.property.answers import statements

from hygiene.engine.removal import removals_in
from hygiene.engine.state import current_state
from hygiene.model.record import AccountRemoved, Record, Statement
from hygiene.store.encoding import encode
from hygiene.store.file import merged, without_removed

Copy = dict[bytes, Statement]


def copy_of(said: Iterable[Statement]) -> Copy:
    return {encode(each): each for each in sorted(said, key=lambda each: (each.seq, each.id))}


def is_removal(statement: Statement) -> bool:
    return isinstance(statement.event, AccountRemoved)


kept = statements.filter(lambda each: not is_removal(each))
copies = st.lists(kept, max_size=12, unique_by=lambda each: each.id).map(copy_of)
"""Without removals: those have laws of their own, since they take other statements away."""


@st.composite
def copies_with_removals(draw: st.DrawFn) -> list[Copy]:
    """Three copies that share a part; no id stands for two statements, as ids are random."""
    pool = draw(st.lists(statements, max_size=16, unique_by=lambda each: each.id))
    parts = [[each for each in pool if draw(st.booleans())] for _ in range(3)]
    return [dict(without_removed(copy_of(part))) for part in parts]


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


@given(kept, st.integers(1, 40))
def test_of_two_forms_of_a_statement_the_smaller_line_stays(said: Statement, seq: int) -> None:
    """So that all copies agree, whichever they saw first."""
    one, other = copy_of([said]), copy_of([replace(said, seq=seq)])
    assert list(merged(one, other)) == [min([*one, *other])]


@given(copies_with_removals())
def test_no_copy_brings_a_removed_account_back(three: list[Copy]) -> None:
    """Nothing that is about it is left, in whatever order the copies come, however often."""
    one, two, third = three
    union = merged(merged(one, two), third)
    removals = removals_in(union.values())
    assert not any(removals and removals.covers(each) for each in union.values())
    state = current_state(Record(tuple(union.values())))
    gone = removals.accounts if removals else frozenset()
    assert gone.isdisjoint(state.accounts)
    assert gone <= state.used_ids
    assert merged(union, one) == merged(two, union) == union
    for other in (merged(one, merged(two, third)), merged(merged(third, two), one)):
        assert list(other.items()) == list(union.items())


@given(copies_with_removals())
def test_only_what_a_removal_covers_is_lost(three: list[Copy]) -> None:
    """And the removals themselves never are."""
    one, two, _ = three
    union = merged(one, two)
    everything = {**one, **two}
    removals = removals_in(everything.values())
    assert {line for line, each in everything.items() if not (removals and removals.covers(each))} == set(
        union
    )
    assert all(line in union for line, each in everything.items() if is_removal(each))


@given(kept, st.integers(1, 40))
def test_a_removal_stays_whatever_else_has_its_id(said: Statement, seq: int) -> None:
    """A damaged copy must not undo it."""
    removal = replace(said, seq=seq, event=AccountRemoved("tw"))
    union = merged(copy_of([said]), copy_of([removal]))
    assert list(union.values()) == [removal]
