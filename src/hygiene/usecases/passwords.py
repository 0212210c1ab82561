"""The passwords whose reminder has come: changed, replaced, put off, or left for another time."""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum, auto

from hygiene.engine.ages import PASSWORD_AGE, may_wait
from hygiene.engine.state import State
from hygiene.errors import NotDoneError
from hygiene.language import N_, _, ngettext
from hygiene.model.account import Account
from hygiene.model.dates import Interval
from hygiene.model.finding import Assessment, PasswordState
from hygiene.model.record import PASSKEY, Answer, AnswerGiven, Dated, Event, PasswordReminded, Reminder, Via
from hygiene.reporting.actions import is_about_age
from hygiene.reporting.password_section import PasswordLine, PasswordSection, password_section
from hygiene.store.file import OpenStore
from hygiene.terminal.plain import InputEndedError
from hygiene.usecases.desk import state_of
from hygiene.usecases.scene import Scene, links_of

_DUE = (PasswordState.DUE, PasswordState.UNCERTAIN)


class Wish(Enum):
    """What can be said of a password."""

    TODAY = auto()
    DATE = auto()
    PASSKEY = auto()
    THROUGH = auto()
    YEAR = auto()
    OFF = auto()
    RULE = auto()
    LATER = auto()
    STOP = auto()


def answered(account: Account, answer: Answer) -> AnswerGiven:
    """Return the statement that answers how old the password of an account is."""
    return AnswerGiven(account.id, f"{account.network}.{PASSWORD_AGE}", answer)


def changed(account: Account, interval: Interval) -> AnswerGiven:
    """Return the statement that the password of an account was last changed then."""
    return answered(account, Dated(interval))


def through(account: Account, other: Account, state: State) -> AnswerGiven:
    """Return the statement that one signs in to an account with another one.

    Raises:
        NotDoneError: that other one is closed, or leads back to this one.
    """
    if other not in _ways_through(account, state):
        raise NotDoneError(
            N_("one cannot sign in that way"),
            hint=N_("name another account that is still open, and that does not lead back to this one"),
        )
    return answered(account, Via(other.id))


def reminded(account: Account, reminder: Reminder, state: State) -> PasswordReminded:
    """Return the statement of how the person wants to be reminded of a password.

    Raises:
        NotDoneError: a year was asked for, and the password is not one that may wait.
    """
    if reminder is Reminder.YEAR and not may_wait(account, state):
        raise NotDoneError(
            N_("a year is for a random password with a second step, and that is not known of this one"),
            hint=N_("`hygiene audit` asks about both; --off switches its reminder off altogether"),
        )
    return PasswordReminded(account.id, reminder)


def walk_passwords(store: OpenStore, scene: Scene) -> OpenStore:
    """Go through the passwords that are due, then those that perhaps are; end with what is left."""
    state = state_of(store)
    assessment = scene.desk.assess(state)
    due = _due(assessment)
    if due:
        rule = scene.desk.policy.password_months
        scene.terminal.show(password_section((), (), rule, scene.voice(state)).advice)
    for number, account in enumerate(due, start=1):
        place = _("{number} of {total}").format(number=number, total=len(due))
        try:
            then = settle_password(store, account, scene, place)
        except InputEndedError:
            break
        if then is None:
            break
        store = then
    scene.terminal.show(_say_left(len(_due(scene.desk.assess(state_of(store))))))
    return store


def settle_password(store: OpenStore, account: Account, scene: Scene, place: str = "") -> OpenStore | None:
    """Say where a password stands, ask what about it, and seal that; None: the person wants to stop.

    Args:
        store: as it is now.
        account: whose password.
        scene: where it is asked.
        place: how far the walk has come, such as “2 of 5”.
    """
    state = state_of(store)
    section = _section_of(account, store, scene)
    standing = _sentence(section)
    numbered = _("{number}. {finding}").format(number=place, finding=standing)
    scene.terminal.show(numbered if place else standing)
    line = _line(section)
    options = tuple(_options(account, state, is_urgent=section.has_urgent).items())
    page = links_of(line.settings_url, None if line.settings_url else line.help_url)
    offered = dict[Wish | str, str]((*page, *options))
    while True:
        wish = scene.pick(_("What about this password?"), offered)
        match wish:
            case str():
                scene.open(wish)
                offered = dict((*options, *page))
            case Wish.STOP:
                return None
            case Wish.LATER:
                return store
            case _:
                event = _event(wish, account, state, scene)
                if event:
                    return _sealed(store, event, account, scene)


def _sealed(store: OpenStore, event: Event, account: Account, scene: Scene) -> OpenStore:
    store = scene.sealed(store, event)
    section = _section_of(account, store, scene)
    still = _("Noted. `hygiene fix` asks again whether anyone else could know it, or it is used elsewhere.")
    scene.terminal.show(still if section.has_urgent else _sentence(section))
    return store


def _options(account: Account, state: State, *, is_urgent: bool) -> Mapping[Wish, str]:
    rows = {
        Wish.TODAY: _("I changed it today"),
        Wish.DATE: _("I changed it on another day…"),
        Wish.PASSKEY: _("I use a passkey instead, and no password"),
    }
    if _ways_through(account, state):
        rows[Wish.THROUGH] = _("I sign in through another account…")
    if may_wait(account, state) and not is_urgent:
        rows[Wish.YEAR] = _("It is random and has a second step: remind me in a year")
    rows[Wish.OFF] = _("Never remind me of this one")
    if account.id in state.reminders and state.reminders[account.id].reminder is not Reminder.RULE:
        rows[Wish.RULE] = _("Remind me of it as of the others")
    return rows | {Wish.LATER: _("Not now"), Wish.STOP: _("Stop here")}


def _event(wish: Wish, account: Account, state: State, scene: Scene) -> Event | None:
    """Return what was said; None where the person would rather say something else."""
    day = scene.desk.day
    match wish:
        case Wish.TODAY:
            return changed(account, Interval(day, day))
        case Wish.DATE:
            interval = scene.ask_date(_("When was it changed? A month is enough; an empty line goes back:"))
            return changed(account, interval) if interval else None
        case Wish.PASSKEY:
            return answered(account, PASSKEY)
        case Wish.THROUGH:
            voice = scene.voice(state)
            others = {each.id: str(voice.account(each.id)) for each in _ways_through(account, state)}
            other = scene.pick(_("Which account do you sign in with?"), others)
            return through(account, state.accounts[other], state)
        case _:
            return reminded(account, _REMINDERS[wish], state)


_REMINDERS = {Wish.YEAR: Reminder.YEAR, Wish.OFF: Reminder.OFF, Wish.RULE: Reminder.RULE}


def _ways_through(account: Account, state: State) -> tuple[Account, ...]:
    """Return the open accounts that one may sign in with instead: not those that lead back to this one."""
    return tuple(
        each for each in state.open_accounts if not _leads_to(each.id, account.id, state, frozenset())
    )


def _leads_to(start: str, end: str, state: State, seen: frozenset[str]) -> bool:
    if start == end:
        return True
    account = state.accounts.get(start)
    said = state.answer(start, f"{account.network}.{PASSWORD_AGE}") if account else None
    if not isinstance(said, Via) or start in seen:
        return False
    return _leads_to(said.account, end, state, seen | {start})


def _due(assessment: Assessment) -> tuple[Account, ...]:
    accepted = {each.account for each in assessment.findings if each.waiver and is_about_age(each)}
    due = [
        each for each in assessment.passwords if each.age.state in _DUE and each.account.id not in accepted
    ]
    return tuple(each.account for each in sorted(due, key=lambda each: _DUE.index(each.age.state)))


def _section_of(account: Account, store: OpenStore, scene: Scene) -> PasswordSection:
    """Return what a report says of one account's password.

    Raises:
        NotDoneError: the account is closed, or no checklist asks about its password.
    """
    state = state_of(store)
    assessment = scene.desk.assess(state)
    passwords = [each for each in assessment.passwords if each.account.id == account.id]
    results = [each for each in assessment.results if each.account == account.id]
    section = password_section(passwords, results, scene.desk.policy.password_months, scene.voice(state))
    if not section.groups:
        raise NotDoneError(
            N_("nothing is asked about the password of that account"),
            hint=N_("`hygiene account list` shows the accounts, and those that are closed"),
        )
    return section


def _line(section: PasswordSection) -> PasswordLine:
    ((line,),) = (group.lines for group in section.groups)
    return line


def _sentence(section: PasswordSection) -> str:
    (group,) = section.groups
    line = _line(section)
    return _("{state}: {account}. {sentence}").format(
        state=group.title, account=line.account, sentence=line.sentence
    )


def _say_left(count: int) -> str:
    if not count:
        return _("Passwords: no reminder has been reached.")
    words = ngettext(
        "{n} password is left: `hygiene password`.", "{n} passwords are left: `hygiene password`.", count
    )
    return words.format(n=count)
