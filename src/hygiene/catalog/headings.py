"""The names of the bundled checklists alone: reading all that they ask would take longer than saying them."""

from __future__ import annotations

from pathlib import Path

import msgspec

from hygiene.catalog.loading import PACKED, load_sources
from hygiene.model.text import Text


class Heading(msgspec.Struct, frozen=True):
    """A checklist's name, and how many checks it has."""

    id: str
    title: Text
    checks: int


class _List(msgspec.Struct, frozen=True):
    id: str
    title: Text
    checks: tuple[msgspec.Raw, ...]


class _Catalogue(msgspec.Struct, frozen=True):
    checklists: dict[str, _List]


class _Bundle(msgspec.Struct, frozen=True):
    """As much as is read of what `catalog.loading.pack` writes."""

    catalogue: _Catalogue


def load_headings(folder: Path) -> tuple[Heading, ...]:
    """Return the bundled checklists' headings, in their order.

    Args:
        folder: holds `packed.json` (a wheel) or the YAML files (a checkout).

    Raises:
        FaultyFileError: one of the YAML files cannot be used.
    """
    packed = folder / PACKED
    lists = (
        msgspec.json.decode(packed.read_bytes(), type=_Bundle).catalogue.checklists.values()
        if packed.exists()
        else load_sources(folder)[0].checklists.values()
    )
    return tuple(Heading(each.id, each.title, len(each.checks)) for each in lists)
