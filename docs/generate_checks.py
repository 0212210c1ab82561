"""Write `docs/checks.md`, a page of every check, from the checklists themselves.

python docs/generate_checks.py
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from hygiene.catalog.loading import load_sources
from hygiene.model.checklist import Check, Kind

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "checks.md"


def render_checks() -> str:
    """Return the page."""
    catalogue, _ = load_sources(ROOT / "checklists")
    lines = [
        "# Every check",
        "",
        "Made by `python docs/generate_checks.py`; change the checklists, not this page.",
        "The good choices are bold; the words in brackets say for which accounts.",
    ]
    for checklist in catalogue.checklists.values():
        lines += ["", f"## {checklist.title.to('en')} (`{checklist.id}`)"]
        for check in checklist.checks:
            lines += _check(check)
    return "\n".join(lines) + "\n"


def _check(check: Check) -> Iterator[str]:
    marks = [check.severity.word, f"{check.remediation.minutes} min"]
    marks += (
        ["core"] * check.core
        + ["look it up"] * check.look
        + ["never in an organisation's list"] * check.for_person_only
    )
    yield from ("", f"### `{check.id}`", "", f"{check.title.to('en')}. ({', '.join(marks)})", "")
    yield from (f"> {check.question.to('en')}", f"> {check.question.to('fr')}", "")
    if check.kind is Kind.DATE:
        within = (
            f"within {check.within_months} months" if check.within_months else "within the policy's months"
        )
        yield f"- a date, good **{within}**"
    for choice in check.choices:
        text = choice.text.to("en")
        only = "" if len(choice.good) in (0, 3) else f" ({', '.join(sorted(choice.good))})"
        yield f"- **{text}**{only}" if choice.good else f"- {text}"
    yield from ("", check.risk.to("en"))


if __name__ == "__main__":
    PAGE.write_text(render_checks(), encoding="utf-8")
