"""Checklist files written for a test, and what is wrong with them, as the lines that a person reads."""

from __future__ import annotations

import re
from collections.abc import Callable
from textwrap import dedent, indent

import pytest

from hygiene.catalog.parsing import OWN_FILE, parse_checklist
from hygiene.catalog.problems import FaultyFileError
from hygiene.model.checklist import Check, Checklist
from hygiene.model.text import Text

SEVERITIES = "info, low, medium, high, critical"


def problems(read: Callable[[], object]) -> list[str]:
    """The problems of a file that must be refused."""
    with pytest.raises(FaultyFileError) as caught:
        read()
    return [str(each) for each in caught.value.problems]


def english(words: str) -> Text:
    return Text("en", {"en": words})


def own(data: str) -> Checklist:
    """A person's own file."""
    return parse_checklist(dedent(data).encode(), "f.yaml", {}, OWN_FILE)


HEAD = """\
format: 1
id: my-list
version: "2026.11"
title: Mine
checks:
  - id: a
    title: T
    question: Q
    risk: R
    severity: low
"""
YES_NO_GOOD = '    choices: yes-no\n    good: "yes"\n'


def check(lines: str, *, choices: str = YES_NO_GOOD) -> Check:
    """The only check of a file, with these lines added."""
    (only,) = parse_checklist(
        (HEAD + choices + indent(dedent(lines), "    ")).encode(), "f.yaml", {}, OWN_FILE
    ).checks
    return only


def said_of(lines: str, *, choices: str = YES_NO_GOOD) -> list[str]:
    """What is wrong with such a check, without file and line."""
    return [
        re.sub(r"^f.yaml:\d+: (checks\[0\](\.|: ))?", "", each)
        for each in problems(lambda: check(lines, choices=choices))
    ]
