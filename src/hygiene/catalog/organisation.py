"""What an organisation hands out, as values: its checklists, its rules, and what it says of itself.

It is read from YAML once, when it is taken in or changed; after that from a packed form, since `status` and
`due` have no time to read YAML. Nothing of it is ever run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Final

import msgspec

from hygiene import __version__
from hygiene.catalog.problems import Problem
from hygiene.model.checklist import Checklist, Trust
from hygiene.model.organisation import Organisation
from hygiene.model.policy import Rules

POLICY: Final = "policy.yaml"
SCHEMA: Final = 1
"""Of the packed form; raised when it, or what may be taken in, changes."""


class Skipped(msgspec.Struct, frozen=True):
    """A file that is not used, and why; the others are."""

    file: str
    problems: tuple[Problem, ...]


class OrganisationLists(msgspec.Struct, frozen=True):
    """What is used of an organisation's files.

    Attributes:
        rules: its layer of the policy; without effect where it has no policy that can be read.
        skipped: the files that are not used.
        digest: `sha256:…` of what it was made from, see `digest_of`.
    """

    organisation: Organisation
    rules: Rules
    checklists: tuple[Checklist, ...]
    skipped: tuple[Skipped, ...] = ()
    digest: str = ""


class _Packed(msgspec.Struct, frozen=True):
    schema: int
    version: str
    lists: OrganisationLists


def digest_of(files: Mapping[str, bytes], trust: Trust, *others: str) -> str:
    """Return what tells one state of an organisation's files from every other.

    Args:
        files: their bytes, by name.
        trust: why they are believed.
        others: what else they are read with.
    """
    contents = sorted((name, hashlib.sha256(data).hexdigest()) for name, data in files.items())
    written = msgspec.json.encode((contents, trust, others))
    return f"sha256:{hashlib.sha256(written).hexdigest()}"


def pack_organisation(lists: OrganisationLists) -> bytes:
    """Return an organisation's lists as JSON that this version reads without YAML."""
    return msgspec.json.encode(_Packed(SCHEMA, __version__, lists))


def unpack_organisation(packed: bytes, digest: str) -> OrganisationLists | None:
    """Return what was packed; None where the files themselves must be read again.

    That is where it was packed from other files or by another version, or is damaged. The packed form is as
    safe as the folder that it lies in: it is not signed, what it was made from is.

    Args:
        packed: the packed form.
        digest: of the files as they are now, see `digest_of`.
    """
    try:
        found = msgspec.json.decode(packed, type=_Packed)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    is_current = (found.schema, found.version, found.lists.digest) == (SCHEMA, __version__, digest)
    return found.lists if is_current else None
