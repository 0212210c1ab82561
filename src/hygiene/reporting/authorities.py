"""What the authorities say about changing passwords by the calendar, for the footnote of a report.

Wording and addresses: each document was looked up; none is quoted word for word.
"""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from hygiene.language import N_, _


class Authority(Struct, frozen=True):
    """A document, what it says in our words, and where to read it."""

    name: str
    says: str
    url: str


_AUTHORITIES: Sequence[tuple[str, str, str]] = (
    (
        N_("NIST (United States), SP 800-63B-4, section 3.1.1.2, 2025"),
        N_("services must not make people change passwords by the calendar, but must once one has leaked."),
        "https://pages.nist.gov/800-63-4/sp800-63b.html",
    ),
    (
        N_("NCSC (United Kingdom), “The problems with forcing regular password expiry”"),
        N_("the more often people are made to change, the weaker their passwords become."),
        "https://www.ncsc.gov.uk/blog-post/problems-forcing-regular-password-expiry",
    ),
    (
        N_("CNIL (France), recommendation 2022-100, 21 July 2022"),
        N_("no renewal by the calendar for ordinary users, one for administrators; at once on suspicion."),
        "https://www.legifrance.gouv.fr/jorf/id/JORFTEXT000046432885",
    ),
    (
        N_("ANSSI (France), guide PG-078, R24 to R26, 8 October 2021"),
        N_(
            "no end date by default for ordinary accounts, about one to three years for privileged ones;"
            " at once on suspicion."
        ),
        "https://messervices.cyber.gouv.fr/guides/recommandations-relatives-lauthentification-multifacteur-et-aux-mots-de-passe",
    ),
)


def authorities() -> tuple[Authority, ...]:
    """Return the authorities, in the language in use."""
    return tuple(Authority(_(name), _(says), url) for name, says, url in _AUTHORITIES)
