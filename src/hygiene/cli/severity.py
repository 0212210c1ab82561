"""`--fail-on SEVERITY`, for scripts."""

from __future__ import annotations

from hygiene.errors import ExitCode, UsageError
from hygiene.language import N_
from hygiene.model.checklist import Severity
from hygiene.model.finding import Assessment


def parse_severity(word: str) -> Severity | None:
    """Return the severity of that name; None for an empty one.

    Raises:
        UsageError: there is no such severity.
    """
    names = {severity.word: severity for severity in Severity}
    if word and word not in names:
        raise UsageError(
            N_("“{value}” is no severity"),
            hint=N_("it may be: {allowed}"),
            value=word,
            allowed=", ".join(names),
        )
    return names.get(word)


def exit_code_for(assessment: Assessment, threshold: Severity) -> ExitCode:
    """Return 10 where an open finding is that bad or worse, else 0."""
    is_open = any(each.severity >= threshold and each.waiver is None for each in assessment.findings)
    return ExitCode.ACTION_NEEDED if is_open else ExitCode.DONE
