"""Headings say the same of a checkout and of a wheel."""

from __future__ import annotations

from pathlib import Path

from hygiene import resources
from hygiene.catalog.headings import load_headings
from hygiene.catalog.loading import PACKED, load_sources, pack

SOURCES = resources.bundled("checklists")


def test_headings_are_those_of_the_whole_catalogue(tmp_path: Path) -> None:
    catalogue, rules = load_sources(SOURCES)
    (tmp_path / PACKED).write_bytes(pack(catalogue, rules))
    packed = load_headings(tmp_path)
    lists = catalogue.checklists.values()
    assert [(each.id, each.title, each.checks) for each in packed] == [
        (each.id, each.title, len(each.checks)) for each in lists
    ]
    assert load_headings(SOURCES) == packed
