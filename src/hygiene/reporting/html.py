"""The report as one HTML page that needs nothing else: no script, no font, no address is loaded.

The page forbids itself everything but its own style sheet, by a policy that names the sheet's hash. Templates
run in Jinja's sandbox and every value is escaped; what may be linked to is decided by `safe_url`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterable, Mapping
from hashlib import sha256
from pathlib import Path

from hygiene.language import _, ngettext
from hygiene.reporting.charts import course_of, score_height, states_of, timeline_of
from hygiene.reporting.links import host_of, safe_url
from hygiene.reporting.report import Report, UsedChecklist
from hygiene.reporting.words import Words, say_level, say_minutes, say_months

TEMPLATE = "report.html.j2"
STYLE = "style.css"


def render_html(report: Report, folder: Path) -> str:
    """Return the report as a page.

    Args:
        report: what it says.
        folder: holds the template and the style sheet.
    """
    from jinja2 import FileSystemLoader, StrictUndefined
    from jinja2.sandbox import ImmutableSandboxedEnvironment
    from markupsafe import Markup

    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        optimized=False,  # a template is rendered once: folding its constants costs more than it saves
        extensions=["jinja2.ext.i18n"],
    )
    # The extension adds this method; its callables are the ones that the program's own messages go through.
    environment.install_gettext_callables(_, ngettext, newstyle=True)  # type: ignore[attr-defined]
    environment.filters.update(
        safe_url=safe_url, host=host_of, level=say_level, minutes=say_minutes, months=say_months
    )
    style = _narrowed((folder / STYLE).read_text(encoding="utf-8"))
    return environment.get_template(TEMPLATE).render(
        report=report,
        style=Markup(style),  # noqa: S704 - our own file, and its hash is in the page's policy
        style_hash=hash_of(style),
        origins=_by_origin(report.facts.checklists),
        states=states_of(report.passwords),
        timeline=timeline_of(report.passwords),
        course=course_of(report.scores),
        height=score_height,
    )


def _by_origin(checklists: Iterable[UsedChecklist]) -> Mapping[tuple[str, str, str], list[Words]]:
    """Return the titles of checklists by their version, their publisher and why they are believed."""
    titles: dict[tuple[str, str, str], list[Words]] = {}
    for used in checklists:
        titles.setdefault((used.version, used.publisher, used.trust), []).append(used.title)
    return titles


def _narrowed(style: str) -> str:
    """Return a style sheet without the comments and the white space that only its authors need."""
    return re.sub(r"/\*.*?\*/|\s*([{};])\s*|(?<=[:,])\s+", lambda match: match[1] or "", style).strip()


def hash_of(style: str) -> str:
    """Return how a content security policy names a style sheet: `sha256-…` in base64."""
    return "sha256-" + b64encode(sha256(style.encode()).digest()).decode()
