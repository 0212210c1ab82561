"""The answers that a question offers, as rows to choose from."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum, auto

from msgspec import Struct

from hygiene.engine.bands import Band, band_interval
from hygiene.engine.questions import Asked, Question
from hygiene.language import _
from hygiene.model.checklist import Kind
from hygiene.model.record import NEVER, PASSKEY, Answer, Chosen, Dated, NonAnswer
from hygiene.terminal.words import PASSWORD_AGE, Speaker, is_written, may_be_unknown, never_words


class Step(Enum):
    """What is not an answer yet and leads on to one."""

    EXACT_DATE = auto()
    THROUGH = auto()
    AS_BEFORE = auto()
    EACH = auto()


class Offer(Struct, frozen=True):
    """A row, and what choosing it comes to.

    Attributes:
        says_so: the words themselves say that it is the answer so far.
    """

    words: str
    leads_to: Answer | Step
    says_so: bool = False


def offers_of(question: Question, others: tuple[Asked, ...], speaker: Speaker) -> tuple[Offer, ...]:
    """Return what can be chosen, in order.

    Args:
        question: about one account, or about several together.
        others: the accounts that one may sign in with instead; none while several are asked together.
        speaker: says it.
    """
    return tuple(_offers(question, others, speaker))


def _offers(question: Question, others: tuple[Asked, ...], speaker: Speaker) -> Iterator[Offer]:
    if _differ(question):
        yield Offer(speaker.as_before_each(question), Step.AS_BEFORE, says_so=True)
    if question.kind is Kind.DATE:
        yield from _dates(question, others, speaker)
    for choice in question.check.choices:
        yield Offer(speaker.text(choice.text), Chosen(choice.id))
    if question.kind is not Kind.MANY and may_be_unknown(question.check) and not is_written(question.check):
        yield Offer(_("I don’t know"), NonAnswer.UNKNOWN)
        if question.previous is NonAnswer.NOT_APPLICABLE:
            yield Offer(_("Doesn’t apply"), NonAnswer.NOT_APPLICABLE)
    if len(question.accounts) > 1:
        yield Offer(_("Different for each account"), Step.EACH)


def _dates(question: Question, others: tuple[Asked, ...], speaker: Speaker) -> Iterator[Offer]:
    bands = {Dated(band_interval(band, speaker.day)): words for band, words in _band_words().items()}
    if isinstance(question.previous, Dated) and question.previous not in bands:
        when = speaker.as_before(question, question.previous.interval)
        yield Offer(when, question.previous, says_so=True)
    for dated, words in bands.items():
        yield Offer(words, dated)
    yield Offer(_("An exact date or a month…"), Step.EXACT_DATE)
    yield Offer(never_words(question.check), NEVER)
    if question.check.core_id == PASSWORD_AGE:
        yield Offer(_("A passkey instead"), PASSKEY)
        if others:
            yield Offer(_("I sign in through another account…"), Step.THROUGH)


def _band_words() -> dict[Band, str]:
    return {
        Band.THIS_MONTH: _("This month"),
        Band.UNDER_THREE_MONTHS: _("Less than 3 months ago"),
        Band.THREE_TO_TWELVE_MONTHS: _("3 to 12 months ago"),
        Band.OVER_A_YEAR: _("More than a year ago"),
    }


def _differ(question: Question) -> bool:
    """Whether every account has an answer, and not all the same one."""
    return question.previous is None and all(asked.previous for asked in question.accounts)
