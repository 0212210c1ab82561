"""What every password manager keeps of a login, what its dates prove, and the export made of it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache
from itertools import islice
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import replace

from hygiene.evidence.reading import Desk, UnreadableExportError
from hygiene.evidence.times import day_of, day_within, moment_of
from hygiene.language import N_
from hygiene.model.dates import Interval
from hygiene.model.evidence import (
    LEAKED,
    PASSWORD,
    PASSWORD_CHANGED,
    SECOND_STEP,
    Export,
    Fact,
    Found,
    Mark,
    Remark,
)
from hygiene.safety.cleaning import clean

MOST = 250_000
"""Logins in one export."""

APP, PASSKEY = "app", "passkey"
OF_PASSWORDS = (PASSWORD, LEAKED, SECOND_STEP)
"""What an export without dates proves."""
OF_DATED_PASSWORDS = (PASSWORD_CHANGED, *OF_PASSWORDS)

IMPORTED = Remark(
    N_("Many logins were added within the same minute, as if imported: their passwords may be older.")
)
_FEWEST_IMPORTED = 5  # nobody types in so many logins within a minute


Item = TypeVar("Item")


class Login(Struct, frozen=True):
    """One login, without its password.

    Attributes:
        address: a web address or an app, as written there; the first one where there are several.
        user: a user name or an e-mail address.
        mark: what is kept of its password.
        steps: which second steps are kept with it, `app` for one-time codes, or `passkey`.
        changed: when its password was last changed.
        made_at: the moment of its creation, where `changed` relies on it: an import sets it anew.
        last_used: the day of the last sign-in.
        is_untouched: whether it was neither used nor changed since it was created.
    """

    address: str = ""
    user: str = ""
    mark: Mark | None = None
    steps: tuple[str, ...] = ()
    changed: Interval | None = None
    made_at: datetime | None = None
    last_used: date | None = None
    is_untouched: bool = False


def export_of(
    reader: str, made_on: date, logins: Iterable[Login], remarks: tuple[Remark, ...] = ()
) -> Export:
    """Return the export with the logins that say where or who, each as an account and what is proved."""
    kept = [login for login in listed(logins) if login.address or login.user]
    imported = imported_minutes(kept)
    accounts = (_found(loosened(each) if minute_of(each) in imported else each) for each in kept)
    return Export(reader, made_on, tuple(accounts), (*remarks, *((IMPORTED,) if imported else ())))


def listed(items: Iterable[Item]) -> list[Item]:
    """Return the logins of an export.

    Raises:
        UnreadableExportError: there are more than in any export.
    """
    kept = list(islice(items, MOST + 1))
    if len(kept) > MOST:
        raise UnreadableExportError(
            N_("there are more than {most} logins in this file, which is more than can be read here"),
            hint=N_("check that it is the export you meant"),
            most=MOST,
        )
    return kept


def imported_minutes(logins: Iterable[Login]) -> frozenset[datetime | None]:
    """Return in which minutes logins were imported: their passwords may be older than they are."""
    minutes = Counter(minute for login in logins if (minute := minute_of(login)))
    return frozenset(minute for minute, count in minutes.items() if count >= _FEWEST_IMPORTED)


def loosened(login: Login) -> Login:
    """Return a login of which only the latest day of change is known."""
    return replace(login, changed=between(None, login.changed.not_after)) if login.changed else login


def marked(password: str, desk: Desk) -> Mark | None:
    """Return what is kept of a password; None for none."""
    return desk.mark(password) if password else None


def steps_of(*, app: object, passkey: object = None) -> tuple[str, ...]:
    """Return the second steps of a login, from what is kept for each, if anything is."""
    return (*((APP,) if app else ()), *((PASSKEY,) if passkey else ()))


@lru_cache(maxsize=4096)
def between(first: date | None, last: date | None) -> Interval | None:
    """Return the days from one to another, if the later one is known.

    A first day that lies after the last one proves nothing, since some products set it anew.
    """
    if last is None:
        return None
    return Interval(first if first and first <= last else None, last)


def exactly(day: date | None) -> Interval | None:
    """Return that day alone."""
    return between(day, day)


def within(login: Login, created: object, modified: object, latest: date) -> Login:
    """Return a login that was last modified at a moment: its password was not changed later.

    Args:
        login: without a date of change.
        created: when it was created, in any notation of `moment_of`.
        modified: likewise; any change of the login counts.
        latest: the day of the export.
    """
    made_at = moment_of(created)
    changed = between(day_within(made_at, latest), day_of(modified, latest))
    return replace(login, changed=changed, made_at=made_at)


def minute_of(login: Login) -> datetime | None:
    """Return the minute of a login's creation, if its date of change relies on it."""
    if login.made_at is None or login.changed is None:
        return None
    return login.made_at.replace(second=0, microsecond=0)


def _found(login: Login) -> Found:
    return Found(
        address=clean(login.address),
        user=clean(login.user),
        facts=_facts(login.changed, login.steps),
        mark=login.mark,
        last_used=login.last_used,
    )


@lru_cache(maxsize=4096)
def _facts(changed: Interval | None, steps: tuple[str, ...]) -> tuple[Fact, ...]:
    dated = (Fact(PASSWORD_CHANGED, changed),) if changed else ()
    return (*dated, *(Fact(SECOND_STEP, step) for step in steps))
