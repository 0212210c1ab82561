"""How fresh the names of menus are, that the steps of a report rest on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from hygiene.language import _
from hygiene.model.finding import Result
from hygiene.reporting.check_words import say_month


def say_freshness(findings: Iterable[Result], language: str) -> Iterator[str]:
    """Yield when the menus were published, how many were gone through by hand, how many are uncertain.

    Args:
        findings: whose steps are shown; a check on several accounts counts once.
        language: of the months.
    """
    remedies = {finding.check.id: finding.check.remediation for finding in findings}
    shown = [remedy for remedy in remedies.values() if remedy.steps]
    months = sorted(remedy.sourced for remedy in shown if remedy.sourced)
    if months:
        first, last = say_month(months[0], language), say_month(months[-1], language)
        words = _("The steps name menus as they were published in {last}.")
        if first != last:
            words = _("The steps name menus as they were published between {first} and {last}.")
        yield words.format(first=first, last=last)
    by_hand = sum(bool(remedy.verified) for remedy in shown)
    if shown:
        words = _("Gone through by hand: {n} of {all}.")
        yield words.format(n=by_hand, all=len(shown))
    unsure = sum(remedy.is_uncertain for remedy in shown)
    if unsure:
        words = _("Without a date, or not certain: {n}; these say “Menu names may differ”.")
        yield words.format(n=unsure)
