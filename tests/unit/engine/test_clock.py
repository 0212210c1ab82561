"""A clock that went back is noticed, and a journey is not."""

from datetime import date, timedelta

import pytest
from tests.builders import DAY

from hygiene.engine.clock import later_day
from hygiene.model.record import Record, SettingChosen, Statement


def said(*days: date) -> Record:
    events = (SettingChosen("key", str(number)) for number, _ in enumerate(days))
    return Record(
        tuple(
            Statement(str(number), number, on, event)
            for number, (on, event) in enumerate(zip(days, events, strict=True))
        )
    )


@pytest.mark.parametrize(
    ("ahead", "is_told"), [(-400, False), (-1, False), (0, False), (1, False), (2, True), (400, True)]
)
def test_what_was_said_before_was_for_a_later_day(ahead: int, is_told: bool) -> None:  # noqa: FBT001 - a table
    """By more than the calendars of two time zones lie apart."""
    before = DAY + timedelta(ahead)
    assert later_day(said(before, DAY, DAY), DAY) == (before if is_told else None)


def test_it_is_told_on_the_day_of_the_step_back_only() -> None:
    """From the next day on the clock may be right for good; and who said nothing is told nothing."""
    ahead, tomorrow = DAY + timedelta(400), DAY + timedelta(1)
    assert later_day(said(ahead, DAY, tomorrow), tomorrow) is None
    assert later_day(said(ahead), DAY) is None
    assert later_day(said(), DAY) is None
