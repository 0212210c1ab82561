"""What exports say, set against the record; nothing is stored before the person has seen it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.ages import ABOUT_THE_PASSWORD, without_password
from hygiene.engine.assess import purpose_of
from hygiene.engine.presences import Gathered, Presence, Proof, gather
from hygiene.engine.proofs import Reading, read_check
from hygiene.engine.recognition import Recognised, is_recognised, recognise, recognition
from hygiene.engine.setup import account_ids
from hygiene.engine.sites import suited
from hygiene.engine.state import Latest, State
from hygiene.evidence.places import placer
from hygiene.model.account import OTHER, Account, Purpose
from hygiene.model.checklist import Catalogue, Check
from hygiene.model.dates import add_months
from hygiene.model.evidence import ATTACHED_TO, Export
from hygiene.model.record import AccountAdded, Event
from hygiene.usecases.desk import Desk

DORMANT_MONTHS = 24
"""After so many calendar months without a sign-in, an account is worth closing."""


class Line(Struct, frozen=True):
    """One account, and what the exports say of it.

    Attributes:
        is_new: it is not in the record yet.
    """

    account: Account
    presence: Presence
    readings: tuple[Reading, ...]
    is_new: bool = False


class Findings(Struct, frozen=True):
    """Everything that an import comes to.

    Attributes:
        known: accounts of the record.
        listed: new ones whose service has a checklist.
        others: new ones with any other service.
        unclear: sign-ins of which only the person can say which account they are.
        gathered: what was counted on the way.
    """

    exports: tuple[Export, ...]
    known: tuple[Line, ...]
    listed: tuple[Line, ...]
    others: tuple[Line, ...]
    unclear: tuple[Presence, ...]
    gathered: Gathered

    def dormant(self, day: date) -> tuple[Line, ...]:
        """Return the accounts that no export has seen used for a long time, the longest first."""
        since = add_months(day, -DORMANT_MONTHS)
        lines = (*self.known, *self.listed, *self.others)
        old = (each for each in lines if each.presence.last_used and each.presence.last_used < since)
        return tuple(sorted(old, key=lambda each: each.presence.last_used or since))


def findings_of(exports: Iterable[Export], state: State, desk: Desk) -> Findings:
    """Return what exports say, set against the record.

    Args:
        exports: as they were read.
        state: the record, folded; an empty one where there is none.
        desk: checklists and the day.
    """
    read = tuple(exports)
    gathered = gather(read, desk.catalogue, placer())
    found = recognise(gathered.presences, state)
    known = tuple(
        Line(state.accounts[account], each, _readings(state.accounts[account], each, state, desk.catalogue))
        for account, each in found.known.items()
    )
    new = tuple(_new_lines(found, state, desk))
    return Findings(
        read,
        known,
        tuple(each for each in new if each.account.network != OTHER),
        tuple(each for each in new if each.account.network == OTHER),
        found.unclear,
        gathered,
    )


def settled(findings: Findings, which: Mapping[int, str | None], state: State, desk: Desk) -> Findings:
    """Return the findings after the person said which accounts the unclear sign-ins are.

    Args:
        findings: as they were.
        which: by place in `unclear`, the id of an account, or empty for a new one; None leaves it out.
        state: the record, folded.
        desk: checklists and the day.
    """
    known, new = list(findings.known), []
    for place, account in which.items():
        presence = findings.unclear[place]
        if account:
            named = state.accounts[account]
            known.append(Line(named, presence, _readings(named, presence, state, desk.catalogue)))
        elif account is not None:
            new.append(presence)
    taken = [each.account for each in (*findings.listed, *findings.others)]
    lines = tuple(_lines(new, taken, state, desk))
    return replace(
        findings,
        known=tuple(known),
        listed=(*findings.listed, *(each for each in lines if each.account.network != OTHER)),
        others=(*findings.others, *(each for each in lines if each.account.network == OTHER)),
        unclear=(),
    )


def events_of(lines: Iterable[Line], state: State, desk: Desk) -> Iterator[Event]:
    """Yield what the record learns: accounts that are new, by what they are known again, and answers."""
    for line in lines:
        account = line.account
        if line.is_new:
            yield AccountAdded(account.id, account.network, "", account.purpose, account.domain)
        if not is_recognised(account.id, line.presence, state):
            known_by = recognition(account.id, line.presence, desk.new_id())
            if known_by:
                yield known_by
        for reading in line.readings:
            if reading.is_news:
                yield reading.given(account.id)


def _new_lines(found: Recognised, state: State, desk: Desk) -> Iterator[Line]:
    return _lines(found.new, (), state, desk)


def _lines(
    presences: Iterable[Presence], taken: Iterable[Account], state: State, desk: Desk
) -> Iterator[Line]:
    """Yield a line for each account that would be added, with an id that is free."""
    used = frozenset({*state.used_ids, *(each.id for each in taken)})
    free: dict[str, Iterator[str]] = {}
    for presence in presences:
        network = desk.catalogue.networks[presence.network]
        ids = free.setdefault(network.id, account_ids(network.id, used))
        account = Account(next(ids), network.id, purpose=network.purpose, domain=presence.domain)
        yield Line(account, presence, _readings(account, presence, state, desk.catalogue), is_new=True)


def _readings(
    account: Account, presence: Presence, state: State, catalogue: Catalogue
) -> tuple[Reading, ...]:
    proofs = tuple(each for each in presence.proofs if _tells(each, account))
    facts = {each.fact.name for each in proofs}
    lists = catalogue.for_network(account.network) if facts else ()
    checks = (check for each in lists for check in each.checks if facts & check.evidence.keys())
    fitting = (suited(check, account, catalogue.sites) for check in checks)
    read = (read_check(check, proofs, _standing(account, check, state)) for check in fitting if check)
    return tuple(filter(None, read))


def _tells(proof: Proof, account: Account) -> bool:
    """Return whether a proof holds for that account: a club's mailbox, too, lies with a public provider."""
    return proof.fact.name != ATTACHED_TO or purpose_of(account) is Purpose.PERSONAL


def _standing(account: Account, check: Check, state: State) -> Latest | None:
    """Return the answer that stands; one that no password is left stands for all questions about it.

    A password manager may still hold the former password.
    """
    without = without_password(account, state) if check.core_id in ABOUT_THE_PASSWORD else None
    return without or state.latest(account.id, check)
