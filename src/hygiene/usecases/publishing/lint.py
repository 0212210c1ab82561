"""What is wrong, or could be better, in files that are to be published: said before anybody signs them."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from msgspec.structs import replace

from hygiene import resources
from hygiene.catalog.cursor import Cursor
from hygiene.catalog.loading import load_bundled
from hygiene.catalog.organisation import POLICY
from hygiene.catalog.organisation_files import report_unpublishable
from hygiene.catalog.parsing import Origin, read_draft
from hygiene.catalog.png import UnusablePictureError, read_png
from hygiene.catalog.policy_file import read_policy
from hygiene.catalog.policy_rules import Surroundings
from hygiene.catalog.problems import FaultyFileError, Problem, Problems
from hygiene.catalog.released import FILE as RECORD
from hygiene.catalog.tree import parse_tree
from hygiene.distribution.publishing.bundle import PICTURE
from hygiene.distribution.publishing.workshop import LISTS, Workshop
from hygiene.distribution.release import OTHER_FILES, RELEASE_BYTES
from hygiene.language import N_
from hygiene.model.checklist import Catalogue, Trust
from hygiene.safety.files import read_bounded
from hygiene.usecases.authoring.lists import remarks_on

YAML = ".yaml"


def origin_of(workshop: Workshop) -> Origin:
    """Return where the lists of a workshop come from: their ids begin with the source's name."""
    return Origin(Trust.SOURCE, workshop.title, f"{workshop.name}-")


def problems_in(
    folder: Path, workshop: Workshop, files: Mapping[str, bytes], day: date, beside: Mapping[str, bytes]
) -> tuple[Problem, ...]:
    """Return everything that is wrong, or could be better, in files that are to be released.

    Args:
        folder: the workshop.
        workshop: what it says.
        files: by name.
        day: what counts as today.
        beside: what else is in work, such as the logo that a policy names.
    """
    known = _known()
    around = Surroundings(known, workshop.name, {**beside, **files})
    lists = {name: data for name, data in files.items() if is_checklist(name)}
    found = [*_linted(folder, workshop, lists, day)]
    for name, data in files.items():
        if name in lists:
            found += _for_a_source(name, data, workshop, known)
        else:
            found += _of_picture(name, data) if name.endswith(PICTURE) else _of_yaml(name, data, around)
    return tuple(dict.fromkeys(found))


def is_checklist(name: str) -> bool:
    """Return whether a file of a release is a checklist."""
    return name.endswith(YAML) and name not in OTHER_FILES


@cache
def _known() -> Catalogue:
    """Return the checklists that come with the program, read once."""
    return load_bundled(resources.bundled("checklists"))[0]


def _linted(folder: Path, workshop: Workshop, lists: Mapping[str, bytes], day: date) -> Iterator[Problem]:
    """Lint copies beside a copy of the record: what is in work is touched only when it passes."""
    with tempfile.TemporaryDirectory() as name:
        desk = Path(name)
        record = folder / LISTS / RECORD
        if record.exists():
            (desk / RECORD).write_bytes(read_bounded(record, RELEASE_BYTES))
        for file, data in lists.items():
            (desk / file).write_bytes(data)
        copies = [desk / file for file in lists]
        for each in remarks_on(copies, workshop.name, resources.bundled("checklists"), day):
            yield replace(each, file=Path(each.file).name)


def _for_a_source(name: str, data: bytes, workshop: Workshop, known: Catalogue) -> Iterator[Problem]:
    """Yield what only a published list must not do."""
    problems = Problems(name)
    try:
        draft = read_draft(Cursor(parse_tree(data, name), "", problems), {}, origin_of(workshop))
    except FaultyFileError:  # lint has said so
        return
    problems.found.clear()
    report_unpublishable(draft, known)
    if draft.checklist.id and f"{draft.checklist.id}{YAML}" != name:
        reason = N_("the file is called {stem}.yaml: both have the same name")
        problems.add(1, "id", reason, stem=Path(name).stem)
    yield from problems.errors


def _of_picture(name: str, data: bytes) -> Iterator[Problem]:
    try:
        read_png(data)
    except UnusablePictureError as error:
        yield Problem(name, 1, "", error.message, tuple(error.values.items()))


def _of_yaml(name: str, data: bytes, around: Surroundings) -> Iterable[Problem]:
    if name != POLICY:
        reason = N_("this file is not read: put the words under “notice:” of policy.yaml")
        return (Problem(name, 1, "", reason),)
    problems = Problems(name)
    try:
        read_policy(Cursor(parse_tree(data, name), "", problems), around)
    except FaultyFileError as error:
        return error.problems
    return tuple(problems.found)
