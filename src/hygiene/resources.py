"""Where the bundled data lies; the only module that knows."""

from __future__ import annotations

from pathlib import Path

from hygiene.errors import NotDoneError
from hygiene.language import N_

_PACKAGE = Path(__file__).resolve().parent
_IN_WHEEL = _PACKAGE / "_data"
_CHECKOUT = _PACKAGE.parent.parent


def bundled(kind: str) -> Path:
    """Return the folder of bundled data of a kind: such as `checklists` or `locale`.

    In an installed wheel it lies inside the package; in a checkout, beside `src`.

    Raises:
        NotDoneError: it lies in neither place.
    """
    for folder in (_IN_WHEEL / kind, _CHECKOUT / kind):
        if folder.is_dir():
            return folder
    raise NotDoneError(
        N_("the program's own files are missing: neither {installed} nor {checkout} is there"),
        hint=N_("install hygiene-audit again"),
        installed=_IN_WHEEL / kind,
        checkout=_CHECKOUT / kind,
    )
