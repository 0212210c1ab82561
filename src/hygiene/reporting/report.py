"""A report: everything that its forms show, already in the words of one language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING

from msgspec import Struct

from hygiene.engine.state import Audit
from hygiene.language import _
from hygiene.model.checklist import Catalogue
from hygiene.model.finding import Assessment, Result, Score
from hygiene.model.policy import Policy
from hygiene.model.record import ChecklistUsed, Outcome
from hygiene.reporting.actions import Action, actions_of, is_about_age
from hygiene.reporting.menus import say_freshness
from hygiene.reporting.method import Method, method_of
from hygiene.reporting.next_dates import NextDate, next_dates
from hygiene.reporting.no_action import NoAction, no_action
from hygiene.reporting.occasion import Occasion
from hygiene.reporting.password_section import PasswordSection, password_section
from hygiene.reporting.topics import Topic, topics_of
from hygiene.reporting.words import SCOPES, TRUSTS, Voice, Words, say_counts, say_coverage, say_score
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date

if TYPE_CHECKING:
    from hygiene.reporting.change_section import ChangeSection, TrendLine

TOP = 3


class ScoreLine(Struct, frozen=True):
    """The score and its coverage; the value is None before anything passes or fails."""

    value: int | None
    answered: int
    applicable: int
    words: str
    coverage: str


class Note(Struct, frozen=True):
    """What the person wrote beside an answer that needs no action."""

    title: Words
    account: Words | None
    words: str


class UsedChecklist(Struct, frozen=True):
    """A checklist that the audit rests on, and why it is believed."""

    title: Words
    version: str
    publisher: str
    trust: str


class Facts(Struct, frozen=True):
    """When and how the audit was made.

    Attributes:
        made_on: the day of the report, in words; `next_audit_on` likewise, or empty.
        sentences: what was covered, when it was begun and finished, when the next one is due.
    """

    made_on: str
    next_audit_on: str = ""
    sentences: tuple[str, ...] = ()
    checklists: tuple[UsedChecklist, ...] = ()


class Report(Struct, frozen=True):
    """A report in one language.

    Attributes:
        language: a page marks what is in another one.
        actions: what to do, in the order in which to act; password ages are not among them.
        accepted: findings accepted on purpose.
        counts: open findings by severity, the ages of passwords left out.
        good: what passes.
        not_covered: accounts on networks without a checklist.
        no_action: what is said where there are no actions.
        notice: who can read the file.
        changes: since an earlier audit; None where there is none.
        trend: the finished audits, where there are several.
        scores: those of them that have a score, by their days.
        dates: what comes next.
        menus: how fresh the steps on this page are.
    """

    language: str
    score: ScoreLine
    actions: tuple[Action, ...]
    accepted: tuple[Action, ...]
    counts: str
    passwords: PasswordSection
    good: tuple[Topic, ...]
    never_asked: tuple[Topic, ...]
    put_off: tuple[Topic, ...]
    not_covered: tuple[Words, ...]
    not_applicable: int
    notes: tuple[Note, ...]
    facts: Facts
    method: Method
    no_action: NoAction
    notice: str
    changes: ChangeSection | None = None
    trend: tuple[TrendLine, ...] = ()
    scores: tuple[tuple[date, int], ...] = ()
    dates: tuple[NextDate, ...] = ()
    menus: tuple[str, ...] = ()

    @property
    def top(self) -> tuple[Action, ...]:
        """The actions that matter most."""
        return self.actions[:TOP]

    @property
    def rest(self) -> tuple[Action, ...]:
        """The actions after those."""
        return self.actions[TOP:]


def make_report(
    assessment: Assessment, catalogue: Catalogue, policy: Policy, occasion: Occasion, language: str
) -> Report:
    """Return the report of an assessment.

    Args:
        assessment: what is reported.
        catalogue: names the networks and the checklists.
        policy: whose password rule it is.
        occasion: the audit that the report belongs to.
        language: of the texts of checklists, and of dates; messages are in the language in use.
    """
    voice = Voice(
        language, assessment.day, catalogue, {account.id: account for account in assessment.accounts}
    )
    waived = [result for result in assessment.findings if result.waiver]
    open_ = [result for result in assessment.findings if not (result.waiver or is_about_age(result))]
    others = [result for result in assessment.results if not is_about_age(result)]
    passed = [result for result in others if result.outcome is Outcome.PASS]
    unasked = [result for result in assessment.results if result.outcome is Outcome.NOT_CHECKED]
    put_off = [result for result in unasked if (result.account, result.check.id) in occasion.put_off]
    never = [result for result in unasked if (result.account, result.check.id) not in occasion.put_off]
    passwords = password_section(assessment.passwords, assessment.results, policy.password_months, voice)
    return Report(
        language=language,
        score=_score(assessment.score),
        actions=actions_of(open_, voice),
        accepted=actions_of(waived, voice),
        counts=say_counts(Counter(result.severity for result in open_)),
        passwords=passwords,
        good=topics_of(passed, voice, as_done=True),
        never_asked=topics_of(never, voice),
        put_off=topics_of(put_off, voice),
        not_covered=voice.accounts_of(account.id for account in assessment.not_covered),
        not_applicable=assessment.count(Outcome.NOT_APPLICABLE),
        notes=_notes(assessment.results, voice),
        facts=_facts(assessment, occasion, voice),
        method=method_of(assessment),
        no_action=no_action(assessment.score, passwords, has_accepted=bool(waived)),
        notice=_notice(occasion, voice),
        changes=_changes(occasion, voice),
        trend=_trend(occasion, language),
        scores=tuple(_scores(occasion)),
        dates=next_dates(assessment, occasion, voice),
        menus=tuple(say_freshness(open_, language)),
    )


def _score(score: Score) -> ScoreLine:
    return ScoreLine(
        value=score.value,
        answered=score.answered,
        applicable=score.applicable,
        words=say_score(score),
        coverage=say_coverage(score),
    )


def _notes(results: Iterable[Result], voice: Voice) -> tuple[Note, ...]:
    return tuple(
        Note(voice.say(result.check.title, result.account), voice.account(result.account), clean(result.note))
        for result in results
        if result.note and (is_about_age(result) or not result.is_finding)
    )


def _changes(occasion: Occasion, voice: Voice) -> ChangeSection | None:
    if occasion.changes is None:
        return None
    from hygiene.reporting.change_section import change_section

    return change_section(occasion.changes, voice, until_today=not occasion.is_past)


def _trend(occasion: Occasion, language: str) -> tuple[TrendLine, ...]:
    if not occasion.history:
        return ()
    from hygiene.reporting.change_section import trend_of

    return trend_of(occasion.history, language)


def _scores(occasion: Occasion) -> Iterator[tuple[date, int]]:
    for past in occasion.history:
        if past.audit.finished_on and past.score.value is not None:
            yield past.audit.finished_on, past.score.value


def _notice(occasion: Occasion, voice: Voice) -> str:
    notice = _(
        "This file holds personal findings, and anyone who has it can read it."
        " It loads nothing and sends nothing."
    )
    if not occasion.is_past:
        return notice
    day = say_date(voice.day, voice.language)
    past = _("This is the audit of {day}, as it was judged then; the steps are today’s.").format(day=day)
    return f"{past} {notice}"


def _facts(assessment: Assessment, occasion: Occasion, voice: Voice) -> Facts:
    language, next_on = voice.language, occasion.next_audit_on
    return Facts(
        made_on=say_date(assessment.day, language),
        next_audit_on=say_date(next_on, language) if next_on else "",
        sentences=tuple(_sentences(occasion, language)),
        checklists=_checklists(occasion.audit, voice) if occasion.audit else (),
    )


def _sentences(occasion: Occasion, language: str) -> Iterator[str]:
    audit = occasion.audit
    if audit:
        yield _("This audit covered {scope}.").format(scope=_(SCOPES[audit.scope]))
        first = say_date(audit.started_on, language)
        if audit.finished_on:
            last = say_date(audit.finished_on, language)
            yield _("Begun on {first}, finished on {last}.").format(first=first, last=last)
        else:
            yield _("Begun on {first}, and not finished.").format(first=first)
    if occasion.next_audit_on:
        yield _("Next audit: {day}.").format(day=say_date(occasion.next_audit_on, language))


def _checklists(audit: Audit, voice: Voice) -> tuple[UsedChecklist, ...]:
    return tuple(_used(used, voice) for used in audit.checklists)


def _used(used: ChecklistUsed, voice: Voice) -> UsedChecklist:
    known = voice.catalogue.checklists.get(used.id)
    title = voice.say(known.title) if known else Words(clean(used.id))
    trust = TRUSTS.get(used.trust)
    return UsedChecklist(
        title, clean(used.version), clean(used.publisher), _(trust) if trust else clean(used.trust)
    )
