"""How questions, answers and progress are said, the same in both renderers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from msgspec import Struct

from hygiene.engine.account_facts import PHONE_NUMBER
from hygiene.engine.interview import SETUP
from hygiene.engine.questions import Asked, Progress, Question
from hygiene.language import _, ngettext
from hygiene.model.checklist import Check, Kind
from hygiene.model.dates import Interval
from hygiene.model.record import NEVER, PASSKEY, Answer, Chosen, ChosenMany, Dated, NonAnswer, Via, Written
from hygiene.model.text import Text
from hygiene.safety.cleaning import clean
from hygiene.spoken_dates import say_date, say_interval
from hygiene.terminal.pages import Key

PASSWORD_AGE = "password-age"  # noqa: S105 - the name of a core question
SECONDS_A_MINUTE = 60

Keys = tuple[tuple[Key, str], ...]


class Speaker(Struct, frozen=True):
    """Says answers and accounts in the person's language, on a day.

    Attributes:
        day: today, from which “about 6 months ago” is reckoned.
    """

    language: str
    day: date

    def text(self, text: Text) -> str:
        """Return what an author or the person wrote, made harmless."""
        return clean(text.to(self.language))

    def names(self, accounts: Sequence[Asked]) -> str:
        """Return what the accounts are called; empty where the question is about the person."""
        return ", ".join(self.text(asked.name) for asked in accounts if asked.account)

    def interval(self, interval: Interval) -> str:
        """Return “March 2026 (about 8 months ago)”."""
        return say_interval(interval, self.language, self.day)

    def answer(self, answer: Answer, question: Question) -> str:
        """Return an answer in the words in which it was chosen."""
        match answer:
            case Chosen(choice):
                return self._choice(question.check, choice)
            case ChosenMany(ids):
                return ", ".join(self._choice(question.check, each) for each in ids) or _("None of these")
            case Dated(interval):
                return self.interval(interval)
            case Via(account):
                return _("Through {account}").format(account=self._account(account, question))
            case Written(words):
                return clean(words)
            case NonAnswer():
                return _non_answer(answer)

    def answers(self, given: Mapping[str, Answer], question: Question) -> str:
        """Return what was said of the accounts, once where it is the same for all of them."""
        if len(given) == len(question.accounts) and len(set(given.values())) == 1:
            return self.answer(next(iter(given.values())), question)
        return _("; ").join(
            _("{account}: {answer}").format(
                account=self.text(asked.name), answer=self.answer(given[asked.account_id], question)
            )
            for asked in question.accounts
            if asked.account_id in given
        )

    def before(self, question: Question) -> str:
        """Return what was answered before, “Last time (22 November 2025): Yes”, or nothing."""
        given = [(asked, asked.previous) for asked in question.accounts if asked.previous]
        answers = {latest.answer for _asked, latest in given}
        if len(answers) > 1:
            return _("{when}: different for each account").format(when=self._when(question))
        if not given:
            return ""
        said = self.answer(given[0][1].answer, question)
        if len(given) < len(question.accounts):
            names = self.names([asked for asked, _latest in given])
            said = _("{answer} ({accounts})").format(answer=said, accounts=names)
        return _("{when}: {answer}").format(when=self._when(question), answer=said)

    def mark(self, question: Question) -> str:
        """Return the word beside the choice that is the answer so far."""
        return _("your answer") if self._is_of_today(question) else _("last time")

    def as_before(self, question: Question, interval: Interval) -> str:
        """Return the row that keeps a date."""
        row = _("As I said: {when}") if self._is_of_today(question) else _("As last time: {when}")
        return row.format(when=self.interval(interval))

    def as_before_each(self, question: Question) -> str:
        """Return the row that keeps what was said of each account."""
        is_of_today = self._is_of_today(question)
        return _("As I said for each account") if is_of_today else _("As last time for each account")

    def asked(self, question: Question) -> str:
        """Return the question in one line, with the account where there is one alone."""
        about = self.names(question.accounts) if len(question.accounts) == 1 else ""
        asked = self.text(question.text)
        return f"{about} · {asked}" if about else asked

    def _choice(self, check: Check, choice_id: str) -> str:
        if choice := check.choice(choice_id):
            return self.text(choice.text)
        if choice_id == NEVER.id:
            return never_words(check)
        return _("A passkey instead") if choice_id == PASSKEY.id else _("an answer that is no longer offered")

    def _account(self, account_id: str, question: Question) -> str:
        named = (asked for asked in question.accounts if asked.account_id == account_id)
        return next((self.text(asked.name) for asked in named), clean(account_id))

    def _is_of_today(self, question: Question) -> bool:
        return any(asked.previous and asked.previous.on == self.day for asked in question.accounts)

    def _when(self, question: Question) -> str:
        if self._is_of_today(question):
            return _("Your answer")
        days = {asked.previous.on for asked in question.accounts if asked.previous}
        if len(days) == 1:
            return _("Last time ({day})").format(day=say_date(days.pop(), self.language))
        return _("Last time")


def is_setup(check: Check) -> bool:
    """Return whether a question comes before the checks."""
    return check.id.startswith(SETUP)


def may_be_unknown(check: Check) -> bool:
    """Return whether “I don’t know” says something; before the checks mostly it does not."""
    return not is_setup(check) or check.kind is Kind.HOST or check.id == PHONE_NUMBER


def is_written(check: Check) -> bool:
    """Return whether the answer is written on a line."""
    return check.kind is Kind.TEXT or (check.kind is Kind.HOST and not check.choices)


def never_words(check: Check) -> str:
    """Return how “never” is said to a question about a date."""
    return _("Never changed") if check.core_id == PASSWORD_AGE else _("Never")


def progress_words(progress: Progress) -> tuple[str, ...]:
    """Return “Question 7 of 31” and “about 6 minutes left”; only the number until the total is known."""
    if not progress.total:
        return (_("Question {number}").format(number=progress.number),)
    place = _("Question {number} of {total}").format(number=progress.number, total=progress.total)
    return place, time_left_words(progress.seconds_left)


def time_left_words(seconds: int) -> str:
    """Return how long the rest takes, in whole minutes."""
    if seconds < SECONDS_A_MINUTE:
        return _("less than a minute left")
    minutes = -(-seconds // SECONDS_A_MINUTE)
    return ngettext("about {count} minute left", "about {count} minutes left", minutes).format(count=minutes)


def key_words(check: Check, *, has_page: bool) -> Keys:
    """Return what the usual keys do at a question; opening its settings is one where one must look there."""
    look = _("not now") if is_setup(check) else _("I’d have to look")
    opening = ((Key.OPEN, _("open the settings")),) if has_page and check.look else ()
    usual = (Key.WHY, _("why")), (Key.BACK, _("back")), (Key.SKIP, look)
    unknown = ((Key.UNKNOWN, _("I don’t know")),) if is_setup(check) and may_be_unknown(check) else ()
    return (*usual, *unknown, *opening, (Key.STOP, _("stop")))


def more_key_words(check: Check, *, has_page: bool) -> Keys:
    """Return what the rarer keys do; before the checks there are none."""
    if is_setup(check):
        return ()
    opening = ((Key.OPEN, _("open the settings")),) if has_page and not check.look else ()
    unknown, not_applicable = (Key.UNKNOWN, _("I don’t know")), (Key.NOT_APPLICABLE, _("doesn’t apply"))
    return unknown, not_applicable, *opening, (Key.NOTE, _("add a note"))


def short_keys() -> Keys:
    """Return the keys of a page inside a question."""
    return (Key.BACK, _("back")), (Key.STOP, _("stop"))


def _non_answer(answer: NonAnswer) -> str:
    return {
        NonAnswer.UNKNOWN: _("I don’t know"),
        NonAnswer.NOT_APPLICABLE: _("Doesn’t apply"),
        NonAnswer.LATER: _("later"),
    }[answer]
