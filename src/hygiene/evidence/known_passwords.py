"""Lists of passwords that others know already, on the person's own disk; nothing is asked over the network.

The two forms are those in which Pwned Passwords (https://haveibeenpwned.com/Passwords) is downloaded: a file
for each range of hashes, or one big file sorted by hash. SHA-1 is that list's own choice; a keyed or slow
hash could not be compared with it.

Files are read, not mapped: a file that is cut or unplugged while it is mapped ends the process with a signal,
while a read that fails is an error one can word.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections.abc import Iterator
from io import FileIO
from itertools import islice
from pathlib import Path
from typing import Protocol

from msgspec import Struct

from hygiene.errors import NotDoneError
from hygiene.language import N_

_HASH = 40  # hexadecimal digits of a SHA-1
_PREFIX = 5  # of these, those that name a range
_RANGE_NAME = re.compile(r"[0-9A-Fa-f]{5}(?:\.txt)?")
_RANGE_LINE = re.compile(rb"[0-9A-Fa-f]{35}:\d{1,15}\r?")
_LINE = re.compile(rb"[0-9A-Fa-f]{40}:\d{1,15}\r?")
_LINE_AT_MOST = 64  # bytes of a line, with its break: 40 digits, a colon, a count, CR and LF
_AFTER_ALL = b"\xff"  # sorts after every hash
_RANGE_AT_MOST = 16 * 2**20  # bytes of a range file; today's hold about 80 kB
_RANGES_LOOKED_AT = 8
_SAMPLES, _SAMPLE = 64, 4096  # places, and bytes at each, where a big file is looked at before it is trusted


class KnownPasswords(Protocol):
    """A list of known passwords."""

    def has(self, password: str) -> bool:
        """Return whether the password is on the list.

        Raises:
            NotDoneError: the list cannot be read, or is not what it was when it was opened.
        """
        ...


class RangeFolder(Struct, frozen=True):
    """A folder with a file for each range: `21BD1` or `21BD1.txt`, in capitals or not.

    A file holds the hashes that begin with the five digits of its name, as lines `REST:COUNT`. A count of 0
    is padding, which hides how long a range is. A range without a file has no known password.

    What is read tells whoever watches the disk the first 20 bits of a hash; a disk in a network is watched by
    those who run it.
    """

    path: Path

    def has(self, password: str) -> bool:
        """Return whether the password is on the list."""
        digest = _digest_of(password)
        data = self._range(digest[:_PREFIX].decode())
        if data is None:
            return False
        if not _RANGE_LINE.fullmatch(data.partition(b"\n")[0]):
            raise _not_as_it_was()
        _, is_there, rest = (b"\n" + data.upper()).partition(b"\n" + digest[_PREFIX:] + b":")
        return bool(is_there) and _is_counted(rest)

    def _range(self, prefix: str) -> bytes | None:
        spellings = (prefix, prefix.lower())
        found = (_content(self.path / f"{each}{ending}") for each in spellings for ending in (".txt", ""))
        return next((data for data in found if data is not None), None)


class SortedFile(Struct, frozen=True):
    """One file of lines `HASH:COUNT`, sorted by hash, in capitals or not.

    It is searched by halves of its bytes, so a list of 40 GB takes some 36 small reads. It is opened for each
    look-up, which costs little beside them and leaves nothing to be closed.

    Attributes:
        size: of the file, in bytes; a file of another size is no longer the one that was looked at.
        end: where its last line ends, its line break not counted.
    """

    path: Path
    size: int
    end: int

    def has(self, password: str) -> bool:
        """Return whether the password is on the list."""
        digest = _digest_of(password)
        try:
            with self.path.open("rb", buffering=0) as file:
                return self._has(file, digest)
        except OSError as error:
            raise _unreadable(error) from error

    def _has(self, file: FileIO, digest: bytes) -> bool:
        if file.seek(0, 2) != self.size:
            raise _not_as_it_was()
        at = bisect_left(range(self.end), digest, key=lambda offset: self._line(file, offset)[:_HASH].upper())
        line = self._line(file, at)
        return line[:_HASH].upper() == digest and _is_counted(line[_HASH + 1 :])

    def _line(self, file: FileIO, offset: int) -> bytes:
        """Return the first line that begins beyond an offset (at 0: the first), or what sorts after all."""
        file.seek(offset)
        block = file.read(min(2 * _LINE_AT_MOST, self.end - offset))
        if offset:
            if b"\n" not in block:
                return _AFTER_ALL
            block = block.partition(b"\n")[2]
        line = block.partition(b"\n")[0]
        if not _LINE.fullmatch(line):
            raise _not_as_it_was()
        return line


def open_known_passwords(path: Path) -> KnownPasswords:
    """Return the list at a path, in the form that is found there.

    Of a folder the first range files are looked at; of a file its beginning, its end and places between: a
    list that cannot be searched would answer “not known” to everything.

    Raises:
        NotDoneError: it cannot be read, has neither form, or is not sorted.
    """
    try:
        if path.is_dir():
            return _checked_folder(path)
        if path.exists() and not path.is_file():  # a pipe or a device might never end
            raise _foreign()
        return _checked_file(path)
    except OSError as error:
        raise _unreadable(error) from error


def _checked_folder(path: Path) -> RangeFolder:
    names = (each.name for each in path.iterdir() if _RANGE_NAME.fullmatch(each.name))
    ranges = [_content(path / name) or b"" for name in islice(names, _RANGES_LOOKED_AT)]
    lines = [line for data in ranges for line in data.removesuffix(b"\n").split(b"\n")]
    if not lines or not all(map(_RANGE_LINE.fullmatch, lines)):
        raise _foreign()
    return RangeFolder(path)


def _checked_file(path: Path) -> SortedFile:
    with path.open("rb", buffering=0) as file:
        size = file.seek(0, 2)
        file.seek(max(size - _LINE_AT_MOST, 0))
        tail = file.read(_LINE_AT_MOST)
        end = size - len(tail) + len(tail.rstrip(b"\r\n"))
        samples = [*_samples(file, end)]
    lines = [line for sample in samples for line in sample]
    if not all(samples) or not all(map(_LINE.fullmatch, lines)):
        raise _foreign()
    hashes = [line[:_HASH].upper() for line in lines]
    if hashes != sorted(hashes):
        raise _unsorted()
    return SortedFile(path, size, end)


def _samples(file: FileIO, end: int) -> Iterator[list[bytes]]:
    """Yield the whole lines at places from the first to the last of the file; all lines of a small one."""
    if end <= _SAMPLES * _SAMPLE:
        file.seek(0)
        yield file.read(end).split(b"\n")
        return
    for place in range(_SAMPLES):
        offset = place * (end - _SAMPLE) // (_SAMPLES - 1)
        file.seek(offset)
        lines = file.read(_SAMPLE).split(b"\n")
        yield lines[1 if place else 0 : None if place == _SAMPLES - 1 else -1]


def _digest_of(password: str) -> bytes:
    data = password.encode("utf-8", "surrogatepass")
    return hashlib.sha1(data, usedforsecurity=False).hexdigest().upper().encode()


def _content(path: Path) -> bytes | None:
    """Return what a range file holds, or None where there is none."""
    try:
        with path.open("rb") as file:
            data = file.read(_RANGE_AT_MOST + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        # The name of the file is the beginning of a password's hash, so that error is not passed on.
        raise _unreadable(error) from None
    if len(data) > _RANGE_AT_MOST:
        raise _not_as_it_was()
    return data


def _is_counted(rest: bytes) -> bool:
    """Return whether a line that begins with its count has been seen at all: 0 is padding."""
    return rest.partition(b"\n")[0].strip(b"0\r") != b""


def _unreadable(error: OSError) -> NotDoneError:
    return NotDoneError(
        N_("the list of known passwords cannot be read: {reason}"),
        hint=N_("check its name, and that you may read it"),
        reason=error.strerror or "?",
    )


def _foreign() -> NotDoneError:
    return NotDoneError(
        N_("this is not a list of known passwords that hygiene can read"),
        hint=N_(
            "it reads what the downloader of Have I Been Pwned makes: one big file, or a folder with a file "
            "for each range, with SHA-1 hashes"
        ),
    )


def _unsorted() -> NotDoneError:
    return NotDoneError(
        N_("the list of known passwords is not sorted by hash, so nothing can be found in it"),
        hint=N_("`LC_ALL=C sort LIST -o SORTED` makes a sorted one"),
    )


def _not_as_it_was() -> NotDoneError:
    return NotDoneError(
        N_("the list of known passwords is damaged, or has just changed"),
        hint=N_("if it is being downloaded, wait until that is done; otherwise download it again"),
    )
