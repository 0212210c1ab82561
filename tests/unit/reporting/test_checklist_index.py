"""The list of checklists."""

from __future__ import annotations

from tests.builders import DAY, both, catalogue

from hygiene.reporting.checklist_index import Layout, render_lists
from hygiene.reporting.words import Voice

VOICE = Voice("en", DAY, catalogue(), {})


def test_the_lists_are_aligned_where_there_is_room() -> None:
    lists = (("x", both("x"), 1), ("instagram", both("instagram"), 2))
    assert render_lists(lists, VOICE, Layout(76)) == (
        "x          x           1 check\ninstagram  instagram  2 checks\n"
    )
    unaligned = "x: x, 1 check\ninstagram: instagram, 2 checks\n"
    assert render_lists(lists, VOICE, Layout(76, is_plain=True)) == unaligned
    assert render_lists(lists, VOICE, Layout(29)) == unaligned
