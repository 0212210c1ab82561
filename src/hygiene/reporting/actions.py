"""Findings as actions: the same thing to do on four accounts is one action with four places."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hygiene.engine.ages import PASSWORD_AGE
from hygiene.language import _
from hygiene.model.account import YOU
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    Answer,
    Chosen,
    ChosenMany,
    Dated,
    NonAnswer,
    Outcome,
    Via,
    Written,
)
from hygiene.reporting.links import safe_url
from hygiene.reporting.words import PLATFORMS, Voice, Words, listed
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date, say_interval

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date

    from hygiene.model.checklist import Check, Severity
    from hygiene.model.finding import Result, Waiver


@dataclass(frozen=True, slots=True)
class Way:
    """The steps on one platform, or on all of them (empty)."""

    platform: str
    lines: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """Where an action is to be done: one finding.

    Attributes:
        id: of the finding, `ACCOUNT/CHECK`.
        account: None where it is about the person.
        answered: what the person said, and when.
        ways: the steps, where they differ from one place to the next; else the action has them.
        is_unknown: nobody knows yet, so that the first step is to find out.
        is_uncertain: menu names may differ.
        accepted: for a waived finding, until when and why.
    """

    id: str
    account: Words | None
    severity: Severity
    minutes: int
    answered: Words
    note: str = ""
    ways: tuple[Way, ...] = ()
    settings_url: str | None = None
    help_url: str | None = None
    is_unknown: bool = False
    is_uncertain: bool = False
    accepted: str = ""


@dataclass(frozen=True, slots=True)
class Action:
    """Something to do, in one place or in several.

    Attributes:
        key: the core question, or the check.
        severity: the worst of its places.
        minutes: for all places together.
        ways: the steps, where all places share them.
    """

    key: str
    title: Words
    risk: Words
    severity: Severity
    minutes: int
    places: tuple[Place, ...]
    ways: tuple[Way, ...] = ()

    @property
    def accounts(self) -> tuple[Words, ...]:
        """The names of its accounts; none where it is about the person."""
        return tuple(place.account for place in self.places if place.account)

    @property
    def is_unknown(self) -> bool:
        """Whether the answer is known in none of its places."""
        return all(place.is_unknown for place in self.places)

    @property
    def is_uncertain(self) -> bool:
        """Whether menu names may differ in one of its places."""
        return any(place.is_uncertain for place in self.places)


def actions_of(findings: Iterable[Result], voice: Voice) -> tuple[Action, ...]:
    """Return findings grouped into actions, each standing where its first finding stands."""
    groups: dict[str, list[Result]] = {}
    for finding in findings:
        groups.setdefault(finding.check.group, []).append(finding)
    return tuple(_action(key, group, voice) for key, group in groups.items())


def is_about_age(result: Result) -> bool:
    """Return whether a result is a reminder of a password's age: it has a section of its own."""
    return result.check.core_id == PASSWORD_AGE


def say_accepted(waiver: Waiver | None, language: str) -> str:
    """Return until when a finding is accepted, and why; nothing where it is not."""
    if waiver is None:
        return ""
    until = say_date(waiver.until, language) if waiver.until else ""
    reason = clean(waiver.reason)
    match bool(until), bool(reason):
        case True, True:
            return _("Accepted until {day}: {reason}").format(day=until, reason=reason)
        case True, False:
            return _("Accepted until {day}.").format(day=until)
        case False, True:
            return _("Accepted for good: {reason}").format(reason=reason)
        case _:
            return _("Accepted for good.")


def _action(key: str, findings: Sequence[Result], voice: Voice) -> Action:
    places = tuple(_place(finding, voice) for finding in findings)
    ways = places[0].ways
    is_shared = all(place.ways == ways for place in places)
    return Action(
        key=key,
        title=voice.say(findings[0].check.title),
        risk=voice.say(findings[0].check.risk),
        severity=max(finding.severity for finding in findings),
        minutes=sum(place.minutes for place in places),
        places=tuple(replace(place, ways=()) for place in places) if is_shared else places,
        ways=ways if is_shared else (),
    )


def _place(finding: Result, voice: Voice) -> Place:
    remedy = finding.check.remediation
    return Place(
        id=finding.id,
        account=None if finding.account == YOU else voice.account(finding.account),
        severity=finding.severity,
        minutes=remedy.minutes,
        answered=_answered(finding, voice),
        note=clean(finding.note),
        ways=_ways(finding.check, voice),
        settings_url=safe_url(remedy.settings_url),
        help_url=safe_url(remedy.help_url),
        is_unknown=finding.outcome is Outcome.UNKNOWN,
        is_uncertain=remedy.is_uncertain,
        accepted=say_accepted(finding.waiver, voice.language),
    )


def _ways(check: Check, voice: Voice) -> tuple[Way, ...]:
    return tuple(
        Way(
            _(PLATFORMS.get(steps.platform, steps.platform)) if steps.platform else "",
            tuple(voice.say(line) for line in steps.lines),
        )
        for steps in check.remediation.steps
    )


def _answered(finding: Result, voice: Voice) -> Words:
    if finding.answer is None or finding.answered_on is None:
        return Words("")
    said = _said(finding.answer, finding.check, voice, finding.answered_on)
    on = say_date(finding.answered_on, voice.language)
    if finding.as_of:
        as_of = say_date(finding.as_of, voice.language)
        words = _("An export of {day} says: {answer}").format(day=as_of, answer=said.text)
    else:
        words = _("Your answer on {day}: {answer}").format(day=on, answer=said.text)
    return Words(words, said.fallback)


def _said(answer: Answer, check: Check, voice: Voice, day: date) -> Words:
    match answer:
        case Dated(interval):
            return Words(say_interval(interval, voice.language, day))
        case Chosen() | ChosenMany():
            return _chosen(answer, check, voice)
        case Via(account):
            through = voice.account(account) or Words(account)
            return Words(_("through {account}").format(account=through.text))
        case Written(words):
            return Words(clean(words))
        case NonAnswer.NOT_APPLICABLE:
            return Words(_("it does not apply"))
        case NonAnswer():
            return Words(_("I don’t know"))


def _chosen(answer: Chosen | ChosenMany, check: Check, voice: Voice) -> Words:
    ids = (answer.id,) if isinstance(answer, Chosen) else answer.ids
    own = {NEVER.id: _("never"), PASSKEY.id: _("a passkey only")}
    chosen = [
        voice.say(choice.text) if choice else Words(own.get(each, each))
        for each, choice in ((each, check.choice(each)) for each in ids)
    ]
    fallback = next((words.fallback for words in chosen if words.fallback), None)
    return Words(listed(words.text for words in chosen) or _("none of them"), fallback)
