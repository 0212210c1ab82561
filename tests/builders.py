"""Small values for tests: texts, checks, checklists and records, each with as little as it takes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from msgspec.structs import replace

from hygiene.engine.sitting import AskedOnly, Sitting
from hygiene.engine.state import State, current_state
from hygiene.model.account import Network, Purpose
from hygiene.model.checklist import Catalogue, Check, Checklist, Choice, Kind, Remediation, Severity, Steps
from hygiene.model.dates import Interval
from hygiene.model.policy import Layer, Policy, Rules
from hygiene.model.record import AuditStarted, Event, Record, Scope, Statement
from hygiene.model.text import Text

DAY = date(2026, 11, 22)
DEFAULT = Rules(Layer.DEFAULT, password_months=3, audit_months=12)
POLICY = Policy((DEFAULT,))
EVERYONE = frozenset(Purpose)


def both(english: str, french: str = "") -> Text:
    return Text("en", {"en": english, "fr": french or f"fr:{english}"})


def choice(
    choice_id: str, *, good: bool | Iterable[Purpose] = False, severity: Severity | None = None
) -> Choice:
    purposes = (EVERYONE if good else frozenset()) if isinstance(good, bool) else frozenset(good)
    return Choice(choice_id, both(choice_id), purposes, severity)


YES_NO = (choice("yes", good=True), choice("no"))


def check(check_id: str, **changes: Any) -> Check:
    """A yes/no check of high severity whose good answer is “yes”, changed as told."""
    base = Check(
        check_id,
        both(f"Mend {check_id}"),
        both(f"Is {check_id} so?"),
        both("Something could happen."),
        Severity.HIGH,
        Remediation(5, (Steps(None, (both("Do it."),)),)),
        choices=YES_NO,
    )
    return replace(base, **changes)


def dated(check_id: str, within: int | None = None, **changes: Any) -> Check:
    return check(check_id, kind=Kind.DATE, choices=(), within_months=within, **changes)


def many(check_id: str, *choices: Choice, **changes: Any) -> Check:
    return check(check_id, kind=Kind.MANY, choices=choices, **changes)


OWNER_EMAIL = (
    choice("personal", good=[Purpose.PERSONAL]),
    choice("work", good=[Purpose.WORK, Purpose.SHARED]),
    choice("both", severity=Severity.MEDIUM),
)
PASSWORD = (
    choice("random", good=True),
    choice("passkey-only", good=True),
    choice("made-up", severity=Severity.MEDIUM),
    choice("reused"),
)
TWO_FACTOR = (
    choice("passkey", good=True),
    choice("app", good=True),
    choice("sms", severity=Severity.LOW),
    choice("none"),
)


def core_check(network: str, name: str, **changes: Any) -> Check:
    """An instance of a core question on a network, as the bundled files make them."""
    together = both(f"{name} of these accounts?")
    return check(f"{network}.{name}", **{"core_id": name, "core": True, "group_question": together} | changes)


def core_checks(network: str) -> tuple[Check, ...]:
    """The five core questions that every audit asks about an account."""
    return (
        core_check(network, "owner-email", choices=OWNER_EMAIL),
        core_check(network, "password", choices=PASSWORD),
        core_check(network, "password-age", kind=Kind.DATE, choices=(), severity=Severity.LOW),
        core_check(
            network,
            "exposed",
            choices=(choice("yes"), choice("no", good=True)),
            severity=Severity.CRITICAL,
        ),
        core_check(network, "two-factor", choices=TWO_FACTOR),
    )


def checklist(list_id: str, *checks: Check, network: str | None = None) -> Checklist:
    return Checklist(list_id, "2026.11", "en", both(list_id), checks, network)


STILL_FORMS = ("asked", "of-accounts", "none", "through", "no-password", "does-not-apply")
_FORMS = {
    "asked": "{question} {answer}",
    "of-accounts": "{told} ({accounts})",
    "through": "through {account}",
}


def _form(name: str) -> Choice:
    return Choice(name, both(_FORMS.get(name, name)))


SETUP = {
    each.id: each
    for each in (
        many("setup.networks", severity=Severity.INFO),
        check("setup.domains", kind=Kind.TEXT, choices=()),
        many("setup.several"),
        check("setup.names", kind=Kind.TEXT, choices=()),
        check("setup.purpose", choices=tuple(choice(str(each), good=True) for each in Purpose)),
        many(
            "setup.still",
            *map(_form, ("asked", "of-accounts", "none", "through", "no-password", "does-not-apply")),
        ),
    )
}

NETWORKS = {
    each.id: each
    for each in (
        Network("mailbox", both("Mailbox", "Boîte mail")),
        Network("work-mailbox", both("Work mailbox"), purpose=Purpose.WORK),
        Network("instagram", both("Instagram", "Instagram"), ("instagram.com",)),
        Network("x", both("X", "X"), ("x.com",)),
        Network("github", both("GitHub", "GitHub"), ("github.com",)),
        Network("other", both("Another service", "Un autre service")),
    )
}


def catalogue(*checklists: Checklist) -> Catalogue:
    return Catalogue({each.id: each for each in checklists}, SETUP, NETWORKS)


def record(*events: Event, on: date = DAY) -> Record:
    """The events said one after the other, from the first place on."""
    return Record(tuple(Statement(f"id-{seq:03}", seq, on, event) for seq, event in enumerate(events, 1)))


def state(*events: Event, on: date = DAY) -> State:
    return current_state(record(*events, on=on))


def sitting(what: Catalogue, *only: str, policy: Policy = POLICY) -> Sitting:
    return Sitting(what, policy, AskedOnly(frozenset(only)))


def audit_started(scope: Scope = Scope.DEFAULT, portion: int = 1) -> AuditStarted:
    return AuditStarted("a1", scope, portion)


def days(first: date, last: date | None = None) -> Interval:
    return Interval(first, last or first)
