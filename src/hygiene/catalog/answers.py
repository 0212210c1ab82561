"""The answers file: what someone wrote beforehand, as events; and the way back, for `answers export`.

Every scalar is text. An unknown account, check or choice is a problem with its line and the allowed values.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from msgspec import Struct

from hygiene.catalog.check_fields import ID, read
from hygiene.catalog.cursor import Cursor
from hygiene.catalog.problems import Problems
from hygiene.catalog.tree import parse_tree
from hygiene.engine.ages import PASSWORD_AGE
from hygiene.engine.dates import FutureDateError, parse_interval
from hygiene.engine.placing import parse_host, takes_domain
from hygiene.engine.setup import LONGEST_LABEL
from hygiene.engine.state import State
from hygiene.language import N_
from hygiene.model.account import OTHER, YOU, Account, Purpose
from hygiene.model.checklist import Catalogue, Check, Kind
from hygiene.model.dates import Interval
from hygiene.model.record import (
    NEVER,
    PASSKEY,
    AccountAdded,
    AccountPlaced,
    AccountPurposed,
    AccountRenamed,
    Answer,
    AnswerGiven,
    Chosen,
    ChosenMany,
    Dated,
    Event,
    NonAnswer,
    Via,
)

FORMAT = 1
LONGEST_NOTE = 1000

_NON_ANSWERS = {str(each): each for each in NonAnswer}
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_DETAILS = frozenset({"answer", "note", "on", "as_of"})
"""What may stand beside an answer: `as_of` is the day of the export that it rests on."""


class DatedEvent(Struct, frozen=True):
    """An event of the file, and the day it is said for."""

    event: Event
    on: date


def parse_answers(
    data: bytes, file: str, catalogue: Catalogue, state: State, day: date
) -> tuple[DatedEvent, ...]:
    """Return what an answers file says, as far as it is not in the record already.

    Args:
        data: the file's bytes, YAML or JSON.
        file: what to call it in problems.
        catalogue: the checklists in force.
        state: the record, folded.
        day: the day of the answers that name no other.

    Raises:
        FaultyFileError: with everything that is wrong in it.
    """
    problems = Problems(file)
    root = Cursor(parse_tree(data, file), "", problems)
    fields = root.fields(frozenset({"version", "language", "accounts", "answers"}), frozenset({"version"}))
    if "version" in fields:
        fields["version"].number(FORMAT, FORMAT)
    reader = _Reader(catalogue, state, day)
    added = tuple(reader.accounts(fields.get("accounts")))
    given = tuple(reader.answers(fields.get("answers")))
    problems.raise_if_any()
    return (*(DatedEvent(event, day) for event in added), *given)


class _Reader:
    """Reads accounts first, then the answers that may name them."""

    def __init__(self, catalogue: Catalogue, state: State, day: date) -> None:
        self._catalogue = catalogue
        self._state = state
        self._day = day
        self._accounts: dict[str, Account] = dict(state.accounts)

    def accounts(self, cursor: Cursor | None) -> Iterator[Event]:
        keys = frozenset({"id", "network", "label", "purpose", "domain", "opened"})
        for item in cursor.items() if cursor else ():
            fields = item.fields(keys, frozenset({"id", "network"}))
            if "id" in fields and "network" in fields:
                yield from self._account(fields)

    def _account(self, fields: Mapping[str, Cursor]) -> Iterator[Event]:
        account_id, network = fields["id"].matching(ID, "instagram-2"), fields["network"].words()
        if network not in self._catalogue.networks:
            self._not_among(fields["network"], self._catalogue.networks)
        elif account_id == YOU:
            fields["id"].problem(N_("“{id}” is reserved"), id=YOU)
        elif known := self._accounts.get(account_id):
            yield from self._changes(known, network, fields)
        elif account_id in self._state.used_ids:
            fields["id"].problem(N_("“{id}” was used before and is never used again"), id=account_id)
        else:
            if network == OTHER and "domain" not in fields:
                fields["network"].problem(N_("“{key}” is missing"), key="domain")
            self._accounts[account_id] = Account(account_id, network)
            yield AccountAdded(
                account_id,
                network,
                _label(fields) or "",
                _purpose(fields),
                self._domain(fields, network),
                self._opened(fields.get("opened")),
            )

    def _changes(self, known: Account, network: str, fields: Mapping[str, Cursor]) -> Iterator[Event]:
        """Yield what the file says otherwise of an account that is there already."""
        if known.network != network:
            fields["id"].problem(
                N_("“{id}” already stands for an account on {network}"), id=known.id, network=known.network
            )
            return
        label, purpose, domain = _label(fields), _purpose(fields), self._domain(fields, network)
        if label is not None and label != known.label:
            yield AccountRenamed(known.id, label)
        if purpose is not None and purpose is not known.purpose:
            yield AccountPurposed(known.id, purpose)
        if domain is not None and domain != known.domain:
            yield AccountPlaced(known.id, domain)

    def _domain(self, fields: Mapping[str, Cursor], network: str) -> str | None:
        """Return the host that an account lies on; None where the file does not say, or must not."""
        cursor, known = fields.get("domain"), self._catalogue.networks[network]
        if cursor is None:
            return None
        domain = parse_host(cursor.words(), known)
        if not takes_domain(known):
            cursor.problem(N_("an account on {network} has no domain of its own"), network=network)
        elif known.hosts and domain is None:
            self._not_among(cursor, known.hosts)
        elif domain is None:
            cursor.problem(N_("not of the form {example}"), example="gitlab.com")
        return domain

    def _opened(self, cursor: Cursor | None) -> Interval | None:
        return self._interval(cursor, self._day) if cursor else None

    def answers(self, cursor: Cursor | None) -> Iterator[DatedEvent]:
        for account_id, checks in cursor.entries().items() if cursor else ():
            if account_id != YOU and account_id not in self._accounts:
                self._not_among(checks, (YOU, *self._accounts))
                continue
            for check_id, entry in checks.entries().items():
                given = self._answer(account_id, check_id, entry)
                if given and not self._is_known(*given):
                    yield DatedEvent(*given)

    def _answer(self, account_id: str, check_id: str, entry: Cursor) -> tuple[AnswerGiven, date] | None:
        allowed = self._checks_of(self._accounts.get(account_id))
        if check_id not in allowed:
            self._not_among(entry, allowed)
            return None
        value, note, on, as_of = entry, "", self._day, None
        if isinstance(entry.node.content, Mapping):
            fields = entry.fields(_DETAILS, frozenset({"answer"}))
            note = read(fields, "note", Cursor.words, "")[:LONGEST_NOTE]
            on = read(fields, "on", self._said_on, on)
            as_of = read(fields, "as_of", self._said_on, None)
            if "answer" not in fields:
                return None
            value = fields["answer"]
        answer = self._value(allowed[check_id], value, on)
        if answer == Via(account_id):
            self._not_among(value, [each for each in self._accounts if each != account_id])
        if answer is None:
            return None
        return AnswerGiven(account_id, check_id, answer, note, "file", as_of), on

    def _checks_of(self, account: Account | None) -> Mapping[str, Check]:
        lists = self._catalogue.for_network(account.network if account else None)
        return {check.id: check for checklist in lists for check in checklist.checks}

    def _value(self, check: Check, cursor: Cursor, on: date) -> Answer | None:
        if check.kind is Kind.MANY and isinstance(cursor.node.content, tuple):
            return self._several(check, cursor)
        words = cursor.words()
        if words in _NON_ANSWERS:
            return _NON_ANSWERS[words]
        if check.kind is Kind.DATE:
            return self._date(check, cursor, on)
        if check.choice(words):
            return ChosenMany((words,)) if check.kind is Kind.MANY else Chosen(words)
        self._not_among(cursor, [*(choice.id for choice in check.choices), *_NON_ANSWERS])
        return None

    def _several(self, check: Check, cursor: Cursor) -> Answer | None:
        ids = tuple(item.words() for item in cursor.items())
        unknown = [each for each in ids if not check.choice(each)]
        if unknown:
            self._not_among(cursor, [choice.id for choice in check.choices])
        return None if unknown else ChosenMany(ids)

    def _date(self, check: Check, cursor: Cursor, on: date) -> Answer | None:
        words = cursor.words()
        if words == "never":
            return NEVER
        if check.core_id == PASSWORD_AGE and words == "passkey":
            return PASSKEY
        if check.core_id == PASSWORD_AGE and words.startswith("via "):
            other = words.removeprefix("via ").strip()
            if other not in self._accounts:
                self._not_among(cursor, self._accounts)
                return None
            return Via(other)
        interval = self._interval(cursor, on)
        return Dated(interval) if interval else None

    @staticmethod
    def _interval(cursor: Cursor, on: date) -> Interval | None:
        words = cursor.words()
        try:
            interval = parse_interval(words, on)
        except FutureDateError:
            cursor.problem(N_("in the future"))
            return None
        if interval is None:
            example = "2026-03-17, 2026-03, 2026"
            cursor.problem(N_("not a date such as {example}"), example=example)
        return interval

    def _said_on(self, cursor: Cursor) -> date:
        words = cursor.words()
        try:
            on = date.fromisoformat(words if _DAY.fullmatch(words) else "")
        except ValueError:
            cursor.problem(N_("not a date such as {example}"), example="2026-03-17")
            return self._day
        if on > self._day:
            cursor.problem(N_("in the future"))
        return min(on, self._day)

    def _is_known(self, given: AnswerGiven, on: date) -> bool:
        key = given.account, given.check
        latest = self._state.answers.get(key)
        if given.answer is NonAnswer.LATER:  # put off since it was last answered
            return self._state.deferred.get(key, 0) > (latest.seq if latest else 0)
        said = given.answer, on, given.note
        return latest is not None and (latest.answer, latest.on, latest.note) == said

    @staticmethod
    def _not_among(cursor: Cursor, allowed: Iterable[str]) -> None:
        """Say what is allowed, and not what stands there: it may be an answer."""
        cursor.problem(N_("not one of {allowed}"), allowed=", ".join(allowed))


def _label(fields: Mapping[str, Cursor]) -> str | None:
    return fields["label"].words()[:LONGEST_LABEL] if "label" in fields else None


def _purpose(fields: Mapping[str, Cursor]) -> Purpose | None:
    return fields["purpose"].one_of(Purpose, Purpose.PERSONAL) if "purpose" in fields else None
