"""Files that people hold, read: each by the reader that recognises it, the parts of one archive together."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, timedelta
from pathlib import Path

from msgspec.structs import replace

from hygiene.errors import NotDoneError
from hygiene.evidence.candidates import candidates
from hygiene.evidence.formats import READERS
from hygiene.evidence.network_archives import NETWORK_READERS
from hygiene.evidence.reading import Desk, Reader, UnreadableExportError
from hygiene.language import N_
from hygiene.model.dates import Interval
from hygiene.model.evidence import Export, Found, Remark
from hygiene.safety.archives import LIMITS, Bundle, bundle_of, joined, open_bundle

_ARCHIVES = frozenset(reader.id for reader in NETWORK_READERS)
_DEEP, _MOST_PACKED = 2, 64  # folders down to a ZIP in a folder, and how many are looked at
_ONE_ARCHIVE = timedelta(days=7)  # between its first part and its last

UNDATED = Remark(N_("Nothing says when it was made, so it is taken for an export of today."))

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
    with_readers = [each for path in files for each in _recognised(path, standard_input)]
    try:
        return tuple(_read(*each, desk) for each in _parts_together(with_readers, desk))
    finally:
        for _reader, bundle in with_readers:
            bundle.close()


def _read(reader: Reader, bundle: Bundle, desk: Desk) -> Export:
    export = reader.read(bundle, desk)
    is_dated = bundle.made_on or export.made_on != desk.today
    remarks = export.remarks if is_dated else (*export.remarks, UNDATED)
    return replace(
        export, accounts=tuple(_until(desk.today, each) for each in export.accounts), remarks=remarks
    )


def _until(today: date, found: Found) -> Found:
    """Return what was found without a day that has not come yet where the person is: exports count in UTC."""
    days = [fact.value.not_after for fact in found.facts if isinstance(fact.value, Interval)]
    if not any(day and day > today for day in days):
        return found
    facts = (replace(each, value=_cut(each.value, today)) for each in found.facts)
    return replace(found, facts=tuple(facts))


def _cut(value: str | Interval | int, last: date) -> str | Interval | int:
    if not isinstance(value, Interval):
        return value
    begins, ends = (day and min(day, last) for day in (value.not_before, value.not_after))
    return Interval(begins, ends)


def _recognised(path: Path, standard_input: Callable[[], bytes]) -> list[tuple[Reader, Bundle]]:
    bundle = bundle_of(standard_input()) if str(path) == "-" else open_bundle(path)
    is_folder = bundle.label == "folder"
    found = list(_in_folder(path)) if is_folder else _first(READERS, bundle) or _unknown(bundle)
    if not found:
        raise UnknownFormatError(
            N_("{file} is in no format that can be read here"),
            hint=N_("`hygiene evidence formats` lists them, and says how to get each export"),
            file=path,
        )
    return found


def _first(readers: Iterable[Reader], bundle: Bundle) -> list[tuple[Reader, Bundle]]:
    """Return the reader that recognises something, with it; none where none does."""
    reader = next((each for each in readers if each.recognises(bundle)), None)
    return [(reader, bundle)] if reader else []


def _unknown(bundle: Bundle) -> list[tuple[Reader, Bundle]]:
    """Return that nothing was recognised, unless something keeps the archive shut, such as a passphrase.

    Raises:
        RefusedArchiveError: its first member cannot be opened.
    """
    with bundle:
        for name in bundle.names[:1]:
            with bundle.open(name) as first:
                first.read(1)
    return []


def _in_folder(folder: Path) -> Iterator[tuple[Reader, Bundle]]:
    """Yield the exports in a folder: an archive that was unpacked, and files with a day of their own.

    Raises:
        UnreadableExportError: several archives were unpacked there, whose files cannot be told apart.
    """
    bundle = open_bundle(folder, replace(LIMITS, nested=0))
    archives = [(each, bundle) for each in NETWORK_READERS if each.recognises(bundle)]
    if len(archives) > 1:
        raise UnreadableExportError(
            N_("{file} holds archives of several services"),
            hint=N_("give each archive by itself, one after the other on the same line"),
            file=folder,
        )
    yield from archives
    vaults = [each for each in READERS if each.id not in _ARCHIVES and each.recognises(bundle)]
    packed = [name for name in bundle.names if name.casefold().endswith(".zip") and name.count("/") < _DEEP]
    yield from _by_themselves(vaults, folder, [each.name for each in candidates(bundle)] if vaults else [])
    yield from _by_themselves(READERS, folder, packed[:_MOST_PACKED])


def _by_themselves(
    readers: Sequence[Reader], folder: Path, names: Iterable[str]
) -> Iterator[tuple[Reader, Bundle]]:
    for name in names:
        with suppress(NotDoneError):  # what cannot be opened is no export
            bundle = open_bundle(folder / name)
            yield from _first(readers, bundle) or _unknown(bundle)


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
        for parts in _by_archive(reader, bundles, desk) if len(bundles) > 1 else [bundles]:
            yield reader, joined(parts)


def _by_archive(reader: Reader, bundles: Iterable[Bundle], desk: Desk) -> Iterator[list[Bundle]]:
    """Yield the parts of each archive: of one account, and made within a few days.

    A part that names nobody belongs to the only account, and among several to none that can be told.
    """
    owners: dict[str, list[Bundle]] = {}
    for bundle in bundles:
        owners.setdefault(_owner(reader, bundle, desk), []).append(bundle)
    nameless = owners.pop("", [])
    if len(owners) == 1:
        next(iter(owners.values())).extend(nameless)
    elif nameless:
        owners[""] = nameless
    for parts in owners.values():
        yield from _of_one_time(parts, desk.today)


def _of_one_time(bundles: Iterable[Bundle], today: date) -> Iterator[list[Bundle]]:
    together: list[Bundle] = []
    for bundle in sorted(bundles, key=lambda each: each.made_on or today):
        if together and (bundle.made_on or today) - (together[0].made_on or today) > _ONE_ARCHIVE:
            yield together
            together = []
        together.append(bundle)
    yield together


def _owner(reader: Reader, bundle: Bundle, desk: Desk) -> str:
    """Return the user name in an archive; empty where there is none, or where reading it fails."""
    with suppress(NotDoneError):
        return next((each.user.casefold() for each in reader.read(bundle, desk).accounts), "")
    return ""
