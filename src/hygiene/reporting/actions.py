"""Findings as actions: the same thing to do on four accounts is one action with four places."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from hygiene.engine.ages import PASSWORD_AGE
from hygiene.language import N_, _
from hygiene.model.checklist import Check, Severity
from hygiene.model.finding import Result, Waiver
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


class Way(Struct, frozen=True):
    """The steps on one platform, or on all of them (empty)."""

    platform: str
    lines: tuple[Words, ...]


class Place(Struct, frozen=True):
    """Where an action is to be done: one finding.

    Attributes:
        id: of the finding, `ACCOUNT/CHECK`.
        account: None where it is about the person.
        answered: what the person said; empty for “I don't know”, and for a yes or a no, which says nothing
            without its question.
        is_unknown: nobody knows yet, so that the first step is to find out.
        accepted: for a waived finding, until when and why.
    """

    id: str
    account: Words | None
    severity: Severity
    minutes: int
    answered: Words
    note: str = ""
    is_unknown: bool = False
    accepted: str = ""


class Guide(Struct, frozen=True):
    """How to do it: the steps and links.

    Attributes:
        is_uncertain: menu names in its steps may differ.
    """

    ways: tuple[Way, ...] = ()
    settings_url: str | None = None
    help_url: str | None = None
    is_uncertain: bool = False


class Stop(Struct, frozen=True):
    """One guide, and the places that it serves."""

    guide: Guide
    places: tuple[Place, ...]

    @property
    def accounts(self) -> tuple[Words, ...]:
        """The names of its accounts; none where it is about the person."""
        return tuple(place.account for place in self.places if place.account)


class Action(Struct, frozen=True):
    """Something to do, in one place or in several.

    Attributes:
        key: the core question, or the check.
        severity: the worst of its places.
        minutes: for all places together.
        stops: its places, those that share a guide together.
    """

    key: str
    title: Words
    risk: Words
    severity: Severity
    minutes: int
    stops: tuple[Stop, ...]

    @property
    def places(self) -> tuple[Place, ...]:
        """Every place."""
        return tuple(place for stop in self.stops for place in stop.places)

    @property
    def accounts(self) -> tuple[Words, ...]:
        """The names of its accounts; none where it is about the person."""
        return tuple(account for stop in self.stops for account in stop.accounts)

    @property
    def is_unknown(self) -> bool:
        """Whether the answer is known in none of its places."""
        return all(place.is_unknown for place in self.places)


_SAYING_NOTHING = (NonAnswer.UNKNOWN, Chosen("yes"), Chosen("no"))
_NON_ANSWERS = {
    NonAnswer.UNKNOWN: N_("I don’t know"),
    NonAnswer.NOT_APPLICABLE: N_("it does not apply"),
    NonAnswer.LATER: N_("later"),
}


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
    stops: dict[Guide, list[Place]] = {}
    for finding in findings:
        stops.setdefault(_guide(finding, voice), []).append(_place(finding, voice))
    first = findings[0]
    return Action(
        key=key,
        title=voice.say(first.check.title, first.account),
        risk=voice.say(first.check.risk, first.account),
        severity=max(finding.severity for finding in findings),
        minutes=sum(finding.check.remediation.minutes for finding in findings),
        stops=tuple(Stop(guide, tuple(places)) for guide, places in stops.items()),
    )


def _guide(finding: Result, voice: Voice) -> Guide:
    remedy = finding.check.remediation
    ways = tuple(
        Way(
            _(PLATFORMS.get(steps.platform, steps.platform)) if steps.platform else "",
            tuple(voice.say(line, finding.account) for line in steps.lines),
        )
        for steps in remedy.steps
    )
    is_uncertain = bool(ways) and remedy.is_uncertain
    return Guide(ways, safe_url(remedy.settings_url), safe_url(remedy.help_url), is_uncertain)


def _place(finding: Result, voice: Voice) -> Place:
    return Place(
        id=finding.id,
        account=voice.account(finding.account),
        severity=finding.severity,
        minutes=finding.check.remediation.minutes,
        answered=_answered(finding, voice),
        note=clean(finding.note),
        is_unknown=finding.outcome is Outcome.UNKNOWN,
        accepted=say_accepted(finding.waiver, voice.language),
    )


def _answered(finding: Result, voice: Voice) -> Words:
    answer, on = finding.answer, finding.answered_on
    if on is None or answer is None or answer in _SAYING_NOTHING:
        return Words("")
    said = say_answer(answer, finding.check, voice, on)
    if finding.as_of:
        words, day = _("An export of {day} says: {answer}"), finding.as_of
    elif on == voice.day:
        words, day = _("Your answer: {answer}"), on
    else:
        words, day = _("Your answer on {day}: {answer}"), on
    sentence = words.format(day=say_date(day, voice.language), answer=said.text)
    return Words(sentence, said.fallback, quoted=said.text)


def say_answer(answer: Answer, check: Check, voice: Voice, day: date) -> Words:
    """Return an answer as it stands after “your answer”.

    Args:
        answer: to the check.
        check: has the words of its choices.
        voice: says texts and accounts.
        day: the day it was given, from which dates are told.
    """
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
        case NonAnswer():
            return Words(_(_NON_ANSWERS[answer]))


def _chosen(answer: Chosen | ChosenMany, check: Check, voice: Voice) -> Words:
    ids = (answer.id,) if isinstance(answer, Chosen) else answer.ids
    own = {NEVER.id: _("never"), PASSKEY.id: _("a passkey only")}
    chosen = [
        voice.say(choice.text) if choice else Words(own.get(each, each))
        for each, choice in ((each, check.choice(each)) for each in ids)
    ]
    fallback = next((words.fallback for words in chosen if words.fallback), None)
    return Words(listed(words.text for words in chosen) or _("none of them"), fallback)
