"""Acting on findings: which one is meant, what “done” says, what accepting one says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from hygiene.engine.ages import PASSWORD_AGE
from hygiene.engine.assess import purpose_of
from hygiene.engine.dates import parse_day_ahead
from hygiene.engine.questions import Answered, Question
from hygiene.engine.sitting import ask
from hygiene.engine.state import State
from hygiene.errors import NotDoneError, UsageError
from hygiene.language import N_
from hygiene.model.checklist import Catalogue, Check, Kind
from hygiene.model.dates import Interval, add_months
from hygiene.model.finding import Assessment, Result
from hygiene.model.record import Answer, AnswerGiven, Chosen, ChosenMany, Dated, Waived
from hygiene.safety.cleaning import clean

LONGEST_REASON = 200
LONGEST_WAIVER_MONTHS = 120

_ONE_DAY = timedelta(days=1)


def open_findings(assessment: Assessment) -> tuple[Result, ...]:
    """Return the findings that nobody accepted, in the order in which to act."""
    return tuple(finding for finding in assessment.findings if finding.waiver is None)


def find_result(words: str, assessment: Assessment) -> Result:
    """Return the result of that id, or the only one whose id ends so.

    Open findings come first, then accepted ones, then what is none.

    Args:
        words: `insta/instagram.private-account`, or an ending such as `private-account`.
        assessment: of today.

    Raises:
        UsageError: there is none, or it may be one of several.
    """
    for results in (open_findings(assessment), assessment.findings, assessment.results):
        meant = _meant(words.strip(), results)
        if len(meant) > 1:
            raise UsageError(
                N_("that may be one of several"),
                hint=N_("write more of it: {ids}"),
                ids=", ".join(each.id for each in meant),
            )
        if meant:
            return meant[0]
    raise UsageError(
        N_("there is no such finding"), hint=N_("`hygiene findings` shows them with their ids, in brackets")
    )


def _meant(words: str, results: Iterable[Result]) -> Sequence[Result]:
    results = tuple(results)
    exact = [each for each in results if each.id == words]
    return exact or [each for each in results if each.id.endswith((f"/{words}", f".{words}"))]


def done(result: Result, state: State, day: date) -> AnswerGiven | None:
    """Return the statement that a check is as recommended today; None where nothing is recommended."""
    answer = _recommended(result, state, day)
    return AnswerGiven(result.account, result.check.id, answer) if answer else None


def _recommended(result: Result, state: State, day: date) -> Answer | None:
    check = result.check
    match check.kind:
        case Kind.DATE:
            return Dated(Interval(day, day))
        case Kind.MANY:
            return ChosenMany(_good_among(check, result, state))
        case Kind.CHOICE:
            choice = check.recommended(purpose_of(state.accounts.get(result.account)))
            return Chosen(choice.id) if choice else None
        case _:
            return None


def _good_among(check: Check, result: Result, state: State) -> tuple[str, ...]:
    """Return what was chosen last and may stay: the rest is what has been mended."""
    said = result.answer.ids if isinstance(result.answer, ChosenMany) else ()
    purpose = purpose_of(state.accounts.get(result.account))
    return tuple(each.id for each in check.choices if each.id in said and purpose in each.good)


def said(result: Result, reply: Answered) -> AnswerGiven:
    """Return the statement of what the person replied about that account."""
    note = reply.notes.get(result.account, reply.note)
    return AnswerGiven(result.account, result.check.id, reply.by_account[result.account], note)


def question_of(result: Result, state: State, catalogue: Catalogue) -> Question:
    """Return the question that decides a check, about that account alone."""
    return ask([(state.accounts.get(result.account), result.check)], state, catalogue)


def parse_until(words: str, day: date) -> date:
    """Return the last day on which a finding is accepted.

    Args:
        words: such as `2027-03-01`, `March`, “in 6 months”.
        day: today.

    Raises:
        UsageError: they are not understood, or do not lie ahead.
        NotDoneError: it is more than ten years away.
    """
    until = parse_day_ahead(words, day)
    if until is None:
        raise UsageError(
            N_("“{value}” is no day to come"),
            hint=N_("write it as 2027-03-01, “March 2027” or “in 6 months”; leave it out for no end"),
            value=words,
        )
    if until > add_months(day, LONGEST_WAIVER_MONTHS):
        raise NotDoneError(
            N_("that is more than ten years away"), hint=N_("leave the day out to accept it without an end")
        )
    return until


def waived(result: Result, reason: str, until: date | None) -> Waived:
    """Return the statement that a finding is accepted as it is, up to and including a day.

    Raises:
        NotDoneError: there is nothing to accept, or it is the reminder of a password.
    """
    if result.check.core_id == PASSWORD_AGE:
        raise NotDoneError(
            N_("the age of a password is a reminder, and no finding to accept"),
            hint=N_("`hygiene password` puts its reminder off, or switches it off"),
        )
    if not result.is_finding:
        raise NotDoneError(
            N_("there is nothing to accept there: it needs no action"),
            hint=N_("`hygiene findings` shows what does"),
        )
    return Waived(result.account, result.check.id, clean(reason.strip())[:LONGEST_REASON], until)


def taken_back(result: Result, state: State, day: date) -> tuple[Waived, ...]:
    """Return the statements that a finding is not accepted any more, by none of the names that it has had.

    Raises:
        NotDoneError: it is not accepted.
    """
    if result.waiver is None:
        raise NotDoneError(
            N_("that is not among what you accepted"),
            hint=N_("`hygiene waive --end` asks which one is meant"),
        )
    names = (result.check.id, *result.check.replaces)
    return tuple(
        Waived(result.account, name, until=day - _ONE_DAY)
        for name in names
        if (result.account, name) in state.waivers
    )
