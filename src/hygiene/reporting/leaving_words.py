"""What the plan of somebody who leaves a job says besides the checks: titles, reasons, steps."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from hygiene.engine.leaving import Deed, Stretch
from hygiene.language import N_


class Wording(Struct, frozen=True):
    """A deed in untranslated words.

    Attributes:
        unsure: the reason, where it was never asked or the person did not know; `why` else.
        steps: in place of a check's.
    """

    title: str
    why: str
    unsure: str = ""
    steps: tuple[str, ...] = ()


STRETCHES: Mapping[Stretch, str] = {
    Stretch.BEFORE: N_("Before your last day: by {day}"),
    Stretch.LAST_DAY: N_("On your last day: {day}"),
    Stretch.DAY_AFTER: N_("The day after: {day}"),
    Stretch.MONTH_AFTER: N_("A month later: {day}"),
}
LATE: Mapping[Stretch, str] = {
    Stretch.BEFORE: N_("What was for the time before your last day: as soon as you can"),
    Stretch.LAST_DAY: N_("What was for your last day: as soon as you can"),
    Stretch.DAY_AFTER: N_("What was for the day after: as soon as you can"),
    Stretch.MONTH_AFTER: N_("What was for a month later: as soon as you can"),
}

LEAVE_THE_FILES = N_(
    "Leave your employer’s files, messages and contacts where they are; take only what is yours alone, such "
    "as photos and pay slips. In doubt, ask."
)
NOTHING_TIED = N_("As far as your answers say, nothing of yours is tied to your work.")

DEEDS: Mapping[Deed, Wording] = {
    Deed.OWN_SIGN_IN: Wording(
        N_("Sign in without a work account"),
        N_("You sign in through a work account: once it is closed, nothing opens these any more."),
    ),
    Deed.HAND_OVER: Wording(
        N_("Hand over your work accounts"),
        N_("Without you nobody could get in, and what is written there would still pass for yours."),
        steps=(
            N_("Name a second administrator, and see that they can get in without you."),
            N_("Pass on what opens the account by the means that your employer provides, never by mail."),
            N_("Then take your own address, number and devices off it."),
        ),
    ),
    Deed.GROUP: Wording(
        N_("Hand over the accounts of a group, if it belongs to your work"),
        "",
        unsure=N_("You said that these are a group’s; whether it is one of your work was not asked."),
        steps=(
            N_("Name a second administrator, and see that they can get in without you."),
            N_("If the group is a club or your family, there is nothing to do."),
        ),
    ),
    Deed.AUTHENTICATOR: Wording(
        N_("Move your authenticator app to a phone of your own"),
        "",
        unsure=N_("Your codes may be on one phone only; if it belongs to your work, they go back with it."),
    ),
    Deed.SIGN_OUT: Wording(
        N_("Sign out of your own accounts on work devices"),
        N_("You said that private and work accounts share devices: whoever gets those next would be in."),
        unsure=N_(
            "Not known: whether your own accounts are signed in on work devices. Whoever gets those next "
            "would be in."
        ),
    ),
    Deed.BROWSER: Wording(
        N_("Take your own profile and passwords out of the browser at work"),
        N_("A browser that is synchronised keeps passwords, history and open accounts after you have gone."),
        unsure=N_(
            "Not known: whether the browser at work holds anything of yours. If it is synchronised, it keeps "
            "passwords and open accounts after you have gone."
        ),
        steps=(
            N_(
                "On the work computer, open the browser’s profile menu, and sign out of any profile of yours."
            ),
            N_("Then delete that profile, with the passwords and the history that it kept."),
            N_("At home, see that your passwords are still in your own vault."),
        ),
    ),
    Deed.TAKE_HOME: Wording(
        N_("Take the answers that you gave hygiene with you"),
        N_("You said that this computer is your employer’s: your answers should not stay on it."),
        unsure=N_("If this computer is your employer’s, your answers should not stay on it."),
        steps=(
            N_("`hygiene store backup FILE` writes an encrypted copy: to a USB stick of your own."),
            N_("At home, `hygiene store restore FILE` takes it in; see that it opens."),
            N_("Then, here, `hygiene store erase` deletes the rest, and names the reports that you wrote."),
        ),
    ),
    Deed.LOOK_AGAIN: Wording(
        N_("Look again at what was tied to your work"),
        N_("Sign in to each one from home. What still needs your work is easier to mend now than later."),
        steps=(N_("`hygiene audit --new` takes your new answers."),),
    ),
    Deed.LOOK_ONCE_MORE: Wording(
        N_("Look once more at what was tied to your work"),
        N_("By now the old mailbox and line are closed, or soon will be: nothing should go there any more."),
        steps=(N_("`hygiene audit --new` takes your new answers."),),
    ),
    Deed.ORGANISATIONS: Wording(
        N_("Leave the organisations of your former employer on GitHub"),
        "",
        unsure=N_("Not known: whether your account is in any of them. The account itself stays yours."),
    ),
    Deed.NO_LONGER_MINE: Wording(
        N_("Tell hygiene which accounts are no longer yours"),
        N_("They are then not asked about any more; what you said of them is kept."),
        steps=(N_("`hygiene account close` asks which one."),),
    ),
}
