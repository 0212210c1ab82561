"""A check as it suits one website: links where its list has none, and no second step that is not offered.

What the authors of a checklist wrote always stands: a link of the reference data only fills a gap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from msgspec.structs import replace

from hygiene.engine.ages import ABOUT_THE_PASSWORD
from hygiene.model.account import OTHER, Account, Purpose
from hygiene.model.checklist import Check, Confidence, Remediation
from hygiene.model.site import Link, Site

TWO_FACTOR, RECOVERY_CODES = "two-factor", "recovery-codes"
WEAKEST = "sms"

_HELP = re.compile(
    r"//(?:[^/]+\.)?(?:help|support|faq|docs|aide)\."
    r"|/(?:help|support|faq|hc|kb|docs|aide|contact|contact-us)(?:[/?.]|$)"
)


def suited(check: Check, account: Account | None, sites: Mapping[str, Site]) -> Check | None:
    """Return the check as it suits the website of an account; None where it does not apply there.

    Args:
        check: of the account's checklist.
        account: only one with a domain of its own has a website to look up.
        sites: what is known, by host.
    """
    site = sites.get(account.domain) if account and account.domain else None
    if account is None or site is None:
        return check
    # The mailbox's own list says what to do where a provider offers nothing: to change it.
    fitting = _as_offered(check, site) if account.network == OTHER else check
    return with_links(fitting, site) if fitting else None


def with_links(check: Check, site: Site) -> Check:
    """Return the check with the pages of a website where it names none of its own."""
    match check.core_id:
        case core if core in ABOUT_THE_PASSWORD:
            link, is_help = site.change_password, False
        case "exit":
            link, is_help = site.close, site.close is not None and is_help_page(site.close.url)
        case "two-factor":
            link, is_help = site.second_step, True
        case _:
            return check
    remedy = check.remediation
    if link is None or (remedy.help_url if is_help else remedy.settings_url):
        return check
    return replace(check, remediation=_linked(remedy, link, is_help=is_help))


def same_sign_in(one: Site, other: Site) -> bool:
    """Return whether one password opens both: the same host, or two of the same group."""
    return one.domain == other.domain or not one.sign_in_group.isdisjoint(other.sign_in_group)


def is_help_page(url: str) -> bool:
    """Return whether an address explains a thing, rather than being the place to do it."""
    return _HELP.search(url) is not None


def _linked(remedy: Remediation, link: Link, *, is_help: bool) -> Remediation:
    return replace(
        remedy,
        settings_url=remedy.settings_url if is_help else link.url,
        help_url=link.url if is_help else remedy.help_url,
        sourced=remedy.sourced or link.as_of,
        confidence=Confidence.MEDIUM if remedy.confidence is Confidence.HIGH else remedy.confidence,
    )


def _as_offered(check: Check, site: Site) -> Check | None:
    """Return the check as far as the website can do better: nobody is told to mend what cannot be mended."""
    if site.offered is None or check.core_id not in (TWO_FACTOR, RECOVERY_CODES):
        return check
    if not site.offered:
        return None
    if check.core_id == RECOVERY_CODES or site.offered != {WEAKEST}:
        return check
    choices = (
        replace(choice, good=frozenset(Purpose)) if choice.id == WEAKEST else choice
        for choice in check.choices
    )
    return replace(check, choices=tuple(choices))
