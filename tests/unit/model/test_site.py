"""What is known of a website."""

from hygiene.model.site import Site


def test_not_to_know_is_not_to_offer_nothing() -> None:
    """A website that no directory lists may well have a second step."""
    assert Site("example.org").offered is None
    assert Site("example.org") != Site("example.org", offered=frozenset())
