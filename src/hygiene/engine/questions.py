"""A question on the screen, the reply to it, and the one protocol between the interview and a terminal."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Protocol

from msgspec import Struct, field

from hygiene.engine.state import Latest
from hygiene.model.account import YOU, Account, Purpose
from hygiene.model.checklist import Check, Kind
from hygiene.model.record import Answer
from hygiene.model.text import Text

WORDS_A_MINUTE = 200
SECONDS_A_QUESTION = 5
SECONDS_TO_LOOK = 20


class Asked(Struct, frozen=True):
    """One account of a question.

    Attributes:
        account: None where the question is about the person.
        check: for a core question, the check of this account's own network.
        name: what the account is called on the screen.
        previous: the latest answer, shown as such.
    """

    account: Account | None
    check: Check
    name: Text
    previous: Latest | None = None

    @property
    def account_id(self) -> str:
        """The account's id, or `you`."""
        return self.account.id if self.account else YOU

    @property
    def purpose(self) -> Purpose:
        """What the account is for; personal where nothing was said."""
        return (self.account.purpose if self.account else None) or Purpose.PERSONAL


class Question(Struct, frozen=True):
    """One screen: a check, and the accounts it is asked about together.

    Attributes:
        check: what is asked; for a core question, that of the first account.
        accounts: whom it is asked about, at least one.
        text: the words of the question, placeholders filled.
    """

    check: Check
    accounts: tuple[Asked, ...]
    text: Text

    @property
    def key(self) -> str:
        """What the question is about, whatever the accounts."""
        return self.check.group

    @property
    def kind(self) -> Kind:
        """The form of the answer."""
        return self.check.kind

    @property
    def previous(self) -> Answer | None:
        """The latest answer where all accounts share it, else None."""
        answers = {asked.previous.answer if asked.previous else None for asked in self.accounts}
        return answers.pop() if len(answers) == 1 else None

    @property
    def seconds(self) -> int:
        """How long it takes: words / 200 a minute, 5 s for each account, 20 s more where one must look."""
        words = len(self.text.to("en").split())
        words += sum(len(choice.text.to("en").split()) for choice in self.check.choices)
        each = SECONDS_A_QUESTION + (SECONDS_TO_LOOK if self.check.look else 0)
        return words * 60 // WORDS_A_MINUTE + each * len(self.accounts)


class Answered(Struct, frozen=True):
    """What the person said, by account id.

    Attributes:
        note: a note of their own, on all these answers.
        notes: notes on single accounts; where there is one it stands instead.
    """

    by_account: Mapping[str, Answer]
    note: str = ""
    notes: Mapping[str, str] = field(default_factory=dict)


class Back(Struct, frozen=True):
    """To the question before."""


class Skip(Struct, frozen=True):
    """Not now: I'd have to look. It comes back in a later portion."""


class Stop(Struct, frozen=True):
    """Enough for today; everything said is kept."""


Reply = Answered | Back | Skip | Stop


class Progress(Struct, frozen=True):
    """How far the portion has come.

    Attributes:
        number: of this question, from 1.
        total: questions of the portion as far as is known now.
        seconds_left: by the published formula.
    """

    number: int
    total: int
    seconds_left: int


class Terminal(Protocol):
    """All that the interview knows of the screen. “why?” and “open the page” never leave `ask`."""

    def ask(self, question: Question, progress: Progress) -> Reply:
        """Put the question and return the reply."""
        ...

    def show(self, message: str) -> None:
        """Say something that needs no reply."""
        ...

    def confirm(self, message: str, *, default: bool) -> bool:
        """Ask for a yes or a no."""
        ...

    def secret(self, message: str) -> str:
        """Ask for something that must not be shown while it is typed."""
        ...

    def choose(self, message: str, choices: Sequence[str]) -> int:
        """Ask for one of several; return its place, from 0. The first one is where Enter leads."""
        ...

    def line(self, message: str) -> str:
        """Ask for a line of words that may be seen while it is typed; spaces around it are taken off."""
        ...
