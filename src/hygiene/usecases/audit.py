"""An audit: begun or taken up again, asked in portions, finished with a judgement of every check."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import itemgetter

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.assess import assess
from hygiene.engine.interview import Interview, conduct
from hygiene.engine.plan import remaining
from hygiene.engine.questions import Terminal
from hygiene.engine.setup import account_id
from hygiene.engine.sitting import ALL, AskedOnly, Sitting
from hygiene.engine.state import Audit, State, judgements, titles
from hygiene.errors import UsageError
from hygiene.language import N_
from hygiene.model.checklist import Catalogue, Check
from hygiene.model.dates import add_months
from hygiene.model.finding import Result
from hygiene.model.record import (
    AccountAdded,
    AuditFinished,
    AuditStarted,
    ChecklistUsed,
    Judged,
    Judgement,
    Scope,
    Titled,
)
from hygiene.model.text import Text
from hygiene.store.beside import previous_of
from hygiene.store.file import OpenStore
from hygiene.usecases.desk import Desk, state_of


class Wish(Struct, frozen=True):
    """What the person asked for on the command line.

    Attributes:
        only: the checklists named; none means all.
        full: every check.
        new: begin anew even though the last audit is not over.
    """

    only: AskedOnly = ALL
    full: bool = False
    new: bool = False


class Sat(Struct, frozen=True):
    """How a sitting ended.

    Attributes:
        was_asked: whether there was anything to ask.
        is_finished: whether the portion came to its end.
    """

    store: OpenStore
    audit: Audit
    was_asked: bool
    is_finished: bool


class Left(Struct, frozen=True):
    """What an audit has not asked yet.

    Attributes:
        look_ups: screens for which one must open the settings.
        from_memory: the other screens.
        seconds: for all of them, by the published formula.
        begins_with: the title of the list that comes first; None where last time's answers do.
        checklist: its id, or empty.
    """

    look_ups: int
    from_memory: int
    seconds: int
    begins_with: Text | None = None
    checklist: str = ""


def run_audit(store: OpenStore, desk: Desk, terminal: Terminal, wish: Wish) -> Sat:
    """Ask until the portion is done or the person stops; every answer is sealed before the next question."""
    begun = take_up(_with_named_accounts(store, desk, wish.only), desk, wish)
    store = store if begun is store else desk.seal(begun)
    interview = interview_of(store, desk, wish.only).resumed()
    was_asked = interview.current is not None
    kept = 0

    def on_change(now: Interview) -> None:
        nonlocal store, kept
        store = desk.seal(desk.say(store, *now.said[kept:]))
        kept = len(now.said)

    interview = conduct(interview, terminal, on_change)
    whole = replace(interview, sitting=replace(interview.sitting, only=ALL))
    is_finished = not interview.stopped and whole.current is None
    if is_finished and interview.audit.portion_open:
        # After a first sitting there is no kept generation yet: the answers as they are now become one.
        has_kept = previous_of(store.path).exists()
        store = desk.seal(finish(replace(store, is_kept=store.is_kept and has_kept), desk))
    return Sat(store, latest_audit(store), was_asked, is_finished or not interview.stopped)


def take_up(store: OpenStore, desk: Desk, wish: Wish) -> OpenStore:
    """Return the store with an audit to sit: the open one, a further portion of it, or a new one."""
    state = state_of(store)
    scope = Scope.FULL if wish.full else Scope.DEFAULT
    audit = state.latest_audit
    if audit is None or wish.new or _is_over(audit, desk):
        return desk.say(store, AuditStarted(desk.new_id(), scope, 1, _lists_used(desk.catalogue)))
    scope = Scope.FULL if wish.full else audit.scope
    if audit.portion_open and scope is audit.scope:
        return store
    portion = audit.portion if audit.portion_open else audit.portion + 1
    further = desk.say(store, AuditStarted(audit.id, scope, portion, audit.checklists))
    nothing_left = not audit.portion_open and interview_of(further, desk, wish.only).current is None
    return store if nothing_left else further


def interview_of(store: OpenStore, desk: Desk, only: AskedOnly) -> Interview:
    """Return the interview of the audit begun last, where it stands."""
    state = state_of(store)
    sitting = Sitting(desk.catalogue, desk.policy, only)
    return Interview(sitting, state, latest_audit(store).id, desk.day, store.record.next_seq)


def finish(store: OpenStore, desk: Desk) -> OpenStore:
    """Return the store with the open portion finished and every check judged, to be read years later."""
    state = state_of(store)
    audit = latest_audit(store)
    results = assess(state, desk.catalogue, desk.policy, desk.day, audit.scope).results
    known = judgements(store.record, audit.id)
    new = [(each.account, _judgement(each)) for each in results]
    new = [(account, each) for account, each in new if known.get((account, each.check)) != each]
    judged = [
        Judged(audit.id, account, tuple(each for _account, each in group))
        for account, group in groupby(sorted(new, key=itemgetter(0)), key=itemgetter(0))
    ]
    named = titles(store.record)
    checks = {(each.check.id, each.check.revision): each.check for each in results}
    new_titles = (title for key, check in checks.items() if key not in named for title in _titles(check))
    return desk.say(store, AuditFinished(audit.id, audit.portion), *judged, *new_titles)


def _judgement(result: Result) -> Judgement:
    check = result.check
    return Judgement(check.id, check.revision, result.outcome, result.severity, result.weight)


def _titles(check: Check) -> Iterator[Titled]:
    """Yield what a check is called in each language, its own first."""
    title = check.title
    for tag in dict.fromkeys((title.language, *title.by_language)):
        yield Titled(check.id, check.revision, tag, title.to(tag))


def latest_audit(store: OpenStore) -> Audit:
    """Return the audit begun last; there is one."""
    audit = state_of(store).latest_audit
    assert audit is not None  # noqa: S101 - the callers have begun one
    return audit


def what_is_left(store: OpenStore, desk: Desk) -> Left | None:
    """Return what further portions of the audit would ask, or None when nothing is left or one is running."""
    state = state_of(store)
    audit = state.latest_audit
    if audit is None or audit.portion_open:
        return None
    further = AuditStarted(audit.id, audit.scope, audit.portion + 1, audit.checklists)
    then = state.after(further, desk.day, store.record.next_seq)
    questions = remaining(then, then.audits[audit.id], Sitting(desk.catalogue, desk.policy))
    if not questions:
        return None
    first = questions[0]
    checklist = desk.catalogue.checklists.get(first.check.id.partition(".")[0])
    return Left(
        look_ups=sum(question.check.look for question in questions),
        from_memory=sum(not question.check.look for question in questions),
        seconds=sum(question.seconds for question in questions),
        begins_with=checklist.title if checklist else None,
        checklist=checklist.id if checklist else "",
    )


def _is_over(audit: Audit, desk: Desk) -> bool:
    """Whether a year has passed since the audit was finished, or begun if it never was."""
    return desk.day >= add_months(audit.finished_on or audit.started_on, desk.policy.audit_months.value)


def _lists_used(catalogue: Catalogue) -> tuple[ChecklistUsed, ...]:
    return tuple(
        ChecklistUsed(each.id, each.version, each.digest, each.publisher, each.trust)
        for each in catalogue.checklists.values()
    )


def _with_named_accounts(store: OpenStore, desk: Desk, only: AskedOnly) -> OpenStore:
    """Return the store with an account on each network that the person named and has none on yet."""
    unknown = sorted(only.checklists - desk.catalogue.checklists.keys())
    if unknown:
        raise UsageError(
            N_("there is no checklist called “{name}”"),
            hint=N_("`hygiene checklist list` shows them all"),
            name=unknown[0],
        )
    missing = tuple(_missing_accounts(state_of(store), desk.catalogue, only))
    return desk.say(store, *missing) if missing else store


def _missing_accounts(state: State, catalogue: Catalogue, only: AskedOnly) -> Iterator[AccountAdded]:
    present = {account.network for account in state.open_accounts}
    for name in sorted(only.checklists):
        network = catalogue.checklists[name].network
        if network and network in catalogue.networks and network not in present:
            purpose = catalogue.networks[network].purpose
            yield AccountAdded(account_id(network, state), network, purpose=purpose)
