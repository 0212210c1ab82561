"""What the record says about the password of an account: whether there is one, and how old it is."""

from __future__ import annotations

from datetime import date

from hygiene.engine.passwords import age_of
from hygiene.engine.state import Latest, State
from hygiene.model.account import Account
from hygiene.model.dates import Interval
from hygiene.model.finding import Password, PasswordAge, PasswordState
from hygiene.model.record import NEVER, PASSKEY, Chosen, Dated, NonAnswer, Via

PASSWORD = "password"  # noqa: S105 - the name of a core question
PASSWORD_AGE = "password-age"  # noqa: S105 - the name of a core question
EXPOSED = "exposed"
ABOUT_THE_PASSWORD = frozenset({PASSWORD, PASSWORD_AGE, EXPOSED})

PASSKEY_ONLY = Chosen("passkey-only")


def without_password(account: Account, state: State) -> Latest | None:
    """Return the answer by which an account has no password of its own (a passkey, another account), or None.

    `password-age` can say so, and so can `password`: the later of the two counts. Not to know, or to find
    that a question does not apply, contradicts neither.
    """
    answers = (_answer(account, check, state) for check in (PASSWORD, PASSWORD_AGE))
    said = (each for each in answers if each and not isinstance(each.answer, NonAnswer))
    latest = max(said, key=_strength, default=None)
    return latest if latest and says_so(latest) else None


def _strength(latest: Latest) -> tuple[date, bool, int]:
    """The later answer counts; in a file, which has no order, the one that says more."""
    return latest.on, latest.source == "file" and says_so(latest), latest.seq


def says_so(latest: Latest) -> bool:
    """Return whether an answer says that there is no password of its own."""
    return latest.answer in (PASSKEY, PASSKEY_ONLY) or isinstance(latest.answer, Via)


def password_of(account: Account, state: State, months: int, day: date) -> Password:
    """Return how old the password of an account is on a day.

    Args:
        account: whose password.
        state: what the record says.
        months: the policy's period in calendar months; 0 switches the reminder off.
        day: today.
    """
    replaced_by = without_password(account, state)
    if replaced_by:
        via = replaced_by.answer.account if isinstance(replaced_by.answer, Via) else None
        return Password(account, PasswordAge(PasswordState.EXEMPT), via=via)
    latest = _answer(account, PASSWORD_AGE, state)
    if latest is None or latest.answer is NonAnswer.NOT_APPLICABLE:
        return Password(account, PasswordAge(PasswordState.UNKNOWN))
    if latest.answer == NEVER:
        age = age_of(account.opened, months, day, never=True, as_of=latest.as_of)
        return Password(account, age, account.opened, latest.as_of, never=True)
    if says_so(latest):  # overruled since: there is a password, of which nothing was said
        return Password(account, PasswordAge(PasswordState.UNKNOWN))
    interval = latest.answer.interval if isinstance(latest.answer, Dated) else Interval(None, latest.on)
    return Password(account, age_of(interval, months, day, as_of=latest.as_of), interval, latest.as_of)


def _answer(account: Account, check: str, state: State) -> Latest | None:
    return state.answers.get((account.id, f"{account.network}.{check}"))
