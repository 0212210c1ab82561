"""What an editor has on the desk: a draft, what it is measured by, and the form of a remark."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from datetime import date

from msgspec import Struct

from hygiene.catalog.parsing import SETUP_LIST, Draft
from hygiene.catalog.problems import Level
from hygiene.catalog.released import ReleasedList
from hygiene.catalog.tree import Node
from hygiene.model.account import Network
from hygiene.model.checklist import Check, Checklist

_STEP = re.compile(r"[^.\[\]]+")


class Remark(Struct, frozen=True):
    """What an editor says about one place.

    Attributes:
        where: in the file, such as `checks[2].title.fr`; the place itself may be missing.
        reason: an untranslated template, filled by `values`.
    """

    where: str
    reason: str
    values: tuple[tuple[str, object], ...] = ()
    level: Level = Level.ERROR


def error(where: str, reason: str, **values: object) -> Remark:
    """Return a remark that keeps a list from being released."""
    return Remark(where, reason, tuple(values.items()))


def warning(where: str, reason: str, **values: object) -> Remark:
    """Return a remark to think about."""
    return Remark(where, reason, tuple(values.items()), Level.WARNING)


class Manuscript(Struct, frozen=True):
    """A draft and what its editor knows besides.

    Attributes:
        is_ours: it lies in the folder of the bundled checklists and is held to their rules.
        is_shared: `_core.yaml` or `_setup.yaml`: questions without steps, asked about every network.
        core: the shared core questions, by name.
        networks: the register; empty where there is none to compare with.
        released: the list in the last release of its folder, or None.
        other_list: gives a bundled checklist by its id, or None.
        day: what counts as today.
    """

    draft: Draft
    is_ours: bool
    is_shared: bool
    core: Mapping[str, Check]
    networks: Mapping[str, Network]
    released: ReleasedList | None
    other_list: Callable[[str], Checklist | None]
    day: date

    @property
    def network(self) -> Network | None:
        """The network that the list is about, where the register knows it."""
        return self.networks.get(self.draft.checklist.network or "")

    @property
    def is_setup(self) -> bool:
        """Whether it is `_setup.yaml`, what is asked before the first check."""
        return self.is_shared and self.draft.checklist.id == SETUP_LIST

    def lapse(self, where: str, reason: str, **values: object) -> Remark:
        """Return a remark that is an error in our own lists only."""
        return (error if self.is_ours else warning)(where, reason, **values)


def find_line(root: Node, where: str) -> int:
    """Return the line of a place, such as `checks[2].title.fr`; of the innermost that is there.

    A field of a map stands where its key stands.
    """
    node, line = root, 1
    for step in _STEP.findall(where):
        content = node.content
        if isinstance(content, Mapping) and step in content:
            line = node.key_lines.get(step, content[step].line)
            node = content[step]
        elif isinstance(content, tuple) and step.isdigit() and int(step) < len(content):
            node = content[int(step)]
            line = node.line
        else:
            break
    return line
