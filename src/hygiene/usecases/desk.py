"""What every verb works with: checklists, policy, the day, and how something is said and sealed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date

from msgspec import Struct

from hygiene.engine.ages import ABOUT_THE_PASSWORD
from hygiene.engine.assess import assess
from hygiene.engine.names import account_name
from hygiene.engine.schedule import dated_checks, ended_waivers, is_audit_due, next_audit_on
from hygiene.engine.state import State, current_state
from hygiene.model.account import YOU
from hygiene.model.checklist import Catalogue
from hygiene.model.finding import Assessment
from hygiene.model.organisation import Organisation
from hygiene.model.policy import Policy
from hygiene.model.record import Event, Record, Scope
from hygiene.reporting.occasion import Due, DueCheck, EndedWaiver, Occasion
from hygiene.store import file
from hygiene.store.file import OpenStore


def _nobody(_store: OpenStore) -> None:
    """Be told of a save, and do nothing."""


class Desk(Struct, frozen=True):
    """The same for a whole run.

    Attributes:
        new_id: gives a random id.
        noted: is told of every save.
        organisations: those whose lists and rules are among them.
    """

    catalogue: Catalogue
    policy: Policy
    day: date
    new_id: Callable[[], str]
    noted: Callable[[OpenStore], None] = _nobody
    organisations: tuple[Organisation, ...] = ()

    def say(self, store: OpenStore, *events: Event) -> OpenStore:
        """Return the store after some events of the day; nothing is written yet."""
        return file.said(store, events, self.day, self.new_id) if events else store

    def seal(self, store: OpenStore) -> OpenStore:
        """Write the store, whole or not at all."""
        saved = file.save(store)
        self.noted(saved)
        return saved

    def assess(self, state: State, core: frozenset[str] | None = None) -> Assessment:
        """Return what follows from the record on the day, in the scope of the audit begun last.

        Args:
            state: what the record says.
            core: only these core questions; None for every check.
        """
        audit = state.latest_audit
        scope = audit.scope if audit else Scope.DEFAULT
        return assess(state, self.catalogue, self.policy, self.day, scope, core)

    def occasion(self, state: State) -> Occasion:
        """Return the audit that a report of today belongs to."""
        return Occasion(state.latest_audit, next_audit_on(state, self.policy), frozenset(state.deferred))

    def due(self, state: State, assessment: Assessment | None = None) -> Due:
        """Return what has come due on the day; an assessment made already is not made again."""
        last = state.last_finished
        return Due(
            on=self.day,
            passwords=(assessment or self.assess(state, ABOUT_THE_PASSWORD)).passwords,
            last_audit_on=last.finished_on if last else None,
            next_audit_on=next_audit_on(state, self.policy),
            audit_due=is_audit_due(state, self.policy, self.day),
            ended_waivers=tuple(self._ended_waivers(state)),
        )

    def _ended_waivers(self, state: State) -> Iterator[EndedWaiver]:
        for (subject, check_id), waiver in ended_waivers(state, self.catalogue, self.day).items():
            account, check = state.accounts.get(subject), self.catalogue.check(check_id)
            name = account_name(account, self.catalogue)
            if waiver.until:
                yield EndedWaiver(
                    f"{subject}/{check_id}",
                    waiver.until,
                    check.title.filled("network", name) if check else None,
                    name if account else None,
                )

    def due_checks(self, state: State) -> tuple[DueCheck, ...]:
        """Return the dated checks whose own period has passed on the day."""
        return tuple(
            DueCheck(
                f"{account.id if account else YOU}/{check.id}",
                check.title.filled("network", account_name(account, self.catalogue)),
                account_name(account, self.catalogue) if account else None,
                since,
            )
            for account, check, since in dated_checks(state, self.catalogue, self.policy, self.day)
            if since <= self.day
        )


def state_of(store: OpenStore) -> State:
    """Return what the record says; a record folded already is not folded again."""
    record, folded = store.record, _FOLDED.get("last")
    if folded is None or folded[0] is not record:
        _FOLDED["last"] = folded = record, current_state(record)
    return folded[1]


_FOLDED: dict[str, tuple[Record, State]] = {}
