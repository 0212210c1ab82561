from __future__ import annotations

from datetime import date

import pytest
from msgspec.structs import replace

from hygiene.model.finding import PasswordState
from hygiene.reporting.charts import Span, Timeline, course_of, score_height, states_of, timeline_of
from hygiene.reporting.password_section import Age, PasswordGroup, PasswordLine, PasswordSection
from hygiene.reporting.words import Words

YEAR = Timeline(past=12, ahead=4, period=4)


def section(*ages: Age | None, months: int = 3) -> PasswordSection:
    lines = tuple(PasswordLine(Words("a"), PasswordState.DUE, "said", age=age) for age in ages)
    return PasswordSection(months, "", "", "", (PasswordGroup(PasswordState.DUE, "due", lines),), ())


@pytest.mark.parametrize(
    ("age", "span"),
    [
        (Age(4, 4), Span(50.0, 50.0, 75.0)),
        (Age(0, 4), Span(50.0, 75.0, 100.0)),
        (Age(4, None), Span(0.0, 50.0)),
        (Age(40, 50), Span(0, 0, 0)),
    ],
)
def test_a_span_shows_what_is_certain_what_is_possible_and_the_reminder(age: Age, span: Span) -> None:
    assert YEAR.span(age) == span


def test_without_a_period_there_is_no_reminder() -> None:
    assert replace(YEAR, period=0).span(Age(4, 4)).reminder is None


@pytest.mark.parametrize(
    ("longest", "past"), [(0, 6), (5, 6), (6, 12), (12, 18), (18, 24), (24, 36), (35, 36), (90, 36)]
)
def test_the_timeline_is_the_shortest_that_holds_every_age(longest: int, past: int) -> None:
    assert timeline_of(section(Age(longest, longest), None)).past == past


def test_the_timeline_holds_the_next_reminder() -> None:
    timeline = timeline_of(section(Age(0, 0), months=18))
    reminder = timeline.span(Age(0, 0)).reminder
    assert reminder is not None
    assert timeline.today < reminder < 100


def test_ticks_are_quarters_on_a_short_timeline_and_years_on_a_long_one() -> None:
    assert YEAR.ticks == (56.2, 37.5, 18.8, 0.0)
    assert len(Timeline(36, 4).ticks) == 3
    assert YEAR.begins == "12 months ago"
    assert Timeline(36, 4).begins == "3 years ago"


def test_only_a_date_has_a_place_on_the_timeline() -> None:
    (state,) = states_of(section(Age(2, 2), Age(0, None), None))
    assert len(state.dated) == 1
    assert [(sentence, len(lines)) for sentence, lines in state.undated] == [("said", 2)]
    assert state.is_reached


def test_scores_lie_by_their_days() -> None:
    course = course_of([(date(2023, 1, 1), 0), (date(2024, 1, 1), 50), (date(2025, 1, 1), 100)])
    assert [point.score for point in course.points] == [0, 50, 100]
    first, middle, last = (point.x for point in course.points)
    assert middle == pytest.approx((first + last) / 2, abs=0.2)
    high = [point.y for point in course.points]
    assert high == sorted(high, reverse=True)
    assert course.lines == ((course.points[0], course.points[1]), (course.points[1], course.points[2]))


def test_a_year_is_not_written_upon_another() -> None:
    course = course_of([(date(2023, 1, 1), 1), (date(2023, 1, 9), 2), (date(2026, 1, 1), 3)])
    assert [point.year for point in course.points] == ["2023", "", "2026"]


@pytest.mark.parametrize("days", [[], [date(2024, 1, 1)], [date(2024, 1, 1)] * 2])
def test_one_day_makes_no_course(days: list[date]) -> None:
    assert course_of((day, 50) for day in days).points == ()


def test_a_better_score_lies_higher() -> None:
    assert score_height(100) < score_height(50) < score_height(0)
