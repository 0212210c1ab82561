"""What an audit has left to ask, in words."""

from __future__ import annotations

from hygiene.engine.plan import PORTION_SECONDS
from hygiene.language import _, ngettext
from hygiene.usecases.audit import Left

_SECONDS_A_MINUTE = 60


def say_left(left: Left, language: str) -> str:
    """Return how many look-ups and questions are left, how long they take, and where to start."""
    minutes = -(-left.seconds // _SECONDS_A_MINUTE)
    time = ngettext("about {count} minute", "about {count} minutes", minutes).format(count=minutes)
    if left.seconds > PORTION_SECONDS:
        time = _("{time}, at most ten at a time").format(time=time)
    words = _("Left for another time: {what}, {time}.").format(what=_screens(left), time=time)
    if left.begins_with is None:
        start = _("`hygiene audit` goes on.")
    else:
        name = left.begins_with.to(language)
        start = _("Start with {name}: `hygiene audit {checklist}`.").format(
            name=name, checklist=left.checklist
        )
    return f"{words} {start}"


def _screens(left: Left) -> str:
    look = ngettext("{count} look-up", "{count} look-ups", left.look_ups).format(count=left.look_ups)
    memory = ngettext(
        "{count} question from memory", "{count} questions from memory", left.from_memory
    ).format(count=left.from_memory)
    if not left.look_ups:
        return memory
    if not left.from_memory:
        return look
    return _("{look_ups} and {questions}").format(look_ups=look, questions=memory)
