"""A store with findings, and a scene to act on them in, with the real checklists."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from tests.unit.safety.stores import RING, SLOTS, STORE_ID, STORE_KEY
from tests.unit.usecases.scripted import ScriptedTerminal

from hygiene import resources
from hygiene.catalog.loading import load_bundled
from hygiene.engine.questions import Answered, Question, Reply
from hygiene.model.dates import Interval
from hygiene.model.finding import Result
from hygiene.model.policy import Policy
from hygiene.model.record import (
    AccountAdded,
    Answer,
    AnswerGiven,
    Chosen,
    Dated,
    Event,
    NonAnswer,
)
from hygiene.store.file import OpenStore, create_store, open_store, read_store, said, save
from hygiene.usecases.acting import open_findings
from hygiene.usecases.desk import Desk, state_of
from hygiene.usecases.scene import Scene

DAY = date(2026, 11, 22)
LONG_AGO = date(2026, 3, 1)
PRIVATE = "insta/instagram.private-account"
SECOND_STEP = "tw/x.two-factor"
AGE = "tw/x.password-age"
VOICE = "you/habits.voice"


@cache
def desk() -> Desk:
    catalogue, rules = load_bundled(resources.bundled("checklists"))
    return Desk(catalogue, Policy((rules,)), DAY, lambda: os.urandom(8).hex())


def answer(account: str, check: str, given: Answer) -> AnswerGiven:
    return AnswerGiven(account, check, given)


def store_with(folder: Path, *events: Event) -> OpenStore:
    """A sealed store with three findings on two accounts: one bad, one unknown, one password that is due."""
    store = create_store(folder / "answers.hygiene", STORE_KEY, STORE_ID, SLOTS[:2])
    begun: tuple[Event, ...] = (
        AccountAdded("insta", "instagram", "the club"),
        AccountAdded("tw", "x"),
        answer("insta", "instagram.private-account", Chosen("no")),
        answer("tw", "x.two-factor", NonAnswer.UNKNOWN),
        answer("tw", "x.password-age", Dated(Interval(LONG_AGO, LONG_AGO + timedelta(days=30)))),
    )
    return save(said(store, (*begun, *events), DAY, desk().new_id))


def again(store: OpenStore) -> OpenStore:
    """The store as the next run of the program reads it."""
    return open_store(store.path, read_store(store.path), RING)


def scene(terminal: ScriptedTerminal, opened: list[str] | None = None) -> Scene:
    """Where it is asked; pages that are opened join the list."""

    def open_page(url: str) -> bool:
        if opened is not None:
            opened.append(url)
        return opened is not None

    return Scene(desk(), terminal, "en", open_page)


def open_ids(store: OpenStore) -> list[str]:
    return [each.id for each in open_findings(desk().assess(state_of(store)))]


def result(store: OpenStore, finding: str) -> Result:
    return next(each for each in desk().assess(state_of(store)).results if each.id == finding)


def replying(**given: Answer) -> Callable[[Question], Reply]:
    """Answer the question about each account as told; `you` is one."""

    def reply(question: Question) -> Reply:
        (asked,) = question.accounts
        return Answered({asked.account_id: given[asked.account_id]})

    return reply
