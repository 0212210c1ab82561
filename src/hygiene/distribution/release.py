"""A release: all files of a source in one signed target, so that one request brings them.

The target is JSON, at most 5 MiB: `{"format": 1, "source", "title", "contact", "released_on", "files":
{"acme-phones.yaml": "<text>", "policy.yaml": "…", "notice.yaml": "…", "logo.png": "<base64>"}}`.
What the files say is for the catalogue to judge.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping
from datetime import date
from typing import Final

import msgspec
from msgspec import Struct

from hygiene.distribution.failures import UnusableReleaseError
from hygiene.distribution.source import check_format, check_name
from hygiene.language import N_
from hygiene.safety.cleaning import clean

TARGET: Final = "lists.json"
RELEASE_BYTES: Final = 5 * 1024 * 1024
OTHER_FILES: Final = frozenset({"policy.yaml", "notice.yaml"})
"""The YAML files that are no checklists."""

_FILE: Final = re.compile(r"[a-z0-9-]{1,40}\.(yaml|png)")
_PICTURE: Final = ".png"
_LINE: Final = 200  # characters


class Release(Struct, frozen=True):
    """What a source published at one time.

    Attributes:
        source: its name.
        title: what the publisher calls itself, without control characters.
        contact: whom to ask, likewise.
        released_on: the day that the publisher gave it.
        files: the bytes of each file, by name; a checklist's is its id and `.yaml`.
    """

    source: str
    title: str
    contact: str
    released_on: date
    files: Mapping[str, bytes]


def parse_release(data: bytes) -> Release:
    """Return the release that a target holds.

    Raises:
        TooNewError: it is in a form that a later hygiene reads.
        UnusableReleaseError: it is no release, or holds a file that may not be in one.
    """
    if len(data) > RELEASE_BYTES:
        raise too_large()
    try:
        written = msgspec.json.decode(data, type=_Head)
        check_format(written.format, clean(written.source)[:_LINE])
        body = msgspec.json.decode(data, type=_Written)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _unusable(N_("the release is not in a form that hygiene knows")) from error
    source = check_name(body.source)
    files = {name: _content(name, text, source) for name, text in body.files.items()}
    return Release(source, _line(body.title), _line(body.contact), body.released_on, files)


def too_large() -> UnusableReleaseError:
    """Return the error for a release beyond what is taken in."""
    return _unusable(N_("the release is larger than 5 MiB"))


class _Head(Struct, frozen=True):
    format: int
    source: str


class _Written(_Head, frozen=True):
    title: str
    contact: str
    released_on: date
    files: dict[str, str]


def _content(name: str, text: str, source: str) -> bytes:
    if not _FILE.fullmatch(name) or not _belongs(name, source):
        raise _unusable(N_("a file in the release does not carry the name of the source"))
    if not name.endswith(_PICTURE):
        return text.encode()
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise _unusable(N_("a picture in the release cannot be read")) from error


def _belongs(name: str, source: str) -> bool:
    return name.endswith(_PICTURE) or name in OTHER_FILES or name.startswith(f"{source}-")


def _line(text: str) -> str:
    return clean(text)[:_LINE]


def _unusable(message: str) -> UnusableReleaseError:
    return UnusableReleaseError(
        message, hint=N_("your lists stay as they are; please tell the people who publish these lists")
    )
