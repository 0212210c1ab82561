"""Write `docs/ten-minutes.md`: how long an audit takes five typical people, from the interview itself.

python docs/generate_ten_minutes.py
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path

from msgspec import Struct
from msgspec.structs import replace

from hygiene.catalog.loading import load_sources
from hygiene.engine.interview import Interview
from hygiene.engine.questions import (
    SECONDS_A_QUESTION,
    SECONDS_TO_LOOK,
    WORDS_A_MINUTE,
    Answered,
    Asked,
    Question,
)
from hygiene.engine.setup import NETWORKS, SETUP
from hygiene.engine.sitting import Sitting
from hygiene.engine.state import State
from hygiene.model.checklist import Kind
from hygiene.model.dates import Interval, add_months
from hygiene.model.policy import Policy
from hygiene.model.record import (
    Answer,
    AuditFinished,
    AuditStarted,
    Chosen,
    ChosenMany,
    Dated,
    Event,
    Scope,
    Written,
)

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "ten-minutes.md"
DAY = date(2026, 11, 22)
MONTHS_IN_YEAR = 12
LONG_AGO = 30  # months

SETS: Mapping[str, str] = {
    "Facebook, Instagram, LinkedIn, WhatsApp, Google and a work mailbox": (
        "facebook instagram linkedin whatsapp google work-mailbox"
    ),
    "A personal mailbox and WhatsApp": "mailbox whatsapp",
    "An Apple household: Apple, Amazon, PayPal, WhatsApp and a personal mailbox": (
        "apple amazon paypal whatsapp mailbox"
    ),
    "A developer: GitHub, Mastodon, Bluesky, Reddit, Discord, Signal, Google and a work mailbox": (
        "github mastodon bluesky reddit discord signal google work-mailbox"
    ),
    "A teenager, or a parent: TikTok, Snapchat, Instagram, Google (YouTube) and WhatsApp": (
        "tiktok snapchat instagram google whatsapp"
    ),
}

HEADINGS = ("accounts", "answers", "first portion", "later portions together", "checks", "a year later")
INTRODUCTION = f"""\
# Ten minutes

Made by `python docs/generate_ten_minutes.py`, which lets the program's own interview ask invented people;
change the checklists or the interview, not this page.

## How long a question takes

The English words of the question and of its choices at {WORDS_A_MINUTE} a minute, then
{SECONDS_A_QUESTION} seconds for each account that it asks about, and {SECONDS_TO_LOOK} seconds more for each
account where one must look in the settings. This is a computation: nobody was timed.

## What five sets of accounts come to

The first portion includes the questions before the checks. Later portions are for another day.
A screen may ask about several accounts at once; a check counts once for each account.
“A year later” is the first portion of the next audit, when nothing has changed.

“All well”: every answer is the recommended one, every date a month ago. “Half badly”: every other answer
is not recommended, or a date {LONG_AGO} months ago.
The questions before the checks are answered the longer way.
"""


class Portion(Struct, frozen=True):
    """What one portion of an audit asked."""

    screens: int = 0
    seconds: int = 0


class Sum(Struct, frozen=True):
    """What two years ask of someone.

    Attributes:
        first: the first portion, the questions before the checks included.
        later: all later portions of that audit together.
        checks: how many checks the first year answered, each account counting.
        next_year: the first portion a year later, when nothing has changed.
    """

    first: Portion
    later: Portion
    checks: int
    next_year: Portion


Style = Callable[[Asked, int], Answer]
"""Answers a check; the number counts the answers, so that a person can do every other thing badly."""


class Person(Struct, frozen=True):
    """Someone who answers whatever is asked, by its form alone.

    Attributes:
        networks: where they have an account, one on each.
        style: how they answer the checks.
    """

    networks: tuple[str, ...]
    style: Style

    def reply(self, question: Question, count: int) -> Answered:
        """Return the reply to a question, the same as last time where there was one.

        Args:
            question: what is asked.
            count: of the answers so far.
        """
        return Answered(
            {
                asked.account_id: self._answer(asked, count + place)
                for place, asked in enumerate(question.accounts)
            }
        )

    def _answer(self, asked: Asked, number: int) -> Answer:
        check = asked.check
        if check.id == NETWORKS:
            return ChosenMany(self.networks)
        if check.id.startswith(SETUP) and check.kind is Kind.MANY:
            return ChosenMany(())  # one account on each; and a year later nothing has changed
        if asked.previous:
            return asked.previous.answer
        return self.style(asked, number)


def well(asked: Asked, _number: int) -> Answer:
    """Return what is recommended, and a date a month ago."""
    check = asked.check
    match check.kind:
        case Kind.DATE:
            return _months_ago(1)
        case Kind.CHOICE | Kind.MANY:
            choice = check.recommended(asked.purpose) or check.choices[0]
            return Chosen(choice.id) if check.kind is Kind.CHOICE else ChosenMany((choice.id,))
        case _:  # a host or a few words: the first one offered, else one that can be either
            return Written(check.choices[0].id if check.choices else "example.org")


def half_badly(asked: Asked, number: int) -> Answer:
    """Return for every other check what is not recommended, or a date long ago."""
    check = asked.check
    if number % 2 == 0 or check.id.startswith(SETUP):
        return well(asked, number)
    if check.kind is Kind.DATE:
        return _months_ago(LONG_AGO)
    bad = next((choice for choice in check.choices if asked.purpose not in choice.good), check.choices[0])
    return Chosen(bad.id) if check.kind is Kind.CHOICE else ChosenMany((bad.id,))


STYLES: Mapping[str, Style] = {"all well": well, "half badly": half_badly}


def _months_ago(months: int) -> Dated:
    day = add_months(DAY, -months)
    return Dated(Interval(day, day))


@cache
def sums() -> Mapping[tuple[str, str], Sum]:
    """Return the sum of every set of accounts, by its words and how the person answers."""
    catalogue, rules = load_sources(ROOT / "checklists")
    sitting = Sitting(catalogue, Policy((rules,)))
    return {
        (words, how): _sum(Person(tuple(networks.split()), style), sitting)
        for words, networks in SETS.items()
        for how, style in STYLES.items()
    }


def _sum(person: Person, sitting: Sitting) -> Sum:
    year = Interview(sitting, State(), "first", DAY, 1)
    portions = []
    for portion, after in _audit(year, person):
        portions.append(portion)
        year = after
    checks = sum(not check.startswith(SETUP) for _account, check in year.state.answers)
    again = replace(year, audit_id="second", day=add_months(DAY, MONTHS_IN_YEAR))
    next_year, _after = next(_audit(again, person))
    later = Portion(sum(each.screens for each in portions[1:]), sum(each.seconds for each in portions[1:]))
    return Sum(portions[0], later, checks, next_year)


def _audit(interview: Interview, person: Person) -> Iterator[tuple[Portion, Interview]]:
    """Yield each portion of an audit, and the interview after it, until nothing is left to ask."""
    number = 1
    while True:
        started = AuditStarted(interview.audit_id, Scope.DEFAULT, number)
        portion, interview = _portion(_said(interview, started), person)
        if not portion.screens:
            return
        yield portion, _said(interview, AuditFinished(interview.audit_id, number))
        number += 1


def _said(interview: Interview, event: Event) -> Interview:
    """Return the interview of another portion or audit, after an event that comes between them."""
    return replace(interview.with_event(event), trail=(), said=())


def _portion(interview: Interview, person: Person) -> tuple[Portion, Interview]:
    screens = seconds = 0
    while question := interview.current:
        screens += 1
        seconds += question.seconds
        interview = interview.reply(person.reply(question, len(interview.state.answers)))
    return Portion(screens, seconds), interview


def render_page() -> str:
    """Return the page."""
    rows = [_row(words, how, each) for (words, how), each in sums().items()]
    return f"{INTRODUCTION}\n{_cells(*HEADINGS)}\n{_cells(*['---'] * len(HEADINGS))}\n" + "".join(rows)


def _row(words: str, how: str, total: Sum) -> str:
    portions = map(_said_of, (total.first, total.later, total.next_year))
    first, later, next_year = portions
    return _cells(words, how, first, later, str(total.checks), next_year) + "\n"


def _said_of(portion: Portion) -> str:
    minutes, seconds = divmod(portion.seconds, 60)
    return f"{portion.screens} screens, {minutes} min {seconds:02} s"


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


if __name__ == "__main__":
    PAGE.write_text(render_page(), encoding="utf-8")
