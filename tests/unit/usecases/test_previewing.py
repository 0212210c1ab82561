"""A list shown before anybody is asked: every screen, answers by itself, a report, and nothing kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from tests.builders import POLICY, check, checklist, choice, dated, many
from tests.unit.usecases.scripted import ScriptedTerminal, good_answer

from hygiene.engine.conditions import parse_condition
from hygiene.engine.questions import Answered, Asked, Question, Reply, Skip, Stop
from hygiene.errors import NotDoneError
from hygiene.model.account import Account, Purpose
from hygiene.model.checklist import Catalogue, Check, Checklist, Remediation, Severity
from hygiene.model.record import NEVER, Answer, Chosen, ChosenMany, Dated
from hygiene.model.text import same
from hygiene.usecases.desk import Desk
from hygiene.usecases.invented import invented
from hygiene.usecases.previewing import preview, rehearse

DAY = date(2026, 11, 22)
WIDTH = 76


@pytest.fixture
def desk(bundled: Catalogue) -> Desk:
    return Desk(bundled, POLICY, DAY, lambda: "id")


def four(*, network: str | None = None) -> Checklist:
    return checklist(
        "my-list",
        check("my-list.a"),
        check("my-list.b"),
        dated("my-list.c", 12),
        many("my-list.d", choice("x", good=True), choice("y"), choice("z")),
        network=network,
    )


def replies(*given: Reply) -> Callable[[Question], Reply]:
    left = list(given)
    return lambda question: left.pop(0) if left else good_answer(question)


def test_every_question_is_shown_and_half_of_them_fail(desk: Desk) -> None:
    seen = preview(desk, four(), "en", WIDTH)
    assert seen.screens.count("Question ") == 4
    assert seen.screens.count("Noted: ") == 4
    assert (len(seen.report.actions), sum(topic.count for topic in seen.report.good)) == (2, 2)
    assert seen.unasked == ()


def test_the_same_list_gives_the_same_preview(desk: Desk) -> None:
    first, second = (preview(desk, four(), "en", WIDTH) for _ in range(2))
    assert (first.screens, first.report) == (second.screens, second.report)


def test_no_other_list_is_asked_or_reported(desk: Desk) -> None:
    """The account of the preview has a bundled list too."""
    seen = preview(desk, four(network="instagram"), "en", WIDTH)
    assert seen.screens.count("Question ") == 4
    assert (seen.report.score.answered, seen.report.score.applicable) == (4, 4)
    assert seen.report.not_covered == ()
    assert [each.version for each in seen.report.facts.checklists] == [four().version]


@pytest.mark.parametrize("severity", list(Severity))
@pytest.mark.parametrize("look", [True, False])
def test_a_long_list_is_shown_whole(desk: Desk, severity: Severity, look: bool) -> None:  # noqa: FBT001 - a parameter of the test
    """However many look-ups there are, and more than a portion of ten minutes holds."""
    checks = [check(f"my-list.c{n}", severity=severity, look=look) for n in range(80)]
    seen = preview(desk, checklist("my-list", *checks, network="x"), "en", WIDTH)
    assert seen.screens.count("Noted: ") == 80
    assert seen.report.score.answered == 80


def test_look_ups_and_minor_checks_are_counted_with_the_others(desk: Desk) -> None:
    """The first portion of an audit has two look-ups for an account, and none of the minor ones."""
    severities = Severity.HIGH, Severity.LOW
    checks = [check(f"my-list.c{n}", severity=severities[n % 2], look=True) for n in range(10)]
    seen = preview(desk, checklist("my-list", *checks, network="x"), "en", WIDTH)
    assert "Question 10 of 10" in seen.screens


def test_nothing_ticked_may_be_the_good_answer(desk: Desk) -> None:
    nothing = many("my-list.b", choice("x"), choice("y"))
    seen = preview(desk, checklist("my-list", check("my-list.a"), nothing), "en", WIDTH)
    assert "Noted: None of these" in seen.screens
    assert sum(topic.count for topic in seen.report.good) == 1


def test_what_is_not_asked_is_named(desk: Desk) -> None:
    """The first answer is the bad one, `no`."""
    when = [parse_condition(f"my-list.a is {answer}") for answer in ("yes", "no")]
    when.append(parse_condition("purpose is work"))
    later = [check(f"my-list.{name}", when=each) for name, each in zip("bcd", when, strict=True)]
    seen = preview(desk, checklist("my-list", check("my-list.a"), *later, network="x"), "en", WIDTH)
    assert [each.id for each in seen.unasked] == ["my-list.b", "my-list.d"]


@pytest.mark.parametrize(("network", "host"), [("mastodon", "example.org"), ("amazon", "amazon.fr")])
def test_an_account_lies_somewhere_where_links_need_it(desk: Desk, network: str, host: str) -> None:
    link = Remediation(1, settings_url=f"https://{{{desk.catalogue.networks[network].host}}}/settings")
    checks = (check(f"my-list.{name}", remediation=link) for name in "ab")
    seen = preview(desk, checklist("my-list", *checks, network=network), "en", WIDTH)
    (action,) = seen.report.actions
    assert action.stops[0].guide.settings_url == f"https://{host}/settings"


def test_another_service_is_called_by_its_address(desk: Desk) -> None:
    seen = preview(desk, checklist("my-list", check("my-list.a"), network="other"), "en", WIDTH)
    assert "\nexample.org\n" in seen.screens


def test_a_network_that_nobody_knows_is_said(desk: Desk) -> None:
    with pytest.raises(NotDoneError, match="there is no network “friendster”"):
        preview(desk, four(network="friendster"), "en", WIDTH)


def test_the_screens_are_in_the_language_asked_for(desk: Desk) -> None:
    assert "fr:" in preview(desk, four(), "fr", WIDTH).screens
    assert "fr:" not in preview(desk, four(), "en", WIDTH).screens


FOR_WORK = choice("x", good=[Purpose.WORK])
ASKED = Account("x", "x", purpose=Purpose.PERSONAL)


@pytest.mark.parametrize(
    ("asked", "good", "bad"),
    [
        (check("a.b"), Chosen("yes"), Chosen("no")),
        (many("a.b", choice("x"), choice("y", good=True)), ChosenMany(("y",)), ChosenMany(("x",))),
        (many("a.b", choice("x"), choice("y")), ChosenMany(()), ChosenMany(("x", "y"))),
        (check("a.b", choices=(choice("x", good=True),)), Chosen("x"), Chosen("x")),
        (check("a.b", choices=(choice("x"),)), Chosen("x"), Chosen("x")),
        (
            check("a.b", choices=(choice("x", good=[Purpose.WORK]), choice("y", good=True))),
            Chosen("y"),
            Chosen("x"),
        ),
    ],
)
def test_an_invented_answer_is_good_or_bad_as_wanted(asked: Check, good: Answer, bad: Answer) -> None:
    subject = Asked(ASKED, asked, same("X"))
    assert [invented(subject, DAY, is_good=each) for each in (True, False)] == [good, bad]


@pytest.mark.parametrize("day", [DAY, date(2026, 3, 1), date(2026, 1, 31)])
def test_an_invented_date_is_of_this_month_or_never(day: date) -> None:
    subject = Asked(ASKED, dated("a.b", 1), same("X"))
    good = invented(subject, day, is_good=True)
    assert isinstance(good, Dated)
    assert good.interval.not_after == day
    assert invented(subject, day, is_good=False) == NEVER


def test_a_rehearsal_asks_all_and_also_what_the_account_is_for(desk: Desk) -> None:
    terminal = ScriptedTerminal()
    assert rehearse(desk, four(network="x"), terminal) == ()
    assert sorted(terminal.asked) == ["my-list.a", "my-list.b", "my-list.c", "my-list.d", "setup.purpose"]


def test_what_is_put_off_is_not_asked_for_ever(desk: Desk) -> None:
    terminal = ScriptedTerminal(reply=lambda _question: Skip(), stop_at=20)
    assert rehearse(desk, four(), terminal) == ()
    assert len(terminal.asked) == 4


def test_one_may_stop_and_nothing_is_said_of_the_rest(desk: Desk) -> None:
    terminal = ScriptedTerminal(reply=replies(Answered({"you": Chosen("yes")}), Stop()))
    assert rehearse(desk, four(), terminal) is None
    assert len(terminal.asked) == 2
