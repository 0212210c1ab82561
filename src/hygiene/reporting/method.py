"""How the score comes about: the published formula, and the same with a report's own figures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from msgspec import Struct

from hygiene.language import _
from hygiene.model.checklist import Severity
from hygiene.model.finding import Assessment
from hygiene.model.policy import WEIGHTS
from hygiene.model.record import Outcome


class Method(Struct, frozen=True):
    """How the score comes about.

    Attributes:
        neither: what counts neither way.
        weights: what a severity counts.
        worked: the formula with this report's own figures; empty before anything passes or fails.
    """

    formula: str
    neither: str
    weights: Mapping[Severity, int]
    worked: str = ""


def method_of(assessment: Assessment) -> Method:
    """Return how an assessment's score comes about."""
    return Method(
        formula=_("100 × the weight of what is good ÷ the weight of what is good and what is not"),
        neither=_(
            "An “I don’t know”, a question never asked and one that does not apply count neither way."
            " A password’s age never weighs more than a low severity."
        ),
        weights=WEIGHTS,
        worked=_worked(assessment),
    )


def _worked(assessment: Assessment) -> str:
    if assessment.score.value is None:
        return ""
    weights = Counter[Outcome]()
    for result in assessment.results:
        weights[result.outcome] += result.weight
    good, bad = weights[Outcome.PASS], weights[Outcome.FAIL]
    return _("Here: 100 × {good} ÷ {both} = {value}").format(
        good=_figure(good), both=_figure(good + bad), value=assessment.score.value
    )


def _figure(number: int) -> str:
    """Return a number with its thousands set apart as the language does it."""
    return f"{number:,}".replace(",", _(","))
