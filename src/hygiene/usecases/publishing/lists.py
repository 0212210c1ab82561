"""The lists in work, `lists/` of a workshop: what may be part of a release, taken in and taken out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hygiene.catalog.cursor import Cursor
from hygiene.catalog.parsing import Draft, read_draft
from hygiene.catalog.problems import FaultyFileError, Level, Problem, Problems
from hygiene.catalog.released import FILE as RECORD
from hygiene.catalog.released import Release, make_release, parse_release, render_release
from hygiene.catalog.tree import parse_tree
from hygiene.distribution.publishing.bundle import PICTURE, check_name
from hygiene.distribution.publishing.placing import put
from hygiene.distribution.publishing.workshop import LISTS, Workshop
from hygiene.distribution.release import RELEASE_BYTES
from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.safety.files import read_bounded
from hygiene.usecases.publishing.lint import YAML, is_checklist, origin_of, problems_in


class Collected(Struct, frozen=True):
    """Everything in `lists/` that a release would hold, looked through.

    Attributes:
        files: the bytes of each, by name.
        drafts: the checklists among them, by their id.
        warnings: what could be better.
        passed_over: names of files that are not part of a release, such as notes.
    """

    files: Mapping[str, bytes]
    drafts: Mapping[str, Draft]
    warnings: tuple[Problem, ...]
    passed_over: tuple[str, ...]


def collect(folder: Path, workshop: Workshop, day: date) -> Collected:
    """Return everything in `lists/`.

    Raises:
        FaultyFileError: something in it cannot be released, with all that is wrong.
        NotDoneError: a file cannot be read.
    """
    names = _names(folder)
    files = _in_work(folder, names)
    for name in files:
        check_name(name)
    problems = problems_in(folder, workshop, files, day, {})
    _raise_if_any(problems)
    left = tuple(name for name in names if name not in files and not name.startswith((".", "_")))
    warnings = tuple(each for each in problems if each.level is Level.WARNING)
    return Collected(files, _drafts(files, workshop), warnings, left)


def add(folder: Path, workshop: Workshop, paths: Iterable[Path], day: date) -> tuple[str, ...]:
    """Take files into `lists/`; a checklist is called by its id. Return their names.

    Raises:
        FaultyFileError: one of them cannot be released; none was taken in.
        UsageError: one of them has a name that no release holds.
        NotDoneError: one of them cannot be read, or `lists/` not be written to.
    """
    contents = {path: read_bounded(path, RELEASE_BYTES) for path in paths}
    files = {_name(path, data, workshop): (path, data) for path, data in contents.items()}
    if len(files) < len(contents):
        raise NotDoneError(
            N_("two of the files have the same id"), hint=N_("give one of them another id; nothing was taken")
        )
    data = {name: each for name, (_path, each) in files.items()}
    places = {name: str(path) for name, (path, _data) in files.items()}
    beside = _in_work(folder, _names(folder))
    problems = problems_in(folder, workshop, data, day, beside)
    _raise_if_any(tuple(replace(each, file=places.get(each.file, each.file)) for each in problems))
    for name, each in data.items():
        put(folder / LISTS / name, each)
    return tuple(data)


def remove(folder: Path, names: Iterable[str]) -> tuple[str, ...]:
    """Take files out of `lists/`, by name or by id. Return their names.

    Raises:
        NotDoneError: there is no such file; none was taken out.
    """
    found = []
    for name in names:
        asked = Path(name).name
        file = asked if asked.endswith((YAML, PICTURE)) else f"{asked}{YAML}"
        if file.startswith((".", "_")) or not (folder / LISTS / file).is_file():
            raise NotDoneError(
                N_("“{name}” is not among the lists in work"),
                hint=N_("look into the folder “lists” of the workshop"),
                name=name,
            )
        found.append(file)
    for file in found:
        (folder / LISTS / file).unlink()
    return tuple(found)


def keep_record(folder: Path, collected: Collected) -> None:
    """Write what is released now, so that lint knows which ids and meanings are taken for ever.

    It is written before the release: one that breaks off then has taken its ids, which does no harm.
    """
    text = render_release(make_release(collected.drafts, _record(folder)))
    put(folder / LISTS / RECORD, text.encode())


def _record(folder: Path) -> Release:
    path = folder / LISTS / RECORD
    return parse_release(read_bounded(path, RELEASE_BYTES), str(path)) if path.exists() else Release()


def _names(folder: Path) -> list[str]:
    """Return the names of all files; what synchronises a folder may leave out an empty one."""
    place = folder / LISTS
    return sorted(path.name for path in place.iterdir() if path.is_file()) if place.is_dir() else []


def _in_work(folder: Path, names: Iterable[str]) -> dict[str, bytes]:
    taken = [name for name in names if name.endswith((YAML, PICTURE)) and not name.startswith((".", "_"))]
    return {name: read_bounded(folder / LISTS / name, RELEASE_BYTES) for name in taken}


def _name(path: Path, data: bytes, workshop: Workshop) -> str:
    """Return what a file is called in a release."""
    name = path.name
    if is_checklist(name):
        problems = Problems(str(path))
        draft = read_draft(Cursor(parse_tree(data, str(path)), "", problems), {}, origin_of(workshop))
        problems.raise_if_any()
        name = f"{draft.checklist.id}{YAML}"
    check_name(name)
    return name


def _raise_if_any(problems: Iterable[Problem]) -> None:
    errors = [each for each in problems if each.level is Level.ERROR]
    if errors:
        raise FaultyFileError(errors)


def _drafts(files: Mapping[str, bytes], workshop: Workshop) -> Mapping[str, Draft]:
    """Return the checklists, which were looked through already."""
    lists = [name for name in files if is_checklist(name)]
    return {
        Path(name).stem: read_draft(
            Cursor(parse_tree(files[name], name), "", Problems(name)), {}, origin_of(workshop)
        )
        for name in lists
    }
