"""A report for somebody else's eyes: without the names of accounts, taken out before anything is rendered.

What is left out here is not in the values that the forms are made of, so that no form can let it through.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum
from itertools import chain

from msgspec import Struct
from msgspec.structs import replace

from hygiene.engine.state import Audit
from hygiene.model.account import YOU, Account
from hygiene.model.checklist import Catalogue, Check, Trust
from hygiene.model.finding import Assessment, Changes, Password, Result
from hygiene.model.record import Answer, Via, Written
from hygiene.reporting.occasion import Occasion

_NOBODYS = "account"
"""Stands for an account that is not in the report, such as one that was removed."""


class Redaction(StrEnum):
    """What a report leaves out: nothing, what names the person's accounts, or all but figures."""

    NONE = "none"
    NAMES = "names"
    COUNTS = "counts"


def without_names(
    assessment: Assessment, occasion: Occasion, catalogue: Catalogue
) -> tuple[Assessment, Occasion]:
    """Return what a report is about with its accounts called `account-1`, `account-2` and so on.

    Labels, ids, domains and the links made of them are gone, and what the person wrote: notes, answers in
    words, reasons of waivers. So is who publishes a list that is not ours: it may be the employer. Networks,
    checks, chosen answers and dates stay.

    Args:
        assessment: what is reported.
        occasion: the audit that it belongs to.
        catalogue: what a check's links are without the account's own.
    """
    hidden = _Hidden(_aliases(assessment, occasion), catalogue)
    return hidden.assessment(assessment), hidden.occasion(occasion)


class _Hidden(Struct, frozen=True):
    """Replaces what names an account, value by value."""

    aliases: Mapping[str, str]
    catalogue: Catalogue

    def assessment(self, of: Assessment) -> Assessment:
        return replace(
            of,
            results=self._results(of.results),
            findings=self._results(of.findings),
            passwords=tuple(map(self._password, of.passwords)),
            accounts=tuple(map(self._account, of.accounts)),
            not_covered=tuple(map(self._account, of.not_covered)),
        )

    def occasion(self, of: Occasion) -> Occasion:
        put_off = frozenset(
            (self.aliases[account], check) for account, check in of.put_off if account in self.aliases
        )
        changes = self._changes(of.changes) if of.changes else None
        return replace(of, audit=_without_publishers(of.audit), put_off=put_off, changes=changes)

    def _changes(self, of: Changes) -> Changes:
        return replace(
            of,
            regressed=self._results(of.regressed),
            fixed=self._results(of.fixed),
            added=self._results(of.added),
            retired=self._results(of.retired),
            unchanged=self._results(of.unchanged),
            closed=tuple(map(self._account, of.closed)),
        )

    def _results(self, results: Iterable[Result]) -> tuple[Result, ...]:
        return tuple(map(self._result, results))

    def _result(self, of: Result) -> Result:
        return replace(
            of,
            account=self.aliases[of.account],
            check=self._check(of.check) if of.account != YOU else of.check,
            answer=self._answer(of.answer),
            note="",
            waiver=replace(of.waiver, reason="") if of.waiver else None,
        )

    def _check(self, of: Check) -> Check:
        """Return a check with the links of its list only: others may lead to the account's own host."""
        listed = self.catalogue.check(of.id)
        own = replace(of.remediation, settings_url=None, help_url=None)
        return replace(of, remediation=listed.remediation if listed else own)

    def _answer(self, answer: Answer | None) -> Answer | None:
        match answer:
            case Via(account):
                return Via(self.aliases.get(account, _NOBODYS))
            case Written():
                return None
            case _:
                return answer

    def _account(self, of: Account) -> Account:
        alias = self.aliases[of.id]
        return replace(of, id=alias, label=alias, domain=None, opened=None)

    def _password(self, of: Password) -> Password:
        via = self.aliases.get(of.via, _NOBODYS) if of.via else None
        return replace(of, account=self._account(of.account), via=via)


def _without_publishers(audit: Audit | None) -> Audit | None:
    if audit is None:
        return None
    lists = (
        each if each.trust == Trust.BUNDLED else replace(each, publisher="", digest="")
        for each in audit.checklists
    )
    return replace(audit, checklists=tuple(lists))


def _aliases(assessment: Assessment, occasion: Occasion) -> Mapping[str, str]:
    """Return what each account is called, in the order in which they were added; the person stays `you`."""
    found = dict.fromkeys(_account_ids(assessment, occasion))
    found.pop(YOU, None)
    return {each: f"account-{number}" for number, each in enumerate(found, start=1)} | {YOU: YOU}


def _account_ids(assessment: Assessment, occasion: Occasion) -> Iterator[str]:
    changes = occasion.changes or Changes(assessment.day, assessment.day)
    of_passwords = (password.account for password in assessment.passwords)
    accounts = chain(assessment.accounts, assessment.not_covered, of_passwords, changes.closed)
    results = chain(
        assessment.results,
        assessment.findings,
        changes.regressed,
        changes.fixed,
        changes.added,
        changes.retired,
        changes.unchanged,
    )
    yield from (account.id for account in accounts)
    yield from (result.account for result in results)
