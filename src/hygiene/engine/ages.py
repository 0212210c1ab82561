"""What the record says about the password of an account: whether there is one, and how old it is."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from hygiene.engine.account_facts import part_of
from hygiene.engine.passwords import age_of
from hygiene.engine.state import Latest, Reminded, State
from hygiene.model.account import Account
from hygiene.model.dates import Interval, add_months
from hygiene.model.finding import Password, PasswordAge, PasswordState
from hygiene.model.record import NEVER, PASSKEY, Chosen, Dated, NonAnswer, Reminder, Via

PASSWORD = "password"  # noqa: S105 - the name of a core question
PASSWORD_AGE = "password-age"  # noqa: S105 - the name of a core question
EXPOSED = "exposed"
TWO_FACTOR = "two-factor"
ABOUT_THE_PASSWORD = frozenset({PASSWORD, PASSWORD_AGE, EXPOSED})

PASSKEY_ONLY = Chosen("passkey-only")
RANDOM = Chosen("random")
NO_SECOND_STEP = Chosen("none")
_YEAR = 12  # calendar months


def without_password(account: Account, state: State) -> Latest | None:
    """Return the answer by which an account has no password of its own (a passkey, another account), or None.

    `password-age` can say so, and so can `password`: the later of the two counts. Not to know, or to find
    that a question does not apply, contradicts neither. A mailbox inside another account has that one's.
    """
    if inside := part_of(account, state):
        return inside
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
    """Return how old the password of an account is on a day, as its person wants to be reminded.

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
    reminded = state.reminders.get(account.id)
    if reminded and reminded.reminder is Reminder.OFF:
        return replace(_known_password(account, state, 0, day), reminder=Reminder.OFF)
    password = _known_password(account, state, months, day)
    return _put_off(password, reminded, day) if reminded and may_wait(account, state) else password


def may_wait(account: Account, state: State) -> bool:
    """Return whether the reminder of a password may be put off for a year: random, and with a second step."""
    kind, second_step = (
        state.answer(account.id, f"{account.network}.{each}") for each in (PASSWORD, TWO_FACTOR)
    )
    return kind == RANDOM and isinstance(second_step, Chosen) and second_step != NO_SECOND_STEP


def _put_off(password: Password, reminded: Reminded, day: date) -> Password:
    until = add_months(reminded.on, _YEAR)
    due_on = password.age.due_on
    is_put_off = reminded.reminder is Reminder.YEAR and day <= until
    is_known = password.age.state is not PasswordState.UNKNOWN
    if not (is_put_off and is_known) or (due_on and due_on > until):
        return password
    age = PasswordAge(PasswordState.FRESH, until, password.age.age_months)
    return replace(password, age=age, reminder=Reminder.YEAR)


def _known_password(account: Account, state: State, months: int, day: date) -> Password:
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
