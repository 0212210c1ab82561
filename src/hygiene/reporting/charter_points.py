"""The points of a charter: which checks are a rule or an advice, in the words of one language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.conditions import decide
from hygiene.language import _
from hygiene.model.account import Purpose
from hygiene.model.checklist import Catalogue, Check, Checklist
from hygiene.model.policy import Layer, Policy
from hygiene.reporting import charter_words as words
from hygiene.reporting.words import Voice, Words, say_months
from hygiene.safety.cleaning import clean


class Point(Struct, frozen=True):
    """One rule or advice: a check's own title, and its own reason.

    Attributes:
        network: what it is about, where the title does not tell.
    """

    title: Words
    why: Words
    network: Words | None = None


class Group(Struct, frozen=True):
    """Points that belong together.

    Attributes:
        scope: what they hold for; may be empty.
        first: the number of its first point, counted through the whole part.
        after: sentences that follow the points.
    """

    title: Words
    scope: str
    points: tuple[Point, ...]
    first: int = 1
    after: tuple[str, ...] = ()


class Part(Struct, frozen=True):
    """The rules, or the advice."""

    lead: str
    groups: tuple[Group, ...]

    @property
    def count(self) -> int:
        """How many points it has."""
        return sum(len(group.points) for group in self.groups)


class Points:
    """Finds the checks of a charter, and says them."""

    def __init__(self, voice: Voice, policy: Policy, own: Sequence[Checklist], name: str) -> None:
        """Begin.

        Args:
            voice: with the lists of the program and the organisation's.
            policy: what is left out, and how often passwords come up.
            own: the organisation's lists.
            name: of the organisation.
        """
        self._voice = voice
        self._policy = policy
        self._own = own
        self._name = name
        self._used: dict[str, None] = {}

    def rules(self) -> Part:
        """Return what binds at work."""
        own = (self._own_group(each, is_rule=True) for each in self._own)
        groups = _numbered((*map(self._group, words.RULES), *own))
        return Part(_(words.RULES_LEAD).format(name=self._name), groups)

    def advice(self) -> Part:
        """Return what is up to everyone."""
        own = (self._own_group(each, is_rule=False) for each in self._own)
        return Part(_(words.ADVICE_LEAD), _numbered((*map(self._group, words.ADVICE), *own)))

    def lists(self) -> Iterator[Words]:
        """Yield the title and version of each list that a point was taken from, so far."""
        for list_id in self._used:
            checklist = self._voice.catalogue.checklists[list_id]
            title = self._voice.say(checklist.title)
            yield replace(title, text=f"{title.text} {clean(checklist.version)}", quoted=title.text)

    def find(self, check_id: str) -> Check | None:
        """Return a check that may stand in a charter: one that applies, and is not for the person alone."""
        check = self._voice.catalogue.check(check_id)
        return check if check and self._is_open(check) else None

    def _is_open(self, check: Check) -> bool:
        return not check.for_person_only and self._policy.applies(check.id)

    def _group(self, section: words.Section) -> Group:
        checks = filter(None, map(self.find, section.checks))
        return Group(
            Words(_(section.title)),
            _(section.scope),
            tuple(self._point(check, names_network=section.names_network) for check in checks),
            after=self._reminder() if section.has_reminder else (),
        )

    def _own_group(self, checklist: Checklist, *, is_rule: bool) -> Group:
        catalogue = self._voice.catalogue
        points = tuple(
            self._point(check, names_network=not is_rule)
            for check in checklist.checks
            if self._is_open(check) and is_for_work(check, checklist, catalogue) is is_rule
        )
        return Group(self._voice.say(checklist.title), "", points)

    def _point(self, check: Check, *, names_network: bool) -> Point:
        list_id = check.id.partition(".")[0]
        self._used[list_id] = None
        catalogue = self._voice.catalogue
        network = catalogue.networks.get(catalogue.checklists[list_id].network or "")
        if not network:
            return Point(self._voice.say(check.title), self._voice.say(check.risk))
        brand = Words(clean(network.name.to(self._voice.language).partition(" (")[0]))
        title, why = (
            self._voice.say(text.filled("network", network.name)) for text in (check.title, check.risk)
        )
        return Point(title, why, brand if names_network else None)

    def _reminder(self) -> tuple[str, ...]:
        decided = self._policy.password_months
        if not decided.value:
            return (_(words.NO_REMINDER), _(words.WHAT_COUNTS_MORE))
        is_own = decided.rules.layer is Layer.ORGANISATION
        rule = _(words.REMINDER_OF_ORGANISATION if is_own else words.REMINDER)
        return (rule.format(who=self._name, period=say_months(decided.value)), _(words.WHAT_COUNTS_MORE))


def is_for_work(check: Check, checklist: Checklist, catalogue: Catalogue) -> bool:
    """Return whether a check of an organisation's is about work, so that it can be a rule.

    A list about no network speaks of the person at work; a network may be one for work alone; and a check may
    be asked about accounts for work alone. Whatever may be about a private account is not.
    """
    network = catalogue.networks.get(checklist.network or "")
    if checklist.network is None or (network and network.purpose is Purpose.WORK):
        return True
    private = {"purpose": Purpose.PERSONAL.value}
    return check.when is not None and decide(check.when, private.get) is False


def _numbered(groups: Iterable[Group]) -> tuple[Group, ...]:
    """Return the groups that say anything, their points counted through."""
    found: list[Group] = []
    first = 1
    for group in groups:
        if group.points:
            found.append(replace(group, first=first))
            first += len(group.points)
    return tuple(found)
