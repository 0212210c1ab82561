"""Checklist files as an editor reads them: every problem and every remark, in one go."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cached_property
from pathlib import Path

from hygiene.catalog.cursor import Cursor
from hygiene.catalog.lint import against_release, answers, conditions, dates, links, names, texts, wording
from hygiene.catalog.lint.manuscript import Manuscript, find_line
from hygiene.catalog.loading import CORE, NETWORKS, PACKED, POLICY, SETUP, load_bundled, read_file
from hygiene.catalog.parsing import BUNDLED, OWN_FILE, SETUP_LIST, Draft, read_draft, read_shared
from hygiene.catalog.problems import FaultyFileError, Problem, Problems
from hygiene.catalog.register import parse_default_policy, parse_networks
from hygiene.catalog.released import FILE, Release, ReleasedList, parse_release
from hygiene.catalog.tree import parse_tree
from hygiene.model.account import Network
from hygiene.model.checklist import Check, Checklist
from hygiene.model.text import same

_RULES = (texts, wording, links, dates, answers, names, conditions, against_release)


def lint_files(files: Iterable[Path], bundled: Path, day: date) -> tuple[Problem, ...]:
    """Return everything that is wrong, or could be better, in checklist files.

    The questions that our lists share, `_core.yaml`, are looked through with any of them.

    Args:
        files: the checklists.
        bundled: the folder of the bundled checklists; a file in it is held to their rules.
        day: what counts as today.

    Raises:
        NotDoneError: a file cannot be read.
    """
    shelf = _Shelf(bundled)
    asked = list(files)
    if any(shelf.is_ours(file) and not file.name.startswith("_") for file in asked):
        core = next(file.parent for file in asked if shelf.is_ours(file)) / CORE
        asked += [core] * (core not in asked)
    return tuple(problem for file in dict.fromkeys(asked) for problem in _lint(file, shelf, day))


def list_files(folder: Path) -> tuple[Path, ...]:
    """Return the checklists of a folder and, first, the core questions that they share."""
    others = (SETUP, NETWORKS, POLICY)
    return tuple(sorted(file for file in folder.glob("*.yaml") if file.name not in others))


def read_drafts(folder: Path, bundled: Path) -> Mapping[str, Draft]:
    """Return the checklists of a folder, by the name of their file without its ending.

    Raises:
        FaultyFileError: one of them cannot be used.
        NotDoneError: one of them cannot be read.
    """
    shelf = _Shelf(bundled)
    drafts = {}
    for file in list_files(folder):
        problems = Problems(str(file))
        drafts[file.stem] = _draft(file, Cursor(parse_tree(read_file(file), str(file)), "", problems), shelf)
        problems.raise_if_any()
    return drafts


class _Shelf:
    """What checklists are compared with, each read once and when it is first needed."""

    def __init__(self, bundled: Path) -> None:
        self.bundled = bundled
        self._place = bundled.resolve()
        self._releases: dict[Path, Release] = {}

    def is_ours(self, file: Path) -> bool:
        return file.resolve().parent == self._place

    @cached_property
    def core(self) -> Mapping[str, Check]:
        """The shared core questions as far as they can be read."""
        problems = Problems(CORE)
        try:
            tree = parse_tree((self.bundled / CORE).read_bytes(), CORE)
        except FaultyFileError:  # said where `_core.yaml` itself is looked through
            return {}
        return {check.id: check for check in read_shared(Cursor(tree, "", problems), "").checklist.checks}

    @cached_property
    def networks(self) -> Mapping[str, Network]:
        """The register of networks; empty where it cannot be read."""
        file = self.bundled / NETWORKS
        try:
            return parse_networks(file.read_bytes(), NETWORKS) if file.exists() else self._packed_networks()
        except FaultyFileError:  # said where the register itself is looked through
            return {}

    def _packed_networks(self) -> Mapping[str, Network]:
        return load_bundled(self.bundled)[0].networks if (self.bundled / PACKED).exists() else {}

    def other_list(self, list_id: str) -> Checklist | None:
        return self._lists.get(list_id)

    @cached_property
    def _lists(self) -> Mapping[str, Checklist]:
        """The bundled checklists, and what is asked before them: conditions may rest on that too."""
        try:
            catalogue = load_bundled(self.bundled)[0]
        except (FaultyFileError, OSError):
            return {}
        before = Checklist(SETUP_LIST, "", "en", same(SETUP_LIST), tuple(catalogue.setup.values()))
        return {**catalogue.checklists, SETUP_LIST: before}

    def released(self, file: Path) -> ReleasedList | None:
        """Return a list in the last release of its folder; None where there was none.

        Raises:
            FaultyFileError: the record of the release cannot be used.
        """
        record = file.parent / FILE
        if record not in self._releases:
            self._releases[record] = (
                parse_release(record.read_bytes(), str(record)) if record.exists() else Release()
            )
        return self._releases[record].lists.get(file.stem)


def _lint(file: Path, shelf: _Shelf, day: date) -> tuple[Problem, ...]:
    problems = Problems(str(file))
    try:
        for manuscript in _manuscripts(file, problems, shelf, day):
            problems.found += _remarks(manuscript)
    except FaultyFileError as error:
        problems.found += error.problems
    return tuple(sorted(dict.fromkeys(problems.found), key=lambda each: (each.file, each.line, each.field)))


def _manuscripts(file: Path, problems: Problems, shelf: _Shelf, day: date) -> Iterator[Manuscript]:
    """Yield the draft of a file; nothing for the register and the policy, which hold no questions."""
    data, is_ours = read_file(file), shelf.is_ours(file)
    if is_ours and file.name == NETWORKS:
        parse_networks(data, str(file))
    elif is_ours and file.name == POLICY:
        parse_default_policy(data, str(file))
    else:
        root = Cursor(parse_tree(data, str(file)), "", problems)
        yield Manuscript(
            draft=_draft(file, root, shelf),
            is_ours=is_ours,
            is_shared=is_ours and file.name in (CORE, SETUP),
            core=shelf.core,
            networks=shelf.networks,
            released=shelf.released(file),
            other_list=shelf.other_list,
            day=day,
        )


def _draft(file: Path, root: Cursor, shelf: _Shelf) -> Draft:
    if not shelf.is_ours(file):
        return read_draft(root, {}, OWN_FILE)
    if file.name in (CORE, SETUP):
        return read_shared(root, "" if file.name == CORE else SETUP_LIST)
    return read_draft(root, shelf.core, BUNDLED)


def _remarks(manuscript: Manuscript) -> Iterator[Problem]:
    """Yield the remarks on a draft, save on places where the parser has spoken already."""
    root = manuscript.draft.root
    faulty = {each.field for each in root.problems.found}
    for rule in _RULES:
        for remark in rule.remarks(manuscript):
            if remark.where not in faulty:
                line = find_line(root.node, remark.where)
                yield Problem(
                    root.problems.file, line, remark.where, remark.reason, remark.values, remark.level
                )
