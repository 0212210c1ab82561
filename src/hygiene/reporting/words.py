"""What a report says, in the words of one language."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from msgspec import Struct

from hygiene.engine.names import account_name
from hygiene.language import N_, _, ngettext
from hygiene.model.account import OTHER, Account, Network
from hygiene.model.checklist import Catalogue, Severity, Trust
from hygiene.model.finding import Score
from hygiene.model.record import Scope
from hygiene.model.text import Text, same
from hygiene.safety.cleaning import clean

NO_NETWORKS: Mapping[str, Network] = MappingProxyType({})
MINUTES_IN_HOUR = 60
MONTHS_IN_YEAR = 12

LEVELS: Mapping[Severity, str] = {
    Severity.CRITICAL: N_("critical severity"),
    Severity.HIGH: N_("high severity"),
    Severity.MEDIUM: N_("medium severity"),
    Severity.LOW: N_("low severity"),
    Severity.INFO: N_("for information"),
}
SCOPES: Mapping[Scope, str] = {
    Scope.CORE: N_("the core questions"),
    Scope.DEFAULT: N_("the core questions and those of high and medium severity"),
    Scope.FULL: N_("all questions"),
}
PLATFORMS: Mapping[str, str] = {
    "web": N_("On the web"),
    "ios": N_("On an iPhone or iPad"),
    "android": N_("On Android"),
}
TRUSTS: Mapping[str, str] = {
    Trust.BUNDLED: N_("comes with the program"),
    Trust.MANAGED: N_("installed by your organisation"),
    Trust.SOURCE: N_("from a signed source"),
    Trust.FILE: N_("a file of your own, unsigned"),
}


class Words(Struct, frozen=True):
    """Some words.

    Attributes:
        fallback: the language that they are in, where the one asked for was missing.
        is_own: the person chose them, so that they may be of any language and direction.
        quoted: the part of them that is in the fall-back language; empty is all of them.
    """

    text: str
    fallback: str | None = None
    is_own: bool = False
    quoted: str = ""

    @property
    def parts(self) -> tuple[str, str, str]:
        """What is in the fall-back language, between what comes before it and what comes after."""
        return self.text.rpartition(self.quoted) if self.quoted else ("", self.text, "")

    def __str__(self) -> str:
        """Return the words; a fall-back says its language, as in `Delete them [en]`."""
        return f"{self.text} [{self.fallback}]" if self.fallback else self.text


class Voice(Struct, frozen=True):
    """Says the texts of a catalogue in one language, and the accounts by their names.

    Everything passes through `clean` here, whether or not it was cleaned when it was loaded: a report is sent
    to others, and opened by programs that know nothing of where its words came from.
    """

    language: str
    day: date
    catalogue: Catalogue
    accounts: Mapping[str, Account]

    def say(self, text: Text, about: str = "") -> Words:
        """Return a text in the report's language, else marked with the one it is in.

        Args:
            text: what is said.
            about: the account whose service `{network}` stands for.
        """
        if about:
            text = text.filled("network", service_name(self.accounts.get(about), self.catalogue.networks))
        spoken = text.language_for(self.language)
        fallback = None if spoken == self.language else spoken
        return Words(clean(text.to(self.language)), fallback)

    def account(self, account_id: str) -> Words | None:
        """Return an account's name, with its network where that is not in it; None for the person."""
        account = self.accounts.get(account_id)
        if account is None:
            return None
        name = account_name(account, self.catalogue).to(self.language)
        network = self.catalogue.networks.get(account.network)
        if account.label and account.network != OTHER and network:
            name = _with_network(name, network.name.to(self.language))
        # A brand's name is no text of another language.
        return Words(clean(name), is_own=bool(account.label))

    def accounts_of(self, account_ids: Iterable[str]) -> tuple[Words, ...]:
        """Return the names of several accounts; the person has none."""
        return tuple(name for name in map(self.account, account_ids) if name)


def service_name(account: Account | None, networks: Mapping[str, Network] = NO_NETWORKS) -> Text:
    """Return what stands for `{network}` in a title or a step.

    Only `other` speaks of its network so, and there it is the domain: what one types into a browser.
    """
    if account is None:
        return same("")
    if account.network in networks and account.network != OTHER:
        return networks[account.network].name
    return same(account.domain or account.label or account.network)


def _with_network(label: str, network: str) -> str:
    """Return a person's own name for an account, and the network's where it is not in it already."""
    short = network.partition(" (")[0]
    if re.search(rf"\b{re.escape(short)}\b", label, re.IGNORECASE):
        return label
    return _("{label} ({network})").format(label=label, network=short)


def say_level(severity: Severity) -> str:
    """Return a severity as it stands beside a finding."""
    return _(LEVELS[severity])


def say_minutes(minutes: int) -> str:
    """Return how long something takes: “20 min”, “1 h 15 min”."""
    hours, rest = divmod(minutes, MINUTES_IN_HOUR)
    if not hours:
        return _("{minutes}\N{NO-BREAK SPACE}min").format(minutes=rest)
    if not rest:
        return _("{hours}\N{NO-BREAK SPACE}h").format(hours=hours)
    return _("{hours}\N{NO-BREAK SPACE}h {minutes}\N{NO-BREAK SPACE}min").format(hours=hours, minutes=rest)


def say_months(months: int) -> str:
    """Return a number of months: “4 months”, and “3 years” from two years on."""
    years = months // MONTHS_IN_YEAR
    if years > 1:
        return ngettext("{n} year", "{n} years", years).format(n=years)
    return ngettext("{n} month", "{n} months", months).format(n=months)


def say_counts(counts: Mapping[Severity, int]) -> str:
    """Return how many findings there are of each severity, the worst first: “1 critical, 3 high”."""
    said = {
        Severity.CRITICAL: ngettext("{n} critical", "{n} critical", counts.get(Severity.CRITICAL, 0)),
        Severity.HIGH: ngettext("{n} high", "{n} high", counts.get(Severity.HIGH, 0)),
        Severity.MEDIUM: ngettext("{n} medium", "{n} medium", counts.get(Severity.MEDIUM, 0)),
        Severity.LOW: ngettext("{n} low", "{n} low", counts.get(Severity.LOW, 0)),
        Severity.INFO: ngettext("{n} for information", "{n} for information", counts.get(Severity.INFO, 0)),
    }
    return ", ".join(words.format(n=counts[level]) for level, words in said.items() if counts.get(level))


def say_score(score: Score) -> str:
    """Return a score in words: “71 out of 100”."""
    return _("none yet") if score.value is None else _("{value} out of 100").format(value=score.value)


def say_coverage(score: Score) -> str:
    """Return how much of what applies was answered: “40 of 52 checks answered”."""
    words = ngettext(
        "{answered} of {applicable} check answered",
        "{answered} of {applicable} checks answered",
        score.applicable,
    )
    return words.format(answered=score.answered, applicable=score.applicable)


def listed(words: Iterable[Words | str]) -> str:
    """Return several words as one line, separated by commas."""
    return ", ".join(map(str, words))
