"""A list before anybody is asked: its interview alone, a report with invented answers, and nothing kept."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.interview import Interview, conduct
from hygiene.engine.questions import Terminal
from hygiene.engine.sitting import AskedOnly, Sitting
from hygiene.engine.state import State
from hygiene.errors import NotDoneError
from hygiene.language import N_
from hygiene.model.account import OTHER, YOU, Network, Purpose
from hygiene.model.checklist import Check, Checklist
from hygiene.model.record import AccountAdded, AuditFinished, AuditStarted, ChecklistUsed, Scope
from hygiene.reporting.report import Report, make_report
from hygiene.safety.cleaning import clean
from hygiene.usecases.desk import Desk
from hygiene.usecases.invented import InventedTerminal

AUDIT = "preview"
# In the first portion an account has two look-ups at most: here all are wanted.
PORTION = 2
SITE = "example.org"
"""Where an account lies that must lie somewhere: a name kept for examples (RFC 2606 section 3)."""


class Preview(Struct, frozen=True):
    """What a list asks of somebody who has one account of its kind, personal, and nothing else.

    Attributes:
        screens: the questions as plain lines, with invented answers.
        unasked: the checks that were not asked, since their conditions did not hold.
    """

    screens: str
    unasked: tuple[Check, ...]
    report: Report


def preview(desk: Desk, checklist: Checklist, language: str, width: int) -> Preview:
    """Return what a list asks and what its report looks like, with invented answers, half of them good.

    Args:
        desk: the networks, the policy and the day.
        checklist: the list; no other one is asked.
        language: of the screens and the report.
        width: of the screens, in columns.

    Raises:
        NotDoneError: the list is about a network that hygiene does not know.
    """
    desk = _alone(desk, checklist)
    terminal = InventedTerminal(language, desk.day, width)
    interview = _all_portions(_begun(desk, checklist, Purpose.PERSONAL), terminal)
    state = interview.state
    report = make_report(desk.assess(state), desk.catalogue, desk.policy, desk.occasion(state), language)
    return Preview(terminal.screens, tuple(_unasked(interview, checklist)), report)


def rehearse(desk: Desk, checklist: Checklist, terminal: Terminal) -> tuple[Check, ...] | None:
    """Ask all that a list asks, and forget the answers; return what was not asked, None where it was stopped.

    Args:
        desk: the networks, the policy and the day.
        checklist: the list; no other one is asked.
        terminal: where to ask; what the account is for is asked too, and where it lies.

    Raises:
        NotDoneError: the list is about a network that hygiene does not know.
    """
    interview = _all_portions(_begun(_alone(desk, checklist), checklist, None), terminal)
    return None if interview.stopped else tuple(_unasked(interview, checklist))


def _alone(desk: Desk, checklist: Checklist) -> Desk:
    """Return the desk as if there were no other checklist."""
    return replace(desk, catalogue=replace(desk.catalogue, checklists={checklist.id: checklist}))


def _begun(desk: Desk, checklist: Checklist, purpose: Purpose | None) -> Interview:
    """Return the interview of an audit of this list; without a purpose, all about the account is asked."""
    used = ChecklistUsed(
        checklist.id, checklist.version, checklist.digest, checklist.publisher, checklist.trust
    )
    sitting = Sitting(desk.catalogue, desk.policy, AskedOnly(frozenset({checklist.id})))
    interview = Interview(sitting, State(), AUDIT, desk.day, 1)
    if checklist.network:
        network = _network(desk, checklist.network)
        domain = _host(network) if purpose else None
        account = AccountAdded(network.id, network.id, purpose=network.purpose or purpose, domain=domain)
        interview = interview.with_event(account)
    return interview.with_event(AuditStarted(AUDIT, Scope.FULL, PORTION, (used,)))


def _network(desk: Desk, name: str) -> Network:
    network = desk.catalogue.networks.get(name)
    if network is None:
        raise NotDoneError(
            N_("there is no network “{network}”: nobody would be asked"),
            hint=N_("leave “network” out for a list about the person, or begin anew with `checklist new`"),
            network=clean(name),
        )
    return network


def _host(network: Network) -> str | None:
    """Return where an account lies, on a network that does not tell."""
    if network.hosts:
        return network.hosts[0]
    return SITE if network.host or network.id == OTHER else None


def _all_portions(interview: Interview, terminal: Terminal) -> Interview:
    """Ask portion after portion until there is nothing but what was put off: together they are the list."""
    while True:
        interview = conduct(interview, terminal, lambda _interview: None)
        portion = interview.audit.portion
        finished = interview.with_event(AuditFinished(AUDIT, portion))
        further = finished.with_event(AuditStarted(AUDIT, Scope.FULL, portion + 1))
        if interview.stopped or not _is_anything_new(further):
            return finished
        interview = replace(further, trail=(), reopened=())


def _is_anything_new(interview: Interview) -> bool:
    asked = [each for question in interview.questions for each in question.accounts]
    return any((each.account_id, each.check.id) not in interview.state.deferred for each in asked)


def _unasked(interview: Interview, checklist: Checklist) -> Iterator[Check]:
    state = interview.state
    accounts = (YOU, *state.accounts)
    for check in checklist.checks:
        keys = [(account, check.id) for account in accounts]
        if not any(key in state.answers or key in state.deferred for key in keys):
            yield check
