"""What a report says where it has no action: no more than the answers given allow."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct

from hygiene.language import _
from hygiene.model.finding import Score
from hygiene.reporting.password_section import PasswordSection, say_reached


class NoAction(Struct, frozen=True):
    """Why there is no action: a title, and sentences about what it rests on."""

    title: str
    sentences: tuple[str, ...]


def no_action(score: Score, passwords: PasswordSection, *, has_accepted: bool) -> NoAction:
    """Return why there is no action.

    Args:
        score: its coverage tells whether anything was answered at all.
        passwords: a reminder is no action, and is still not passed over.
        has_accepted: whether something is as it is because the person accepted it.
    """
    if score.applicable and not score.answered:
        words = _("What there is to do shows as soon as questions are answered.")
        return NoAction(_("Nothing answered yet"), (words,))
    return NoAction(_("Nothing to do"), tuple(_sentences(passwords, has_accepted=has_accepted)))


def _sentences(passwords: PasswordSection, *, has_accepted: bool) -> Iterator[str]:
    if has_accepted:
        yield _("Everything that was asked is as it should be, or you accepted it as it is.")
    else:
        yield _("Everything that was asked is as it should be.")
    yield from say_reached(passwords)
