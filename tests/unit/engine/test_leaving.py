from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some
from tests.builders import DAY, POLICY, state

from hygiene.engine.leaving import Deed, Leaving, Stretch, Task, plan_leaving
from hygiene.engine.ties import ON_ONE_PHONE, SEEN_FROM_HOME, SHARED_DEVICES, TO_END, TO_MOVE
from hygiene.model.account import Purpose
from hygiene.model.checklist import Catalogue
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.record import (
    AccountAdded,
    AccountClosed,
    AnswerGiven,
    Chosen,
    Event,
    NonAnswer,
    SettingChosen,
    Via,
)

LAST = date(2027, 3, 31)
PERSONAL, WORK, SHARED = Purpose.PERSONAL, Purpose.WORK, Purpose.SHARED
ON_X = AccountAdded("tw", "x", purpose=PERSONAL)
PAGE = AccountAdded("page", "facebook", purpose=WORK)


def said(account: str, check: str, choice: str) -> AnswerGiven:
    return AnswerGiven(account, check, Chosen(choice))


def unsure(account: str, check: str) -> AnswerGiven:
    return AnswerGiven(account, check, NonAnswer.UNKNOWN)


class Planner:
    def __init__(self, catalogue: Catalogue) -> None:
        self.catalogue = catalogue

    def __call__(
        self, *events: Event, last: date = LAST, today: date = DAY, policy: Policy = POLICY
    ) -> Leaving:
        return plan_leaving(state(*events), self.catalogue, policy, last, today)


@pytest.fixture
def plan(bundled: Catalogue) -> Planner:
    return Planner(bundled)


def tasks(plan: Leaving, stretch: Stretch) -> dict[Deed, Task]:
    return {task.deed: task for phase in plan.phases if phase.stretch is stretch for task in phase.tasks}


def ids(plan: Leaving, stretch: Stretch) -> set[str]:
    return {
        result.id
        for phase in plan.phases
        if phase.stretch is stretch
        for task in phase.tasks
        for result in task.results
    }


def unasked(plan: Leaving) -> set[str]:
    return {each.id for each in plan.unasked}


@pytest.mark.parametrize("choice", ["work", "both"])
def test_an_account_on_a_work_mailbox_is_moved_before_and_looked_at_after(plan: Planner, choice: str) -> None:
    made = plan(ON_X, said("tw", "x.owner-email", choice))
    assert "tw/x.owner-email" in ids(made, Stretch.BEFORE)
    assert "tw/x.owner-email" in ids(made, Stretch.DAY_AFTER)
    assert "tw/x.owner-email" in ids(made, Stretch.MONTH_AFTER)
    assert made.is_tied


def test_what_is_ones_own_is_not_shown(plan: Planner) -> None:
    made = plan(ON_X, said("tw", "x.owner-email", "personal"), said("tw", "x.recovery", "mine"))
    assert ids(made, Stretch.BEFORE) == set()
    assert not unasked(made) & {"tw/x.owner-email", "tw/x.recovery"}
    assert not made.is_tied


def test_what_was_never_asked_is_named_and_not_taken_for_a_tie(plan: Planner) -> None:
    made = plan(ON_X)
    assert {"tw/x.owner-email", "tw/x.recovery", "you/passwords.separate"} <= unasked(made)
    assert "you/habits.separate-devices" in unasked(made)
    assert not made.is_tied


def test_what_was_put_off_was_not_answered(plan: Planner) -> None:
    made = plan(ON_X, AnswerGiven("tw", "x.recovery", NonAnswer.LATER))
    assert "tw/x.recovery" in unasked(made)


def test_an_i_do_not_know_is_a_task_and_no_tie(plan: Planner) -> None:
    made = plan(ON_X, unsure("tw", "x.owner-email"))
    assert "tw/x.owner-email" in ids(made, Stretch.BEFORE)
    assert not made.is_tied


@pytest.mark.parametrize("choice", ["employer", "agreed"])
def test_a_line_of_the_employers_is_a_tie_even_with_a_promise(plan: Planner, choice: str) -> None:
    made = plan(said("you", "phone.own-line", choice))
    assert "you/phone.own-line" in ids(made, Stretch.BEFORE)


def test_an_answer_behind_a_condition_that_is_false_does_not_count(plan: Planner) -> None:
    made = plan(said("you", "phone.own-line", "employer"), said("you", "setup.phone-number", "no"))
    assert "you/phone.own-line" not in ids(made, Stretch.BEFORE) | unasked(made)


def test_a_work_account_is_handed_over_and_never_moved_to_ones_own_mailbox(plan: Planner) -> None:
    made = plan(PAGE, said("page", "facebook.owner-email", "work"), said("page", "facebook.recovery", "work"))
    assert Deed.MEND not in tasks(made, Stretch.BEFORE)
    hand_over = tasks(made, Stretch.BEFORE)[Deed.HAND_OVER]
    assert [each.id for each in hand_over.accounts] == ["page"]
    assert hand_over.results == ()
    assert [each.id for each in tasks(made, Stretch.MONTH_AFTER)[Deed.NO_LONGER_MINE].accounts] == ["page"]
    assert made.is_tied


def test_a_work_account_on_ones_own_mailbox_is_handed_over_with_its_mailbox(plan: Planner) -> None:
    made = plan(PAGE, said("page", "facebook.owner-email", "personal"))
    (owner,) = tasks(made, Stretch.BEFORE)[Deed.HAND_OVER].results
    assert owner.id == "page/facebook.owner-email"


def test_a_groups_account_is_a_question_not_a_tie(plan: Planner) -> None:
    made = plan(
        AccountAdded("club", "instagram", purpose=SHARED), said("club", "instagram.owner-email", "work")
    )
    group = tasks(made, Stretch.BEFORE)[Deed.GROUP]
    assert ([each.id for each in group.accounts], group.is_known) == (["club"], False)
    assert not made.is_tied


@pytest.mark.parametrize("purpose", [WORK, None])
def test_the_work_mailbox_is_emptied_of_what_is_private_and_closed(
    plan: Planner, purpose: Purpose | None
) -> None:
    made = plan(
        AccountAdded("wm", "work-mailbox", purpose=purpose),
        said("wm", "work-mailbox.private-accounts", "many"),
        said("wm", "work-mailbox.forwarding", "yes"),
    )
    assert "wm/work-mailbox.private-accounts" in ids(made, Stretch.BEFORE)
    assert Deed.HAND_OVER not in tasks(made, Stretch.BEFORE)
    assert "wm/work-mailbox.forwarding" in ids(made, Stretch.LAST_DAY)
    assert "wm/work-mailbox.private-content" in unasked(made)
    assert Deed.NO_LONGER_MINE in tasks(made, Stretch.MONTH_AFTER)


def test_signing_in_through_a_work_account_wants_a_password_of_its_own(plan: Planner) -> None:
    made = plan(
        ON_X, PAGE, AnswerGiven("tw", "x.password-age", Via("page")), said("tw", "x.owner-email", "personal")
    )
    (password,) = tasks(made, Stretch.BEFORE)[Deed.OWN_SIGN_IN].results
    assert password.id == "tw/x.password"
    assert "tw/x.password" in ids(made, Stretch.DAY_AFTER)


def test_signing_in_through_an_account_of_ones_own_is_fine(plan: Planner) -> None:
    mine = AccountAdded("insta", "instagram", purpose=PERSONAL)
    made = plan(ON_X, mine, PAGE, AnswerGiven("tw", "x.password-age", Via("insta")))
    assert Deed.OWN_SIGN_IN not in tasks(made, Stretch.BEFORE)


def test_codes_on_one_phone_may_be_on_the_works(plan: Planner) -> None:
    made = plan(said("you", "phone.authenticator", "nowhere"))
    assert not tasks(made, Stretch.BEFORE)[Deed.AUTHENTICATOR].is_known
    assert not made.is_tied
    assert Deed.AUTHENTICATOR not in tasks(plan(said("you", "phone.authenticator", "paper")), Stretch.BEFORE)


@pytest.mark.parametrize("choice", ["profiles", "allowed", "mixed"])
def test_shared_devices_are_signed_out_of_on_the_last_day(plan: Planner, choice: str) -> None:
    made = tasks(plan(ON_X, PAGE, said("you", "habits.separate-devices", choice)), Stretch.LAST_DAY)
    assert [each.id for each in made[Deed.SIGN_OUT].results] == ["tw/x.sessions"]
    assert made[Deed.SIGN_OUT].is_known
    assert made[Deed.BROWSER].is_known


def test_who_has_a_job_to_leave_signs_out_though_devices_were_never_asked(plan: Planner) -> None:
    made = plan(ON_X, PAGE)
    assert not tasks(made, Stretch.LAST_DAY)[Deed.SIGN_OUT].is_known
    assert not tasks(made, Stretch.LAST_DAY)[Deed.BROWSER].is_known
    assert "you/habits.separate-devices" not in unasked(made)


def test_devices_kept_apart_need_no_signing_out(plan: Planner) -> None:
    made = plan(ON_X, PAGE, said("you", "habits.separate-devices", "apart"))
    assert not tasks(made, Stretch.LAST_DAY).keys() & {Deed.SIGN_OUT, Deed.BROWSER}


def test_passwords_in_the_works_browser_are_taken_out_of_it(plan: Planner) -> None:
    apart = said("you", "habits.separate-devices", "apart")
    made = plan(apart, said("you", "passwords.separate", "few"))
    assert "you/passwords.separate" in ids(made, Stretch.BEFORE)
    assert tasks(made, Stretch.LAST_DAY)[Deed.BROWSER].is_known
    doubtful = plan(apart, unsure("you", "passwords.separate"))
    assert not tasks(doubtful, Stretch.LAST_DAY)[Deed.BROWSER].is_known


@pytest.mark.parametrize(("computer", "known"), [("employer", True), ("", False)])
def test_the_answers_are_taken_home_unless_the_computer_is_ones_own(
    plan: Planner, computer: str, *, known: bool
) -> None:
    tiktok = AccountAdded("tt", "tiktok", purpose=PERSONAL), said("tt", "tiktok.work-devices", "allowed")
    made = tasks(plan(PAGE, *tiktok, SettingChosen("computer", computer)), Stretch.LAST_DAY)
    assert made[Deed.MEND].severity < made[Deed.TAKE_HOME].severity
    assert made[Deed.TAKE_HOME].is_known is known
    assert list(made)[-1] is Deed.TAKE_HOME


def test_on_ones_own_computer_the_answers_stay(plan: Planner) -> None:
    assert Deed.TAKE_HOME not in tasks(plan(PAGE, SettingChosen("computer", "mine")), Stretch.LAST_DAY)


def test_a_github_account_is_looked_at_for_the_old_jobs_organisations(plan: Planner) -> None:
    mine = plan(
        AccountAdded("gh", "github", purpose=PERSONAL), said("gh", "github.former-organisations", "none")
    )
    assert Deed.ORGANISATIONS in tasks(mine, Stretch.MONTH_AFTER)
    works = plan(AccountAdded("gh", "github", purpose=WORK))
    assert Deed.ORGANISATIONS not in tasks(works, Stretch.MONTH_AFTER)


def test_what_only_shows_at_work_is_not_looked_at_afterwards(plan: Planner) -> None:
    made = plan(said("you", "passwords.separate", "most"), said("you", "phone.own-line", "employer"))
    assert ids(made, Stretch.DAY_AFTER) == {"you/phone.own-line"}


def test_nobody_tied_to_a_job_gets_a_short_plan(plan: Planner) -> None:
    made = plan(SettingChosen("computer", "mine"))
    assert made.phases == ()
    assert not made.is_tied
    assert made.unasked


def test_the_days(plan: Planner) -> None:
    made = plan(ON_X, PAGE, said("tw", "x.owner-email", "work"))
    assert [(phase.stretch, phase.by, phase.is_late) for phase in made.phases] == [
        (Stretch.BEFORE, date(2027, 3, 17), False),
        (Stretch.LAST_DAY, LAST, False),
        (Stretch.DAY_AFTER, date(2027, 4, 1), False),
        (Stretch.MONTH_AFTER, date(2027, 4, 30), False),
    ]


def test_what_comes_too_late_is_for_today(plan: Planner) -> None:
    today = date(2027, 3, 30)
    made = plan(ON_X, said("tw", "x.owner-email", "work"), today=today)
    assert [(phase.by, phase.is_late) for phase in made.phases[:2]] == [(today, True), (LAST, False)]


def test_the_gravest_comes_first(plan: Planner) -> None:
    made = plan(said("you", "phone.work-reach", "whole"), ON_X, PAGE, said("tw", "x.owner-email", "work"))
    severities = [task.severity for task in made.phases[0].tasks]
    assert severities == sorted(severities, reverse=True)
    assert len(set(severities)) > 1


def test_an_organisations_policy_drops_a_check_here_too(plan: Planner) -> None:
    policy = Policy((*POLICY.layers, Rules(Layer.ORGANISATION, dropped=frozenset({"x.owner-email"}))))
    made = plan(ON_X, said("tw", "x.owner-email", "work"), policy=policy)
    assert "tw/x.owner-email" not in ids(made, Stretch.BEFORE)


@pytest.mark.parametrize("ties", [TO_MOVE, TO_END, SHARED_DEVICES, ON_ONE_PHONE])
def test_every_tie_is_a_choice_that_a_bundled_check_offers(
    bundled: Catalogue, ties: dict[str, frozenset[str]]
) -> None:
    checks = [check for checklist in bundled.checklists.values() for check in checklist.checks]
    for group, choices in ties.items():
        offered = {choice.id for check in checks if check.group == group for choice in check.choices}
        assert choices <= offered, group


def test_what_is_looked_at_from_home_is_something_to_move() -> None:
    assert TO_MOVE.keys() >= SEEN_FROM_HOME


@given(
    data=some.data(),
    days=some.integers(min_value=-400, max_value=400),
    closed=some.sets(some.sampled_from(["a0", "a1", "a2", "a3"])),
)
def test_no_plan_holds_a_closed_account_or_a_day_that_is_over(
    bundled: Catalogue, data: some.DataObject, days: int, closed: set[str]
) -> None:
    networks = some.sampled_from(["x", "facebook", "github", "work-mailbox", "mailbox", "whatsapp", "apple"])
    purposes = some.sampled_from([*Purpose, None])
    events: list[Event] = []
    for number in range(4):
        network = data.draw(networks)
        account = f"a{number}"
        events.append(AccountAdded(account, network, purpose=data.draw(purposes)))
        for checklist in bundled.for_network(network):
            for check in checklist.checks:
                if data.draw(some.booleans()) and check.choices:
                    choice = data.draw(some.sampled_from([each.id for each in check.choices]))
                    events.append(said(account, check.id, choice))
    events += [AccountClosed(account) for account in sorted(closed)]
    made = plan_leaving(state(*events), bundled, POLICY, DAY + timedelta(days=days), DAY)
    named = {account.id for phase in made.phases for task in phase.tasks for account in task.accounts}
    named |= {each.account for phase in made.phases for task in phase.tasks for each in task.results}
    named |= {each.account for each in made.unasked}
    assert not named & closed
    assert all(phase.tasks and phase.by >= DAY for phase in made.phases)
    assert [phase.by for phase in made.phases] == sorted(phase.by for phase in made.phases)
