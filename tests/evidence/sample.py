"""What a fixture of an export is: the file as its product writes it, and what it proves.

Everybody in the fixtures is invented, and so is every address; the passwords open nothing.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import NamedTuple

from hygiene.model.dates import Interval

TODAY = date(2026, 11, 22)
MADE = date(2026, 11, 20)
MARKER_USER = "marker.user@planted.example"
MARKER_PASSWORD = "Zx9-MARKER-pass-7Qv"
TOTP = "otpauth://totp/Planted:someone?secret=GEZDGNBVGY3TQOJQ&issuer=Planted"
APP = frozenset({"app"})
PASSKEY = frozenset({"passkey"})
NO_STEP: frozenset[str] = frozenset()


class ExpectedLogin(NamedTuple):
    """One login as it has to come out of a reader.

    `password` is empty where none may be read; `changed` is None where nothing is proved.
    """

    address: str
    user: str
    password: str = ""
    changed: Interval | None = None
    second_step: frozenset[str] = NO_STEP
    last_used: date | None = None

    @property
    def has_password(self) -> bool:
        return self.password != ""


class Sample(NamedTuple):
    """One export.

    `data` is the one file, or the files of a folder by name. `made_on` None: it does not say, so it is read
    as made on `today`. `remarked`: its reader has to say something of it. `secret`: the passphrase given.
    """

    name: str
    reader: str
    data: bytes | dict[str, bytes]
    expected: tuple[ExpectedLogin, ...] = ()
    today: date = TODAY
    made_on: date | None = None
    refused: bool = False
    remarked: bool = False
    secret: str | None = None


MARKED = ExpectedLogin("https://planted.example/login", MARKER_USER, MARKER_PASSWORD)


def on(day: date) -> Interval:
    return Interval(day, day)


def until(day: date) -> Interval:
    return Interval(None, day)


def noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 12, tzinfo=UTC)


def just_after_midnight(day: date) -> datetime:
    """A moment that lies on another day in most of the world."""
    return datetime(day.year, day.month, day.day, 0, 0, 1, tzinfo=UTC)


def just_before_midnight(day: date) -> datetime:
    return just_after_midnight(day + timedelta(days=1)) - timedelta(seconds=2)


def seconds(moment: date | datetime) -> int:
    """Seconds since 1970; a day means its noon."""
    return int((moment if isinstance(moment, datetime) else noon(moment)).timestamp())


def milliseconds(moment: date | datetime) -> int:
    return 1000 * seconds(moment)


def iso(moment: date | datetime, ending: str = "Z") -> str:
    """ISO 8601 in UTC, as most products write it."""
    there = moment if isinstance(moment, datetime) else noon(moment)
    return f"{there:%Y-%m-%dT%H:%M:%S}{ending}"
