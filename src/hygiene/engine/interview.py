"""The interview: an immutable state machine from replies to events, and the loop that drives it.

What comes next is computed from what has been said, so a stopped interview resumes by itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine import plan
from hygiene.engine.questions import (
    Answered,
    Asked,
    Back,
    Progress,
    Question,
    Reply,
    Skip,
    Stop,
    Terminal,
)
from hygiene.engine.setup import SETUP, events_of, setup_questions
from hygiene.engine.sitting import Sitting, ask
from hygiene.engine.state import STILL, Audit, State
from hygiene.engine.still import confirmed
from hygiene.model.record import AnswerGiven, Event, NonAnswer

__all__ = ["SETUP", "Interview", "conduct"]


class Interview(Struct, frozen=True):
    """One sitting, at one point.

    Attributes:
        state: what the record says, the replies so far included.
        audit_id: the audit that this sitting belongs to; it has been started.
        day: the day of the statements.
        next_seq: the place in the record that the next event takes.
        said: the events of this sitting, in order.
        trail: the questions that “back” leads to, the latest last.
        reopened: the questions gone back from, the one to ask now last.
    """

    sitting: Sitting
    state: State
    audit_id: str
    day: date
    next_seq: int
    said: tuple[Event, ...] = ()
    trail: tuple[Question, ...] = ()
    reopened: tuple[Question, ...] = ()
    stopped: bool = False

    @property
    def audit(self) -> Audit:
        """The audit, as far as it has come."""
        return self.state.audits[self.audit_id]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions of this portion, as far as is known now."""
        before = tuple(setup_questions(self.state, self.audit, self.sitting))
        return (*before, *plan.portion(self.state, self.audit, self.sitting, before))

    @property
    def current(self) -> Question | None:
        """The question to ask now; None when the portion is done or the person stopped."""
        if self.stopped:
            return None
        if self.reopened:
            return self._again(self.reopened[-1])
        for question in self.questions:
            open_accounts = [asked for asked in question.accounts if not self._handled(asked)]
            if len(open_accounts) == len(question.accounts):
                return question
            if open_accounts:
                return self._again(question, open_accounts)
        return None

    @property
    def progress(self) -> Progress:
        """How far the portion has come. The total is 0 until the accounts are known."""
        questions = self.questions
        left = [question for question in questions if not all(map(self._handled, question.accounts))]
        in_setup = bool(left) and _is_before_the_checks(left[0])
        number = len(questions) - len(left) + 1 - len(self.reopened)
        seconds = sum(question.seconds for question in left)
        return Progress(max(number, 1), 0 if in_setup else len(questions), seconds)

    def resumed(self) -> Interview:
        """Return the same interview with the way back to what this portion has already asked."""
        done = (each for each in self.questions if all(map(self._handled, each.accounts)))
        return replace(self, trail=tuple(done))

    def reply(self, reply: Reply) -> Interview:
        """Return the interview after a reply to the current question."""
        question = self.current
        if question is None:
            return self
        match reply:
            case Stop():
                return replace(self, stopped=True)
            case Back():
                return self._back()
            case Skip():
                later = {asked.account_id: NonAnswer.LATER for asked in question.accounts}
                return self._answered(question, Answered(later))
            case _:
                return self._answered(question, reply)

    def _back(self) -> Interview:
        if not self.trail:
            return self
        return replace(self, trail=self.trail[:-1], reopened=(*self.reopened, self.trail[-1]))

    def _answered(self, question: Question, reply: Answered) -> Interview:
        after = self
        for asked in question.accounts:
            answer = reply.by_account.get(asked.account_id)
            if answer is None:  # stopped before this one: it is asked again
                continue
            note = reply.notes.get(asked.account_id, reply.note)
            given = AnswerGiven(asked.account_id, asked.check.id, answer, note)
            for event in self._events_of(given, after.state):
                after = after.with_event(event)
        reopened = tuple(_still_asked(self.reopened[:-1], after))
        return replace(after, trail=(*self.trail, question), reopened=reopened)

    def _events_of(self, given: AnswerGiven, state: State) -> tuple[Event, ...]:
        if given.check.startswith(STILL) and given.answer is not NonAnswer.LATER:
            return (*confirmed(given, plan.sayable(self.state, self.audit, self.sitting), state), given)
        return events_of(given, state, self.sitting)

    def with_event(self, event: Event) -> Interview:
        """Return the interview after something was said."""
        return replace(
            self,
            state=self.state.after(event, self.day, self.next_seq),
            next_seq=self.next_seq + 1,
            said=(*self.said, event),
        )

    def _handled(self, asked: Asked) -> bool:
        return plan.is_handled(asked, self.state, self.audit)

    def _again(self, question: Question, accounts: list[Asked] | None = None) -> Question:
        """Return the question with what was said since: previous answers, and what the accounts are for."""
        known = self.state.accounts
        subjects = [
            (known.get(asked.account_id, asked.account), asked.check)
            for asked in accounts or question.accounts
        ]
        return ask(subjects, self.state, self.sitting.catalogue)


def _still_asked(reopened: Iterable[Question], interview: Interview) -> Iterator[Question]:
    """Yield the questions that what was said has not made void, about the accounts that are left."""
    asked_still = {_subject(asked) for question in interview.questions for asked in question.accounts}
    for question in reopened:
        left = tuple(asked for asked in question.accounts if _subject(asked) in asked_still)
        if left:
            yield replace(question, accounts=left)


def _is_before_the_checks(question: Question) -> bool:
    return question.check.id.startswith(SETUP) and not question.check.id.startswith(STILL)


def _subject(asked: Asked) -> tuple[str, str]:
    return asked.account_id, asked.check.id


def conduct(interview: Interview, terminal: Terminal, on_change: Callable[[Interview], None]) -> Interview:
    """Ask until the portion is done or the person stops; `on_change` keeps a reply before the next question.

    Args:
        interview: where to begin.
        terminal: puts the questions.
        on_change: called after each reply.
    """
    while question := interview.current:
        interview = interview.reply(terminal.ask(question, interview.progress))
        on_change(interview)
    return interview
