"""The highest numbers that this computer has published, kept in the person's own folder.

A shared folder can come back from a backup, or be turned back by what synchronises it. The numbers in it are
then below those that employees' computers have seen, which would refuse the next release as an old one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from hygiene.distribution.publishing.repository import Published
from hygiene.distribution.publishing.roles import SNAPSHOT, TARGETS, TIMESTAMP
from hygiene.errors import HygieneError
from hygiene.safety.files import ensure_private_folder, read_regular, write_atomically

_LARGEST = 4096  # bytes
_HIGHEST = 2**31


def number_file(folder: Path, source: str) -> Path:
    """Return where the numbers of a source are kept."""
    return folder / f"{source}.numbers.json"


def remember(path: Path, published: Published) -> None:
    """Keep the numbers of what is published now.

    Raises:
        NotDoneError: they could not be written.
    """
    highest = {**recalled(path), **_above(published.highest, recalled(path))}
    ensure_private_folder(path.parent)
    write_atomically(path, msgspec.json.encode(highest, order="sorted"))


def recalled(path: Path) -> Mapping[str, int]:
    """Return the numbers that are kept; none where there are none, or where they cannot be read."""
    try:
        numbers = msgspec.json.decode(read_regular(path, _LARGEST), type=dict[str, int])
    except (HygieneError, msgspec.DecodeError, UnicodeDecodeError):
        return {}
    roles = (TARGETS, SNAPSHOT, TIMESTAMP)
    return {role: number for role, number in numbers.items() if role in roles and 0 < number < _HIGHEST}


def continued(published: Published, path: Path) -> Published:
    """Return what is published, with numbers that go on from the highest that this computer has published."""
    return replace(published, highest={**published.highest, **_above(recalled(path), published.highest)})


def is_turned_back(published: Published, path: Path) -> bool:
    """Return whether the folder holds an older state than this computer has published."""
    return recalled(path).get(TIMESTAMP, 0) > published.highest.get(TIMESTAMP, 0)


def _above(these: Mapping[str, int], others: Mapping[str, int]) -> Mapping[str, int]:
    roles = (TARGETS, SNAPSHOT, TIMESTAMP)
    return {role: number for role, number in these.items() if role in roles and number > others.get(role, 0)}
