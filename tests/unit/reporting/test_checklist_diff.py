"""What people are asked again after a change of a list: said in words, and true of the engine."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from msgspec.structs import replace
from tests.builders import (
    DAY,
    POLICY,
    both,
    catalogue,
    check,
    checklist,
    choice,
    dated,
    days,
    record,
    sitting,
)

from hygiene.engine.assess import assess
from hygiene.engine.conditions import parse_condition
from hygiene.engine.plan import remaining
from hygiene.engine.state import State, current_state
from hygiene.model.account import Purpose
from hygiene.model.checklist import Catalogue, Check, Checklist, Kind, Remediation, Severity
from hygiene.model.record import (
    Answer,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    Chosen,
    ChosenMany,
    Dated,
    Outcome,
    Record,
    Scope,
)
from hygiene.reporting.checklist_diff import Effect, Reason, compare_versions
from hygiene.reporting.checklist_diff_words import EFFECTS, REASONS, diff_json, render_diff
from hygiene.reporting.checklist_index import Layout
from hygiene.reporting.words import Voice

NEXT_YEAR = date(2027, 11, 23)
ID = "my-list.a"
OTHER = check("my-list.other")
YES, NO = choice("yes", good=True), choice("no")
MAYBE = choice("maybe")
EFFECT_OF = {
    Reason.NEW: Effect.ASKED,
    Reason.NETWORK: Effect.ASKED,
    Reason.CHOICE_GONE: Effect.ASKED,
    Reason.CONDITION: Effect.ASKED,
    Reason.NOW_ORDINARY: Effect.ASKED,
    Reason.SEVERITY: Effect.JUDGED,
    Reason.CHOICE_SEVERITY: Effect.JUDGED,
    Reason.GOOD: Effect.JUDGED,
    Reason.PERIOD: Effect.JUDGED,
    Reason.REPLACED: Effect.KEPT,
    Reason.REVISION: Effect.KEPT,
    Reason.CHOICE_NEW: Effect.KEPT,
    Reason.RETIRED: Effect.GONE,
    Reason.NOW_MINOR: Effect.GONE,
    Reason.WORDS: Effect.WORDS,
    Reason.KIND: Effect.MEND,
    Reason.QUESTION: Effect.MEND,
    Reason.REVISION_FELL: Effect.MEND,
    Reason.SAME_QUESTION: Effect.MEND,
    Reason.LIST_ID: Effect.MEND,
}


def version(*checks: Check, **changes: Any) -> Checklist:
    return replace(checklist("my-list", *checks, OTHER), **changes)


def reasons(old: Checklist, new: Checklist) -> list[Reason]:
    return [each.reason for each in compare_versions(old, new).changes]


def a_year_later(new: Checklist, answers: dict[str, Answer]) -> tuple[State, set[str]]:
    """The state in the next yearly audit, and which checks it asks one by one."""
    said = [AnswerGiven("you", name, answer) for name, answer in answers.items()]
    before = record(AuditStarted("1", Scope.DEFAULT), *said, AuditFinished("1"))
    begun = record(AuditStarted("2", Scope.DEFAULT), on=NEXT_YEAR).statements[0]
    state = current_state(Record((*before.statements, replace(begun, seq=1000, id="z"))))
    questions = remaining(state, state.audits["2"], sitting(catalogue(new)))
    return state, {each.check.id for each in questions if not each.check.id.startswith("setup.")}


def outcome(state: State, which: Checklist, check_id: str) -> Outcome:
    found = assess(state, catalogue(which), POLICY, NEXT_YEAR, Scope.FULL).results
    return next(each.outcome for each in found if each.check.id == check_id)


def named(name: str, **changes: Any) -> Check:
    return check(f"my-new.{name}", **{"title": both(f"T:{name}")} | changes)


def voice(bundled: Catalogue) -> Voice:
    return Voice("en", DAY, bundled, {})


HEAVY, LIGHT = choice("no", severity=Severity.CRITICAL), choice("no", severity=Severity.LOW)
OLD = Checklist(
    "my-list",
    "2026.11",
    "en",
    both("L"),
    (
        named("gone"),
        named("gone-choice", choices=(YES, NO, MAYBE)),
        named("when"),
        named("now-ordinary", severity=Severity.LOW),
        named("now-minor", severity=Severity.HIGH),
        named("weight", choices=(YES, HEAVY)),
        named("good"),
        dated("my-new.period", 24, title=both("T:period")),
        named("replaced"),
        named("revised"),
        named("fallen", revision=2),
        named("question"),
        named("words"),
        dated("my-new.form", 6, title=both("T:form")),
        named("twice", question=both("Twice?")),
    ),
)
NEW = Checklist(
    "my-new",
    "2026.12",
    "en",
    both("L"),
    (
        named("fresh"),
        named("gone-choice", choices=(YES, NO, choice("perhaps"))),
        named("when", when=parse_condition("purpose is work")),
        named("now-ordinary", severity=Severity.MEDIUM),
        named("now-minor", severity=Severity.INFO),
        named("weight", choices=(YES, LIGHT)),
        named("good", choices=(choice("yes", good=[Purpose.WORK]), NO)),
        dated("my-new.period", 6, title=both("T:period")),
        named("instead", replaces=("my-new.replaced",)),
        named("revised", revision=2),
        named("fallen"),
        named("question", question=both("Another?")),
        named("words", risk=both("Other words.")),
        named("form"),
        named("again", question=both("Twice?")),
    ),
    network="x",
)


def test_nothing_changes() -> None:
    same = version(check(ID))
    assert compare_versions(same, same).changes == ()
    assert reasons(same, replace(same, version="2030.1", domains=("a.org",))) == []


def test_a_new_check_is_asked() -> None:
    old, new = version(), version(check(ID))
    assert reasons(old, new) == [Reason.NEW]
    _state, asked = a_year_later(new, {OTHER.id: Chosen("yes")})
    assert asked == {ID}


def test_a_check_that_is_gone_is_history() -> None:
    old, new = version(check(ID)), version()
    assert reasons(old, new) == [Reason.RETIRED]
    state, asked = a_year_later(new, {ID: Chosen("yes"), OTHER.id: Chosen("yes")})
    assert asked == set()
    assert state.answers["you", ID].answer == Chosen("yes")


@pytest.mark.parametrize("kind", ["choice", "many"])
def test_who_chose_what_is_gone_is_asked_again_and_nobody_else(kind: str) -> None:
    form = Kind(kind)
    old, new = (version(check(ID, kind=form, choices=each)) for each in ((YES, NO, MAYBE), (YES, NO)))
    assert reasons(old, new) == [Reason.CHOICE_GONE]

    def answer(name: str) -> Answer:
        return Chosen(name) if kind == "choice" else ChosenMany((name,))

    for name, is_asked in (("maybe", True), ("no", False)):
        state, asked = a_year_later(new, {ID: answer(name), OTHER.id: Chosen("yes")})
        assert (ID in asked) is is_asked
        assert (outcome(state, new, ID) is Outcome.NOT_CHECKED) is is_asked


def test_answers_to_what_is_replaced_are_taken_over() -> None:
    old, new = version(check("my-list.old")), version(check(ID, replaces=("my-list.old",)))
    assert reasons(old, new) == [Reason.REPLACED]
    state, asked = a_year_later(new, {"my-list.old": Chosen("no"), OTHER.id: Chosen("yes")})
    assert asked == set()
    assert outcome(state, new, ID) is Outcome.FAIL


def test_what_is_replaced_with_other_answers_is_compared_too() -> None:
    """What it replaces may have had choices, weights and conditions of its own."""
    old = version(check("my-list.old", choices=(YES, MAYBE), severity=Severity.HIGH))
    new = version(check(ID, replaces=("my-list.old",), choices=(YES, NO), severity=Severity.CRITICAL))
    assert set(reasons(old, new)) == {
        Reason.REPLACED,
        Reason.CHOICE_GONE,
        Reason.CHOICE_NEW,
        Reason.SEVERITY,
    }


def test_a_higher_revision_keeps_answers() -> None:
    old, new = version(check(ID)), version(check(ID, revision=2, question=both("Other words?")))
    assert reasons(old, new) == [Reason.REVISION]
    assert a_year_later(new, {ID: Chosen("yes"), OTHER.id: Chosen("yes")})[1] == set()


def test_a_question_in_other_words_wants_a_revision() -> None:
    """Spaces are no other words, and neither is a translation."""
    old = version(check(ID, question=both("One fact?", "Un fait ?")))
    assert reasons(old, version(check(ID, question=both("Another?")))) == [Reason.QUESTION]
    translated = version(check(ID, question=both("One  fact?", "Une chose ?")))
    (change,) = compare_versions(old, translated).changes
    assert (change.reason, change.fields) == (Reason.WORDS, ("question",))


def test_what_is_good_is_judged_without_asking() -> None:
    old = version(check(ID, choices=(YES, NO)))
    new = version(check(ID, choices=(choice("yes"), choice("no", good=True))))
    assert reasons(old, new) == [Reason.GOOD, Reason.GOOD]
    for which, expected in ((old, Outcome.PASS), (new, Outcome.FAIL)):
        state, asked = a_year_later(which, {ID: Chosen("yes"), OTHER.id: Chosen("yes")})
        assert asked == set()
        assert outcome(state, which, ID) is expected


def test_a_shorter_period_is_judged_without_asking() -> None:
    old, new = version(dated(ID, 24)), version(dated(ID, 6))
    assert reasons(old, new) == [Reason.PERIOD]
    said: dict[str, Answer] = {ID: Dated(days(DAY)), OTHER.id: Chosen("yes")}
    assert outcome(a_year_later(old, said)[0], old, ID) is Outcome.PASS
    assert outcome(a_year_later(new, said)[0], new, ID) is Outcome.FAIL


@pytest.mark.parametrize(
    ("before", "after", "reason", "is_asked"),
    [
        (Severity.LOW, Severity.MEDIUM, Reason.NOW_ORDINARY, True),
        (Severity.MEDIUM, Severity.INFO, Reason.NOW_MINOR, False),
    ],
)
def test_a_severity_also_says_who_is_asked(
    before: Severity, after: Severity, reason: Reason, *, is_asked: bool
) -> None:
    old, new = version(check(ID, severity=before)), version(check(ID, severity=after))
    assert set(reasons(old, new)) == {reason, Reason.SEVERITY}
    assert (ID in a_year_later(new, {OTHER.id: Chosen("yes")})[1]) is is_asked


def test_a_core_check_is_asked_whatever_its_severity() -> None:
    old = version(check(ID, severity=Severity.MEDIUM, core=True))
    assert reasons(old, version(check(ID, severity=Severity.LOW, core=True))) == [Reason.SEVERITY]


def test_the_weight_of_a_choice() -> None:
    """Compared as it counts: what a choice leaves to its check is told of the check."""
    old = version(check(ID, choices=(YES, NO)))
    heavier = version(check(ID, choices=(YES, choice("no", severity=Severity.CRITICAL))))
    as_before = version(check(ID, choices=(YES, choice("no", severity=check(ID).severity))))
    assert reasons(old, heavier) == [Reason.CHOICE_SEVERITY]
    assert reasons(old, as_before) == []


def test_a_condition_changes_who_is_asked() -> None:
    old = version(check(ID))
    new = version(check(ID, when=parse_condition("my-list.other is yes")))
    assert reasons(old, new) == [Reason.CONDITION]
    assert reasons(new, old) == [Reason.CONDITION]
    for answer, is_asked in (("yes", True), ("no", False)):
        assert (ID in a_year_later(new, {OTHER.id: Chosen(answer)})[1]) is is_asked


def test_another_form_of_the_answer_wants_a_new_id() -> None:
    """A date taken for a choice would pass for ever."""
    old, new = version(dated(ID, 6)), version(check(ID))
    assert reasons(old, new) == [Reason.KIND]
    state, asked = a_year_later(new, {ID: Dated(days(DAY)), OTHER.id: Chosen("yes")})
    assert outcome(state, new, ID) is not Outcome.FAIL
    assert ID not in asked


def test_a_new_id_for_the_same_question_is_pointed_out() -> None:
    old, new = version(check("my-list.old", question=both("Q?"))), version(check(ID, question=both("Q?")))
    assert reasons(old, new) == [Reason.NEW, Reason.RETIRED, Reason.SAME_QUESTION]


def test_another_name_or_network_of_the_list() -> None:
    old = version()
    moved = replace(checklist("my-other", replace(OTHER, id="my-other.other")), network="x")
    assert set(reasons(old, moved)) == {
        Reason.LIST_ID,
        Reason.NETWORK,
        Reason.NEW,
        Reason.RETIRED,
        Reason.SAME_QUESTION,
    }


def test_a_lower_revision_is_pointed_out() -> None:
    assert reasons(version(check(ID, revision=3)), version(check(ID, revision=2))) == [Reason.REVISION_FELL]


def test_other_words_alone_ask_nothing_again() -> None:
    old = version(check(ID))
    new = version(
        check(
            ID,
            title=both("T"),
            risk=both("R"),
            choices=(replace(YES, text=both("Y")), NO),
            remediation=Remediation(9, settings_url="https://a.org/"),
        )
    )
    (change,) = compare_versions(old, new).changes
    assert (change.effect, set(change.fields)) == (
        Effect.WORDS,
        {"title", "risk", "answers", "steps", "links"},
    )


def test_every_reason_has_its_effect_and_words(bundled: Catalogue) -> None:
    """What people are asked comes first, what the author has to mend last."""
    found = compare_versions(OLD, NEW)
    assert {each.reason for each in found.changes} == set(Reason) == set(REASONS) == set(EFFECT_OF)
    assert {each.effect for each in found.changes} == set(Effect) == set(EFFECTS)
    assert all(each.effect is EFFECT_OF[each.reason] for each in found.changes)
    order = [list(Effect).index(each.effect) for each in found.changes]
    assert order == sorted(order)
    text = render_diff(found, voice(bundled), Layout(0))
    assert "{" not in text
    assert "None" not in text
    assert [line for line in text.splitlines() if line in EFFECTS.values()] == list(EFFECTS.values())


def test_the_words(bundled: Catalogue) -> None:
    text = render_diff(compare_versions(OLD, NEW), voice(bundled), Layout(0))
    lines = [line.partition(": ")[2] if line.startswith("- T:") else line for line in text.splitlines()]
    for words in (
        "the answer “maybe” is gone: those who gave it are asked again; until then it counts as unasked",
        "the answer “yes”: now good for a work account; before, good for everyone",
        "the answer “no”: now low severity; before, critical severity",
        "a date is good for 6 months now; before, for 2 years",
        "- the list is about X (Twitter) now; before, the person: all of it is asked anew",
        "now asked only when the account is for work; before, of everyone",
        "now answered by one choice; before, by a date: earlier answers do not fit, so take a new id",
    ):
        assert words in lines
    assert "- T:good [my-new.good]: the answer" in text


def test_plain_lines_and_narrow_ones(bundled: Catalogue) -> None:
    found = compare_versions(OLD, NEW)
    plain = render_diff(found, voice(bundled), Layout(0, is_plain=True))
    assert not [line for line in plain.splitlines() if line.startswith(("-", " "))]
    narrow = render_diff(found, voice(bundled), Layout(60)).splitlines()
    assert max(map(len, narrow)) <= 60
    assert " ".join(" ".join(narrow).split()) == " ".join(
        render_diff(found, voice(bundled), Layout(0)).split()
    )


def test_the_json_names_ids(bundled: Catalogue) -> None:
    made = diff_json(compare_versions(OLD, NEW), voice(bundled))
    assert made["schema"] == "hygiene.checklist-diff/1"
    assert (made["old"]["id"], made["new"]["id"]) == ("my-list", "my-new")
    row = next(each for each in made["changes"] if each["reason"] == "choice-gone")
    assert (row["effect"], row["check"], row["choice"]) == ("asked", "my-new.gone-choice", "maybe")
    assert {tuple(each) for each in made["changes"]} == {tuple(row)}
    assert json.loads(json.dumps(made)) == made
