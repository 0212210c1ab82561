"""The one target, `lists.json`: every list of a release, its policy and its notice in one file."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Mapping
from datetime import date

from hygiene.distribution.publishing.workshop import Workshop
from hygiene.distribution.release import RELEASE_BYTES
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_

FORMAT = 1
PICTURE = ".png"
_NAME = re.compile(r"[a-z0-9-]{1,40}\.(yaml|png)")


def check_name(name: str) -> None:
    """Make sure that a file can be part of a release under this name.

    Raises:
        UsageError: it cannot.
    """
    if not _NAME.fullmatch(name):
        raise UsageError(
            N_("“{name}” cannot be part of a release"),
            hint=N_("take small letters, digits and dashes, at most 40, and the ending .yaml or .png"),
            name=name,
        )


def render_lists(workshop: Workshop, files: Mapping[str, bytes], day: date) -> bytes:
    """Return the target: the same files on the same day give the same bytes.

    Args:
        workshop: says the source's name, title and contact.
        files: by name; texts are UTF-8, pictures end in `.png`.
        day: of the release.

    Raises:
        NotDoneError: it is larger than clients take.
    """
    lists = {
        "format": FORMAT,
        "source": workshop.name,
        "title": workshop.title,
        "contact": workshop.contact,
        "released_on": day.isoformat(),
        "files": {name: _text(name, files[name]) for name in sorted(files)},
    }
    data = json.dumps(lists, ensure_ascii=False, indent=1).encode() + b"\n"
    if len(data) > RELEASE_BYTES:
        raise NotDoneError(
            N_("all files together are {size} MiB; a release has at most {limit}"),
            hint=N_("take a file out with `hygiene publish remove`, or choose a smaller logo"),
            size=len(data) // 2**20 + 1,
            limit=RELEASE_BYTES // 2**20,
        )
    return data


def _text(name: str, data: bytes) -> str:
    return base64.b64encode(data).decode() if name.endswith(PICTURE) else data.decode()
