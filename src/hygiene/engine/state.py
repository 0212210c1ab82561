"""What the record says today: accounts, latest answers, settings, audits. A fold over its statements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec import Struct, field
from msgspec.structs import replace

from hygiene.model.account import Account
from hygiene.model.checklist import Check
from hygiene.model.finding import Waiver
from hygiene.model.record import (
    AccountAdded,
    AccountClosed,
    AccountPlaced,
    AccountPurposed,
    AccountRecognised,
    AccountRemoved,
    AccountRenamed,
    Answer,
    AnswerGiven,
    AuditFinished,
    AuditStarted,
    BackupWritten,
    ChecklistUsed,
    Event,
    Judged,
    Judgement,
    NonAnswer,
    PasswordReminded,
    Record,
    Reminder,
    ReportWritten,
    Scope,
    SettingChosen,
    Titled,
    Waived,
)
from hygiene.model.text import Text

STILL = "setup.still"
"""The questions that confirm last time's answers begin with it."""


class Reminded(Struct, frozen=True):
    """How the person wants to be reminded of a password, and since when."""

    reminder: Reminder
    on: date


class Latest(Struct, frozen=True):
    """The latest answer to a check of an account; `later` is not one, see `State.deferred`.

    Attributes:
        seq: its place in the record, to tell whether this portion of the audit gave it.
    """

    answer: Answer
    on: date
    seq: int
    note: str = ""
    source: str = "person"
    as_of: date | None = None


class Audit(Struct, frozen=True):
    """One pass through the checklists, in one or several portions.

    Attributes:
        seq: where in the record it began.
        portion: the portion begun last.
        portion_seq: where in the record it began.
        finished_on: when the first portion was finished; None before.
        portion_open: whether the portion begun last is still running.
    """

    id: str
    scope: Scope
    started_on: date
    checklists: tuple[ChecklistUsed, ...]
    seq: int
    portion: int
    portion_seq: int
    portion_open: bool = True
    finished_on: date | None = None


class State(Struct, frozen=True):
    """Everything in force after a number of statements.

    Attributes:
        deferred: where in the record a check was put off; an older answer stays in force.
        recognised: by account, how its user names are known again in exports.
        reminders: by account, how its person wants to be reminded of the password.
        used_ids: every account id that was ever given.
        before: the answers that were in force when the latest audit was begun; none in the first one.
    """

    accounts: Mapping[str, Account] = field(default_factory=dict)
    answers: Mapping[tuple[str, str], Latest] = field(default_factory=dict)
    deferred: Mapping[tuple[str, str], int] = field(default_factory=dict)
    waivers: Mapping[tuple[str, str], Waiver] = field(default_factory=dict)
    recognised: Mapping[str, tuple[AccountRecognised, ...]] = field(default_factory=dict)
    reminders: Mapping[str, Reminded] = field(default_factory=dict)
    settings: Mapping[str, str] = field(default_factory=dict)
    audits: Mapping[str, Audit] = field(default_factory=dict)
    used_ids: frozenset[str] = frozenset()
    before: Mapping[tuple[str, str], Latest] = field(default_factory=dict)

    @property
    def open_accounts(self) -> tuple[Account, ...]:
        """The accounts that have not been closed, in the order of adding."""
        return tuple(account for account in self.accounts.values() if account.closed_on is None)

    @property
    def latest_audit(self) -> Audit | None:
        """The audit begun last, or None."""
        return next(reversed(tuple(self.audits.values())), None)

    @property
    def last_finished(self) -> Audit | None:
        """The last audit whose first portion came to its end, or None."""
        return next((audit for audit in reversed(tuple(self.audits.values())) if audit.finished_on), None)

    def answer(self, account: str, check: str) -> Answer | None:
        """Return the latest answer, or None; `you` is an account here."""
        latest = self.answers.get((account, check))
        return latest.answer if latest else None

    def latest(self, account: str, check: Check) -> Latest | None:
        """Return the latest answer to a check, under its own id or, failing that, one that it replaces."""
        for check_id in (check.id, *check.replaces):
            if latest := self.answers.get((account, check_id)):
                return latest
        return None

    def waiver(self, account: str, check: Check) -> Waiver | None:
        """Return how a check was accepted, whether that has ended or not, as `latest` finds its answer."""
        found = (self.waivers.get((account, check_id)) for check_id in (check.id, *check.replaces))
        return next(filter(None, found), None)

    def after(self, event: Event, on: date, seq: int) -> State:
        """Return the state after one more event."""
        draft = _Draft(self)
        draft.take(event, on, seq)
        return draft.finish()


def current_state(record: Record) -> State:
    """Return what the record says, whatever the order of its statements: `seq`, then id, decides."""
    draft = _Draft(State())
    for statement in sorted(record.statements, key=lambda each: (each.seq, each.id)):
        draft.take(statement.event, statement.on, statement.seq)
    return draft.finish()


def judgements(record: Record, audit: str) -> Mapping[tuple[str, str], Judgement]:
    """Return what every check of an audit came to, by account and check; a later portion's word counts."""
    events = (statement.event for statement in record.statements)
    return {
        (event.account, each.check): each
        for event in events
        if isinstance(event, Judged) and event.audit == audit
        for each in event.judgements
    }


def titles(record: Record) -> Mapping[tuple[str, int], Text]:
    """Return what each check was called, by id and revision; the language that came first is its own."""
    found: dict[tuple[str, int], Text] = {}
    for event in (statement.event for statement in record.statements):
        if isinstance(event, Titled):
            known = found.get((event.check, event.revision), Text(event.language, {}))
            words = {**known.by_language, event.language: event.title}
            found[event.check, event.revision] = Text(known.language, words)
    return found


def _is_of_one_audit(_account: str, check: str) -> bool:
    """Whether an answer says something of a running audit only: what has changed since the one before."""
    return check.startswith(STILL)


class _Draft:
    """A state under construction; the only place where anything is changed in place."""

    def __init__(self, state: State) -> None:
        self.accounts = dict(state.accounts)
        self.answers = dict(state.answers)
        self.deferred = dict(state.deferred)
        self.waivers = dict(state.waivers)
        self.recognised = dict(state.recognised)
        self.reminders = dict(state.reminders)
        self.settings = dict(state.settings)
        self.audits = dict(state.audits)
        self.used_ids = state.used_ids
        self.before = state.before

    def finish(self) -> State:
        return State(
            self.accounts,
            self.answers,
            self.deferred,
            self.waivers,
            self.recognised,
            self.reminders,
            self.settings,
            self.audits,
            self.used_ids,
            self.before,
        )

    def take(self, event: Event, on: date, seq: int) -> None:
        match event:
            case AnswerGiven():
                self._answer(event, on, seq)
            case AccountAdded():
                self._add(event)
            case AccountRemoved(account):
                self.accounts.pop(account, None)
                self.used_ids |= {account}
            case AccountRenamed() | AccountPurposed() | AccountPlaced() | AccountClosed():
                self._change(event, on)
            case AuditStarted() | AuditFinished():
                self._audit(event, on, seq)
            case Waived():
                self._waive(event, on)
            case Judged() | Titled() | ReportWritten() | BackupWritten():
                pass
            case _:
                self._note(event, on)

    def _note(self, event: AccountRecognised | PasswordReminded | SettingChosen, on: date) -> None:
        match event:
            case AccountRecognised(account):
                self.recognised[account] = (*self.recognised.get(account, ()), event)
            case PasswordReminded(account, reminder):
                self.reminders[account] = Reminded(reminder, on)
            case _:
                self.settings[event.key] = event.value

    def _answer(self, event: AnswerGiven, on: date, seq: int) -> None:
        key = event.account, event.check
        if event.answer is NonAnswer.LATER:
            self.deferred[key] = seq
            return
        self.answers[key] = Latest(event.answer, on, seq, event.note, event.source, event.as_of)

    def _waive(self, event: Waived, on: date) -> None:
        key = event.account, event.check
        if event.until and event.until < on:
            self.waivers.pop(key, None)  # taken back
        else:
            self.waivers[key] = Waiver(event.reason, event.until)

    def _add(self, event: AccountAdded) -> None:
        self.used_ids |= {event.account}
        self.accounts[event.account] = Account(
            event.account, event.network, event.label, event.purpose, event.domain, event.opened
        )

    def _change(
        self, event: AccountRenamed | AccountPurposed | AccountPlaced | AccountClosed, on: date
    ) -> None:
        account = self.accounts.get(event.account)
        if account is None:
            return
        match event:
            case AccountRenamed(label=label):
                account = replace(account, label=label)
            case AccountPurposed(purpose=purpose):
                account = replace(account, purpose=purpose)
            case AccountPlaced(domain=domain):
                account = replace(account, domain=domain)
            case _:
                account = replace(account, closed_on=on)
        self.accounts[event.account] = account

    def _audit(self, event: AuditStarted | AuditFinished, on: date, seq: int) -> None:
        known = self.audits.get(event.audit)
        match event:
            case AuditStarted() if known is None:
                self.before = dict(self.answers) if self.audits else {}
                self.answers = {key: each for key, each in self.answers.items() if not _is_of_one_audit(*key)}
                self.audits[event.audit] = Audit(
                    event.audit, event.scope, on, event.checklists, seq, event.portion, seq
                )
            case AuditStarted() if known:
                self.audits[event.audit] = replace(
                    known, scope=event.scope, portion=event.portion, portion_seq=seq, portion_open=True
                )
            case AuditFinished() if known:
                finished_on = known.finished_on or on
                self.audits[event.audit] = replace(known, portion_open=False, finished_on=finished_on)
            case _:
                pass
