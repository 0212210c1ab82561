"""The catalogue: bundled checklists (packed in a wheel, YAML in a checkout) and a person's own files."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import msgspec
from msgspec.structs import replace

from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_
from hygiene.model.account import Network
from hygiene.model.checklist import Catalogue, Checklist
from hygiene.model.policy import Rules

PACKED = "packed.json"
CORE, SETUP, NETWORKS, POLICY = "_core.yaml", "_setup.yaml", "_networks.yaml", "_policy.yaml"


class _Bundle(msgspec.Struct, frozen=True):
    """What a wheel carries."""

    catalogue: Catalogue
    policy: Rules


def load_bundled(folder: Path, reference: Path | None = None) -> tuple[Catalogue, Rules]:
    """Return the bundled checklists and the default policy.

    Args:
        folder: holds `packed.json` (a wheel) or the YAML files (a checkout).
        reference: the folder of reference data, for links that the YAML files leave open.

    Raises:
        FaultyFileError: one of the YAML files cannot be used.
    """
    packed = folder / PACKED
    if packed.exists():
        return unpack(packed.read_bytes())
    return load_sources(folder, reference)


def load_sources(folder: Path, reference: Path | None = None) -> tuple[Catalogue, Rules]:
    """Return the catalogue and the default policy from the YAML files of a folder.

    Args:
        folder: holds the YAML files.
        reference: as for `load_bundled`; without it the lists are as they are written.

    Raises:
        FaultyFileError: one of them cannot be used.
    """
    from hygiene.catalog.parsing import BUNDLED, parse_checklist, parse_core, parse_setup
    from hygiene.catalog.register import parse_default_policy, parse_networks

    core = parse_core((folder / CORE).read_bytes(), CORE)
    setup = parse_setup((folder / SETUP).read_bytes(), SETUP)
    networks = parse_networks((folder / NETWORKS).read_bytes(), NETWORKS)
    policy = parse_default_policy((folder / POLICY).read_bytes(), POLICY)
    files = sorted(file for file in folder.glob("*.yaml") if not file.name.startswith("_"))
    lists = [parse_checklist(file.read_bytes(), file.name, core, BUNDLED) for file in files]
    if reference:
        lists = _with_missing_links(lists, networks, reference)
    order = list(networks)
    lists.sort(key=lambda each: (order.index(each.network) if each.network in order else -1, each.id))
    return Catalogue({each.id: each for each in lists}, setup, networks), policy


def _with_missing_links(
    lists: Iterable[Checklist], networks: Mapping[str, Network], reference: Path
) -> list[Checklist]:
    from hygiene.catalog.reference import Reference, with_missing_links

    sites = Reference(reference)
    return [with_missing_links(each, networks.get(each.network or ""), sites) for each in lists]


def with_own_files(catalogue: Catalogue, paths: Iterable[Path]) -> Catalogue:
    """Return the catalogue with a person's own checklist files beside the bundled ones.

    Args:
        catalogue: what there is already.
        paths: YAML files, ids `my-…`.

    Raises:
        FaultyFileError: a file cannot be used.
        NotDoneError: a file cannot be read.
        UsageError: two of them have the same id.
    """
    own: dict[str, Checklist] = {}
    places: dict[str, Path] = {}
    for path in paths:
        checklist = load_own_file(path)
        if checklist.id in own:
            raise UsageError(
                N_("{first} and {second} are both called “{name}”"),
                hint=N_("give one of them another id, or take away the one that you no longer use"),
                name=checklist.id,
                first=places[checklist.id],
                second=path,
            )
        own[checklist.id], places[checklist.id] = checklist, path
    return replace(catalogue, checklists={**catalogue.checklists, **own})


def load_own_file(path: Path) -> Checklist:
    """Return the checklist in a person's own file.

    Raises:
        FaultyFileError: the file cannot be used.
        NotDoneError: the file cannot be read.
    """
    from hygiene.catalog.parsing import OWN_FILE, parse_checklist

    # A network's core questions are instantiated by its bundled checklist only.
    return parse_checklist(read_file(path), str(path), {}, OWN_FILE)


def read_file(path: Path) -> bytes:
    """Return the bytes of a file that someone named, one byte more than is accepted at most.

    Raises:
        NotDoneError: it cannot be read.
    """
    from hygiene.catalog.tree import LARGEST_FILE

    try:
        with path.open("rb") as file:
            return file.read(LARGEST_FILE + 1)
    except OSError as error:
        raise NotDoneError(
            N_("{path} cannot be read: {reason}"),
            hint=N_("check the name of the file, and that you may read it"),
            path=path,
            reason=error.strerror or "?",
        ) from error


def pack(catalogue: Catalogue, policy: Rules) -> bytes:
    """Return the catalogue and the default policy as the JSON that a wheel carries.

    It is written when the wheel is built and read by the same version only, so it has no schema of its own.
    """
    return msgspec.json.encode(_Bundle(catalogue, policy))


def unpack(packed: bytes) -> tuple[Catalogue, Rules]:
    """Return the catalogue and the default policy that were packed."""
    bundle = msgspec.json.decode(packed, type=_Bundle)
    return bundle.catalogue, bundle.policy
