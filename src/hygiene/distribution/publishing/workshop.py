"""The workshop: the folder that the people who publish share. Its `workshop.json` says who they are.

It is signed by nobody. What counts is the published root; the workshop says what the next one is to be, and
whoever signs that is shown what changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import IntEnum
from pathlib import Path

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from hygiene.distribution.publishing.placing import ensure_folder, put
from hygiene.distribution.source import check_name
from hygiene.errors import HygieneError, NotDoneError, UsageError
from hygiene.language import N_
from hygiene.safety.cleaning import find_unclean
from hygiene.safety.files import MissingFileError, read_bounded

FORMAT = 1
FILE = "workshop.json"
LISTS, REPOSITORY, STAGED = "lists", "repository", "staged"
SPARE, FRESHNESS = "spare", "freshness"
"""Keys that belong to no single person."""

_LARGEST = 256 * 1024  # bytes
_LONGEST_WORDS = 200
_PERSON = re.compile(r"[^\W\d_][\w-]{0,29}")
_PUBLIC = re.compile(r"([0-9a-f]{64})?")


class Level(IntEnum):
    """How much is asked of those who publish.

    Level 0, a folder that only administrators can write, has no keys and so nothing to publish.
    """

    YEARLY = 1
    FULL = 2


FEWEST: Mapping[Level, int] = {Level.YEARLY: 1, Level.FULL: 2}
"""How many people begin a source."""


class Member(Struct, frozen=True):
    """Somebody, or something, that has a key.

    Attributes:
        public: its public half as 64 hexadecimal digits; empty until they have joined.
        keyid: how metadata names it.
    """

    name: str
    public: str = ""
    keyid: str = ""
    roles: tuple[str, ...] = ()

    @property
    def is_person(self) -> bool:
        """Whether it is a person, and not the spare or the freshness key."""
        return self.name not in (SPARE, FRESHNESS)


class Workshop(Struct, frozen=True, kw_only=True):
    """What `workshop.json` says.

    Attributes:
        name: of the source.
        contact: whom employees ask.
        approvals: how many people sign a release of lists.
        members: those who sign now, or are to.
        former: names and key ids of those who signed once, so that a change of root can be said in words.
    """

    format: int = FORMAT
    name: str
    title: str
    contact: str = ""
    level: Level = Level.FULL
    approvals: int = 1
    members: tuple[Member, ...] = ()
    former: tuple[Member, ...] = ()

    @property
    def people(self) -> tuple[Member, ...]:
        """Those who are people."""
        return tuple(each for each in self.members if each.is_person)

    @property
    def awaited(self) -> tuple[str, ...]:
        """The names of those who have not joined yet."""
        return tuple(each.name for each in self.members if not each.public)

    def find(self, name: str) -> Member | None:
        """Return the member of that name, however it is capitalised, or None."""
        return next((each for each in self.members if each.name.casefold() == name.casefold()), None)

    def name_of(self, keyid: str) -> str | None:
        """Return whose key that is or was, or None."""
        known = (*self.members, *self.former)
        return next((each.name for each in known if each.keyid == keyid), None)

    def with_member(self, member: Member) -> Workshop:
        """Return the workshop with this member, in place of the one of that name."""
        old = self.find(member.name)
        members = tuple(member if each is old else each for each in self.members)
        former = (*self.former, old) if old and old.public and old.public != member.public else self.former
        return replace(self, members=members if old else (*members, member), former=former)

    def without(self, member: Member) -> Workshop:
        """Return the workshop without a member."""
        members = tuple(each for each in self.members if each is not member)
        return replace(self, members=members, former=(*self.former, member))


def check_person(name: str) -> None:
    """Make sure that a name can be a person's.

    Raises:
        UsageError: it cannot.
    """
    if not _PERSON.fullmatch(name) or name.casefold() in (SPARE, FRESHNESS):
        raise UsageError(
            N_("“{name}” cannot be the name of one who publishes"),
            hint=N_("take one short name without spaces, such as Alice"),
            name=name,
        )


def check_words(words: str) -> str:
    """Return words that every employee may see, such as the title.

    Raises:
        UsageError: they are too long, or hold what is not text.
    """
    if len(words) > _LONGEST_WORDS or find_unclean(words) is not None:
        raise UsageError(
            N_("the title and the contact are one line of text each, at most 200 characters"),
            hint=N_("shorten them, or take the special characters out"),
        )
    return words


def load_workshop(folder: Path) -> Workshop:
    """Return what the workshop in a folder says.

    Raises:
        NotDoneError: there is none, or it cannot be used.
    """
    try:
        data = read_bounded(folder / FILE, _LARGEST)
    except MissingFileError:
        raise NotDoneError(
            N_("there is no workshop in {folder}"),
            hint=N_("go to its folder, or name it with --folder; `hygiene publish init NAME` makes one"),
            folder=folder.absolute(),
        ) from None
    try:
        workshop = msgspec.json.decode(data, type=Workshop)
        is_sound = _is_sound(workshop)
    except (msgspec.DecodeError, UnicodeDecodeError, HygieneError):
        is_sound = False
    if not is_sound:
        raise NotDoneError(
            N_("{path} cannot be used: it was changed, or made by a newer hygiene"),
            hint=N_("put back the file from before the change; keys and releases are not in it"),
            path=folder / FILE,
        )
    return workshop


def save_workshop(folder: Path, workshop: Workshop) -> None:
    """Write what the workshop says, and make its folders.

    Raises:
        NotDoneError: the folder did not allow it.
    """
    for name in (LISTS, REPOSITORY, STAGED):
        ensure_folder(folder / name)
    put(folder / FILE, msgspec.json.format(msgspec.json.encode(workshop), indent=1) + b"\n")


def _is_sound(workshop: Workshop) -> bool:
    """Look again at what will be shown or will name a file: others can write to the folder.

    Raises:
        HygieneError: a name or a text is not one that `init` would have taken.
    """
    check_name(workshop.name)
    check_words(workshop.title)
    check_words(workshop.contact)
    known = (*workshop.members, *workshop.former)
    for each in known:
        if each.is_person:
            check_person(each.name)
    are_keys = all(_PUBLIC.fullmatch(each.public) for each in known)
    return workshop.format == FORMAT and are_keys and 1 <= workshop.approvals <= len(workshop.people)
