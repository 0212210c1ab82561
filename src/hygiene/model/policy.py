"""Which checks apply, how much they weigh and how long a date stays fresh; and who decided it.

Three layers, the later one wins: the bundled default, the organisation, the person. The wording of checks
is not policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from msgspec import Struct, field

from hygiene.model.checklist import Severity

WEIGHTS: Mapping[Severity, int] = {
    Severity.INFO: 0,
    Severity.LOW: 1,
    Severity.MEDIUM: 3,
    Severity.HIGH: 6,
    Severity.CRITICAL: 10,
}
"""How much a check counts in the score. Published in the user guide and on every report."""


class Layer(StrEnum):
    """Who set a rule."""

    DEFAULT = "default"
    ORGANISATION = "organisation"
    PERSON = "person"


class Rules(Struct, frozen=True):
    """One layer's rules; None or absence leaves the lower layer's in force.

    Attributes:
        password_months: calendar months after which a password is due; 0 switches the reminder off.
        audit_months: calendar months between two audits.
        severities: other severities, by check id.
        dropped: ids of checks that do not apply.
    """

    layer: Layer
    set_by: str = ""
    password_months: int | None = None
    audit_months: int | None = None
    severities: Mapping[str, Severity] = field(default_factory=dict)
    dropped: frozenset[str] = frozenset()


class Decided(Struct, frozen=True):
    """A value and the rules that set it, so that the person sees who decided."""

    value: int
    rules: Rules


class Policy(Struct, frozen=True):
    """The layers in force, from the default up."""

    layers: tuple[Rules, ...]

    @property
    def password_months(self) -> Decided:
        """After how many calendar months a password is due, and who says so; 0 is never."""
        return self._decide("password_months")

    @property
    def audit_months(self) -> Decided:
        """How many calendar months lie between two audits, and who says so."""
        return self._decide("audit_months")

    def severity(self, check_id: str, otherwise: Severity) -> Severity:
        """Return the severity that the highest layer gives to a check, else the checklist's own."""
        for rules in reversed(self.layers):
            if check_id in rules.severities:
                return rules.severities[check_id]
        return otherwise

    def applies(self, check_id: str) -> bool:
        """Return whether no layer drops the check."""
        return not any(check_id in rules.dropped for rules in self.layers)

    def _decide(self, name: str) -> Decided:
        for rules in reversed(self.layers):
            value = getattr(rules, name)
            if value is not None:
                return Decided(value, rules)
        raise ValueError(f"no layer of the policy sets {name}")
