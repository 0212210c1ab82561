"""Checklists as JSON and back."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hygiene.catalog.loading import pack, unpack
from hygiene.model.account import Network, Purpose
from hygiene.model.checklist import (
    Catalogue,
    Check,
    Checklist,
    Choice,
    Condition,
    Confidence,
    Every,
    Is,
    Kind,
    Not,
    Remediation,
    Severity,
    Some,
    Steps,
    Trust,
)
from hygiene.model.policy import Layer, Rules
from hygiene.model.text import Text

words = st.text(max_size=8)
several = st.lists(words, max_size=3).map(tuple)
texts = st.builds(Text, words, st.dictionaries(words, words, max_size=2))
maybe = st.none() | words
conditions: st.SearchStrategy[Condition] = st.recursive(
    st.builds(Is, words, several),
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, max_size=3).map(lambda each: Every(tuple(each))),
        st.lists(inner, max_size=3).map(lambda each: Some(tuple(each))),
    ),
    max_leaves=4,
)
steps = st.builds(Steps, maybe, st.lists(texts, max_size=2).map(tuple))
remediations = st.builds(
    Remediation,
    st.integers(1, 600),
    st.lists(steps, max_size=2).map(tuple),
    maybe,
    maybe,
    maybe,
    maybe,
    st.sampled_from(Confidence),
)
choices = st.builds(
    Choice, words, texts, st.frozensets(st.sampled_from(Purpose)), st.none() | st.sampled_from(Severity)
)
checks = st.builds(
    Check,
    id=words,
    title=texts,
    question=texts,
    risk=texts,
    severity=st.sampled_from(Severity),
    remediation=remediations,
    kind=st.sampled_from(Kind),
    choices=st.lists(choices, max_size=2).map(tuple),
    group_question=st.none() | texts,
    core_id=maybe,
    revision=st.integers(1, 9999),
    core=st.booleans(),
    look=st.booleans(),
    within_months=st.none() | st.integers(1, 120),
    when=st.none() | conditions,
    for_person_only=st.booleans(),
    replaces=several,
    sources=several,
)
checklists = st.builds(
    Checklist,
    id=words,
    version=words,
    language=words,
    title=texts,
    checks=st.lists(checks, max_size=2).map(tuple),
    network=maybe,
    domains=several,
    sources=several,
    publisher=words,
    trust=st.sampled_from(Trust),
    digest=words,
)


networks = st.builds(
    Network, words, texts, several, st.none() | st.sampled_from(Purpose), st.none() | words, several
)
rules = st.builds(Rules, st.sampled_from(Layer), words, st.none() | st.integers(0, 120))


@given(st.dictionaries(words, checklists, max_size=2), st.dictionaries(words, networks, max_size=2), rules)
def test_a_packed_catalogue_is_unpacked_as_it_was(
    lists: dict[str, Checklist], register: dict[str, Network], policy: Rules
) -> None:
    """Through JSON, with everything that it says; a word of a closed list becomes its member again."""
    catalogue = Catalogue(lists, {}, register)
    unpacked, its_policy = unpack(pack(catalogue, policy))
    assert (unpacked, its_policy) == (catalogue, policy)
    for checklist in unpacked.checklists.values():
        assert isinstance(checklist.trust, Trust)
        for check in checklist.checks:
            assert isinstance(check.severity, Severity)
            assert isinstance(check.kind, Kind)
            assert isinstance(check.remediation.confidence, Confidence)
            assert all(isinstance(each, Purpose) for choice in check.choices for each in choice.good)
