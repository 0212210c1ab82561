"""A few questions to ask at any terminal."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from msgspec.structs import replace

from hygiene.engine.questions import Asked, Progress, Question
from hygiene.engine.state import Latest
from hygiene.model.account import Account
from hygiene.model.checklist import Check, Choice, Kind, Remediation, Severity
from hygiene.model.record import Answer
from hygiene.model.text import Text, same

DAY = date(2026, 11, 22)
LAST_YEAR = date(2025, 11, 22)
PROGRESS = Progress(number=7, total=31, seconds_left=360)
URL = "https://www.instagram.com/accounts/privacy"
RISK = "Anyone can copy what you post within seconds, and an employer or a stranger can read it years later."

INSTAGRAM = Account("instagram", "instagram")
X = Account("x", "x")
LINKEDIN = Account("linkedin", "linkedin")
NAMES = {"instagram": "Instagram", "x": "X", "linkedin": "LinkedIn"}

YES_NO = (
    Choice("yes", Text("en", {"en": "Yes", "fr": "Oui"})),
    Choice("no", Text("en", {"en": "No", "fr": "Non"})),
)


def check(check_id: str, question: str, **fields: object) -> Check:
    """Return a check that asks something."""
    defaults = {"severity": Severity.HIGH, "remediation": Remediation(2, settings_url=URL)}
    given: dict[str, object] = defaults | fields
    return Check(check_id, same(check_id), same(question), same(RISK), **given)  # type: ignore[arg-type]


def about(asked: Check, *accounts: Account) -> Question:
    """Return the question about accounts, or about the person."""
    if not accounts:
        return Question(asked, (Asked(None, asked, same("you")),), asked.question)
    subjects = tuple(Asked(account, asked, same(NAMES[account.id])) for account in accounts)
    together = asked.group_question if len(accounts) > 1 else None
    return Question(asked, subjects, (together or asked.question).filled("network", subjects[0].name))


def last_year(
    question: Question, answers: Answer | Mapping[str, Answer], *, note: str = "", on: date = LAST_YEAR
) -> Question:
    """Return the question with what was answered then, by account or the same for all."""
    by_account = answers if isinstance(answers, Mapping) else {}
    subjects = tuple(
        replace(asked, previous=Latest(answer, on, 1, note))
        if (answer := by_account.get(asked.account_id, None if by_account else answers))
        and not isinstance(answer, Mapping)
        else asked
        for asked in question.accounts
    )
    return replace(question, accounts=subjects)


PRIVATE = about(check("instagram.private-account", "Is your account private?", choices=YES_NO), INSTAGRAM)

NOTHING_LEFT = about(
    check("habits.voice", "Do you read before you sign?", choices=YES_NO, remediation=Remediation(1))
)

PASSWORD_AGE = check(
    "instagram.password-age",
    "When did you last change your {network} password?",
    kind=Kind.DATE,
    core_id="password-age",
    group_question=same("When did you last change these passwords?"),
)


def password() -> Question:
    """Return a question about three accounts."""
    asked = check(
        "instagram.password",
        "What kind of password does your {network} account have?",
        group_question=same("What kind of password do these accounts have?"),
        choices=(
            Choice("random", same("Random, made by a password manager, used only there")),
            Choice("reused", same("The same as elsewhere, or nearly")),
        ),
        core_id="password",
    )
    return about(asked, INSTAGRAM, X, LINKEDIN)


def when_looked() -> Question:
    """Return a question about a date."""
    return about(check("habits.look", "When did you last look yourself up?", kind=Kind.DATE))


def many(count: int, *accounts: Account) -> Question:
    """Return a question with so many boxes to tick."""
    choices = tuple(Choice(f"n{number}", same(f"Network {number}")) for number in range(1, count + 1))
    return about(
        check("setup.networks", "Which of these do you use?", kind=Kind.MANY, choices=choices), *accounts
    )


SITES = tuple(Choice(site, same(site)) for site in ("amazon.fr", "amazon.de"))


def server(*accounts: Account) -> Question:
    """Return a question whose answer is any host name."""
    return about(check("setup.server", "Which server is it on?", kind=Kind.HOST), *accounts)


def site() -> Question:
    """Return a question whose answer is one of a few hosts."""
    return about(check("setup.marketplace", "Which site?", kind=Kind.HOST, choices=SITES), INSTAGRAM)


def addresses() -> Question:
    """Return the question for other services."""
    return about(check("setup.domains", "Which other services?", kind=Kind.TEXT))


def names(*accounts: Account) -> Question:
    """Return a question whose answer is written."""
    return about(check("setup.names", "What do you call it?", kind=Kind.TEXT), *accounts)
