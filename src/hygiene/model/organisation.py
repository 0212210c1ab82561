"""Who hands out checklists to other people, and what it says of itself: the values of its `policy.yaml`.

It decides nothing: what it changes about checks and periods is the middle layer of `model.policy`.
"""

from __future__ import annotations

from msgspec import Struct, field

from hygiene.model.checklist import Trust
from hygiene.model.text import Text


class Colours(Struct, frozen=True):
    """Two colours as `#rrggbb`, for words and lines on the light page and in print.

    Both are checked to be readable there. No colour is readable on a light and on a dark page, so that the
    dark page keeps its own.
    """

    main: str
    accent: str


class CharterWords(Struct, frozen=True, omit_defaults=True):
    """What the organisation adds to its charter of good digital conduct.

    Attributes:
        why: why it matters to this organisation.
        help: where its people get help.
        signature: whether a place to sign stands under the rules; never under the advice.
    """

    why: Text | None = None
    help: Text | None = None
    signature: bool = False


class Organisation(Struct, frozen=True, omit_defaults=True):
    """An organisation whose lists are in use on this computer.

    Attributes:
        source: what the ids of its lists begin with, such as `acme`.
        name: as shown.
        trust: why it is believed: installed by the administrators, or signed.
        contact: whom to ask; empty where it did not say.
        opening: its words before an audit.
        notice: what it adds to the notice that is shown once.
        logo: a PNG that was looked through and holds nothing but the picture.
        lists: the ids of its checklists that are in use.
    """

    source: str
    name: str
    trust: Trust
    contact: str = ""
    opening: Text | None = None
    notice: Text | None = None
    logo: bytes | None = None
    colours: Colours | None = None
    lists: tuple[str, ...] = ()
    charter: CharterWords = field(default_factory=CharterWords)
