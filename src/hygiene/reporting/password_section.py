"""The ages of passwords, as a reminder and never as a fault.

No authority asks for passwords to be changed by the calendar, so the page says whose rule it is, says
“reminder reached” and never “expired”, and cites both sides.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from hygiene.engine.ages import EXPOSED, PASSWORD
from hygiene.language import N_, _, ngettext
from hygiene.model.dates import full_months
from hygiene.model.finding import Password, PasswordState, Result
from hygiene.model.policy import Decided, Layer
from hygiene.model.record import Chosen, Outcome, Reminder
from hygiene.reporting.actions import is_about_age, say_accepted
from hygiene.reporting.authorities import Authority, authorities
from hygiene.reporting.links import safe_url
from hygiene.reporting.words import Voice, Words, listed, say_months
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date, say_interval

STATES: Mapping[PasswordState, str] = {
    PasswordState.DUE: N_("Reminder reached"),
    PasswordState.UNCERTAIN: N_("Perhaps reached"),
    PasswordState.FRESH: N_("Within the time of the reminder"),
    PasswordState.EXEMPT: N_("Nothing to renew"),
    PasswordState.UNKNOWN: N_("Not asked yet"),
}
"""In the order in which they are shown."""


class Age(Struct, frozen=True):
    """How many months old a password is: at least, and at most where that is known."""

    at_least: int
    at_most: int | None


class PasswordLine(Struct, frozen=True):
    """What the report says about one account's password.

    Attributes:
        finding: the id of its finding, where there is one; `done` takes it.
        sentence: when it was last changed, in words.
        age: None where no date is known.
        is_urgent: to be changed now, whatever its age.
    """

    account: Words
    state: PasswordState
    sentence: str
    finding: str | None = None
    age: Age | None = None
    settings_url: str | None = None
    help_url: str | None = None
    is_urgent: bool = False


class PasswordGroup(Struct, frozen=True):
    """The passwords in one state, and the state in words. Those to change now stand before them, as due."""

    state: PasswordState
    title: str
    lines: tuple[PasswordLine, ...]


class PasswordSection(Struct, frozen=True):
    """All passwords, and whose rule the reminder is.

    Attributes:
        months: the period; 0 is no reminder.
        rule: the house rule, and who set it.
        purpose: what speaks for a reminder; the authorities speak against more than that.
    """

    months: int
    rule: str
    advice: str
    purpose: str
    groups: tuple[PasswordGroup, ...]
    authorities: tuple[Authority, ...]

    @property
    def lines(self) -> tuple[PasswordLine, ...]:
        """All passwords, in the order in which they are shown."""
        return tuple(line for group in self.groups for line in group.lines)

    @property
    def has_urgent(self) -> bool:
        """Whether one should be changed now, whatever its age."""
        return any(line.is_urgent for line in self.lines)

    def of(self, state: PasswordState) -> tuple[PasswordLine, ...]:
        """Return the passwords in a state, urgent or not."""
        return tuple(line for line in self.lines if line.state is state)


def password_section(
    passwords: Iterable[Password], results: Iterable[Result], rule: Decided, voice: Voice
) -> PasswordSection:
    """Return what the report says about passwords.

    Args:
        passwords: of every account.
        results: where the links to the settings, and the findings' ids, come from.
        rule: the period in months, and who set it.
        voice: the report's language.
    """
    results = tuple(results)
    by_account = {result.account: result for result in results if is_about_age(result)}
    urgent = frozenset(result.account for result in results if _is_urgent(result))
    lines = [
        _line(each, by_account.get(each.account.id), voice, urgent)
        for each in passwords
        if each.account.id in by_account or each.age.state is not PasswordState.UNKNOWN
    ]
    urgent_ones = tuple(line for line in lines if line.is_urgent)
    groups = (
        PasswordGroup(PasswordState.DUE, _("To change now"), urgent_ones),
        *(
            PasswordGroup(
                state, _(title), tuple(line for line in lines if line.state is state and not line.is_urgent)
            )
            for state, title in STATES.items()
        ),
    )
    return PasswordSection(
        months=rule.value,
        rule=_rule(rule),
        advice=_(
            "A unique, random password that has not leaked does not become weaker with time. If it is reused,"
            " if someone else may know it, or if you have no second step, act on that first."
        ),
        purpose=_(
            "For a reminder: a date in the calendar is an occasion to think of what nobody noticed, a leak,"
            " a shared computer or a departure. It is a house rule, not a fault found."
        ),
        groups=tuple(group for group in groups if group.lines),
        authorities=authorities(),
    )


def say_reached(section: PasswordSection) -> Iterator[str]:
    """Yield a sentence for each state in which the reminder has come, or may have."""
    due, uncertain = section.of(PasswordState.DUE), section.of(PasswordState.UNCERTAIN)
    if due:
        words = ngettext(
            "Reminder reached for {n} password: {accounts}.",
            "Reminder reached for {n} passwords: {accounts}.",
            len(due),
        )
        yield words.format(n=len(due), accounts=listed(line.account for line in due))
    if uncertain:
        words = ngettext(
            "Reminder perhaps reached for {n} password: {accounts}.",
            "Reminder perhaps reached for {n} passwords: {accounts}.",
            len(uncertain),
        )
        yield words.format(n=len(uncertain), accounts=listed(line.account for line in uncertain))


def _is_urgent(result: Result) -> bool:
    """Whether someone else may know the password, or it is used elsewhere too: that outranks its age."""
    is_reused = result.check.core_id == PASSWORD and result.answer == Chosen("reused")
    return result.outcome is Outcome.FAIL and (result.check.core_id == EXPOSED or is_reused)


def _line(password: Password, result: Result | None, voice: Voice, urgent: frozenset[str]) -> PasswordLine:
    remedy = result.check.remediation if result else None
    accepted = say_accepted(result.waiver, voice.language) if result else ""
    sentence = _sentence(password, voice)
    is_urgent = password.account.id in urgent
    if is_urgent:
        sentence = _("Someone else may know it, or it is used elsewhere: change it now, whatever its age.")
    return PasswordLine(
        account=voice.account(password.account.id) or Words(password.account.id),
        state=password.age.state,
        sentence=f"{sentence} {accepted}".strip(),
        finding=result.id if result and result.is_finding and not result.waiver else None,
        age=_age(password, voice.day),
        settings_url=safe_url(remedy.settings_url) if remedy else None,
        help_url=safe_url(remedy.help_url) if remedy else None,
        is_urgent=is_urgent,
    )


def _age(password: Password, day: date) -> Age | None:
    interval = password.interval
    if interval is None or interval.not_after is None:
        return None
    oldest = full_months(interval.not_before, day) if interval.not_before else None
    return Age(max(0, full_months(interval.not_after, day)), oldest)


def _sentence(password: Password, voice: Voice) -> str:
    if password.age.state is PasswordState.EXEMPT:
        through = voice.account(password.via) if password.via else None
        if through:
            return _("You sign in through {account}.").format(account=through.text)
        return _("A passkey only, and no password.")
    if password.age.state is PasswordState.UNKNOWN:
        return _("The question has not been asked.")
    return " ".join(filter(None, _dated(password, voice)))


def _dated(password: Password, voice: Voice) -> Iterator[str]:
    yield _when(password, voice)
    if password.as_of:
        as_of = say_date(password.as_of, voice.language)
        yield _("That is what an export of {day} says.").format(day=as_of)
    yield _reminder(password, voice.language)


def _reminder(password: Password, language: str) -> str:
    """Return when the reminder comes; empty where it has come, or where that is unknown."""
    if password.reminder is Reminder.OFF:
        return _("You switched its reminder off.")
    if password.age.state is not PasswordState.FRESH or password.age.due_on is None:
        return ""
    until = say_date(password.age.due_on, language)
    if password.reminder is Reminder.YEAR:
        return _("You put its reminder off until {day}.").format(day=until)
    return _("The reminder comes after {day}.").format(day=until)


def _when(password: Password, voice: Voice) -> str:
    interval = password.interval
    if interval is None:
        return _("Never changed, as far as you know.")
    if interval.not_before is None and interval.not_after in (None, voice.day):
        return _("You do not know when it was last changed; your password manager may.")
    when = say_interval(interval, voice.language, voice.day)
    if password.never:
        return _("Never changed since the account was opened: {when}.").format(when=when)
    return _("Last change: {when}.").format(when=when)


def _rule(rule: Decided) -> str:
    if not rule.value:
        return _("The reminder by age is switched off. You can switch it on again at any time.")
    who = clean(rule.rules.set_by)
    if rule.rules.layer is Layer.PERSON:
        words = _("The reminder comes after {period}: the rule that you chose yourself.")
    elif rule.rules.layer is Layer.DEFAULT:
        words = _("The reminder comes after {period}: a house rule of this program, which you can change.")
    elif who:
        words = _(
            "{who} suggests a reminder after {period}: a house rule, which you can change for yourself."
        )
    else:
        words = _("Your charter suggests a reminder after {period}: a house rule, which you can change.")
    return words.format(who=who, period=say_months(rule.value))
