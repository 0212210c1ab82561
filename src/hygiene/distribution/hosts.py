"""Where a source lies, as files by name that are read in pieces; here folders and archives."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Final, Protocol

from hygiene.distribution.failures import not_a_source, refused, unreachable
from hygiene.safety.archives import open_bundle
from hygiene.safety.cleaning import clean

METADATA: Final = "metadata/"
TARGETS: Final = "targets/"
FIRST_ROOT: Final = f"{METADATA}1.root.json"

_PIECE: Final = 64 * 1024  # bytes
_NAME: Final = re.compile(r"[a-z0-9_-][a-z0-9._-]*(/[a-z0-9_-][a-z0-9._-]*)*")


class MissingError(Exception):
    """There is no such file; 403 where the server does not say whether there is."""

    def __init__(self, status: int = 404) -> None:
        super().__init__(status)
        self.status = status


class Host(Protocol):
    """A place with the files of a source.

    Attributes:
        place: how it may be shown: no password stands in it.
    """

    place: str

    def open(self, name: str) -> Iterator[bytes]:
        """Return a file in pieces.

        Raises:
            MissingError: there is none of that name.
            UnreachableError: now or while reading: the place does not answer, or answers something else.
        """
        ...

    def close(self) -> None:
        """Let go of it."""
        ...


class FolderHost:
    """A folder: a share, a synced folder, a checkout."""

    def __init__(self, path: Path) -> None:
        self.place = clean(str(path))
        self._path = path

    def open(self, name: str) -> Iterator[bytes]:
        """Return a file in pieces."""
        path = self._path / name
        if not _NAME.fullmatch(name) or not path.is_file():  # a pipe would never end
            raise MissingError
        return self._pieces(path)

    def close(self) -> None:
        """Nothing is held."""

    def _pieces(self, path: Path) -> Iterator[bytes]:
        try:
            with path.open("rb") as file:
                yield from iter(lambda: file.read(_PIECE), b"")
        except PermissionError as error:
            raise refused(self.place) from error
        except OSError as error:
            raise unreachable(self.place) from error


class ArchiveHost:
    """A zip or a tar.gz, read within the bounds of `safety.archives`; nothing is unpacked to disk.

    There may be a folder around everything, as file managers make it.
    """

    def __init__(self, path: Path) -> None:
        self.place = clean(str(path))
        self._bundle = open_bundle(path)
        around = [name.removesuffix(FIRST_ROOT) for name in self._bundle.names if _is_first_root(name)]
        if not around:
            raise not_a_source(self.place)
        self._around = min(around, key=len)
        self._names = frozenset(self._bundle.names)

    def open(self, name: str) -> Iterator[bytes]:
        """Return a file in pieces."""
        if f"{self._around}{name}" not in self._names:
            raise MissingError
        return self._pieces(f"{self._around}{name}")

    def close(self) -> None:
        """Let go of the file."""
        self._bundle.close()

    def _pieces(self, name: str) -> Iterator[bytes]:
        with self._bundle.open(name) as stream:
            yield from iter(lambda: stream.read(_PIECE), b"")


def _is_first_root(name: str) -> bool:
    return f"/{name}".endswith(f"/{FIRST_ROOT}")
