"""The files in a network's archive: found by name and folder, a file on its own also by how it begins.

Networks move their files to other folders every year, and people pack archives again or hand over one file of
them. What stays is the name of a file, the folder right above it, and the first key in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice

from msgspec import Struct

from hygiene.evidence.json_text import json_value
from hygiene.safety.archives import Bundle

_NAMESAKES_LOOKED_AT = 8


class Source(Struct, frozen=True):
    """One thing that a network writes into its archives.

    Attributes:
        names: what the file is called, without folders, in small letters.
        marks: one of them stands near the beginning of the file.
        parents: the folders that it may lie in, in small letters; any where there are none.
        is_unique: whether no other file begins so: then one without its name or folder is known by it.
    """

    names: tuple[str, ...]
    marks: tuple[bytes, ...]
    parents: tuple[str, ...] = ()
    is_unique: bool = True


def lone(bundle: Bundle) -> str:
    """Return the name of a file that was given on its own; empty where there are several."""
    return bundle.names[0] if len(bundle.names) == 1 else ""


def files(bundle: Bundle, source: Source) -> tuple[str, ...]:
    """Return the members that are called so and lie there, and a file on its own that begins so."""
    if single := lone(bundle):
        is_known = source.is_unique and _begins_so(bundle, single, source)
        return (single,) if is_known or basename(single) in source.names else ()
    found = (name for each in source.names for name in bundle.find(each))
    return tuple(name for name in found if _lies_in(name, source.parents))


def is_there(bundle: Bundle, source: Source) -> bool:
    """Return whether a member not only is called so, but begins so too, and can be nobody else's."""
    found = islice(files(bundle, source), _NAMESAKES_LOOKED_AT)
    return any(_is_sure(name, source) and _begins_so(bundle, name, source) for name in found)


def any_there(bundle: Bundle, sources: Iterable[Source]) -> bool:
    """Return whether one of these is there."""
    return any(is_there(bundle, source) for source in sources)


def documents(bundle: Bundle, source: Source) -> Iterator[object]:
    """Yield what the JSON files of a source hold; none where the file is missing.

    Raises:
        UnreadableExportError: a file is no JSON.
        RefusedArchiveError: a file is too large, damaged or encrypted.
    """
    for name in files(bundle, source):
        yield json_value(bundle.read(name))


def has_folder(bundle: Bundle, folder: str) -> bool:
    """Return whether anything lies in a folder of that name, at any depth."""
    return any(f"{folder}/" in name for name in bundle.names)


def ending(bundle: Bundle, end: str) -> list[str]:
    """Return the members whose name ends so, in small or capital letters."""
    return [name for name in bundle.names if name[-len(end) :].casefold() == end]


def basename(name: str) -> str:
    """Return a member's name without folders, in small letters."""
    return name.rpartition("/")[2].casefold()


def parent(name: str) -> str:
    """Return the folder right above a member, in small letters; empty at the top."""
    return name.rpartition("/")[0].rpartition("/")[2].casefold()


def _is_sure(name: str, source: Source) -> bool:
    return source.is_unique or not source.parents or parent(name) in source.parents


def _begins_so(bundle: Bundle, name: str, source: Source) -> bool:
    head = bundle.head(name)
    return any(mark in head for mark in source.marks)


def _lies_in(name: str, parents: tuple[str, ...]) -> bool:
    # A member at the top: the person gave the folder itself.
    return not parents or "/" not in name or parent(name) in parents
