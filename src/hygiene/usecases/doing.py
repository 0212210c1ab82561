"""Saying in a terminal that a finding is done: the recommended answer agreed to, or the question itself."""

from __future__ import annotations

from hygiene.engine.questions import Answered, Progress
from hygiene.language import _
from hygiene.model.finding import Result
from hygiene.model.record import AnswerGiven, Dated
from hygiene.store.file import OpenStore
from hygiene.terminal.words import Speaker
from hygiene.usecases.acting import done, question_of, said
from hygiene.usecases.desk import state_of
from hygiene.usecases.scene import Scene

_ALONE = Progress(1, 1, 0)


def agree(store: OpenStore, result: Result, scene: Scene) -> AnswerGiven | None:
    """Return the recommended answer once the person has agreed to it; None: they have not."""
    state = state_of(store)
    given = done(result, state, scene.desk.day)
    if given is None:
        return ask_itself(store, result, scene)
    speaker = Speaker(scene.language, scene.desk.day)
    question = question_of(result, state, scene.desk.catalogue)
    scene.terminal.show(speaker.asked(question))
    words = _("As from today: {answer}. Is that right?")
    if isinstance(given.answer, Dated):
        words = _("Today. Is that right?")
    if scene.terminal.confirm(words.format(answer=speaker.answer(given.answer, question)), default=True):
        return given
    scene.terminal.show(_("Nothing was changed."))
    return None


def ask_itself(store: OpenStore, result: Result, scene: Scene) -> AnswerGiven | None:
    """Return the answer to the question itself, where none is recommended; None: it was not answered."""
    scene.terminal.show(_("No answer is recommended there, so here is the question itself."))
    question = question_of(result, state_of(store), scene.desk.catalogue)
    reply = scene.terminal.ask(question, _ALONE)
    if isinstance(reply, Answered):
        return said(result, reply)
    scene.terminal.show(_("Nothing was changed."))
    return None
