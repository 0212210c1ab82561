"""What a charter says besides the checks, and which checks are a rule or an advice.

A rule is about information and accounts that belong to work; whatever is about a person's own accounts is an
advice, however good it would be for the employer that all followed it. `habits.pseudonym` and its like stand
nowhere: they are for the person alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from msgspec import Struct

from hygiene.language import N_

EMERGENCY: Final = "habits.emergency"


class Section(Struct, frozen=True):
    """Checks that belong together.

    Attributes:
        scope: what they hold for, in a sentence; may be empty.
        checks: ids; one that is not in the lists, or that the policy leaves out, is passed over.
        names_network: each is said with the network that it is about.
        has_reminder: the period after which passwords are looked at again stands here.
    """

    title: str
    scope: str
    checks: tuple[str, ...]
    names_network: bool = False
    has_reminder: bool = False


RULES: Sequence[Section] = (
    Section(
        N_("Confidentiality"),
        N_(
            "What you learn of clients, figures, projects or incidents stays among those who need it at work,"
            " and work mail stays in the work mailbox."
        ),
        ("habits.confidentiality",),
    ),
    Section(
        N_("Reserve"),
        N_(
            "You may say where you work, and talk about your trade. Speaking in the name of the organisation"
            " is for those whose task it is."
        ),
        ("habits.voice",),
    ),
    Section(
        N_("Courtesy"),
        N_(
            "Whoever writes in the name of the organisation stays polite, to its critics and its competitors"
            " too."
        ),
        ("habits.courtesy",),
    ),
    Section(
        N_("Thinking and checking first"),
        N_("Before anything is published from a work account, or in the name of the organisation."),
        ("habits.think-first", "habits.verify-before-sharing"),
    ),
    Section(
        N_("Image rights"),
        N_("For pictures and videos taken at work, or on which colleagues, clients or visitors can be seen."),
        ("habits.image-rights", "habits.background"),
    ),
    Section(
        N_("Work accounts"),
        N_(
            "An account that you are given for your work is not lent to anyone, and is handed over when you"
            " move on."
        ),
        ("work-mailbox.password", "work-mailbox.two-factor", "habits.links"),
    ),
)

ADVICE: Sequence[Section] = (
    Section(
        N_("A mailbox of your own"),
        N_("Jobs change, your accounts stay: they need nothing from work in order to go on."),
        (
            "mailbox.independence",
            "work-mailbox.private-content",
            "passwords.separate",
            "habits.separate-devices",
        ),
    ),
    Section(
        N_("Private profiles"),
        N_("Whether a profile is public or private is for you to decide. This is where the choice is made."),
        (
            "instagram.private-account",
            "facebook.future-posts",
            "linkedin.public-profile",
            "x.protected-posts",
            "tiktok.private-account",
        ),
        names_network=True,
    ),
    Section(
        N_("What is better kept to yourself"),
        "",
        ("habits.home-address", "habits.movements", "habits.identity-papers", "habits.relatives"),
    ),
    Section(
        N_("Passwords and the second step"),
        "",
        (
            "passwords.manager",
            "mailbox.two-factor",
            "mailbox.exposed",
            "habits.breach-check",
            "passwords.passkeys",
        ),
        has_reminder=True,
    ),
)

YOUR_ORGANISATION = N_("[Your organisation]")
YOUR_CONTACT = N_("[Name, telephone and address of those who help]")
DRAFT: Sequence[str] = (
    N_(
        "This is a draft to adapt: replace what stands in square brackets, and say it in your own words where"
        " they are better."
    ),
    N_(
        "Before you hand it out, show it to those who represent the staff, to whoever answers for data"
        " protection, and to someone who knows labour law."
    ),
)

WHY: Sequence[str] = (
    N_(
        "Seen from outside, {name} is first of all the people who work there. What you show of your work, and"
        " the way you go about it, convinces more than any advertisement: whether you set out to be or not,"
        " you are its first ambassadors."
    ),
    N_(
        "People with bad intentions look at the same pages. A public profile tells a swindler whom to"
        " imitate, a badge in a picture shows how to get in, and a stolen private mailbox can open the way to"
        " the one at work."
    ),
)
TWO_PARTS = N_(
    "So two things are kept well apart here. The rules protect information and accounts that belong to work."
    " The advice is for you and those close to you: nobody checks whether you follow it, and nobody signs it."
)

RULES_LEAD = N_(
    "They hold for the information that {name} entrusts to you, for its accounts, and for what you publish in"
    " its name. What you say as a private person is your own affair, within the law and your contract."
)
SIGNED = N_("I have read the rules for work, 1 to {last}. The advice that follows is not part of them.")
ADVICE_LEAD = N_(
    "These accounts are yours, and so is the decision. Whether you follow the advice has no bearing on your"
    " work, and nobody at work will ask you about it."
)

NEVER_LEARNS: Sequence[str] = (
    N_(
        "hygiene, the program that this charter was drawn up with, can take you through your accounts once a"
        " year. That is voluntary: nobody may require it, or a proof that you did it."
    ),
    N_(
        "Your answers, your score, the list of your accounts and what was found stay on your computer,"
        " encrypted. hygiene sends nothing of it, neither to {name} nor to anyone else."
    ),
    N_("It never asks for a password, nor what you think, whom you know or what you have written."),
    N_(
        "On a work computer, those who administer it can technically see which programs are used and what is"
        " opened. If you prefer, use a computer of your own."
    ),
)
NEVER_ASKS: Sequence[str] = (
    N_("for the password of a private account, or to be shown what is in it;"),
    N_(
        "to have a private account, to open or close its profile to others, or to accept a superior among"
        " your contacts;"
    ),
    N_("to follow, like or pass on what the organisation publishes;"),
    N_("for your answers, your score or your report, be it for an appraisal or for a post."),
)

NO_REMINDER = N_("The reminder by age is switched off. You can switch it on again at any time.")
REMINDER_OF_ORGANISATION = N_(
    "{who} suggests a reminder after {period}: a house rule, which you can change for yourself."
)
REMINDER = N_("The reminder comes after {period}: a house rule of this program, which you can change.")
FOR_A_REMINDER = N_(
    "For a reminder: a date in the calendar is an occasion to think of what nobody noticed, a leak,"
    " a shared computer or a departure. It is a house rule, not a fault found."
)
WHAT_COUNTS_MORE = N_(
    "A unique, random password that has not leaked does not become weaker with time. If it is reused,"
    " if someone else may know it, or if you have no second step, act on that first."
)
