"""The plan of somebody who leaves a job, in the words of one language: what its forms show."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from msgspec import Struct

from hygiene.engine.leaving import Deed, Leaving, Phase, Stretch, Task
from hygiene.language import _
from hygiene.reporting.actions import Action, Guide, Place, Way, actions_of
from hygiene.reporting.leaving_words import (
    DEEDS,
    LATE,
    LEAVE_THE_FILES,
    NOTHING_TIED,
    STRETCHES,
    Wording,
)
from hygiene.reporting.topics import Topic, topics_of
from hygiene.reporting.words import Voice, Words, listed, say_level, say_minutes
from hygiene.spoken_dates import say_date


class Where(Struct, frozen=True):
    """How to do it on some accounts; on none where it is about the person."""

    accounts: tuple[Words, ...]
    guide: Guide


class Item(Struct, frozen=True):
    """One thing to do.

    Attributes:
        facts: by when, how bad it would be to leave it, how long it takes.
        why: in a sentence or two; empty where `said` tells it all.
        said: what the person answered, as sentences.
    """

    title: Words
    facts: tuple[str, ...]
    accounts: tuple[Words, ...]
    why: Words
    said: tuple[str, ...]
    wheres: tuple[Where, ...]


class Section(Struct, frozen=True):
    """What is to be done in one stretch of time."""

    title: str
    items: tuple[Item, ...]


class Sheet(Struct, frozen=True):
    """The plan in one language.

    Attributes:
        unasked: what was never asked, so that the plan cannot know.
    """

    title: str
    opening: tuple[str, ...]
    sections: tuple[Section, ...]
    unasked: tuple[Topic, ...]
    unasked_title: str
    unasked_hint: str
    notice: str


def make_sheet(plan: Leaving, voice: Voice) -> Sheet:
    """Return a plan in words.

    Args:
        plan: what to do.
        voice: says the texts of checklists, the accounts and the dates.
    """
    opening = [_(LEAVE_THE_FILES)]
    if not plan.is_tied:
        opening.insert(0, _(NOTHING_TIED))
    return Sheet(
        title=_("Leaving your job on {day}").format(day=say_date(plan.last_day, voice.language)),
        opening=tuple(opening),
        sections=tuple(_section(phase, voice) for phase in plan.phases),
        unasked=topics_of(plan.unasked, voice),
        unasked_title=_("Not checked: never asked, or put off"),
        unasked_hint=_(
            "These may be tied to your work too. Look at them yourself, or let `hygiene audit` ask you."
        ),
        notice=_("This plan says what you have and where: anyone who has the file can read it."),
    )


def _section(phase: Phase, voice: Voice) -> Section:
    title = LATE[phase.stretch] if phase.is_late else STRETCHES[phase.stretch]
    return Section(
        _(title).format(day=say_date(phase.by, voice.language)),
        tuple(_item(task, phase, voice) for task in phase.tasks),
    )


def _item(task: Task, phase: Phase, voice: Voice) -> Item:
    actions = actions_of(task.results, voice)
    if task.deed is Deed.MEND:
        (action,) = actions
        return _mended(action, phase, voice)
    wording = DEEDS[task.deed]
    own = voice.accounts_of(account.id for account in task.accounts)
    why = wording.why if task.is_known else wording.unsure or wording.why
    is_list = task.deed in (Deed.LOOK_AGAIN, Deed.LOOK_ONCE_MORE)
    says_answers = task.deed in (Deed.HAND_OVER, Deed.AUTHENTICATOR)
    places = [place for action in actions for place in action.places]
    accounts = () if is_list else own or tuple(_accounts(actions))
    return Item(
        title=Words(_(wording.title)),
        facts=(_say_by(phase, voice.language),),
        accounts=accounts,
        why=Words(_(why)),
        said=_said(places, accounts) if says_answers else (),
        wheres=(
            *_own_steps(wording, actions if is_list else ()),
            *(() if is_list else (where for action in actions for where in _wheres(action))),
        ),
    )


def _mended(action: Action, phase: Phase, voice: Voice) -> Item:
    return Item(
        title=action.title,
        facts=(
            _say_by(phase, voice.language),
            say_level(action.severity),
            say_minutes(action.minutes),
        ),
        accounts=action.accounts,
        why=action.risk,
        said=_said(action.places, action.accounts),
        wheres=tuple(_wheres(action)),
    )


def _own_steps(wording: Wording, actions: Iterable[Action]) -> tuple[Where, ...]:
    """Return the steps of a deed itself, after what it is about where that is a list."""
    lines = (
        *(Words(_title_and_accounts(action)) for action in actions),
        *(Words(_(step)) for step in wording.steps),
    )
    return (Where((), Guide((Way("", lines),))),) if lines else ()


def _title_and_accounts(action: Action) -> str:
    if not action.accounts:
        return str(action.title)
    return f"{action.title}{_(': ')}{listed(action.accounts)}"


def _wheres(action: Action) -> Iterable[Where]:
    return (Where(stop.accounts, stop.guide) for stop in action.stops)


def _accounts(actions: Iterable[Action]) -> Iterable[Words]:
    return (account for action in actions for account in action.accounts)


def _say_by(phase: Phase, language: str) -> str:
    day: date = phase.by
    words = _("on {day}") if phase.stretch is not Stretch.BEFORE and not phase.is_late else _("by {day}")
    return words.format(day=say_date(day, language))


def _said(places: Sequence[Place], about: tuple[Words, ...]) -> tuple[str, ...]:
    """Return what was answered, the same answer on several accounts once, and bare where it is on all."""
    answers: dict[str, list[Words]] = {}
    for place in places:
        answered = _("You did not know: find that out first.") if place.is_unknown else str(place.answered)
        if answered:
            answers.setdefault(answered, []).extend((place.account,) if place.account else ())
    return tuple(
        answered
        if tuple(accounts) == about
        else _("{accounts}. {answer}").format(accounts=listed(accounts), answer=answered)
        for answered, accounts in answers.items()
    )
