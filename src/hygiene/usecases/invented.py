"""Invented answers to any checklist, for those who want to see it before anybody is asked."""

from __future__ import annotations

import io
from datetime import date

from hygiene.engine.bands import Band, band_interval
from hygiene.engine.questions import Asked, Progress, Question, Reply
from hygiene.model.checklist import Choice, Kind
from hygiene.model.record import NEVER, Answer, Chosen, ChosenMany, Dated
from hygiene.terminal.offers import offers_of
from hygiene.terminal.plain import PlainTerminal, Streams
from hygiene.terminal.words import Speaker


class InventedTerminal(PlainTerminal):
    """Shows every question as plain lines, and answers by itself: one badly, the next one well.

    Args:
        language: of the texts.
        day: today.
        width: of a line, in columns.
    """

    def __init__(self, language: str, day: date, width: int) -> None:
        self._typed, self._shown = io.StringIO(), io.StringIO()
        super().__init__(Streams(self._typed, self._shown, width), language, day, lambda _url: False)
        self._speaker = Speaker(language, day)
        self._asked = 0

    @property
    def screens(self) -> str:
        """All that was shown so far."""
        return self._shown.getvalue()

    def ask(self, question: Question, progress: Progress) -> Reply:
        """Put the question and reply to it, as somebody would who types the number of an answer."""
        is_good = self._asked % 2 == 1
        self._asked += 1
        answer = invented(question.accounts[0], self._speaker.day, is_good=is_good)
        self._type(_numbers(answer, question, self._speaker))
        return super().ask(question, progress)

    def _type(self, line: str) -> None:
        self._typed.seek(0)
        self._typed.truncate()
        self._typed.write(f"{line}\n")
        self._typed.seek(0)


def invented(asked: Asked, day: date, *, is_good: bool) -> Answer:
    """Return an answer that passes, or one that does not; the other one where a question has no such.

    Args:
        asked: the question, and the account that it is about.
        day: today.
        is_good: which of the two.
    """
    check = asked.check
    if check.kind is Kind.DATE:
        return Dated(band_interval(Band.THIS_MONTH, day)) if is_good else NEVER
    wanted = tuple(each for each in check.choices if (asked.purpose in each.good) is is_good)
    if check.kind is Kind.MANY:
        return ChosenMany(_ids(wanted))
    return Chosen(_ids((*wanted, *check.choices))[0])


def _ids(choices: tuple[Choice, ...]) -> tuple[str, ...]:
    return tuple(choice.id for choice in choices)


def _numbers(answer: Answer, question: Question, speaker: Speaker) -> str:
    """Return what one types for an answer where the rows are numbered."""
    if isinstance(answer, ChosenMany):
        choices = _ids(question.check.choices)
        return ",".join(str(choices.index(each) + 1) for each in answer.ids) or "0"
    rows = [offer.leads_to for offer in offers_of(question, (), speaker)]
    return str(rows.index(answer) + 1)
