"""What a reader of a network's archive hands over: one account, and the facts that could be told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from hygiene.evidence.times import day_of
from hygiene.language import N_
from hygiene.model.dates import Interval
from hygiene.model.evidence import PASSWORD_CHANGED, Export, Fact, Found, Remark
from hygiene.safety.cleaning import clean

NEVER_DATED = Remark(N_("An archive of this service never says when the password was changed."))
NOT_DATED = Remark(
    N_(
        "The archive does not say when the password was changed: ask for it with all categories, over "
        "the whole time."
    )
)


def export_of(
    network: str, made_on: date, user: str, facts: Iterable[Fact | None], remarks: Iterable[Remark] = ()
) -> Export:
    """Return the export of one account; facts that are None could not be told, and are left out."""
    told = tuple(fact for fact in facts if fact)
    return Export(network, made_on, (Found(network=network, user=clean(user), facts=told),), tuple(remarks))


def word(name: str, value: str | None) -> Fact | None:
    """Return a fact that is a word."""
    return Fact(name, value) if value else None


def yes_or_no(name: str, value: object) -> Fact | None:
    """Return a fact that is yes or no; None for anything but True and False."""
    return Fact(name, "yes" if value else "no") if isinstance(value, bool) else None


def count(name: str, number: int | None) -> Fact | None:
    """Return a fact that is a number, of which 0 is one too."""
    return None if number is None else Fact(name, number)


def changed(moments: Iterable[object], latest: date) -> Fact | None:
    """Return the last change of the password.

    Args:
        moments: of all changes, as `times.moment_of` knows them; what is no moment is passed over.
        latest: the day of the export.
    """
    day = max((day for each in moments if (day := day_of(each, latest))), default=None)
    return Fact(PASSWORD_CHANGED, Interval(day, day)) if day else None


def lengths(lists: Iterable[object]) -> int | None:
    """Return the length of the longest list; None where there is none.

    A file that occurs twice, in two parts of an archive, is the same one twice rather than two.
    """
    return max((len(each) for each in lists if isinstance(each, list)), default=None)


def not_dated(facts: Iterable[Fact | None]) -> tuple[Remark, ...]:
    """Return what to say of an archive that could have told when the password was changed."""
    return () if any(fact and fact.name == PASSWORD_CHANGED for fact in facts) else (NOT_DATED,)
