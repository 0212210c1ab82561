"""The sample a year later: what changed since then, and three audits side by side."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace
from tests.unit.reporting import sample

from hygiene.engine.past import PastAudit
from hygiene.engine.state import Audit
from hygiene.model.checklist import Check
from hygiene.model.finding import Changes, Result, Score
from hygiene.model.record import Outcome, Scope
from hygiene.model.text import Text
from hygiene.reporting.occasion import Occasion

LAST_YEAR = date(2025, 11, 3)
GONE: Check = sample.check("x.fax", Text("en", {"en": "Unplug the fax"}))


def _result(account: str, what: Check, outcome: Outcome = sample.FAIL) -> Result:
    return sample.result(account, what, outcome)


CHANGES = Changes(
    since=LAST_YEAR,
    until=sample.DAY,
    regressed=(
        _result("insta", sample.two_factor("instagram")),
        _result("tw", sample.two_factor("x")),
        _result("you", sample.ADDRESS),
        _result("insta", sample.password_age("instagram")),
        _result("club", sample.password_age("instagram"), sample.UNKNOWN),
    ),
    fixed=(
        _result(
            "club", replace(sample.PRIVATE, done=sample.both("It is private", "Il est privé")), sample.PASS
        ),
        _result("tw", sample.password_age("x"), sample.PASS),
        _result("mail", sample.password_age("mailbox"), sample.PASS),
    ),
    added=(_result("you", sample.MEAN),),
    retired=(_result("tw", GONE, sample.PASS),),
    unchanged=(_result("insta", sample.MAP), _result("insta", sample.password_age("instagram"))),
    closed=(sample.OLD,),
)


def audit(name: str, begun: date, finished: date | None, scope: Scope = Scope.DEFAULT) -> Audit:
    return Audit(name, scope, begun, (), 1, 1, 1, finished is None, finished)


def past(what: Audit, score: Score, good: int = 0, bad: int = 0, unknown: int = 0) -> PastAudit:
    counts = dict.fromkeys(Outcome, 0)
    return PastAudit(what, score, counts | {sample.PASS: good, sample.FAIL: bad, sample.UNKNOWN: unknown})


HISTORY = (
    past(
        audit("6048a4281f536125", date(2024, 11, 1), date(2024, 11, 1), Scope.CORE),
        Score(64, 40, 52),
        28,
        9,
        3,
    ),
    past(audit("80dbc5b3aaaaaaaa", date(2025, 11, 3), LAST_YEAR), Score(61, 48, 52), 30, 18),
    past(audit("7aa994a5aaaaaaaa", date(2026, 3, 1), None, Scope.FULL), Score(None, 0, 0)),
    past(audit("1d1aeb78aaaaaaaa", sample.DAY, sample.DAY, Scope.FULL), Score(71, 52, 52), 40, 12),
)
OCCASION: Occasion = replace(sample.OCCASION, changes=CHANGES, history=HISTORY)
