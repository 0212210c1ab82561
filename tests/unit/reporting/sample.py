"""A small catalogue and an assessment of it, built in code: every outcome, and hostile words."""

from __future__ import annotations

from datetime import date

from msgspec.structs import replace

from hygiene.engine.assess import score_of
from hygiene.engine.passwords import age_of
from hygiene.engine.state import Audit
from hygiene.model.account import OTHER, YOU, Account, Network, Purpose
from hygiene.model.checklist import (
    Catalogue,
    Check,
    Checklist,
    Choice,
    Confidence,
    Kind,
    Remediation,
    Severity,
    Steps,
    Trust,
)
from hygiene.model.dates import Interval
from hygiene.model.finding import Assessment, Password, Result, Waiver
from hygiene.model.policy import WEIGHTS, Layer, Policy, Rules
from hygiene.model.record import (
    PASSKEY,
    Answer,
    ChecklistUsed,
    Chosen,
    ChosenMany,
    Dated,
    NonAnswer,
    Outcome,
    Scope,
)
from hygiene.model.text import Text, same
from hygiene.reporting.occasion import Occasion

DAY = date(2026, 11, 22)
NEXT = date(2027, 11, 22)

HOSTILE = (
    "<script>alert(1)</script><img src=x onerror=alert(2)>"
    "\x1b[31m\u202ered\u2069 `*_[a](javascript:b)|#\n& “q”"
)
"""What a report must never pass on: markup, escape sequences, bidi overrides, Markdown, a line feed."""

POLICY = Policy(
    (
        Rules(Layer.DEFAULT, password_months=3, audit_months=12),
        Rules(Layer.ORGANISATION, set_by="Atelier Nord", password_months=3),
    )
)

INSTAGRAM = Account("insta", "instagram", "", Purpose.PERSONAL)
CLUB = Account("club", "instagram", "la page du club", Purpose.SHARED)
ON_X = Account("tw", "x", "my X account", Purpose.PERSONAL)
MAILBOX = Account("mail", "mailbox", HOSTILE, Purpose.PERSONAL)
GITLAB = Account("gl", OTHER, "", Purpose.WORK, "gitlab.com")
OLD = Account("old", "x", "", None, closed_on=date(2025, 3, 1))
ACCOUNTS = (INSTAGRAM, CLUB, ON_X, MAILBOX, GITLAB, OLD)

NETWORKS = {
    "instagram": Network("instagram", same("Instagram")),
    "x": Network("x", same("X")),
    "mailbox": Network("mailbox", Text("en", {"en": "Mailbox", "fr": "Boîte mail"})),
}


def both(english: str, french: str) -> Text:
    return Text("en", {"en": english, "fr": french})


YES_NO = (
    Choice("yes", both("Yes", "Oui"), frozenset(Purpose)),
    Choice("no", both("No", "Non")),
)
SECOND_STEP = (
    Choice("app", both("A code from an app", "Un code d’une appli"), frozenset(Purpose)),
    Choice("sms", both("A code by text message", "Un code par SMS"), severity=Severity.LOW),
    Choice("none", both("Nothing more", "Rien de plus")),
)


def check(
    check_id: str, title: Text, severity: Severity = Severity.HIGH, remedy: Remediation | None = None
) -> Check:
    risk = both("Someone else could use it.", "Quelqu’un d’autre pourrait s’en servir.")
    return Check(check_id, title, title, risk, severity, remedy or remediation(), choices=YES_NO)


def remediation(*lines: Text, minutes: int = 2, url: str | None = None) -> Remediation:
    return Remediation(
        minutes,
        (Steps(None, lines or (both("Open the settings.", "Ouvrez les réglages."),)),),
        url,
        "https://help.example.org/",
        sourced="2026-08",
        confidence=Confidence.HIGH,
    )


def two_factor(network: str) -> Check:
    line = both(f"Open the security page of {network}.", f"Ouvrez la page de sécurité de {network}.")
    remedy = remediation(line, minutes=10, url=f"https://{network}.example.com/security?a=1&b=2")
    title = both("Turn on a second step at sign-in", "Activer une seconde étape à la connexion")
    return replace(
        check(f"{network}.two-factor", title, remedy=remedy), core_id="two-factor", choices=SECOND_STEP
    )


def password_age(network: str) -> Check:
    title = both("Renew a password", "Renouveler un mot de passe")
    remedy = remediation(minutes=10, url=f"https://{network}.example.com/password")
    base = check(f"{network}.password-age", title, Severity.LOW, remedy)
    return replace(base, core_id="password-age", kind=Kind.DATE)


PRIVATE = check(
    "instagram.private-account",
    both("Make your account private", "Passer votre compte en privé"),
    remedy=replace(remediation(url="https://www.instagram.example.com/privacy"), confidence=Confidence.LOW),
)
MAP = check(
    "instagram.map",
    both("Stop sharing your position", "Ne plus partager votre position"),
    Severity.MEDIUM,
    replace(
        remediation(minutes=75),
        steps=(
            Steps("ios", (both("Open Messages › Map.", "Ouvrez Messages › Carte."),)),
            Steps("android", (both("Open the map.", "Ouvrez la carte."),)),
            Steps("visionos", (both("Look up.", "Levez les yeux."),)),
        ),
        help_url=None,
    ),
)
SESSIONS = replace(
    check("x.sessions", both("Look through the devices", "Passer les appareils en revue")),
    core_id="sessions",
    kind=Kind.DATE,
)
APPS = replace(
    check("x.apps", Text("en", {"en": "Remove apps"}), Severity.MEDIUM),
    kind=Kind.MANY,
    choices=(
        Choice("games", Text("en", {"en": "Games"})),
        Choice("tools", both("Tools", "Outils")),
    ),
)
ADDRESS = check(
    "habits.home-address",
    both("Keep your home address to yourself", "Garder votre adresse pour vous"),
    Severity.CRITICAL,
)
PSEUDONYM = check("habits.pseudonym", both("Use a pseudonym", "Prendre un pseudonyme"), Severity.INFO)
VOICE = check("habits.voice", both("Agree on a family word", "Convenir d’un mot de famille"), Severity.LOW)
MEAN = replace(
    check(
        "my-list.mean",
        same(HOSTILE),
        Severity.LOW,
        replace(
            remediation(same(HOSTILE)),
            settings_url="javascript:alert(3)",
            help_url="https://evil@example.com/",
        ),
    ),
    risk=same(HOSTILE),
    choices=(Choice("bad", same(HOSTILE)),),
)

LISTS = {
    each.id: each
    for each in (
        Checklist(
            "instagram", "2026.11", "en", same("Instagram"), (PRIVATE, MAP), "instagram", digest="sha256:01"
        ),
        Checklist("x", "2026.11", "en", same("X"), (SESSIONS, APPS), "x", digest="sha256:02"),
        Checklist("mailbox", "2026.10", "en", NETWORKS["mailbox"].name, (), "mailbox"),
        Checklist("habits", "2026.11", "en", both("Habits", "Habitudes"), (ADDRESS, PSEUDONYM, VOICE)),
        Checklist("my-list", "1", "en", same(HOSTILE), (MEAN,), publisher=HOSTILE, trust=Trust.FILE),
    )
}
CATALOGUE = Catalogue(LISTS, networks=NETWORKS)


def result(account: str, what: Check, outcome: Outcome, answer: Answer | None = None) -> Result:
    answered_on = DAY if answer else None
    return Result(
        account,
        what,
        outcome,
        what.severity,
        WEIGHTS[what.severity],
        answer,
        answered_on,
        source="person" if answer else "",
    )


def month(year: int, number: int, last: int) -> Interval:
    return Interval(date(year, number, 1), date(year, number, last))


INTERVALS = {
    "insta": month(2026, 3, 31),
    "club": Interval(None, DAY),
    "tw": month(2026, 10, 31),
}

FAIL, PASS, UNKNOWN = Outcome.FAIL, Outcome.PASS, Outcome.UNKNOWN
NOT_CHECKED, NOT_APPLICABLE = Outcome.NOT_CHECKED, Outcome.NOT_APPLICABLE

RESULTS = (
    result(YOU, ADDRESS, FAIL, Chosen("no")),
    replace(result(YOU, PSEUDONYM, PASS, Chosen("yes")), note=HOSTILE),
    result(YOU, VOICE, NOT_CHECKED),
    replace(result(YOU, MEAN, FAIL, Chosen("bad")), note=HOSTILE, waiver=Waiver(HOSTILE, date(2027, 1, 1))),
    replace(result("insta", two_factor("instagram"), FAIL, Chosen("none")), note="in January"),
    replace(result("club", two_factor("instagram"), FAIL, Chosen("sms")), severity=Severity.LOW, weight=1),
    result("tw", two_factor("x"), UNKNOWN, NonAnswer.UNKNOWN),
    result("mail", two_factor("mailbox"), PASS, Chosen("app")),
    result("insta", PRIVATE, FAIL, Chosen("no")),
    replace(result("club", PRIVATE, FAIL, Chosen("no")), waiver=Waiver("", None)),
    result("insta", MAP, UNKNOWN, NonAnswer.UNKNOWN),
    result("club", MAP, NOT_CHECKED),
    replace(
        result("tw", SESSIONS, FAIL, Dated(month(2025, 1, 31))),
        source="evidence:x-archive",
        as_of=date(2026, 11, 20),
    ),
    result("tw", APPS, FAIL, ChosenMany(("games", "tools"))),
    result("mail", check("mailbox.rules", both("Read the rules", "Lire les règles")), NOT_APPLICABLE),
    result("insta", password_age("instagram"), FAIL, Dated(INTERVALS["insta"])),
    replace(result("club", password_age("instagram"), UNKNOWN, NonAnswer.UNKNOWN), severity=Severity.INFO),
    result("tw", password_age("x"), PASS, Dated(INTERVALS["tw"])),
    result("mail", password_age("mailbox"), PASS, PASSKEY),
)


def passwords(day: date = DAY) -> tuple[Password, ...]:
    dated = tuple(
        Password(account, age_of(INTERVALS[account.id], 3, day), INTERVALS[account.id])
        for account in (INSTAGRAM, CLUB, ON_X)
    )
    return (
        *dated,
        Password(MAILBOX, age_of(None, 3, day, exempt=True)),
        Password(GITLAB, age_of(None, 3, day, exempt=True), via="tw"),
        Password(replace(INSTAGRAM, id="third", label="third"), age_of(None, 3, day)),
        Password(replace(ON_X, id="fourth", label="fourth"), age_of(None, 3, day, never=True), never=True),
    )


def findings_in_order(results: tuple[Result, ...]) -> tuple[Result, ...]:
    def order(each: Result) -> tuple[bool, int, int]:
        return (each.waiver is not None, -each.severity, each.check.remediation.minutes)

    return tuple(sorted((each for each in results if each.is_finding), key=order))


def assessment(results: tuple[Result, ...] = RESULTS) -> Assessment:
    return Assessment(
        day=DAY,
        scope=Scope.CORE,
        results=results,
        findings=findings_in_order(results),
        score=score_of(results),
        passwords=passwords(),
        accounts=ACCOUNTS,
        not_covered=(GITLAB,),
    )


AUDIT = Audit(
    "a1",
    Scope.CORE,
    DAY,
    (
        ChecklistUsed("instagram", "2026.11", "sha256:01", "hygiene", "bundled"),
        ChecklistUsed("my-list", "1", "sha256:05", HOSTILE, "file"),
        ChecklistUsed("gone", "2", "sha256:06", "Someone", "elsewhere"),
    ),
    seq=1,
    portion=1,
    portion_seq=1,
    portion_open=False,
    finished_on=DAY,
)
OCCASION = Occasion(AUDIT, NEXT, frozenset({(YOU, "habits.voice")}))
