"""What facts answer, against what stands in the record."""

from __future__ import annotations

from datetime import date

import pytest

from hygiene.engine.presences import Proof
from hygiene.engine.proofs import Reading, Verdict, is_proved, read_check
from hygiene.engine.state import Latest
from hygiene.model.checklist import Check, Choice, Kind, Remediation, Severity
from hygiene.model.dates import Interval
from hygiene.model.evidence import Fact
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    Answer,
    AnswerGiven,
    Chosen,
    Dated,
    NonAnswer,
    Via,
)
from hygiene.model.text import same

MADE_ON = date(2026, 6, 1)


def day(words: str) -> date:
    return date.fromisoformat(words)


def between(first: str | None, last: str | None) -> Interval:
    return Interval(day(first) if first else None, day(last) if last else None)


def on(words: str) -> Interval:
    return between(words, words)


def check_of(kind: Kind, evidence: dict[str, dict[str, tuple[str, ...]]], *choices: str) -> Check:
    return Check(
        id="x.it",
        title=same("t"),
        question=same("q"),
        risk=same("r"),
        severity=Severity.HIGH,
        remediation=Remediation(1),
        kind=kind,
        choices=tuple(Choice(each, same(each)) for each in choices),
        evidence=evidence,
    )


STEP = check_of(
    Kind.CHOICE,
    {"second-step": {"app": ("app",), "sms": ("sms",), "on": ("passkey", "app", "sms"), "off": ("none",),
                     "passkey": ("passkey",)}},
    "passkey", "app", "sms", "none",
)  # fmt: skip
PASSWORD = check_of(
    Kind.CHOICE,
    {"password": {"reused": ("reused",), "weak": ("made-up", "reused")}},
    "random", "made-up", "reused",
)  # fmt: skip
CHANGED = check_of(Kind.DATE, {"password-changed": {}})
SESSIONS = check_of(Kind.DATE, {"sessions": {}})


def proof(name: str, value: str | Interval | int, *, own: bool = False, made_on: date = MADE_ON) -> Proof:
    return Proof(Fact(name, value), "archive" if own else "manager", made_on, own)


def said(
    answer: Answer, given: str = "2026-01-01", source: str = "person", as_of: date | None = None
) -> Latest:
    return Latest(answer, day(given), 1, source=source, as_of=as_of)


def read(check: Check, *proofs: Proof, before: Latest | None = None) -> Reading:
    reading = read_check(check, proofs, before)
    assert reading is not None
    return reading


class TestChoices:
    def test_a_word_that_proves_one_choice_answers(self) -> None:
        reading = read(STEP, proof("second-step", "app"))
        assert (reading.verdict, reading.answer) == (Verdict.NEW, Chosen("app"))
        assert reading.given("insta") == AnswerGiven(
            "insta", "x.it", Chosen("app"), source="evidence:manager", as_of=MADE_ON
        )

    def test_a_word_that_leaves_several_open_answers_nothing(self) -> None:
        assert read_check(STEP, [proof("second-step", "on")], None) is None
        assert read_check(STEP, [proof("second-step", "on")], said(Chosen("sms"))) is None

    def test_it_contradicts_an_answer_that_cannot_be(self) -> None:
        reading = read(STEP, proof("second-step", "on"), before=said(Chosen("none")))
        assert (reading.verdict, reading.answer) == (Verdict.OPEN, None)
        with pytest.raises(ValueError, match="nothing is proved"):
            reading.given("insta")

    def test_it_does_not_contradict_what_was_said_after_the_export(self) -> None:
        later = said(Chosen("none"), "2026-07-01")
        assert read_check(STEP, [proof("second-step", "on")], later) is None

    def test_nor_what_was_said_of_there_being_no_password(self) -> None:
        assert read_check(PASSWORD, [proof("password", "weak")], said(PASSKEY)) is None

    def test_an_answer_is_as_old_as_what_proves_it(self) -> None:
        """Only the manager knows that it is an app, and its export is older."""
        old = proof("second-step", "app", made_on=day("2025-01-01"))
        reading = read(STEP, proof("second-step", "on", own=True), old)
        assert (reading.proof.format, reading.proof.made_on) == ("manager", day("2025-01-01"))

    def test_a_manager_tells_which_step_the_archive_says_is_on(self) -> None:
        reading = read(STEP, proof("second-step", "on", own=True), proof("second-step", "app"))
        assert reading.answer == Chosen("app")

    def test_the_archive_beats_a_manager(self) -> None:
        reading = read(STEP, proof("second-step", "off", own=True), proof("second-step", "app"))
        assert reading.answer == Chosen("none")
        assert reading.proof.format == "archive"

    def test_the_newest_archive_counts(self) -> None:
        old = proof("second-step", "off", own=True, made_on=day("2025-01-01"))
        reading = read(STEP, old, proof("second-step", "sms", own=True))
        assert reading.answer == Chosen("sms")

    def test_of_two_proved_choices_the_one_listed_first_counts(self) -> None:
        reading = read(STEP, proof("second-step", "app"), proof("second-step", "passkey"))
        assert reading.answer == Chosen("passkey")

    def test_a_word_the_check_does_not_know_says_nothing(self) -> None:
        assert read_check(PASSWORD, [proof("password", "odd")], None) is None

    def test_weak_alone_leaves_two_choices_and_reused_decides(self) -> None:
        assert read_check(PASSWORD, [proof("password", "weak")], None) is None
        assert (
            read(PASSWORD, proof("password", "weak"), before=said(Chosen("random"))).verdict is Verdict.OPEN
        )
        both = read(PASSWORD, proof("password", "weak"), proof("password", "reused"))
        assert both.answer == Chosen("reused")

    @pytest.mark.parametrize(
        ("before", "verdict"),
        [
            (None, Verdict.NEW),
            (said(NonAnswer.UNKNOWN), Verdict.NEW),
            (said(Chosen("app")), Verdict.CONFIRMED),
            (said(Chosen("app"), source="evidence:manager", as_of=MADE_ON), Verdict.CONFIRMED),
            (said(Chosen("app"), source="evidence:manager", as_of=day("2026-05-01")), Verdict.NEW),
            (said(Chosen("sms")), Verdict.OVERRULED),
            (said(Chosen("sms"), "2026-06-01"), Verdict.OVERRULED),
            (said(Chosen("sms"), "2026-06-02"), Verdict.KEPT),
            # An answer from an export is as old as that, whenever it was imported.
            (said(Chosen("sms"), "2026-06-02", "evidence:manager", day("2026-05-01")), Verdict.OVERRULED),
            (said(Chosen("sms"), "2026-06-02", "evidence:manager", day("2026-06-02")), Verdict.KEPT),
            # A manager may still hold what was there before the passkey.
            (said(PASSKEY), Verdict.KEPT),
            (said(Via("google")), Verdict.KEPT),
            (said(NonAnswer.NOT_APPLICABLE), Verdict.KEPT),
        ],
    )
    def test_against_what_was_said(self, before: Latest | None, verdict: Verdict) -> None:
        reading = read(STEP, proof("second-step", "app"), before=before)
        assert reading.verdict is verdict
        assert reading.is_news == (verdict in {Verdict.NEW, Verdict.OVERRULED})


class TestDates:
    @pytest.mark.parametrize(
        ("before", "found", "verdict"),
        [
            (None, on("2026-03-12"), Verdict.NEW),
            (said(NonAnswer.UNKNOWN), on("2026-03-12"), Verdict.NEW),
            (said(Dated(on("2026-03-12"))), on("2026-03-12"), Verdict.CONFIRMED),
            # A newer export says the same: what would be due is no longer uncertain.
            (
                said(Dated(on("2026-03-12")), source="evidence:manager", as_of=day("2026-05-01")),
                on("2026-03-12"),
                Verdict.NEW,
            ),
            (
                said(Dated(on("2026-03-12")), source="evidence:manager", as_of=MADE_ON),
                on("2026-03-12"),
                Verdict.CONFIRMED,
            ),
            # More exact than what was said.
            (
                said(Dated(between("2026-03-01", "2026-03-31")), "2026-04-01"),
                on("2026-03-12"),
                Verdict.OVERRULED,
            ),
            # Less exact, and no contradiction.
            (said(Dated(on("2026-03-12")), "2026-04-01"), between(None, "2026-05-01"), Verdict.CONFIRMED),
            # Changed since the person last said so.
            (said(Dated(on("2025-01-01")), "2026-01-01"), on("2026-03-12"), Verdict.OVERRULED),
            # The manager was never told of the change.
            (said(Dated(on("2026-03-12")), "2026-04-01"), on("2024-01-01"), Verdict.KEPT),
            # A later change is a fact, whenever the earlier one was remembered.
            (said(Dated(on("2024-01-01")), "2026-07-01"), on("2026-03-12"), Verdict.OVERRULED),
            # They overlap, and neither lies within the other.
            (
                said(Dated(between("2026-01-01", "2026-03-31")), "2026-04-01"),
                between("2026-02-01", "2026-05-01"),
                Verdict.KEPT,
            ),
            (said(Via("google")), on("2026-03-12"), Verdict.KEPT),
            (said(PASSKEY), on("2026-03-12"), Verdict.KEPT),
            (said(NEVER), on("2026-03-12"), Verdict.KEPT),
            (said(NonAnswer.NOT_APPLICABLE), on("2026-03-12"), Verdict.KEPT),
        ],
    )
    def test_against_what_was_said(self, before: Latest | None, found: Interval, verdict: Verdict) -> None:
        assert read(CHANGED, proof("password-changed", found), before=before).verdict is verdict

    def test_the_later_of_two_managers_counts(self) -> None:
        early, late = (proof("password-changed", on(each)) for each in ("2025-01-01", "2026-01-01"))
        for proofs in ([early, late], [late, early]):
            assert read(CHANGED, *proofs).answer == Dated(on("2026-01-01"))

    def test_an_upper_bound_never_beats_an_exact_day(self) -> None:
        """The entry may have been edited for another reason."""
        bound, exact = proof("password-changed", between(None, "2026-05-01")), on("2024-01-01")
        assert read(CHANGED, bound, proof("password-changed", exact)).answer == Dated(exact)

    def test_the_archive_beats_a_manager_of_the_same_time(self) -> None:
        manager = proof("password-changed", on("2026-05-20"))
        own = proof("password-changed", on("2026-05-01"), own=True)
        assert read(CHANGED, manager, own).answer == Dated(on("2026-05-01"))

    def test_a_change_after_the_archive_was_made_counts(self) -> None:
        manager = proof("password-changed", on("2026-09-20"), made_on=day("2026-10-01"))
        own = proof("password-changed", on("2026-05-01"), own=True)
        assert read(CHANGED, manager, own).answer == Dated(on("2026-09-20"))

    def test_a_day_that_is_none_says_nothing(self) -> None:
        assert read_check(CHANGED, [proof("password-changed", "long ago")], None) is None


def test_a_number_is_shown_and_answers_nothing() -> None:
    reading = read(SESSIONS, proof("sessions", 3, made_on=day("2025-01-01")), proof("sessions", 12))
    assert (reading.verdict, reading.count, reading.is_news) == (Verdict.SHOWN, 12, False)
    assert read_check(SESSIONS, [proof("sessions", "many")], None) is None


def test_facts_of_other_checks_say_nothing() -> None:
    assert read_check(STEP, [proof("private", "yes")], None) is None


@pytest.mark.parametrize(
    ("latest", "proved"),
    [
        (None, False),
        (said(Chosen("app")), False),
        (said(Chosen("app"), source="evidence:x", as_of=day("2026-05-02")), True),
        (said(Chosen("app"), source="evidence:x", as_of=day("2026-05-01")), False),
        (said(Chosen("app"), source="file", as_of=day("2026-05-02")), False),
    ],
)
def test_what_a_young_export_proves_is_not_asked(latest: Latest | None, proved: bool) -> None:  # noqa: FBT001
    """Thirty days after the second of May it is the first of June."""
    assert is_proved(latest, MADE_ON) is proved
