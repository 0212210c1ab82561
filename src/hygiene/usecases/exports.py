"""Files that people hold, read: each by the reader that recognises it, the parts of one archive together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from hygiene.errors import NotDoneError
from hygiene.evidence.formats import READERS
from hygiene.evidence.network_archives import NETWORK_READERS
from hygiene.evidence.reading import Desk, Reader
from hygiene.language import N_
from hygiene.model.evidence import Export
from hygiene.safety.archives import Bundle, bundle_of, joined, open_bundle

_ARCHIVES = frozenset(reader.id for reader in NETWORK_READERS)

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
        return tuple(reader.read(bundle, desk) for reader, bundle in _parts_together(with_readers))
    finally:
        for _reader, bundle in with_readers:
            bundle.close()


def _recognised(path: Path, standard_input: Callable[[], bytes]) -> tuple[Reader, Bundle]:
    bundle = bundle_of(standard_input()) if str(path) == "-" else open_bundle(path)
    reader = next((each for each in READERS if each.recognises(bundle)), None)
    if reader is None:
        bundle.close()
        raise UnknownFormatError(
            N_("{file} is in no format that can be read here"),
            hint=N_("`hygiene evidence formats` lists them, and says how to get each export"),
            file=path,
        )
    return reader, bundle


def _parts_together(recognised: Iterable[tuple[Reader, Bundle]]) -> Iterator[tuple[Reader, Bundle]]:
    archives: dict[str, tuple[Reader, list[Bundle]]] = {}
    for reader, bundle in recognised:
        if reader.id in _ARCHIVES:
            archives.setdefault(reader.id, (reader, []))[1].append(bundle)
        else:
            yield reader, bundle
    for reader, bundles in archives.values():
        yield reader, bundles[0] if len(bundles) == 1 else joined(bundles)
