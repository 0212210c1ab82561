"""A charter as one HTML page that needs nothing else, to be read, printed and handed out."""

from __future__ import annotations

import re
from base64 import b64encode
from pathlib import Path
from typing import Final

from hygiene.model.organisation import Colours
from hygiene.reporting.charter import Charter
from hygiene.reporting.page import STYLE, hash_of, render_page

TEMPLATE: Final = "charter.html.j2"
OWN_STYLE: Final = "charter.css"

_COLOUR: Final = re.compile(r"#[0-9a-f]{6}")
_ON_LIGHT: Final = (
    "@media screen and (prefers-color-scheme:light),print{{:root{{--main:{main};--accent:{accent}}}}}"
)


def render_charter_page(charter: Charter, folder: Path) -> str:
    """Return a charter as a page.

    Args:
        charter: what it says.
        folder: holds the template and the style sheets.
    """
    from markupsafe import Markup

    colours = style_of(charter.colours)
    return render_page(
        folder,
        TEMPLATE,
        (STYLE, OWN_STYLE),
        charter=charter,
        logo=b64encode(charter.logo).decode() if charter.logo else "",
        colours=Markup(colours),  # noqa: S704 - our own text around two numbers that were looked at
        colours_hash=hash_of(colours),
    )


def style_of(colours: Colours | None) -> str:
    """Return a style sheet that sets an organisation's colours on light pages and on paper; empty for none.

    They were checked to be readable there, and only there. What is not a colour written as `#rrggbb` never
    comes near a style sheet.
    """
    if colours is None or not (_COLOUR.fullmatch(colours.main) and _COLOUR.fullmatch(colours.accent)):
        return ""
    return _ON_LIGHT.format(main=colours.main, accent=colours.accent)
