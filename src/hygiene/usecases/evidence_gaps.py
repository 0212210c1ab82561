"""What an import could not tell, in words, one thing a line."""

from __future__ import annotations

from collections.abc import Iterator

from hygiene.language import _, ngettext
from hygiene.model.evidence import SECOND_STEP
from hygiene.usecases.evidence import Findings, Line


def say_untold(findings: Findings) -> Iterator[str]:
    """Yield what was left out, counted, and why."""
    gathered, unclear = findings.gathered, len(findings.unclear)
    if unclear:
        yield ngettext(
            "- {n} sign-in of which only you can say whose account it is; left out, as you were not asked",
            "- {n} sign-ins of which only you can say whose they are; left out, as you were not asked",
            unclear,
        ).format(n=unclear)
    if gathered.unsure:
        yield ngettext(
            "- {n} account with several passwords in the export: which one is in use, it does not say",
            "- {n} accounts with several passwords in the export: which ones are in use, it does not say",
            gathered.unsure,
        ).format(n=gathered.unsure)
    if gathered.local:
        yield ngettext(
            "- {n} sign-in to a device or a program of your own, such as a router; left out",
            "- {n} sign-ins to devices or programs of your own, such as a router; left out",
            gathered.local,
        ).format(n=gathered.local)
    if gathered.nameless:
        yield ngettext(
            "- {n} entry that names no website; left out",
            "- {n} entries that name no website; left out",
            gathered.nameless,
        ).format(n=gathered.nameless)
    is_of_manager = any(not found.network for each in findings.exports for found in each.accounts)
    if is_of_manager and any(map(_lacks_second_step, (*findings.known, *findings.listed))):
        yield _("- for some accounts, whether there is a second step: no code stored here proves nothing")


def _lacks_second_step(line: Line) -> bool:
    return all(proof.fact.name != SECOND_STEP for proof in line.presence.proofs)
