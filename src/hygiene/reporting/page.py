"""The shell of every page: a template in a sandbox, all values escaped, one style sheet named by its hash.

The page forbids itself everything but that style sheet; what may be linked to is decided by `safe_url`.
"""

from __future__ import annotations

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from hygiene.language import _, ngettext
from hygiene.reporting.links import host_of, safe_url
from hygiene.reporting.words import say_level, say_minutes, say_months

STYLE = "style.css"


def render_page(folder: Path, template: str, styles: tuple[str, ...], **values: Any) -> str:
    """Return a page.

    Args:
        folder: holds the templates and the style sheets.
        template: the name of its template.
        styles: the names of its style sheets, which become one.
        values: what the template shows.
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
    style = _narrowed("".join((folder / name).read_text(encoding="utf-8") for name in styles))
    return environment.get_template(template).render(
        style=Markup(style),  # noqa: S704 - our own file, and its hash is in the page's policy
        style_hash=hash_of(style),
        **values,
    )


def hash_of(style: str) -> str:
    """Return how a content security policy names a style sheet: `sha256-…` in base64."""
    return "sha256-" + b64encode(sha256(style.encode()).digest()).decode()


def _narrowed(style: str) -> str:
    """Return a style sheet without the comments and the white space that only its authors need."""
    return re.sub(r"/\*.*?\*/|\s*([{};])\s*|(?<=[:,])\s+", lambda match: match[1] or "", style).strip()
