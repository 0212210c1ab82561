"""Roots that an organisation's own Python package carries, so that one installation sets everything up.

The package has an entry point in the group `hygiene.trust`, named as its source; its value is the module that
holds two files: `root.json`, a copy of the newest root, and `address`, one line. It is data; the module is
imported to find it. Who can install packages here is trusted like an administrator.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib.metadata import EntryPoint, entry_points
from importlib.resources import files

from hygiene.distribution.source import ROOT_BYTES
from hygiene.errors import HygieneError, NotDoneError
from hygiene.language import N_
from hygiene.safety.cleaning import clean

GROUP = "hygiene.trust"
ROOT, ADDRESS = "root.json", "address"


def packaged_roots(problems: list[HygieneError]) -> Iterator[tuple[str, str, bytes]]:
    """Yield the name, the address and the root of each source that an installed package carries.

    Args:
        problems: takes what is wrong with the others.
    """
    for entry in entry_points(group=GROUP):
        try:
            yield _root_of(entry)
        except HygieneError as problem:
            problems.append(problem)


def _root_of(entry: EntryPoint) -> tuple[str, str, bytes]:
    try:
        folder = files(entry.value)
        root, address = (folder / ROOT).read_bytes(), (folder / ADDRESS).read_text(encoding="utf-8")
    except (ImportError, OSError, ValueError, TypeError) as error:
        raise _unusable(entry) from error
    if len(root) > ROOT_BYTES:
        raise _unusable(entry)
    return entry.name, address.strip(), root


def _unusable(entry: EntryPoint) -> NotDoneError:
    return NotDoneError(
        N_("the package that should set up “{source}” does not hold what it should"),
        hint=N_("tell the people who made it: it needs the files root.json and address"),
        source=clean(entry.name),
    )
