"""A checklist to read: everything that a person may want to know before they are asked, calmly laid out."""

from __future__ import annotations

import unicodedata

import pytest
from msgspec.structs import replace
from tests.builders import DAY, POLICY, both, catalogue, check, checklist, choice, dated

from hygiene.engine.conditions import parse_condition
from hygiene.model.account import Purpose
from hygiene.model.checklist import Checklist, Confidence, Remediation, Severity, Steps, Trust
from hygiene.reporting.checklist_index import Layout
from hygiene.reporting.checklist_text import Reader
from hygiene.reporting.words import Voice

REMEDY = Remediation(
    10,
    (Steps("ios", (both("Open Settings."), both("Do it on {network}."))), Steps("web", (both("Do that."),))),
    settings_url="https://x.com/settings",
    help_url="https://help.x.com/",
    sourced="2025-10",
    confidence=Confidence.MEDIUM,
)
PRIVATE = check("x.private", remediation=REMEDY, core=True, sources=("A book, 2024",))
MAP = check("x.map", severity=Severity.LOW, look=True, when=parse_condition("x.private is no"))
LIST = replace(
    checklist("x", PRIVATE, MAP, dated("x.sessions", 6), network="x"), sources=("A page, 2025-10", "Another")
)
VOICE = Voice("en", DAY, catalogue(LIST), {})

PAGE = """\
x
Asked about each account of this kind that you have.
3 checks: 2 high, 1 low.
About 1 min to answer; about 20 min to put everything right, if nothing is
yet.
Version 2026.11, published by hygiene: comes with the program.


1. Mend x.private
   High severity. Asked every year. [x.private]

   Is x.private so?
   - yes (recommended)
   - no

   Why: Something could happen.

   To put it right, about 10 min:
   On an iPhone or iPad:
   1. Open Settings.
   2. Do it on X.
   On the web:
   1. Do that.
   Settings: https://x.com/settings
   Help: https://help.x.com/
   Menus as published: October 2025.
   Source: A book, 2024


2. Mend x.map
   Low severity. You will probably have to look in the settings. [x.map]
   Only when the answer to “Is x.private so?” is “no”.

   Is x.map so?
   - yes (recommended)
   - no

   Why: Something could happen.

   To put it right, about 5 min:
   1. Do it.
   Menu names may differ.


3. Mend x.sessions
   High severity. [x.sessions]

   Is x.sessions so?
   Answer: a date, such as “March 2026” or “a year ago”.
   Recommended: within the last 6 months.

   Why: Something could happen.

   To put it right, about 5 min:
   1. Do it.
   Menu names may differ.


Sources of this list:
- A page, 2025-10
- Another
"""

PLAIN_CHECK = """\
x
Version 2026.11, published by hygiene: comes with the program.

Mend x.map
Low severity. You will probably have to look in the settings. [x.map]
Only when the answer to “Is x.private so?” is “no”.
Question: Is x.map so?
Choice: yes (recommended)
Choice: no
Why: Something could happen.
To put it right, about 5 min:
1. Do it.
Menu names may differ.
"""


def read(what: Checklist = LIST, width: int = 76, *, is_plain: bool = False) -> str:
    return Reader(VOICE, POLICY, Layout(width, is_plain)).checklist(what)


def test_a_page_tells_everything_in_order() -> None:
    assert read().replace("\N{NO-BREAK SPACE}", " ") == PAGE


def test_one_check_alone_in_plain_lines() -> None:
    page = Reader(VOICE, POLICY, Layout(76, is_plain=True)).check(MAP, LIST)
    assert page.replace("\N{NO-BREAK SPACE}", " ") == PLAIN_CHECK


@pytest.mark.parametrize("width", [1, 20, 48, 76])
def test_lines_keep_to_the_width_save_for_what_cannot_be_broken(width: int) -> None:
    for line in read(width=width).splitlines():
        bare = line.strip().removeprefix("- ")
        assert len(line) <= max(width, 20) or " " not in bare, line


def test_an_address_is_never_broken() -> None:
    url = f"https://x.com/{'a-long-way/' * 9}"
    one = check("x.a", remediation=replace(REMEDY, settings_url=url))
    assert f" {url}\n" in read(checklist("x", one, network="x"), width=40)


@pytest.mark.parametrize("width", [40, 76])
def test_plain_lines_are_wrapped_to_a_terminal_between_words(width: int) -> None:
    lines = read(width=width, is_plain=True).splitlines()
    assert all(len(line) <= width or " " not in line for line in lines)
    assert all(line == line.strip() for line in lines)


def test_plain_lines_hold_an_item_each_where_nothing_is_wrapped() -> None:
    long = check("x.a", risk=both(" ".join(["A danger."] * 30)), choices=(choice("c", good=[Purpose.WORK]),))
    lines = read(checklist("x", long, network="x"), width=0, is_plain=True).splitlines()
    assert any(line.startswith("Why: A danger.") and len(line) > 290 for line in lines)
    assert "Choice: c (recommended for a work account)" in lines
    assert all(line == line.strip() for line in lines)


def test_only_letters_and_punctuation() -> None:
    """No escape byte, no frame, no bullet that a screen reader stumbles over."""
    for page in (read(), read(is_plain=True)):
        assert {char for char in page if unicodedata.category(char) in ("Cc", "Cf", "So", "Sk")} == {"\n"}


def test_what_an_author_hid_in_a_text_does_not_reach_the_terminal() -> None:
    bad = check("x.a", title=both("Mend \x1b[31m\u202eit"), remediation=Remediation(1))
    page = read(checklist("x", bad, network="x"))
    assert "\x1b" not in page
    assert "\u202e" not in page


def test_a_template_of_an_address_says_what_is_missing() -> None:
    one = check("x.a", remediation=replace(REMEDY, settings_url="https://{server}/auth/edit"))
    page = read(checklist("x", one, network="x"))
    assert "Settings: https://…/auth/edit\n" in page
    assert "Put your own server" in page
    assert "Put your own server" not in read()


def test_a_list_about_the_person_and_of_ones_own() -> None:
    own = replace(checklist("my-club", check("my-club.key")), publisher="", trust=Trust.FILE)
    page = read(own)
    assert "About you; asked once" in page
    assert "Version 2026.11: a file of your own, unsigned." in page
    assert "Sources" not in page
