"""Checklists as values: what can be asked, and how to mend what is found."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum, StrEnum

from msgspec import Struct, field

from hygiene.model.account import Network, Purpose
from hygiene.model.site import Site
from hygiene.model.text import Text


class Severity(IntEnum):
    """How bad it would be, ordered. The weights of the score are in `model.policy`."""

    INFO = 0
    LOW = 1
    MEDIUM = 2
    HIGH = 3
    CRITICAL = 4

    @property
    def word(self) -> str:
        """The name used in files and JSON."""
        return self.name.lower()


class Kind(StrEnum):
    """The form of a question.

    The last two are only asked before the checks: words of one's own, and the host that an account is on,
    one of the choices or, where there are none, any.
    """

    CHOICE = "choice"
    MANY = "many"
    DATE = "date"
    TEXT = "text"
    HOST = "host"


class Confidence(StrEnum):
    """How sure the menu names are."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Trust(StrEnum):
    """Why a checklist is believed."""

    BUNDLED = "bundled"
    MANAGED = "managed"
    SOURCE = "source"
    FILE = "file"


# The four kinds of condition are tagged: msgspec tells them apart by it where a wheel's lists are read.
class Is(Struct, frozen=True, tag=True):
    """True when the answer of `name` is one of `values`.

    `name` is a check id, `purpose` or `platform`.
    """

    name: str
    values: tuple[str, ...]


class Not(Struct, frozen=True, tag=True):
    """True when its operand is false."""

    operand: Condition


class Every(Struct, frozen=True, tag=True):
    """True when all operands are true."""

    operands: tuple[Condition, ...]


class Some(Struct, frozen=True, tag=True):
    """True when one operand is true."""

    operands: tuple[Condition, ...]


Condition = Is | Not | Every | Some


class Choice(Struct, frozen=True, omit_defaults=True):
    """One possible answer.

    Attributes:
        good: the purposes for which it passes.
        severity: where a bad choice weighs otherwise than its check.
    """

    id: str
    text: Text
    good: frozenset[Purpose] = frozenset()
    severity: Severity | None = None


class Steps(Struct, frozen=True, omit_defaults=True):
    """The way to mend a finding on one platform (`web`, `ios`, `android`), or on all of them (None)."""

    platform: str | None
    lines: tuple[Text, ...]


class Remediation(Struct, frozen=True, omit_defaults=True):
    """How to mend a finding.

    Attributes:
        minutes: how long it takes.
        sourced: the month of the published source, `YYYY-MM`, or None.
        verified: the day on which a person clicked it through, `YYYY-MM-DD`, or None.
    """

    minutes: int
    steps: tuple[Steps, ...] = ()
    settings_url: str | None = None
    help_url: str | None = None
    sourced: str | None = None
    verified: str | None = None
    confidence: Confidence = Confidence.LOW

    @property
    def is_uncertain(self) -> bool:
        """Whether menu names may differ: neither dated nor clicked through, or of low confidence."""
        return self.confidence is Confidence.LOW or not (self.sourced or self.verified)


class Check(Struct, frozen=True, omit_defaults=True):
    """One assessable item.

    Attributes:
        id: `CHECKLIST.CHECK`; never changes its meaning.
        core_id: the core question it is an instance of, such as `two-factor`, else None.
        group_question: asks about several accounts at once.
        done: what a pass is called where the title, being an advice, would read wrongly.
        said: by choice, the answer as a sentence that stands without its question, for the second year.
        core: asked in every audit, whatever its severity.
        look: one must open the settings to know.
        within_months: for a date, how long ago is still good.
        for_person_only: never in a list that an organisation publishes.
        evidence: by fact (see `model.evidence`), the choices that each of its words leaves open; empty for a
            fact that is a date or a number.
    """

    id: str
    title: Text
    question: Text
    risk: Text
    severity: Severity
    remediation: Remediation
    kind: Kind = Kind.CHOICE
    choices: tuple[Choice, ...] = ()
    group_question: Text | None = None
    done: Text | None = None
    said: Mapping[str, Text] = field(default_factory=dict)
    core_id: str | None = None
    revision: int = 1
    core: bool = False
    look: bool = False
    within_months: int | None = None
    when: Condition | None = None
    for_person_only: bool = False
    replaces: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    evidence: Mapping[str, Mapping[str, tuple[str, ...]]] = field(default_factory=dict)

    @property
    def group(self) -> str:
        """What is asked on one screen and mended as one action: the core question, else the check."""
        return self.core_id or self.id

    def choice(self, choice_id: str) -> Choice | None:
        """Return the choice of that id, or None."""
        return next((choice for choice in self.choices if choice.id == choice_id), None)

    def recommended(self, purpose: Purpose) -> Choice | None:
        """Return the first good choice for an account of that purpose, or None."""
        return next((choice for choice in self.choices if purpose in choice.good), None)


class Checklist(Struct, frozen=True, omit_defaults=True):
    """All checks for one network or subject, versioned.

    Attributes:
        network: the network it is about; None for a list about the person.
        domains: the hosts that its links may name.
        digest: `sha256:…` of the bytes it was read from.
    """

    id: str
    version: str
    language: str
    title: Text
    checks: tuple[Check, ...]
    network: str | None = None
    domains: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    publisher: str = "hygiene"
    trust: Trust = Trust.BUNDLED
    digest: str = ""


class Catalogue(Struct, frozen=True, omit_defaults=True):
    """Everything that can be asked: the checklists, the questions before them, the register of networks.

    Attributes:
        sites: what is known of the websites of accounts that have a domain of their own, by host.
    """

    checklists: Mapping[str, Checklist] = field(default_factory=dict)
    setup: Mapping[str, Check] = field(default_factory=dict)
    networks: Mapping[str, Network] = field(default_factory=dict)
    sites: Mapping[str, Site] = field(default_factory=dict)

    def for_network(self, network: str | None) -> tuple[Checklist, ...]:
        """Return the checklists about a network; about the person for None."""
        return tuple(each for each in self.checklists.values() if each.network == network)

    def check(self, check_id: str) -> Check | None:
        """Return the check of that id, or None."""
        checklist = self.checklists.get(check_id.partition(".")[0])
        checks = checklist.checks if checklist else tuple(self.setup.values())
        return next((check for check in checks if check.id == check_id), None)
