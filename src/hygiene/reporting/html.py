"""The report as one HTML page that needs nothing else: no script, no font, no address is loaded.

The page forbids itself everything but its own style sheet, by a policy that names the sheet's hash. Templates
run in Jinja's sandbox and every value is escaped; what may be linked to is decided by `safe_url`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from itertools import chain
from pathlib import Path

from msgspec import Struct

from hygiene.language import _, ngettext
from hygiene.reporting.links import host_of, safe_url
from hygiene.reporting.password_section import Age, PasswordSection
from hygiene.reporting.report import Report
from hygiene.reporting.words import say_level, say_minutes, say_months

TEMPLATE = "report.html.j2"
STYLE = "style.css"

_SHORTEST_SCALE = 6
_LONGEST_SCALE = 36
_WHOLE = 100


class Bar(Struct, frozen=True):
    """An age drawn along the scale, in hundredths: certain up to `sure`, possible up to `maybe`."""

    sure: float
    maybe: float


class Scale(Struct, frozen=True):
    """The length that all bars share, in months, so that they can be compared."""

    months: int

    def place(self, months: int) -> float:
        """Return where a number of months lies, in hundredths; beyond the end is the end."""
        return round(min(months / self.months, 1) * _WHOLE, 1)

    def bar(self, age: Age) -> Bar:
        """Return the bar of an age; one whose limit is unknown reaches to the end."""
        at_most = self.months if age.at_most is None else age.at_most
        return Bar(self.place(age.at_least), self.place(max(at_most, age.at_least)))


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
        scale=scale_of(report.passwords),
    )


def _narrowed(style: str) -> str:
    """Return a style sheet without the comments and the white space that only its authors need."""
    return re.sub(r"/\*.*?\*/|\s*([{};])\s*|(?<=[:,])\s+", lambda match: match[1] or "", style).strip()


def hash_of(style: str) -> str:
    """Return how a content security policy names a style sheet: `sha256-…` in base64."""
    return "sha256-" + b64encode(sha256(style.encode()).digest()).decode()


def scale_of(section: PasswordSection) -> Scale:
    """Return a scale that holds the known ages and the reminder, within three years."""
    ages = [line.age for group in section.groups for line in group.lines if line.age]
    known = chain.from_iterable((age.at_least, age.at_most or 0) for age in ages)
    longest = max(_SHORTEST_SCALE, 2 * section.months, *known)
    return Scale(min(longest + 1, _LONGEST_SCALE))
