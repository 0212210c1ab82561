"""What facts answer: the checklists say it (`evidence:` of a check), the record says what stands already.

A network's own record counts for more than a password manager; among equals the later date counts. What a
person said of a setting after the export was made stays. An upper bound proves that something is old, never
that it is fresh, and what is not in an export proves nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from enum import StrEnum

from msgspec import Struct

from hygiene.engine.ages import says_so
from hygiene.engine.presences import Proof
from hygiene.engine.state import Latest
from hygiene.model.checklist import Check
from hygiene.model.dates import Interval
from hygiene.model.evidence import COUNTS, DATES
from hygiene.model.record import NEVER, Answer, AnswerGiven, Chosen, Dated, NonAnswer

SOURCE = "evidence:"
"""What the source of an answer begins with that rests on an export; the reader's id follows."""

SETTING_KEEPS = timedelta(days=30)
"""How long what an export says of a setting is taken for today's: anyone may change it any day."""


class Verdict(StrEnum):
    """What an export means for an answer.

    `new`: nothing was known. `confirmed`: as was said. `overruled`: otherwise than was said before the export
    was made. `kept`: the person said otherwise, later or better. `open`: what was said cannot be, but the
    export does not tell what is; to be asked again. `shown`: a number that helps to look.
    """

    NEW = "new"
    CONFIRMED = "confirmed"
    OVERRULED = "overruled"
    KEPT = "kept"
    OPEN = "open"
    SHOWN = "shown"


class Reading(Struct, frozen=True):
    """What exports say of one check of one account.

    Attributes:
        answer: what they prove; None where they only contradict, or only help to look.
        proof: the one that decides: its format and day are the answer's.
        before: what stands in the record.
        count: of a `shown` reading, how many there are.
    """

    check: Check
    verdict: Verdict
    proof: Proof
    answer: Answer | None = None
    before: Latest | None = None
    count: int = 0

    @property
    def is_news(self) -> bool:
        """Whether the record changes by it."""
        return self.verdict in (Verdict.NEW, Verdict.OVERRULED)

    def given(self, account: str) -> AnswerGiven:
        """Return the statement, about the account that was found to be meant."""
        if self.answer is None:
            raise ValueError("nothing is proved")
        source = f"{SOURCE}{self.proof.format}"
        return AnswerGiven(account, self.check.id, self.answer, source=source, as_of=self.proof.made_on)


def is_proved(latest: Latest | None, day: date) -> bool:
    """Return whether an answer rests on an export that is young enough not to ask again."""
    made_on = _export_day(latest) if latest else None
    return made_on is not None and day - made_on <= SETTING_KEEPS


def read_check(check: Check, proofs: Iterable[Proof], before: Latest | None) -> Reading | None:
    """Return what exports say of a check; None where they say nothing that is of use.

    Args:
        check: says which facts answer it.
        proofs: all that is known of the account.
        before: the answer that stands.
    """
    fitting = [proof for proof in proofs if proof.fact.name in check.evidence]
    if not fitting:
        return None
    name = fitting[0].fact.name
    if name in COUNTS:
        newest = max(fitting, key=lambda each: each.made_on)
        count = newest.fact.value
        return Reading(check, Verdict.SHOWN, newest, count=count) if isinstance(count, int) else None
    if name in DATES:
        return _date(check, fitting, before)
    return _choice(check, fitting, before)


def _choice(check: Check, proofs: Sequence[Proof], before: Latest | None) -> Reading | None:
    decisive, left = _decisive(check, proofs)
    if not left:
        return None
    if len(left) == 1:
        answer, proof = Chosen(left[0]), _newest(_proving(check, decisive, left))
        return Reading(check, _verdict(answer, proof, before), proof, answer, before)
    proof = _newest(decisive)
    if before is None or _stands(before, proof):
        return None
    if isinstance(before.answer, Chosen) and before.answer.id not in left:
        return Reading(check, Verdict.OPEN, proof, before=before)
    return None


def _newest(proofs: Iterable[Proof]) -> Proof:
    return max(proofs, key=lambda each: each.made_on)


def _proving(check: Check, proofs: Sequence[Proof], left: tuple[str, ...]) -> Sequence[Proof]:
    """Return those that prove the one choice left by themselves, as old as they are; else all of them."""
    proving = [proof for proof in proofs if _choices(check, proof) == left]
    return proving or proofs


def _decisive(check: Check, proofs: Sequence[Proof]) -> tuple[Sequence[Proof], tuple[str, ...]]:
    """Return what decides, and the choices that it leaves open.

    The network's newest archive does, where it leaves one choice; else a manager may know which of several:
    it holds the codes of a second step that the archive only says is on.
    """
    own = [proof for proof in proofs if proof.is_own_record]
    newest = max((proof.made_on for proof in own), default=date.min)
    decisive = [proof for proof in own if proof.made_on == newest]
    left = _left_open(check, decisive)
    if len(left) != 1:
        decisive += [proof for proof in proofs if not proof.is_own_record]
        left = _left_open(check, decisive)
    return decisive, left


def _left_open(check: Check, proofs: Iterable[Proof]) -> tuple[str, ...]:
    """Return the choices that all facts leave open; where two words each prove one, the better one counts."""
    left = [choice.id for choice in check.choices]
    words = [_choices(check, each) for each in proofs]
    proved = {choices[0] for choices in words if len(choices) == 1}
    if proved:
        return (next(each for each in left if each in proved),)
    for choices in filter(None, words):
        left = [each for each in left if each in choices]
    return tuple(left) if any(words) else ()


def _choices(check: Check, proof: Proof) -> tuple[str, ...]:
    return check.evidence[proof.fact.name].get(str(proof.fact.value), ())


def _date(check: Check, proofs: Sequence[Proof], before: Latest | None) -> Reading | None:
    proof = _latest_change(proofs)
    interval = proof.fact.value
    if not isinstance(interval, Interval):
        return None
    answer = Dated(interval)
    return Reading(check, _date_verdict(interval, proof, before), proof, answer, before)


def _latest_change(proofs: Sequence[Proof]) -> Proof:
    """Return the proof of the last change: the network's, unless a manager knows of one after that export."""
    own = [proof for proof in proofs if proof.is_own_record]
    others = [proof for proof in proofs if not proof.is_own_record]
    best = max(own, key=_ends, default=None)
    later = max(others, key=_ends, default=None)
    if best is None or later is None:
        return best or later or proofs[0]
    value = later.fact.value
    begins = value.not_before if isinstance(value, Interval) else None
    return later if begins and begins > best.made_on else best


def _ends(proof: Proof) -> tuple[date, date]:
    """Sort by what is sure: how late it began at the earliest, then how late it may have been."""
    value = proof.fact.value
    if not isinstance(value, Interval):
        return date.min, date.min
    return value.not_before or date.min, value.not_after or date.min


def _date_verdict(found: Interval, proof: Proof, before: Latest | None) -> Verdict:
    """A later change is a fact, whenever an earlier one was remembered; a vaguer one contradicts nothing."""
    said = before.answer if before else None
    if before and (said == NEVER or says_so(before) or said is NonAnswer.NOT_APPLICABLE):
        return Verdict.KEPT
    if before is None or not isinstance(said, Dated):
        return Verdict.NEW
    if said.interval == found:
        return _again(before, proof)
    if _is_later(said.interval, found):
        return Verdict.KEPT
    if _is_later(found, said.interval) or _is_within(found, said.interval):
        return Verdict.OVERRULED
    return Verdict.CONFIRMED if _is_within(said.interval, found) else Verdict.KEPT


def _is_later(one: Interval, other: Interval) -> bool:
    """Whether it was surely after the other."""
    return bool(one.not_before and other.not_after and one.not_before > other.not_after)


def _is_within(narrow: Interval, wide: Interval) -> bool:
    begins = wide.not_before is None or bool(narrow.not_before and narrow.not_before >= wide.not_before)
    ends = wide.not_after is None or bool(narrow.not_after and narrow.not_after <= wide.not_after)
    return begins and ends


def _verdict(answer: Answer, proof: Proof, before: Latest | None) -> Verdict:
    if before is None or before.answer is NonAnswer.UNKNOWN:
        return Verdict.NEW
    if before.answer == answer:
        return _again(before, proof)
    if before.answer is NonAnswer.NOT_APPLICABLE or _stands(before, proof):
        return Verdict.KEPT
    return Verdict.OVERRULED


def _again(before: Latest, proof: Proof) -> Verdict:
    """Return the verdict on what stands already: it is news where it rested on an older export."""
    day = _export_day(before)
    return Verdict.NEW if day and day < proof.made_on else Verdict.CONFIRMED


def _stands(before: Latest, proof: Proof) -> bool:
    """Whether what is in the record is of a later day than an export, or says that no password is left.

    An answer that rests on an export is as old as that one, whenever it was imported.
    """
    return says_so(before) or (_export_day(before) or before.on) > proof.made_on


def _export_day(latest: Latest) -> date | None:
    return latest.as_of if latest.source.startswith(SOURCE) else None
