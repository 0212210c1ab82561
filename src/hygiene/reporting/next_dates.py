"""What comes next, by its day: the audit, the reminders of passwords, what is accepted only for a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from msgspec import Struct

from hygiene.language import _
from hygiene.model.dates import Interval, add_months
from hygiene.model.finding import Assessment, PasswordState, Result
from hygiene.model.record import Dated, Outcome, Reminder
from hygiene.reporting.actions import is_about_age
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.topics import Topic
from hygiene.reporting.words import Voice, Words
from hygiene.spoken_dates import say_date


class NextDate(Struct, frozen=True):
    """A day, in words, and what is due on it."""

    day: str
    topics: tuple[Topic, ...]


def next_dates(assessment: Assessment, occasion: Occasion, voice: Voice) -> tuple[NextDate, ...]:
    """Return what comes after a day, the nearest first; about an earlier audit, only when the next one is."""
    found: dict[date, dict[Words, list[Words]]] = {}
    for on, what, account in _coming(assessment, occasion, voice):
        about = found.setdefault(on, {}).setdefault(what, [])
        about.extend(voice.accounts_of([account]))
    return tuple(
        NextDate(
            say_date(on, voice.language),
            tuple(Topic(what, tuple(accounts)) for what, accounts in found[on].items()),
        )
        for on in sorted(found)
    )


def _coming(assessment: Assessment, occasion: Occasion, voice: Voice) -> Iterator[tuple[date, Words, str]]:
    """Yield each day with what is due on it, and the account that it is about."""
    if occasion.next_audit_on:
        yield occasion.next_audit_on, Words(_("The next audit")), ""
    if occasion.is_past:
        return
    for password in assessment.passwords:
        age = password.age
        if age.state is PasswordState.FRESH and age.due_on and password.reminder is not Reminder.OFF:
            yield age.due_on, Words(_("Password reminder")), password.account.id
    for result in assessment.results:
        on = _waived_until(result, assessment.day) or _again_on(result)
        if on:
            yield on, voice.say(result.check.title, result.account), result.account


def _waived_until(result: Result, day: date) -> date | None:
    """Return the last day on which a finding is accepted as it is."""
    until = result.waiver.until if result.waiver and result.is_finding else None
    return until if until and until >= day else None


def _again_on(result: Result) -> date | None:
    """Return the last day on which a check with a period of its own is still good."""
    months = result.check.within_months
    if not months or is_about_age(result) or result.outcome is not Outcome.PASS:
        return None
    match result.answer:
        case Dated(Interval(not_after=date() as last)):
            return add_months(last, months)
        case _:
            return None
