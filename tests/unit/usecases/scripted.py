"""A terminal that replies from a script, for the verbs that talk to one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from hygiene.engine.questions import Answered, Progress, Question, Reply, Stop
from hygiene.model.checklist import Kind
from hygiene.model.record import Answer, Chosen, ChosenMany, NonAnswer, Written


def good_answer(question: Question) -> Reply:
    """The recommended answer to everything; dates are not known."""

    def answer(place: int) -> Answer:
        asked = question.accounts[place]
        match asked.check.kind:
            case Kind.DATE | Kind.HOST:
                return NonAnswer.UNKNOWN
            case Kind.MANY:
                return ChosenMany(())
            case Kind.TEXT:
                return Written("")
            case Kind.CHOICE:
                good = asked.check.recommended(asked.purpose)
                return Chosen(good.id if good else asked.check.choices[0].id)

    return Answered({asked.account_id: answer(place) for place, asked in enumerate(question.accounts)})


@dataclass
class ScriptedTerminal:
    """Confirms, secrets, choices and lines come from lists; questions are answered by a function.

    After `stop_at` questions it stops. Where a list has ended, only `confirm` has a reply, its default.
    """

    confirms: list[bool] = field(default_factory=list)
    secrets: list[str] = field(default_factory=list)
    choices: list[int] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    reply: Callable[[Question], Reply] = good_answer
    stop_at: int = 1000
    asked: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    confirmed: list[str] = field(default_factory=list)
    chosen: list[str] = field(default_factory=list)

    def ask(self, question: Question, progress: Progress) -> Reply:
        assert progress.number >= 1
        self.asked.append(question.check.id)
        return Stop() if len(self.asked) > self.stop_at else self.reply(question)

    def show(self, message: str) -> None:
        self.shown.append(message)

    def confirm(self, message: str, *, default: bool) -> bool:
        self.confirmed.append(message)
        return self.confirms.pop(0) if self.confirms else default

    def secret(self, message: str) -> str:
        assert message
        return self.secrets.pop(0)

    def choose(self, message: str, choices: Sequence[str]) -> int:
        self.chosen.append(message)
        place = self.choices.pop(0)
        assert 0 <= place < len(choices)
        return place

    def line(self, message: str) -> str:
        assert message
        return self.lines.pop(0)

    @property
    def said(self) -> str:
        return "\n".join(self.shown)


def networks(*ids: str) -> Callable[[Question], Reply]:
    """Choose these networks, one account on each, and answer everything well."""

    def reply(question: Question) -> Reply:
        if question.check.id == "setup.networks":
            return Answered({"you": ChosenMany(ids)})
        return good_answer(question)

    return reply
