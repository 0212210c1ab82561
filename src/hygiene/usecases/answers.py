"""An answers file, taken in: one save, and the audit is finished."""

from __future__ import annotations

from datetime import date
from itertools import groupby

from msgspec.structs import replace

from hygiene.catalog.answers import DatedEvent, parse_answers
from hygiene.model.record import AnswerGiven, Event, Scope
from hygiene.store.file import OpenStore
from hygiene.usecases.audit import Wish, finish, take_up
from hygiene.usecases.desk import Desk, state_of


def take_answers(store: OpenStore, desk: Desk, data: bytes, file: str, wish: Wish) -> OpenStore:
    """Return the store after everything in an answers file; the same file again adds nothing.

    Args:
        store: an open store.
        desk: checklists, policy and day.
        data: the file's bytes.
        file: what to call it in problems.
        wish: the scope.

    Raises:
        FaultyFileError: something in it is wrong; then nothing is stored.
    """
    state = state_of(store)
    parsed = parse_answers(data, file, desk.catalogue, state, desk.day)
    stored = {_answer(each.event, each.on) for each in store.record.statements} - {None}
    said = tuple(each for each in parsed if _answer(each.event, each.on) not in stored)
    audit = state.latest_audit
    is_wider = wish.full and audit is not None and audit.scope is not Scope.FULL
    if not said and audit and not audit.portion_open and not (wish.new or is_wider):
        return store
    is_open = audit is not None and audit.portion_open
    store = take_up(store, desk, wish if is_open else replace(wish, new=True))
    for day, dated in groupby(said, key=_day):
        store = replace(desk, day=day).say(store, *(each.event for each in dated))
    return desk.seal(finish(store, desk))


def _day(said: DatedEvent) -> date:
    return said.on


def _answer(event: Event, on: date) -> tuple[AnswerGiven, date] | None:
    """Return what an answer says and for which day, whoever said it; None for events that may recur."""
    return (replace(event, source="file"), on) if isinstance(event, AnswerGiven) else None
