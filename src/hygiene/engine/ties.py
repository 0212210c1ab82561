"""What ties a person to a job, as far as the answers tell: accounts, mailboxes, lines, devices."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from hygiene.engine.ages import PASSWORD, without_password
from hygiene.engine.assess import purpose_of
from hygiene.engine.state import State
from hygiene.model.account import YOU, Account, Purpose
from hygiene.model.finding import Result
from hygiene.model.record import Chosen, Outcome, Via

OWNER, SESSIONS = "owner-email", "sessions"
DEVICES, OWN_VAULT = "habits.separate-devices", "passwords.separate"
AUTHENTICATOR, ORGANISATIONS = "phone.authenticator", "github.former-organisations"
WORK_MAILBOX = "work-mailbox"

Ties = Mapping[str, frozenset[str]]
"""The choices that mean a tie to the job, by core question or check."""

TO_MOVE: Ties = {
    OWNER: frozenset({"work", "both"}),
    "recovery": frozenset({"work"}),
    "mailbox.independence": frozenset({"employer"}),
    "phone.own-line": frozenset({"employer", "agreed"}),
    "phone.work-reach": frozenset({"whole"}),
    OWN_VAULT: frozenset({"few", "most"}),
    "work-mailbox.private-accounts": frozenset({"few", "many"}),
    "work-mailbox.private-content": frozenset({"folder", "mixed"}),
    "work-mailbox.leaving": frozenset({"no"}),
    "microsoft.work-computer": frozenset({"both"}),
    "apple.work-phone": frozenset({"both", "mine"}),
    "bluesky.lasting-handle": frozenset({"work"}),
    "github.commit-address": frozenset({"work"}),
}
"""What takes time, and must be done while the job still lasts."""

TO_END: Ties = {
    "work-mailbox.forwarding": frozenset({"agreed", "yes"}),
    "whatsapp.work-matters": frozenset({"agreed", "practical", "unasked"}),
    "discord.work-files": frozenset({"agreed", "unasked"}),
    "tiktok.work-devices": frozenset({"allowed", "unsure", "against"}),
}
"""What may go on until the last day."""

SHARED_DEVICES: Ties = {DEVICES: frozenset({"profiles", "allowed", "mixed"})}
ON_ONE_PHONE: Ties = {AUTHENTICATOR: frozenset({"nowhere"})}

SEEN_FROM_HOME = frozenset(
    {
        OWNER,
        "recovery",
        "mailbox.independence",
        "phone.own-line",
        "apple.work-phone",
        "bluesky.lasting-handle",
        "github.commit-address",
    }
)
"""What can still be looked at once the devices of the job are given back."""


class Situation:
    """The results of all checks, read for what they say of a job."""

    def __init__(self, state: State, results: tuple[Result, ...]) -> None:
        """Take the results in.

        Args:
            state: the record, folded; closed accounts are left out.
            results: of an assessment of the full scope.
        """
        self.of_work = tuple(each for each in state.open_accounts if _is_of_work(each))
        self.of_groups = tuple(each for each in state.open_accounts if each.purpose is Purpose.SHARED)
        self._state = state
        self._results = results
        self._personal = frozenset(
            each.id for each in state.open_accounts if purpose_of(each) is Purpose.PERSONAL
        ).difference(each.id for each in self.of_work)

    def own(self, group: str) -> tuple[Result, ...]:
        """Return what applies to the person and their own accounts, of one core question or check."""
        return tuple(
            each
            for each in self._results
            if each.check.group == group and each.outcome is not Outcome.NOT_APPLICABLE and self._is_own(each)
        )

    def tied(self, ties: Ties) -> Iterator[tuple[Result, ...]]:
        """Yield, by core question or check, the results that tie to the job or may do so (“I don't know”)."""
        for group, choices in ties.items():
            if found := tuple(each for each in self.own(group) if _is_tie(each, choices)):
                yield found

    def unasked(self, groups: Iterable[str]) -> tuple[Result, ...]:
        """Return what was never asked, or put off."""
        return tuple(
            each for group in groups for each in self.own(group) if each.outcome is Outcome.NOT_CHECKED
        )

    def to_hand_over(self) -> tuple[Account, ...]:
        """Return the accounts of the job that others will need; the work mailbox goes by itself."""
        return tuple(each for each in self.of_work if each.network != WORK_MAILBOX)

    def owners_to_change(self) -> tuple[Result, ...]:
        """Return on which accounts of the job the mailbox is not the job's, or not known."""
        ids = {account.id for account in self.to_hand_over()}
        owners = (each for each in self._results if each.check.core_id == OWNER)
        return tuple(each for each in owners if each.account in ids and each.is_finding)

    def via_work(self) -> tuple[Result, ...]:
        """Return the check of the password that is wanted where one signs in with an account of the job."""
        ids = {account.id for account in self.of_work}
        passwords = (each for each in self._results if each.check.core_id == PASSWORD)
        return tuple(each for each in passwords if self._is_own(each) and self._via(each.account) in ids)

    @property
    def shares_devices(self) -> bool:
        """Whether the person said that private and work accounts are on the same devices."""
        return any(map(is_said, self.tied(SHARED_DEVICES)))

    @property
    def is_tied(self) -> bool:
        """Whether an answer says that something is tied to the job."""
        said = any(map(is_said, self.tied({**TO_MOVE, **TO_END})))
        return said or bool(self.of_work) or self.shares_devices

    def _is_own(self, result: Result) -> bool:
        is_private_part = result.check.id.startswith(f"{WORK_MAILBOX}.")
        return result.account == YOU or result.account in self._personal or is_private_part

    def _via(self, account: str) -> str | None:
        latest = without_password(self._state.accounts[account], self._state)
        return latest.answer.account if latest and isinstance(latest.answer, Via) else None


def is_said(results: Iterable[Result]) -> bool:
    """Return whether one of some ties is known, rather than an “I don't know”."""
    return any(each.outcome is not Outcome.UNKNOWN for each in results)


def _is_of_work(account: Account) -> bool:
    return account.purpose is Purpose.WORK or account.network == WORK_MAILBOX


def _is_tie(result: Result, choices: frozenset[str]) -> bool:
    is_chosen = isinstance(result.answer, Chosen) and result.answer.id in choices
    return is_chosen or result.outcome is Outcome.UNKNOWN
