"""What a report says, in the words of one language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hygiene.engine.plan import account_name
from hygiene.language import N_, _, ngettext
from hygiene.model.account import OTHER, Account
from hygiene.model.checklist import Catalogue, Severity, Trust
from hygiene.model.record import Scope
from hygiene.model.text import Text, same
from hygiene.safety.cleaning import clean

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

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


@dataclass(frozen=True, slots=True)
class Words:
    """Some words, and the language they fell back to where the one asked for was missing."""

    text: str
    fallback: str | None = None

    def __str__(self) -> str:
        """Return the words; a fall-back says its language, as in `Delete them [en]`."""
        return f"{self.text} [{self.fallback}]" if self.fallback else self.text


@dataclass(frozen=True, slots=True)
class Voice:
    """Says the texts of a catalogue in one language, and the accounts by their names.

    Everything passes through `clean` here, whether or not it was cleaned when it was loaded: a report is sent
    to others, and opened by programs that know nothing of where its words came from.
    """

    language: str
    catalogue: Catalogue
    accounts: Mapping[str, Account]

    def say(self, text: Text) -> Words:
        """Return a text in the report's language, else marked with the one it is in."""
        spoken = text.language_for(self.language)
        fallback = None if spoken == self.language else spoken
        return Words(clean(text.to(self.language)), fallback)

    def account(self, account_id: str) -> Words | None:
        """Return an account's name, with its network where that is not in it; None for the person."""
        account = self.accounts.get(account_id)
        if account is None:
            return None
        name = self.say(_whole_name(account, self.catalogue))
        # A brand's name is no text of another language.
        return Words(name.text)

    def accounts_of(self, account_ids: Iterable[str]) -> tuple[Words, ...]:
        """Return the names of several accounts; the person has none."""
        return tuple(name for name in map(self.account, account_ids) if name)


def _whole_name(account: Account, catalogue: Catalogue) -> Text:
    name = account_name(account, catalogue)
    network = catalogue.networks.get(account.network)
    if not account.label or account.network == OTHER or network is None:
        return name
    spoken = network.name.to(network.name.language)
    if re.search(rf"\b{re.escape(spoken)}\b", account.label, re.IGNORECASE):
        return name
    return same(_("{label} ({network})").format(label=account.label, network=spoken))


def say_level(severity: Severity) -> str:
    """Return a severity as it stands beside a finding."""
    return _(LEVELS[severity])


def say_minutes(minutes: int) -> str:
    """Return how long something takes: “20 min”, “1 h 15 min”."""
    hours, rest = divmod(minutes, MINUTES_IN_HOUR)
    if not hours:
        return _("{minutes} min").format(minutes=rest)
    if not rest:
        return _("{hours} h").format(hours=hours)
    return _("{hours} h {minutes} min").format(hours=hours, minutes=rest)


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


def listed(words: Iterable[Words | str]) -> str:
    """Return several words as one line, separated by commas."""
    return ", ".join(map(str, words))
