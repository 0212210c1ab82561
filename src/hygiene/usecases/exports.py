"""Files that people hold, read: each by the reader that recognises it, the parts of one archive together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from hygiene.errors import NotDoneError
from hygiene.evidence.formats import READERS
from hygiene.evidence.network_archives import NETWORK_READERS
from hygiene.evidence.reading import Desk, Reader
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle, bundle_of, joined, open_bundle

_ARCHIVES = frozenset(reader.id for reader in NETWORK_READERS)
_WITH_NAMELESS = 2  # owners: one who is named, and the parts that name nobody

PRODUCTS: Mapping[str, str] = {reader.id: reader.product for reader in READERS}


class UnknownFormatError(NotDoneError):
    """None of the readers recognises a file."""


def read_exports(
    files: Sequence[Path], standard_input: Callable[[], bytes], desk: Desk
) -> tuple[Export, ...]:
    """Return what the files prove, an export each; the parts of one network's archive are one export.

    Args:
        files: paths; `-` is standard input.
        standard_input: reads it.
        desk: what readers may use.

    Raises:
        NotDoneError: a file cannot be read, is in no known format, or in one that proves nothing.
    """
    with_readers = [_recognised(path, standard_input) for path in files]
    try:
        return tuple(reader.read(bundle, desk) for reader, bundle in _parts_together(with_readers, desk))
    finally:
        for _reader, bundle in with_readers:
            bundle.close()


def _recognised(path: Path, standard_input: Callable[[], bytes]) -> tuple[Reader, Bundle]:
    bundle = bundle_of(standard_input()) if str(path) == "-" else open_bundle(path)
    reader = next((each for each in READERS if each.recognises(bundle)), None)
    if reader is None:
        with bundle:
            _say_what_keeps_it_shut(bundle)
        raise UnknownFormatError(
            N_("{file} is in no format that can be read here"),
            hint=N_("`hygiene evidence formats` lists them, and says how to get each export"),
            file=path,
        )
    return reader, bundle


def _say_what_keeps_it_shut(bundle: Bundle) -> None:
    """Raise what is the matter with an archive of which nothing can be read, such as a passphrase.

    Raises:
        RefusedArchiveError: its first member cannot be opened.
    """
    for name in bundle.names[:1]:
        with bundle.open(name) as first:
            first.read(1)


def _parts_together(
    recognised: Iterable[tuple[Reader, Bundle]], desk: Desk
) -> Iterator[tuple[Reader, Bundle]]:
    archives: dict[str, tuple[Reader, list[Bundle]]] = {}
    for reader, bundle in recognised:
        if reader.id in _ARCHIVES:
            archives.setdefault(reader.id, (reader, []))[1].append(bundle)
        else:
            yield reader, bundle
    for reader, bundles in archives.values():
        for parts in _by_owner(reader, bundles, desk) if len(bundles) > 1 else [bundles]:
            yield reader, joined(parts)


def _by_owner(reader: Reader, bundles: Iterable[Bundle], desk: Desk) -> Iterable[list[Bundle]]:
    """Return the parts of each account's archive.

    A part that names nobody belongs to the only account, and among several to none that can be told.
    """
    owners: dict[str, list[Bundle]] = {}
    for bundle in bundles:
        owners.setdefault(_owner(reader, bundle, desk), []).append(bundle)
    if len(owners) == _WITH_NAMELESS and "" in owners:
        return [[each for parts in owners.values() for each in parts]]
    return owners.values()


def _owner(reader: Reader, bundle: Bundle, desk: Desk) -> str:
    """Return the user name in an archive; empty where there is none, or where reading it fails."""
    with suppress(NotDoneError):
        return next((each.user.casefold() for each in reader.read(bundle, desk).accounts), "")
    return ""
