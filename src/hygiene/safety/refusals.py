"""How much of an archive is read, and what is said where it is not."""

from __future__ import annotations

import struct
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

from msgspec import Struct

from hygiene.errors import NotDoneError
from hygiene.language import N_

MEBIBYTE: Final = 1024 * 1024  # bytes

FOREIGN: Final = (  # what the libraries raise on bytes that they cannot read
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    tarfile.TarError,
    zlib.error,
    struct.error,
    EOFError,
    RuntimeError,
    ValueError,
    ArithmeticError,
    OSError,
)


class Limits(Struct, frozen=True):
    """How much is read.

    Attributes:
        members: names in one archive or folder.
        directory_bytes: a ZIP's table of contents.
        member_bytes: one member that is read at once.
        stream_bytes: one member that is read piece by piece.
        total_bytes: everything unpacked from one archive in one run.
        nested: archives inside an archive that are looked into.
        nested_bytes: such archives, kept in memory, together.
        name_length: characters of a name with its folders.
        depth: folders within folders.
        small_bytes: one member of a tar that is kept in memory when it comes by.
        kept_bytes: such members together.
        ratio: unpacked to packed bytes of a tar, as soon as it exceeds `total_bytes`.
    """

    members: int = 250_000
    directory_bytes: int = 128 * MEBIBYTE
    member_bytes: int = 32 * MEBIBYTE
    stream_bytes: int = 512 * MEBIBYTE
    total_bytes: int = 1024 * MEBIBYTE
    nested: int = 250
    nested_bytes: int = 64 * MEBIBYTE
    name_length: int = 1024
    depth: int = 16
    small_bytes: int = MEBIBYTE
    kept_bytes: int = 64 * MEBIBYTE
    ratio: int = 100


LIMITS = Limits()


class RefusedArchiveError(NotDoneError):
    """An archive, a folder or a file that is damaged, encrypted, too large or set up to do harm."""


@contextmanager
def told() -> Iterator[None]:
    """Say in one way what the libraries say in many.

    Raises:
        RefusedArchiveError: a library met something that it cannot read.
    """
    try:
        yield
    except PermissionError:
        raise RefusedArchiveError(
            N_("a file in this folder may not be read"), hint=N_("check that you may read all files in it")
        ) from None
    except NotImplementedError:
        raise oddly_packed() from None
    except FOREIGN:
        raise damaged() from None  # their words name members, which may bear a person's name


def damaged() -> RefusedArchiveError:
    """Return the error for what is cut off, altered or garbled."""
    return RefusedArchiveError(
        N_("this file is damaged or incomplete"),
        hint=N_("download it once more, and wait until the download has finished"),
    )


def oddly_packed() -> RefusedArchiveError:
    """Return the error for a method of packing that is not read here."""
    return RefusedArchiveError(
        N_("this archive is packed in a way that is not read here"),
        hint=N_("unpack it, and give the folder instead"),
    )


def locked_archive() -> RefusedArchiveError:
    """Return the error for an archive with a passphrase."""
    return RefusedArchiveError(
        N_("this archive has a passphrase"),
        hint=N_("unpack it with that passphrase, and give the folder instead"),
    )


def too_many(most: int) -> RefusedArchiveError:
    """Return the error for more names than are looked at."""
    return RefusedArchiveError(
        N_("there are more than {most} files in it"),
        hint=N_("give only a part of it, as a folder"),
        most=most,
    )


def too_large(message: str, most: int) -> RefusedArchiveError:
    """Return the error for more bytes than are read; the message's `{most}` is in MiB."""
    return RefusedArchiveError(
        message,
        hint=N_("ask the service for an export without photos, videos and messages"),
        most=max(1, most // MEBIBYTE),
    )
