"""Ids: of the list, of its network, of its checks, and of those that they replace."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from hygiene.catalog.lint.manuscript import Manuscript, Remark, error
from hygiene.catalog.parsing import Placed
from hygiene.language import N_


def remarks(manuscript: Manuscript) -> Iterator[Remark]:
    """Yield names that are taken, or that nobody knows."""
    if manuscript.is_shared:
        return
    yield from _of_the_list(manuscript)
    yield from _of_checks(manuscript)
    yield from _replaced(manuscript)


def _of_the_list(manuscript: Manuscript) -> Iterator[Remark]:
    checklist, root = manuscript.draft.checklist, manuscript.draft.root
    stem = PurePath(root.problems.file).stem
    if manuscript.is_ours and checklist.id and checklist.id != stem:
        yield error("id", N_("the file is called {stem}.yaml: both have the same name"), stem=stem)
    if checklist.network and manuscript.networks and manuscript.network is None:
        reason = N_("there is no network “{network}”: nobody would be asked")
        yield error("network", reason, network=checklist.network)


def _of_checks(manuscript: Manuscript) -> Iterator[Remark]:
    """The name of a core question means that question on every network."""
    if not manuscript.draft.checklist.network:
        return
    for placed in manuscript.draft.placed:
        name = placed.check.id.rpartition(".")[2]
        if not placed.check.core_id and name in manuscript.core:
            yield error(f"{placed.at.field}.id", N_("“{id}” is the name of a core question"), id=name)


def _replaced(manuscript: Manuscript) -> Iterator[Remark]:
    ids = {check.id for check in manuscript.draft.checklist.checks}
    met: Counter[str] = Counter()
    for placed in manuscript.draft.placed:
        for number, old in enumerate(placed.check.replaces):
            met[old] += 1
            where = f"{placed.at.field}.replaces[{number}]"
            if old in ids or _stands_elsewhere(old, placed, manuscript):
                yield error(where, N_("“{id}” is still there: it cannot be replaced"), id=old)
            elif met[old] > 1:
                yield error(where, N_("“{id}” is replaced twice"), id=old)


def _stands_elsewhere(old: str, placed: Placed, manuscript: Manuscript) -> bool:
    list_id = old.partition(".")[0]
    if list_id == placed.check.id.partition(".")[0]:
        return False
    other = manuscript.other_list(list_id)
    return other is not None and any(check.id == old for check in other.checks)
