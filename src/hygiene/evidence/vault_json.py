"""What the readers of JSON exports of password managers share: finding the file, and reading it whole."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from hygiene.evidence.candidates import Candidate, find
from hygiene.evidence.json_text import LARGEST, json_value, parted
from hygiene.safety.archives import Bundle

Fits = Callable[[Candidate], bool]


def recogniser(fits: Fits) -> Callable[[Bundle], bool]:
    """Return whether a bundle has a member that fits."""
    return lambda bundle: find(bundle, fits) is not None


def member(bundle: Bundle, fits: Fits) -> Candidate:
    """Return the member by which a bundle was recognised."""
    found = find(bundle, fits)
    assert found  # noqa: S101 - it was recognised
    return found


def document(bundle: Bundle, fits: Fits) -> object:
    """Return what the member that fits holds.

    Raises:
        UnreadableExportError: it is no JSON, or nested too deeply.
        RefusedArchiveError: it is damaged or too large.
    """
    return json_value(bundle.read(member(bundle, fits).name, LARGEST))


def vault(bundle: Bundle, fits: Fits, name: str) -> tuple[Mapping[str, object], Iterable[object]]:
    """Return what the member that fits holds, without the array of its entries, and these one at a time.

    Args:
        bundle: what was given.
        fits: tells the member.
        name: the array's.

    Raises:
        UnreadableExportError: it is no JSON, or nested too deeply.
        RefusedArchiveError: it is damaged or too large.
    """
    return parted(bundle.read(member(bundle, fits).name, LARGEST), name)
