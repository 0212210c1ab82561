"""What can go wrong with a source, in words; and what TUF says of it, translated into them.

Nothing is lost by any of them: what was verified before stays as it is and stays in use.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date

from hygiene.errors import AlteredError, HygieneError, NotDoneError
from hygiene.language import N_, current_language
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date

_NOTHING_CHANGED = N_(
    "nothing of it was used, and your lists stay as they are; please tell the people who publish these lists"
)
_HASH = re.compile(r"^[0-9a-f]{64}\.")
_FIRST_ROOT = "metadata/1.root.json"
_ASK_FOR_ACCESS = N_("ask the people who publish these lists for access")
_TRY_LATER = N_("try again in a few minutes; until then the lists that you have stay in use")


class SourceNameError(NotDoneError):
    """A source cannot be called that."""


class NotASourceError(NotDoneError):
    """At this address nobody publishes lists."""


class UnreachableError(NotDoneError):
    """The address does not answer, or not with what was asked for."""


class LoginPageError(UnreachableError):
    """A web page came in place of a file: a page to sign in on, or one that says that there is nothing."""


class IncompleteError(NotDoneError):
    """A file that belongs to the source is missing or cut off: the copy is still being made."""


class ExpiredError(NotDoneError):
    """The publisher did not renew it in time; or somebody holds newer states back."""


class TooNewError(NotDoneError):
    """A later hygiene is needed to read it."""


class UnusableReleaseError(NotDoneError):
    """It is signed as it should be, and is not what a release of this source may be."""


class NothingVerifiedError(NotDoneError):
    """A source was added, and no lists came from it yet."""


class NewKeysError(AlteredError):
    """A root is to replace the pinned one, and the pinned one does not lead to it."""


class FingerprintError(AlteredError):
    """The root that is offered is not the one that the publisher made known."""


class ForgedError(AlteredError):
    """Not signed by those who may, or changed afterwards."""


class RolledBackError(AlteredError):
    """Genuine once, and older than what was seen already."""


class DamagedCopyError(AlteredError):
    """What this computer keeps of a source does not verify."""


class ClockBehindError(NotDoneError):
    """The clock stands before a time that was seen already. It is said, not raised."""


@contextmanager
def explained(
    source: str, latest: Callable[[], str], expired_on: Callable[[], date] | None = None
) -> Iterator[None]:
    """Raise what libraries say of a source as an error of this module.

    Args:
        source: its name or, before it has one, its address as it may be shown.
        latest: returns the name of the file that was asked for last.
        expired_on: returns the day on which something expired, called where something did; needed where that
            is looked at.
    """
    from tuf.api.exceptions import DownloadError, ExpiredMetadataError, RepositoryError

    try:
        yield
    except (RepositoryError, DownloadError, OSError, ValueError) as error:
        if expired_on and isinstance(error, ExpiredMetadataError):
            raise _expired(source, expired_on()) from error
        raise _in_words(error, source, latest()) from error


def _in_words(error: Exception, source: str, file: str) -> HygieneError:
    from tuf.api import exceptions as tuf
    from tuf.api.serialization import DeserializationError

    match error:
        case tuf.DownloadHTTPError(status_code=403):
            return _withheld(source, _shown(file))
        case tuf.DownloadHTTPError() if file.endswith(_FIRST_ROOT):
            return not_a_source(source)
        case tuf.DownloadHTTPError():
            return missing(source, _shown(file))
        case tuf.DownloadLengthMismatchError():
            return forged(source)
        case tuf.DownloadError():
            return _of_the_host(error, source)
        case tuf.BadVersionNumberError():
            return rolled_back(source)
        case DeserializationError():
            return cut_off(source, _shown(file))
        case tuf.RepositoryError() | ValueError():
            return forged(source)
        case _:
            return _not_written(source, error)


def _shown(file: str) -> str:
    """Return a file's name without its folder and without the hash before it."""
    return _HASH.sub("", file.rpartition("/")[2])


def _of_the_host(error: Exception, source: str) -> HygieneError:
    """Return what a host of ours raised; the fetcher's interface wraps it."""
    cause = error.__cause__
    return cause if isinstance(cause, HygieneError) else unreachable(source)


def forged(source: str) -> ForgedError:
    """Return the error for what its publisher did not sign."""
    return ForgedError(
        N_(
            "what “{source}” offers is not signed with its publisher’s present keys, "
            "or was changed on the way"
        ),
        hint=_NOTHING_CHANGED,
        source=source,
    )


def rolled_back(source: str) -> RolledBackError:
    """Return the error for an old state that is offered again."""
    return RolledBackError(
        N_("“{source}” offers an older state than this computer has seen: an old copy, or one put together"),
        hint=_NOTHING_CHANGED,
        source=source,
    )


def missing(source: str, file: str) -> IncompleteError:
    """Return the error for a file that must be there and is not."""
    return IncompleteError(
        N_("“{source}” is not complete yet: {file} is missing"), hint=_TRY_LATER, source=source, file=file
    )


def cut_off(source: str, file: str) -> IncompleteError:
    """Return the error for a file that ends in the middle, or is none of this kind."""
    return IncompleteError(
        N_("“{source}” is not complete yet: {file} is cut off or damaged"),
        hint=_TRY_LATER,
        source=source,
        file=file,
    )


def unreachable(place: str, message: str = N_("{place} cannot be reached")) -> UnreachableError:
    """Return the error for an address that does not answer.

    Args:
        place: a host, or a path as it may be shown.
        message: how it does not, in words.
    """
    return UnreachableError(
        message,
        hint=N_("check the address and your connection; until then the lists that you have stay in use"),
        place=place,
    )


def refused(place: str) -> UnreachableError:
    """Return the error for a host or a folder that lets not everybody read."""
    return UnreachableError(
        N_("{place} does not let you read this"),
        hint=_ASK_FOR_ACCESS,
        place=place,
    )


def not_a_source(place: str) -> NotASourceError:
    """Return the error for an address at which there are no lists."""
    return NotASourceError(
        N_("nobody publishes lists at {place}"),
        hint=N_("check the address, or ask the people who gave it to you"),
        place=place,
    )


def _withheld(source: str, file: str) -> UnreachableError:
    return UnreachableError(
        N_("“{source}” does not let you read {file}"), hint=_ASK_FOR_ACCESS, source=source, file=file
    )


def _expired(source: str, day: date) -> ExpiredError:
    return ExpiredError(
        N_("what “{source}” offers expired on {day}"),
        hint=N_("nothing new was taken in, and your lists stay in use; ask the publisher to renew them"),
        source=source,
        day=say_date(day, current_language()),
    )


def _not_written(source: str, error: Exception) -> NotDoneError:
    reason = error.strerror if isinstance(error, OSError) else None
    return NotDoneError(
        N_("the update of “{source}” could not be kept: {reason}"),
        hint=N_(
            "make room on the disk, or check that you may write there; the lists that you have stay in use"
        ),
        source=source,
        reason=clean(reason or type(error).__name__),
    )
