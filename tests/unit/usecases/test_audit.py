"""An audit from its beginning to its end, on a sealed store, with the real checklists."""

from __future__ import annotations

import os
from datetime import date, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from tests.unit.usecases.scripted import ScriptedTerminal, good_answer, networks

from hygiene import resources
from hygiene.catalog.loading import load_bundled
from hygiene.engine.questions import Answered, Question, Reply, Skip
from hygiene.engine.sitting import AskedOnly
from hygiene.engine.state import current_state, judgements
from hygiene.errors import UsageError
from hygiene.model.policy import Policy
from hygiene.model.record import AccountAdded, AuditFinished, ChosenMany, Outcome, Scope, Titled
from hygiene.safety.container import Costs
from hygiene.safety.sealing import wrap_key
from hygiene.safety.secrets import Passphrase
from hygiene.store.beside import previous_of
from hygiene.store.file import OpenStore, create_store, open_store, read_store
from hygiene.usecases.audit import Wish, latest_audit, run_audit, what_is_left
from hygiene.usecases.desk import Desk, state_of

DAY = date(2026, 11, 22)
PASSPHRASE = Passphrase("quatre mots pas plus")


@pytest.fixture(scope="module")
def bundled_desk() -> Desk:
    catalogue, rules = load_bundled(resources.bundled("checklists"))
    return Desk(catalogue, Policy((rules,)), DAY, lambda: os.urandom(8).hex())


@pytest.fixture
def desk(bundled_desk: Desk) -> Desk:
    return bundled_desk


@pytest.fixture
def store(tmp_path: Path) -> OpenStore:
    key, store_id = os.urandom(32), os.urandom(16)
    slot = wrap_key(key, PASSPHRASE, store_id, costs=Costs(memory=8, passes=1, lanes=1))
    return create_store(tmp_path / "answers.hygiene", key, store_id, (slot,))


def again(store: OpenStore) -> OpenStore:
    """The store as the next run of the program reads it."""
    return open_store(store.path, read_store(store.path), PASSPHRASE)


def test_every_answer_is_sealed_before_the_next_question(store: OpenStore, desk: Desk) -> None:
    """Whatever ends the program, what was answered is on the disk."""
    seen: list[int] = []

    def reply(question: Question) -> Reply:
        seen.append(len(again(store).statements))
        return networks("instagram")(question)

    run_audit(store, desk, ScriptedTerminal(reply=reply, stop_at=6), Wish())
    assert seen == sorted(set(seen))
    assert len(seen) == 6


def test_a_stopped_audit_goes_on_with_the_same_question(store: OpenStore, desk: Desk) -> None:
    """Nothing is asked twice and nothing is left out."""
    first = ScriptedTerminal(reply=networks("instagram"), stop_at=5)
    sat = run_audit(store, desk, first, Wish())
    assert not sat.is_finished
    second = ScriptedTerminal(reply=networks("instagram"))
    sat = run_audit(again(store), desk, second, Wish())
    assert sat.is_finished
    assert second.asked[0] == first.asked[-1]
    assert not set(second.asked) & set(first.asked[:-1])


def test_a_finished_portion_starts_the_yearly_clock_and_is_judged(store: OpenStore, desk: Desk) -> None:
    """Every check is judged once, and titled once in each language."""
    sat = run_audit(store, desk, ScriptedTerminal(reply=networks("instagram")), Wish())
    record = again(store).record
    assert sat.audit.finished_on == DAY
    lines = judgements(record, sat.audit.id).values()
    assert {line.check for line in lines} >= {"instagram.private-account", "habits.home-address"}
    assert {line.outcome for line in lines} >= {Outcome.PASS, Outcome.NOT_CHECKED}
    titled = [
        (each.event.check, each.event.language)
        for each in record.statements
        if isinstance(each.event, Titled)
    ]
    assert len(titled) == len(set(titled))
    assert set(titled) == {(line.check, tag) for line in lines for tag in ("en", "fr")}


def test_after_a_first_sitting_a_copy_holds_the_answers(store: OpenStore, desk: Desk) -> None:
    """A store damaged before the second one can be gone back from; that copy is kept until a next run."""
    run_audit(store, desk, ScriptedTerminal(reply=networks("instagram")), Wish())
    kept = previous_of(store.path)
    copy = open_store(kept, read_store(kept), PASSPHRASE)
    assert current_state(copy.record).answers == state_of(again(store)).answers != {}
    before = read_store(kept)
    answered = again(store)
    run_audit(answered, desk, ScriptedTerminal(reply=networks("instagram")), Wish())
    assert read_store(kept) != before
    assert set(open_store(kept, read_store(kept), PASSPHRASE).statements) == set(answered.statements)


def test_what_was_put_off_comes_back_in_the_next_portion(store: OpenStore, desk: Desk) -> None:
    """“I'd have to look” is asked again, and the audit stays the same one."""

    def reply(question: Question) -> Reply:
        return Skip() if question.check.look else networks("instagram")(question)

    first = run_audit(store, desk, ScriptedTerminal(reply=reply), Wish())
    left = what_is_left(first.store, desk)
    assert left is not None
    terminal = ScriptedTerminal()
    second = run_audit(again(store), desk, terminal, Wish())
    assert second.audit.id == first.audit.id
    assert second.audit.portion == 2
    assert second.audit.finished_on == DAY
    assert left.look_ups > 0
    assert terminal.asked[0].startswith(f"{left.checklist}.")


def test_when_all_is_answered_nothing_is_asked_or_written(store: OpenStore, desk: Desk) -> None:
    """The next call says so and leaves the store as it is."""
    current = store
    for _ in range(9):
        sat = run_audit(current, desk, ScriptedTerminal(reply=networks("instagram")), Wish())
        current = again(store)
        if what_is_left(current, desk) is None:
            break
    before = read_store(current.path)
    terminal = ScriptedTerminal()
    sat = run_audit(current, desk, terminal, Wish())
    assert (sat.was_asked, terminal.asked) == (False, [])
    assert read_store(current.path) == before


def test_new_and_a_year_later_begin_another(store: OpenStore, desk: Desk) -> None:
    """An open one goes on, whatever the day."""
    first = run_audit(store, desk, ScriptedTerminal(reply=networks("instagram")), Wish())
    second = run_audit(again(store), desk, ScriptedTerminal(stop_at=0), Wish(new=True))
    assert second.audit.id != first.audit.id
    finished = run_audit(again(store), desk, ScriptedTerminal(), Wish())
    assert finished.audit.id == second.audit.id
    next_year = replace(desk, day=DAY + timedelta(days=366))
    third = run_audit(again(store), next_year, ScriptedTerminal(), Wish())
    assert third.audit.id not in (first.audit.id, second.audit.id)


def test_a_year_later_last_times_answers_are_confirmed_together(store: OpenStore, desk: Desk) -> None:
    """Only what was ticked, not known or never asked is asked again; all count as answers of that day."""
    run_audit(store, desk, ScriptedTerminal(reply=networks("instagram")), Wish())

    def reply(question: Question) -> Reply:
        if question.check.id == "setup.still-accounts":
            changed = [each.id for each in question.check.choices if each.id.startswith("two-factor")]
            return Answered({"you": ChosenMany(tuple(changed))})
        return good_answer(question)

    day = DAY + timedelta(days=366)
    terminal = ScriptedTerminal(reply=reply)
    sat = run_audit(again(store), replace(desk, day=day), terminal, Wish())
    assert "setup.still-habits" in terminal.asked
    assert "instagram.two-factor" in terminal.asked
    assert "instagram.password-age" in terminal.asked
    assert not {"instagram.owner-email", "habits.home-address"} & set(terminal.asked)
    answers = state_of(again(store)).answers
    assert answers["instagram", "instagram.owner-email"].on == day
    assert answers["you", "habits.home-address"].on == day
    lines = judgements(again(store).record, sat.audit.id)
    assert lines["instagram", "instagram.owner-email"].outcome is Outcome.PASS


def test_full_asks_the_minor_checks_too(store: OpenStore, desk: Desk) -> None:
    """The scope is part of the audit, and a running one is widened."""
    run_audit(store, desk, ScriptedTerminal(reply=networks("instagram"), stop_at=3), Wish())
    assert latest_audit(again(store)).scope is Scope.DEFAULT
    run_audit(again(store), desk, ScriptedTerminal(stop_at=0), Wish(full=True))
    assert latest_audit(again(store)).scope is Scope.FULL


def test_named_checklists_ask_only_theirs(store: OpenStore, desk: Desk) -> None:
    """An account is added where there is none, and half an audit does not start the clock."""
    terminal = ScriptedTerminal()
    sat = run_audit(store, desk, terminal, Wish(AskedOnly(frozenset({"instagram"}))))
    assert {each.partition(".")[0] for each in terminal.asked} == {"setup", "instagram"}
    assert [each.id for each in state_of(again(store)).open_accounts] == ["instagram"]
    assert sat.is_finished
    assert not any(isinstance(each.event, AuditFinished) for each in again(store).record.statements)


def test_a_checklist_that_is_not_there(store: OpenStore, desk: Desk) -> None:
    """Nothing is begun."""
    with pytest.raises(UsageError, match="myspace"):
        run_audit(store, desk, ScriptedTerminal(), Wish(AskedOnly(frozenset({"myspace"}))))
    assert not any(isinstance(each.event, AccountAdded) for each in again(store).record.statements)


def test_an_audit_left_open_for_a_year_is_not_taken_up_again(store: OpenStore, desk: Desk) -> None:
    """Its answers are a year old: they are shown, not counted as this year's."""
    first = run_audit(store, desk, ScriptedTerminal(reply=networks("instagram"), stop_at=6), Wish())
    next_year = replace(desk, day=DAY + timedelta(days=365))
    second = run_audit(again(store), next_year, ScriptedTerminal(stop_at=0), Wish())
    assert second.audit.id != first.audit.id
