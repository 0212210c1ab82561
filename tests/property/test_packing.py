"""Checklists as JSON and back."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from hygiene.catalog.packing import pack_checklist, pack_network, unpack_checklist, unpack_network
from hygiene.model.account import Network, Purpose
from hygiene.model.checklist import (
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


@given(checklists)
def test_a_packed_checklist_is_unpacked_as_it_was(checklist: Checklist) -> None:
    """Through JSON, with everything that it says; a word of a closed list becomes its member again."""
    unpacked = unpack_checklist(json.loads(json.dumps(pack_checklist(checklist))))
    assert unpacked == checklist
    assert isinstance(unpacked.trust, Trust)
    for check in unpacked.checks:
        assert isinstance(check.severity, Severity)
        assert isinstance(check.kind, Kind)
        assert isinstance(check.remediation.confidence, Confidence)
        assert all(isinstance(each, Purpose) for choice in check.choices for each in choice.good)


@given(st.builds(Network, words, texts, several, st.none() | st.sampled_from(Purpose)))
def test_a_packed_network_is_unpacked_as_it_was(network: Network) -> None:
    """Through JSON."""
    assert unpack_network(json.loads(json.dumps(pack_network(network)))) == network
