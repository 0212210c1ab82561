"""Where things lie on the report's two charts, in hundredths of their width or height.

The page draws nothing itself: a macro puts these figures into SVG, and the same figures stand beside it in
words. Hundredths, because a chart is as wide as its column, and its lettering must not be scaled with it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import chain, pairwise

from msgspec import Struct

from hygiene.language import _
from hygiene.model.dates import MONTHS_IN_YEAR
from hygiene.model.finding import PasswordState
from hygiene.reporting.password_section import Age, PasswordGroup, PasswordLine, PasswordSection
from hygiene.reporting.words import say_months

_WHOLE = 100
_LENGTHS = (6, 12, 18, 24, 36)
_SEASON = 3
_SHORT = 18
_LEAST_AHEAD = 2

_LEFT, _RIGHT = 3, 97
_TOP, _BOTTOM = 16, 80
_LETTERING = 9  # as much as the figures of a year take on a narrow screen


class State(Struct, frozen=True):
    """The passwords in one state.

    Attributes:
        is_reached: whether there is something to do about them.
        dated: those with a place on the timeline.
        undated: the others, by what is said of them.
    """

    state: PasswordState
    title: str
    is_reached: bool
    dated: tuple[PasswordLine, ...]
    undated: tuple[tuple[str, tuple[PasswordLine, ...]], ...]


class Span(Struct, frozen=True):
    """One password on the timeline.

    Attributes:
        maybe: from where on it may have been the same.
        sure: from where on it certainly was, up to today.
        reminder: where the reminder lies; None where that is unknown, or where there is none.
    """

    maybe: float
    sure: float
    reminder: float | None = None


class Timeline(Struct, frozen=True):
    """The time that all passwords share, so that they can be compared.

    Attributes:
        past: months before today; what is older begins at the edge.
        ahead: months after it.
        period: after how many months the reminder comes; 0 is never.
    """

    past: int
    ahead: int
    period: int = 0

    @property
    def today(self) -> float:
        """Where today lies."""
        return self.place(0)

    @property
    def ticks(self) -> tuple[float, ...]:
        """Where whole years lie; on a short timeline, quarters of a year."""
        step = MONTHS_IN_YEAR if self.past > _SHORT else _SEASON
        return tuple(self.place(-months) for months in range(step, self.past + 1, step))

    @property
    def begins(self) -> str:
        """What its left edge is called."""
        return _("{period} ago").format(period=say_months(self.past))

    def place(self, months: int) -> float:
        """Return where a moment lies, in months from today; beyond an end is that end."""
        at = (self.past + months) / (self.past + self.ahead)
        return round(min(max(at, 0), 1) * _WHOLE, 1)

    def span(self, age: Age) -> Span:
        """Return the span of an age; one whose beginning is unknown begins at the edge."""
        if age.at_most is None:
            return Span(0.0, self.place(-age.at_least))
        reminder = self.place(self.period - age.at_least) if self.period else None
        return Span(self.place(-max(age.at_most, age.at_least)), self.place(-age.at_least), reminder)


class Point(Struct, frozen=True):
    """The score of one audit; `year` is empty where it would stand on another."""

    x: float
    y: float
    score: int
    year: str = ""


class Course(Struct, frozen=True):
    """The scores of the audits, from the first to the last."""

    points: tuple[Point, ...]

    @property
    def lines(self) -> tuple[tuple[Point, Point], ...]:
        """What joins each audit to the next."""
        return tuple(pairwise(self.points))


def timeline_of(section: PasswordSection) -> Timeline:
    """Return the shortest timeline that holds every known age, within three years, and the next reminder."""
    ages = [line.age for line in section.lines if line.age]
    longest = max(chain.from_iterable((age.at_least, age.at_most or 0) for age in ages), default=0)
    past = next((length for length in _LENGTHS if length > longest), _LENGTHS[-1])
    return Timeline(past, max(section.months + 1, past // MONTHS_IN_YEAR, _LEAST_AHEAD), section.months)


def states_of(section: PasswordSection) -> tuple[State, ...]:
    """Return the passwords by their states; of those without a date, what is the same is said once."""
    return tuple(_state(group) for group in section.groups)


def course_of(scores: Iterable[tuple[date, int]]) -> Course:
    """Return where the scores lie, by their days; nothing where there are fewer than two days."""
    scores = tuple(scores)
    days = [day for day, _score in scores]
    if len(set(days)) < 2:  # noqa: PLR2004 - a line has two ends
        return Course(())
    return Course(tuple(_points(scores, min(days), max(days))))


def score_height(score: int) -> float:
    """Return where a score lies, from the top."""
    return round(_BOTTOM - score * (_BOTTOM - _TOP) / _WHOLE, 1)


def _state(group: PasswordGroup) -> State:
    undated: dict[str, list[PasswordLine]] = {}
    for line in group.lines:
        if not _is_dated(line):
            undated.setdefault(line.sentence, []).append(line)
    return State(
        group.state,
        group.title,
        is_reached=group.state in (PasswordState.DUE, PasswordState.UNCERTAIN),
        dated=tuple(filter(_is_dated, group.lines)),
        undated=tuple((sentence, tuple(lines)) for sentence, lines in undated.items()),
    )


def _is_dated(line: PasswordLine) -> bool:
    """Whether an age says anything: from nought to unlimited is none."""
    return line.age is not None and (line.age.at_least > 0 or line.age.at_most is not None)


def _points(scores: Sequence[tuple[date, int]], first: date, last: date) -> Iterable[Point]:
    free = 0.0
    for day, score in scores:
        x = round(_LEFT + (_RIGHT - _LEFT) * ((day - first) / (last - first)), 1)
        is_free = x >= free
        free = x + _LETTERING if is_free else free
        yield Point(x, score_height(score), score, str(day.year) if is_free else "")
