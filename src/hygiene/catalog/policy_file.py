"""An organisation's `policy.yaml`: YAML bytes to what it says, all problems at once.

The format is described in docs/policy-format.md.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from msgspec import Struct
from msgspec.structs import replace

from hygiene.catalog.check_fields import read
from hygiene.catalog.colours import COLOUR, LEAST_CONTRAST, least_contrast
from hygiene.catalog.cursor import Cursor
from hygiene.catalog.list_names import RESERVED_LISTS
from hygiene.catalog.parsing import read_language
from hygiene.catalog.png import UnusablePictureError, read_png
from hygiene.catalog.policy_rules import Surroundings, read_rules
from hygiene.catalog.problems import Level, Problems
from hygiene.catalog.tree import parse_tree
from hygiene.language import N_
from hygiene.model.organisation import CharterWords, Colours
from hygiene.model.policy import Rules
from hygiene.model.text import Text

FORMAT: Final = 1
SOURCE: Final = re.compile(r"[a-z][a-z0-9]{1,15}")
RESERVED_SOURCES: Final = RESERVED_LISTS | {"my", "hygiene"}
NAME_LENGTH: Final = 60  # characters
CONTACT_LENGTH: Final = 200
OPENING_LENGTH: Final = 600
WORDS_LENGTH: Final = 1200

_PICTURE: Final = re.compile(r"[a-z0-9-]{1,40}\.png")
_KEYS: Final = frozenset(
    [
        "format",
        "source",
        "language",
        "organisation",
        "contact",
        "password_months",
        "audit_months",
        "drop",
        "severities",
        "logo",
        "colours",
        "opening",
        "notice",
        "charter",
    ]
)
_REQUIRED: Final = frozenset({"format", "organisation"})


class PolicyFile(Struct, frozen=True):
    """What a policy says.

    Attributes:
        source: what the ids of the lists begin with; empty where neither it nor the surroundings say so.
        rules: the organisation's layer of the policy.
    """

    source: str
    name: str
    contact: str
    rules: Rules
    opening: Text | None
    notice: Text | None
    logo: bytes | None
    colours: Colours | None
    charter: CharterWords


def parse_policy(data: bytes, file: str, around: Surroundings) -> PolicyFile:
    """Return what a policy says.

    Raises:
        FaultyFileError: with everything that is wrong in it.
    """
    problems = Problems(file)
    policy = read_policy(Cursor(parse_tree(data, file), "", problems), around)
    problems.raise_if_any()
    return policy


def read_source(data: bytes, file: str) -> str:
    """Return the name in a policy that its lists begin with, whatever else is wrong in it.

    Raises:
        FaultyFileError: the file cannot be read, or has no such name.
    """
    problems = Problems(file)
    root = Cursor(parse_tree(data, file), "", problems)
    entries = root.entries()
    if "source" in entries:
        source = _source(entries["source"])
    else:
        source = ""
        problems.add(1, "source", N_("missing"))
    problems.raise_if_any()
    return source


def read_policy(root: Cursor, around: Surroundings) -> PolicyFile:
    """As `parse_policy`, from a file's tree, but noting the problems and going on.

    A check that this version does not have is a warning: the policy may have been written for a later one.
    """
    fields = root.fields(_KEYS, _REQUIRED)
    read(fields, "format", lambda each: each.number(FORMAT, FORMAT), FORMAT)
    language = read(fields, "language", read_language, "en")
    name = read(fields, "organisation", lambda each: _line(each, NAME_LENGTH), "")

    def words(key: str, limit: int) -> Text | None:
        return read(fields, key, lambda each: _words(each, language, limit), None)

    around = replace(around, source=_agreed_source(fields, around))
    return PolicyFile(
        source=around.source or "",
        name=name,
        contact=read(fields, "contact", lambda each: _line(each, CONTACT_LENGTH), ""),
        rules=read_rules(fields, name, around),
        opening=words("opening", OPENING_LENGTH),
        notice=words("notice", WORDS_LENGTH),
        logo=read(fields, "logo", lambda each: _logo(each, around.files), None),
        colours=read(fields, "colours", _colours, None),
        charter=read(fields, "charter", lambda each: _charter(each, language), CharterWords()),
    )


def _agreed_source(fields: Mapping[str, Cursor], around: Surroundings) -> str:
    source = read(fields, "source", _source, "")
    if source and around.source not in (None, source):
        fields["source"].problem(N_("these lists are published as “{source}”"), source=around.source)
    return around.source or source


def _source(cursor: Cursor) -> str:
    name = cursor.matching(SOURCE, "acme")
    if name in RESERVED_SOURCES:
        cursor.problem(N_("“{id}” is reserved"), id=name)
    return name


def _logo(cursor: Cursor, files: Mapping[str, bytes]) -> bytes | None:
    name = cursor.matching(_PICTURE, "logo.png")
    if name not in files:
        cursor.problem(N_("“{name}” is not beside this file"), name=name)
        return None
    try:
        return read_png(files[name])
    except UnusablePictureError as error:
        cursor.problem(error.message, Level.ERROR, **error.values)
        return None


def _colours(cursor: Cursor) -> Colours:
    fields = cursor.fields(frozenset({"main", "accent"}), frozenset({"main"}))
    main = read(fields, "main", _colour, "")
    return Colours(main, read(fields, "accent", _colour, main))


def _colour(cursor: Cursor) -> str:
    colour = cursor.matching(COLOUR, '"#0b6e4f"').lower()
    if COLOUR.fullmatch(colour) and (found := least_contrast(colour)) < LEAST_CONTRAST:
        reason = N_("{colour} reaches a contrast of {found}:1 on the page; {least}:1 is needed to read it")
        cursor.problem(reason, colour=colour, found=found, least=LEAST_CONTRAST)
    return colour


def _charter(cursor: Cursor, language: str) -> CharterWords:
    fields = cursor.fields(frozenset({"why", "help", "signature"}))
    return CharterWords(
        why=read(fields, "why", lambda each: _words(each, language, WORDS_LENGTH), None),
        help=read(fields, "help", lambda each: _words(each, language, WORDS_LENGTH), None),
        signature=read(fields, "signature", Cursor.flag, default=False),
    )


def _words(cursor: Cursor, language: str, limit: int) -> Text:
    text = cursor.text(language)
    for words in text.by_language.values():
        _report_length(words, limit, cursor)
    return text


def _line(cursor: Cursor, limit: int) -> str:
    words = cursor.words()
    if cursor.is_blank or "\n" in words:
        cursor.problem(N_("must be a text of one line"))
    _report_length(words, limit, cursor)
    return words


def _report_length(words: str, limit: int, cursor: Cursor) -> None:
    if len(words) > limit:
        cursor.problem(N_("{found} characters, {limit} at most"), found=len(words), limit=limit)
