"""The register of networks and the default policy."""

from __future__ import annotations

import pytest
from tests.unit.catalog.said import problems

from hygiene.catalog.register import parse_default_policy, parse_networks
from hygiene.model.account import Network, Purpose
from hygiene.model.policy import Layer, Rules
from hygiene.model.text import Text, same


def test_networks_in_the_order_of_the_file() -> None:
    """A name in every language or in each, hosts, and a purpose where the network decides it, own hosts."""
    data = """\
networks:
  x: {name: X, domains: [x.com, twitter.com]}
  work-mailbox: {name: {en: Work mailbox, fr: Boîte pro}, purpose: work}
  mastodon: {name: Mastodon, host: server}
  amazon: {name: Amazon, host: marketplace, hosts: [amazon.fr, amazon.co.uk]}
"""
    assert list(parse_networks(data.encode(), "n.yaml").values()) == [
        Network("x", same("X"), ("x.com", "twitter.com")),
        Network("work-mailbox", Text("en", {"en": "Work mailbox", "fr": "Boîte pro"}), (), Purpose.WORK),
        Network("mastodon", same("Mastodon"), host="server"),
        Network("amazon", same("Amazon"), host="marketplace", hosts=("amazon.fr", "amazon.co.uk")),
    ]


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("a: 1", ["n.yaml:1: a: unknown key", "n.yaml:1: networks: missing"]),
        ("networks: [x]", ["n.yaml:1: networks: must be a map"]),
        ("networks:\n  X: {name: X}", ["n.yaml:2: networks.X: “X” is not of the form instagram"]),
        (
            "networks:\n  x: {colour: red, purpose: fun}",
            [
                "n.yaml:2: networks.x.colour: unknown key",
                "n.yaml:2: networks.x.name: missing",
                "n.yaml:2: networks.x.purpose: “fun” is not one of personal, work, shared",
            ],
        ),
        (
            "networks:\n  x: {name: X, host: Server}\n  y: {name: Y, hosts: [y.org]}",
            [
                "n.yaml:2: networks.x.host: “Server” is not of the form server",
                "n.yaml:3: networks.y.hosts: “host” is missing",
            ],
        ),
        (
            "networks:\n  x: {name: X, host: site, hosts: [x.org, www.x.org, x]}",
            [
                "n.yaml:2: networks.x.hosts[1]: not of the form amazon.fr",
                "n.yaml:2: networks.x.hosts[2]: not of the form amazon.fr",
            ],
        ),
    ],
)
def test_a_faulty_register(data: str, expected: list[str]) -> None:
    """Everything that is wrong, with its line."""
    assert problems(lambda: parse_networks(data.encode(), "n.yaml")) == expected


def test_the_default_policy() -> None:
    """Two periods; 0 is never."""
    data = b"format: 1\npassword_months: 0\naudit_months: 12"
    assert parse_default_policy(data, "p.yaml") == Rules(Layer.DEFAULT, password_months=0, audit_months=12)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("password_months: 3", ["p.yaml:1: audit_months: missing"]),
        (
            "password_months: 121\naudit_months: soon",
            [
                "p.yaml:1: password_months: must be a whole number from 0 to 120",
                "p.yaml:2: audit_months: must be a whole number from 0 to 120",
            ],
        ),
        (
            "password_months: 000000999\naudit_months: 12\nkey: 1",
            [
                "p.yaml:1: password_months: must be a whole number from 0 to 120",
                "p.yaml:3: key: unknown key",
            ],
        ),
    ],
)
def test_a_faulty_policy(data: str, expected: list[str]) -> None:
    """No period is made up for one that cannot be read."""
    assert problems(lambda: parse_default_policy(data.encode(), "p.yaml")) == expected
