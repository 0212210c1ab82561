"""The sources that this computer trusts: one folder each, and what is remembered of it.

`<sources>/<name>/` holds `source.json` (a `Source`), `<fingerprint>.root.json` (the keys that were agreed
to), `metadata/` (what TUF remembers, also of updates that failed), `verified.json` (an `offline.Kept`: the
last state that verified whole) and `targets/<sha256>.lists.json` (its lists).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from typing import Final

import msgspec
from msgspec import Struct

from hygiene.distribution.failures import DamagedCopyError, SourceNameError, TooNewError
from hygiene.errors import AlteredError, HygieneError
from hygiene.language import N_
from hygiene.safety.files import MissingFileError, read_regular, write_atomically

FORMAT: Final = 1
RESERVED: Final = frozenset({"my", "hygiene"})
TYPED_GROUPS: Final = 4  # 64 bits: a root whose fingerprint ends like another one cannot be searched for
ROOT_BYTES: Final = 512_000  # the ceiling of tuf.ngclient.UpdaterConfig.root_max_length

_NAME: Final = re.compile(r"[a-z][a-z0-9]{1,15}")
_GROUP: Final = 4  # characters
_SOURCE_BYTES: Final = 16 * 1024
_FILE: Final = "source.json"
_PINNED: Final = "{fingerprint}.root.json"


class Source(Struct, frozen=True):
    """A publisher of lists whose keys were agreed to.

    Attributes:
        name: what its lists' ids begin with.
        address: where it is fetched from: `https://…`, or the absolute path of a folder or a zip.
        fingerprint: SHA-256 of the pinned root file, in hex.
        managed: whether the computer's administrators set it up.
        added_on: when it was pinned.
        verified_on: the day of the last update that went well, also one that brought nothing new.
        latest_seen: the time of that update, UTC; this computer's clock must not be behind it. It moves only
            with an update that went well, so that a clock once set wrong cannot outlast what was signed.
        title: what the publisher calls itself.
        contact: whom to ask.
        format: the form of `source.json`.
    """

    name: str
    address: str
    fingerprint: str
    managed: bool
    added_on: date
    verified_on: date | None = None
    latest_seen: datetime | None = None
    title: str = ""
    contact: str = ""
    format: int = FORMAT


def check_name(name: str, reserved: Collection[str] = ()) -> str:
    """Return the name of a source: 2 to 16 small letters and digits, a letter first, and nobody else's.

    Args:
        name: what it is to be called.
        reserved: names that are taken, such as those of the lists that come with hygiene.

    Raises:
        SourceNameError: it is not of that form, or taken.
    """
    if not _NAME.fullmatch(name):
        raise SourceNameError(
            N_("a source cannot have this name"),
            hint=N_("a name has 2 to 16 small letters and digits, a letter first, such as “acme”"),
        )
    if name in RESERVED or name in reserved:
        raise SourceNameError(
            N_("the name “{name}” is taken"),
            hint=N_("the publisher has to choose another one, such as “acme”"),
            name=name,
        )
    return name


def fingerprint_of(root: bytes) -> str:
    """Return the SHA-256 of a root file, in hex."""
    return hashlib.sha256(root).hexdigest()


def grouped(fingerprint: str) -> str:
    """Return a fingerprint as people compare it: `1f0c 22ab …`, 16 groups of 4."""
    starts = range(0, len(fingerprint), _GROUP)
    return " ".join(fingerprint[start : start + _GROUP] for start in starts)


def tail(fingerprint: str) -> str:
    """Return the last groups, which a person types from what the publisher made known."""
    return " ".join(grouped(fingerprint).split()[-TYPED_GROUPS:])


def load_sources(folder: Path) -> tuple[tuple[Source, ...], tuple[HygieneError, ...]]:
    """Return all sources by name, and for each that could not be read what is the matter with it."""
    sources: list[Source] = []
    problems: list[HygieneError] = []
    for place in sorted(path.parent for path in folder.glob(f"*/{_FILE}")):
        if not _NAME.fullmatch(place.name):
            continue
        try:
            sources.append(load_source(folder, place.name))
        except HygieneError as problem:
            problems.append(problem)
    return tuple(sources), tuple(problems)


def load_source(folder: Path, name: str) -> Source:
    """Return one source.

    Raises:
        MissingFileError: there is none of that name.
        DamagedCopyError, TooNewError, NotDoneError: its file cannot be read.
    """
    data = read_regular(folder / name / _FILE, _SOURCE_BYTES)
    try:
        check_format(msgspec.json.decode(data, type=_Format).format, name)
        source = msgspec.json.decode(data, type=Source)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise damaged(name) from error
    if source.name != name:
        raise damaged(name)
    return source


def write_source(place: Path, source: Source) -> Source:
    """Keep it in its folder, in place of an earlier one, and return it."""
    write_atomically(place / _FILE, msgspec.json.encode(source))
    return source


def is_source(place: Path) -> bool:
    """Return whether a folder is one of a source; without that file, whatever else it holds means nothing."""
    return (place / _FILE).exists()


def forget_source(place: Path) -> None:
    """Make it no source any more."""
    (place / _FILE).unlink()


def write_root(place: Path, root: bytes) -> None:
    """Keep a root in a source's folder; it is the pinned one as soon as the source says so."""
    write_atomically(place / _PINNED.format(fingerprint=fingerprint_of(root)), root)


def read_root(place: Path, source: Source) -> bytes:
    """Return the pinned root.

    Raises:
        DamagedCopyError: it is not the one whose fingerprint was agreed to.
        NotDoneError: it cannot be read.
    """
    try:
        root = read_regular(place / _PINNED.format(fingerprint=source.fingerprint), ROOT_BYTES)
    except MissingFileError as error:
        raise damaged(source.name) from error
    if fingerprint_of(root) != source.fingerprint:
        raise damaged(source.name)
    return root


def check_format(format_: int, name: str) -> None:
    """Refuse what a later hygiene wrote or published.

    Raises:
        TooNewError: this one cannot read it.
    """
    if format_ > FORMAT:
        raise TooNewError(
            N_("“{source}” needs a newer hygiene than this one"),
            hint=N_("update hygiene, then try again"),
            source=name,
        )


def damaged(name: str) -> AlteredError:
    """Return the error for a source whose own files were changed."""
    return DamagedCopyError(
        N_("what this computer keeps of “{source}” was changed or is damaged"),
        hint=N_("remove it with `hygiene trust remove`, then add it again"),
        source=name,
    )


class _Format(Struct, frozen=True):
    format: int = FORMAT
