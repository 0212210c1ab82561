"""The register of networks and the default policy: two small files beside the checklists."""

from __future__ import annotations

from collections.abc import Mapping

from hygiene.catalog.check_fields import ID, read, read_words
from hygiene.catalog.cursor import Cursor
from hygiene.catalog.problems import Problems
from hygiene.catalog.tree import parse_tree
from hygiene.engine.placing import parse_domain
from hygiene.language import N_
from hygiene.model.account import Network, Purpose
from hygiene.model.policy import Layer, Rules
from hygiene.model.text import same

_NETWORK_KEYS = frozenset({"name", "domains", "purpose", "host", "hosts"})


def parse_networks(data: bytes, file: str) -> Mapping[str, Network]:
    """Return the register of networks, in the order of the file.

    Raises:
        FaultyFileError: with everything that is wrong in it.
    """
    problems = Problems(file)
    root = Cursor(parse_tree(data, file), "", problems)
    fields = root.fields(frozenset({"format", "networks"}), frozenset({"networks"}))
    entries = fields["networks"].entries() if "networks" in fields else {}
    networks = {name: _network(name, entry) for name, entry in entries.items()}
    problems.raise_if_any()
    return networks


def parse_default_policy(data: bytes, file: str) -> Rules:
    """Return the lowest layer of the policy.

    Raises:
        FaultyFileError: with everything that is wrong in it.
    """
    problems = Problems(file)
    root = Cursor(parse_tree(data, file), "", problems)
    needed = frozenset({"password_months", "audit_months"})
    fields = root.fields(needed | {"format"}, needed)
    months = {name: fields[name].number(0, 120) for name in needed if name in fields}
    problems.raise_if_any()
    return Rules(
        Layer.DEFAULT, password_months=months["password_months"], audit_months=months["audit_months"]
    )


def _network(name: str, entry: Cursor) -> Network:
    if not ID.fullmatch(name):
        entry.problem("“{value}” is not of the form {example}", value=name, example="instagram")
    fields = entry.fields(_NETWORK_KEYS, frozenset({"name"}))
    if "hosts" in fields and "host" not in fields:
        fields["hosts"].problem(N_("“{key}” is missing"), key="host")
    return Network(
        name,
        fields["name"].text("en") if "name" in fields else same(name),
        read(fields, "domains", read_words, ()),
        read(fields, "purpose", lambda each: each.one_of(Purpose, Purpose.WORK), None),
        read(fields, "host", lambda each: each.matching(ID, "server"), None),
        read(fields, "hosts", _hosts, ()),
    )


def _hosts(cursor: Cursor) -> tuple[str, ...]:
    for item in cursor.items():
        if parse_domain(item.words()) != item.words():
            item.problem(N_("not of the form {example}"), example="amazon.fr")
    return read_words(cursor)
