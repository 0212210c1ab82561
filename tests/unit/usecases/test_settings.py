"""The person's own settings."""

from __future__ import annotations

from itertools import count

import pytest
from tests.builders import DAY, DEFAULT, POLICY, catalogue, state

from hygiene.errors import ExitCode, UsageError
from hygiene.model.policy import Layer
from hygiene.model.record import SettingChosen
from hygiene.usecases.desk import Desk
from hygiene.usecases.settings import SETTINGS, checked, with_person

DESK = Desk(catalogue(), POLICY, DAY, map(str, count()).__next__)


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("language", "fr"),
        ("plain", "yes"),
        ("plain", "no"),
        ("password-months", "0"),
        ("password-months", "120"),
        ("audit-months", "1"),
        ("reminder-line", "off"),
        ("reminder-line", "on"),
        ("platform", "ios"),
        *((key, "") for key in SETTINGS),
    ],
)
def test_what_a_setting_takes(key: str, value: str) -> None:
    """Any of its values; an empty one goes back to the default."""
    assert checked(key, value) == value


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("language", "../../etc"),
        ("language", "abcdefgh/../.."),
        ("language", "abcdefghi"),
        ("language", "é"),
        ("language", "fr_FR"),
        ("plain", "maybe"),
        ("plain", "YES"),
        ("password-months", "121"),
        ("password-months", "-1"),
        ("password-months", "1.5"),
        ("password-months", "٣"),
        ("password-months", "0000009999"),
        ("password-months", "9" * 5000),
        ("audit-months", "0"),
        ("audit-months", "121"),
        ("reminder-line", "no"),
        ("platform", "web"),
    ],
    ids=lambda value: value[:20],
)
def test_what_a_setting_does_not_take(key: str, value: str) -> None:
    """A usage error that says what it may be: nothing that every later command would stumble over."""
    with pytest.raises(UsageError) as caught:
        checked(key, value)
    assert caught.value.exit_code is ExitCode.USAGE
    assert caught.value.hint.format(**caught.value.values).endswith(SETTINGS[key].allowed)


def test_a_setting_that_there_is_not() -> None:
    """The hint names those that there are."""
    with pytest.raises(UsageError, match="no setting “colour”") as caught:
        checked("colour", "red")
    assert (
        caught.value.values["keys"]
        == "language, plain, password-months, audit-months, reminder-line, organisation-lists, platform"
    )


def test_the_person_s_periods_are_the_highest_layer() -> None:
    """What is not set, or set back, is decided below."""
    now = state(
        SettingChosen("password-months", "0"),
        SettingChosen("audit-months", "6"),
        SettingChosen("audit-months", ""),
    )
    policy = with_person(DESK, now).policy
    assert (policy.password_months.value, policy.password_months.rules.layer) == (0, Layer.PERSON)
    assert (policy.audit_months.value, policy.audit_months.rules) == (12, DEFAULT)
