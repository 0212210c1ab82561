"""How old the published source of the steps is, and the day on which somebody clicked them through."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from hygiene.catalog.check_fields import DAY, MONTH
from hygiene.catalog.cursor import Cursor
from hygiene.catalog.lint.manuscript import Manuscript, Remark, error, warning
from hygiene.catalog.written import words_at
from hygiene.language import N_

_FORMS = {"sourced": MONTH, "verified": DAY}


def remarks(manuscript: Manuscript) -> Iterator[Remark]:
    """Yield the dates that lie in the future or more than a year back.

    Steps that were clicked through this year may rest on an older source, and the other way round.
    """
    day = manuscript.day
    a_year_ago = f"{day.year - 1}{day.isoformat()[4:]}"
    for placed in manuscript.draft.placed:
        dates = dict(_dates(placed.at))
        for name, words in dates.items():
            where = f"{placed.at.field}.{name}"
            if not _is_day(words):
                yield error(where, N_("there is no such day: {date}"), date=words)
            elif words > day.isoformat()[: len(words)]:
                yield error(where, N_("in the future"))
        if dates and all(words < a_year_ago[: len(words)] for words in dates.values()):
            newest = max(dates, key=lambda name: dates[name])
            where = f"{placed.at.field}.{newest}"
            yield warning(
                where, N_("{date} is more than a year ago: look the steps up again"), date=dates[newest]
            )


def _dates(check: Cursor) -> Iterator[tuple[str, str]]:
    for name, form in _FORMS.items():
        words = words_at(check, name)
        if form.fullmatch(words):
            yield name, words


def _is_day(words: str) -> bool:
    try:
        date.fromisoformat(words if DAY.fullmatch(words) else f"{words}-01")
    except ValueError:
        return False
    return True
