"""Lists that device management put on this computer: a folder that only administrators can write to.

It needs no keys: whoever may write there may as well exchange hygiene itself. Nothing in it expires.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Final

from hygiene.catalog.organisation import POLICY, OrganisationLists, digest_of, unpack_organisation
from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.model.checklist import Catalogue, Trust
from hygiene.safety.cleaning import clean
from hygiene.safety.files import read_regular
from hygiene.safety.ownership import check_file, check_folder

FOLDER: Final = "checklists.d"
MOST_FILES: Final = 200
LARGEST_FILE: Final = 1024 * 1024  # bytes
_TAKEN: Final = frozenset({".yaml", ".yml", ".png"})


def load_managed(folder: Path, known: Catalogue, packed: bytes | None = None) -> OrganisationLists | None:
    """Return what is used of the folder; None where there is no such folder, or nothing in it.

    Args:
        folder: its path.
        known: the checklists that come with the program.
        packed: what `catalog.organisation.pack_organisation` made of it earlier; used if nothing changed.

    Raises:
        UnsafePlaceError: somebody else than an administrator may have changed it; nothing of it is used.
        FaultyFileError: its `policy.yaml` does not say whose it is.
        NotDoneError: it cannot be used for another reason.
    """
    files = read_managed(folder)
    if not files:
        return None
    current = packed and unpack_organisation(packed, digest_of(files, Trust.MANAGED, "", ""))
    return current or _load(files, folder, known)


def read_managed(folder: Path) -> Mapping[str, bytes]:
    """Return the files of the folder that hygiene reads, by name, after looking at who may change them.

    Raises:
        UnsafePlaceError, NotDoneError: as for `load_managed`.
    """
    if not os.path.lexists(folder):
        return {}
    check_folder(folder)
    paths = _paths(folder)
    for path in paths:
        check_file(path)
    return {path.name: read_regular(path, LARGEST_FILE) for path in paths if path.suffix in _TAKEN}


def _paths(folder: Path) -> list[Path]:
    try:
        paths = sorted(folder.iterdir())
    except OSError as error:
        raise NotDoneError(
            N_("{path} could not be read: {reason}"),
            hint=N_("an administrator can let everybody read it; until then everything else works as before"),
            path=clean(str(folder)),
            reason=clean(error.strerror or type(error).__name__),
        ) from error
    if len(paths) > MOST_FILES:
        raise NotDoneError(
            N_("there are more than {most} files in {path}"),
            hint=N_(
                "an administrator can take away those that are not needed; nothing of it is used until then"
            ),
            path=clean(str(folder)),
            most=MOST_FILES,
        )
    return paths


def _load(files: Mapping[str, bytes], folder: Path, known: Catalogue) -> OrganisationLists:
    from hygiene.catalog.organisation_files import Publisher, load_organisation
    from hygiene.catalog.policy_file import read_source

    if POLICY not in files:
        raise NotDoneError(
            N_("there is no {file} in {path}, which says whose lists these are"),
            hint=N_("it has at least three lines: “format: 1”, “source: acme” and “organisation: ACME”"),
            file=POLICY,
            path=clean(str(folder)),
        )
    source = read_source(files[POLICY], str(folder / POLICY))
    return load_organisation(files, Publisher(source, Trust.MANAGED), known)
