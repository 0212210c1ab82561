"""An author's files as lint and the parser see them, whoever the list is for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from pathlib import Path

from msgspec.structs import replace

from hygiene.catalog.cursor import Cursor
from hygiene.catalog.lint.files import lint_files
from hygiene.catalog.list_names import RESERVED_LISTS
from hygiene.catalog.loading import CORE, read_file
from hygiene.catalog.parsing import BUNDLED, OWN_FILE, Origin, parse_checklist, parse_core, read_draft
from hygiene.catalog.problems import FaultyFileError, Problem, Problems
from hygiene.catalog.tree import Node, parse_tree
from hygiene.model.checklist import Catalogue, Check, Checklist, Trust


def load_list(file: Path, bundled: Path, *, is_any_version: bool = False) -> Checklist:
    """Return the checklist in a file, whatever its name begins with.

    Args:
        file: somebody's own list, one for a source, or one that comes with hygiene.
        bundled: the folder of those that come with hygiene.
        is_any_version: a copy of one of them, from elsewhere, is accepted too.

    Raises:
        FaultyFileError: it cannot be used.
        NotDoneError: it cannot be read.
    """
    data, name = read_file(file), str(file)
    list_id = _id_of(parse_tree(data, name))
    is_ours = list_id in RESERVED_LISTS and (is_any_version or file.resolve().parent == bundled.resolve())
    origin = BUNDLED if is_ours else _origin_of(list_id)
    return parse_checklist(data, name, _core(bundled) if is_ours else {}, origin)


def with_list(catalogue: Catalogue, checklist: Checklist) -> Catalogue:
    """Return the catalogue with one more list, in place of another of its name."""
    return replace(catalogue, checklists={**catalogue.checklists, checklist.id: checklist})


def remarks_on(files: Iterable[Path], source: str, bundled: Path, day: date) -> tuple[Problem, ...]:
    """Return everything that is wrong, or could be better, in checklist files.

    Args:
        files: the checklists.
        source: the name of the source that they are for; empty for lists of one's own.
        bundled: the folder of those that come with hygiene.
        day: what counts as today.

    Raises:
        NotDoneError: a file cannot be read.
    """
    asked = tuple(files)
    found = lint_files(asked, bundled, day)
    if not source:
        return found
    # Lint takes every file for one of a person's own, and the name is all that differs.
    kept = [each for each in found if dict(each.values).get("prefix") != OWN_FILE.prefix]
    kept += [each for file in asked for each in _about_the_name(file, _origin(source))]
    return tuple(sorted(dict.fromkeys(kept), key=lambda each: (each.file, each.line, each.field)))


def _about_the_name(file: Path, origin: Origin) -> Iterator[Problem]:
    problems = Problems(str(file))
    try:
        read_draft(Cursor(parse_tree(read_file(file), str(file)), "", problems), {}, origin)
    except FaultyFileError:  # lint has said so
        return
    yield from (each for each in problems.found if each.field == "id")


def _origin_of(list_id: str) -> Origin:
    """Return where a list comes from by its name: `acme-phones` is one of the source `acme`."""
    source, dash, _rest = list_id.partition("-")
    return _origin(source) if dash and f"{source}-" != OWN_FILE.prefix else OWN_FILE


def _origin(source: str) -> Origin:
    """Return the origin of a list for a source; nobody has signed it yet."""
    return Origin(Trust.FILE, "", f"{source}-")


def _id_of(tree: Node) -> str:
    node = tree.content.get("id") if isinstance(tree.content, Mapping) else None
    return node.content.strip() if node and isinstance(node.content, str) else ""


def _core(bundled: Path) -> Mapping[str, Check]:
    return parse_core((bundled / CORE).read_bytes(), CORE)
