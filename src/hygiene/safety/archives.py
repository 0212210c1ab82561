"""Bounded reading of files from outside: a ZIP, a tar.gz, a folder, a single file, or standard input.

Nothing is extracted, and nothing is written to disk. What an archive says of itself is not believed.
"""

from __future__ import annotations

import io
import re
import stat
import unicodedata
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from functools import cached_property, partial
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Final, Self

from msgspec.structs import replace

from hygiene.safety.folder_members import list_folder, not_opened, open_file
from hygiene.safety.members import (
    Budget,
    Listing,
    Member,
    Members,
    Source,
    bounded,
    day_of,
    newest,
    shown_name,
)
from hygiene.safety.refusals import (
    LIMITS,
    Limits,
    RefusedArchiveError,
)
from hygiene.safety.tar_members import is_tar, list_tar
from hygiene.safety.zip_members import list_zip

__all__ = ["LIMITS", "Bundle", "Limits", "RefusedArchiveError", "bundle_of", "joined", "open_bundle"]

_ZIP: Final = (
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"PK\x07\x08",
)  # a member, an empty archive, one in several parts
_GZIP: Final = b"\x1f\x8b"
_FROM_STANDARD_INPUT: Final = "-"


class Bundle:
    """What a person gave, as members by name.

    Names use `/`, are composed (NFC), with plain spaces, without control characters; folders that wrap
    everything stay. An archive in an archive is a member, and its members follow as `outer.zip/inner`; one in
    that is a plain member. Files that a file manager left there are left out.

    Attributes:
        label: `zip`, `tar`, `folder`, `file`, or `parts` where several were joined.
        made_on: the newest day of a member, else the day of the file, local; None where nothing tells.
    """

    def __init__(self, listing: Listing, limits: Limits = LIMITS) -> None:
        self.label = listing.label
        self.made_on = listing.made_on
        self._listing = listing
        self._limits = limits

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all files."""
        return tuple(self._all)

    def read(self, name: str, at_most: int | None = None) -> bytes:
        """Return a member whole.

        Args:
            name: one of `names`.
            at_most: bytes; without it, `Limits.member_bytes`.

        Raises:
            RefusedArchiveError: it is larger, damaged or encrypted.
        """
        with self.open(name, self._limits.member_bytes if at_most is None else at_most) as stream:
            return stream.read()

    def open(self, name: str, at_most: int | None = None) -> BinaryIO:
        """Return a member as a stream, which counts what really comes out.

        Args:
            name: one of `names`.
            at_most: bytes; without it, `Limits.stream_bytes`.

        Raises:
            RefusedArchiveError: now or while reading: it is larger, damaged or encrypted.
        """
        return bounded(self._member(name), self._limits.stream_bytes if at_most is None else at_most)

    def head(self, name: str, size: int = 4096) -> bytes:
        """Return the first bytes of a member, for recognising it; none where it cannot be read."""
        with suppress(RefusedArchiveError), self.open(name) as stream:
            return stream.read(size)
        return b""

    def find(self, basename: str, parent: str = "") -> tuple[str, ...]:
        """Return the members of that name, in small or capital letters.

        Args:
            basename: without folders.
            parent: the folder directly above; without it, any.
        """
        found = self._by_basename.get(_folded(basename), ())
        return tuple(name for name in found if not parent or _parent(name) == _folded(parent))

    def matching(self, pattern: re.Pattern[str]) -> tuple[str, ...]:
        """Return the members whose whole name matches."""
        return tuple(name for name in self.names if pattern.fullmatch(name))

    def close(self) -> None:
        """Let go of the file. What was opened from it cannot be read any more."""
        self._listing.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _member(self, name: str) -> Member:
        # The archives inside are only looked into where a name is theirs.
        return self._listing.members.get(name) or self._all[name]

    @cached_property
    def _all(self) -> Mapping[str, Member]:
        return _with_nested(self._listing.members, self._limits)

    @cached_property
    def _by_basename(self) -> Mapping[str, Sequence[str]]:
        found: dict[str, list[str]] = {}
        for name in self.names:
            found.setdefault(_folded(name.rpartition("/")[2]), []).append(name)
        return found


def open_bundle(path: Path, limits: Limits = LIMITS) -> Bundle:
    """Open what lies at a path: a ZIP or a gzip'd tar by its first bytes, a folder, else a file on its own.

    Raises:
        MissingFileError: there is nothing.
        RefusedArchiveError: it cannot be read, is damaged, encrypted or too large, or could do harm.
    """
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            return Bundle(list_folder(path, limits, Budget(limits)), limits)
        source = Source(partial(open_file, path), found.st_size, day_of(found.st_mtime))
        return Bundle(_listing(source, path.name, limits), limits)
    except OSError as error:
        raise not_opened(path, error) from error


def bundle_of(data: bytes, limits: Limits = LIMITS) -> Bundle:
    """Return what came from standard input: a ZIP or a gzip'd tar by its first bytes, else one member `-`.

    Raises:
        RefusedArchiveError: it is damaged, encrypted or too large, or could do harm.
    """
    return Bundle(
        _listing(Source(partial(io.BytesIO, data), len(data)), _FROM_STANDARD_INPUT, limits), limits
    )


def joined(bundles: Sequence[Bundle]) -> Bundle:
    """Return several parts of one export as one; a namesake in a later part lies in a folder `(2)`.

    The parts are closed with it, and each keeps its own limits on what is unpacked.
    """
    if len(bundles) == 1:
        return bundles[0]
    members = Members(replace(LIMITS, members=sum(len(bundle.names) for bundle in bundles)))
    for bundle in bundles:
        for name in bundle.names:
            members.add(name, bundle._member(name))  # noqa: SLF001 - of its own kind
    made_on = newest((bundle.made_on for bundle in bundles), None)
    listing = Listing("parts", members, made_on, partial(_close_all, bundles))
    return Bundle(listing, replace(LIMITS, nested=0))  # each has looked into its own


def _close_all(bundles: Sequence[Bundle]) -> None:
    for bundle in bundles:
        bundle.close()


def _listing(source: Source, name: str, limits: Limits) -> Listing:
    budget = Budget(limits)
    with ExitStack() as opened:
        file = source.reopen()
        opened.callback(file.close)
        magic = file.read(len(_ZIP[0]))
        if magic in _ZIP:
            listing = list_zip(file, limits, budget, source.day)
            opened.pop_all()  # it stays open for the members
            return listing
    if magic.startswith(_GZIP) and is_tar(source):
        return list_tar(source, limits, budget)
    return Listing("file", {shown_name(name): Member(source.reopen, budget)}, source.day)


def _with_nested(members: Mapping[str, Member], limits: Limits) -> Mapping[str, Member]:
    """Return the members, and after them those of the archives among them, the smallest first."""
    found = Members(limits)
    found.update(members)
    room = limits.nested_bytes
    archives = sorted(filter(_is_called_archive, members), key=lambda name: members[name].size or 0)
    for name in archives[: limits.nested]:
        with suppress(RefusedArchiveError):  # then it is a member that no reader knows
            data = _archive_in(members[name], room)
            room -= len(data)
            inside = list_zip(io.BytesIO(data), limits, members[name].budget, None)
            for inner, member in inside.members.items():
                found.add(f"{name}/{inner}", member)
    return found


def _archive_in(member: Member, room: int) -> bytes:
    """Return a member that is an archive; nothing where it is something else."""
    if (member.size or 0) > room:
        return b""
    with bounded(member, room) as stream:
        magic = stream.read(len(_ZIP[0]))
        return magic + stream.read() if magic == _ZIP[0] else b""


def _is_called_archive(name: str) -> bool:
    return name.casefold().endswith(".zip")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


def _parent(name: str) -> str:
    return _folded(name.rpartition("/")[0].rpartition("/")[2])
